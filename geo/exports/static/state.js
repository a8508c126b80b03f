/* The state of the file is its fragment, with the keys of the app's query. Only this reads it and
   only this writes it; codes that are not known are left out and reported. */
(function (root) {
  "use strict";

  const VIEWS = ["list", "document"];
  const POSITION = /^(\d{1,7})-(\d{1,7})$/;
  const LONGEST_VALUE = 40;

  let known = null;
  let told = null;
  const followers = [];

  const query = () => new URLSearchParams(location.hash.slice(1));

  /* `facets` maps each facet to its codes; `ids` are the projects of the file, `places` what can be
     gathered besides, and `most` how many ids at once. */
  function begin({ facets, ids, sorts, longest, places, most }) {
    known = {
      facets, ids: new Set(ids), sorts: sorts.flatMap((one) => [one, `-${one}`]), longest, places, most,
    };
    addEventListener("popstate", tell);
    addEventListener("hashchange", tell);
    tell();
  }

  function read() {
    const asked = query();
    const unknown = [];
    const several = (key, codes) =>
      [...new Set(asked.getAll(key))].filter((value) => {
        const there = codes.includes(value);
        if (!there) unknown.push(`${key}=${value.slice(0, LONGEST_VALUE)}`);
        return there;
      });
    const one = (key, codes) => several(key, codes).pop() || null;
    const state = {};
    for (const [facet, codes] of Object.entries(known.facets)) state[facet] = several(facet, codes);
    return Object.assign(state, {
      q: asked.getAll("q").join(" ").trim().slice(0, known.longest),
      local: one("scope", ["all", "local"]) === "local",
      project: one("project", [...known.ids]),
      among: fewer(several("among", [...known.places, ...known.ids])),
      view: one("view", VIEWS),
      at: position(asked.getAll("at").pop(), unknown),
      left: one("left", ["1"]) === "1",
      sort: one("sort", known.sorts) || known.sorts[0],
      language: one("lang", ["zh", "en"]),
      today: one("show", ["plan", "today"]) === "today",
      unknown,
    });
  }

  /* The places, and no more ids than a link may hold. */
  function fewer(among) {
    const places = among.filter((one) => known.places.includes(one));
    return [...places, ...among.filter((one) => !known.places.includes(one)).slice(0, known.most)];
  }

  function position(value, unknown) {
    if (!value) return null;
    const match = POSITION.exec(value);
    if (match && Number(match[1]) < Number(match[2])) return value;
    unknown.push(`at=${value.slice(0, LONGEST_VALUE)}`);
    return null;
  }

  /* What is at its default is not written. */
  function write(state) {
    const made = new URLSearchParams();
    for (const facet of Object.keys(known.facets)) {
      for (const code of state[facet]) made.append(facet, code);
    }
    const inText = state.view === "document";
    const rest = {
      q: state.q,
      scope: state.local && "local",
      project: state.project,
      view: state.view,
      at: inText && state.at,
      left: inText && state.left && "1",
      sort: state.view === "list" && state.sort !== known.sorts[0] && state.sort,
      lang: state.language,
      show: state.today && "today",
    };
    for (const [key, value] of Object.entries(rest)) if (value) made.set(key, value);
    for (const one of state.among) made.append("among", one);
    return made;
  }

  /* The rest stays as the fragment says now; a spot of the text gives way to a project's own. */
  function change(parts) {
    const before = read();
    const after = { ...before, ...("project" in parts ? { at: null } : {}), ...parts };
    const next = String(write(after));
    if (next === String(query())) return;
    // Each letter of a search changes the address; "back" is to leave the search, not a letter.
    const same = String(write({ ...before, q: "" })) === String(write({ ...after, q: "" }));
    const typing = same && before.q && after.q;
    history[typing ? "replaceState" : "pushState"](null, "", `#${next}`);
    tell();
  }

  /* "Back" is told twice by the browser, as a step in its history and as a new fragment. */
  function tell() {
    if (location.hash === told) return;
    told = location.hash;
    const state = read();
    followers.forEach((follow) => follow(state));
  }

  root.EditionState = { begin, read, change, query, followers };
})(window);
