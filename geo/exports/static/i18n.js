/* Messages and labels in the reader's language. The file holds Chinese and English. */
(function (root) {
  "use strict";

  const { fill } = root.ProjectDom;

  let data = null;
  let ui = null;
  let language = "zh";

  function start(content, codelists) {
    data = content;
    ui = codelists;
  }

  /* Chinese for every kind of Chinese, else English; the app decides the same way. */
  const preferred = () => (navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en");

  const number = (value) => value.toLocaleString(data.locales[language]);

  /* A message of the catalogue with its values filled in. */
  function say(key, values = {}) {
    const counted = (data.counted[language][values.count] || {})[key];
    const said = Object.entries(values).map(([placeholder, value]) => [
      placeholder, typeof value === "number" ? number(value) : value,
    ]);
    return fill(counted || data.text[language][key], Object.fromEntries(said));
  }

  function label(codelist, code) {
    const lists = {
      sector: ui.sectors, stage: ui.stages, precision: ui.precisions, county: data.counties,
      since: ui.since, extent: ui.extents,
    };
    return lists[codelist][code][language];
  }

  /* Changes the language. Elements of the page that hold a message carry its key. */
  function translate(next) {
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
  const counties = (project) => project.told[language].counties;
  const listed = (names) => names.join(say("list-separator"));

  const clause = (named) => root.ProjectDom.clauseName(named, language);
  /* A text as nodes, with Chinese words in it marked as Chinese. */
  const marked = (text) => root.ProjectDom.tagChinese(text, language);

  /* How well the place of a project is known, such as "Approximate ±2 km". */
  const precision = (project) =>
    [label("precision", project.precision), project.told[language].within].filter(Boolean).join(" ");

  /* The language tag of the document's words, on a page in either language. */
  const textLanguage = () => ui.text_language;

  root.EditionI18n = {
    start, textLanguage, preferred, say, label, translate, clause, marked, name, counties, listed, precision, language: () => language,
  };
})(window);
