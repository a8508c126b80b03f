/* Helpers that build DOM elements. Text is always set through textContent, so a project name or
   quote can never inject markup. */
(function (root) {
  "use strict";

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function fill(template, values) {
    return template.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
  }

  function icon(ui, properties, theme) {
    const sector = ui.sectors[properties.sector];
    const made = element("span", "pm-icon", sector.icon);
    made.style.setProperty("--hue", sector.hue[theme]);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function projectName(properties, language) {
    return language === "en" ? properties.name_en : properties.name_zh;
  }

  const shortName = (properties, language) =>
    properties[`short_${language}`] || projectName(properties, language);

  /* The message is in both languages because the translations themselves may have failed to load.
     */
  function failureMessage(error, onRetry) {
    const box = element("p", "pm-message");
    box.setAttribute("role", "alert");
    const message = `地图数据没有载入。/ The map's data did not load. (${error.message}) `;
    const button = element("button", "", "重试 / Retry");
    button.type = "button";
    button.addEventListener("click", () => {
      box.remove();
      onRetry();
    });
    box.append(message, button);
    return box;
  }

  root.ProjectDom = { element, fill, icon, projectName, shortName, failureMessage };
})(window);
