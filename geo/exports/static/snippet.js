/* Where a search was found: the words around it, with those that match marked. */
(function (root) {
  "use strict";

  const { fold, wordsOf } = root.EditionSearch;
  const { element } = root.ProjectDom;

  /* All that a search looks in, as a reader would see it: [part, text]. */
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

  /* The part that holds most words of a query: { part, text, runs: [[piece, whether it matched]] }. */
  function snippet(project, query, counties) {
    const words = wordsOf(query);
    let best = { part: "name", text: project.name_zh, marks: [] };
    for (const [part, text] of parts(project, counties)) {
      const spellings = [[...text]];
      if (text === project.name_zh) spellings.push(...project.spelled);
      const marks = merged(words.map((word) => first(spellings, word)).filter(Boolean));
      if (marks.length > best.marks.length) best = { part, text, marks };
    }
    return { part: best.part, text: best.text, runs: runs(best) };
  }

  /* [start, end) of the characters that spell a word, in the first spelling that does. */
  function first(spellings, word) {
    for (const spelled of spellings) {
      // Folding can lengthen, shorten or drop a character: each unit keeps the number of its own.
      const owners = [];
      let all = "";
      spelled.forEach((one, at) => {
        const folded = fold(one);
        all += folded;
        for (let unit = 0; unit < folded.length; unit += 1) owners.push(at);
      });
      const start = all.indexOf(word);
      if (start >= 0) return [owners[start], owners[start + word.length - 1] + 1];
    }
    return null;
  }

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

  /* Runs as nodes: what matched is marked. */
  const marked = (some) =>
    some.filter(([text]) => text).map(([text, hit]) => (hit ? element("mark", "", text) : text));

  root.EditionSnippet = { snippet, marked };
})(window);
