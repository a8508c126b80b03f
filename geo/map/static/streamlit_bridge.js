/* The bridge to Streamlit: sends selections to the page around the map's frame, and supplies data,
   theme and text size. The one-file edition has its own bridge. */
(function (root) {
  "use strict";

  let clicks = 0;

  /* Sends the selected project, or which projects to list: `among` is a county code, "wide" or ids,
     as in the page's URL. Updating `previous_data` keeps the component from sending its own
     debounced message. The counter makes a repeated click a new event. */
  function sendSelection(id, among = null) {
    clicks += 1;
    const value = { last_active_drawing: { project: id, click: clicks, among } };
    const shared = root.__GLOBAL_DATA__;
    shared.last_active_drawing = value.last_active_drawing;
    shared.previous_data = value;
    // The page runs on the same thread, so the popup is painted first.
    requestAnimationFrame(() => setTimeout(() => root.Streamlit.setComponentValue(value)));
    return clicks;
  }

  function onTheme(onChange) {
    root.Streamlit.events.addEventListener(root.Streamlit.RENDER_EVENT, (event) => {
      const base = event.detail.theme && event.detail.theme.base === "dark" ? "dark" : "light";
      document.documentElement.dataset.theme = base;
      dropOldThemes();
      onChange(base);
    });
  }

  /* Streamlit's component library adds the theme to the head again with each rerun. */
  function dropOldThemes() {
    const styles = [...document.head.querySelectorAll("style")];
    const themes = styles.filter((style) => style.textContent.includes("--primary-color"));
    themes.slice(0, -1).forEach((style) => style.remove());
  }

  /* The boxes of elements that the page lays over the map, in pixels of the frame. */
  function overlayBoxes() {
    const frame = root.frameElement && root.frameElement.getBoundingClientRect();
    if (!frame) return [];
    return [...root.parent.document.querySelectorAll(".st-key-today")]
      .map((node) => node.getBoundingClientRect())
      .filter((box) => box.width && box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom)
      .map((box) => new DOMRect(box.left - frame.left - root.frameElement.clientLeft, box.top - frame.top - root.frameElement.clientTop, box.width, box.height));
  }

  /* The page may draw such elements after the map, or move them. */
  function watchOverlays(onChange) {
    const page = root.parent.ProjectPage;
    if (!page) return;
    let before = "";
    const check = () => {
      const now = JSON.stringify(overlayBoxes());
      if (now !== before) onChange();
      before = now;
    };
    page.followers.push(check);
    addEventListener("pagehide", () => page.followers.splice(page.followers.indexOf(check), 1));
  }

  /* Tells the page that the map shows something, be it only what failed: its first view can go. */
  function announceDrawn() {
    root.parent.document.dispatchEvent(new root.parent.CustomEvent("map-drawn"));
  }

  /* Whether the page still shows the first view that the server sent, with a map of its own. */
  const isBehindFirstView = () => Boolean(root.parent.document.getElementById("first"));

  /* Labels on the map grow with the page's text size. */
  const USUAL_TEXT = 15;
  const LARGEST_TEXT = 1.6;
  function textScale() {
    // While the page is being left, it may have no root element any more.
    const page = root.parent.document.documentElement;
    const size = page ? parseFloat(root.parent.getComputedStyle(page).fontSize) : USUAL_TEXT;
    return Math.min(LARGEST_TEXT, Math.max(1, size / USUAL_TEXT));
  }

  async function readJson(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }

  /* After a lost connection Streamlit reconnects but sends nothing until the next choice. A
     restarted server would take that choice for the initial state and ignore it. A "popstate" event
     makes the page send its state at once. */
  function resendStateAfterReconnect() {
    const app = root.parent.document.querySelector("[data-testid=stApp]");
    if (!app) return;
    let wasCut = false;
    const observer = new MutationObserver(() => {
      const connected = app.dataset.testConnectionState === "CONNECTED";
      if (connected && wasCut) {
        root.parent.dispatchEvent(new root.parent.PopStateEvent("popstate", { state: {} }));
      }
      wasCut = !connected;
    });
    observer.observe(app, { attributeFilter: ["data-test-connection-state"] });
    addEventListener("pagehide", () => observer.disconnect());
  }

  resendStateAfterReconnect();
  root.ProjectBridge = { sendSelection, onTheme, readJson, overlayBoxes, watchOverlays, textScale, announceDrawn, isBehindFirstView };
})(window);
