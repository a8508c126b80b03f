/* What is open or scrolled belongs to the page on which it was opened. The event "page-left" says that
   the reader has gone to another one: by a link, by "back", or by a change of view or language.
   Choosing a filter is no such change: its list stays open for the next choice. */
(function () {
  "use strict";

  /* Folds that a reader has opened or closed, with the state in which they came. */
  let folds = new Map();

  document.addEventListener("click", (event) => {
    const fold = event.target.closest && event.target.closest("summary")?.parentElement;
    if (fold && fold.closest("article, .pm-summary") && !folds.has(fold)) folds.set(fold, fold.open);
  }, true);

  document.addEventListener("page-left", () => {
    folds.forEach((open, fold) => {
      fold.open = open;
    });
    folds = new Map();
  });

  /* What the panel shows next begins at its top. Otherwise the bar above it would cover the title. */
  let heading = "";

  function showTop() {
    const panel = document.querySelector(".st-key-detail");
    const now = panel?.querySelector("h2")?.textContent || "";
    if (now && heading && now !== heading) panel.scrollTop = 0;
    heading = now || heading;
  }

  window.ProjectPage.leave = () => document.dispatchEvent(new CustomEvent("page-left"));
  window.ProjectPage.followers.push(showTop);
})();
