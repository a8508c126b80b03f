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

  const say = (key, values = {}) => fill(data.text[language][key], values);

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

  function counties(project) {
    return listed(project.counties.map((code) => label("county", code))) || say("detail-no-counties");
  }

  /* As people say it: 300 m, 2.5 km. */
  function within(project) {
    const metres = project.uncertainty_m;
    if (!metres) return "";
    const distance = metres < 1000 ? `${metres} m` : `${Number((metres / 1000).toPrecision(3))} km`;
    return say("detail-within", { distance });
  }

  root.EditionWords = {
    begin, own, say, label, speak, name, listed, counties, within, language: () => language,
  };
})(window);
