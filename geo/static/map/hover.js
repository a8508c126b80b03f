/* What the pointer rests on: brought forward, and named beside the pointer. */
(function (root) {
  "use strict";

  function create(map, marks, tell) {
    const tooltip = L.tooltip({ direction: "top", offset: [0, -8], className: "pm-tip" });
    let hovered = [];

    function point(at) {
      const found = at && !map.dragging.moving() ? root.ProjectPicking.pointed(marks(), at) : [];
      for (const mark of hovered) if (!found.includes(mark)) mark.hover(false);
      hovered = found.slice(0, 1);
      hovered.forEach((mark) => mark.hover(true));
      root.ProjectPointing.point(hovered.map((mark) => mark.feature.properties.id));
      map.getContainer().classList.toggle("pm-over", found.length > 0);
      if (!found.length) {
        map.closeTooltip(tooltip);
        return;
      }
      tooltip.setLatLng(map.containerPointToLatLng(at));
      tooltip.setContent(tell(found.map((mark) => mark.feature)));
      if (!map.hasLayer(tooltip)) tooltip.addTo(map);
    }

    map.on("mousemove", (event) => point(event.containerPoint));
    map.on("mouseout", () => point(null));
    return { clear: () => point(null) };
  }

  root.ProjectHover = { create };
})(window);
