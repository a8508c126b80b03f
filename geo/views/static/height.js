/* Tells the style sheet how high the head is, once all of it stands: its lines break with the width, the
   language, the size of the letters and the filters, and the map fills what is left. */
(function () {
  "use strict";

  const PARTS = [".st-key-head", ".st-key-notes"];

  let watched = [];

  function measure() {
    const [main, head] = ["[data-testid=stMain]", ".st-key-head"].map((one) => document.querySelector(one));
    if (!main || !head || !head.querySelector("[role=radiogroup]") || !head.querySelector(".pm-copy")) return;
    const ends = watched.filter((node) => node.offsetHeight).map((node) => node.getBoundingClientRect().bottom);
    const gap = parseFloat(getComputedStyle(head.parentElement.parentElement).rowGap) || 0;
    const above = Math.round(Math.max(...ends) - main.getBoundingClientRect().top + main.scrollTop + gap);
    const said = `${above}px`;
    const style = document.documentElement.style;
    if (style.getPropertyValue("--pm-above") !== said) style.setProperty("--pm-above", said);
  }

  const sizes = new ResizeObserver(measure);

  function follow() {
    const found = PARTS.map((one) => document.querySelector(one)).filter(Boolean);
    if (found.length !== watched.length || found.some((node, i) => node !== watched[i])) {
      watched.forEach((node) => sizes.unobserve(node));
      watched = found;
      watched.forEach((node) => sizes.observe(node));
    }
    measure();
  }

  window.ProjectPage.followers.push(follow);
})();
