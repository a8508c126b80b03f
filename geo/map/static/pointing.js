/* Page and map point at the same projects: each hears of it as an event of the page's document. */
(function (root) {
  "use strict";

  let pointed = "";

  function point(ids) {
    const said = ids.join(" ");
    if (said === pointed) return;
    pointed = said;
    around().dispatchEvent(new CustomEvent("map-points", { detail: ids }));
  }

  function follow({ light, select, choose }) {
    around().addEventListener("page-points", (event) => light(event.detail));
    around().addEventListener("page-selects", (event) => select(event.detail));
    around().addEventListener("page-chooses", (event) => choose(event.detail.facet, event.detail.words));
  }

  /* The page that the map's frame lies in; a map without a frame is its own. */
  function around() {
    return root.parent.document;
  }

  root.ProjectPointing = { point, follow };
})(window);
