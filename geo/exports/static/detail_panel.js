/* The panel of one project: its clause, its stage, how its place is known, and from what. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, listed, counties, within, language } = root.EditionWords;

  function panel(project, data, ui, { shown, back, paragraph, other }) {
    const document_ = data.documents[project.document];
    const box = element("article", "pm-detail");
    box.dataset.project = project.id;
    const { ways, way } = root.EditionAmong;
    box.append(ways(
      ...(back ? [way("pm-back", "#project=", back)] : []),
      way("pm-clear", back ? "#project=&among=" : "#project=", say("detail-close")),
    ));
    box.append(header(project, ui));
    if (!shown) box.append(element("p", "pm-notice", say("detail-hidden")));
    if (!project.mapped) {
      box.append(element("p", "pm-notice", say("detail-unmapped")));
    }
    project.quotes.forEach((quote, at) => box.append(source(quote, at === 0)));
    if (project.since) box.append(root.EditionSince.since(project));
    box.append(facts(project, ui, document_));
    if (paragraph) box.append(whole(paragraph));
    box.append(basis(project), citation(project, document_));
    box.append(root.EditionCorrection.correction(project, data.mail));
    if (project.related.length) box.append(related(project, other));
    return box;
  }

  function header(project, ui) {
    const made = element("header");
    const kicker = element("p", "pm-kicker");
    kicker.append(root.EditionListing.sector(project, ui));
    const gloss = element("p", "pm-gloss", language() === "en" ? project.name_zh : project.name_en);
    gloss.lang = language() === "en" ? "zh" : "en";
    made.append(kicker, element("h2", "", name(project)), gloss);
    return made;
  }

  /* How deep a run is marked: not, quoted, or the name itself within the quote. */
  const MARKS = [null, "", "pm-name"];

  function runs(node, some) {
    node.lang = "zh";
    for (const [text, depth] of some) {
      node.append(depth ? element("mark", MARKS[depth], text) : text);
    }
    return node;
  }

  function source(quote, first) {
    const made = element("section", "pm-source");
    const heading = say(first ? "detail-source" : "detail-also", { clause: quote.clause });
    const line = element("p", "pm-links");
    const spot = element("a", "", say("detail-spot"));
    spot.href = `#view=document&at=${quote.at}`;
    line.append(spot);
    made.append(element("h3", "", heading), runs(element("blockquote"), quote.sentence), line);
    return made;
  }

  function facts(project, ui, document_) {
    const made = element("dl");
    const add = (term, text, aside) => {
      const told = element("dd", "", text);
      if (aside) told.append(element("span", "pm-aside", aside));
      made.append(element("dt", "", term), told);
    };
    add(
      say("detail-stage", { date: document_.adopted }),
      label("stage", project.stage),
      say("detail-term", { term: project.term }),
    );
    add(say("detail-counties"), counties(project));
    if (project.outside.length) add(say("detail-outside"), listed(project.outside));
    add(
      say("detail-precision"),
      [label("precision", project.precision), within(project)].filter(Boolean).join(" "),
      ui.precisions[project.precision][`${language()}_note`],
    );
    return made;
  }

  function folded(title, ...inside) {
    const made = element("details");
    made.append(element("summary", "", title), ...inside);
    return made;
  }

  const whole = (paragraph) =>
    folded(say("detail-paragraph"), runs(element("p", "pm-paragraph"), paragraph));

  function basis(project) {
    const made = folded(say("detail-basis"), element("p", "", project.basis[language()]));
    made.open = true;
    if (!project.references.length) return made;
    const list = element("ul", "pm-references");
    for (const one of project.references) {
      const item = element("li");
      item.append(one.url ? outward(one) : one.title);
      const said = [say("detail-licence", { licence: one.licence })];
      if (one.retrieved) said.push(say("detail-retrieved", { date: one.retrieved }));
      item.append(element("span", "pm-aside", listed(said)));
      list.append(item);
    }
    made.append(list);
    return made;
  }

  /* Only what leads to the web is a link, whatever the data says. */
  function outward(reference) {
    if (!/^https?:\/\//i.test(reference.url)) return reference.title;
    const made = element("a", "", reference.title);
    made.href = reference.url;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
    return made;
  }

  function citation(project, document_) {
    const [first] = project.quotes;
    const text = root.ProjectDom.fill(document_.citation[language()], first);
    const button = element("button", "pm-copy", say("copy-citation"));
    button.type = "button";
    button.dataset.copy = text;
    button.dataset.done = say("copied");
    return folded(say("detail-citation"), element("p", "pm-citation", text), button);
  }

  function related(project, other) {
    const made = element("section", "ed-related");
    made.append(element("h3", "", say("detail-related")));
    const list = element("ul");
    for (const one of project.related) {
      const item = element("li");
      item.dataset.ids = one.id;
      item.append(root.EditionListing.link(other(one.id)));
      item.append(element("span", "pm-aside", say("detail-related-place", { place: one[language()] })));
      list.append(item);
    }
    made.append(list);
    return made;
  }

  root.EditionPanel = { panel, outward };
})(window);
