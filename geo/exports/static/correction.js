/* "Report an error" in the panel: which fields a report can be about, and the text that it sends. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, name, counties } = root.EditionWords;

  function fields(project) {
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

  function correction(project, mail) {
    const [first] = project.quotes;
    const [start, end] = first.at.split("-");
    const made = element("details", "pm-report");
    const { id } = project;
    made.dataset.subject = say("report-subject", { id });
    made.dataset.report = say("report-text", {
      id, name: name(project), clause: first.clause, start, end, exact: first.exact,
    });
    const list = element("ul");
    for (const [field, title, value] of fields(project)) {
      const item = element("li");
      const button = element("button", "pm-copy", say("report-copy"));
      button.type = "button";
      Object.assign(button.dataset, { field, value, done: say("copied") });
      item.append(element("span", "", title), button);
      if (mail) {
        const link = element("a", "", say("report-mail"));
        link.href = mail;
        Object.assign(link.dataset, { field, value });
        item.append(link);
      }
      list.append(item);
    }
    made.append(element("summary", "", say("report")), element("p", "", say("report-help")), list);
    return made;
  }

  root.EditionCorrection = { correction };
})(window);
