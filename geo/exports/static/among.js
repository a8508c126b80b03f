/* The list beside the map: what a count on the map, a county's name, or a shared place stands for. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, listed, within, language } = root.EditionWords;

  const MOST_SECTORS = 3;

  /* Whether a project touches this county and another one. */
  const wider = (project, county) => project.place !== county && project.counties.includes(county);

  const placeName = (place, data) => (place === data.wide ? say("among-wide") : label("county", place));

  /* The projects that `among` names: those shown, how many the filter hides, and their name. */
  function gather(projects, shown, among, data, ui) {
    const belongs = (one) =>
      among.some((named) => one.place === named || one.id === named);
    const found = shown.filter(belongs).sort((one, two) => one.start - two.start);
    const hidden = projects.filter(belongs).length - found.length;
    return { found, hidden, ...title(projects, found, among, data, ui) };
  }

  /* `counted`: the title tells the number already. */
  function title(projects, found, among, data, ui) {
    if (among.every((one) => data.places.includes(one))) return { title: listed(among.map((one) => placeName(one, data))) };
    if (among.length === 1) return { title: name(projects.find((one) => one.id === among[0])) };
    const [group] = data.groups
      .filter((one) => among.every((id) => one.projects.includes(id)))
      .sort((one, two) => one.projects.length - two.projects.length);
    if (group) return { title: group[language()] };
    return { title: tally(found, ui) || say("among-none"), counted: true };
  }

  function tally(found, ui) {
    const counts = Object.keys(ui.sectors)
      .map((code) => [code, found.filter((one) => one.sector === code).length])
      .filter(([, count]) => count)
      .sort(([, one], [, two]) => two - one);
    const told = counts
      .slice(0, MOST_SECTORS)
      .map(([code, count]) => say("among-sector", { sector: label("sector", code), count }));
    const rest = counts.slice(MOST_SECTORS).reduce((sum, [, count]) => sum + count, 0);
    if (rest) told.push(say("among-rest", { count: rest }));
    return told.join(say("map-separator"));
  }

  /* What the way back to the list says. */
  function back(gathered) {
    return gathered.counted
      ? gathered.title : say("among-back", { place: gathered.title, count: gathered.found.length });
  }

  function list(projects, shown, among, data, ui) {
    const gathered = gather(projects, shown, among, data, ui);
    const box = element("article", "pm-detail pm-among");
    box.append(ways(way("pm-clear", "#among=", say("among-close"))), element("h2", "", gathered.title));
    const line = element("p", "pm-about", say("among-shown", { count: gathered.found.length }));
    if (gathered.hidden) {
      line.append(element("span", "pm-aside", say("among-hidden", { count: gathered.hidden })));
    }
    box.append(line);
    const county = among.length === 1 && among[0] !== data.wide && data.places.includes(among[0]) && among[0];
    const around = county ? shown.filter((one) => wider(one, county)).length : 0;
    if (around) {
      const told = element("p", "pm-around");
      told.append(to(`#among=${data.wide}`, say("among-around", { count: around, county: label("county", county) })));
      box.append(told);
    }
    for (const code of Object.keys(ui.sectors)) {
      const rows = gathered.found.filter((one) => one.sector === code);
      if (rows.length) box.append(section(code, rows, ui));
    }
    return box;
  }

  function section(code, rows, ui) {
    const made = element("section", `pm-${ui.sectors[code].family}`);
    const heading = element("h3");
    heading.append(root.EditionListing.glyph(rows[0], ui), label("sector", code), element("b", "", rows.length));
    const items = element("ul");
    for (const project of rows) {
      const item = element("li");
      item.dataset.ids = project.id;
      const place = say("among-place", { precision: label("precision", project.precision) });
      const told = [label("stage", project.stage), [place, within(project)].filter(Boolean).join(" ")];
      item.append(
        root.EditionListing.link(project), element("span", "pm-aside", told.join(say("map-separator"))),
      );
      items.append(item);
    }
    made.append(heading, items);
    return made;
  }

  function to(href, text, className = "") {
    const made = element("a", className, text);
    made.href = href;
    return made;
  }

  /* A way back or out, with its sign before or behind it. */
  function way(className, href, text) {
    const made = to(href, text, className);
    const sign = element("span", "", className === "pm-back" ? "‹" : "×");
    sign.setAttribute("aria-hidden", "true");
    if (className === "pm-back") made.prepend(sign);
    else made.append(sign);
    return made;
  }

  function ways(...some) {
    const made = element("nav", "pm-ways");
    made.append(...some);
    return made;
  }

  root.EditionAmong = { list, gather, back, placeName, ways, way, to };
})(window);
