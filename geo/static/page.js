/* The page's language, for screen readers and hyphenation: follows what the page last said. */
(function () {
  "use strict";
  function follow() {
    const said = document.querySelector("[data-page-language]");
    if (said && document.documentElement.lang !== said.dataset.pageLanguage) {
      document.documentElement.lang = said.dataset.pageLanguage;
    }
  }
  new MutationObserver(follow).observe(document.body, { childList: true, subtree: true });
})();
