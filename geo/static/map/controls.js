/* What stands on the map beside the projects: the legend, the fit button, the hatchings. */
(function (root) {
  "use strict";

  const content = root.ProjectContent;

  /* Folded at first, as open it would cover a county; then as the reader left it. */
  function legend(ui, marks, { language, theme, before, today }) {
    const all = [...marks].map((mark) => mark.feature.properties);
    const used = new Set(all.map((one) => one.sector));
    const states = today ? new Set(all.map((one) => one.since)) : null;
    const open = before ? before.getContainer().firstElementChild.open : false;
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => {
      const box = content.element("div", "pm-legend-box");
      const made = root.ProjectLegend.legend(ui, used, language, theme, states);
      made.open = open;
      box.append(made);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return control;
  }

  /* The projects wider than a county lie under everything, so they are a list, not a target. */
  function wide(ui, marks, { language, theme, before, choose }) {
    const open = before && before.getContainer() && before.getContainer().querySelector("details").open;
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const box = content.element("div", "pm-wide-box");
      const fold = content.element("details");
      fold.open = Boolean(open);
      const count = content.fill(ui.text[language].wide, { count: marks.length });
      fold.append(content.element("summary", "", count));
      const features = marks.map((mark) => mark.feature);
      fold.append(content.choices(ui, features, language, theme, choose));
      box.append(fold);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return control;
  }

  function fitButton(fit) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = content.element("div", "leaflet-bar pm-fit");
      const button = content.element("a", "", "⤢");
      button.href = "#";
      button.setAttribute("role", "button");
      L.DomEvent.disableClickPropagation(bar);
      button.addEventListener("click", (event) => {
        event.preventDefault();
        fit();
      });
      bar.append(button);
      return bar;
    };
    return control;
  }

  /* The buttons say what they do in the reader's language. */
  function speak(map, text) {
    const titles = {
      ".leaflet-control-zoom-in": text.zoom_in, ".leaflet-control-zoom-out": text.zoom_out,
      ".pm-fit a": text.fit,
    };
    for (const [selector, title] of Object.entries(titles)) {
      const button = map.getContainer().querySelector(selector);
      if (!button) continue;
      button.title = title;
      button.setAttribute("aria-label", title);
    }
  }

  function hatches(ui) {
    const drawing = content.svg("svg", { width: 0, height: 0, style: "position:absolute" });
    for (const family of ui.families) {
      const pattern = content.svg("pattern", {
        id: `hatch-${family.code}`, width: 8, height: 8, patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
      });
      const line = content.svg("line", { y2: 8, "stroke-width": 2.4, "stroke-opacity": 0.5 });
      line.style.stroke = `var(--pm-${family.code})`;
      pattern.append(line);
      drawing.append(pattern);
    }
    return drawing;
  }

  root.ProjectControls = { legend, wide, fitButton, speak, hatches };
})(window);
