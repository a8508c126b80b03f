/* A filter only ever removes projects: the same rules as the app's, on the codes in the file. */
(function (root) {
  "use strict";

  const { wordsOf } = root.EditionSearch;

  /* Which projects pass: a boolean for each, in their order. `facets` are the facets' names. */
  function mask(projects, facets, state) {
    const words = wordsOf(state.q);
    return projects.map(
      (project) =>
        facets.every((facet) =>
          !state[facet].length || state[facet].some((code) => project.facets[facet].includes(code)),
        ) &&
        !(state.local && project.scope === "wide") &&
        words.every((word) => project.words.includes(word)),
    );
  }

  const without = (facet) => ({ [facet]: facet === "q" ? "" : facet === "local" ? false : [] });

  /* For each code of a facet how many projects it would leave; its own choice does not count. */
  function counts(projects, facets, state, facet, codes) {
    const others = mask(projects, facets, { ...state, ...without(facet) });
    const left = projects.filter((_, at) => others[at]);
    return new Map(
      codes.map((code) => [code, left.filter((one) => one.facets[facet].includes(code)).length]),
    );
  }

  /* How many would pass without each of the things asked for, by its name. */
  function loosened(projects, facets, state) {
    const asked = [...facets, "q", "local"].filter((key) => state[key].length || state[key] === true);
    return asked.map((key) => {
      const passed = mask(projects, facets, { ...state, ...without(key) });
      return [key, passed.filter(Boolean).length];
    });
  }

  const active = (facets, state) =>
    facets.reduce((sum, facet) => sum + state[facet].length, 0) + Number(Boolean(state.q)) + Number(state.local);

  /* As the map is told: "all", or one bit for each project. */
  function bits(passed) {
    if (passed.every(Boolean)) return "all";
    const packed = new Uint8Array(Math.ceil(passed.length / 8));
    passed.forEach((one, at) => {
      if (one) packed[at >> 3] |= 1 << (at & 7);
    });
    return { found: { bits: btoa(String.fromCharCode(...packed)) } };
  }

  root.EditionFilters = { mask, counts, loosened, without, active, bits };
})(window);
