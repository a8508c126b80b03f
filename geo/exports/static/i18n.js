/* Every word of the file in the reader's language; it has both, and no other. */
(function (root) {
  "use strict";

  const { fill } = root.ProjectDom;

  let data = null;
  let ui = null;
  let language = "zh";

  function begin(content, map) {
    data = content;
    ui = map;
  }

  /* Chinese for any kind of it, else English, as the app decides. */
  const own = () => (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

  /* Numbers are said as the app says them: 1,234. */
  function say(key, values = {}) {
    const own = (data.counted[language][values.count] || {})[key];
    const said = Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? number(value) : value]);
    return fill(own || data.text[language][key], Object.fromEntries(said));
  }

  const number = (value) => value.toLocaleString(data.locales[language]);

  function label(codelist, code) {
    const lists = {
      sector: ui.sectors, stage: ui.stages, precision: ui.precisions, county: data.counties,
      since: ui.since,
    };
    return lists[codelist][code][language];
  }

  /* What stands in the page from the start carries the key of its message. */
  function speak(next) {
    language = next;
    document.documentElement.lang = next;
    document.title = say("title");
    for (const node of document.querySelectorAll("[data-say]")) {
      node.textContent = say(node.dataset.say);
    }
    for (const node of document.querySelectorAll("[data-say-label]")) {
      node.setAttribute("aria-label", say(node.dataset.sayLabel));
    }
    for (const node of document.querySelectorAll("[data-say-placeholder]")) {
      node.placeholder = say(node.dataset.sayPlaceholder);
    }
    Object.assign(document.querySelector(".pm-paper").dataset, { paper: say("paper"), picture: say("paper-map") });
  }

  const name = (project) => root.ProjectDom.projectName(project, language);

  const listed = (names) => names.join(say("list-separator"));

  const counties = (project) => project.told[language].counties;
  const within = (project) => project.told[language].within;

  root.EditionWords = {
    begin, own, say, label, speak, name, listed, counties, within, language: () => language,
  };
})(window);
