/* What the list is sorted by; rows that are equal in it keep the order of the text. */
(function (root) {
  "use strict";

  /* Each project carries its rank by each of the `sorts`. */
  function ordered(projects, sort, language, sorts) {
    const turned = sort.startsWith("-") ? -1 : 1;
    const by = sorts.indexOf(sort.replace(/^-/, ""));
    const rank = (project) => project.ranks[language][by];
    return [...projects].sort((one, two) => turned * (rank(one) - rank(two)) || one.start - two.start);
  }

  root.EditionOrder = { ordered };
})(window);
