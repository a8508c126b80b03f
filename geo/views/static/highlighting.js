/* Page and map are one: what is pointed at or selected in the one stands out in the other.
   Whatever names projects on the page carries their ids in `data-ids`. */
(function () {
  "use strict";

  let selected = null;

  function naming(id) {
    return document.querySelectorAll(`[data-ids~="${CSS.escape(id)}"]`);
  }

  function mark(className, ids) {
    const wanted = new Set(ids.flatMap((id) => [...naming(id)]));
    for (const node of document.querySelectorAll(`.${className}`)) {
      if (!wanted.has(node)) node.classList.remove(className);
    }
    wanted.forEach((node) => node.classList.add(className));
  }

  function point(ids) {
    document.dispatchEvent(new CustomEvent("page-points", { detail: ids }));
    mark("pm-lit", ids);
  }

  let pointing = false;

  /* Where the page names nothing the map may be under the pointer, and says itself what lies there. */
  function pointed(event) {
    const node = event.target.closest && event.target.closest("[data-ids]");
    if (!node && !pointing) return;
    pointing = Boolean(node);
    point(node ? node.dataset.ids.split(" ") : []);
  }

  document.addEventListener("mouseover", pointed);
  document.addEventListener("focusin", pointed);
  document.addEventListener("map-points", (event) => mark("pm-lit", event.detail));

  /* Rows and words of the selected project, whether it or they came last. */
  function follow() {
    const article = document.querySelector("article[data-project]");
    const id = article ? article.dataset.project : "";
    mark("pm-here", id ? [id] : []);
    for (const node of document.querySelectorAll("[data-ids] a[aria-current='true']")) {
      if (!node.closest(".pm-here")) node.removeAttribute("aria-current");
    }
    for (const node of document.querySelectorAll(".pm-here a")) {
      node.setAttribute("aria-current", "true");
    }
    if (id === selected) return;
    selected = id;
    document.dispatchEvent(new CustomEvent("project-selected", { detail: id }));
  }

  window.ProjectPage.followers.push(follow);
})();
