/* Search: a query matches whatever the width, case, script and spacing of its words. The rules are
   those of geo/layer/search.py: NFKC, case folding, and simplified characters. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;

  /* Python takes a few more characters for space than a regular expression does. */
  const SPACE = /[\s\x1c-\x1f\x85]+/g;

  /* Lower, upper and lower case in turn give the case folding of Python, also for ß and ẞ. Letters are
     folded one at a time, because lower case makes a special letter of a final sigma. The dotless i
     has no other case in Python. */
  const folded = (letter) =>
    letter === "ı" ? letter : letter.toLowerCase().toUpperCase().toLowerCase();

  /* From a traditional character to the simplified one. The table has only the characters whose
     simplified form occurs in the texts that are searched: no other can match anything. */
  let simplified = new Map();

  function start({ traditional, simple }) {
    const forms = [...simple];
    simplified = new Map([...traditional].map((one, at) => [one, forms[at]]));
  }

  const unified = (letter) => simplified.get(letter) || letter;

  const fold = (words) =>
    [...words.normalize("NFKC")].map((letter) => unified(folded(letter))).join("").replace(SPACE, "");

  /* A word of one Latin letter is left out: nearly every project has it somewhere. */
  const wordsOf = (query) =>
    query.normalize("NFKC").split(SPACE).filter(Boolean).map(fold).filter((word) => !/^[a-z]$/.test(word));

  /* A query as typed, without the words that `wordsOf` leaves out. */
  const searched = (query) => query.split(SPACE).filter((word) => wordsOf(word).length).join(" ");

  const hasSingleLetter = (query) => searched(query) !== query.split(SPACE).filter(Boolean).join(" ");

  /* The texts of a project that are searched, as a reader sees them: [part, text]. */
  function* parts(project, counties) {
    yield ["name", project.name_zh];
    yield ["name", project.name_en];
    for (const quote of project.quotes) yield ["words", quote.exact];
    for (const code of project.counties) {
      for (const text of Object.values(counties[code])) yield ["place", text];
    }
    for (const place of project.outside) yield ["place", place];
    yield ["id", project.id];
  }

  /* The search index of a project: its texts, its pinyin and its initials, with a line end between, so
     that no match extends across two of them. It is made when something is searched. */
  const indexes = new WeakMap();

  function index(project, counties) {
    if (!indexes.has(project)) {
      const texts = [...parts(project, counties)].map(([, text]) => text);
      const spelled = project.spelled.map((one) => one.join(""));
      indexes.set(project, [...texts, ...spelled].map(fold).join("\n"));
    }
    return indexes.get(project);
  }

  /* Whether a project has all of these folded words. */
  const matches = (project, words, counties) =>
    words.every((word) => index(project, counties).includes(word));

  /* The text of a project that holds most words of a query: { part, text, runs }. Its runs are
     [[piece of the text, whether it matched]]. */
  function snippet(project, query, counties) {
    const words = wordsOf(query);
    let best = { part: "name", text: project.name_zh, marks: [] };
    for (const [part, text] of parts(project, counties)) {
      const spellings = [[...text]];
      if (text === project.name_zh) spellings.push(...project.spelled);
      const marks = merged(words.map((word) => match(spellings, word)).filter(Boolean));
      if (marks.length > best.marks.length) best = { part, text, marks };
    }
    return { part: best.part, text: best.text, runs: runs(best) };
  }

  /* [start, end) of the characters that spell a word, in the first spelling that has it. */
  function match(spellings, word) {
    for (const spelling of spellings) {
      // Folding can lengthen or shorten a character, so each code unit keeps the index of its own.
      const indexes = [];
      let all = "";
      spelling.forEach((one, at) => {
        const units = fold(one);
        all += units;
        for (let unit = 0; unit < units.length; unit += 1) indexes.push(at);
      });
      const start = all.indexOf(word);
      if (start >= 0) return [indexes[start], indexes[start + word.length - 1] + 1];
    }
    return null;
  }

  /* Spans in order; spans that overlap become one. */
  function merged(spans) {
    const done = [];
    for (const [start, end] of spans.sort((one, two) => one[0] - two[0] || one[1] - two[1])) {
      const last = done[done.length - 1];
      if (last && start < last[1]) last[1] = Math.max(last[1], end);
      else done.push([start, end]);
    }
    return done;
  }

  function runs({ text, marks }) {
    const points = [...text];
    const cut = (start, end) => points.slice(start, end).join("");
    const made = [];
    let done = 0;
    for (const [start, end] of marks) {
      made.push([cut(done, start), false], [cut(start, end), true]);
      done = end;
    }
    made.push([cut(done), false]);
    return made;
  }

  /* Runs as nodes, with the words that matched in <mark> elements. */
  const highlighted = (some) =>
    some.filter(([text]) => text).map(([text, hit]) => (hit ? element("mark", "", text) : text));

  root.EditionSearch = { start, fold, wordsOf, searched, hasSingleLetter, matches, snippet, highlighted };
})(window);
