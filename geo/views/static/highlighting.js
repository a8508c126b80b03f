/* Highlighting shared by page and map: a project hovered or selected in one stands out in the
   other. Elements that name projects carry their ids in `data-ids`. */
(function () {
  "use strict";

  let selected = null;

  function nodesFor(id) {
    return document.querySelectorAll(`[data-ids~="${CSS.escape(id)}"]`);
  }

  function setClass(className, ids) {
    const wanted = new Set(ids.flatMap((id) => [...nodesFor(id)]));
    for (const node of document.querySelectorAll(`.${className}`)) {
      if (!wanted.has(node)) node.classList.remove(className);
    }
    wanted.forEach((node) => node.classList.add(className));
  }

  function announceHover(ids) {
    document.dispatchEvent(new CustomEvent("page-points", { detail: ids }));
    setClass("pm-lit", ids);
  }

  let hoveringPage = false;

  /* Over anything else nothing is announced: the pointer may be over the map, which announces its
     own hover. */
  function onPointer(event) {
    const node = event.target.closest && event.target.closest("[data-ids]");
    if (!node && !hoveringPage) return;
    hoveringPage = Boolean(node);
    announceHover(node ? node.dataset.ids.split(" ") : []);
  }

  document.addEventListener("mouseover", onPointer);
  document.addEventListener("focusin", onPointer);
  document.addEventListener("map-points", (event) => setClass("pm-lit", event.detail));

  /* Runs after each render, because the selection or the elements may be new. */
  function markSelected() {
    const article = document.querySelector("article[data-project]");
    const id = article ? article.dataset.project : "";
    setClass("pm-here", id ? [id] : []);
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

  window.ProjectPage.followers.push(markSelected);
})();
