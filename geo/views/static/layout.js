/* Keeps the page as it should be after each rerun: its language, the names of what scrolls, the height of
   its head. Other scripts join in by ProjectPage.followers. */
(function () {
  "use strict";

  function followLanguage() {
    const said = document.querySelector("[data-page-language]");
    if (said && document.documentElement.lang !== said.dataset.pageLanguage) {
      document.documentElement.lang = said.dataset.pageLanguage;
    }
  }

  /* What scrolls by itself must be reached without a mouse, and named. */
  function nameRegions() {
    for (const key of ["detail", "document"]) {
      const panel = document.querySelector(`.st-key-${key}`);
      const heading = panel && panel.querySelector("h2");
      if (!heading || panel.getAttribute("aria-label") === heading.textContent) continue;
      panel.tabIndex = 0;
      panel.setAttribute("role", "region");
      panel.setAttribute("aria-label", heading.textContent);
    }
  }

  window.ProjectPage = { followers: [followLanguage, nameRegions] };
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

  /* ---- the height of the head: its lines break with the width, the language, the size of the letters and the
     filters, and the map fills what is left ---- */

  const HEAD_PARTS = [".st-key-head", ".st-key-notes"];

  let watched = [];

  function measureHead() {
    const [main, head] = ["[data-testid=stMain]", ".st-key-head"].map((one) => document.querySelector(one));
    if (!main || !head || !head.querySelector("[role=radiogroup]") || !head.querySelector(".pm-copy")) return;
    const ends = watched.filter((node) => node.offsetHeight).map((node) => node.getBoundingClientRect().bottom);
    const gap = parseFloat(getComputedStyle(head.parentElement.parentElement).rowGap) || 0;
    const above = Math.round(Math.max(...ends) - main.getBoundingClientRect().top + main.scrollTop + gap);
    const said = `${above}px`;
    const style = document.documentElement.style;
    if (style.getPropertyValue("--pm-above") !== said) style.setProperty("--pm-above", said);
  }

  const sizes = new ResizeObserver(measureHead);

  function followHead() {
    const found = HEAD_PARTS.map((one) => document.querySelector(one)).filter(Boolean);
    if (found.length !== watched.length || found.some((node, i) => node !== watched[i])) {
      watched.forEach((node) => sizes.unobserve(node));
      watched = found;
      watched.forEach((node) => sizes.observe(node));
    }
    measureHead();
  }

  window.ProjectPage.followers.push(followHead);
})();
