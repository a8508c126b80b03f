/* Letters on the canvas: how wide words are, and how a name lies along a line. */
(function (root) {
  "use strict";

  const SANS = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  const SERIF = '"Noto Serif CJK SC", "Noto Serif SC", "Songti SC", SimSun, serif';
  const measuring = document.createElement("canvas").getContext("2d");
  const known = new Map();

  const font = ({ size, weight = 400, serif = false, italic = false }) =>
    `${italic ? "italic " : ""}${weight} ${size}px ${serif ? SERIF : SANS}`;

  function width(text, style) {
    const key = `${font(style)}|${text}`;
    if (!known.has(key)) {
      if (known.size > 5000) known.clear();
      measuring.font = font(style);
      known.set(key, measuring.measureText(text).width);
    }
    return known.get(key) + (style.spacing || 0) * text.length;
  }

  /* Latin letters and digits of Chinese text stay together, upright, where it is set from top to bottom. */
  const units = (text) => text.match(/[A-Za-z0-9+–-]+|[\s\S]/gu) || [];

  /* A polyline by the length along it. */
  function course(points) {
    const lengths = [0];
    for (let index = 1; index < points.length; index += 1) {
      const [one, two] = [points[index - 1], points[index]];
      lengths.push(lengths[index - 1] + Math.hypot(two.x - one.x, two.y - one.y));
    }
    const total = lengths[lengths.length - 1];
    function at(length) {
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
    return { total, at };
  }

  /* Smooths a course, so that letters do not jump where the line has a corner: the mean over a window. */
  function smoothed(line, reach) {
    const points = [];
    const step = 5;
    const count = Math.max(2, Math.ceil(line.total / step));
    for (let index = 0; index <= count; index += 1) {
      const length = (line.total * index) / count;
      const own = Math.min(reach, length, line.total - length);
      let [x, y, all] = [0, 0, 0];
      for (const share of [-1, -0.5, 0, 0.5, 1]) {
        const found = line.at(length + share * own);
        x += found.x;
        y += found.y;
        all += 1;
      }
      points.push({ x: x / all, y: y / all });
    }
    return course(points);
  }

  const turn = (one, two) => Math.abs(Math.atan2(Math.sin(one - two), Math.cos(one - two)));

  /* The letters of a name beside a course, its middle at `middle`; null where the course bends too much
     or is too short. `side` is 1 below or right of the line, -1 above or left of it. Chinese beside a
     steep line runs from top to bottom with its characters upright, as on printed maps. */
  function along(line, text, style, { middle, side, apart, chinese }) {
    const length = width(text, style);
    const steep = (() => {
      const [one, two] = [line.at(middle - length / 2), line.at(middle + length / 2)];
      return Math.abs(two.y - one.y) > Math.abs(two.x - one.x);
    })();
    const stacked = chinese && steep;
    const parts = chinese ? units(text) : [...text];
    const advance = (part) => (stacked ? style.size * 1.08 : width(part, style));
    const whole = stacked ? parts.reduce((sum, part) => sum + advance(part), 0) : length;
    const begin = middle - whole / 2;
    if (begin < 0 || begin + whole > line.total) return null;
    const [first, last] = [line.at(begin), line.at(begin + whole)];
    const backwards = stacked ? last.y < first.y : last.x < first.x;
    const letters = [];
    let done = 0;
    let before = null;
    for (const part of parts) {
      const wide = advance(part);
      const at = begin + (backwards ? whole - done - wide / 2 : done + wide / 2);
      const spot = line.at(at);
      const [one, two] = [line.at(Math.max(0, at - 4)), line.at(Math.min(line.total, at + 4))];
      let angle = Math.atan2(two.y - one.y, two.x - one.x);
      if (backwards) angle += Math.PI;
      if (before !== null && turn(angle, before) > (chinese ? 0.3 : 0.16)) return null;
      before = angle;
      // Right of the way of reading is below a line that reads to the right.
      const normal = angle + Math.PI / 2;
      const off = side * (apart + (stacked && part.length > 1 ? width(part, style) : style.size) / 2);
      letters.push({
        text: part,
        x: spot.x + Math.cos(normal) * off,
        y: spot.y + Math.sin(normal) * off,
        angle: stacked ? angle - Math.PI / 2 : angle,
        width: stacked ? width(part, style) : wide,
        height: style.size * 1.06,
      });
      done += wide;
    }
    // On the inner side of a bend letters would run into each other.
    for (let index = 1; index < letters.length; index += 1) {
      const [one, two] = [letters[index - 1], letters[index]];
      const room = stacked ? style.size * 0.94 : ((one.width + two.width) / 2) * 0.86;
      if (Math.hypot(two.x - one.x, two.y - one.y) < room) return null;
    }
    const [start, end] = [letters[0], letters[letters.length - 1]];
    if (turn(start.angle, end.angle) > 1.3) return null;
    return letters;
  }

  /* Writes letters or straight words with a halo in the ground's colour. */
  function write(context, letters, style, colour, ground) {
    context.font = font(style);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.setLineDash([]);
    context.letterSpacing = `${style.spacing || 0}px`;
    for (const pass of ["halo", "ink"]) {
      context.globalAlpha = pass === "halo" ? 0.92 : style.opacity || 1;
      context.strokeStyle = ground;
      context.lineWidth = 3.2;
      context.fillStyle = colour;
      for (const letter of letters) {
        context.save();
        context.translate(letter.x, letter.y);
        if (letter.angle) context.rotate(letter.angle);
        // Spacing follows the last letter too: half of it moves the word back to its middle.
        const x = (style.spacing || 0) / 2;
        const y = style.size * 0.04;
        if (pass === "halo") context.strokeText(letter.text, x, y);
        else context.fillText(letter.text, x, y);
        context.restore();
      }
    }
    context.letterSpacing = "0px";
    context.globalAlpha = 1;
  }

  root.ProjectLettering = { width, course, smoothed, along, write };
})(window);
