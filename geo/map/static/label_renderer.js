/* Text on the canvas: how wide it is, how it is drawn, and what is written on the map now, followed through
   a zoom and found under a pointer. */
(function (root) {
  "use strict";

  const { corners } = root.ProjectOccupancyGrid;
  const symbology = root.ProjectSymbology;

  const SANS = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  const SERIF = '"Noto Serif CJK SC", "Noto Serif SC", "Songti SC", SimSun, serif';
  const measuring = document.createElement("canvas").getContext("2d");
  const known = new Map();

  const font = ({ size, weight = 400, serif = false, italic = false }) =>
    `${italic ? "italic " : ""}${weight} ${size}px ${serif ? SERIF : SANS}`;

  function textWidth(text, style) {
    const key = `${font(style)}|${text}`;
    if (!known.has(key)) {
      if (known.size > 5000) known.clear();
      measuring.font = font(style);
      known.set(key, measuring.measureText(text).width);
    }
    return known.get(key) + (style.spacing || 0) * text.length;
  }

  /* Writes letters or straight words with a halo in the ground's colour. */
  function drawText(context, letters, style, colour, ground) {
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

  /* ---- what is written now ---- */

  function create(map, ui) {
    /* What is shown, and where its frame began, in layer pixels at its zoom. */
    let shown_ = { entries: [], icons: [], origin: L.point(0, 0), zoom: null };

    function replace(next) {
      const placeOf = ({ x, y }) => map.layerPointToLatLng(L.point(x, y).add(next.origin));
      if (next.zoom === map.getZoom()) {
        for (const entry of next.entries) entry.place = placeOf(entry.letters[entry.letters.length >> 1]);
      }
      shown_ = next;
    }

    /* Until names have found their room at a new zoom, those of before go where their places now are. */
    function follow() {
      const { entries: all, icons: signs, origin: from, zoom } = shown_;
      if (zoom === null || zoom === map.getZoom()) return { all, signs, from };
      const now = map.containerPointToLayerPoint([0, 0]);
      const moved = all.filter((entry) => entry.place).map((entry) => {
        const middle = entry.letters[entry.letters.length >> 1];
        const { x, y } = map.latLngToLayerPoint(entry.place).subtract(now);
        const shift = (at) => ({ ...at, x: at.x + x - middle.x, y: at.y + y - middle.y });
        return { ...entry, letters: entry.letters.map(shift), leader: null, dot: null };
      });
      return { all: moved, signs: signs.map((icon) => ({ ...icon, at: icon.mark.at })), from: now };
    }

    function draw(context, colours, { hovered, selected, today }) {
      const { all, signs, from } = follow();
      context.save();
      context.translate(from.x, from.y);
      for (const entry of all) {
        if (entry.dot) dot(context, entry.dot, colours);
        if (!entry.leader) continue;
        context.beginPath();
        context.moveTo(entry.leader[0].x, entry.leader[0].y);
        context.lineTo(entry.leader[1].x, entry.leader[1].y);
        symbology.stroke(context, { width: 2.6, colour: colours.land, opacity: 0.8 });
        symbology.stroke(context, { width: 1, colour: entry.paint(colours), opacity: 0.9 });
        // A dot says which line it is that the leader ends on.
        context.beginPath();
        context.arc(entry.leader[0].x, entry.leader[0].y, 2.4, 0, 2 * Math.PI);
        context.globalAlpha = 1;
        context.fillStyle = entry.paint(colours);
        context.fill();
        symbology.stroke(context, { width: 1, colour: colours.land });
        context.globalAlpha = 1;
      }
      context.translate(-from.x, -from.y);
      for (const icon of signs) {
        symbology.sign(context, icon.at, icon.mark.feature, ui, colours, {
          size: icon.size, today, selected: icon.marks.some((mark) => mark.id === selected),
          hovered: icon.marks.some((mark) => hovered.has(mark.id)),
        });
      }
      context.translate(from.x, from.y);
      for (const entry of all) {
        if (entry.pill) pill(context, entry, colours);
        const on = entry.mark && (entry.mark.id === selected || hovered.has(entry.mark.id));
        const style = on ? { ...entry.style, weight: Math.max(entry.style.weight, 700) } : entry.style;
        drawText(context, entry.letters, style, on && entry.mark.id === selected ? colours.accent : entry.paint(colours), colours.land);
      }
      context.restore();
    }

    function dot(context, { at, seat }, colours) {
      context.beginPath();
      context.arc(at.x, at.y, seat ? 5 : 2.2, 0, 2 * Math.PI);
      context.fillStyle = colours.land;
      context.fill();
      symbology.stroke(context, { width: seat ? 2 : 1.1, colour: seat ? colours.ink : colours.quiet });
      if (!seat) return;
      context.beginPath();
      context.arc(at.x, at.y, 1.8, 0, 2 * Math.PI);
      context.fillStyle = colours.ink;
      context.fill();
    }

    function pill(context, { letters: [box], kind }, colours) {
      context.beginPath();
      context.roundRect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height, box.height / 2);
      context.globalAlpha = 0.94;
      context.fillStyle = colours.land;
      context.fill();
      context.globalAlpha = 1;
      context.setLineDash([]);
      symbology.stroke(context, { width: 1, colour: kind === "count" ? colours.border : colours.quiet });
    }

    /* What is written now, for whoever checks it: see the contract. */
    const shown = () => shown_.entries.map(({ kind, id, text, letters }) => ({ kind, id, text, polygons: letters.map(corners) }));

    /* The entry or sign at a point of the frame. */
    function under(point, reach = 2) {
      if (shown_.zoom !== map.getZoom()) return null;
      const moved = map.containerPointToLayerPoint([0, 0]).subtract(shown_.origin);
      const at = { x: point.x + moved.x, y: point.y + moved.y };
      const inside = (box) => {
        const [cos, sin] = [Math.cos(box.angle || 0), Math.sin(box.angle || 0)];
        const [dx, dy] = [at.x - box.x, at.y - box.y];
        return Math.abs(dx * cos + dy * sin) <= box.width / 2 + reach && Math.abs(dy * cos - dx * sin) <= box.height / 2 + reach;
      };
      return shown_.entries.find((entry) => entry.kind !== "town" && entry.letters.some(inside)) || null;
    }

    function signUnder(at, reach) {
      const point = L.point(at.x, at.y).add(map.containerPointToLayerPoint([0, 0]));
      return shown_.icons
        .filter((icon) => icon.at.distanceTo(point) <= icon.size / 2 + reach)
        .sort((one, two) => one.at.distanceTo(point) - two.at.distanceTo(point))[0] || null;
    }

    return { replace, draw, shown, under, signUnder, all: () => shown_.entries };
  }

  root.ProjectLabelRenderer = { textWidth, drawText, create };
})(window);
