/* Symbology: how lines, areas and signs are drawn on a canvas. The stroke tables come from
   geo/map/symbology.py, which the printed sheet uses too. Colour stands for the sector family, line
   pattern for the kind of line, dashes for "only planned", and a soft edge for an approximate
   location. */
(function (root) {
  "use strict";

  /* Mixes two colours of the form #rrggbb. */
  function mix(one, other, share) {
    const channel = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
    const channels = [1, 3, 5].map((at) => Math.round(channel(one, at) * share + channel(other, at) * (1 - share)));
    return `rgb(${channels.join(" ")})`;
  }

  /* The colours of a theme, with functions for the colours of a sector. With forced colours all
     sectors share one ink, and only their patterns differ. */
  function palette(ui, theme) {
    const ground = ui.themes[theme];
    const forced = theme === "forced";
    const hue = (sector) => (forced ? ground.ink : ui.sectors[sector].hue[theme]);
    const paints = (sector) => ({
      hue: hue(sector),
      ground: ground.land,
      tint: forced ? ground.land : mix(hue(sector), ground.land, 0.3),
    });
    return { ...ground, hue, paints, forced };
  }

  function tracePath(context, parts, closed) {
    context.beginPath();
    for (const part of parts) {
      part.forEach((at, index) => (index ? context.lineTo(at.x, at.y) : context.moveTo(at.x, at.y)));
      if (closed) context.closePath();
    }
  }

  /* The corners are rounded because the outline of such an area is a sketch, not a survey. */
  function traceRoundedPath(context, parts) {
    context.beginPath();
    for (const part of parts) {
      const count = part.length;
      if (count < 3) continue;
      const midpoint = (index) => {
        const [one, two] = [part[index % count], part[(index + 1) % count]];
        return { x: (one.x + two.x) / 2, y: (one.y + two.y) / 2 };
      };
      const first = midpoint(0);
      context.moveTo(first.x, first.y);
      for (let index = 1; index <= count; index += 1) {
        const [corner, next] = [part[index % count], midpoint(index)];
        context.quadraticCurveTo(corner.x, corner.y, next.x, next.y);
      }
      context.closePath();
    }
  }

  function stroke(context, { width, dash, cap, shift, colour, opacity = 1 }) {
    context.lineWidth = width;
    context.setLineDash(dash || []);
    context.lineDashOffset = -(shift || 0);
    context.lineCap = cap || "butt";
    context.lineJoin = "round";
    context.strokeStyle = colour;
    context.globalAlpha = opacity;
    context.stroke();
  }

  /* How the map of today draws the state of a project; null on the map of the plan. */
  const lookOf = ({ since }, ui, today) => (today && since ? ui.looks[ui.since[since].look] : null);

  /* How a line is drawn. On the map of today, its current state replaces the planned stage. */
  function lineStyle(feature, ui, today) {
    const { signature, stage, precision } = feature.properties;
    const signatureStrokes = ui.signatures.lines[signature] || ui.signatures.lines.line;
    const look = lookOf(feature.properties, ui, today);
    const built = look ? look.built : ui.forms[stage] !== "planned";
    return {
      strokes: withDashes(built ? signatureStrokes.built : signatureStrokes.planned, look ? look.dash : []),
      upgraded: !look && ui.forms[stage] === "upgraded",
      soft: precision === "approximate",
      weight: look ? look.weight : 1,
      opacity: look ? look.opacity : 1,
    };
  }

  /* Replaces the dash pattern of the line's body. Ticks and beads keep their own. */
  function withDashes(strokes, dash) {
    const [{ dash: bodyDash }] = strokes;
    return dash.length ? strokes.map((one) => (String(one.dash) === String(bodyDash) ? { ...one, dash } : one)) : strokes;
  }

  /* The first stroke is the body of the line. Ticks and beads are wider. */
  const bodyWidth = (strokes) => strokes[0].width;

  /* `scale` is the growth factor of the zoom band, `outside` marks the part outside the place, and
     `plain` leaves out the soft edge when many lines are in view. */
  function drawLine(context, parts, feature, ui, colours, { scale = 1, outside = false, today = false, emphasised = false, plain = false }) {
    const style = lineStyle(feature, ui, today);
    const [thinner, fainter] = outside && !emphasised ? ui.signatures.outside : [1, 1];
    const factor = scale * thinner * style.weight * (emphasised ? 1.25 : 1);
    const alpha = style.opacity * fainter;
    const paints = colours.paints(feature.properties.sector);
    const width = bodyWidth(style.strokes) * factor;
    tracePath(context, parts, false);
    if (style.soft && !plain && !colours.forced) {
      for (const [extra, opacity] of ui.signatures.soft) {
        stroke(context, { width: width + extra * scale * thinner, colour: paints.hue, opacity: opacity * alpha, cap: "round" });
      }
    }
    if (style.upgraded) {
      const [fineWidth, gap] = ui.signatures.upgraded;
      stroke(context, { width: width + 2 * (gap + fineWidth) * thinner, colour: paints.hue, opacity: alpha });
      stroke(context, { width: width + 2 * gap * thinner, colour: colours.land });
    }
    for (const one of style.strokes) {
      const dash = one.dash.map((each) => each * scale);
      stroke(context, { ...one, dash, shift: one.shift * scale, width: one.width * factor, colour: paints[one.paint], opacity: one.paint === "hue" ? alpha : 1 });
    }
    context.globalAlpha = 1;
  }

  function drawHalo(context, parts, colours, width, closed) {
    tracePath(context, parts, closed);
    stroke(context, { width, colour: colours.accent, opacity: 0.34, cap: "round" });
    context.globalAlpha = 1;
  }

  /* A whole county is filled if the project is everywhere in it. If the place in it is unknown, only
     the outline is dotted. */
  function drawArea(context, parts, feature, ui, colours, { emphasised = false, rounded = true, today = false } = {}) {
    const hue = colours.hue(feature.properties.sector);
    const look = lookOf(feature.properties, ui, today);
    (rounded ? traceRoundedPath : (to, all) => tracePath(to, all, true))(context, parts);
    context.fillStyle = hue;
    context.globalAlpha = (emphasised ? 0.16 : 0.035) * (look ? look.opacity : 1);
    if (!isPlaceUnknown(feature.properties, ui)) context.fill();
    stroke(context, { width: emphasised ? 2.2 : 1.2, dash: look ? look.edge : [0.1, 4.4], cap: "round", colour: hue, opacity: emphasised ? 0.95 : 0.5 });
    context.globalAlpha = 1;
  }

  /* Whether only the county is known of a project that has a place of its own in it. */
  function isPlaceUnknown({ scope, extent }, ui) {
    return Boolean(scope) && !ui.extents[extent].whole;
  }

  function drawUncertaintyBand(context, parts, radius, colours, sector, emphasised) {
    const hue = colours.hue(sector);
    if (parts) {
      tracePath(context, parts, false);
      stroke(context, { width: 2 * radius, colour: hue, opacity: emphasised ? 0.13 : 0.03, cap: "round" });
    }
    context.globalAlpha = 1;
  }

  function drawUncertaintyCircle(context, at, radius, colours, sector, emphasised) {
    const hue = colours.hue(sector);
    context.beginPath();
    context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
    context.fillStyle = hue;
    context.globalAlpha = emphasised ? 0.12 : 0.02;
    context.fill();
    stroke(context, { width: 1.2, dash: [0.1, 4.4], cap: "round", colour: hue, opacity: emphasised ? 0.9 : 0.5 });
    context.globalAlpha = 1;
  }

  /* A square sign for an exact location, a circle for an approximate one. */
  function drawSign(context, at, feature, ui, colours, { size, selected = false, hovered = false, today = false }) {
    const { sector, precision, stage } = feature.properties;
    const hue = colours.hue(sector);
    const exact = precision === "exact";
    const look = lookOf(feature.properties, ui, today);
    const filled = look ? look.built && !look.dash.length : exact;
    const half = (size / 2) * (selected || hovered ? 1.15 : 1);
    context.globalAlpha = look ? look.opacity : 1;
    const box = (grow) => {
      context.beginPath();
      if (exact) context.roundRect(at.x - half - grow, at.y - half - grow, 2 * (half + grow), 2 * (half + grow), 4 + grow);
      else context.arc(at.x, at.y, half + grow, 0, 2 * Math.PI);
    };
    if (selected) {
      box(4.5);
      context.fillStyle = colours.accent;
      context.globalAlpha = 0.4;
      context.fill();
      context.globalAlpha = 1;
    }
    box(1.6);
    context.fillStyle = colours.land;
    context.fill();
    box(0);
    context.fillStyle = filled ? hue : colours.land;
    context.fill();
    const planned = ui.forms[stage] === "planned" && !filled;
    const rim = look ? look.rim : planned ? ui.looks.planned.rim : [];
    stroke(context, { width: 1.4, colour: hue, dash: rim, opacity: context.globalAlpha });
    context.setLineDash([]);
    context.fillStyle = filled ? colours.land : hue;
    context.font = `900 ${Math.round(size * 0.56)}px "pm-icons"`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(ui.sectors[sector].icon, at.x, at.y + 0.5);
    context.globalAlpha = 1;
    if (look && look.badge) drawBadge(context, at, half, ui.signatures.badge, hue, colours.land);
  }

  function drawBadge(context, at, half, [away, radius], hue, ground) {
    context.beginPath();
    context.arc(at.x + 2 * half * away, at.y - 2 * half * away, 2 * half * radius, 0, 2 * Math.PI);
    context.fillStyle = hue;
    context.fill();
    stroke(context, { width: 1.2, colour: ground });
  }

  root.ProjectSymbology = { palette, tracePath, stroke, drawLine, drawHalo, drawArea, drawUncertaintyBand, drawUncertaintyCircle, drawSign, lineStyle, bodyWidth };
})(window);
