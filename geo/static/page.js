/* What the page needs beyond Streamlit: its language for screen readers, links within it that do
   not load it again, and the spot in the text that a link names. */
(function () {
  "use strict";

  let spot = "";

  function follow() {
    const said = document.querySelector("[data-page-language]");
    if (said && document.documentElement.lang !== said.dataset.pageLanguage) {
      document.documentElement.lang = said.dataset.pageLanguage;
    }
    const asked = new URLSearchParams(location.search).get("at") || "";
    const here = asked && document.querySelector(".pm-document .pm-at");
    if (!asked) spot = "";
    else if (here && spot !== asked) {
      spot = asked;
      here.scrollIntoView({ block: "center" });
    }
  }

  /* Streamlit answers the browser's "back" by a rerun with the new query: a link is told the same
     way, so that the map stays as it is. */
  function travel(event) {
    const link = event.target.closest && event.target.closest("a[href^='?']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  }

  new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
  document.addEventListener("click", travel, true);
})();
