/* The legend: the hue of each family, icon and line of each sector, and what dashes mean. */
(function (root) {
  "use strict";

  const { element, icon, svg } = root.ProjectContent;

  /* `today` is null, or the states that the map of today shows. */
  function legend(ui, used, language, theme, today) {
    const text = ui.text[language];
    const box = element("details", "pm-legend");
    box.append(element("summary", "", text.legend));
    const body = element("div", "pm-legend-body");
    for (const family of ui.families) {
      const sectors = family.sectors.filter((code) => used.has(code));
      if (!sectors.length) continue;
      body.append(element("h4", "", family[language]));
      const grid = element("div", "pm-legend-grid");
      for (const code of sectors) {
        const row = element("p");
        const drawn = ui.sectors[code].pattern === "plain" ? [] : [sample(ui.sectors[code], theme)];
        row.append(icon(ui, { sector: code }, theme), element("span", "", ui.sectors[code][language]));
        row.append(...drawn);
        grid.append(row);
      }
      body.append(grid);
    }
    if (today) body.append(root.ProjectToday.legend(ui, today, language));
    else body.append(...precisions(ui, language));
    body.append(element("p", "pm-note", text.unlocated));
    box.append(body);
    return box;
  }

  function precisions(ui, language) {
    const grid = element("div", "pm-legend-grid");
    for (const code of ["exact", "approximate", "area"]) {
      const row = element("p");
      row.append(precisionSample(code), element("span", "", ui.precisions[code][language]));
      row.title = ui.precisions[code][`${language}_note`];
      grid.append(row);
    }
    return [element("h4", "", ui.text[language].precision), grid];
  }

  function stroke(drawing, options) {
    drawing.append(
      svg("path", {
        d: "M0 7H26",
        fill: "none",
        stroke: options.color,
        "stroke-width": options.weight,
        "stroke-dasharray": options.dashArray || "none",
        "stroke-linecap": options.lineCap || "butt",
      }),
    );
  }

  function sample(sector, theme) {
    const drawing = svg("svg", { width: 26, height: 14, "aria-hidden": "true" });
    stroke(drawing, { color: sector.hue[theme], weight: sector.pattern === "core" ? 4.6 : 3 });
    const over = root.ProjectStyle.ornament(sector, theme, "var(--pm-paper)");
    if (over) stroke(drawing, over);
    return drawing;
  }

  function precisionSample(code) {
    const drawing = svg("svg", { width: 26, height: 14, "aria-hidden": "true" });
    const ink = "var(--pm-ink)";
    if (code === "area") {
      drawing.append(svg("rect", {
        x: 2, y: 1.5, width: 23, height: 11, fill: "none", stroke: ink,
        "stroke-dasharray": root.ProjectStyle.DASH.area,
      }));
      return drawing;
    }
    if (code === "approximate") {
      stroke(drawing, { color: "var(--pm-band)", weight: 12 });
    }
    stroke(drawing, { color: ink, weight: 3, dashArray: root.ProjectStyle.DASH[code] });
    return drawing;
  }

  root.ProjectLegend = { legend };
})(window);
