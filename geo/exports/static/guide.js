/* What stands beside the map on a first visit: what it shows, what to try, and how much of what. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, language } = root.EditionWords;
  const { placeName, to } = root.EditionAmong;

  function guide(projects, shown, now, data, ui) {
    const box = element("article", "pm-detail pm-guide");
    box.append(element("h2", "", say("guide-title")), element("p", "", say("guide-about")));
    box.append(attempts(shown, data), element("h3", "", say("guide-families")));
    box.append(bars(projects, shown, now, ui), precisions(shown, ui));
    return box;
  }

  function attempts(shown, data) {
    const made = element("ol", "pm-try");
    const byId = new Map(shown.map((one) => [one.id, one]));
    const example = byId.get(data.beginnings.find((id) => byId.has(id)));
    if (example) {
      const item = attempt(say("guide-try-line"), to(`#project=${example.id}`, name(example)));
      item.dataset.ids = example.id;
      made.append(item);
    }
    const places = element("span", "pm-places");
    for (const place of data.places) {
      const count = shown.filter((one) => one.place === place).length;
      if (!count) continue;
      const link = to(`#among=${place}`, placeName(place, data));
      link.append(element("b", "", count));
      places.append(link);
    }
    made.append(
      attempt(say("guide-try-county"), places),
      attempt(say("guide-try-text"), to("#view=document", say("guide-document"))),
    );
    return made;
  }

  function attempt(words, link) {
    const item = element("li", "", `${words} `);
    item.append(link);
    return item;
  }

  const ofFamily = (projects, family) =>
    projects.filter((one) => family.sectors.includes(one.sector)).length;

  /* A press chooses the sectors of a family; where all are chosen, it gives them up. */
  function bars(projects, shown, now, ui) {
    const most = Math.max(1, ...ui.families.map((one) => ofFamily(projects, one)));
    const made = element("ul", "pm-bars");
    for (const family of ui.families) {
      const chosen = family.sectors.every((code) => now.sector.includes(code));
      const others = now.sector.filter((code) => !family.sectors.includes(code));
      const next = chosen ? others : [...others, ...family.sectors];
      const count = ofFamily(shown, family);
      const link = to(`#${next.map((code) => `sector=${code}`).join("&") || "sector="}`, "");
      const named = { family: family[language()] };
      link.title = chosen ? say("guide-unchoose", named) : say("guide-choose", named);
      if (chosen) link.setAttribute("aria-current", "true");
      const length = element("i");
      length.style.width = `${(100 * count) / most}%`;
      link.append(element("span", "", family[language()]), element("b", "", count), length);
      const item = element("li", `pm-${family.code}`);
      item.append(link);
      made.append(item);
    }
    return made;
  }

  function precisions(shown, ui) {
    const made = element("p", "pm-about", `${say("guide-places")} `);
    Object.keys(ui.precisions).forEach((code, at) => {
      if (at) made.append(say("map-separator"));
      const told = element("span", "", `${label("precision", code)} `);
      told.append(element("b", "", shown.filter((one) => one.precision === code).length));
      made.append(told);
    });
    return made;
  }

  root.EditionGuide = { guide };
})(window);
