/* How a project is drawn: a pure function of its properties, the codelists and the theme.
   Hue tells the family, ornament and icon the sector, dash the precision, weight the selection. */
(function (root) {
  "use strict";

  const WEIGHT = { line: 3, road: 4.6, area: 1.6 };
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

  /* Options of the Leaflet path that carries the feature. */
  function path(feature, sector, theme, emphasised) {
    const properties = feature.properties;
    const area = kind(feature) === "area";
    return {
      color: colour(sector, theme),
      weight: WEIGHT[area ? "area" : sector.pattern === "core" ? "road" : "line"] + (emphasised ? 1.4 : 0),
      opacity: 1,
      dashArray: DASH[properties.precision] || null,
      lineCap: "butt",
      lineJoin: "round",
      fill: area,
      // A transparent fill still takes the click; hatching shows only what the reader points at.
      fillColor: emphasised ? `url(#hatch-${sector.family})` : colour(sector, theme),
      fillOpacity: emphasised ? 1 : properties.precision === "area" ? 0 : 0.07,
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

  root.ProjectStyle = { colour, kind, path, ornament, DASH, ORNAMENT };
})(window);
