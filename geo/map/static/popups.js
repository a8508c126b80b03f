/* What stands in popups and tooltips. Text enters by textContent only, so that no
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

  const short = (properties, language) =>
    properties[`short_${language}`] || name(properties, language);

  /* The quote, with the project's own name set off where the quote holds it. */
  function quote(properties) {
    const block = element("blockquote", "pm-quote");
    block.lang = "zh";
    let done = 0;
    for (const [start, end] of properties.named) {
      block.append(properties.exact.slice(done, start));
      block.append(element("mark", "", properties.exact.slice(start, end)));
      done = end;
    }
    block.append(properties.exact.slice(done));
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
    if (properties.since) {
      const state = ui.since[properties.since][language];
      const said = fill(ui.text[language].since, { date: properties.since_as_of, state });
      box.append(element("p", "pm-source pm-told", said));
    }
    return box;
  }

  function choices(ui, features, language, theme, choose) {
    const list = element("ul", "pm-choices");
    for (const feature of features) {
      const button = element("button", "pm-choice");
      button.type = "button";
      button.append(icon(ui, feature.properties, theme));
      button.append(element("span", "", name(feature.properties, language)));
      button.addEventListener("click", (event) => {
        // The choice replaces this button: out of the page, it would look like a click on the map.
        event.stopPropagation();
        choose(feature.properties.id);
      });
      const item = element("li");
      item.append(button);
      list.append(item);
    }
    return list;
  }

  function chooser(ui, features, language, theme, choose) {
    const box = element("div", "pm-popup pm-chooser");
    box.append(
      element("h3", "pm-title", fill(ui.text[language].choose, { count: features.length })),
    );
    box.append(choices(ui, features, language, theme, choose));
    return box;
  }

  /* `today`: what became of it stands in the place of the plan's stage. */
  function tooltip(ui, features, language, today) {
    const first = features[0].properties;
    const box = element("div", "pm-tooltip");
    box.append(element("b", "", name(first, language)));
    const sector = ui.sectors[first.sector][language];
    const stage = (today ? ui.since[first.since] : ui.stages[first.stage])[language];
    box.append(element("span", "", sector + ui.text[language].separator + stage));
    if (features.length > 1) {
      const more = fill(ui.text[language].more, { count: features.length - 1 });
      box.append(element("i", "", more));
    }
    return box;
  }

  /* In both languages, as the words of the reader's own may be what did not load. */
  function failure(error, again) {
    const note = element("p", "pm-message");
    note.setAttribute("role", "alert");
    const said = `地图数据没有载入。/ The map's data did not load. (${error.message}) `;
    const retry = element("button", "", "重试 / Retry");
    retry.type = "button";
    retry.addEventListener("click", () => {
      note.remove();
      again();
    });
    note.append(said, retry);
    return note;
  }

  function svg(tag, attributes) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  }

  root.ProjectContent = { element, fill, icon, name, short, popup, choices, chooser, tooltip, failure, svg };
})(window);
