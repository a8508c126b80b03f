/* The map without a mouse: a button for each name that is written, reached by the tabulator key and by
   screen readers, unseen until it has the focus. */
(function (root) {
  "use strict";

  const MOST = 80;

  function create(map, { light, take, list }) {
    const nav = root.ProjectDom.element("nav", "pm-in-view");
    map.getContainer().append(nav);
    const meant = new WeakMap();
    L.DomEvent.disableClickPropagation(nav);

    /* A button that is still wanted stays, and with it the focus. */
    function update(entries, label) {
      nav.setAttribute("aria-label", label);
      const before = new Map([...nav.children].map((one) => [one.dataset.key, one]));
      const wanted = new Map();
      for (const entry of entries) {
        const key = entry.among ? `among ${entry.among}` : entry.mark && entry.mark.id;
        if (!key || entry.kind === "exit" || entry.kind === "county" || wanted.has(key) || wanted.size >= MOST) continue;
        const button = before.get(key) || made(key);
        button.textContent = entry.text;
        wanted.set(key, button);
        meant.set(button, entry);
      }
      for (const [key, button] of before) if (!wanted.has(key)) button.remove();
      for (const button of wanted.values()) if (!button.isConnected) nav.append(button);
    }

    function made(key) {
      const button = root.ProjectDom.element("button");
      button.type = "button";
      button.dataset.key = key;
      button.addEventListener("click", () => {
        const { among, mark } = meant.get(button);
        if (among) list(among);
        else take(mark.id);
      });
      button.addEventListener("focus", () => {
        const { mark } = meant.get(button);
        light(mark ? [mark.id] : []);
      });
      button.addEventListener("blur", () => light([]));
      return button;
    }

    return { update };
  }

  root.ProjectInView = { create };
})(window);
