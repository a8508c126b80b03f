/* What the map asks and tells here: its data lies in the file, a click changes the fragment, and
   the theme is that of the reader's system; paper is light. */
(function (root) {
  "use strict";

  let clicks = 0;

  /* A project leaves the list it may stand in open; a count opens its own, and nothing closes both. */
  function sendSelection(id, among = null) {
    clicks += 1;
    root.EditionState.change(id ? { project: id } : { project: null, among: among || [] });
    return clicks;
  }

  /* The boxes that the page lays over the map. */
  const overlayBoxes = () => [...document.querySelectorAll(".ed-over-map")].map((node) => node.getBoundingClientRect());

  const USUAL_TEXT = 16;
  const LARGEST_TEXT = 1.6;
  function textScale() {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.min(LARGEST_TEXT, Math.max(1, size / USUAL_TEXT));
  }

  async function readJson(name) {
    return JSON.parse(document.getElementById(name).textContent);
  }

  function onTheme(dress) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const wear = (theme) => {
      document.documentElement.dataset.theme = theme;
      dress(theme);
    };
    const follow = () => wear(dark.matches ? "dark" : "light");
    dark.addEventListener("change", follow);
    addEventListener("beforeprint", () => wear("light"));
    addEventListener("afterprint", follow);
    follow();
  }

  root.ProjectBridge = { sendSelection, readJson, onTheme, overlayBoxes, watchOverlays: () => {}, textScale, clicks: () => clicks };
})(window);
