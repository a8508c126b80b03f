/* The state of the file is its fragment, with the keys of the app's query. Only this reads it and
   only this writes it; codes that are not known are left out and reported. */
(function (root) {
  "use strict";

  const VIEWS = ["list", "document"];
  const POSITION = /^(\d{1,7})-(\d{1,7})$/;

  let known = null;
  let shown = null;
  const followers = [];

  const query = () => new URLSearchParams(location.hash.slice(1));

  /* `facets` maps each facet to its codes; `ids` are the projects of the file, `places` what can be
     gathered besides. `most` says how many ids can be gathered at once, how many letters of a search
     count, and how many unknown values are told, with how many `letters` of each. `hidden` is a
     pattern of the characters that nobody sees. */
  function begin({ facets, ids, sorts, places, most, hidden }) {
    known = {
      facets, ids: new Set(ids), sorts: sorts.flatMap((one) => [one, `-${one}`]), places, most,
      hidden: new RegExp(hidden, "gu"),
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
        if (!there) unknown.push(told(key, value));
        return there;
      });
    const one = (key, codes) => several(key, codes).pop() || null;
    const state = {};
    for (const [facet, codes] of Object.entries(known.facets)) state[facet] = several(facet, codes);
    return Object.assign(state, {
      q: search(asked.getAll("q").join(" ")),
      local: one("scope", ["all", "local"]) === "local",
      project: one("project", [...known.ids]),
      among: fewer(several("among", [...known.places, ...known.ids])),
      view: one("view", VIEWS),
      at: position(asked.getAll("at").pop(), unknown),
      left: one("left", ["1"]) === "1",
      sort: one("sort", known.sorts) || known.sorts[0],
      language: one("lang", ["zh", "en"]),
      today: one("show", ["plan", "today"]) === "today",
      unknown: unknown.slice(0, known.most.told),
    });
  }

  /* Letters are counted whole, and not by the halves that a string is made of. */
  const cut = (text, most) => [...text].slice(0, most).join("");

  const search = (text) => cut(text.replace(known.hidden, " ").trim(), known.most.search).trim();

  /* A value that is not known as it can be shown: short, and with nothing hidden in it. */
  const told = (key, value) => `${key}=${cut(value, known.most.letters).replace(known.hidden, escaped)}`;

  /* As the app writes it: a tab as \\t, U+0007 as \\x07, U+202E as \\u202e. */
  function escaped(character) {
    const named = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
    if (named) return named;
    const number = character.codePointAt(0);
    const [letter, digits] = number < 0x100 ? ["x", 2] : number < 0x10000 ? ["u", 4] : ["U", 8];
    return `\\${letter}${number.toString(16).padStart(digits, "0")}`;
  }

  /* The places, and no more ids than a link may hold. */
  function fewer(among) {
    const places = among.filter((one) => known.places.includes(one));
    return [...places, ...among.filter((one) => !known.places.includes(one)).slice(0, known.most.ids)];
  }

  function position(value, unknown) {
    if (value === undefined) return null;
    const [start, end] = (POSITION.exec(value) || []).slice(1).map(Number);
    if (start < end) return `${start}-${end}`;
    unknown.push(told("at", value));
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
    if (location.hash === shown) return;
    shown = location.hash;
    const state = read();
    followers.forEach((follow) => follow(state));
  }

  /* The fragment of a state. */
  const address = (state) => String(write(state));

  root.EditionState = { begin, read, address, change, query, followers };
})(window);
