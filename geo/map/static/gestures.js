/* Under a finger the page scrolls and the map stays: two fingers move and zoom it. */
(function (root) {
  "use strict";

  const SHOWN_MS = 1500;

  function calm(map, said) {
    if (!matchMedia("(pointer: coarse)").matches) return;
    // Without Leaflet's own dragging, its style sheet lets one finger scroll what is around.
    map.dragging.disable();
    const note = root.ProjectDom.element("p", "pm-message pm-fingers");
    note.setAttribute("aria-hidden", "true");
    let hiding = 0;
    map.getContainer().addEventListener("touchmove", (event) => {
      const on = event.target.closest && event.target.closest(".leaflet-popup, .leaflet-control, details");
      if (event.touches.length > 1 || on) {
        note.remove();
        return;
      }
      note.textContent = said();
      map.getContainer().append(note);
      clearTimeout(hiding);
      hiding = setTimeout(() => note.remove(), SHOWN_MS);
    }, { passive: true });
  }

  root.ProjectGestures = { calm };
})(window);
