/* The list below the map: every project shown, mapped or not, as a table that a keyboard can use. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, counties, within, language } = root.EditionWords;
  const { snippet, marked } = root.EditionSnippet;

  const BRIEF = ["stage", "precision"];

  function table(shown, now, data, ui) {
    const box = element("article", "pm-list");
    const made = element("table", "pm-table");
    made.append(element("caption", "", say("list-help")), head(now, data.sorts));
    const body = element("tbody");
    const ordered = root.EditionOrder.ordered(shown, now.sort, language(), data.sorts);
    for (const project of ordered) body.append(row(project, now.q, data, ui));
    made.append(body);
    box.append(made);
    return box;
  }

  /* The name first, as it is what a row is about; the clause last. */
  function head(now, sorts) {
    const line = element("tr");
    for (const key of [...sorts.slice(1), sorts[0]]) {
      const orders = { [key]: "ascending", [`-${key}`]: "descending" };
      const cell = element("th");
      cell.scope = "col";
      cell.setAttribute("aria-sort", orders[now.sort] || "none");
      const link = element("a", "", say(`list-${key}`));
      link.href = `#sort=${now.sort === key ? `-${key}` : key}`;
      cell.append(link);
      line.append(cell);
    }
    if (now.q) {
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
    title.append(link(project));
    const kind = element("td");
    kind.append(sector(project, ui));
    line.append(title, kind);
    const place = [label("precision", project.precision), within(project)].filter(Boolean).join(" ");
    const told = {
      stage: label("stage", project.stage),
      ...(project.since ? { since: label("since", project.since) } : {}),
      county: counties(project),
      precision: place,
      clause: project.clause,
    };
    kind.dataset.label = say("list-sector");
    for (const [key, text] of Object.entries(told)) {
      const cell = element("td", BRIEF.includes(key) ? "pm-brief" : "", text);
      cell.dataset.label = say(`list-${key}`);
      line.append(cell);
    }
    if (query) {
      const cell = element("td");
      const found = element("span");
      cell.lang = "zh";
      cell.dataset.label = say("list-match");
      found.append(...marked(snippet(project, query, data.counties).runs));
      cell.append(found);
      line.append(cell);
    }
    return line;
  }

  function link(project) {
    const made = element("a", "", name(project));
    made.href = `#project=${project.id}`;
    return made;
  }

  function glyph(project, ui) {
    const made = element("span", `pm-glyph pm-${ui.sectors[project.sector].family}`, ui.sectors[project.sector].icon);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  function sector(project, ui) {
    const made = element("span", `pm-sector pm-${ui.sectors[project.sector].family}`);
    made.append(glyph(project, ui), label("sector", project.sector));
    return made;
  }

  root.EditionListing = { table, link, glyph, sector };
})(window);
