/* Where a box finds a seat: beside a sign, in an area, at the frame's edge, or apart with a leader.
   Everything is in pixels of the frame; `room` says what is taken and what lines cover. */
(function (root) {
  "use strict";

  const DIRECTIONS = Array.from({ length: 16 }, (_, index) => (index * Math.PI) / 8);
  const DISTANCES = [20, 32, 46, 64, 86, 112, 144, 190, 250];

  /* A level box beside some spot, as near as there is room: {box, from, to, cost}, or null. */
  function apart(spots, size, room, { most, farthest = 150, free = 16, skip = 0, clear = () => true }) {
    // In a small frame a long leader crosses half of the map.
    const reach = farthest > 150 ? farthest : Math.min(farthest, Math.min(room.width, room.height) * 0.22);
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
          if (!room.free(box, 1)) continue;
          const struck = room.struck(box);
          if (struck > most || !clear(box)) continue;
          const crossed = distance > free ? room.crossed(spot, to, skip) : 0;
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
  function beside({ at, icon }, size, room, must = false) {
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
      if (!room.free(box, 1)) continue;
      const cost = one.own + room.struck(box) * 130;
      if (!best || cost < best.cost) best = { ...box, cost };
    }
    if (best && best.cost < 45) return best;
    const far = apart([{ spot: at, cost: 12 }], size, room, must && !best
      ? { most: 1, farthest: 280, free: icon, skip: icon / 2 + 6 } : { most: 0.8, farthest: 150, free: icon, skip: icon / 2 + 6 });
    if (far && (!best || far.cost < best.cost)) {
      const side = far.box.x > at.x + 4 ? "right" : far.box.x < at.x - 4 ? "left" : "";
      return { ...far.box, side, leader: [far.from, far.to] };
    }
    return best;
  }

  /* In the middle of an area, or as near to it as there is room. */
  function around({ at, marks }, size, room) {
    let best = null;
    const box0 = marks[0].layer._pxBounds;
    const reach = Math.max(50, Math.min(170, box0 ? Math.max(...Object.values(box0.getSize())) / 2 : 50));
    for (let distance = 0; distance <= reach; distance += 14) {
      const count = distance ? Math.min(16, 4 + Math.round(distance / 8)) : 1;
      for (let index = 0; index < count; index += 1) {
        const direction = (index * 2 * Math.PI) / count;
        const box = { ...size, x: at.x + Math.cos(direction) * distance, y: at.y + Math.sin(direction) * distance };
        if (!room.free(box, 1)) continue;
        const cost = distance * 0.5 + room.struck(box) * 150;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
      if (best && best.cost < distance * 0.5) break;
    }
    return best && best.cost < 120 ? best : null;
  }

  /* A box at the frame's edge as near as may be to where a line leaves it. */
  function edge(at, size, room, frame) {
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
        if (!room.free(box, 1)) continue;
        const cost = Math.abs(slide) + inward * 1.5 + room.struck(box) * 60;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
    }
    return best;
  }

  root.ProjectSeats = { apart, beside, around, edge };
})(window);
