/* The filters: opens and closes them, and tells the map at once what is chosen in them. */
(function () {
  "use strict";

  /* ---- beside the map where there is room for both, else a drawer above it, while which the page behind cannot
     be used ---- */

  const NARROW = matchMedia("(max-width: 1100px)");
  const html = () => document.documentElement;
  const sidebar = () => document.querySelector("[data-testid=stSidebar]");
  const pageBehind = () => document.querySelector("[data-testid=stMain]")?.parentElement;
  const toggleButton = () => document.querySelector(".pm-unfold");

  const isOpen = () => (NARROW.matches ? html().dataset.filters === "open" : html().dataset.filters !== "shut");

  /* What a rerun draws anew says again what is open. */
  function syncDrawer() {
    const [page, side, unfold] = [pageBehind(), sidebar(), toggleButton()];
    if (!page || !side || !unfold) return;
    const open = isOpen();
    if (unfold.getAttribute("aria-expanded") !== String(open)) unfold.setAttribute("aria-expanded", open);
    if (page.inert !== (open && NARROW.matches)) page.inert = open && NARROW.matches;
    if (side.getAttribute("aria-label") !== unfold.dataset.label) side.setAttribute("aria-label", unfold.dataset.label);
  }

  function setOpen(open) {
    html().dataset.filters = open ? "open" : "shut";
    syncDrawer();
    if (!NARROW.matches) return;
    // Not its first field: on a phone that would bring the keyboard up.
    sidebar().tabIndex = -1;
    (open ? sidebar() : toggleButton()).focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    if (event.target.closest(".pm-unfold")) setOpen(!isOpen());
    else if (event.target.closest(".pm-show")) setOpen(false);
    // Beside the sheet; the lists of its facets stand elsewhere in the page.
    else if (NARROW.matches && isOpen() && !sidebar().contains(event.target)
      && event.target.closest("[data-testid=stApp]")) setOpen(false);
  });

  // Before the list of a facet, which takes the key for itself, is gone.
  document.addEventListener("keydown", (event) => {
    const listed = document.querySelector("[role=listbox]");
    if (event.key === "Escape" && NARROW.matches && isOpen() && !listed) setOpen(false);
  }, true);

  NARROW.addEventListener("change", () => {
    delete html().dataset.filters;
    syncDrawer();
  });

  window.ProjectPage.followers.push(syncDrawer);

  /* ---- the choice in a facet, for the map: the server's answer, with the counts of everything else, takes its
     time ---- */

  const FACET = "[data-testid=stMultiSelect]";
  /* Stands between a value's label and its count, as in view/state.py. */
  const COUNT_MARK = " · ";

  let facet = null;
  let lastLabels = "";

  const facetName = (node) => /\bst-key-(\w+)/.exec(node.closest("[class*=st-key-]")?.className)?.[1];

  /* Each value stands there twice: one is a template of Streamlit's, never seen. */
  function chosenLabels() {
    const tags = [...facet.querySelectorAll("[data-tag] > span[title]")];
    return [...new Set(tags.map((tag) => tag.title.split(COUNT_MARK)[0]))];
  }

  /* A facet counts from the moment it is used until something else is. Its list lies elsewhere. */
  function onFocus(event) {
    const node = event.target.closest ? event.target : null;
    if (!node || node.closest("[role=listbox]")) return;
    const next = node.closest(FACET);
    // Back in the same one after a choice from its list: what it holds now is the news.
    if (next === facet) return;
    facet = next;
    if (facet) lastLabels = chosenLabels().join();
  }

  const tagObserver = new MutationObserver(() => {
    if (!facet || !facet.isConnected) return;
    const now = chosenLabels();
    if (now.join() === lastLabels) return;
    lastLabels = now.join();
    const detail = { facet: facetName(facet), words: now };
    document.dispatchEvent(new CustomEvent("page-chooses", { detail }));
  });

  document.addEventListener("pointerdown", onFocus, true);
  document.addEventListener("focusin", onFocus, true);
  // Not its body: this script may run before the page has one.
  tagObserver.observe(document, { childList: true, subtree: true });
})();
