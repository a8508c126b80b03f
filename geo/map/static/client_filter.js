/* Decodes the filter that the server sends as bit sets (geo/map/client_data.py), and applies a choice of the
   reader before the server has answered. */
(function (root) {
  "use strict";

  /* Bit operations take 32 bits, and a project carries more: it is held in two halves. */
  const halves = (bits) => [Math.floor(bits / 2 ** 32), bits >>> 0];

  const share = (one, other) => ((one[0] & other[0]) | (one[1] & other[1])) !== 0;

  /* `held` is [high, low] of each project, in the order of the file; returns (index) => boolean. */
  function reader(told, held) {
    if (told === "all") return () => true;
    const any = (told.any || []).map(halves);
    const none = halves(told.none || 0);
    const found = told.found ? among(told.found) : () => true;
    return (index) =>
      any.every((wanted) => share(held[index], wanted)) && !share(held[index], none) && found(index);
  }

  function among({ bits, gaps }) {
    const bytes = Uint8Array.from(atob(bits || gaps), (one) => one.charCodeAt(0));
    if (bits) return (index) => Boolean((bytes[index >> 3] >> (index & 7)) & 1);
    const found = new Set();
    let index = -1;
    let gap = 0;
    let shift = 0;
    for (const byte of bytes) {
      gap += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (byte & 0x80) continue;
      index += gap + 1;
      found.add(index);
      gap = 0;
      shift = 0;
    }
    return (one) => found.has(one);
  }

  /* ---- a choice before its answer ----

     The page says which words the facet holds now; what they mean is in ui.json. The server's answer, which may
     be late or answer the choice before, has the last word when it says the same, or when it has said nothing
     else in time. */

  const PATIENCE_MS = 4000;
  const sum = (bits) => bits.reduce((all, bit) => all + bit, 0);

  /* What the map is told, with other words chosen in one facet; null where a word is not known. */
  function choosing(told, facet, words) {
    if (!facet) return null;
    const bits = words.map((word) => facet.find((one) => one.zh === word || one.en === word)?.bit);
    if (bits.includes(undefined)) return null;
    const before = told === "all" ? {} : told;
    const all = sum(facet.map((one) => one.bit));
    const any = (before.any || []).filter((wanted) => !share(halves(wanted), halves(all)));
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

  root.ProjectClientFilter = { reader, halves, choosing, create };
})(window);
