/* Links within the file: each changes its part of the state and leaves the rest. An empty value is
   none. What the document's script asks of the page is answered here. */
(function (root) {
  "use strict";

  const state = root.EditionState;

  /* The parts of the state that a fragment such as "#view=document&at=3-9" changes. */
  function parts(fragment) {
    const changes = {};
    const asked = new URLSearchParams(fragment.slice(1));
    for (const [key, value] of asked) {
      if (Array.isArray(state.read()[key])) changes[key] = asked.getAll(key).filter(Boolean);
      else changes[key] = key === "left" ? value === "1" : value || null;
    }
    return changes;
  }

  function onClick(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!plain || !event.target.closest) return;
    const link = event.target.closest("a[href^='#']") || rowLink(event.target);
    // Words that belong to several projects ask first, in the document's script; the map's own
    // buttons have no place to go to.
    if (!link || link.getAttribute("href") === "#" || (link.dataset.ids || "").includes(" ")) return;
    event.preventDefault();
    const fragment = link.getAttribute("href");
    if (fragment.includes("=")) state.change(parts(fragment));
    else document.querySelector(fragment).focus();
  }

  /* A row of the list is as good a target as the name in it. */
  function rowLink(node) {
    const row = !node.closest("a, button") && String(getSelection()) === "" && node.closest("tr[data-ids]");
    return row ? row.querySelector("a[href^='#']") : null;
  }

  // At the window, so last: the document's script must know first that it was chosen there.
  addEventListener("click", onClick);

  root.ProjectPage = {
    followers: [],
    query: state.query,
    link: (query) => `${location.href.split("#")[0]}#${query}`,
    choose: (id) => state.change({ project: id }),
  };
})(window);
