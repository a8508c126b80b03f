/* Search that forgives width, case and spacing, as the index in the file was made: the folding is
   that of Python's NFKC and casefold for every character that the layer can hold. */
(function (root) {
  "use strict";

  /* Letters that lower case leaves alone but case folding does not. */
  const FOLDED = { ß: "ss", ς: "σ" };

  function fold(words) {
    const lower = words.normalize("NFKC").toLowerCase();
    return lower.replace(/[ßς]/g, (one) => FOLDED[one]).replace(/\s+/g, "");
  }

  const wordsOf = (query) =>
    query.normalize("NFKC").split(/\s+/).filter(Boolean).map(fold);

  root.EditionSearch = { fold, wordsOf };
})(window);
