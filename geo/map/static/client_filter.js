/* Which projects to show, as geo/map/client_data.py says it: bits that each project must carry or must not,
   and what a search found. */
(function (root) {
  "use strict";

  /* Bit operations take 32 bits, and a project carries more: it is held in two halves. */
  const halves = (bits) => [Math.floor(bits / 2 ** 32), bits >>> 0];

  /* `held` is [high, low] of each project, in the order of the file; returns (index) => boolean. */
  function reader(told, held) {
    if (told === "all") return () => true;
    const any = (told.any || []).map(halves);
    const none = halves(told.none || 0);
    const found = told.found ? among(told.found) : () => true;
    const share = (one, other) => ((one[0] & other[0]) | (one[1] & other[1])) !== 0;
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

  root.ProjectTold = { reader, halves };
})(window);
