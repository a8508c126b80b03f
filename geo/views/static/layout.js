/* Keeps the page as it should be after each rerun: its language, the names of what scrolls, the height of
   its head. Other scripts join in by ProjectPage.followers. */
(function () {
  "use strict";

  function followLanguage() {
    const node = document.querySelector("[data-page-language]");
    if (node && document.documentElement.lang !== node.dataset.pageLanguage) {
      document.documentElement.lang = node.dataset.pageLanguage;
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
  let frameRequest = 0;
  function schedule() {
    frameRequest ||= requestAnimationFrame(() => {
      frameRequest = 0;
      window.ProjectPage.followers.forEach((one) => one());
    });
  }
  // This script may run before the page has a body, or when all of it stands there already.
  new MutationObserver(schedule).observe(document, { childList: true, subtree: true });
  schedule();

  /* ---- the height of the head: its lines break with the width, the language, the size of the letters and the
     filters, and the map fills what is left ---- */

  const HEAD_PARTS = [".st-key-head", ".st-key-notes"];

  let observed = [];

  function measureHead() {
    const [main, head] = ["[data-testid=stMain]", ".st-key-head"].map((one) => document.querySelector(one));
    if (!main || !head || !head.querySelector("[role=radiogroup]") || !head.querySelector(".pm-copy")) return;
    const bottoms = observed.filter((node) => node.offsetHeight).map((node) => node.getBoundingClientRect().bottom);
    const gap = parseFloat(getComputedStyle(head.parentElement.parentElement).rowGap) || 0;
    const above = Math.round(Math.max(...bottoms) - main.getBoundingClientRect().top + main.scrollTop + gap);
    const value = `${above}px`;
    const style = document.documentElement.style;
    if (style.getPropertyValue("--pm-above") !== value) style.setProperty("--pm-above", value);
  }

  const resizeObserver = new ResizeObserver(measureHead);

  function followHead() {
    const parts = HEAD_PARTS.map((one) => document.querySelector(one)).filter(Boolean);
    if (parts.length !== observed.length || parts.some((node, i) => node !== observed[i])) {
      observed.forEach((node) => resizeObserver.unobserve(node));
      observed = parts;
      observed.forEach((node) => resizeObserver.observe(node));
    }
    measureHead();
  }

  window.ProjectPage.followers.push(followHead);
})();
