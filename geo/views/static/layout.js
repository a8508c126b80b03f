/* Small things the page says: its language, and the names of what scrolls. */
(function () {
  "use strict";

  function follow() {
    const said = document.querySelector("[data-page-language]");
    if (said && document.documentElement.lang !== said.dataset.pageLanguage) {
      document.documentElement.lang = said.dataset.pageLanguage;
    }
  }

  /* What scrolls by itself must be reached without a mouse, and named. */
  function reach() {
    for (const key of ["detail", "document"]) {
      const panel = document.querySelector(`.st-key-${key}`);
      const heading = panel && panel.querySelector("h2");
      if (!heading || panel.getAttribute("aria-label") === heading.textContent) continue;
      panel.tabIndex = 0;
      panel.setAttribute("role", "region");
      panel.setAttribute("aria-label", heading.textContent);
    }
  }

  window.ProjectPage = { followers: [follow, reach] };
  /* A rerun changes the page in many places: once a frame is often enough to follow. */
  let waiting = 0;
  function soon() {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      window.ProjectPage.followers.forEach((one) => one());
    });
  }
  // This script may run before the page has a body, or when all of it stands there already.
  new MutationObserver(soon).observe(document, { childList: true, subtree: true });
  soon();
})();
