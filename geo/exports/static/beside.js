/* What a search found, beside the map: each project with the words that matched. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, name, language } = root.EditionWords;
  const { snippet, marked } = root.EditionSnippet;

  /* What a search left, those found by name first. */
  function results(shown, now, data, ui) {
    const box = element("article", "pm-detail pm-results");
    box.append(element("h2", "", say("results-title", { query: now.q, count: shown.length })));
    const list = element("ol");
    root.EditionOrder.ordered(shown, now.sort, language(), data.sorts)
      .map((project) => ({ project, found: snippet(project, now.q, data.counties) }))
      .sort((one, two) => Number(one.found.part !== "name") - Number(two.found.part !== "name"))
      .forEach(({ project, found }) => list.append(result(project, found, ui)));
    box.append(list);
    return box;
  }

  function result(project, found, ui) {
    const item = element("li");
    item.dataset.ids = project.id;
    const link = root.EditionListing.link(project);
    const named = found.text === name(project);
    if (named) link.replaceChildren(...marked(found.runs));
    link.prepend(root.EditionListing.glyph(project, ui));
    item.append(link);
    if (!named) {
      const words = element("p");
      words.lang = "zh";
      words.append(...marked(found.runs));
      item.append(words);
    }
    return item;
  }

  root.EditionBeside = { results };
})(window);
