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
      dress(base);
    });
  }

  async function read(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
    return response.json();
  }

  root.ProjectBridge = { tell, onTheme, read };
})(window);
