/* Decodes the filter that the server sends as bit sets (geo/map/client_data.py), and applies a choice of the
   reader before the server has answered. */
(function (root) {
  "use strict";

  /* Bit operations take 32 bits, and a project carries more: it is held in two halves. */
  const splitBits = (bits) => [Math.floor(bits / 2 ** 32), bits >>> 0];

  const intersects = (one, other) => ((one[0] & other[0]) | (one[1] & other[1])) !== 0;

  /* `held` is [high, low] of each project, in the order of the file; returns (index) => boolean. */
  function decodeFilter(filter, projectBits) {
    if (filter === "all") return () => true;
    const any = (filter.any || []).map(splitBits);
    const none = splitBits(filter.none || 0);
    const found = filter.found ? decodeFound(filter.found) : () => true;
    return (index) =>
      any.every((wanted) => intersects(projectBits[index], wanted)) && !intersects(projectBits[index], none) && found(index);
  }

  function decodeFound({ bits, gaps }) {
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

  const ANSWER_TIMEOUT_MS = 4000;
  const union = (bits) => bits.reduce((all, bit) => all + bit, 0);

  /* What the map is told, with other words chosen in one facet; null where a word is not known. */
  function withChoice(filter, facet, labels) {
    if (!facet) return null;
    const bits = labels.map((label) => facet.find((one) => one.zh === label || one.en === label)?.bit);
    if (bits.includes(undefined)) return null;
    const previous = filter === "all" ? {} : filter;
    const all = union(facet.map((one) => one.bit));
    const any = (previous.any || []).filter((wanted) => !intersects(splitBits(wanted), splitBits(all)));
    return { ...previous, any: bits.length ? [...any, union(bits)] : any };
  }

  /* `held` is what each project carries, `give(told)` lets the map show it. */
  function createOptimisticFilter(facets, projectBits, apply) {
    let serverFilter = "all";
    let pending = null;
    let timer = 0;

    const isSameResult = (one, other) => {
      const [passes, passed] = [decodeFilter(one, projectBits), decodeFilter(other, projectBits)];
      return projectBits.every((_, index) => passes(index) === passed(index));
    };

    function endPending() {
      clearTimeout(timer);
      pending = null;
    }

    /* The facet of this name holds these words now. */
    function choose(name, labels) {
      const next = withChoice(pending || serverFilter, facets[name], labels);
      if (!next || isSameResult(next, pending || serverFilter)) return;
      endPending();
      pending = next;
      timer = setTimeout(() => {
        endPending();
        apply(serverFilter);
      }, ANSWER_TIMEOUT_MS);
      apply(next);
    }

    /* Returns what to show now that the server has said this. */
    function receive(next) {
      serverFilter = next;
      if (pending && isSameResult(pending, serverFilter)) endPending();
      return pending || serverFilter;
    }

    return { choose, receive };
  }

  root.ProjectClientFilter = { decodeFilter, splitBits, withChoice, createOptimisticFilter };
})(window);
