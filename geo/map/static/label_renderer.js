/* The label renderer: measures and draws text on the canvas, draws the labels that are placed, and
   finds the label under a point. */
(function (root) {
  "use strict";

  const { corners } = root.ProjectOccupancyGrid;
  const symbology = root.ProjectSymbology;

  const measuring = document.createElement("canvas").getContext("2d");
  const widths = new Map();

  const typefaces = new Map();

  /* The typeface that the style sheet has for the language; a canvas does not know custom properties. */
  function typeface(name) {
    const root = document.documentElement;
    const key = `${name} ${root.lang}`;
    if (!typefaces.has(key)) typefaces.set(key, getComputedStyle(root).getPropertyValue(name));
    return typefaces.get(key);
  }

  const font = ({ size, weight = 400, serif = false, italic = false }) =>
    `${italic ? "italic " : ""}${weight} ${size}px ${typeface(serif ? "--pm-serif" : "--pm-sans")}`;

  function textWidth(text, style) {
    const key = `${font(style)}|${text}`;
    if (!widths.has(key)) {
      if (widths.size > 5000) widths.clear();
      measuring.font = font(style);
      widths.set(key, measuring.measureText(text).width);
    }
    return widths.get(key) + (style.spacing || 0) * text.length;
  }

  /* Draws text with a halo in the colour of the ground. Each letter has its own position and angle.
     */
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
        // The canvas adds letter spacing after the last letter too, so half of it re-centres the
        // word.
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

  /* ---- current labels ---- */

  function create(map, ui) {
    /* The labels and signs on the map, with the frame's origin in layer pixels at their zoom. */
    let current = { entries: [], icons: [], origin: L.point(0, 0), zoom: null };

    function setLabels(next) {
      const toLatLng = ({ x, y }) => map.layerPointToLatLng(L.point(x, y).add(next.origin));
      if (next.zoom === map.getZoom()) {
        for (const entry of next.entries) entry.latLng = toLatLng(entry.letters[entry.letters.length >> 1]);
      }
      current = next;
    }

    /* After a zoom, the old labels move along with their places until new ones are placed. */
    function reposition() {
      const { entries, icons, origin, zoom } = current;
      if (zoom === null || zoom === map.getZoom()) return { entries, icons, origin };
      const newOrigin = map.containerPointToLayerPoint([0, 0]);
      const moved = entries.filter((entry) => entry.latLng).map((entry) => {
        const middle = entry.letters[entry.letters.length >> 1];
        const { x, y } = map.latLngToLayerPoint(entry.latLng).subtract(newOrigin);
        const move = (at) => ({ ...at, x: at.x + x - middle.x, y: at.y + y - middle.y });
        return { ...entry, letters: entry.letters.map(move), leader: null, dot: null };
      });
      return { entries: moved, icons: icons.map((icon) => ({ ...icon, at: icon.mark.at })), origin: newOrigin };
    }

    function draw(context, colours, { hovered, selected, today }) {
      const { entries, icons, origin } = reposition();
      context.save();
      context.translate(origin.x, origin.y);
      for (const entry of entries) {
        if (entry.dot) drawTownDot(context, entry.dot, colours);
        if (!entry.leader) continue;
        context.beginPath();
        context.moveTo(entry.leader[0].x, entry.leader[0].y);
        context.lineTo(entry.leader[1].x, entry.leader[1].y);
        symbology.stroke(context, { width: 2.6, colour: colours.land, opacity: 0.8 });
        symbology.stroke(context, { width: 1, colour: entry.colour(colours), opacity: 0.9 });
        // The dot shows on which line the leader ends.
        context.beginPath();
        context.arc(entry.leader[0].x, entry.leader[0].y, 2.4, 0, 2 * Math.PI);
        context.globalAlpha = 1;
        context.fillStyle = entry.colour(colours);
        context.fill();
        symbology.stroke(context, { width: 1, colour: colours.land });
        context.globalAlpha = 1;
      }
      context.translate(-origin.x, -origin.y);
      for (const icon of icons) {
        symbology.drawSign(context, icon.at, icon.mark.feature, ui, colours, {
          size: icon.size, today, selected: icon.marks.some((mark) => mark.id === selected),
          hovered: icon.marks.some((mark) => hovered.has(mark.id)),
        });
      }
      context.translate(origin.x, origin.y);
      for (const entry of entries) {
        if (entry.pill) drawPill(context, entry, colours);
        const isRaised = entry.mark && (entry.mark.id === selected || hovered.has(entry.mark.id));
        const style = isRaised ? { ...entry.style, weight: Math.max(entry.style.weight, 700) } : entry.style;
        drawText(context, entry.letters, style, isRaised && entry.mark.id === selected ? colours.accent : entry.colour(colours), colours.land);
      }
      context.restore();
    }

    function drawTownDot(context, { at, isSeat }, colours) {
      context.beginPath();
      context.arc(at.x, at.y, isSeat ? 5 : 2.2, 0, 2 * Math.PI);
      context.fillStyle = colours.land;
      context.fill();
      symbology.stroke(context, { width: isSeat ? 2 : 1.1, colour: isSeat ? colours.ink : colours.quiet });
      if (!isSeat) return;
      context.beginPath();
      context.arc(at.x, at.y, 1.8, 0, 2 * Math.PI);
      context.fillStyle = colours.ink;
      context.fill();
    }

    function drawPill(context, { letters: [box], kind }, colours) {
      context.beginPath();
      context.roundRect(box.x - box.width / 2, box.y - box.height / 2, box.width, box.height, box.height / 2);
      context.globalAlpha = 0.94;
      context.fillStyle = colours.land;
      context.fill();
      context.globalAlpha = 1;
      context.setLineDash([]);
      symbology.stroke(context, { width: 1, colour: kind === "count" ? colours.border : colours.quiet });
    }

    /* The labels as `shownNames` reports them. */
    const describe = () => current.entries.map(({ kind, id, text, letters }) => ({ kind, id, text, polygons: letters.map(corners) }));

    function labelAt(point, reach = 2) {
      if (current.zoom !== map.getZoom()) return null;
      const shift = map.containerPointToLayerPoint([0, 0]).subtract(current.origin);
      const at = { x: point.x + shift.x, y: point.y + shift.y };
      const inside = (box) => {
        const [cos, sin] = [Math.cos(box.angle || 0), Math.sin(box.angle || 0)];
        const [dx, dy] = [at.x - box.x, at.y - box.y];
        return Math.abs(dx * cos + dy * sin) <= box.width / 2 + reach && Math.abs(dy * cos - dx * sin) <= box.height / 2 + reach;
      };
      return current.entries.find((entry) => entry.kind !== "town" && entry.letters.some(inside)) || null;
    }

    function signAt(at, reach) {
      const point = L.point(at.x, at.y).add(map.containerPointToLayerPoint([0, 0]));
      return current.icons
        .filter((icon) => icon.at.distanceTo(point) <= icon.size / 2 + reach)
        .sort((one, two) => one.at.distanceTo(point) - two.at.distanceTo(point))[0] || null;
    }

    return { setLabels, draw, describe, labelAt, signAt, entries: () => current.entries };
  }

  root.ProjectLabelRenderer = { textWidth, drawText, create };
})(window);
