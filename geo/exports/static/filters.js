/* Filters: which projects pass, the controls beside the map, and the active filters above it. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label, listed } = root.EditionI18n;
  const { wordsOf, searched, hasSingleLetter, matches } = root.EditionSearch;
  const router = root.EditionRouter;
  const node = (id) => document.getElementById(id);

  /* On narrow screens the filters fold away. The style sheet has the same width. */
  const NARROW = matchMedia("(max-width: 1100px)");

  let data = null;
  let facets = [];
  let options = [];

  /* Returns for each project whether it passes: one of the codes chosen in each facet, and all words
     of the search. */
  function mask(projects, state) {
    const words = wordsOf(state.q);
    return projects.map(
      (project) =>
        facets.every((facet) =>
          !state[facet].length || state[facet].some((code) => project.facets[facet].includes(code)),
        ) &&
        !(state.local && project.scope === "wide") &&
        matches(project, words, data.counties),
    );
  }

  const passing = (projects, state) => mask(projects, state).filter(Boolean).length;

  /* The part of a state that clears one filter: a facet, "q" or "local". */
  const cleared = (key) => ({ [key]: key === "q" ? "" : key === "local" ? false : [] });

  /* For each code of a facet, how many projects it would leave; the choice in this facet is ignored. */
  function counts(projects, state, facet) {
    const others = mask(projects, { ...state, ...cleared(facet) });
    const left = projects.filter((_, at) => others[at]);
    return new Map(
      data.facets[facet].map((code) => [
        code, left.filter((one) => one.facets[facet].includes(code)).length,
      ]),
    );
  }

  /* For each active filter, how many projects would pass without it: [[key, count]]. */
  function loosened(projects, state) {
    const asked = facets.filter((facet) => state[facet].length);
    if (searched(state.q)) asked.push("q");
    if (state.local) asked.push("local");
    return asked.map((key) => [key, passing(projects, { ...state, ...cleared(key) })]);
  }

  const active = (state) =>
    facets.reduce((sum, facet) => sum + state[facet].length, 0) + Number(Boolean(searched(state.q))) + Number(state.local);

  /* A mask in the form that the map reads: "all", or one bit for each project. */
  function bits(passed) {
    if (passed.every(Boolean)) return "all";
    const packed = new Uint8Array(Math.ceil(passed.length / 8));
    passed.forEach((one, at) => {
      if (one) packed[at >> 3] |= 1 << (at & 7);
    });
    return { found: { bits: btoa(String.fromCharCode(...packed)) } };
  }

  function start(content) {
    data = content;
    facets = Object.keys(content.facets);
    node("q").maxLength = content.most.search;
    // The results of a search take the place of an open list.
    node("q").addEventListener("input", () => {
      const q = node("q").value.trim();
      router.change(searched(q) ? { q, among: [] } : { q });
    });
    node("local").addEventListener("change", () => router.change({ local: node("local").checked }));
    node("reset").addEventListener("click", () => router.change(nothing()));
    foldOnNarrowScreens();
  }

  /* The part of a state that clears every filter, and closes a list. */
  const nothing = () => Object.assign({ among: [] }, ...[...facets, "q", "local"].map(cleared));

  function foldOnNarrowScreens() {
    const fold = () => {
      node("filters").open = !NARROW.matches;
    };
    NARROW.addEventListener("change", fold);
    fold();
    const close = () => {
      node("filters").open = false;
      node("filters").querySelector("summary").focus();
    };
    node("show").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && NARROW.matches && node("filters").open) close();
    });
    document.addEventListener("page-left", fold);
    // A click outside the open filters closes them, and does nothing else.
    document.addEventListener("click", (event) => {
      if (!NARROW.matches || !node("filters").open || node("filters").contains(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    }, true);
  }

  /* Draws the facets anew, in another language. */
  function build(ui) {
    options = [];
    // A single county is no choice; a link may still have it.
    const offered = facets.filter((facet) => facet !== "county" || data.places.length > 2);
    const groups = offered.map((facet) => {
      const group = element("fieldset", "ed-facet");
      group.append(element("legend", "", say(`facet-${facet}`)));
      for (const code of data.facets[facet]) group.append(option(ui, facet, code));
      return group;
    });
    node("facets").replaceChildren(...groups);
  }

  function option(ui, facet, code) {
    const made = element("label", "ed-option");
    const box = element("input");
    box.type = "checkbox";
    box.name = facet;
    box.value = code;
    box.addEventListener("change", () => {
      const others = router.read()[facet].filter((one) => one !== code);
      const chosen = box.checked ? [...others, code] : others;
      router.change({ [facet]: data.facets[facet].filter((one) => chosen.includes(one)) });
    });
    const count = element("b");
    made.append(box);
    if (facet === "sector") {
      const glyph = element("span", `pm-glyph pm-${ui.sectors[code].family}`, ui.sectors[code].icon);
      glyph.setAttribute("aria-hidden", "true");
      made.append(glyph);
    }
    made.append(element("span", "", label(facet, code)), count);
    options.push({ made, box, count, facet, code });
    return made;
  }

  /* Shows a state in the controls, with new counts. */
  function update(projects, now) {
    const counted = new Map(facets.map((facet) => [facet, counts(projects, now, facet)]));
    for (const { made, box, count, facet, code } of options) {
      const left = counted.get(facet).get(code);
      box.checked = now[facet].includes(code);
      count.textContent = left;
      made.classList.toggle("ed-none", left === 0);
    }
    // While somebody types, the field may end in a space that the state has not.
    if (node("q").value.trim() !== now.q) node("q").value = now.q;
    node("q-label").textContent = hasSingleLetter(now.q) ? say("facet-q-letter") : say("facet-q");
    node("local").checked = now.local;
    const wide = mask(projects, { ...now, local: false });
    const count = projects.filter((one, at) => wide[at] && one.scope === "wide").length;
    const switchText = count ? say("facet-local", { count }) : now.local ? say("scope-local") : "";
    node("local-label").textContent = switchText;
    node("local").closest("label").hidden = !switchText;
    node("show").textContent = say("filters-show", { count: passing(projects, now) });
    const number = active(now);
    node("reset").disabled = !number;
    node("reset").textContent = number ? say("reset-active", { count: number }) : say("reset");
    node("unfold").textContent = number ? say("filters-active", { count: number }) : say("edition-filters");
  }

  /* Shows the head of the page: how many projects pass, the active filters, and notes. */
  function head(projects, shown, now) {
    const line = element("p", "pm-count", say("project-count", { shown: shown.length }));
    const unmapped = shown.filter((one) => !one.mapped).length;
    if (unmapped) line.append(element("span", "", say("project-count-unmapped", { unmapped })));
    node("count").replaceChildren(line);
    const made = chips(now);
    node("active").replaceChildren(...made);
    node("active").hidden = !made.length;
    node("notes").replaceChildren(
      ...notes(projects, shown, now).map((text) => element("p", "pm-notice", text)),
    );
  }

  function chips(now) {
    const made = facets.flatMap((facet) =>
      now[facet].map((code) =>
        chip(say(`facet-${facet}`), label(facet, code), {
          [facet]: now[facet].filter((one) => one !== code),
        }),
      ),
    );
    const search = searched(now.q);
    if (search) made.push(chip(say("facet-q"), search, cleared("q")));
    if (now.local) made.push(chip(say("scope"), say("scope-local"), cleared("local")));
    return made;
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
    button.addEventListener("click", () => router.change(changes));
    item.append(button);
    return item;
  }

  /* The unknown values of the link, and, where no project passes, which filter to remove. */
  function notes(projects, shown, now) {
    const said = [];
    if (now.unknown.length) said.push(say("unknown-values", { values: listed(now.unknown) }));
    if (!shown.length) {
      const ways = loosened(projects, now)
        .filter(([, count]) => count)
        .map(([key, count]) =>
          say("loosen", { facet: key === "local" ? say("scope-local") : say(`facet-${key}`), count }),
        );
      said.push([say("nothing-shown"), ...ways].join(say("sentence-separator")));
    }
    return said;
  }

  root.EditionFilters = { start, build, update, head, mask, bits };
})(window);
