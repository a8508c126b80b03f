/* What of a project is drawn at which scale: pure functions of the feature and of the band of scale.
   The first view shows named lines and signs, and folds the rest into a count for each county;
   nearer come areas and everything else, and nearest the uncertainty of each place. Signs too close
   together are one. */
(function (root) {
  "use strict";

  /* With so few projects shown, all of them are drawn and named at the first view. */
  const FEW = 24;
  /* Zoom levels nearer than the first view from which areas are drawn. */
  const COUNTY_ZOOM_OFFSET = 0.55;
  const TOWN_ZOOM = 13;
  /* Lines drawn at the first view, and named at any; a layer of thousands would be a tangle. */
  const MAX_LINES = 60;

  /* Pixels of the shorter side from which a frame has room for names that stand far off their lines. */
  const LARGE_FRAME_PX = 480;

  const isLargeFrame = ({ width, height }) => Math.min(width, height) >= LARGE_FRAME_PX;

  function band(zoom, homeZoom, shown) {
    if (zoom >= TOWN_ZOOM) return "town";
    if (shown <= FEW || zoom >= homeZoom + COUNTY_ZOOM_OFFSET) return "county";
    return "region";
  }

  function kind(feature) {
    const { type } = feature.geometry;
    if (type.includes("Point")) return "point";
    return type.includes("Polygon") ? "area" : "line";
  }

  /* Which whole a project stands for: a "county", more than one ("wide"), or "" for a place. */
  function areaScope(feature) {
    return (kind(feature) === "area" && feature.properties.scope) || "";
  }

  /* The bucket in which a project is counted: its county where it touches just that one, or "wide". */
  function bucket(feature) {
    const { counties } = feature.properties;
    return counties.length === 1 ? counties[0] : "wide";
  }

  /* What is drawn of a feature at a band: "line", "sign", "area" or "" for what is folded away. */
  function drawnAs(feature, scaleBand, signatures) {
    const geometry = kind(feature);
    if (geometry === "area") return scaleBand === "region" || areaScope(feature) ? "" : "area";
    const signature = (geometry === "line" ? signatures.lines : signatures.signs)[feature.properties.signature];
    if (scaleBand === "region" && !signature.region) return "";
    return geometry === "line" ? "line" : "sign";
  }

  /* The order in which names find their room, the lowest first: stations and airports, railways of
     high speed, expressways, other railways, roads, water works, then areas by size, then the rest.
     Within a rank the order of the decision decides. */
  function rank(feature, signatures) {
    const { signature, start } = feature.properties;
    const style = signature && (signatures.lines[signature] || signatures.signs[signature]);
    return (style ? style.rank : 7) + start / 1e6;
  }

  /* The most important lines of many, as many as can be told apart; all where there are no more. */
  function mostImportant(marks, signatures) {
    if (marks.length <= MAX_LINES) return marks;
    const ranked = marks.map((mark) => [rank(mark.feature, signatures), mark]);
    return ranked.sort((one, two) => one[0] - two[0]).slice(0, MAX_LINES).map(([, mark]) => mark);
  }

  /* ---- clusters: projects that share a place, and signs too close together ---- */

  /* Pixels between two middles below which two projects are at one place. */
  const CLUSTER_DISTANCE = { point: 24, area: 34, group: 70 };
  const CLUSTER_DISTANCE_IN_CROWD = 74;
  const CROWD = 300;

  /* `items` are {mark, at: {x, y}} in the order of importance; returns groups {at, marks}. Groups are
     looked for in the nine squares around an item, so that thousands cost no more than their number. */
  function cluster(items) {
    const crowd = items.length > CROWD;
    const cellSize = crowd ? CLUSTER_DISTANCE_IN_CROWD : CLUSTER_DISTANCE.group;
    const cells = new Map();
    const groups = [];
    for (const { mark, at } of items) {
      const [column, row] = [Math.floor(at.x / cellSize), Math.floor(at.y / cellSize)];
      const found = groupsNear(cells, column, row).find((group) => {
        const distance = Math.hypot(group.at.x - at.x, group.at.y - at.y);
        if (crowd) return distance < CLUSTER_DISTANCE_IN_CROWD;
        const samePlace = sharedPlace(group.marks[0]) && sharedPlace(group.marks[0]) === sharedPlace(mark);
        return distance < (samePlace ? CLUSTER_DISTANCE.group : CLUSTER_DISTANCE[mark.kind]);
      });
      if (found) {
        found.marks.push(mark);
        continue;
      }
      const group = { at, marks: [mark] };
      groups.push(group);
      const key = `${column} ${row}`;
      if (!cells.has(key)) cells.set(key, []);
      cells.get(key).push(group);
    }
    return groups;
  }

  const sharedPlace = (mark) => mark.feature.properties.place_zh || "";

  function groupsNear(cells, column, row) {
    const found = [];
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) found.push(...(cells.get(`${x} ${y}`) || []));
    }
    return found;
  }

  /* The name of the place that most of a group share; "" where there is none. */
  function placeName(marks, language) {
    const names = marks.map((mark) => mark.feature.properties[`place_${language}`] || "");
    const [first] = names.filter(Boolean);
    return first && names.filter((one) => one === first).length * 2 > marks.length ? first : "";
  }

  /* "Railways 3 · Industry 5": the two sectors with the most, and how many others. */
  function sectorSummary(marks, ui, language) {
    const counts = new Map();
    for (const mark of marks) {
      const { sector } = mark.feature.properties;
      counts.set(sector, (counts.get(sector) || 0) + 1);
    }
    const ordered = [...counts].sort((one, two) => two[1] - one[1]);
    const parts = ordered.slice(0, 2).map(([sector, count]) => `${ui.sectors[sector][language]} ${count}`);
    const rest = ordered.slice(2).reduce((sum, [, count]) => sum + count, 0);
    if (rest) parts.push(`+${rest}`);
    return parts.join(ui.text[language].separator);
  }

  root.ProjectLevelOfDetail = { band, kind, areaScope, bucket, drawnAs, rank, mostImportant, isLargeFrame, cluster, placeName, sectorSummary, FEW };
})(window);
