/* Lists of projects: the list view, the results of a search, and the projects that `among` names. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, counties, clause, marked, listed, precision, language, textLanguage } = root.EditionI18n;
  const { snippet, searched, highlighted } = root.EditionSearch;

  /* Columns whose values are short. */
  const BRIEF = ["stage", "precision"];
  /* The title of a list names so many sectors, and sums up the others. */
  const MOST_SECTORS = 3;

  /* Projects in the order of a sort key such as "name" or "-name". Python ranked each project for each
     key; projects of the same rank stand in the order of the text. */
  function sorted(projects, sort, data) {
    const direction = sort.startsWith("-") ? -1 : 1;
    const key = data.sorts.indexOf(sort.replace(/^-/, ""));
    const rank = (project) => project.ranks[language()][key];
    return [...projects].sort((one, two) => direction * (rank(one) - rank(two)) || one.start - two.start);
  }

  /* The list view: a table of all projects that pass, mapped or not. */
  function table(shown, now, data, ui) {
    const box = element("article", "pm-list");
    const made = element("table", "pm-table");
    made.append(element("caption", "", say("list-help")), head(now, data.sorts));
    const body = element("tbody");
    for (const project of sorted(shown, now.sort, data)) body.append(row(project, searched(now.q), data, ui));
    made.append(body);
    box.append(made);
    return box;
  }

  /* The columns: the name first, because it is the head of the row, and the clause last. */
  function head(now, sorts) {
    const line = element("tr");
    for (const key of [...sorts.slice(1), sorts[0]]) {
      const orders = { [key]: "ascending", [`-${key}`]: "descending" };
      const cell = element("th");
      cell.scope = "col";
      cell.setAttribute("aria-sort", orders[now.sort] || "none");
      cell.append(link(`#sort=${now.sort === key ? `-${key}` : key}`, say(`list-${key}`)));
      line.append(cell);
    }
    if (searched(now.q)) {
      const cell = element("th", "", say("list-match"));
      cell.scope = "col";
      line.append(cell);
    }
    const made = element("thead");
    made.append(line);
    return made;
  }

  function row(project, query, data, ui) {
    const line = element("tr");
    line.dataset.ids = project.id;
    const title = element("th");
    title.scope = "row";
    title.append(projectLink(project));
    const kind = element("td");
    kind.append(sector(project, ui));
    kind.dataset.label = say("list-sector");
    line.append(title, kind);
    const values = {
      stage: label("stage", project.stage),
      ...(project.since ? { since: label("since", project.since) } : {}),
      county: counties(project),
      precision: precision(project),
      clause: clause(project),
    };
    for (const [key, text] of Object.entries(values)) {
      const cell = element("td", BRIEF.includes(key) ? "pm-brief" : "");
      cell.append(...marked(text));
      cell.dataset.label = say(`list-${key}`);
      line.append(cell);
    }
    if (query) {
      const cell = element("td");
      const found = element("span");
      cell.lang = textLanguage();
      cell.dataset.label = say("list-match");
      found.append(...highlighted(snippet(project, query, data.counties).runs));
      cell.append(found);
      line.append(cell);
    }
    return line;
  }

  /* The results of a search, beside the map: first those whose name matched. */
  function results(shown, now, data, ui) {
    const box = element("article", "pm-detail pm-results");
    box.append(element("h2", "", say("results-title", { query: searched(now.q), count: shown.length })));
    const list = element("ol");
    sorted(shown, now.sort, data)
      .map((project) => ({ project, found: snippet(project, now.q, data.counties) }))
      .sort((one, two) => Number(one.found.part !== "name") - Number(two.found.part !== "name"))
      .forEach(({ project, found }) => list.append(result(project, found, ui)));
    box.append(list);
    return box;
  }

  /* A match in the title is highlighted there; any other text that matched stands below the title. */
  function result(project, found, ui) {
    const item = element("li");
    item.dataset.ids = project.id;
    const title = projectLink(project);
    const inTitle = found.text === name(project);
    if (inTitle) title.replaceChildren(...highlighted(found.runs));
    title.prepend(glyph(project, ui));
    item.append(title);
    if (!inTitle) {
      const words = element("p");
      words.lang = textLanguage();
      words.append(...highlighted(found.runs));
      item.append(words);
    }
    return item;
  }

  /* The projects that `among` names: those that pass the filters, how many do not, and a title.
     `counted` says that the title contains the number of projects. */
  function gather(projects, shown, among, data, ui) {
    const named = (one) => among.some((value) => one.place === value || one.id === value);
    const found = shown.filter(named).sort((one, two) => one.start - two.start);
    const hidden = projects.filter(named).length - found.length;
    return { found, hidden, ...gatheredTitle(projects, found, among, data, ui) };
  }

  function gatheredTitle(projects, found, among, data, ui) {
    if (among.every((one) => data.places.includes(one))) {
      return { title: listed(among.map((one) => placeName(one, data))) };
    }
    if (among.length === 1) return { title: name(projects.find((one) => one.id === among[0])) };
    const [group] = data.groups
      .filter((one) => among.every((id) => one.projects.includes(id)))
      .sort((one, two) => one.projects.length - two.projects.length);
    if (group) return { title: group[language()] };
    return { title: sectorCounts(found, ui) || say("among-none"), counted: true };
  }

  const placeName = (place, data) => (place === data.wide ? say("among-wide") : label("county", place));

  /* The sectors with the most projects, with their counts: "Rail 3 · Roads 1". */
  function sectorCounts(found, ui) {
    const numbers = Object.keys(ui.sectors)
      .map((code) => [code, found.filter((one) => one.sector === code).length])
      .filter(([, count]) => count)
      .sort(([, one], [, two]) => two - one);
    const told = numbers
      .slice(0, MOST_SECTORS)
      .map(([code, count]) => say("among-sector", { sector: label("sector", code), count }));
    const rest = numbers.slice(MOST_SECTORS).reduce((sum, [, count]) => sum + count, 0);
    if (rest) told.push(say("among-rest", { count: rest }));
    return told.join(say("map-separator"));
  }

  /* The text of the link from a project back to the list that it was opened from. */
  function backText(gathered) {
    return gathered.counted
      ? gathered.title : say("among-back", { place: gathered.title, count: gathered.found.length });
  }

  /* The list of the projects that `among` names, beside the map, in sections by sector. */
  function gatheredList(projects, shown, among, data, ui) {
    const { title, found, hidden } = gather(projects, shown, among, data, ui);
    const box = element("article", "pm-detail pm-among");
    box.append(navigation(closeLink("#among=", say("among-close"))), element("h2", "", title));
    const line = element("p", "pm-about", say("among-shown", { count: found.length }));
    if (hidden) line.append(element("span", "pm-aside", say("among-hidden", { count: hidden })));
    box.append(line);
    const county = among.length === 1 && among[0] !== data.wide && data.places.includes(among[0]) && among[0];
    const wider = (project) => project.place !== county && project.counties.includes(county);
    const around = county ? shown.filter(wider).length : 0;
    if (around) {
      const told = element("p", "pm-around");
      told.append(
        link(`#among=${data.wide}`, say("among-around", { count: around, county: label("county", county) })),
      );
      box.append(told);
    }
    for (const code of Object.keys(ui.sectors)) {
      const rows = found.filter((one) => one.sector === code);
      if (rows.length) box.append(section(code, rows, ui));
    }
    return box;
  }

  function section(code, rows, ui) {
    const made = element("section", `pm-${ui.sectors[code].family}`);
    const heading = element("h3");
    heading.append(glyph(rows[0], ui), label("sector", code), element("b", "", rows.length));
    const items = element("ul");
    for (const project of rows) {
      const item = element("li");
      item.dataset.ids = project.id;
      const place = say("among-place", { precision: precision(project) });
      const told = [label("stage", project.stage), place].join(say("map-separator"));
      item.append(projectLink(project), element("span", "pm-aside", told));
      items.append(item);
    }
    made.append(heading, items);
    return made;
  }

  function link(href, text, className = "") {
    const made = element("a", className, text);
    made.href = href;
    return made;
  }

  const projectLink = (project) => link(`#project=${project.id}`, name(project));

  function backLink(href, text) {
    const made = link(href, text, "pm-back");
    made.prepend(hiddenSign("‹"));
    return made;
  }

  function closeLink(href, text) {
    const made = link(href, text, "pm-clear");
    made.append(hiddenSign("×"));
    return made;
  }

  function navigation(...links) {
    const made = element("nav", "pm-ways");
    made.append(...links);
    return made;
  }

  /* A sign that screen readers leave out. */
  function hiddenSign(text, className = "") {
    const made = element("span", className, text);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  const glyph = (project, ui) =>
    hiddenSign(ui.sectors[project.sector].icon, `pm-glyph pm-${ui.sectors[project.sector].family}`);

  function sector(project, ui) {
    const made = element("span", `pm-sector pm-${ui.sectors[project.sector].family}`);
    made.append(glyph(project, ui), label("sector", project.sector));
    return made;
  }

  root.EditionList = {
    table, results, gather, gatheredList, backText, placeName, link, projectLink, backLink, closeLink,
    navigation, sector,
  };
})(window);
