/* The map without a mouse: a button for each name that is written, reached by the tabulator key and by
   screen readers, unseen until it has the focus. */
(function (root) {
  "use strict";

  const MOST = 80;

  function create(map, { light, take, list }) {
    const nav = root.ProjectContent.element("nav", "pm-in-view");
    map.getContainer().append(nav);
    L.DomEvent.disableClickPropagation(nav);

    function update(entries, label) {
      nav.setAttribute("aria-label", label);
      const focused = nav.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      const buttons = [];
      const seen = new Set();
      for (const entry of entries) {
        const key = entry.among ? `among ${entry.among}` : entry.mark && entry.mark.id;
        if (!key || entry.kind === "exit" || entry.kind === "county" || seen.has(key) || buttons.length >= MOST) continue;
        seen.add(key);
        const button = root.ProjectContent.element("button", "", entry.text);
        button.type = "button";
        button.dataset.key = key;
        button.addEventListener("click", () => (entry.among ? list(entry.among) : take(entry.mark.id)));
        button.addEventListener("focus", () => light(entry.mark ? [entry.mark.id] : []));
        button.addEventListener("blur", () => light([]));
        buttons.push(button);
      }
      nav.replaceChildren(...buttons);
      const again = focused && buttons.find((one) => one.dataset.key === focused);
      if (again) again.focus({ preventScroll: true });
    }

    return { update };
  }

  root.ProjectInView = { create };
})(window);
