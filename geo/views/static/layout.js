/* The page's layout after each rerun: language, names of scrolling regions, and the heights of
   what is above and below the map. Functions in ProjectPage.followers run after each change of the page. */
(function () {
  "use strict";

  function followLanguage() {
    const node = document.querySelector("[data-page-language]");
    if (node && document.documentElement.lang !== node.dataset.pageLanguage) {
      document.documentElement.lang = node.dataset.pageLanguage;
    }
  }

  /* Scrollable regions must be focusable and have a name. */
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
  /* A rerun changes the DOM in many places, so followers run at most once per frame. */
  let frameRequest = 0;
  function schedule() {
    frameRequest ||= requestAnimationFrame(() => {
      frameRequest = 0;
      window.ProjectPage.followers.forEach((one) => one());
    });
  }
  // This script may run before the page has a body, or after it is complete.
  new MutationObserver(schedule).observe(document, { childList: true, subtree: true });
  schedule();

  /* ---- header height: the map fills the rest of the window, and the header's lines wrap
     differently with width, language, text size and filters ---- */

  const HEAD_PARTS = [".st-key-head", ".st-key-notes"];
  const FOOT = ".st-key-downloads";
  /* Up to this width the panel is below the map, and the downloads are further down. */
  const WIDE = matchMedia("(min-width: 641px)");

  let observed = [];

  function measureHead() {
    measureFirstHead();
    const [main, head] = ["[data-testid=stMain]", ".st-key-head"].map((one) => document.querySelector(one));
    if (!main || !head || !head.querySelector("[role=radiogroup]") || !head.querySelector(".pm-copy")) return;
    const bottoms = observed.filter((node) => node.offsetHeight && !node.matches(FOOT)).map((node) => node.getBoundingClientRect().bottom);
    const gap = parseFloat(getComputedStyle(head.parentElement.parentElement).rowGap) || 0;
    const above = Math.round(Math.max(...bottoms) - main.getBoundingClientRect().top + main.scrollTop + gap);
    setAbove(above);
  }

  /* Until the live page has a header, that of the first view says how high it will be. */
  function measureFirstHead() {
    const columns = document.querySelector("#first .pm-first-columns");
    if (!columns || document.querySelector(".st-key-head .pm-copy")) return;
    const above = Math.round(columns.getBoundingClientRect().top + scrollY);
    // The style sheet knows how high a header is that does not wrap; setting it again would cost a
    // layout of the whole page.
    const style = getComputedStyle(document.documentElement);
    const known = style.getPropertyValue("--pm-above");
    const unit = known.includes("rem") ? parseFloat(style.fontSize) : 1;
    if (Math.abs(above - parseFloat(known) * unit) > 1) setAbove(above);
  }

  function setAbove(pixels) {
    const style = document.documentElement.style;
    const value = `${pixels}px`;
    if (style.getPropertyValue("--pm-above") !== value) style.setProperty("--pm-above", value);
  }

  /* The links below the map take more lines in a narrow window, or in large letters. */
  function measureFoot() {
    const high = document.querySelector(FOOT)?.offsetHeight || 0;
    const style = document.documentElement.style;
    const value = high && WIDE.matches ? `calc(${high}px + 1rem)` : "";
    if (style.getPropertyValue("--pm-below") === value) return;
    if (value) style.setProperty("--pm-below", value);
    else style.removeProperty("--pm-below");
  }

  function measure() {
    measureHead();
    measureFoot();
  }

  const resizeObserver = new ResizeObserver(measure);

  function followHead() {
    const parts = [...HEAD_PARTS, FOOT].map((one) => document.querySelector(one)).filter(Boolean);
    if (parts.length !== observed.length || parts.some((node, i) => node !== observed[i])) {
      observed.forEach((node) => resizeObserver.unobserve(node));
      observed = parts;
      observed.forEach((node) => resizeObserver.observe(node));
    }
    measure();
  }

  window.ProjectPage.followers.push(followHead);

  /* When the connection is lost, Streamlit opens a dialog in English that locks the page. The page says it
     in its own words (.pm-reconnecting), and what is on it can still be read. */
  function closeDialog() {
    for (const dialog of document.querySelectorAll("body > .stDialog")) {
      if (dialog.querySelector("h2")?.textContent === "Connection error") dialog.querySelector("[aria-label=Close]").click();
    }
  }

  window.ProjectPage.followers.push(closeDialog);
})();
