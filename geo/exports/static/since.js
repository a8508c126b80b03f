/* What happened to a project since, under its clause: each event with its page. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, language } = root.EditionWords;

  function since(project) {
    const made = element("section", "pm-since");
    const told = { date: project.since_as_of };
    const events = project.events[language()];
    const state = element(
      "p", "pm-state", events.length ? label("since", project.since) : say("detail-nothing", told),
    );
    state.dataset.since = project.since;
    made.append(element("h3", "", say("detail-since", told)), state);
    if (!events.length) return made;
    const list = element("ol", "pm-events");
    for (const event of events) list.append(entry(event));
    made.append(list);
    return made;
  }

  function entry(event) {
    const item = element("li");
    item.append(element("time", "", event.date), " ", element("b", "", event.type));
    if (event.scope) item.append(" ", element("em", "pm-scope", event.scope));
    const aside = element("p", "pm-aside");
    if (event.note) aside.append(element("em", "", event.note), element("br"));
    const told = [event.told, ...event.asides].join(say("map-separator"));
    aside.append(root.EditionPanel.outward(event), ` ${told}`);
    item.append(element("p", "", event.statement), aside);
    return item;
  }

  root.EditionSince = { since };
})(window);
