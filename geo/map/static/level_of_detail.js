/* Level of detail: decides what is drawn at each zoom band ("region", "county" or "town"), how
   important it is, and which projects are clustered. Pure functions, without drawing or state. */
(function (root) {
  "use strict";

  /* At or below this number of projects, all are drawn and labelled even in the first view. */
  const FEW = 24;
  /* How many zoom levels beyond the first view areas begin to be drawn. */
  const COUNTY_ZOOM_OFFSET = 0.55;
  const TOWN_ZOOM = 13;
  /* The most lines that are drawn in the first view, or labelled at any zoom. More would be an
     unreadable tangle. */
  const MAX_LINES = 60;

  /* The length of a frame's shorter side from which labels may stand far from their lines. */
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

  /* What an area project covers: "county" for a whole county, "wide" for more than one, "" for a
     place within a county. */
  function areaScope(feature) {
    return (kind(feature) === "area" && feature.properties.scope) || "";
  }

  /* The bucket in which a project is counted: the code of its county if it touches exactly one,
     otherwise "wide". */
  function bucket(feature) {
    const { counties } = feature.properties;
    return counties.length === 1 ? counties[0] : "wide";
  }

  /* How a feature is drawn in a zoom band: "line", "sign", "area", or "" if it is only part of a
     count. */
  function drawnAs(feature, scaleBand, signatures) {
    const geometry = kind(feature);
    if (geometry === "area") return scaleBand === "region" || areaScope(feature) ? "" : "area";
    const signature = (geometry === "line" ? signatures.lines : signatures.signs)[feature.properties.signature];
    if (scaleBand === "region" && !signature.region) return "";
    return geometry === "line" ? "line" : "sign";
  }

  /* The marks that are drawn within bounds, in layer pixels, by how: {line, sign, area}. Most projects
     of a large layer are only counted at first, and where they lie does not matter then. */
  function byRole(marks, scaleBand, signatures, bounds) {
    const found = { line: [], sign: [], area: [] };
    for (const mark of marks) {
      const role = mark.role(scaleBand, signatures);
      if (role && mark.intersects(bounds)) found[role].push(mark);
    }
    return found;
  }

  /* The priority of a label; lower is placed first. Stations and airports come first, then
     high-speed railways, expressways, other railways, roads and water works, then everything else.
     Within a rank, the order of the document decides. */
  function rank(feature, signatures) {
    const { signature, start } = feature.properties;
    const style = signature && (signatures.lines[signature] || signatures.signs[signature]);
    return (style ? style.rank : 7) + start / 1e6;
  }

  /* The MAX_LINES most important lines, or all of them if there are fewer. */
  function mostImportant(marks, signatures) {
    if (marks.length <= MAX_LINES) return marks;
    const ranked = marks.map((mark) => [rank(mark.feature, signatures), mark]);
    return ranked.sort((one, two) => one[0] - two[0]).slice(0, MAX_LINES).map(([, mark]) => mark);
  }

  /* ---- clustering ---- */

  /* The distance in pixels below which two projects fall into one cluster. */
  const CLUSTER_DISTANCE = { point: 24, area: 34, group: 70 };
  const CLUSTER_DISTANCE_IN_CROWD = 74;
  const CROWD = 300;

  /* Groups `items`, {mark, at: {x, y}} in order of importance, into clusters {at, marks}. Only the
     nine grid cells around an item are searched, so the cost grows linearly with the number of
     items. */
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

  /* The place name shared by more than half of the marks, or "". */
  function placeName(marks, language) {
    const names = marks.map((mark) => mark.feature.properties[`place_${language}`] || "");
    const [first] = names.filter(Boolean);
    return first && names.filter((one) => one === first).length * 2 > marks.length ? first : "";
  }

  /* For example "Railways 3 · Industry 5 · +2": the two most frequent sectors, and the number of
     the others. */
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

  root.ProjectLevelOfDetail = { band, kind, areaScope, bucket, drawnAs, byRole, rank, mostImportant, isLargeFrame, cluster, placeName, sectorSummary, FEW };
})(window);
