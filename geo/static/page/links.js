/* Links within the page change the URL and keep the page: the map is never loaded again. */
(function () {
  "use strict";

  /* What a link changes; with `data-merge` the rest of the URL stays, and an empty value is none. */
  function target(link) {
    const href = link.getAttribute("href");
    if (!("merge" in link.dataset)) return href;
    const query = new URLSearchParams(location.search);
    // A spot of the text gives way to the project's own.
    if (href.startsWith("?project=")) query.delete("at");
    else query.delete("page");
    for (const [key, value] of new URLSearchParams(href)) {
      if (value) query.set(key, value);
      else query.delete(key);
    }
    return `?${query}`;
  }

  /* Streamlit answers the browser's "back" by a rerun with the new query: a link is told the same
     way. */
  function travel(href) {
    history.pushState({}, "", href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  function onClick(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!plain || !event.target.closest) return;
    const link = event.target.closest("a[href^='?']") || rowLink(event.target);
    // Words that belong to several projects ask first: see document.js.
    if (!link || (link.dataset.ids || "").includes(" ")) return;
    event.preventDefault();
    travel(target(link));
  }

  /* A row of the list is as good a target as the name in it. */
  function rowLink(node) {
    const row = !node.closest("a, button") && String(getSelection()) === "" && node.closest("tr[data-ids]");
    return row ? row.querySelector("a[href^='?']") : null;
  }

  /* Each letter of a search changes the URL; "back" is to leave the search, not a letter of it. */
  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const next = url === undefined || url === null ? "" : new URL(url, location.href).search;
    const now = new URLSearchParams(location.search);
    const then = new URLSearchParams(next);
    const typing = now.get("q") && then.get("q") && now.get("q") !== then.get("q");
    now.delete("q");
    then.delete("q");
    const way = typing && String(now) === String(then) ? history.replaceState : push;
    return way.call(history, state, title, url);
  };

  document.addEventListener("click", onClick, true);
  Object.assign(window.ProjectPage, { travel, target });
})();
