/* What the map says to the page around its frame, and where its data and its theme come from. */
(function (root) {
  "use strict";

  let clicks = 0;

  /* Tell the page at once which project is selected, or of which some are to be listed: `among` is a
     county's code, "wide" or ids, as in the page's address. `previous_data` kept in step, the component's own debounced message
     finds nothing new to send; the counter makes a repeated click an event of its own. */
  function sendSelection(id, among = null) {
    clicks += 1;
    const value = { last_active_drawing: { project: id, click: clicks, among } };
    const shared = root.__GLOBAL_DATA__;
    shared.last_active_drawing = value.last_active_drawing;
    shared.previous_data = value;
    // The page's answer costs time on the same thread: the popup is painted before it is asked.
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

  /* Streamlit's library for components writes the theme into the head anew at each rerun. */
  function dropOldThemes() {
    const styles = [...document.head.querySelectorAll("style")];
    const themes = styles.filter((style) => style.textContent.includes("--primary-color"));
    themes.slice(0, -1).forEach((style) => style.remove());
  }

  /* The boxes that the page lays over the map, in the frame's own pixels. */
  function overlayBoxes() {
    const frame = root.frameElement && root.frameElement.getBoundingClientRect();
    if (!frame) return [];
    return [...root.parent.document.querySelectorAll(".st-key-today")]
      .map((node) => node.getBoundingClientRect())
      .filter((box) => box.width && box.right > frame.left && box.left < frame.right && box.bottom > frame.top && box.top < frame.bottom)
      .map((box) => new DOMRect(box.left - frame.left - root.frameElement.clientLeft, box.top - frame.top - root.frameElement.clientTop, box.width, box.height));
  }

  /* Calls `changed` when such a box comes, goes or moves: the page draws some of them after the map. */
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

  /* The page's size of text against the usual one: what is written on the map grows with it. */
  const USUAL_TEXT = 15;
  const LARGEST_TEXT = 1.6;
  function textScale() {
    const size = parseFloat(root.parent.getComputedStyle(root.parent.document.documentElement).fontSize);
    return Math.min(LARGEST_TEXT, Math.max(1, size / USUAL_TEXT));
  }

  async function readJson(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }

  /* After a cut Streamlit connects again and says nothing until the next choice. A server that was
     restarted, or has let the session go, takes that choice for how things were, and it is lost.
     So the page introduces itself at once, as it does after "back". */
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
  root.ProjectBridge = { sendSelection, onTheme, readJson, overlayBoxes, watchOverlays, textScale };
})(window);
