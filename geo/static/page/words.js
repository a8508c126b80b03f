/* Small things the page says: its language, how many filters are active, and what was copied. */
(function () {
  "use strict";

  const SAID_MS = 2000;

  function follow() {
    const said = document.querySelector("[data-page-language]");
    if (said && document.documentElement.lang !== said.dataset.pageLanguage) {
      document.documentElement.lang = said.dataset.pageLanguage;
    }
    /* On a phone the filters are folded: the button that unfolds them says how many there are. */
    const active = document.querySelector("[data-active]");
    const unfold = document.querySelector("[data-testid=stExpandSidebarButton]");
    const button = unfold && (unfold.closest("button") || unfold.querySelector("button") || unfold);
    if (active && button && button.dataset.filters !== active.dataset.active) {
      button.dataset.filters = active.dataset.active;
      button.setAttribute("aria-label", active.dataset.active);
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

  /* Without a secure address there is no clipboard to ask: then the old way, which needs none. */
  async function copy(words) {
    if (navigator.clipboard && isSecureContext) {
      await navigator.clipboard.writeText(words);
      return;
    }
    const field = document.createElement("textarea");
    field.value = words;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest(".pm-copy");
    if (!button || button.dataset.was) return;
    await copy(button.dataset.copy || location.href);
    button.dataset.was = button.textContent;
    button.setAttribute("role", "status");
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = button.dataset.was;
      button.removeAttribute("role");
      delete button.dataset.was;
    }, SAID_MS);
  });

  window.ProjectPage = { followers: [follow, reach] };
  /* A rerun changes the page in many places: once a frame is often enough to follow. */
  let waiting = 0;
  const watching = new MutationObserver(() => {
    if (waiting) return;
    waiting = requestAnimationFrame(() => {
      waiting = 0;
      window.ProjectPage.followers.forEach((one) => one());
    });
  });
  watching.observe(document.body, { childList: true, subtree: true });
})();
