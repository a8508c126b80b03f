/* What stands in popups, tooltips and the legend. Text enters by textContent only, so that no
   name or quote can bring markup with it. */
(function (root) {
  "use strict";

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  }

  function icon(ui, properties, theme) {
    const sector = ui.sectors[properties.sector];
    const made = element("span", "pm-icon", sector.icon);
    made.style.setProperty("--hue", sector.hue[theme]);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function name(properties, language) {
    return language === "en" ? properties.name_en : properties.name_zh;
  }

  /* The quote, with the project's own name set off where the quote holds it whole. */
  function quote(properties) {
    const block = element("blockquote", "pm-quote");
    block.lang = "zh";
    const at = properties.exact.indexOf(properties.name_zh);
    if (at < 0) {
      block.append(element("mark", "", properties.exact));
    } else {
      const end = at + properties.name_zh.length;
      block.append(properties.exact.slice(0, at));
      block.append(element("mark", "", properties.exact.slice(at, end)));
      block.append(properties.exact.slice(end));
    }
    return block;
  }

  function facts(ui, properties, language) {
    const text = ui.text[language];
    const parts = [
      ui.sectors[properties.sector][language],
      ui.stages[properties.stage][language],
      ui.precisions[properties.precision][language],
    ];
    if (properties.uncertainty_m) parts[2] += ` ±${distance(properties.uncertainty_m)}`;
    return element("p", "pm-facts", parts.join(text.separator));
  }

  function distance(metres) {
    return metres < 1000 ? `${metres} m` : `${+(metres / 1000).toFixed(1)} km`;
  }

  function popup(ui, feature, language, theme) {
    const properties = feature.properties;
    const box = element("div", "pm-popup");
    const title = element("h3", "pm-title");
    title.append(icon(ui, properties, theme), element("span", "", name(properties, language)));
    const source = fill(ui.text[language].clause, { clause: properties.clause });
    box.append(title, facts(ui, properties, language), quote(properties));
    box.append(element("p", "pm-source", source));
    return box;
  }

  function chooser(ui, features, language, theme, choose) {
    const box = element("div", "pm-popup pm-chooser");
    box.append(
      element("h3", "pm-title", fill(ui.text[language].choose, { count: features.length })),
    );
    const list = element("ul");
    for (const feature of features) {
      const button = element("button", "pm-choice");
      button.type = "button";
      button.append(icon(ui, feature.properties, theme));
      button.append(element("span", "", name(feature.properties, language)));
      button.addEventListener("click", () => choose(feature.properties.id));
      const item = element("li");
      item.append(button);
      list.append(item);
    }
    box.append(list);
    return box;
  }

  function tooltip(ui, features, language) {
    const first = features[0].properties;
    const box = element("div", "pm-tooltip");
    box.append(element("b", "", name(first, language)));
    const sector = ui.sectors[first.sector][language];
    const stage = ui.stages[first.stage][language];
    box.append(element("span", "", sector + ui.text[language].separator + stage));
    if (features.length > 1) {
      const more = fill(ui.text[language].more, { count: features.length - 1 });
      box.append(element("i", "", more));
    }
    return box;
  }

  function legend(ui, used, language, theme) {
    const text = ui.text[language];
    const box = element("details", "pm-legend");
    box.append(element("summary", "", text.legend));
    const body = element("div", "pm-legend-body");
    for (const family of ui.families) {
      const sectors = family.sectors.filter((code) => used.has(code));
      if (!sectors.length) continue;
      body.append(element("h4", "", family[language]));
      for (const code of sectors) {
        const row = element("p");
        row.append(icon(ui, { sector: code }, theme), sample(ui.sectors[code], theme));
        row.append(element("span", "", ui.sectors[code][language]));
        body.append(row);
      }
    }
    body.append(element("h4", "", text.precision));
    for (const code of ["exact", "approximate", "area"]) {
      const row = element("p");
      row.append(precisionSample(code), element("span", "", ui.precisions[code][language]));
      row.title = ui.precisions[code][`${language}_note`];
      body.append(row);
    }
    body.append(element("p", "pm-note", text.unlocated));
    box.append(body);
    return box;
  }

  function svg(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  function stroke(drawing, options) {
    drawing.append(
      svg("path", {
        d: "M1 7H41",
        fill: "none",
        stroke: options.color,
        "stroke-width": options.weight,
        "stroke-dasharray": options.dashArray || "none",
        "stroke-linecap": options.lineCap || "butt",
      }),
    );
  }

  function sample(sector, theme) {
    const drawing = svg("svg", { width: 42, height: 14, "aria-hidden": "true" });
    stroke(drawing, { color: sector.hue[theme], weight: sector.pattern === "core" ? 4.6 : 3 });
    const over = root.ProjectStyle.ornament(sector, theme, "var(--pm-paper)");
    if (over) stroke(drawing, over);
    return drawing;
  }

  function precisionSample(code) {
    const drawing = svg("svg", { width: 42, height: 14, "aria-hidden": "true" });
    const ink = "var(--pm-ink)";
    if (code === "area") {
      drawing.append(svg("rect", {
        x: 2, y: 1.5, width: 38, height: 11, fill: "none", stroke: ink,
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

  root.ProjectContent = { element, fill, icon, name, popup, chooser, tooltip, legend, svg };
})(window);
