/* What the pointer rests on: brought forward, and named beside the pointer unless its name is written
   there. A finger rests on nothing, so nothing stays lit after a touch. */
(function (root) {
  "use strict";

  function create(map, find, tell, light) {
    const tooltip = L.tooltip({ direction: "top", offset: [0, -10], className: "pm-tip" });
    let lit = "";

    function clear() {
      map.closeTooltip(tooltip);
      map.getContainer().classList.remove("pm-over");
      if (lit) light([]);
      lit = "";
    }

    function point(event) {
      const { originalEvent: source, containerPoint: at } = event;
      const touch = source && source.sourceCapabilities && source.sourceCapabilities.firesTouchEvents;
      const control = source && source.target.closest && source.target.closest(".leaflet-control, .pm-card");
      if (touch || control || map.dragging.moving() || map._animatingZoom) {
        clear();
        return;
      }
      const { marks = [], among, written } = find(at);
      map.getContainer().classList.toggle("pm-over", marks.length > 0 || Boolean(among));
      const ids = marks.slice(0, 1).map((mark) => mark.id);
      if (String(ids) !== lit) light(ids);
      lit = String(ids);
      if (!ids.length || written) {
        map.closeTooltip(tooltip);
        return;
      }
      tooltip.setLatLng(map.containerPointToLatLng(at));
      tooltip.setContent(tell(marks.map((mark) => mark.feature)));
      if (!map.hasLayer(tooltip)) tooltip.addTo(map);
    }

    map.on("mousemove", point);
    map.on("mouseout movestart zoomstart", clear);
    // Out of the frame at once, the map is not told.
    document.addEventListener("mouseleave", clear);
    return { clear };
  }

  root.ProjectHover = { create };
})(window);
