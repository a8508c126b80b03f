/* Labels of lines: names set along a line, anchors for names with a leader, and destinations at the
   frame's edge. */
(function (root) {
  "use strict";

  const { textWidth } = root.ProjectLabelRenderer;
  const { atFrameEdge } = root.ProjectOccupancyGrid;
  const lod = root.ProjectLevelOfDetail;

  /* ---- text along a line ---- */

  /* In vertical Chinese text, Latin letters and digits stay together as one horizontal unit. */
  const splitUnits = (text) => text.match(/[A-Za-z0-9+–-]+|[\s\S]/gu) || [];

  /* A polyline with points addressed by the distance along it. */
  function polyline(points) {
    const lengths = [0];
    for (let index = 1; index < points.length; index += 1) {
      const [one, two] = [points[index - 1], points[index]];
      lengths.push(lengths[index - 1] + Math.hypot(two.x - one.x, two.y - one.y));
    }
    const total = lengths[lengths.length - 1];
    function pointAt(length) {
      let [low, high] = [0, lengths.length - 1];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (lengths[middle] <= length) low = middle;
        else high = middle;
      }
      const share = (length - lengths[low]) / (lengths[high] - lengths[low] || 1);
      return {
        x: points[low].x + (points[high].x - points[low].x) * share,
        y: points[low].y + (points[high].y - points[low].y) * share,
      };
    }
    return { total, pointAt };
  }

  /* Averages the line over a window, so that letters do not jump at its corners. */
  function smoothedPolyline(line, reach) {
    const points = [];
    const step = 5;
    const count = Math.max(2, Math.ceil(line.total / step));
    for (let index = 0; index <= count; index += 1) {
      const length = (line.total * index) / count;
      const half = Math.min(reach, length, line.total - length);
      let [x, y, all] = [0, 0, 0];
      for (const share of [-1, -0.5, 0, 0.5, 1]) {
        const found = line.pointAt(length + share * half);
        x += found.x;
        y += found.y;
        all += 1;
      }
      points.push({ x: x / all, y: y / all });
    }
    return polyline(points);
  }

  const angleBetween = (one, two) => Math.abs(Math.atan2(Math.sin(one - two), Math.cos(one - two)));

  /* The letters of a name along a line, centred at distance `middle`, or null if the line is too
     short or bends too much. `side` is 1 below or right of the line, -1 above or left. Along a
     steep line, Chinese runs from top to bottom with upright characters, as on printed maps. */
  function lettersAlong(line, text, style, { middle, side, gap, chinese }) {
    const length = textWidth(text, style);
    const steep = (() => {
      const [one, two] = [line.pointAt(middle - length / 2), line.pointAt(middle + length / 2)];
      return Math.abs(two.y - one.y) > Math.abs(two.x - one.x);
    })();
    const stacked = chinese && steep;
    const parts = chinese ? splitUnits(text) : [...text];
    const advance = (part) => (stacked ? style.size * 1.08 : textWidth(part, style));
    const total = stacked ? parts.reduce((sum, part) => sum + advance(part), 0) : length;
    const from = middle - total / 2;
    if (from < 0 || from + total > line.total) return null;
    const [first, last] = [line.pointAt(from), line.pointAt(from + total)];
    const backwards = stacked ? last.y < first.y : last.x < first.x;
    const letters = [];
    let written = 0;
    let previousAngle = null;
    for (const part of parts) {
      const width = advance(part);
      const at = from + (backwards ? total - written - width / 2 : written + width / 2);
      const point = line.pointAt(at);
      const [one, two] = [line.pointAt(Math.max(0, at - 4)), line.pointAt(Math.min(line.total, at + 4))];
      let angle = Math.atan2(two.y - one.y, two.x - one.x);
      if (backwards) angle += Math.PI;
      if (previousAngle !== null && angleBetween(angle, previousAngle) > (chinese ? 0.3 : 0.16)) return null;
      previousAngle = angle;
      // In reading direction, the normal points below the line.
      const normal = angle + Math.PI / 2;
      const offset = side * (gap + (stacked && part.length > 1 ? textWidth(part, style) : style.size) / 2);
      letters.push({
        text: part,
        x: point.x + Math.cos(normal) * offset,
        y: point.y + Math.sin(normal) * offset,
        angle: stacked ? angle - Math.PI / 2 : angle,
        width: stacked ? textWidth(part, style) : width,
        height: style.size * 1.06,
      });
      written += width;
    }
    // On the inside of a bend letters could run into each other.
    for (let index = 1; index < letters.length; index += 1) {
      const [one, two] = [letters[index - 1], letters[index]];
      const minDistance = stacked ? style.size * 0.94 : ((one.width + two.width) / 2) * 0.86;
      if (Math.hypot(two.x - one.x, two.y - one.y) < minDistance) return null;
    }
    const [start, end] = [letters[0], letters[letters.length - 1]];
    if (angleBetween(start.angle, end.angle) > 1.3) return null;
    return letters;
  }

  /* ---- label candidates ---- */

  /* The parts of a line inside the frame, as arrays of {x, y} in frame pixels. */
  function visibleRuns(mark, origin, frame) {
    const box = L.bounds([0, 0], [frame.width, frame.height]);
    const found = [];
    for (const part of mark.parts) {
      let run = [];
      const end = () => {
        if (run.length > 1) found.push(run);
        run = [];
      };
      for (let index = 1; index < part.length; index += 1) {
        const from = L.point(part[index - 1].x - origin.x, part[index - 1].y - origin.y);
        const to = L.point(part[index].x - origin.x, part[index].y - origin.y);
        const cut = L.LineUtil.clipSegment(from, to, box, false);
        if (!cut) {
          end();
          continue;
        }
        if (!run.length || !isSamePoint(run[run.length - 1], cut[0])) {
          end();
          run = [cut[0]];
        }
        run.push(cut[1]);
        if (!isSamePoint(cut[1], to)) end();
      }
      end();
    }
    return found;
  }

  const isSamePoint = (one, two) => Math.abs(one.x - two.x) < 0.5 && Math.abs(one.y - two.y) < 0.5;

  const smooth = (run) => run.smooth || (run.smooth = smoothedPolyline(polyline(run), 16));
  const lengthOf = (run) => smooth(run).total;

  const STEP = 13;

  /* The best position along a line: {letters, cost}, or null. `maxLineShare` limits how much of the
     letters other lines may cover. */
  function bestAlongLine(runs, text, style, grid, { half, chinese, maxLineShare, withinCounty }) {
    const needed = textWidth(text, style);
    let best = null;
    for (const run of runs) {
      const line = smooth(run);
      if (line.total < needed * 0.98) continue;
      for (let off = 0; off <= line.total / 2; off += STEP) {
        for (const middle of off ? [line.total / 2 - off, line.total / 2 + off] : [line.total / 2]) {
          for (const side of [-1, 1]) {
            const letters = lettersAlong(line, text, style, { middle, side, gap: half + 3, chinese });
            if (!letters || !letters.every((one) => grid.isFree(one, 1))) continue;
            const shares = letters.map(grid.lineShare);
            const share = shares.reduce((sum, one) => sum + one, 0) / letters.length;
            if (share > maxLineShare || Math.max(...shares) > Math.max(0.2, 2 * maxLineShare)) continue;
            const centre = letters[letters.length >> 1];
            const inside = grid.isInAnyCounty(centre.x, centre.y);
            if (withinCounty && !inside) continue;
            const outsideCost = inside ? 0 : 40;
            const cost = share * 300 + (off / line.total) * 24 + outsideCost + (side > 0 ? 2 : 0);
            if (!best || cost < best.cost) best = { letters, cost };
          }
        }
      }
    }
    return best;
  }

  const FRACTIONS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92];
  /* Whether a line crosses an axis-aligned box. */
  function crosses(runs, { x, y, width: wide, height: high }) {
    const box = L.bounds([x - wide / 2, y - high / 2], [x + wide / 2, y + high / 2]);
    return runs.some((run) => run.some((to, index) =>
      index && L.LineUtil.clipSegment(L.point(run[index - 1].x, run[index - 1].y), L.point(to.x, to.y), box, false)));
  }

  function leaderAnchors(runs, grid) {
    const total = runs.reduce((sum, run) => sum + lengthOf(run), 0);
    return runs.flatMap((run) => FRACTIONS.map((fraction) => {
      const anchor = smooth(run).pointAt(lengthOf(run) * fraction);
      // Close to other lines it would be unclear on which of them the leader ends.
      const nearbyCost = grid.lineShare({ ...anchor, width: 16, height: 16 }) * 50;
      const cost = (grid.isInAnyCounty(anchor.x, anchor.y) ? 0 : 45) + nearbyCost;
      return { anchor, cost: cost + Math.abs(fraction - 0.5) * 16 + (1 - lengthOf(run) / total) * 30 };
    }));
  }

  /* Where a line leaves the frame on its way to a destination: {at, direction, inward}, or null.
     `inward` is the line from there back into the frame. */
  function frameExit(mark, end, origin, frame) {
    const target = mark.map.latLngToLayerPoint(L.latLng(end[1], end[0])).subtract(origin);
    const inside = (point) => point.x >= 0 && point.y >= 0 && point.x <= frame.width && point.y <= frame.height;
    const box = L.bounds([0, 0], [frame.width, frame.height]);
    let best = null;
    const consider = (at, towards, inward) => {
      const distance = at.distanceTo(target);
      if (best && distance >= best.distance) return;
      // A winding line's local direction says little, so the arrow points at the destination itself
      // unless that is very near.
      const to = distance > 40 ? target : towards;
      best = { at, inward: polyline([at, ...inward]), distance, direction: Math.atan2(to.y - at.y, to.x - at.x) };
    };
    for (const ring of mark.layer._rings || []) {
      const points = ring.map((one) => one.subtract(origin));
      points.forEach((point, index) => {
        const last = index === points.length - 1;
        if ((index === 0 || last) && inside(point) && point.distanceTo(target) < 4) {
          const other = points[index ? index - 1 : 1];
          const inward = index ? points.slice(0, index).reverse() : points.slice(1);
          consider(point, { x: 2 * point.x - other.x, y: 2 * point.y - other.y }, inward);
        }
        if (!index) return;
        const before = points[index - 1];
        if (inside(before) === inside(point)) return;
        const cut = L.LineUtil.clipSegment(before, point, box, false);
        if (!cut) return;
        if (inside(before)) consider(cut[1], point, points.slice(0, index).reverse());
        else consider(cut[0], before, points.slice(index));
      });
    }
    return best;
  }

  const ARROWS = ["→", "↘", "↓", "↙", "←", "↖", "↑", "↗"];
  const arrow = (direction) => ARROWS[(Math.round(direction / (Math.PI / 4)) + 8) % 8];

  /* ---- destinations ---- */

  const DESTINATION_STYLE = { size: 11.5, weight: 500 };
  /* Exits closer together than this get the line's name as well. */
  const CROWDED_EXITS_PX = 110;
  /* How far along the line from the frame's edge a destination label may be. */
  const MAX_EXIT_DISTANCE = 420;

  function* placeDestinations(lines, layout) {
    const { ui, grid, frame, origin, language, labelOf, add, boxOf } = layout;
    const style = layout.scaled(DESTINATION_STYLE);
    const exits = [];
    for (const mark of lines) {
      for (const end of mark.feature.properties.ends || []) {
        const exit = frameExit(mark, end, origin, frame);
        if (exit) exits.push({ ...exit, mark, place: end[language === "en" ? 3 : 2] });
      }
    }
    exits.sort((one, two) => lod.rank(one.mark.feature, ui.signatures) - lod.rank(two.mark.feature, ui.signatures));
    for (const one of exits) {
      // Lines that leave close together, or lead to the same place, are told apart by name. A small
      // frame has no space for the names.
      const isCrowded = lod.isLargeFrame(frame) && exits.some((other) => other.mark !== one.mark && (other.at.distanceTo(one.at) < CROWDED_EXITS_PX || other.place === one.place));
      const short = `${arrow(one.direction)} ${one.place}`;
      for (const text of isCrowded ? [`${short} · ${labelOf(one.mark)}`, short] : [short]) {
        const box = boxAtExit(one, { width: textWidth(text, style), height: style.size * 1.16 }, layout);
        // Without the line's name, a label away from its line could belong to any line.
        const isNear = box && Math.abs(box.y - one.at.y) < 20 && Math.abs(box.x - one.at.x) < box.width / 2 + 20;
        if (!box || (isCrowded && text === short && !isNear)) continue;
        add({
          kind: "exit", id: one.mark.id, text, style: { ...style, opacity: 0.9 }, grid, mark: one.mark,
          colour: (all) => all.hue(one.mark.feature.properties.sector), letters: [boxOf(text, style, box)],
        });
        break;
      }
      yield;
    }
  }

  /* A box at the frame's edge or, if a control covers that, just inside it along the line. Farther
     in, the label would seem to belong to another line. */
  function boxAtExit({ inward }, size, { grid, frame, blocked }) {
    for (let length = 0; length <= Math.min(inward.total, MAX_EXIT_DISTANCE); length += 12) {
      const at = inward.pointAt(length);
      if (blocked(at)) continue;
      for (const farther of [0, 14, 28, 42]) {
        const box = atFrameEdge(inward.pointAt(length + farther), size, grid, frame);
        if (box) return box;
      }
      return null;
    }
    return null;
  }

  root.ProjectLineLabels = { visibleRuns, lengthOf, bestAlongLine, crosses, leaderAnchors, placeDestinations };
})(window);
