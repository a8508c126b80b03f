/* The guide stands beside the map when nothing is selected: what to try first, and how many projects
   there are of each family of sectors and of each precision. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, language } = root.EditionI18n;
  const { placeName, link, projectLink } = root.EditionList;

  function guide(projects, shown, now, data, ui) {
    const box = element("article", "pm-detail pm-guide");
    const about = element("p", "", say("guide-about"));
    const count = shown.filter((one) => one.draft).length;
    if (count) about.append(say("sentence-separator"), element("span", "pm-drafts", say("guide-drafts", { count })));
    box.append(element("h2", "", say("guide-title")), about);
    box.append(suggestions(shown, data));
    const families = bars(projects, shown, now, ui);
    if (families.childElementCount) box.append(element("h3", "", say("guide-families")), families);
    if (shown.length) box.append(precisions(shown, ui));
    return box;
  }

  /* Three things to try: a project, the list of a place, and the text. */
  function suggestions(shown, data) {
    const made = element("ol", "pm-try");
    const byId = new Map(shown.map((one) => [one.id, one]));
    const example = byId.get(data.beginnings.find((id) => byId.has(id)));
    if (example) {
      const item = suggestion(example.mapped ? say("guide-try-line") : say("guide-try-project"), projectLink(example));
      item.dataset.ids = example.id;
      made.append(item);
    }
    const places = element("span", "pm-places");
    // A single county holds everything, so its list would be no choice.
    for (const place of data.places.length > 2 ? data.places : []) {
      const count = shown.filter((one) => one.place === place).length;
      if (!count) continue;
      const one = link(`#among=${place}`, placeName(place, data));
      one.append(element("b", "", count));
      places.append(one);
    }
    if (places.childElementCount) made.append(suggestion(say("guide-try-county"), places));
    made.append(suggestion(say("guide-try-text"), link("#view=document", say("guide-document"))));
    return made;
  }

  function suggestion(words, target) {
    const item = element("li", "", `${words} `);
    item.append(target);
    return item;
  }

  const ofFamily = (projects, family) =>
    projects.filter((one) => family.sectors.includes(one.sector)).length;

  /* A bar for each family. A click on it chooses the sectors of the family, or removes them from the
     filter where all of them are chosen. */
  function bars(projects, shown, now, ui) {
    const most = Math.max(1, ...ui.families.map((one) => ofFamily(projects, one)));
    const made = element("ul", "pm-bars");
    const passing = root.EditionFilters.mask(projects, { ...now, sector: [] });
    const inReach = projects.filter((_, at) => passing[at]);
    for (const family of ui.families) {
      const chosen = family.sectors.every((code) => now.sector.includes(code));
      // A click on it would show nothing.
      if (!chosen && !ofFamily(inReach, family)) continue;
      const others = now.sector.filter((code) => !family.sectors.includes(code));
      const next = root.EditionRouter.chosen("sector", chosen ? others : [...others, ...family.sectors]);
      const count = ofFamily(shown, family);
      const bar = link(`#${next.map((code) => `sector=${code}`).join("&") || "sector="}`, "");
      const named = { family: family[language()] };
      bar.title = chosen ? say("guide-unchoose", named) : say("guide-choose", named);
      if (chosen) bar.setAttribute("aria-current", "true");
      const length = element("i");
      length.style.width = `${(100 * count) / most}%`;
      bar.append(element("span", "", family[language()]), element("b", "", count), length);
      const item = element("li", `pm-${family.code}`);
      item.append(bar);
      made.append(item);
    }
    return made;
  }

  function precisions(shown, ui) {
    const made = element("p", "pm-about", `${say("guide-places")} `);
    let before = "";
    for (const code of Object.keys(ui.precisions)) {
      const count = shown.filter((one) => one.precision === code).length;
      if (!count) continue;
      const told = element("span", "", `${label("precision", code)} `);
      told.append(element("b", "", count));
      made.append(before, told);
      before = say("map-separator");
    }
    return made;
  }

  root.EditionGuide = { guide };
})(window);
