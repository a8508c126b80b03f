/* Links within the page: they change the URL without reloading the page, so the map stays loaded.
   */
(function () {
  "use strict";

  const { leave } = window.ProjectPage;
  const query = () => new URLSearchParams(location.search);
  const link = (params) => `${location.origin}${location.pathname}?${params}`;

  /* The current query with the parameters of a link merged in. An empty value removes a parameter.
     */
  function mergedQuery(href) {
    const next = query();
    // A link to a project drops the linked spot of the text.
    if (href.startsWith("?project=")) next.delete("at");
    else next.delete("page");
    const parts = new URLSearchParams(href);
    for (const key of parts.keys()) next.delete(key);
    for (const [key, value] of parts) if (value) next.append(key, value);
    return `?${next}`;
  }

  const choose = (id) => travel(mergedQuery(`?project=${id}`));

  /* Streamlit handles "popstate" by a rerun with the new query, so a link sends that event. The
     rerun also sends widget values that may be out of date. The parameter `via`, in the URL only
     for that moment, tells the server to use the query alone. Its number changes with each link
     because Streamlit repeats it with later choices. */
  let travelCount = 0;

  function travel(href) {
    leave();
    // The map can select the project without waiting for the server.
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
    // In the first view, links load the page anew, because nothing else answers them yet.
    if (anchor && anchor.closest("#first")) return;
    // Passages that belong to several projects open a menu instead (document.js).
    if (!anchor || (anchor.dataset.ids || "").includes(" ")) return;
    event.preventDefault();
    const href = anchor.getAttribute("href");
    travel("merge" in anchor.dataset ? mergedQuery(href) : href);
  }

  /* Keys that are of no use within another page. */
  const NOT_EMBEDDED = ["among", "view", "at", "left", "sort", "page", "compare"];

  /* The markup for another site shows what the page shows now. */
  function updateEmbedCode() {
    for (const button of document.querySelectorAll("[data-embed]")) {
      const params = query();
      for (const key of NOT_EMBEDDED) params.delete(key);
      params.set("lang", document.documentElement.lang);
      params.set("frame", "map");
      const start = button.dataset.embed.replace("{address}", () => link(params).replaceAll("&", "&amp;"));
      button.dataset.copy = `${start}</iframe>`;
    }
  }

  /* Downloads use the page's current filter. */
  function updateDownloadLinks() {
    for (const anchor of document.querySelectorAll("a[data-filtered]")) {
      const params = query();
      // Parameters that do not filter would only lengthen the URL.
      params.delete("among");
      params.set("lang", document.documentElement.lang);
      const [path, own] = anchor.getAttribute("href").split("?");
      const crs = new URLSearchParams(own).get("crs");
      if (crs) params.set("crs", crs);
      const href = `${path}?${params}`;
      if (anchor.getAttribute("href") !== href) anchor.setAttribute("href", href);
    }
  }

  /* A whole table row is clickable, not only the name in it. */
  function rowLink(node) {
    const row = !node.closest("a, button") && String(getSelection()) === "" && node.closest("tr[data-ids]");
    return row ? row.querySelector("a[href^='?']") : null;
  }

  // Events that are not trusted come from `travel`, or from a connection that is there again.
  addEventListener("popstate", (event) => event.isTrusted && leave());
  // A browser may have kept the page whole when it was left.
  addEventListener("pageshow", (event) => event.persisted && leave());

  /* What a widget can change to show another page. A click on the map changes other keys, and the card
     that it opens stays. */
  const PAGE_KEYS = ["view", "lang", "compare"];
  const pageOf = (params) => PAGE_KEYS.map((key) => params.getAll(key).join()).join("&");

  /* Typing a search changes the URL with each letter. "Back" should leave the search, not remove a
     letter. */
  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const next = url === undefined || url === null ? "" : new URL(url, location.href).search;
    const now = new URLSearchParams(location.search);
    const then = new URLSearchParams(next);
    const typing = now.get("q") && then.get("q") && now.get("q") !== then.get("q");
    now.delete("q");
    then.delete("q");
    if (pageOf(now) !== pageOf(then)) leave();
    const way = typing && String(now) === String(then) ? history.replaceState : push;
    return way.call(history, state, title, url);
  };

  document.addEventListener("click", updateDownloadLinks, true);
  document.addEventListener("click", updateEmbedCode, true);
  document.addEventListener("click", onClick, true);
  window.ProjectPage.followers.push(updateDownloadLinks);
  Object.assign(window.ProjectPage, { query, link, choose, travel });
})();
