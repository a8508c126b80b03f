/* What the list is sorted by; rows that are equal in it keep the order of the text. */
(function (root) {
  "use strict";

  /* By the first county; within it, what lies in one county before what lies in more. */
  function county(project, codes) {
    const first = project.counties.length ? codes.indexOf(project.counties[0]) : codes.length;
    return first * (codes.length + 1) + project.counties.length;
  }

  function key(project, by, language, facets) {
    if (by === "clause") return project.start;
    if (by === "name") return language === "en" ? project.name_en.toLowerCase() : project.spelled.join(" ");
    if (by === "county") return county(project, facets.county);
    return facets[by].indexOf(project[by]);
  }

  /* By code unit, as the app sorts, so that one list is never in two orders. */
  const compare = (one, two) => (one < two ? -1 : Number(one > two));

  function ordered(projects, sort, language, facets) {
    const turned = sort.startsWith("-") ? -1 : 1;
    const by = sort.replace(/^-/, "");
    return projects
      .map((project) => ({ project, key: key(project, by, language, facets) }))
      .sort((one, two) =>
        turned * compare(one.key, two.key) || one.project.start - two.project.start,
      )
      .map((one) => one.project);
  }

  root.EditionOrder = { ordered };
})(window);
