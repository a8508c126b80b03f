/* The head of the page: how many are shown, what is active, and what a reader should know. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, listed } = root.EditionWords;
  const state = root.EditionState;
  const filters = root.EditionFilters;
  const node = (id) => document.getElementById(id);

  function count(shown, unmapped) {
    const line = element("p", "pm-count", say("project-count", { shown }));
    if (unmapped) line.append(element("span", "", say("project-count-unmapped", { unmapped })));
    node("count").replaceChildren(line);
  }

  function chips(facets, now) {
    const made = facets.flatMap((facet) =>
      now[facet].map((code) =>
        chip(say(`facet-${facet}`), label(facet, code), {
          [facet]: now[facet].filter((one) => one !== code),
        }),
      ),
    );
    if (now.q) made.push(chip(say("facet-q"), now.q, filters.without("q")));
    if (now.local) made.push(chip(say("scope"), say("scope-local"), filters.without("local")));
    node("active").replaceChildren(...made);
    node("active").hidden = !made.length;
  }

  function chip(facet, value, changes) {
    const item = element("li");
    const button = element("button", "pm-chip", value);
    button.type = "button";
    button.title = say("filter-remove", { facet, value });
    button.setAttribute("aria-label", button.title);
    const cross = element("span", "", "×");
    cross.setAttribute("aria-hidden", "true");
    button.append(cross);
    button.addEventListener("click", () => state.change(changes));
    item.append(button);
    return item;
  }

  /* A strange link, or a filter that leaves nothing: what was ignored, and what to give up. */
  function notes(projects, facets, now, shown) {
    const said = [];
    if (now.unknown.length) said.push(say("unknown-values", { values: listed(now.unknown) }));
    if (!shown) {
      const ways = filters.loosened(projects, facets, now)
        .filter(([, left]) => left)
        .map(([key, left]) =>
          say("loosen", { facet: key === "local" ? say("scope-local") : say(`facet-${key}`), count: left }),
        );
      said.push([say("nothing-shown"), ...ways].join(" "));
    }
    node("notes").replaceChildren(...said.map((text) => element("p", "pm-notice", text)));
  }

  root.EditionChips = { count, chips, notes };
})(window);
