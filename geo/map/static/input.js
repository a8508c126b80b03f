/* What lies under the pointer: what is written there, a sign, lines, areas, in this order. */
(function (root) {
  "use strict";

  /* Pixels: a finger covers more than a mouse points at. */
  const TOLERANCE = matchMedia("(pointer: coarse)").matches ? 14 : 6;
  /* Closer than this to the nearest line, another counts as under the same click. */
  const SAME_SPOT = 5;

  const ON_LINE = 1.5;

  function toLine(parts, at) {
    let nearest = Infinity;
    for (const part of parts) {
      for (let index = 1; index < part.length; index += 1) {
        nearest = Math.min(nearest, L.LineUtil.pointToSegmentDistance(at, part[index - 1], part[index]));
      }
    }
    return nearest;
  }

  function reaches(mark, at) {
    const box = mark.layer._pxBounds;
    return box && at.x >= box.min.x - 20 && at.x <= box.max.x + 20 && at.y >= box.min.y - 20 && at.y <= box.max.y + 20;
  }

  /* The lines within reach of a point, nearest first: {mark, pixels}. */
  function linesUnder(marks, role, point) {
    const found = [];
    for (const mark of marks) {
      if (mark.kind !== "line" || !reaches(mark, point) || !role(mark)) continue;
      const pixels = toLine(mark.parts, point);
      if (pixels <= TOLERANCE) found.push({ mark, pixels });
    }
    return found.sort((one, two) => one.pixels - two.pixels);
  }

  /* Returns {marks}, or {among} for a count, of a point of the frame; `written` where a name stands there. */
  function under(map, marks, names, role, at) {
    const point = map.containerPointToLayerPoint(at);
    const lines = linesUnder(marks, role, point);
    const written = names.under(at);
    // Right on a line that a name happens to cross, the line is meant; never below a count's plate.
    const onLine = lines.length && lines[0].pixels <= ON_LINE;
    if (written && (written.pill || !onLine)) {
      if (written.among) return { among: written.among, written: true };
      if (written.mark) return { marks: [written.mark], written: true };
    }
    const sign = names.signUnder(at, TOLERANCE - 2);
    if (sign) return sign.marks.length > 1 ? { among: sign.marks.map((mark) => mark.id), marks: sign.marks } : { marks: sign.marks };
    if (lines.length) return { marks: lines.filter((one) => one.pixels <= lines[0].pixels + SAME_SPOT).map((one) => one.mark) };
    const areas = marks.filter(
      (mark) => mark.kind === "area" && reaches(mark, point) && role(mark) && mark.layer._containsPoint(point),
    );
    return { marks: areas.sort((one, two) => one.size - two.size) };
  }

  root.ProjectPicking = { under };
})(window);
