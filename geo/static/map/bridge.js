/* What the map says to the page around its frame, and where its data and its theme come from. */
(function (root) {
  "use strict";

  let clicks = 0;

  /* Tell the page at once. `previous_data` kept in step, the component's own debounced message
     finds nothing new to send; the counter makes a repeated click an event of its own. */
  function tell(id) {
    clicks += 1;
    const value = { last_active_drawing: { project: id, click: clicks } };
    const shared = root.__GLOBAL_DATA__;
    shared.last_active_drawing = value.last_active_drawing;
    shared.previous_data = value;
    // The page's answer costs time on the same thread: the popup is painted before it is asked.
    requestAnimationFrame(() => setTimeout(() => root.Streamlit.setComponentValue(value)));
    return clicks;
  }

  function onTheme(dress) {
    root.Streamlit.events.addEventListener(root.Streamlit.RENDER_EVENT, (event) => {
      const base = event.detail.theme && event.detail.theme.base === "dark" ? "dark" : "light";
      document.documentElement.dataset.theme = base;
      dropOldThemes();
      dress(base);
    });
  }

  /* Streamlit's library for components writes the theme into the head anew at each rerun. */
  function dropOldThemes() {
    const styles = [...document.head.querySelectorAll("style")];
    const themes = styles.filter((style) => style.textContent.includes("--primary-color"));
    themes.slice(0, -1).forEach((style) => style.remove());
  }

  async function read(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }

  /* After a cut Streamlit connects again and says nothing until the next choice. A server that was
     restarted, or has let the session go, takes that choice for how things were, and it is lost.
     So the page introduces itself at once, as it does after "back". */
  function introduce() {
    const app = root.parent.document.querySelector("[data-testid=stApp]");
    if (!app) return;
    let cut = false;
    const observer = new MutationObserver(() => {
      const connected = app.dataset.testConnectionState === "CONNECTED";
      if (connected && cut) {
        root.parent.dispatchEvent(new root.parent.PopStateEvent("popstate", { state: {} }));
      }
      cut = !connected;
    });
    observer.observe(app, { attributeFilter: ["data-test-connection-state"] });
    addEventListener("pagehide", () => observer.disconnect());
  }

  introduce();
  root.ProjectBridge = { tell, onTheme, read };
})(window);
