/* What of a project is drawn at which scale: pure functions of the feature and of the band of scale.
   The first view shows named lines and signs, and folds the rest into a count for each county;
   nearer come areas and everything else, and nearest the uncertainty of each place. */
(function (root) {
  "use strict";

  /* With so few projects shown, all of them are drawn and named at the first view. */
  const FEW = 24;
  /* Zoom levels nearer than the first view from which areas are drawn. */
  const COUNTY_NEARER = 0.55;
  const TOWN_ZOOM = 13;
  /* Lines drawn at the first view, and named at any; a layer of thousands would be a tangle. */
  const MOST_LINES = 60;

  /* Pixels of the shorter side from which a frame has room for names that stand far off their lines. */
  const LARGE_FRAME = 480;

  const large = ({ width, height }) => Math.min(width, height) >= LARGE_FRAME;

  function band(zoom, homeZoom, shown) {
    if (zoom >= TOWN_ZOOM) return "town";
    if (shown <= FEW || zoom >= homeZoom + COUNTY_NEARER) return "county";
    return "region";
  }

  function kind(feature) {
    const { type } = feature.geometry;
    if (type.includes("Point")) return "point";
    return type.includes("Polygon") ? "area" : "line";
  }

  /* Which whole a project stands for: a "county", more than one ("wide"), or "" for a place. */
  function whole(feature) {
    return (kind(feature) === "area" && feature.properties.scope) || "";
  }

  /* The bucket in which a project is counted: its county where it touches just that one, or "wide". */
  function bucket(feature) {
    const { counties } = feature.properties;
    return counties.length === 1 ? counties[0] : "wide";
  }

  /* What is drawn of a feature at a band: "line", "sign", "area" or "" for what is folded away. */
  function drawn(feature, at, signatures) {
    const own = kind(feature);
    if (own === "area") return at === "region" || whole(feature) ? "" : "area";
    const known = (own === "line" ? signatures.lines : signatures.signs)[feature.properties.signature];
    if (at === "region" && !known.region) return "";
    return own === "line" ? "line" : "sign";
  }

  /* The order in which names find their room, the lowest first: stations and airports, railways of
     high speed, expressways, other railways, roads, water works, then areas by size, then the rest.
     Within a rank the order of the decision decides. */
  function rank(feature, signatures) {
    const { signature, start } = feature.properties;
    const known = signature && (signatures.lines[signature] || signatures.signs[signature]);
    return (known ? known.rank : 7) + start / 1e6;
  }

  /* The most important lines of many, as many as can be told apart; all where there are no more. */
  function foremost(marks, signatures) {
    if (marks.length <= MOST_LINES) return marks;
    const ranked = marks.map((mark) => [rank(mark.feature, signatures), mark]);
    return ranked.sort((one, two) => one[0] - two[0]).slice(0, MOST_LINES).map(([, mark]) => mark);
  }

  root.ProjectHierarchy = { band, kind, whole, bucket, drawn, rank, foremost, large, FEW };
})(window);
