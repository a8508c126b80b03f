/* Search that forgives width, case and spacing, as the index in the file was made: the folding is
   that of Python's NFKC and casefold for every character that the layer can hold. */
(function (root) {
  "use strict";

  /* What Python takes for space beyond what a regular expression does. */
  const SPACE = /[\s\x1c-\x1f\x85]+/g;

  /* Down, up and down again spells out what lower case alone leaves, such as ß and ẞ; one letter at
     a time, as a last sigma is no other letter here. The dotless i keeps its own. */
  const folded = (letter) => (letter === "ı" ? letter : letter.toLowerCase().toUpperCase().toLowerCase());

  const fold = (words) => [...words.normalize("NFKC")].map(folded).join("").replace(SPACE, "");

  const wordsOf = (query) =>
    query.normalize("NFKC").split(SPACE).filter(Boolean).map(fold);

  root.EditionSearch = { fold, wordsOf };
})(window);
