/* The detail panel shows one project: its quotes, what happened since, its facts and their sources, a
   citation, and the form to report an error. */
(function (root) {
  "use strict";

  const { element, fill } = root.ProjectDom;
  const { say, label, name, listed, counties, clause, marked, language, textLanguage } = root.EditionI18n;
  const { projectLink, backLink, closeLink, navigation, sector } = root.EditionList;

  /* `passes` says whether the project passes the filters, `back` is the text of the link to the list
     that it was opened from, and `paragraph` the paragraph of its first quote, or null. `other(id)`
     returns another project. */
  function panel(project, data, ui, { passes, back, paragraph, other }) {
    const about = data.documents[project.document];
    const box = element("article", "pm-detail");
    box.dataset.project = project.id;
    box.append(navigation(
      ...(back ? [backLink("#project=", back)] : []),
      closeLink(back ? "#project=&among=" : "#project=", say("detail-close")),
    ));
    box.append(header(project, ui));
    if (!passes) box.append(element("p", "pm-notice", say("detail-hidden")));
    if (!project.mapped) box.append(element("p", "pm-notice", project.draft ? say(project.note) : say("detail-unmapped")));
    project.quotes.forEach((one, at) => box.append(quote(one, at === 0)));
    if (project.since) box.append(timeline(project));
    box.append(facts(project, ui, about));
    if (paragraph) box.append(wholeParagraph(paragraph));
    box.append(basis(project, data), citation(project, about), report(project, data.mail));
    if (project.related.length) box.append(related(project, other));
    return box;
  }

  function header(project, ui) {
    const made = element("header");
    const kicker = element("p", "pm-kicker");
    kicker.append(sector(project, ui));
    const gloss = element("p", "pm-gloss", language() === "en" ? project.name_zh : project.name_en);
    gloss.lang = language() === "en" ? "zh-CN" : "en";
    made.append(kicker, element("h2", "", name(project)));
    if (gloss.textContent !== name(project)) made.append(gloss);
    return made;
  }

  /* The class of a run by its depth: 0 is not marked, 1 is quoted, 2 is the name within the quote. */
  const MARKS = [null, "", "pm-name"];

  function withRuns(node, some) {
    node.lang = textLanguage();
    for (const [text, depth] of some) {
      node.append(depth ? element("mark", MARKS[depth], text) : text);
    }
    return node;
  }

  function quote(one, first) {
    const made = element("section", "pm-source");
    const heading = say(first ? "detail-source" : "detail-also", { clause: clause(one) });
    const line = element("p", "pm-links");
    const spot = element("a", "", say("detail-spot"));
    spot.href = `#view=document&at=${one.at}`;
    line.append(spot);
    const title = element("h3");
    title.append(...marked(heading));
    made.append(title, withRuns(element("blockquote"), one.sentence), line);
    return made;
  }

  /* What happened to the project since the decision, each event with its source. */
  function timeline(project) {
    const made = element("section", "pm-since");
    const told = { date: project.since_as_of };
    const events = project.events.map((one) => ({ ...one, ...one[language()] }));
    const state = element(
      "p", "pm-state", events.length ? label("since", project.since) : project.nothing[language()],
    );
    state.dataset.since = project.since;
    made.append(element("h3", "", say("detail-since", told)), state);
    if (!events.length) return made;
    const list = element("ol", "pm-events");
    for (const one of events) list.append(entry(one));
    made.append(list);
    return made;
  }

  function entry(one) {
    const item = element("li");
    item.append(element("time", "", one.date), " ", element("b", "", one.type));
    if (one.scope) item.append(" ", element("em", "pm-scope", one.scope));
    const aside = element("p", "pm-aside");
    if (one.note) aside.append(element("em", "", one.note), element("br"));
    const told = [one.told, ...one.asides].join(say("map-separator"));
    aside.append(externalLink(one), " ", ...marked(told));
    item.append(element("p", "", one.statement), aside);
    return item;
  }

  function facts(project, ui, about) {
    const made = element("dl");
    const add = (term, text, aside) => {
      const told = element("dd");
      told.append(...marked(text));
      if (aside) {
        told.append(element("span", "pm-aside"));
        told.lastChild.append(...marked(aside));
      }
      made.append(element("dt", "", term), told);
    };
    add(
      say("detail-stage", { date: about.adopted }),
      label("stage", project.stage),
      say("detail-term", { term: project.term }),
    );
    add(say("detail-counties"), counties(project));
    if (project.outside.length) add(say("detail-outside"), listed(project.outside));
    add(say("detail-extent"), label("extent", project.extent));
    const place = [say(project.place_key), project.told[language()].within].filter(Boolean).join(" ");
    add(say("detail-precision"), place, say(project.note));
    return made;
  }

  function folded(title, ...inside) {
    const made = element("details");
    made.append(element("summary", "", title), ...inside);
    return made;
  }

  const wholeParagraph = (paragraph) =>
    folded(say("detail-paragraph"), withRuns(element("p", "pm-paragraph"), paragraph));

  function basis(project, data) {
    const made = folded(say("detail-basis"), element("p", "", project.basis[language()]));
    made.open = true;
    const spots = spotsOf(project, data);
    if (spots.length) {
      const list = element("ul", "pm-spots");
      list.append(...spots.map((one) => spot(one, data.maps)));
      made.append(element("h3", "pm-spots-title", say("detail-spots")), list, element("p", "pm-aside", say("spots-note")));
    }
    if (!project.references.length) return made;
    const list = element("ul", "pm-references");
    for (const one of project.references.map((number) => data.references[number])) {
      const item = element("li");
      item.append(externalLink(one));
      const said = [say("detail-licence", { licence: one.licence })];
      if (one.retrieved) said.push(say("detail-retrieved", { date: one.retrieved }));
      item.append(element("span", "pm-aside", listed(said)));
      list.append(item);
    }
    made.append(list);
    return made;
  }

  /* The spots at which the place of a project can be checked: its own, then its named points. */
  function spotsOf(project, data) {
    const named = project.places.map((id) => data.places_named[id]).map((one) => {
      const told = one[language()];
      return { at: one.at, ...told, title: told.name, how: say("spot-how", { how: told.how, source: one.source }) };
    });
    const { within } = project.told[language()];
    return project.at ? [{ at: project.at, name: project.facets.extent.includes("line") ? say("spot-line") : say("spot-own"), title: name(project), within, how: "" }, ...named] : named;
  }

  /* `maps` holds the address of each online map, with {lon}, {lat} and {name} to fill in. */
  function spot(one, maps) {
    const [lon, lat] = one.at;
    const item = element("li");
    const links = element("span", "pm-maps");
    const told = { lon: lon.toFixed(5), lat: lat.toFixed(5), name: encodeURIComponent(one.title) };
    for (const [code, address] of Object.entries(maps)) {
      links.append(externalLink({ title: say(`spot-${code}`), url: fill(address, told) }));
    }
    const aside = element("span", "pm-aside");
    aside.append(element("span", "pm-position", `${lat}, ${lon}`), one.how && ` ${one.how}`);
    item.append(element("b", "", one.name), " ", element("span", "pm-within", one.within), " ", links, " ", aside);
    return item;
  }

  /* A link to a source, or its title alone: the data must not bring links of another kind. */
  function externalLink(reference) {
    if (!/^https?:\/\//i.test(reference.url || "")) return reference.title;
    const made = element("a");
    made.append(...marked(reference.title));
    made.href = reference.url;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }

  function citation(project, about) {
    const [first] = project.quotes;
    const text = fill(about.citation[language()], { ...first, clause: clause(first) });
    const button = copyButton(say("copy-citation"));
    button.dataset.copy = text;
    const quoted = element("p", "pm-citation");
    quoted.append(...marked(text));
    return folded(say("detail-citation"), button, quoted);
  }

  function copyButton(text) {
    const made = element("button", "pm-copy", text);
    made.type = "button";
    made.dataset.done = say("copied");
    return made;
  }

  /* The form to report an error. The shared script of the report fills in the field, its value and the
     address of the page when a button is pressed. */
  function report(project, mail) {
    const [first] = project.quotes;
    const [start, end] = first.at.split("-");
    const { id } = project;
    const list = element("ul");
    for (const [field, title, value] of reportFields(project)) {
      const item = element("li");
      const button = copyButton(say("report-copy"));
      Object.assign(button.dataset, { field, value });
      item.append(element("span", "", title), button);
      if (mail) {
        const link = element("a", "", say("report-mail"));
        link.href = mail;
        Object.assign(link.dataset, { field, value });
        item.append(link);
      }
      list.append(item);
    }
    const made = folded(say("report"), element("p", "", say("report-help")), list);
    made.className = "pm-report";
    made.dataset.subject = say("report-subject", { id });
    made.dataset.report = say("report-text", {
      id, name: name(project), clause: clause(first), start, end, exact: first.exact,
    });
    return made;
  }

  /* [name in the data, label, current value] of each field that a report can be about. */
  function reportFields(project) {
    const since = project.since ? [["since", say("list-since"), label("since", project.since)]] : [];
    return [
      ["name", say("list-name"), name(project)],
      ["stage", say("list-stage"), label("stage", project.stage)],
      ...since,
      ["counties", say("list-county"), counties(project)],
      ["geometry", say("list-precision"), label("precision", project.precision)],
      ["-", say("report-other"), "-"],
    ];
  }

  /* Other projects at the same place. */
  function related(project, other) {
    const made = element("section", "ed-related");
    made.append(element("h3", "", say("detail-related")));
    const list = element("ul");
    for (const one of project.related) {
      const item = element("li");
      item.dataset.ids = one.id;
      item.append(projectLink(other(one.id)));
      item.append(element("span", "pm-aside", say("detail-related-place", { place: one[language()] })));
      list.append(item);
    }
    made.append(list);
    return made;
  }

  root.EditionDetailPanel = { panel };
})(window);
