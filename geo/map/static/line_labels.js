/* Where the name of a line stands along it, on its clearer side, and where it leaves the frame towards
   the place to which it leads. */
(function (root) {
  "use strict";

  const { along, course, smoothed, width } = root.ProjectLettering;

  /* The stretches of a mark's line that the frame shows, as arrays of {x, y} in frame pixels. */
  function stretches(mark, origin, frame) {
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
        if (!run.length || !near(run[run.length - 1], cut[0])) {
          end();
          run = [cut[0]];
        }
        run.push(cut[1]);
        if (!near(cut[1], to)) end();
      }
      end();
    }
    return found;
  }

  const near = (one, two) => Math.abs(one.x - two.x) < 0.5 && Math.abs(one.y - two.y) < 0.5;

  const smooth = (run) => run.smooth || (run.smooth = smoothed(course(run), 16));
  const lengthOf = (run) => smooth(run).total;

  const STEP = 13;

  /* The best place along a line: {letters, cost}, or null. `most` is the share of the letters that
     lines may strike through. */
  function alongLine(runs, text, style, room, { half, chinese, most, onLand }) {
    const needed = width(text, style);
    let best = null;
    for (const run of runs) {
      const line = smooth(run);
      if (line.total < needed * 0.98) continue;
      for (let off = 0; off <= line.total / 2; off += STEP) {
        for (const middle of off ? [line.total / 2 - off, line.total / 2 + off] : [line.total / 2]) {
          for (const side of [-1, 1]) {
            const letters = along(line, text, style, { middle, side, apart: half + 3, chinese });
            if (!letters || !letters.every((one) => room.free(one, 1))) continue;
            const each = letters.map(room.struck);
            const struck = each.reduce((sum, one) => sum + one, 0) / letters.length;
            if (struck > most || Math.max(...each) > Math.max(0.2, 2 * most)) continue;
            const centre = letters[letters.length >> 1];
            const inside = room.onLand(centre.x, centre.y);
            if (onLand && !inside) continue;
            const beyond = inside ? 0 : 40;
            const cost = struck * 300 + (off / line.total) * 24 + beyond + (side > 0 ? 2 : 0);
            if (!best || cost < best.cost) best = { letters, cost };
          }
        }
      }
    }
    return best;
  }

  const FRACTIONS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92];
  /* Whether a line runs through a level box. */
  function crosses(runs, { x, y, width: wide, height: high }) {
    const box = L.bounds([x - wide / 2, y - high / 2], [x + wide / 2, y + high / 2]);
    return runs.some((run) => run.some((to, index) =>
      index && L.LineUtil.clipSegment(L.point(run[index - 1].x, run[index - 1].y), L.point(to.x, to.y), box, false)));
  }

  function spotsOf(runs, room) {
    const all = runs.reduce((sum, run) => sum + lengthOf(run), 0);
    return runs.flatMap((run) => FRACTIONS.map((fraction) => {
      const spot = smooth(run).at(lengthOf(run) * fraction);
      // Where other lines run close by, a leader would seem to end on one of them.
      const close = room.struck({ ...spot, width: 16, height: 16 }) * 50;
      const beyond = (room.onLand(spot.x, spot.y) ? 0 : 45) + close;
      return { spot, cost: beyond + Math.abs(fraction - 0.5) * 16 + (1 - lengthOf(run) / all) * 30 };
    }));
  }

  /* Where a line leaves the frame towards a place: {at, direction, inward}, or null where it does not;
     `inward` is its course from there back into the frame. */
  function exit(mark, end, origin, frame) {
    const target = mark.map.latLngToLayerPoint(L.latLng(end[1], end[0])).subtract(origin);
    const inside = (point) => point.x >= 0 && point.y >= 0 && point.x <= frame.width && point.y <= frame.height;
    const box = L.bounds([0, 0], [frame.width, frame.height]);
    let best = null;
    const consider = (at, towards, inward) => {
      const apart = at.distanceTo(target);
      if (best && apart >= best.apart) return;
      // A line that winds says less of the way than the end of it does, unless that is right here.
      const to = apart > 40 ? target : towards;
      best = { at, inward: course([at, ...inward]), apart, direction: Math.atan2(to.y - at.y, to.x - at.x) };
    };
    for (const ring of mark.layer._rings || []) {
      const points = ring.map((one) => one.subtract(origin));
      points.forEach((point, index) => {
        const last = index === points.length - 1;
        if ((index === 0 || last) && inside(point) && point.distanceTo(target) < 4) {
          const other = points[index ? index - 1 : 1];
          const back = index ? points.slice(0, index).reverse() : points.slice(1);
          consider(point, { x: 2 * point.x - other.x, y: 2 * point.y - other.y }, back);
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

  root.ProjectLineNames = { stretches, lengthOf, alongLine, crosses, spotsOf, exit, arrow };
})(window);
