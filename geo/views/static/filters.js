/* The filters: opens and closes them, and tells the map at once what is chosen in them. */
(function () {
  "use strict";

  /* ---- beside the map where there is room for both, else a drawer above it, while which the page behind cannot
     be used ---- */

  const DRAWER = matchMedia("(max-width: 1100px)");
  const root = () => document.documentElement;
  const sidebar = () => document.querySelector("[data-testid=stSidebar]");
  const behind = () => document.querySelector("[data-testid=stMain]")?.parentElement;
  const button = () => document.querySelector(".pm-unfold");

  const opened = () => (DRAWER.matches ? root().dataset.filters === "open" : root().dataset.filters !== "shut");

  /* What a rerun draws anew says again what is open. */
  function follow() {
    const [page, side, unfold] = [behind(), sidebar(), button()];
    if (!page || !side || !unfold) return;
    const open = opened();
    if (unfold.getAttribute("aria-expanded") !== String(open)) unfold.setAttribute("aria-expanded", open);
    if (page.inert !== (open && DRAWER.matches)) page.inert = open && DRAWER.matches;
    if (side.getAttribute("aria-label") !== unfold.dataset.label) side.setAttribute("aria-label", unfold.dataset.label);
  }

  function turn(open) {
    root().dataset.filters = open ? "open" : "shut";
    follow();
    if (!DRAWER.matches) return;
    // Not its first field: on a phone that would bring the keyboard up.
    sidebar().tabIndex = -1;
    (open ? sidebar() : button()).focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    if (event.target.closest(".pm-unfold")) turn(!opened());
    else if (event.target.closest(".pm-show")) turn(false);
    // Beside the sheet; the lists of its facets stand elsewhere in the page.
    else if (DRAWER.matches && opened() && !sidebar().contains(event.target)
      && event.target.closest("[data-testid=stApp]")) turn(false);
  });

  // Before the list of a facet, which takes the key for itself, is gone.
  document.addEventListener("keydown", (event) => {
    const listed = document.querySelector("[role=listbox]");
    if (event.key === "Escape" && DRAWER.matches && opened() && !listed) turn(false);
  }, true);

  DRAWER.addEventListener("change", () => {
    delete root().dataset.filters;
    follow();
  });

  window.ProjectPage.followers.push(follow);

  /* ---- the choice in a facet, for the map: the server's answer, with the counts of everything else, takes its
     time ---- */

  const FACET = "[data-testid=stMultiSelect]";
  /* Stands between a value's label and its count, as in view/state.py. */
  const COUNT_MARK = " · ";

  let facet = null;
  let held = "";

  const nameOf = (node) => /\bst-key-(\w+)/.exec(node.closest("[class*=st-key-]")?.className)?.[1];

  /* Each value stands there twice: one is a template of Streamlit's, never seen. */
  function words() {
    const tags = [...facet.querySelectorAll("[data-tag] > span[title]")];
    return [...new Set(tags.map((tag) => tag.title.split(COUNT_MARK)[0]))];
  }

  /* A facet counts from the moment it is used until something else is. Its list lies elsewhere. */
  function attend(event) {
    const node = event.target.closest ? event.target : null;
    if (!node || node.closest("[role=listbox]")) return;
    const next = node.closest(FACET);
    // Back in the same one after a choice from its list: what it holds now is the news.
    if (next === facet) return;
    facet = next;
    if (facet) held = words().join();
  }

  const changes = new MutationObserver(() => {
    if (!facet || !facet.isConnected) return;
    const now = words();
    if (now.join() === held) return;
    held = now.join();
    const detail = { facet: nameOf(facet), words: now };
    document.dispatchEvent(new CustomEvent("page-chooses", { detail }));
  });

  document.addEventListener("pointerdown", attend, true);
  document.addEventListener("focusin", attend, true);
  // Not its body: this script may run before the page has one.
  changes.observe(document, { childList: true, subtree: true });
})();
