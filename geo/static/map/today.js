/* The map of today: what became of each project tells the weight, dash and strength of its mark.
   Its place, its hue and the band of what is not known stay as they are. */
(function (root) {
  "use strict";

  const { element, svg } = root.ProjectContent;
  /* The weight of a line in the plan, of which the codelist's weights are told. */
  const USUAL = 3;

  const told = (mark) => mark.ui.since[mark.feature.properties.since];

  /* The options of a path, changed: a county's outline stays as thin as it was. */
  function path(options, mark) {
    const own = told(mark);
    return {
      ...options,
      weight: (options.weight * own.weight) / USUAL,
      opacity: options.opacity * own.opacity,
      dashArray: own.dash.join(" ") || null,
    };
  }

  /* A site: how its sign is bordered and filled; see map.css. */
  function sign(node, mark, today) {
    if (today) node.dataset.since = mark.feature.properties.since;
    else delete node.dataset.since;
  }

  /* Each mark by its name, and in the map of today by what became of it. */
  function call(marks, { language, today }) {
    for (const mark of marks) {
      const name = root.ProjectContent.name(mark.feature.properties, language);
      const state = today ? [told(mark)[language]] : [];
      mark.name([name, ...state].join(mark.ui.text[language].separator));
    }
  }

  function turn(marks, { language, today }) {
    const all = [...marks];
    for (const mark of all) {
      mark.today = today;
      mark.style();
    }
    call(all, { language, today });
  }

  /* What the legend says in the place of the precisions: a line, a site and the words of each state. */
  function legend(ui, used, language) {
    const text = ui.text[language];
    const box = element("div", "pm-legend-today");
    box.append(element("h4", "", text.today));
    for (const [code, own] of Object.entries(ui.since)) {
      if (!used.has(code)) continue;
      const row = element("p");
      const drawing = svg("svg", { width: 46, height: 14, "aria-hidden": "true" });
      drawing.append(svg("path", {
        d: "M0 7H46", fill: "none", stroke: "var(--pm-ink)", "stroke-width": own.weight,
        "stroke-dasharray": own.dash.join(" ") || "none", "stroke-opacity": own.opacity,
      }));
      const site = element("span", "pm-point pm-today-site");
      site.dataset.since = code;
      site.append(element("span", "pm-icon"));
      row.append(drawing, site, element("span", "", own[language]));
      box.append(row);
    }
    box.append(element("p", "pm-note", text.today_note));
    return box;
  }

  root.ProjectToday = { path, sign, turn, call, legend };
})(window);
