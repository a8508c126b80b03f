/* The side of the page: search, the four facets with live counts, the switch, and reset. Each
   shows what the fragment says, and its change rewrites the fragment. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const { say, label } = root.EditionWords;
  const state = root.EditionState;
  const filters = root.EditionFilters;

  /* Where filters fold away: on a screen that is no wider than the style sheet's middling one. */
  const SMALL = matchMedia("(max-width: 1100px)");

  let data = null;
  let facets = [];
  let rows = [];
  const node = (id) => document.getElementById(id);

  function begin(content) {
    data = content;
    facets = Object.keys(content.facets);
    node("q").maxLength = content.longest_search;
    // What is found takes the place of a list that was open.
    node("q").addEventListener("input", () => {
      const q = node("q").value.trim();
      state.change(q ? { q, among: [] } : { q });
    });
    node("local").addEventListener("change", () => state.change({ local: node("local").checked }));
    node("reset").addEventListener("click", () => state.change(nothing()));
    const fold = () => {
      node("filters").open = !SMALL.matches;
    };
    SMALL.addEventListener("change", fold);
    fold();
    const close = () => {
      node("filters").open = false;
      node("filters").querySelector("summary").focus();
    };
    node("show").addEventListener("click", close);
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && SMALL.matches && node("filters").open) close();
    });
    // Beside the sheet a press closes it, and is nothing else.
    document.addEventListener("click", (event) => {
      if (!SMALL.matches || !node("filters").open || node("filters").contains(event.target)) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    }, true);
  }

  /* The state without any filter, and without a list. */
  const nothing = () =>
    Object.assign({ among: [] }, ...[...facets, "q", "local"].map((key) => filters.without(key)));

  function build(ui) {
    rows = [];
    const groups = facets.map((facet) => {
      const group = element("fieldset", "ed-facet");
      group.append(element("legend", "", say(`facet-${facet}`)));
      for (const code of data.facets[facet]) group.append(row(ui, facet, code));
      return group;
    });
    node("facets").replaceChildren(...groups);
  }

  function row(ui, facet, code) {
    const made = element("label", "ed-option");
    const box = element("input");
    box.type = "checkbox";
    box.name = facet;
    box.value = code;
    box.addEventListener("change", () => {
      const others = state.read()[facet].filter((one) => one !== code);
      const now = box.checked ? [...others, code] : others;
      state.change({ [facet]: data.facets[facet].filter((one) => now.includes(one)) });
    });
    const count = element("b");
    made.append(box);
    if (facet === "sector") {
      const glyph = element("span", `pm-glyph pm-${ui.sectors[code].family}`, ui.sectors[code].icon);
      glyph.setAttribute("aria-hidden", "true");
      made.append(glyph);
    }
    made.append(element("span", "", label(facet, code)), count);
    rows.push({ made, box, count, facet, code });
    return made;
  }

  function update(projects, now) {
    const counted = new Map(
      facets.map((facet) => [facet, filters.counts(projects, facets, now, facet, data.facets[facet])]),
    );
    for (const { made, box, count, facet, code } of rows) {
      const left = counted.get(facet).get(code);
      box.checked = now[facet].includes(code);
      count.textContent = left;
      made.classList.toggle("ed-none", left === 0);
    }
    // Who types has the newest words: told its own, a field would lose a space just typed.
    if (node("q").value.trim() !== now.q) node("q").value = now.q;
    node("local").checked = now.local;
    const wide = filters.mask(projects, facets, { ...now, local: false });
    const count = projects.filter((one, at) => wide[at] && one.scope === "wide").length;
    node("local-label").textContent = say("facet-local", { count });
    const shown = filters.mask(projects, facets, now).filter(Boolean).length;
    node("show").textContent = say("filters-show", { count: shown });
    const active = filters.active(facets, now);
    node("reset").disabled = !active;
    node("reset").textContent = active ? say("reset-active", { count: active }) : say("reset");
    node("unfold").textContent = active ? say("filters-active", { count: active }) : say("edition-filters");
  }

  root.EditionControls = { begin, build, update };
})(window);
