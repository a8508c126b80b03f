/* The client filter: decodes the filter that the server sends as bit sets
   (geo/map/client_data.py), and applies the reader's own choice before the server answers. */
(function (root) {
  "use strict";

  /* Bitwise operators work on 32 bits, and a project has more, so bits are kept as two halves. */
  const splitBits = (bits) => [Math.floor(bits / 2 ** 32), bits >>> 0];

  const intersects = (one, other) => ((one[0] & other[0]) | (one[1] & other[1])) !== 0;

  /* Returns a predicate on the index of a project. `projectBits` holds [high, low] of each project,
     in the order of map.json. */
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

  /* ---- optimistic filter ----

     The page reports the labels chosen in a facet, and ui.json maps them to bits. The choice holds
     until the server confirms it, or until it times out. A late answer to an earlier choice does
     not undo it. */

  const ANSWER_TIMEOUT_MS = 4000;
  const union = (bits) => bits.reduce((all, bit) => all + bit, 0);

  /* The filter with another choice in one facet, or null if a label is unknown. All is the same as none. */
  function withChoice(filter, facet, labels) {
    if (!facet) return null;
    const bits = labels.map((label) => facet.find((one) => one.zh === label || one.en === label)?.bit);
    if (bits.includes(undefined)) return null;
    const previous = filter === "all" ? {} : filter;
    const all = union(facet.map((one) => one.bit));
    const any = (previous.any || []).filter((wanted) => !intersects(splitBits(wanted), splitBits(all)));
    return { ...previous, any: bits.length && bits.length < facet.length ? [...any, union(bits)] : any };
  }

  /* `apply(filter)` shows the result of a filter on the map. */
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

    /* Called when the reader has chosen `labels` in the facet `name`. */
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

    /* Called with each filter from the server. Returns the filter to show. */
    function receive(next) {
      serverFilter = next;
      if (pending && isSameResult(pending, serverFilter)) endPending();
      return pending || serverFilter;
    }

    return { choose, receive };
  }

  root.ProjectClientFilter = { decodeFilter, splitBits, withChoice, createOptimisticFilter };
})(window);
