/* Popups: the content of popups, tooltips and the chooser, and the card that opens when a project
   is clicked. */
(function (root) {
  "use strict";

  const { element, fill, icon, projectName, clauseName, tagChinese } = root.ProjectDom;

  /* The quote from the document, with the project's name marked where it occurs. */
  function quote(ui, properties) {
    const block = element("blockquote", "pm-quote");
    block.lang = ui.text_language;
    let written = 0;
    for (const [start, end] of properties.named) {
      block.append(properties.exact.slice(written, start));
      block.append(element("mark", "", properties.exact.slice(start, end)));
      written = end;
    }
    block.append(properties.exact.slice(written));
    return block;
  }

  function facts(ui, properties, language) {
    const text = ui.text[language];
    const parts = [
      ui.sectors[properties.sector][language],
      ui.stages[properties.stage][language],
      place(ui, properties, language),
    ];
    if (properties.uncertainty_m) parts[2] += ` ±${distance(properties.uncertainty_m)}`;
    return element("p", "pm-facts", parts.join(text.separator));
  }

  /* How the place is known. A county's outline is the place of what is everywhere in it, and says of
     the others that their place in it is unknown. */
  function place(ui, { precision, scope, extent }, language) {
    if (!scope) return ui.precisions[precision][language];
    return ui.extents[extent].whole ? ui.extents[extent][language] : ui.text[language].somewhere;
  }

  function distance(metres) {
    return metres < 1000 ? `${metres} m` : `${+(metres / 1000).toFixed(1)} km`;
  }

  function popupContent(ui, feature, language, theme) {
    const properties = feature.properties;
    const box = element("div", "pm-popup");
    const title = element("h3", "pm-title");
    title.append(icon(ui, properties, theme), element("span", "", projectName(properties, language)));
    const source = fill(ui.text[language].clause, { clause: clauseName(properties, language) });
    box.append(title, facts(ui, properties, language), quote(ui, properties));
    const sourceLine = element("p", "pm-source");
    sourceLine.append(...tagChinese(source, language));
    box.append(sourceLine);
    if (properties.since) {
      const state = ui.since[properties.since][language];
      const sinceText = fill(ui.text[language].since, { date: properties.since_as_of, state });
      box.append(element("p", "pm-source pm-told", sinceText));
    }
    return box;
  }

  function choiceList(ui, features, language, theme, onChoose) {
    const list = element("ul", "pm-choices");
    for (const feature of features) {
      const button = element("button", "pm-choice");
      button.type = "button";
      button.append(icon(ui, feature.properties, theme));
      button.append(element("span", "", projectName(feature.properties, language)));
      button.addEventListener("click", (event) => {
        // Choosing replaces this button. Once it is out of the DOM, the bubbling click would count
        // as a click on the map.
        event.stopPropagation();
        onChoose(feature.properties.id);
      });
      const item = element("li");
      item.append(button);
      list.append(item);
    }
    return list;
  }

  function chooserContent(ui, features, language, theme, onChoose) {
    const box = element("div", "pm-popup pm-chooser");
    box.append(
      element("h3", "pm-title", fill(ui.text[language].choose, { count: features.length })),
    );
    box.append(choiceList(ui, features, language, theme, onChoose));
    return box;
  }

  /* With `today`, the project's current state is shown instead of the planned stage. */
  function tooltipContent(ui, features, language, today) {
    const first = features[0].properties;
    const box = element("div", "pm-tooltip");
    box.append(element("b", "", projectName(first, language)));
    const sector = ui.sectors[first.sector][language];
    const stage = (today ? ui.since[first.since] : ui.stages[first.stage])[language];
    box.append(element("span", "", sector + ui.text[language].separator + stage));
    if (features.length > 1) {
      const more = fill(ui.text[language].more, { count: features.length - 1 });
      box.append(element("i", "", more));
    }
    return box;
  }

  /* A card in the corner of the map farthest from the click. It closes when the panel beside the
     map shows the same project. */
  function createCard(map, { closeLabel }) {
    let shown = null;
    let shownId = null;

    function show(content, at, id = null) {
      hide();
      const card = element("div", "pm-card leaflet-popup");
      const body = element("div", "leaflet-popup-content");
      const close = element("button", "pm-card-close", "×");
      close.type = "button";
      close.setAttribute("aria-label", closeLabel());
      close.addEventListener("click", (event) => {
        event.stopPropagation();
        hide();
      });
      body.append(content);
      card.append(close, body);
      L.DomEvent.disableClickPropagation(card);
      L.DomEvent.disableScrollPropagation(card);
      map.getContainer().append(card);
      const { x: width, y: height } = map.getSize();
      const spot = at || { x: width / 2, y: height };
      card.dataset.side = spot.y < height / 2 ? "bottom" : "top";
      card.dataset.end = spot.x < width / 2 ? "right" : "left";
      shown = card;
      shownId = id;
      if (id) hideIfShownInPanel();
    }

    function hide() {
      if (shown) shown.remove();
      shown = null;
      shownId = null;
    }

    /* On a phone the panel may be below the visible part of the page. The card then stays open. */
    function hideIfShownInPanel() {
      const page = root.parent.document;
      const panel = page.querySelector("article[data-project]");
      if (!panel || panel.dataset.project !== shownId) return;
      const { top, height } = panel.getBoundingClientRect();
      if (height && top < root.parent.innerHeight - 90) hide();
    }

    const onPanelChange = () => shownId && hideIfShownInPanel();
    root.parent.document.addEventListener("project-selected", onPanelChange);
    addEventListener("pagehide", () => root.parent.document.removeEventListener("project-selected", onPanelChange));
    return { show, hide };
  }

  root.ProjectPopups = { popupContent, chooserContent, tooltipContent, createCard };
})(window);
