/* Controls on the map: the fit button, the line for projects wider than a county, the labels of
   buttons, and the boxes that labels must avoid. */
(function (root) {
  "use strict";

  const dom = root.ProjectDom;
  /* Up to this number, the projects in the line are listed by name. */
  const MAX_NAMED = 6;

  function shieldFromMap(node) {
    L.DomEvent.disableClickPropagation(node);
    L.DomEvent.disableScrollPropagation(node);
    return node;
  }

  /* A line at the map's edge for projects of more than one county, which have no single place on
     the map. */
  function createWideLine(map, { openList, select }) {
    const box = shieldFromMap(dom.element("div", "pm-wide-box"));
    const control = L.control({ position: "topright" });
    control.onAdd = () => box;
    control.addTo(map);

    /* `marks` are projects that are not drawn themselves. They are listed if `few` is set. */
    function update({ ui, language, count, marks, few }) {
      box.hidden = !count;
      if (!count) return;
      const label = dom.fill(ui.text[language].wide, { count: count.toLocaleString("en") });
      const button = dom.element("button", "pm-wide", label);
      button.type = "button";
      button.addEventListener("click", () => openList("wide"));
      box.replaceChildren(button);
      if (!few || !marks.length || marks.length > MAX_NAMED) return;
      for (const mark of marks) {
        const name = dom.element("button", "pm-wide-name", dom.shortName(mark.feature.properties, language));
        name.type = "button";
        name.dataset.id = mark.id;
        name.addEventListener("click", () => select(mark.id));
        box.append(name);
      }
    }

    /* The labels of this control, as `shownNames` reports them. */
    function describe(frame) {
      if (box.hidden) return [];
      return [...box.children].map((node) => {
        const { left, top, right, bottom } = node.getBoundingClientRect();
        const polygon = [[left, top], [right, top], [right, bottom], [left, bottom]].map(([x, y]) => [x - frame.left, y - frame.top]);
        const { id } = node.dataset;
        return { kind: id ? "project" : "count", id: id || "wide", text: node.textContent, polygons: [polygon] };
      });
    }

    return { update, describe };
  }

  function createFitButton(fit) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = shieldFromMap(dom.element("div", "leaflet-bar pm-fit"));
      const button = dom.element("a", "", "⤢");
      button.href = "#";
      button.setAttribute("role", "button");
      button.addEventListener("click", (event) => {
        event.preventDefault();
        fit();
      });
      bar.append(button);
      return bar;
    };
    return control;
  }

  function setLanguage(map, text) {
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

  /* The approval number of the map, if it has one, in the lower left corner, where Chinese rules put
     it. */
  function setApproval(map, text) {
    const container = map.getContainer();
    container.querySelector(".pm-approval")?.remove();
    // Beside the attribution, so that neither covers the other.
    if (text) map.attributionControl.getContainer().before(dom.element("p", "leaflet-control leaflet-control-attribution pm-approval", text));
  }

  /* The boxes covered by controls, or by elements that the page lays over the map. */
  function boxesOverMap(map) {
    const frame = map.getContainer().getBoundingClientRect();
    const rects = [...map.getContainer().querySelectorAll(".leaflet-control")].map((node) => node.getBoundingClientRect());
    rects.push(...root.ProjectBridge.overlayBoxes());
    return rects
      .filter(({ width, height }) => width && height)
      .map(({ left, top, width, height }) => ({ x: left - frame.left + width / 2, y: top - frame.top + height / 2, width, height }));
  }

  root.ProjectControls = { createWideLine, createFitButton, setLanguage, setApproval, boxesOverMap, shieldFromMap };
})(window);
