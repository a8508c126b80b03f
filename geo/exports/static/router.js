/* Router: the state of the page is the fragment of its address, with the keys of the app's query. Only
   this script reads the fragment, and only this script writes it. Values that are not known are left out
   and reported. Links within the file change a part of the state and keep the rest. */
(function (root) {
  "use strict";

  const VIEWS = ["list", "document"];
  const POSITION = /^(\d{1,7})-(\d{1,7})$/;

  let known = null;
  let shown = null;
  const followers = [];

  const query = () => new URLSearchParams(location.hash.slice(1));

  /* `facets` maps each facet to its codes, `ids` are the projects of the file, and `places` the places
     that `among` can name. `most` holds the limits: how many ids `among` may name, the length of a
     search, and the number and length of the unknown values that are reported. `hidden` is a pattern
     for invisible characters. */
  function start({ facets, ids, sorts, places, most, hidden }) {
    known = {
      facets, ids: new Set(ids), sorts: sorts.flatMap((one) => [one, `-${one}`]), places, most,
      hidden: new RegExp(hidden, "gu"),
    };
    addEventListener("popstate", () => {
      root.ProjectPage.leave();
      notify();
    });
    addEventListener("hashchange", notify);
    notify();
  }

  function read() {
    const asked = query();
    const unknown = [];
    const several = (key, codes) =>
      [...new Set(asked.getAll(key))].filter((value) => {
        const there = codes.includes(value);
        if (!there) unknown.push(reported(key, value));
        return there;
      });
    const one = (key, codes) => several(key, codes).pop() || null;
    const state = {};
    for (const [facet, codes] of Object.entries(known.facets)) state[facet] = chosen(facet, several(facet, codes));
    return Object.assign(state, {
      q: search(asked.getAll("q").join(" ")),
      local: one("scope", ["all", "local"]) === "local",
      project: one("project", [...known.ids]),
      among: limited(several("among", [...known.places, ...known.ids])),
      view: one("view", VIEWS),
      at: position(asked.getAll("at").pop(), unknown),
      left: one("left", ["1"]) === "1",
      sort: one("sort", known.sorts) || known.sorts[0],
      language: one("lang", ["zh", "en"]),
      today: one("show", ["plan", "today"]) === "today",
      unknown: unknown.slice(0, known.most.unknown),
    });
  }

  /* To choose every code of a facet is to choose none. */
  const chosen = (facet, codes) => (codes.length < known.facets[facet].length ? codes : []);

  /* Counts code points, as the app does: a string in JavaScript counts some characters twice. */
  const cut = (text, most) => [...text].slice(0, most).join("");

  const search = (text) => cut(text.replace(known.hidden, " ").trim(), known.most.search).trim();

  /* An unknown value in a form that can be shown: short, and without invisible characters. */
  const reported = (key, value) => `${key}=${cut(value, known.most.value).replace(known.hidden, escaped)}`;

  /* The escape that Python writes for a character: \t, \x07, \u202e. */
  function escaped(character) {
    const named = { "\t": "\\t", "\n": "\\n", "\r": "\\r" }[character];
    if (named) return named;
    const number = character.codePointAt(0);
    const [letter, digits] = number < 0x100 ? ["x", 2] : number < 0x10000 ? ["u", 4] : ["U", 8];
    return `\\${letter}${number.toString(16).padStart(digits, "0")}`;
  }

  /* All places, and as many ids as a link may name. */
  function limited(among) {
    const places = among.filter((one) => known.places.includes(one));
    return [...places, ...among.filter((one) => !known.places.includes(one)).slice(0, known.most.ids)];
  }

  function position(value, unknown) {
    if (value === undefined) return null;
    const [from, to] = (POSITION.exec(value) || []).slice(1).map(Number);
    if (from < to) return `${from}-${to}`;
    unknown.push(reported("at", value));
    return null;
  }

  /* The fragment of a state, without values that are at their default. */
  function address(state) {
    const made = new URLSearchParams();
    for (const facet of Object.keys(known.facets)) {
      for (const code of chosen(facet, state[facet])) made.append(facet, code);
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
    return String(made);
  }

  /* Changes a part of the state. A position in the text does not outlive a change of the project. */
  function change(parts) {
    const before = read();
    const after = { ...before, ...("project" in parts ? { at: null } : {}), ...parts };
    const next = address(after);
    if (next === String(query())) return;
    // While a search is typed, its letters share one entry of the history: "back" leaves the search.
    const same = address({ ...before, q: "" }) === address({ ...after, q: "" });
    const typing = same && before.q && after.q;
    history[typing ? "replaceState" : "pushState"](null, "", `#${next}`);
    notify();
  }

  /* For "back" a browser fires two events, "popstate" and "hashchange". */
  function notify() {
    if (location.hash === shown) return;
    shown = location.hash;
    const state = read();
    followers.forEach((follow) => follow(state));
  }

  /* The changes of state that a link such as "#view=document&at=3-9" makes. An empty value is none. */
  function changes(fragment) {
    const made = {};
    const asked = new URLSearchParams(fragment.slice(1));
    for (const [key, value] of asked) {
      if (Array.isArray(read()[key])) made[key] = asked.getAll(key).filter(Boolean);
      else made[key] = key === "left" ? value === "1" : value || null;
    }
    return made;
  }

  function onClick(event) {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (!plain || !event.target.closest) return;
    const link = event.target.closest("a[href^='#']") || rowLink(event.target);
    // Leaflet's buttons have the link "#". Words that several projects share open a menu instead, in
    // the script of the document.
    if (!link || link.getAttribute("href") === "#" || (link.dataset.ids || "").includes(" ")) return;
    event.preventDefault();
    const fragment = link.getAttribute("href");
    if (fragment.includes("=")) {
      root.ProjectPage.leave();
      change(changes(fragment));
    } else document.querySelector(fragment).focus();
  }

  /* A click anywhere in a row of the list follows the link in it. */
  function rowLink(node) {
    const row = !node.closest("a, button") && String(getSelection()) === "" && node.closest("tr[data-ids]");
    return row ? row.querySelector("a[href^='#']") : null;
  }

  // On the window, which comes after the document: the document's script has to see the click first.
  addEventListener("click", onClick);

  root.EditionRouter = { start, read, chosen, address, change, followers };

  /* What the scripts that the app shares with this file ask of the page. */
  root.ProjectPage = {
    followers: [],
    query,
    link: (asked) => `${location.href.split("#")[0]}#${asked}`,
    choose: (id) => change({ project: id }),
  };
})(window);
