/* Which projects lie under the pointer. */
(function (root) {
  "use strict";

  /* Pixels: a finger covers more than a mouse points at. */
  const TOLERANCE = matchMedia("(pointer: coarse)").matches ? 14 : 6;
  /* Closer than this to the nearest line or point, a project counts as under the same click. */
  const SAME_SPOT = 5;

  /* What lies under a point: points and lines first, nearest first; else the areas, small first. */
  function under(marks, at, origin) {
    const found = [];
    for (const mark of marks) {
      if (!mark.map.hasLayer(mark.layer)) continue;
      const pixels = mark === origin ? 0 : mark.distance(at);
      if (pixels <= TOLERANCE) found.push({ mark, pixels });
    }
    const fine = found.filter((one) => one.mark.kind !== "area");
    const chosen = fine.length ? fine : found;
    chosen.sort((one, two) => one.pixels - two.pixels || size(one.mark) - size(two.mark));
    const nearest = chosen.length ? chosen[0].pixels : 0;
    return chosen.filter((one) => one.pixels <= nearest + SAME_SPOT).map((one) => one.mark);
  }

  function size(mark) {
    const box = mark.bounds;
    return (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
  }

  root.ProjectPicking = { under };
})(window);
