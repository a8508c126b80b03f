/* Opens and closes the filters: beside the map where there is room for both, else a sheet above it,
   while which the page behind cannot be used. */
(function () {
  "use strict";

  const SHEET = matchMedia("(max-width: 1100px)");
  const root = () => document.documentElement;
  const sidebar = () => document.querySelector("[data-testid=stSidebar]");
  const behind = () => document.querySelector("[data-testid=stMain]")?.parentElement;
  const button = () => document.querySelector(".pm-unfold");

  const opened = () => (SHEET.matches ? root().dataset.filters === "open" : root().dataset.filters !== "shut");

  /* What a rerun draws anew says again what is open. */
  function follow() {
    const [page, side, unfold] = [behind(), sidebar(), button()];
    if (!page || !side || !unfold) return;
    const open = opened();
    if (unfold.getAttribute("aria-expanded") !== String(open)) unfold.setAttribute("aria-expanded", open);
    if (page.inert !== (open && SHEET.matches)) page.inert = open && SHEET.matches;
    if (side.getAttribute("aria-label") !== unfold.dataset.label) side.setAttribute("aria-label", unfold.dataset.label);
  }

  function turn(open) {
    root().dataset.filters = open ? "open" : "shut";
    follow();
    if (!SHEET.matches) return;
    // Not its first field: on a phone that would bring the keyboard up.
    sidebar().tabIndex = -1;
    (open ? sidebar() : button()).focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest) return;
    if (event.target.closest(".pm-unfold")) turn(!opened());
    else if (event.target.closest(".pm-show")) turn(false);
    // Beside the sheet; the lists of its facets stand elsewhere in the page.
    else if (SHEET.matches && opened() && !sidebar().contains(event.target)
      && event.target.closest("[data-testid=stApp]")) turn(false);
  });

  // Before the list of a facet, which takes the key for itself, is gone.
  document.addEventListener("keydown", (event) => {
    const listed = document.querySelector("[role=listbox]");
    if (event.key === "Escape" && SHEET.matches && opened() && !listed) turn(false);
  }, true);

  SHEET.addEventListener("change", () => {
    delete root().dataset.filters;
    follow();
  });

  window.ProjectPage.followers.push(follow);
})();
