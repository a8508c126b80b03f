/* One picture of the map, from the ground up: areas, uncertainty, lines beyond the place and within it,
   what is selected or pointed at, signs, names. Used for the screen and for paper alike. */
(function (root) {
  "use strict";

  const METRES_AT_EQUATOR = 156543.034;
  /* Wider than this a band would hide the map more than it tells. */
  const WIDEST_BAND = 130;
  /* With more lines than this in view soft edges would lie on each other, and cost most of the time. */
  const MANY_LINES = 150;

  const metresPerPixel = (map, latitude) =>
    (METRES_AT_EQUATOR * Math.cos((latitude * Math.PI) / 180)) / 2 ** map.getZoom();

  /* `view`: {map, ui, ground, names, marks, band, colours, hovered, selected, today, tiled}. */
  function draw(context, bounds, view) {
    const { ui, ground, names, marks, band, colours, hovered, selected, today } = view;
    const paint = root.ProjectPaint;
    const scale = ui.signatures.growth[band];
    const role = new Map();
    const of = { area: [], line: [], sign: [] };
    for (const mark of marks) {
      if (!mark.near(bounds)) continue;
      const own = root.ProjectHierarchy.drawn(mark.feature, band, ui.signatures);
      role.set(mark, own);
      if (own) of[own].push(mark);
    }
    const stands = (mark) => mark.id === selected || hovered.has(mark.id);
    const raised = marks.filter((mark) => stands(mark) && (mark.near(bounds) || mark.id === selected));

    ground.draw(context, bounds, colours, { tiled: view.tiled });
    // Of areas that are one and the same, one is filled, or the ground would darken with each.
    const filled = new Set();
    for (const mark of of.area.sort((one, two) => two.size - one.size)) {
      const same = `${mark.bounds.toBBoxString()} ${ui.sectors[mark.feature.properties.sector].family}`;
      if (filled.has(same)) continue;
      filled.add(same);
      paint.area(context, mark.parts, mark.feature, ui, colours, { rounded: mark.feature.properties.precision !== "exact", today });
    }
    if (band === "town") for (const mark of [...of.line, ...of.sign]) uncertain(context, mark, view, false);
    for (const mark of raised) uncertain(context, mark, view, true);

    // At the first view of a large layer only the most important lines; nearer all of them.
    const lines = band === "region" ? root.ProjectHierarchy.foremost(of.line, ui.signatures) : of.line;
    const later = [...lines].sort((one, two) => importance(two, ui) - importance(one, ui));
    const all = (options) => {
      for (const mark of later) paint.line(context, mark.parts, mark.feature, ui, colours, { scale, today, ...options });
    };
    if (later.length > MANY_LINES) all({ plain: true });
    else {
      ground.within(context, bounds, false, () => all({ outside: true }));
      ground.within(context, bounds, true, () => all({}));
    }
    for (const mark of raised) {
      if (mark.kind === "line") {
        if (mark.id === selected) paint.halo(context, mark.parts, colours, 13 * scale, false);
        paint.line(context, mark.parts, mark.feature, ui, colours, { scale, today, emphasised: true });
      } else if (mark.kind === "area") {
        if (mark.id === selected) paint.halo(context, mark.parts, colours, 7, true);
        paint.area(context, mark.parts, mark.feature, ui, colours, { emphasised: true, rounded: !mark.whole, today });
      }
    }
    names.draw(context, colours, { hovered, selected, today });
    // What is folded into a count still shows where it is while it is pointed at or selected.
    for (const mark of raised) {
      if (mark.kind !== "point" || role.get(mark) === "sign") continue;
      paint.sign(context, mark.at, mark.feature, ui, colours, { size: 20, selected: mark.id === selected, hovered: true, today });
    }
  }

  const importance = (mark, ui) => root.ProjectHierarchy.rank(mark.feature, ui.signatures);

  function uncertain(context, mark, { map, colours }, emphasised) {
    const { uncertainty_m: metres, sector } = mark.feature.properties;
    if (!metres) return;
    const pixels = metres / metresPerPixel(map, mark.middle.lat);
    if (mark.kind === "point") root.ProjectPaint.circle(context, mark.at, pixels, colours, sector, emphasised);
    else if (mark.kind === "line") {
      root.ProjectPaint.uncertainty(context, mark.parts, Math.min(pixels, WIDEST_BAND), colours, sector, emphasised);
    }
  }

  root.ProjectDrawing = { draw };
})(window);
