/* How a project is drawn: a pure function of its properties, the codelists and the theme.
   Hue tells the family, ornament and icon the sector, dash the precision, weight the selection. */
(function (root) {
  "use strict";

  const WEIGHT = { line: 3, road: 4.6, zone: 1.6, county: 1.3, wide: 1 };
  /* A dozen projects share a county's outline: each is faint, so that together they stay quiet. */
  const OPACITY = { fine: 1, zone: 0.9, county: 0.4, wide: 0.25 };
  const DASH = { approximate: "9 6", area: "3 5" };
  const ORNAMENT = {
    // Stubby dashes on a wide stroke read as the cross ticks of a railway on a printed map.
    ticks: { weight: 9, dashArray: "1.6 11", lineCap: "butt", ground: false },
    // A thin stroke in the ground's colour makes the double line of a road.
    core: { weight: 1.8, dashArray: null, lineCap: "butt", ground: true },
    // Zero-length dashes with round caps are beads: water works.
    beads: { weight: 6.5, dashArray: "0 15", lineCap: "round", ground: false },
  };

  function colour(sector, theme) {
    return sector.hue[theme];
  }

  function kind(feature) {
    const type = feature.geometry.type;
    if (type.includes("Point")) return "point";
    return type.includes("Polygon") ? "area" : "line";
  }

  /* What a click means it for: a point or line; a zone; a whole county; more than a county. */
  function tier(feature) {
    if (kind(feature) !== "area") return "fine";
    return feature.properties.scope || "zone";
  }

  function weight(feature, sector) {
    const own = tier(feature);
    if (own !== "fine") return WEIGHT[own];
    return sector.pattern === "core" ? WEIGHT.road : WEIGHT.line;
  }

  /* Options of the Leaflet path that carries the feature. */
  function path(feature, sector, theme, emphasised) {
    const properties = feature.properties;
    const own = tier(feature);
    return {
      color: colour(sector, theme),
      weight: weight(feature, sector) + (emphasised ? 1.4 : 0),
      opacity: emphasised ? 1 : OPACITY[own],
      dashArray: DASH[properties.precision] || null,
      lineCap: "butt",
      lineJoin: "round",
      // Whole counties are outlines, so that nothing below them is tinted; hatching comes with
      // the selection.
      fill: own === "zone" || (own !== "fine" && emphasised),
      fillColor: emphasised ? `url(#hatch-${sector.family})` : colour(sector, theme),
      fillOpacity: emphasised ? 1 : 0.035,
    };
  }

  function ornament(sector, theme, ground) {
    const drawn = ORNAMENT[sector.pattern];
    if (!drawn) return null;
    return {
      color: drawn.ground ? ground : colour(sector, theme),
      weight: drawn.weight,
      dashArray: drawn.dashArray,
      lineCap: drawn.lineCap,
      interactive: false,
    };
  }

  root.ProjectStyle = { colour, kind, path, tier, ornament, DASH, ORNAMENT };
})(window);
