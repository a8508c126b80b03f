/* What a click says at once, in a corner of the map away from the click; it goes when the panel beside
   the map says the same. */
(function (root) {
  "use strict";

  function create(map, { closed }) {
    let box = null;
    let about = null;

    function show(content, at, id = null) {
      hide();
      const made = root.ProjectContent.element("div", "pm-card leaflet-popup");
      const inside = root.ProjectContent.element("div", "leaflet-popup-content");
      const close = root.ProjectContent.element("button", "pm-card-close", "×");
      close.type = "button";
      close.setAttribute("aria-label", closed());
      close.addEventListener("click", (event) => {
        event.stopPropagation();
        hide();
      });
      inside.append(content);
      made.append(close, inside);
      L.DomEvent.disableClickPropagation(made);
      L.DomEvent.disableScrollPropagation(made);
      map.getContainer().append(made);
      const { x: width, y: height } = map.getSize();
      const spot = at || { x: width / 2, y: height };
      made.dataset.side = spot.y < height / 2 ? "bottom" : "top";
      made.dataset.end = spot.x < width / 2 ? "right" : "left";
      box = made;
      about = id;
      if (id) said();
    }

    function hide() {
      if (box) box.remove();
      box = null;
      about = null;
    }

    /* The panel may lie below the window's edge, as it does on a phone: then the card stays. */
    function said() {
      const page = root.parent.document;
      const panel = page.querySelector("article[data-project]");
      if (!panel || panel.dataset.project !== about) return;
      const { top, height } = panel.getBoundingClientRect();
      if (height && top < root.parent.innerHeight - 90) hide();
    }

    const listen = () => about && said();
    root.parent.document.addEventListener("project-selected", listen);
    addEventListener("pagehide", () => root.parent.document.removeEventListener("project-selected", listen));
    return { show, hide };
  }

  root.ProjectCard = { create };
})(window);
