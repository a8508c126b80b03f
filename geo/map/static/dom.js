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

  /* The number of a clause as readers of a language know it. */
  const clauseName = (named, language) => named[`clause_${language}`] || named.clause;

  const HAN = "[\\u3000-\\u303f\\u3400-\\u9fff\\uff00-\\uffef]";
  const CHINESE_WORDS = new RegExp(`(${HAN}(?:[\\d,;:+·—-]*(?:${HAN}|“${HAN}[^”]*”))*)`);

  /* A text as nodes in which Chinese words are marked as Chinese, on a page in another language. The
     server does the same (geo/views). */
  function tagChinese(text, language) {
    if (language === "zh") return [text];
    // Of the parts of a text split by a group, every other one is the group.
    return String(text).split(CHINESE_WORDS).map((part, at) => {
      if (at % 2 === 0) return part;
      const made = element("span", "", part);
      made.lang = "zh-CN";
      return made;
    });
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

  root.ProjectDom = { element, fill, icon, projectName, clauseName, tagChinese, shortName, failureMessage };
})(window);
