/* The filters: a drawer on narrow windows, and choices sent to the map before the server answers.
   */
(function () {
  "use strict";

  /* ---- drawer: beside the map if the window is wide enough, otherwise over it, with the page
     behind inert ---- */

  const NARROW = matchMedia("(max-width: 1100px)");
  const html = () => document.documentElement;
  // The first view has its own, until the live page takes its place.
  const sidebar = () => document.querySelector("#first .pm-first-side") || document.querySelector("[data-testid=stSidebar]");
  const pageBehind = () => document.querySelector("#first .pm-first-page") || document.querySelector("[data-testid=stMain]")?.parentElement;
  const toggleButton = () => document.querySelector(".pm-unfold");

  const isOpen = () => (NARROW.matches ? html().dataset.filters === "open" : html().dataset.filters !== "shut");

  /* A rerun recreates these elements, so their state is set again. */
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
    // Focusing the first field would open the keyboard on a phone.
    sidebar().tabIndex = -1;
    (open ? sidebar() : toggleButton()).focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    if (event.target.closest(".pm-unfold")) setOpen(!isOpen());
    else if (event.target.closest(".pm-show")) setOpen(false);
    // A click outside the drawer closes it. The option lists of facets are elsewhere in the DOM.
    else if (NARROW.matches && isOpen() && !sidebar().contains(event.target)
      && event.target.closest("[data-testid=stApp], #first")) setOpen(false);
  });

  // In the capture phase: an open option list also handles Escape, and must still be there to be
  // recognised.
  document.addEventListener("keydown", (event) => {
    const listed = document.querySelector("[role=listbox]");
    if (event.key === "Escape" && NARROW.matches && isOpen() && !listed) setOpen(false);
  }, true);

  NARROW.addEventListener("change", () => {
    delete html().dataset.filters;
    syncDrawer();
  });

  /* Closes the drawer and the option list of a filter. Leaving the page by a link or by "back" must
     not take them along, and gives the focus to no button. */
  function closeOnLeaving() {
    if (NARROW.matches) {
      delete html().dataset.filters;
      syncDrawer();
    }
    if (document.activeElement?.matches("[role=combobox]")) document.activeElement.blur();
  }

  document.addEventListener("page-left", closeOnLeaving);
  window.ProjectPage.followers.push(syncDrawer);

  /* ---- choices for the map: the server's answer, with all counts, takes longer ---- */

  const FACET = "[data-testid=stMultiSelect]";
  /* Separates a value's label from its count in the options that the server sends. */
  const COUNT_MARK = " · ";

  let facet = null;
  let lastLabels = "";

  const facetName = (node) => /\bst-key-(\w+)/.exec(node.closest("[class*=st-key-]")?.className)?.[1];

  /* Streamlit renders each tag twice, one of them invisible. */
  function chosenLabels() {
    const tags = [...facet.querySelectorAll("[data-tag] > span[title]")];
    return [...new Set(tags.map((tag) => tag.title.split(COUNT_MARK)[0]))];
  }

  /* A facet is watched from the time it is used until something else is. Its option list is
     elsewhere in the DOM. */
  function onFocus(event) {
    const node = event.target.closest ? event.target : null;
    if (!node || node.closest("[role=listbox]")) return;
    const next = node.closest(FACET);
    // Focus returned to the same facet after a choice. The observer still has to compare with the
    // old labels.
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
  // The document, because this script may run before there is a body.
  tagObserver.observe(document, { childList: true, subtree: true });
})();
