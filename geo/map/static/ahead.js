/* A choice in a facet shows on the map before the server has answered. The page says which words the
   facet holds now; what they mean is in ui.json. The server's answer, which may be late or answer the
   choice before, has the last word when it says the same, or when it has said nothing else in time. */
(function (root) {
  "use strict";

  const PATIENCE_MS = 4000;
  const { halves, reader } = root.ProjectTold;

  const share = (one, other) => {
    const [[high, low], [higher, lower]] = [halves(one), halves(other)];
    return ((high & higher) | (low & lower)) !== 0;
  };
  const sum = (bits) => bits.reduce((all, bit) => all + bit, 0);

  /* What the map is told, with other words chosen in one facet; null where a word is not known. */
  function choosing(told, facet, words) {
    if (!facet) return null;
    const bits = words.map((word) => facet.find((one) => one.zh === word || one.en === word)?.bit);
    if (bits.includes(undefined)) return null;
    const before = told === "all" ? {} : told;
    const all = sum(facet.map((one) => one.bit));
    const any = (before.any || []).filter((wanted) => !share(wanted, all));
    return { ...before, any: bits.length ? [...any, sum(bits)] : any };
  }

  /* `held` is what each project carries, `give(told)` lets the map show it. */
  function create(facets, held, give) {
    let told = "all";
    let pending = null;
    let patience = 0;

    const same = (one, other) => {
      const [passes, passed] = [reader(one, held), reader(other, held)];
      return held.every((_, index) => passes(index) === passed(index));
    };

    function end() {
      clearTimeout(patience);
      pending = null;
    }

    /* The facet of this name holds these words now. */
    function choose(name, words) {
      const next = choosing(pending || told, facets[name], words);
      if (!next || same(next, pending || told)) return;
      end();
      pending = next;
      patience = setTimeout(() => {
        end();
        give(told);
      }, PATIENCE_MS);
      give(next);
    }

    /* Returns what to show now that the server has said this. */
    function hear(next) {
      told = next;
      if (pending && same(pending, told)) end();
      return pending || told;
    }

    return { choose, hear };
  }

  root.ProjectAhead = { create, choosing };
})(window);
