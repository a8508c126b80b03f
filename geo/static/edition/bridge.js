/* What the map asks and tells here: its data lies in the file, a click changes the fragment, and
   the theme is that of the reader's system; paper is light. */
(function (root) {
  "use strict";

  let clicks = 0;

  function tell(id) {
    clicks += 1;
    root.EditionState.change({ project: id });
    return clicks;
  }

  async function read(name) {
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

  root.ProjectBridge = { tell, read, onTheme, clicks: () => clicks };
})(window);
