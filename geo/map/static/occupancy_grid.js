/* The occupancy grid for label placement: which cells of the frame are taken by labels or crossed
   by lines, and the search for a free box. All coordinates are CSS pixels of the map's frame. */
(function (root) {
  "use strict";

  const CELL = 2;

  function create(width, height) {
    const columns = Math.ceil(width / CELL) + 1;
    const rows = Math.ceil(height / CELL) + 1;
    const occupied = new Uint8Array(columns * rows);
    let lineCells = new Uint8Array(columns * rows);
    let lineCellsIn = null;
    let countyCells = new Uint8Array(columns * rows);

    /* Rasterises what `draw` paints. A cell holds the red channel, or 0 where nothing was painted.
       */
    function rasterize(draw) {
      const canvas = document.createElement("canvas");
      canvas.width = columns;
      canvas.height = rows;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.scale(1 / CELL, 1 / CELL);
      draw(context);
      const { data } = context.getImageData(0, 0, columns, rows);
      const grid = new Uint8Array(columns * rows);
      for (let index = 0; index < grid.length; index += 1) if (data[4 * index + 3] > 70) grid[index] = data[4 * index];
      return grid;
    }

    /* Builds a summed-area table, with which the sum over any axis-aligned box takes four look-ups.
       */
    function summedArea(grid, isSet) {
      const table = new Uint32Array((columns + 1) * (rows + 1));
      for (let row = 0; row < rows; row += 1) {
        let rowSum = 0;
        for (let column = 0; column < columns; column += 1) {
          if (isSet(grid[row * columns + column])) rowSum += 1;
          table[(row + 1) * (columns + 1) + column + 1] = table[row * (columns + 1) + column + 1] + rowSum;
        }
      }
      return ({ x, y, width: wide, height: high }, margin = 0) => {
        const left = Math.floor((x - wide / 2 - margin) / CELL);
        const right = Math.floor((x + wide / 2 + margin) / CELL) + 1;
        const top = Math.floor((y - high / 2 - margin) / CELL);
        const bottom = Math.floor((y + high / 2 + margin) / CELL) + 1;
        if (left < 0 || top < 0 || right > columns || bottom > rows) return null;
        const sumAt = (row, column) => table[row * (columns + 1) + column];
        return { sum: sumAt(bottom, right) - sumAt(top, right) - sumAt(bottom, left) + sumAt(top, left), all: (right - left) * (bottom - top) };
      };
    }

    /* Calls `visit(index)` for each cell touched by a rotated rectangle. Stops and returns false if
       `visit` does, or if the rectangle leaves the frame and is not `clipped`. */
    function forEachCell({ x, y, width: wide, height: high, angle = 0 }, visit, margin = 0, clipped = false) {
      const [halfWidth, halfHeight] = [wide / 2 + margin, high / 2 + margin];
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const reachX = Math.abs(cos) * halfWidth + Math.abs(sin) * halfHeight;
      const reachY = Math.abs(sin) * halfWidth + Math.abs(cos) * halfHeight;
      if (!clipped && (x - reachX < 0 || y - reachY < 0 || x + reachX > width || y + reachY > height)) return false;
      const left = Math.max(0, Math.floor((x - reachX) / CELL));
      const right = Math.min(columns - 1, Math.floor((x + reachX) / CELL));
      const top = Math.max(0, Math.floor((y - reachY) / CELL));
      const bottom = Math.min(rows - 1, Math.floor((y + reachY) / CELL));
      const tolerance = angle ? CELL * 0.7 : CELL;
      for (let row = top; row <= bottom; row += 1) {
        for (let column = left; column <= right; column += 1) {
          if (angle) {
            const dx = (column + 0.5) * CELL - x;
            const dy = (row + 0.5) * CELL - y;
            if (Math.abs(dx * cos + dy * sin) > halfWidth + tolerance) continue;
            if (Math.abs(dy * cos - dx * sin) > halfHeight + tolerance) continue;
          }
          if (visit(row * columns + column) === false) return false;
        }
      }
      return true;
    }

    const isFree = (box, margin = 0) => forEachCell(box, (index) => !occupied[index], margin);

    function occupy(box, margin = 0) {
      forEachCell(box, (index) => {
        occupied[index] = 1;
      }, margin, true);
    }

    /* The share of a rectangle covered by lines, or 1 if it leaves the frame. */
    function lineShare(box) {
      if (!box.angle) {
        const level = lineCellsIn(box);
        return level ? level.sum / level.all : 1;
      }
      let [all, hit] = [0, 0];
      const inside = forEachCell(box, (index) => {
        all += 1;
        hit += lineCells[index];
      });
      return inside && all ? hit / all : 1;
    }

    /* The number of line cells that a leader crosses, or null if it crosses a label. The first
       `skip` pixels are ignored because they lie on the leader's own sign. */
    function lineCellsCrossed(from, to, skip = 0) {
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / CELL);
      let hit = 0;
      for (let step = Math.max(1, Math.ceil(skip / CELL)); step < steps; step += 1) {
        const index = cellAt(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
        if (index < 0 || occupied[index]) return null;
        hit += lineCells[index];
      }
      return hit;
    }

    function occupyLine(from, to) {
      const steps = Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / CELL);
      for (let step = 0; step <= steps; step += 1) {
        const index = cellAt(from.x + ((to.x - from.x) * step) / steps, from.y + ((to.y - from.y) * step) / steps);
        if (index >= 0) occupied[index] = 1;
      }
    }

    function cellAt(x, y) {
      if (x < 0 || y < 0 || x >= width || y >= height) return -1;
      return Math.floor(y / CELL) * columns + Math.floor(x / CELL);
    }

    const isInAnyCounty = (x, y) => {
      const index = cellAt(x, y);
      return index >= 0 && countyCells[index] > 0;
    };

    const isInCounty = (x, y, number) => {
      const index = cellAt(x, y);
      return index >= 0 && Math.abs(countyCells[index] - number) < 8;
    };

    /* A snapshot test for axis-aligned boxes, cheap enough for a search over many positions. */
    function freeBoxTest() {
      const occupiedIn = summedArea(occupied, Boolean);
      return (box, margin) => {
        const found = occupiedIn(box, margin);
        return Boolean(found) && found.sum === 0;
      };
    }

    /* Points in a county, `step` pixels apart. `number` is the county's number in the raster. */
    function pointsInCounty(number, step) {
      const found = [];
      for (let y = step; y < height; y += step) {
        for (let x = step; x < width; x += step) if (isInCounty(x, y, number)) found.push({ x, y });
      }
      return found;
    }

    return {
      width, height, isFree, freeBoxTest, occupy, lineShare, lineCellsCrossed, occupyLine, isInAnyCounty, isInCounty, pointsInCounty,
      setLines(draw) {
        lineCells = rasterize(draw).map((one) => (one ? 1 : 0));
        lineCellsIn = summedArea(lineCells, Boolean);
      },
      setCounties(draw) {
        countyCells = rasterize(draw);
      },
    };
  }

  /* The corners of a rotated rectangle, in order. */
  function corners({ x, y, width, height, angle = 0 }) {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    return [[-1, -1], [1, -1], [1, 1], [-1, 1]].map(([right, down]) => {
      const [dx, dy] = [(right * width) / 2, (down * height) / 2];
      return [x + dx * cos - dy * sin, y + dx * sin + dy * cos];
    });
  }

  /* ---- search for a free box ---- */

  const directions = (count) => Array.from({ length: count }, (_, index) => (index * 2 * Math.PI) / count);
  const DIRECTIONS = directions(16);
  /* A long leader needs a finer choice to find a gap. */
  const FINE_DIRECTIONS = directions(64);
  const LONG_LEADER = 280;
  const DISTANCES = [20, 32, 46, 64, 86, 112, 144, 190, 250, 320, 400];

  /* The nearest free box to one of the anchors, with a leader line: {box, from, to, cost}, or null.
     */
  function withLeader(anchors, size, grid, { maxLineShare, maxDistance = 150, uncheckedDistance = 16, skip = 0, accepts = () => true }) {
    // In a small frame, a long leader would cross half of the map.
    const limit = maxDistance > 150 ? maxDistance : Math.min(maxDistance, Math.min(grid.width, grid.height) * 0.22);
    let best = null;
    for (const { anchor, cost: anchorCost } of anchors) {
      for (const distance of DISTANCES) {
        if (distance > limit || (best && distance * 0.7 + anchorCost > best.cost)) break;
        for (const direction of maxDistance > LONG_LEADER ? FINE_DIRECTIONS : DIRECTIONS) {
          const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
          const to = { x: anchor.x + cos * distance, y: anchor.y + sin * distance };
          const box = {
            x: to.x + cos * (size.width / 2 + 3),
            y: to.y + sin * (size.height / 2 + 2),
            width: size.width, height: size.height,
          };
          if (!grid.isFree(box, 1)) continue;
          const share = grid.lineShare(box);
          if (share > maxLineShare || !accepts(box)) continue;
          const cellsCrossed = distance > uncheckedDistance ? grid.lineCellsCrossed(anchor, to, skip) : 0;
          if (cellsCrossed === null) continue;
          const cost = anchorCost + distance * 0.7 + share * 220 + cellsCrossed * 1.6;
          if (!best || cost < best.cost) best = { box, from: anchor, to, cost };
        }
      }
    }
    return best;
  }

  /* A box right, left, below or above a sign, or farther away with a leader. A `required` label may
     be moved as far as necessary. */
  function besidePoint({ at, icon }, size, grid, required = false) {
    const [across, down] = [icon / 2 + 5 + size.width / 2, icon / 2 + 3 + size.height / 2];
    const level = (right, side, baseCost) => ({ x: at.x + right * across, y: at.y, side, baseCost });
    const above = (share, up, baseCost) => ({ x: at.x + share * size.width, y: at.y + up * down, side: "", baseCost });
    const tries = [level(1, "right", 0), level(-1, "left", 3), above(0, -1, 5), above(0, 1, 5)];
    for (const share of [0.2, -0.2, 0.36, -0.36, 0.5, -0.5]) {
      tries.push(above(share, -1, 6 + 4 * Math.abs(share)), above(share, 1, 6 + 4 * Math.abs(share)));
    }
    let best = null;
    for (const one of tries) {
      const box = { ...one, ...size };
      if (!grid.isFree(box, 1)) continue;
      const cost = one.baseCost + grid.lineShare(box) * 130;
      if (!best || cost < best.cost) best = { ...box, cost };
    }
    if (best && best.cost < 45) return best;
    const led = withLeader([{ anchor: at, cost: 12 }], size, grid, required && !best
      ? { maxLineShare: 1, maxDistance: 280, uncheckedDistance: icon, skip: icon / 2 + 6 } : { maxLineShare: 0.8, maxDistance: 150, uncheckedDistance: icon, skip: icon / 2 + 6 });
    if (led && (!best || led.cost < best.cost)) {
      const side = led.box.x > at.x + 4 ? "right" : led.box.x < at.x - 4 ? "left" : "";
      return { ...led.box, side, leader: [led.from, led.to] };
    }
    return best;
  }

  /* A box in the middle of an area, or as near to it as possible. */
  function insideArea({ at, marks }, size, grid) {
    let best = null;
    const bounds = marks[0].layer._pxBounds;
    const reach = Math.max(50, Math.min(170, bounds ? Math.max(...Object.values(bounds.getSize())) / 2 : 50));
    for (let distance = 0; distance <= reach; distance += 14) {
      const count = distance ? Math.min(16, 4 + Math.round(distance / 8)) : 1;
      for (let index = 0; index < count; index += 1) {
        const direction = (index * 2 * Math.PI) / count;
        const box = { ...size, x: at.x + Math.cos(direction) * distance, y: at.y + Math.sin(direction) * distance };
        if (!grid.isFree(box, 1)) continue;
        const cost = distance * 0.5 + grid.lineShare(box) * 150;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
      if (best && best.cost < distance * 0.5) break;
    }
    return best && best.cost < 120 ? best : null;
  }

  /* A box at the frame's edge, as near as possible to the point where a line leaves the frame. */
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
        if (!grid.isFree(box, 1)) continue;
        const cost = Math.abs(slide) + inward * 1.5 + grid.lineShare(box) * 60;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
    }
    return best;
  }

  root.ProjectOccupancyGrid = { create, corners, withLeader, besidePoint, insideArea, atFrameEdge };
})(window);
