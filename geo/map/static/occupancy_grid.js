/* Where on the map there is still room: a grid of small cells for what is written and what lines cover,
   and the search for a free box in it. Everything is in CSS pixels of the map's frame. */
(function (root) {
  "use strict";

  const CELL = 2;

  function create(width, height) {
    const columns = Math.ceil(width / CELL) + 1;
    const rows = Math.ceil(height / CELL) + 1;
    const taken = new Uint8Array(columns * rows);
    let under = new Uint8Array(columns * rows);
    let underIn = null;
    let land = new Uint8Array(columns * rows);

    /* Reads what `draw` paints (in frame pixels) into a grid: the red of each cell, 0 where nothing is. */
    function raster(draw) {
      const canvas = document.createElement("canvas");
      canvas.width = columns;
      canvas.height = rows;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.scale(1 / CELL, 1 / CELL);
      draw(context);
      const { data } = context.getImageData(0, 0, columns, rows);
      const found = new Uint8Array(columns * rows);
      for (let index = 0; index < found.length; index += 1) if (data[4 * index + 3] > 70) found[index] = data[4 * index];
      return found;
    }

    /* Sums of a grid over all cells above and left of each, by which any level box is summed in four
       steps, however large it is. */
    function sums(grid, counts) {
      const made = new Uint32Array((columns + 1) * (rows + 1));
      for (let row = 0; row < rows; row += 1) {
        let line = 0;
        for (let column = 0; column < columns; column += 1) {
          if (counts(grid[row * columns + column])) line += 1;
          made[(row + 1) * (columns + 1) + column + 1] = made[row * (columns + 1) + column + 1] + line;
        }
      }
      return ({ x, y, width: wide, height: high }, margin = 0) => {
        const left = Math.floor((x - wide / 2 - margin) / CELL);
        const right = Math.floor((x + wide / 2 + margin) / CELL) + 1;
        const top = Math.floor((y - high / 2 - margin) / CELL);
        const bottom = Math.floor((y + high / 2 + margin) / CELL) + 1;
        if (left < 0 || top < 0 || right > columns || bottom > rows) return null;
        const at = (row, column) => made[row * (columns + 1) + column];
        return { sum: at(bottom, right) - at(top, right) - at(bottom, left) + at(top, left), all: (right - left) * (bottom - top) };
      };
    }

    /* Calls `visit(index)` for each cell that a rectangle turned about its middle touches; stops and
       returns false where `visit` does, or where the rectangle leaves the frame, unless it is `cut` there. */
    function each({ x, y, width: wide, height: high, angle = 0 }, visit, margin = 0, cut = false) {
      const [half, tall] = [wide / 2 + margin, high / 2 + margin];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const reach = Math.abs(cos) * half + Math.abs(sin) * tall;
      const lift = Math.abs(sin) * half + Math.abs(cos) * tall;
      if (!cut && (x - reach < 0 || y - lift < 0 || x + reach > width || y + lift > height)) return false;
      const left = Math.max(0, Math.floor((x - reach) / CELL));
      const right = Math.min(columns - 1, Math.floor((x + reach) / CELL));
      const top = Math.max(0, Math.floor((y - lift) / CELL));
      const bottom = Math.min(rows - 1, Math.floor((y + lift) / CELL));
      const slack = angle ? CELL * 0.7 : CELL;
      for (let row = top; row <= bottom; row += 1) {
        for (let column = left; column <= right; column += 1) {
          if (angle) {
            const dx = (column + 0.5) * CELL - x;
            const dy = (row + 0.5) * CELL - y;
            if (Math.abs(dx * cos + dy * sin) > half + slack) continue;
            if (Math.abs(dy * cos - dx * sin) > tall + slack) continue;
          }
          if (visit(row * columns + column) === false) return false;
        }
      }
      return true;
    }

    const free = (box, margin = 0) => each(box, (index) => !taken[index], margin);

    function take(box, margin = 0) {
      each(box, (index) => {
        taken[index] = 1;
      }, margin, true);
    }

    /* The share of a rectangle that lines cover; 1 where it leaves the frame. */
    function struck(box) {
      if (!box.angle) {
        const level = underIn(box);
        return level ? level.sum / level.all : 1;
      }
      let [all, hit] = [0, 0];
      const inside = each(box, (index) => {
        all += 1;
        hit += under[index];
      });
      return inside && all ? hit / all : 1;
    }

    /* What a straight leader would cross: null where a name stands, else the cells of lines; the first
       `skip` pixels lie on the sign that it begins at. */
    function crossed(from, to, skip = 0) {
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / CELL);
      let hit = 0;
      for (let step = Math.max(1, Math.ceil(skip / CELL)); step < steps; step += 1) {
        const index = at(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
        if (index < 0 || taken[index]) return null;
        hit += under[index];
      }
      return hit;
    }

    function takeLine(from, to) {
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / CELL);
      for (let step = 0; step <= steps; step += 1) {
        const index = at(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
        if (index >= 0) taken[index] = 1;
      }
    }

    function at(x, y) {
      if (x < 0 || y < 0 || x >= width || y >= height) return -1;
      return Math.floor(y / CELL) * columns + Math.floor(x / CELL);
    }

    const onLand = (x, y) => {
      const index = at(x, y);
      return index >= 0 && land[index] > 0;
    };

    const onNumber = (x, y, number) => {
      const index = at(x, y);
      return index >= 0 && Math.abs(land[index] - number) < 8;
    };

    /* Level boxes that are free now, for a search over many: a test of each costs the same at any size. */
    function freeNow() {
      const taken_ = sums(taken, Boolean);
      return (box, margin) => {
        const found = taken_(box, margin);
        return Boolean(found) && found.sum === 0;
      };
    }

    /* The points of the frame, every `step` pixels, on land of this number. */
    function spots(number, step) {
      const found = [];
      for (let y = step; y < height; y += step) {
        for (let x = step; x < width; x += step) if (onNumber(x, y, number)) found.push({ x, y });
      }
      return found;
    }

    return {
      width, height, free, freeNow, take, struck, crossed, takeLine, onLand, onNumber, spots,
      lines(draw) {
        under = raster(draw).map((one) => (one ? 1 : 0));
        underIn = sums(under, Boolean);
      },
      ground(draw) {
        land = raster(draw);
      },
    };
  }

  /* The corners of a turned rectangle, in order. */
  function corners({ x, y, width, height, angle = 0 }) {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([right, down]) => {
      const [dx, dy] = [(right * width) / 2, (down * height) / 2];
      return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
    });
  }

  /* ---- free boxes: beside a sign, in an area, at the frame's edge, or apart with a leader ---- */

  const DIRECTIONS = Array.from({ length: 16 }, (_, index) => (index * Math.PI) / 8);
  const DISTANCES = [20, 32, 46, 64, 86, 112, 144, 190, 250];

  /* A level box beside some spot, as near as there is room: {box, from, to, cost}, or null. */
  function withLeader(spots, size, grid, { most, farthest = 150, free = 16, skip = 0, clear = () => true }) {
    // In a small frame a long leader crosses half of the map.
    const reach = farthest > 150 ? farthest : Math.min(farthest, Math.min(grid.width, grid.height) * 0.22);
    let best = null;
    for (const { spot, cost: own } of spots) {
      for (const distance of DISTANCES) {
        if (distance > reach || (best && distance * 0.7 + own > best.cost)) break;
        for (const direction of DIRECTIONS) {
          const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
          const to = { x: spot.x + cos * distance, y: spot.y + sin * distance };
          const box = {
            x: to.x + cos * (size.width / 2 + 3),
            y: to.y + sin * (size.height / 2 + 2),
            width: size.width, height: size.height,
          };
          if (!grid.free(box, 1)) continue;
          const struck = grid.struck(box);
          if (struck > most || !clear(box)) continue;
          const crossed = distance > free ? grid.crossed(spot, to, skip) : 0;
          if (crossed === null) continue;
          const cost = own + distance * 0.7 + struck * 220 + crossed * 1.6;
          if (!best || cost < best.cost) best = { box, from: spot, to, cost };
        }
      }
    }
    return best;
  }

  /* Beside a sign: right, left, below or above it, or farther off with a leader; as far as need be for
     one whose name `must` stand. */
  function besidePoint({ at, icon }, size, grid, must = false) {
    const [across, down] = [icon / 2 + 5 + size.width / 2, icon / 2 + 3 + size.height / 2];
    const level = (right, side, own) => ({ x: at.x + right * across, y: at.y, side, own });
    const above = (share, up, own) => ({ x: at.x + share * size.width, y: at.y + up * down, side: "", own });
    const tries = [level(1, "right", 0), level(-1, "left", 3), above(0, -1, 5), above(0, 1, 5)];
    for (const share of [0.2, -0.2, 0.36, -0.36, 0.5, -0.5]) {
      tries.push(above(share, -1, 6 + 4 * Math.abs(share)), above(share, 1, 6 + 4 * Math.abs(share)));
    }
    let best = null;
    for (const one of tries) {
      const box = { ...one, ...size };
      if (!grid.free(box, 1)) continue;
      const cost = one.own + grid.struck(box) * 130;
      if (!best || cost < best.cost) best = { ...box, cost };
    }
    if (best && best.cost < 45) return best;
    const far = withLeader([{ spot: at, cost: 12 }], size, grid, must && !best
      ? { most: 1, farthest: 280, free: icon, skip: icon / 2 + 6 } : { most: 0.8, farthest: 150, free: icon, skip: icon / 2 + 6 });
    if (far && (!best || far.cost < best.cost)) {
      const side = far.box.x > at.x + 4 ? "right" : far.box.x < at.x - 4 ? "left" : "";
      return { ...far.box, side, leader: [far.from, far.to] };
    }
    return best;
  }

  /* In the middle of an area, or as near to it as there is room. */
  function insideArea({ at, marks }, size, grid) {
    let best = null;
    const box0 = marks[0].layer._pxBounds;
    const reach = Math.max(50, Math.min(170, box0 ? Math.max(...Object.values(box0.getSize())) / 2 : 50));
    for (let distance = 0; distance <= reach; distance += 14) {
      const count = distance ? Math.min(16, 4 + Math.round(distance / 8)) : 1;
      for (let index = 0; index < count; index += 1) {
        const direction = (index * 2 * Math.PI) / count;
        const box = { ...size, x: at.x + Math.cos(direction) * distance, y: at.y + Math.sin(direction) * distance };
        if (!grid.free(box, 1)) continue;
        const cost = distance * 0.5 + grid.struck(box) * 150;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
      if (best && best.cost < distance * 0.5) break;
    }
    return best && best.cost < 120 ? best : null;
  }

  /* A box at the frame's edge as near as may be to where a line leaves it. */
  function atFrameEdge(at, size, grid, frame) {
    const inset = 4;
    const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
    const upright = at.x <= 2 || at.x >= frame.width - 2;
    let best = null;
    for (const inward of [0, 16, 32, 50]) {
      for (const slide of [0, 12, -12, 20, -20, 30, -30, 42, -42]) {
        const [dx, dy] = upright ? [at.x < frame.width / 2 ? inward : -inward, slide] : [slide * 1.4, at.y < frame.height / 2 ? inward : -inward];
        const box = {
          ...size,
          x: clamp(at.x + dx, size.width / 2 + inset, frame.width - size.width / 2 - inset),
          y: clamp(at.y + dy, size.height / 2 + inset, frame.height - size.height / 2 - inset),
        };
        if (!grid.free(box, 1)) continue;
        const cost = Math.abs(slide) + inward * 1.5 + grid.struck(box) * 60;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
    }
    return best;
  }

  root.ProjectOccupancyGrid = { create, corners, withLeader, besidePoint, insideArea, atFrameEdge };
})(window);
