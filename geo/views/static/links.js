/* Links within the page change the URL and keep the page: the map is never loaded again. */
(function () {
  "use strict";

  const query = () => new URLSearchParams(location.search);
  const link = (params) => `${location.origin}${location.pathname}?${params}`;

  /* The URL with what a link changes; the rest stays, and an empty value is none. */
  function mergedQuery(href) {
    const next = query();
    // A spot of the text gives way to the project's own.
    if (href.startsWith("?project=")) next.delete("at");
    else next.delete("page");
    const parts = new URLSearchParams(href);
    for (const key of parts.keys()) next.delete(key);
    for (const [key, value] of parts) if (value) next.append(key, value);
    return `?${next}`;
  }

  const choose = (id) => travel(mergedQuery(`?project=${id}`));

  /* Streamlit answers the browser's "back" by a rerun with the new query: a link is told the same
     way. Beside the query it sends what every widget shows, which may be of the choice before: the
     mark, in the URL for that moment only, tells the server to go by the query alone. It is another
     one for each link, as Streamlit repeats it with what is chosen after that. */
  let travelCount = 0;

  function travel(href) {
    // The map need not wait for the server to say what was chosen here.
    const id = new URLSearchParams(href).get("project");
    if (id && id !== query().get("project")) {
      document.dispatchEvent(new CustomEvent("page-selects", { detail: id }));
    }
    history.pushState({}, "", href);
    travelCount += 1;
    history.replaceState({}, "", `${href}${href.includes("?") ? "&" : "?"}via=${travelCount}`);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    history.replaceState({}, "", href);
  }

  function onClick(event) {
    const isPlainClick = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!isPlainClick || !event.target.closest) return;
    const anchor = event.target.closest("a[href^='?']") || rowLink(event.target);
    // Words that belong to several projects ask first: see document.js.
    if (!anchor || (anchor.dataset.ids || "").includes(" ")) return;
    event.preventDefault();
    const href = anchor.getAttribute("href");
    travel("merge" in anchor.dataset ? mergedQuery(href) : href);
  }

  /* What is downloaded is what is shown: each address takes the filter of the page's own. */
  function updateDownloadLinks() {
    for (const anchor of document.querySelectorAll("a[data-filtered]")) {
      const params = query();
      // What does not filter would only make the address long.
      params.delete("among");
      params.set("lang", document.documentElement.lang);
      const href = `${anchor.getAttribute("href").split("?")[0]}?${params}`;
      if (anchor.getAttribute("href") !== href) anchor.setAttribute("href", href);
    }
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

  document.addEventListener("click", updateDownloadLinks, true);
  document.addEventListener("click", onClick, true);
  window.ProjectPage.followers.push(updateDownloadLinks);
  Object.assign(window.ProjectPage, { query, link, choose, travel });
})();
