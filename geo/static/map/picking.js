/* Which projects lie under the pointer. */
(function (root) {
  "use strict";

  /* Pixels: a finger covers more than a mouse points at. */
  const TOLERANCE = matchMedia("(pointer: coarse)").matches ? 14 : 6;
  /* Closer than this to the nearest line or point, a project counts as under the same click. */
  const SAME_SPOT = 5;

  /* Of what lies under a point, the finest tier alone: points and lines, nearest first; else
     zones, small first; else whole counties. What is wider than a county takes no click here, as
     it lies under everything: its control lists it. */
  function under(marks, at, origin) {
    const found = { fine: [], zone: [], county: [], wide: [] };
    for (const mark of marks) {
      if (!mark.shown) continue;
      const pixels = mark === origin && mark.tier === "fine" ? 0 : mark.distance(at);
      if (pixels <= TOLERANCE) found[mark.tier].push({ mark, pixels });
    }
    const chosen = [found.fine, found.zone, found.county].find((tier) => tier.length) || [];
    chosen.sort((one, two) => one.pixels - two.pixels || size(one.mark) - size(two.mark));
    const nearest = chosen.length ? chosen[0].pixels : 0;
    return chosen.filter((one) => one.pixels <= nearest + SAME_SPOT).map((one) => one.mark);
  }

  /* Only what has a place of its own answers to the pointer; a county would answer everywhere. */
  function pointed(marks, at) {
    const found = under(marks, at);
    return found.length && found[0].tier !== "county" ? found : [];
  }

  function size(mark) {
    const box = mark.bounds;
    return (box.getNorth() - box.getSouth()) * (box.getEast() - box.getWest());
  }

  root.ProjectPicking = { under, pointed };
})(window);
