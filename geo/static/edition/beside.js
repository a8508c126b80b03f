/* What stands beside the map: the selected project, what a search found, or what the map is. */
(function (root) {
  "use strict";

  const { element } = root.ProjectContent;
  const { say, label, language } = root.EditionWords;
  const { snippet, marked } = root.EditionSnippet;

  function hint(projects, ui) {
    const box = element("article", "pm-detail pm-hint");
    box.append(element("h2", "", say("detail-hint-title")), element("p", "", say("detail-hint")));
    const tally = element("dl");
    for (const code of Object.keys(ui.precisions)) {
      const term = element("dt", "", `${label("precision", code)} `);
      term.append(element("b", "", projects.filter((one) => one.precision === code).length));
      tally.append(term, element("dd", "", ui.precisions[code][`${language()}_note`]));
    }
    box.append(tally);
    return box;
  }

  /* What a search left, those found by name first. */
  function results(shown, now, data, ui) {
    const box = element("article", "pm-detail pm-results");
    box.append(element("h2", "", say("results-title", { query: now.q, count: shown.length })));
    const list = element("ol");
    root.EditionOrder.ordered(shown, now.sort, language(), data.facets)
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
    const named = found.part === "name" && language() === "zh";
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

  root.EditionBeside = { hint, results };
})(window);
