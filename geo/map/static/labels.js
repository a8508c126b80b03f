/* Label placement: decides which labels the map shows and where, without overlaps. The order is:
   selected project, city, stations and airports, short lines, counties with their counts, other
   lines by rank (level_of_detail.js), destinations, places and areas, towns. */
(function (root) {
  "use strict";

  const { textWidth } = root.ProjectLabelRenderer;
  const lineLabels = root.ProjectLineLabels;
  const occupancy = root.ProjectOccupancyGrid;
  const lod = root.ProjectLevelOfDetail;
  const { fill } = root.ProjectDom;

  /* Font sizes in CSS pixels at the default text size. */
  const STYLES = {
    line: { zh: { size: 12.5, weight: 600 }, en: { size: 11.5, weight: 600 } },
    project: { size: 12.5, weight: 600 },
    member: { size: 11.5, weight: 400 },
    county: { zh: { size: 21, weight: 700, serif: true, spacing: 9 }, en: { size: 17, weight: 700, serif: true, spacing: 5 } },
    count: { size: 12, weight: 500 },
    city: { size: 16, weight: 700 },
    town: { size: 11.5, weight: 400 },
  };
  /* The padding of a count's pill. */
  const PILL_PADDING = { side: 11, height: 9 };
  /* The time budget per frame, so that dragging stays smooth during placement. */
  const MIN_BUDGET_MS = 7;
  const MAX_BUDGET_MS = 24;
  /* A line is short if its visible part is at most this many times as long as its name. */
  const SHORT_LINE_RATIO = 1.8;
  const LISTED_MEMBERS = 4;
  const MAX_LISTED_MEMBERS = 12;
  /* The passes over line labels: the kind of position, and how much of the label other lines may
     cover. Positions far from the line are only used in the first view of a large frame. */
  const NEAR_PASSES = [["inside", 0.03], ["inside", 0.12], ["leader", 0.06], ["along", 0.08]];
  /* Where more lines run than are drawn, no leader finds its way between them, and what finds no room
     at once hardly ever does later. */
  const CROWD_PASSES = [["inside", 0.12], ["along", 0.08]];
  const FAR_PASSES = [...NEAR_PASSES, ["leader", 0.3], ["along", 0.4], ["long leader", 0.3], ["long leader", 0.7], ["longest leader", 1]];
  /* How far from its line a name may stand. The first pixels of the longest leader may cross other
     leaders, because they crowd around the city. */
  const LEADERS = {
    leader: { maxDistance: 150 },
    "long leader": { maxDistance: 280 },
    "longest leader": { maxDistance: 420, skip: 40 },
  };

  function create(map, { ui, ground, places: towns, counties, controls }) {
    const renderer = root.ProjectLabelRenderer.create(map, ui);
    /* The labels being placed. They replace those on the map once all are placed. */
    let entries = [];
    let origin = L.point(0, 0);
    let icons = [];
    let frameRequest = 0;
    let finishNow = null;

    /* Places all labels, a few milliseconds per frame, then calls `done`. */
    function place(state, done) {
      cancelAnimationFrame(frameRequest);
      finishNow = null;
      const steps = placeAll(state);
      const zoom = map.getZoom();
      let previous = 0;
      const runSteps = (now = performance.now()) => {
        // When frames arrive slowly, the machine is busy. A larger budget then finishes sooner.
        // Before anybody sees the map, there is nothing to keep smooth.
        const budget = root.ProjectBridge.isBehindFirstView() ? Infinity : Math.min(MAX_BUDGET_MS, Math.max(MIN_BUDGET_MS, previous ? (now - previous) * 0.4 : 0));
        const deadline = performance.now() + budget;
        previous = now;
        let step = steps.next();
        while (!step.done && performance.now() < deadline) step = steps.next();
        if (step.done) end();
        else frameRequest = requestAnimationFrame(runSteps);
      };
      const end = () => {
        finishNow = null;
        renderer.setLabels({ entries, icons, origin, zoom });
        done();
      };
      finishNow = () => {
        cancelAnimationFrame(frameRequest);
        while (!steps.next().done);
        end();
      };
      runSteps();
    }

    /* Places the remaining labels at once, for callers that read the result. */
    const finish = () => finishNow && finishNow();

    /* `state` is {marks, band, language, today, selected, buckets, scale, textScale}. Entries hold
       a function for their colour instead of a colour, because a printed map is light even when the
       screen is dark. */
    function* placeAll(state) {
      const size = map.getSize();
      const frame = { width: size.x, height: size.y };
      origin = map.containerPointToLayerPoint([0, 0]);
      entries = [];
      icons = [];
      if (!size.x || !size.y) return;
      yield;
      const grid = occupancy.create(size.x, size.y);
      const inFrame = L.bounds(origin, origin.add(size));
      const scaled = (style) => ({ ...style, size: style.size * state.textScale });
      const blocked = ({ x, y }) => controlBoxes.some((box) => Math.abs(x - box.x) < box.width / 2 + 3 && Math.abs(y - box.y) < box.height / 2 + 3);
      const marksByRole = lod.byRole(state.marks, state.band, ui.signatures, inFrame);
      const lines = lod.mostImportant(marksByRole.line, ui.signatures);
      const sites = [...marksByRole.sign, ...marksByRole.area];
      const layout = { ...state, grid, frame, scaled, inFrame, blocked, isCrowd: lines.length < marksByRole.line.length };

      const controlBoxes = controls();
      for (const box of controlBoxes) grid.occupy(box, 4);
      grid.setCounties((context) => inFramePixels(context, () => counties.forEach((one, index) => {
        context.fillStyle = `rgb(${countyNumber(index)}, 0, 0)`;
        ground.fillCounty(context, one.properties.code);
      })));
      yield;
      grid.setLines((context) => inFramePixels(context, () => drawLineObstacles(context, lines, state)));

      yield;
      const groups = clusterSites(sites, layout);
      for (const group of groups) if (group.icon) grid.occupy({ ...group.at, width: group.icon + 3, height: group.icon + 3 });
      const runsByMark = new Map(lines.map((mark) => [mark, lineLabels.visibleRuns(mark, origin, frame)]));

      const isSelected = (mark) => mark.id === state.selected;
      yield* placeLineLabels(lines.filter(isSelected), runsByMark, layout, true);
      yield* placeGroupLabels(groups.filter((group) => group.marks.some(isSelected)), layout);
      yield* placeTownLabels(towns.filter((one) => one.seat), layout);
      yield* placeGroupLabels(groups.filter((group) => group.icon && !group.marks.some(isSelected)), layout);
      // A line with a short visible part has few possible positions, so it is placed early.
      const isShort = (mark) => lengthOf(runsByMark.get(mark)) < SHORT_LINE_RATIO * textWidth(labelOf(mark, layout), scaled(STYLES.line[layout.language]));
      const isLarge = lod.isLargeFrame(frame);
      if (!isLarge) yield* placeCountyLabels(layout);
      yield* placeLineLabels(lines.filter((mark) => !isSelected(mark) && isShort(mark)), runsByMark, layout, false);
      if (isLarge) yield* placeCountyLabels(layout);
      yield* placeLineLabels(lines.filter((mark) => !isSelected(mark) && !isShort(mark)), runsByMark, layout, false);
      yield* lineLabels.placeDestinations(lines, { ...layout, ui, origin, labelOf: (mark) => labelOf(mark, layout), add, boxOf });
      yield* placeGroupLabels(groups.filter((group) => !group.icon && !group.marks.some(isSelected)), layout);
      yield* placeTownLabels(towns.filter((one) => !one.seat), layout);
    }

    function inFramePixels(context, draw) {
      context.save();
      context.translate(-origin.x, -origin.y);
      draw();
      context.restore();
    }

    /* The red value that identifies a county in the raster. The values are far enough apart to
       survive anti-aliased edges. */
    const countyNumber = (index) => 40 + ((index * 20) % 200);

    /* Draws the lines at their displayed width, as obstacles for the occupancy grid. */
    function drawLineObstacles(context, lines, { band, today }) {
      const scale = ui.signatures.growth[band];
      for (const mark of lines) {
        const style = root.ProjectSymbology.lineStyle(mark.feature, ui, today);
        root.ProjectSymbology.tracePath(context, mark.parts, false);
        root.ProjectSymbology.stroke(context, { width: root.ProjectSymbology.bodyWidth(style.strokes) * scale * style.weight + 1.5, colour: "#f00" });
      }
    }

    const lengthOf = (runs) => runs.reduce((sum, run) => sum + lineLabels.lengthOf(run), 0);
    const labelOf = (mark, layout) => {
      const { properties } = mark.feature;
      const name = properties[`short_${layout.language}`] || properties[`name_${layout.language}`];
      const state = layout.today && properties.since && ui.since[properties.since];
      return state && state.note ? name + ui.text[layout.language][state.note] : name;
    };

    function add({ grid, ...entry }) {
      entries.push(entry);
      for (const letter of entry.letters) grid.occupy(letter, 1);
    }

    const boxOf = (text, style, at) => ({ text, x: at.x, y: at.y, angle: 0, width: textWidth(text, style), height: style.size * 1.16 });

    /* ---- lines ---- */

    function* placeLineLabels(lines, runsByMark, layout, required) {
      const { grid, scaled } = layout;
      const style = scaled(STYLES.line[layout.language]);
      let waiting = lines
        .filter((mark) => runsByMark.get(mark).length)
        .sort((one, two) => lod.rank(one.feature, ui.signatures) - lod.rank(two.feature, ui.signatures));
      const allowFar = layout.band === "region" && lod.isLargeFrame(layout.frame);
      const passes = required ? [["inside", 0.1], ["along", 0.2], ["leader", 0.5], ["along", 1]] : layout.isCrowd ? CROWD_PASSES : allowFar ? FAR_PASSES : NEAR_PASSES;
      for (const [strategy, maxLineShare] of passes) {
        const unplaced = [];
        for (const mark of waiting) {
          if (!placeLineLabel(mark, strategy, maxLineShare)) unplaced.push(mark);
          yield;
        }
        waiting = unplaced;
      }

      function placeLineLabel(mark, strategy, maxLineShare) {
        const text = labelOf(mark, layout);
        const lineStyle = root.ProjectSymbology.lineStyle(mark.feature, ui, layout.today);
        const half = (root.ProjectSymbology.bodyWidth(lineStyle.strokes) * layout.scale * lineStyle.weight) / 2 + (lineStyle.upgraded ? 3.5 : 0)
          + (mark.feature.properties.signature === "railway" ? 2.2 : 0);
        const runs = runsByMark.get(mark);
        const colour = (all) => all.hue(mark.feature.properties.sector);
        const common = { kind: "project", id: mark.id, text, style, colour, grid, mark };
        if (strategy === "along" || strategy === "inside") {
          const found = lineLabels.bestAlongLine(runs, text, style, grid, {
            half, chinese: layout.language === "zh", maxLineShare, withinCounty: strategy === "inside",
          });
          if (!found) return false;
          add({ ...common, letters: found.letters });
          return true;
        }
        const size = { width: textWidth(text, style), height: style.size * 1.16 };
        const found = occupancy.withLeader(lineLabels.leaderAnchors(runs, grid), size, grid, { maxLineShare, ...LEADERS[strategy], accepts: (box) => !lineLabels.crosses(runs, box) });
        if (!found) return false;
        grid.occupyLine(found.from, found.to);
        add({ ...common, letters: [boxOf(text, style, found.box)], leader: [found.from, found.to] });
        return true;
      }
    }

    /* ---- counties ---- */

    function* placeCountyLabels(layout) {
      for (const county of counties) {
        const rows = layout.band === "region" ? [] : countyWideRows(county.properties.code, layout);
        if (!placeCountyLabel(county, rows, layout) && rows.length) placeCountyLabel(county, [], layout);
        yield;
      }
    }

    /* Beyond the first view, two lists stand below the name of a county: the projects that cover all of
       it, and those that are somewhere in it, where nobody knows. */
    function countyWideRows(code, layout) {
      const inCounty = layout.marks.filter((mark) => mark.areaScope === "county" && mark.bucket === code);
      const isWhole = (mark) => ui.extents[mark.feature.properties.extent].whole;
      const text = ui.text[layout.language];
      return [
        ...countyRows(code, layout, text.county_wide, inCounty.filter(isWhole)),
        ...countyRows(code, layout, text.county_somewhere, inCounty.filter((mark) => !isWhole(mark))),
      ];
    }

    function countyRows(code, layout, heading, marks) {
      if (!marks.length) return [];
      const style = layout.scaled(STYLES.member);
      const count = (text) => ({ text, style, kind: "count", id: code, among: code, colour: (all) => all.quiet });
      const listed = marks.slice(0, marks.length > MAX_LISTED_MEMBERS / 2 ? MAX_LISTED_MEMBERS / 2 - 1 : MAX_LISTED_MEMBERS / 2);
      const rows = listed.map((mark) => ({
        text: labelOf(mark, layout), style, kind: "project", id: mark.id, mark, colour: (all) => all.hue(mark.feature.properties.sector),
      }));
      const left = marks.length - listed.length;
      return [count(heading), ...rows, ...(left ? [count(fill(ui.text[layout.language].more_here, { count: left }))] : [])];
    }

    /* The share of a box's outline that lies outside a county. */
    function shareOutside({ x, y, width: wide, height: high }, county, grid) {
      const points = [-0.5, 0, 0.5].flatMap((right) => [-0.5, 0, 0.5].map((down) => [x + right * wide, y + down * high]));
      return points.filter(([right, down]) => !grid.isInCounty(right, down, countyNumber(counties.indexOf(county)))).length / points.length;
    }

    /* In a narrow frame a full-size county name would hide the county. */
    function narrowed(style, wide) {
      const factor = Math.min(1, Math.max(0.7, wide / 560));
      return { ...style, size: style.size * factor, spacing: style.spacing * factor };
    }

    function placeCountyLabel(county, listedRows, layout) {
      const { grid, scaled, buckets, band } = layout;
      const style = narrowed(scaled(STYLES.county[layout.language]), layout.frame.width);
      const small = scaled(STYLES.count);
      const { code, label, name_zh: zh, short_en: en } = county.properties;
      const text = layout.language === "en" ? en.toUpperCase() : zh;
      const count = buckets.get(code) || 0;
      const rows = [{ text, style, kind: "county", id: code, colour: (all) => all.county, among: code, height: style.size * 1.2 }];
      if (count) {
        const { county_count: several, county_count_one: single } = ui.text[layout.language];
        const countText = count === 1 ? single : fill(several, { count: count.toLocaleString("en") });
        rows.push({ text: countText, style: small, kind: "count", id: code, colour: (all) => all.ink, among: code, pill: true, height: small.size + PILL_PADDING.height + 6 });
      }
      rows.push(...listedRows.map((row) => ({ ...row, height: row.style.size * 1.26 })));
      const rowWidth = (row) => textWidth(row.text, row.style) + (row.pill ? 2 * PILL_PADDING.side : 0);
      const size = { width: Math.max(...rows.map(rowWidth)) + 6, height: rows.reduce((sum, row) => sum + row.height, 0) };
      const preferred = map.latLngToContainerPoint([label[1], label[0]]);
      const isFreeBox = grid.freeBoxTest();
      let best = null;
      for (const point of grid.pointsInCounty(countyNumber(counties.indexOf(county)), 12)) {
        const box = { ...point, ...size };
        if (!isFreeBox(box, 2)) continue;
        const cost = grid.lineShare(box) * 900 + Math.hypot(point.x - preferred.x, point.y - preferred.y) * 0.25 + shareOutside(box, county, grid) * 120;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
      if (!best || (band === "town" && best.cost > 260) || (listedRows.length && best.cost > 90)) return false;
      let top = best.y - size.height / 2;
      for (const row of rows) {
        const letter = { ...boxOf(row.text, row.style, { x: best.x, y: top + row.height / 2 }), width: rowWidth(row) };
        if (row.pill) letter.height = row.style.size + PILL_PADDING.height;
        top += row.height;
        add({ ...row, grid, letters: [letter] });
      }
      return true;
    }

    /* ---- points, areas and clusters ---- */

    function clusterSites(sites, layout) {
      const { band, scale, inFrame } = layout;
      const items = sites
        .map((mark) => ({ mark, at: mark.at.subtract(origin) }))
        .filter(({ mark, at }) => inFrame.contains(at.add(origin)) || mark.kind === "area")
        .sort((one, two) => lod.rank(one.mark.feature, ui.signatures) - lod.rank(two.mark.feature, ui.signatures) || one.mark.size - two.mark.size);
      return lod.cluster(items).map((group) => {
        const point = group.marks.find((mark) => mark.kind === "point");
        const icon = point ? (band === "region" ? 18 : 16) * scale : 0;
        const at = point ? point.at.subtract(origin) : group.at;
        if (icon) icons.push({ mark: point, at: at.add(origin), size: icon, marks: group.marks });
        return { ...group, at, icon };
      });
    }

    /* The rows of a cluster's label, each {text, style, kind, id, colour}. */
    function groupRows(group, layout, maxListed) {
      const { scaled } = layout;
      const strong = scaled(STYLES.project);
      const plain = scaled(STYLES.member);
      const hueOf = (mark) => (all) => all.hue(mark.feature.properties.sector);
      const { marks } = group;
      if (marks.length === 1) {
        return [{ text: labelOf(marks[0], layout), style: strong, kind: "project", id: marks[0].id, colour: hueOf(marks[0]), mark: marks[0] }];
      }
      const ids = marks.map((mark) => mark.id);
      if (marks.length > MAX_LISTED_MEMBERS || maxListed === 0) {
        const shared = marks.length > MAX_LISTED_MEMBERS ? "" : lod.placeName(marks, layout.language);
        const text = shared ? `${shared} ${marks.length}` : lod.sectorSummary(marks, ui, layout.language);
        return [{ text: `${text} ›`, style: scaled(STYLES.count), kind: "count", id: ids[0], colour: (all) => all.ink, among: ids, pill: true }];
      }
      const named = lod.placeName(marks, layout.language);
      const shared = named.charAt(0).toUpperCase() + named.slice(1);
      const ordered = [...marks].sort((one, two) => Number(two.id === layout.selected) - Number(one.id === layout.selected));
      // A project with the same name as its place stands for the place.
      const eponym = ordered.findIndex((mark) => labelOf(mark, layout) === shared);
      if (eponym > 0) ordered.unshift(...ordered.splice(eponym, 1));
      const name = eponym >= 0 ? "" : shared;
      const head = name
        ? { text: name, style: strong, kind: "place", id: ids[0], colour: hueOf(marks[0]), among: ids }
        : { text: labelOf(ordered[0], layout), style: strong, kind: "project", id: ordered[0].id, colour: hueOf(ordered[0]), mark: ordered[0] };
      const others = name ? ordered : ordered.slice(1);
      const listed = others.slice(0, others.length === maxListed + 1 ? maxListed + 1 : maxListed);
      const memberRows = listed.map((mark) => ({ text: labelOf(mark, layout), style: plain, kind: "project", id: mark.id, colour: hueOf(mark), mark }));
      const left = others.length - listed.length;
      const more = left ? [{ text: fill(ui.text[layout.language].more_here, { count: left }), style: plain, kind: "count", id: ids[0], colour: hueOf(marks[0]), among: ids }] : [];
      return [head, ...memberRows, ...more];
    }

    function* placeGroupLabels(groups, layout) {
      for (const group of groups) {
        for (const maxListed of group.marks.length > 1 ? [LISTED_MEMBERS, 1, 0] : [LISTED_MEMBERS]) {
          if (placeGroup(group, groupRows(group, layout, maxListed), layout)) break;
        }
        yield;
      }
    }

    function placeGroup(group, rows, layout) {
      const { grid } = layout;
      const rowHeight = (row) => row.style.size * 1.24 + (row.pill ? PILL_PADDING.height : 0);
      const rowWidth = (row) => textWidth(row.text, row.style) + (row.pill ? 2 * PILL_PADDING.side : 0);
      const size = { width: Math.max(...rows.map(rowWidth)) + 2, height: rows.reduce((sum, row) => sum + rowHeight(row), 0) };
      const found = group.icon ? occupancy.besidePoint(group, size, grid, lod.rank(group.marks[0].feature, ui.signatures) < 1) : occupancy.insideArea(group, size, grid);
      if (!found) return false;
      let top = found.y - size.height / 2;
      if (found.leader) grid.occupyLine(...found.leader);
      rows.forEach((row, index) => {
        const halfWidth = rowWidth(row) / 2;
        const x = found.side === "right" ? found.x - size.width / 2 + halfWidth : found.side === "left" ? found.x + size.width / 2 - halfWidth : found.x;
        const letter = { ...boxOf(row.text, row.style, { x, y: top + rowHeight(row) / 2 }), width: rowWidth(row) };
        if (row.pill) letter.height = row.style.size + PILL_PADDING.height;
        top += rowHeight(row);
        add({ ...row, grid, letters: [letter], leader: index ? null : found.leader });
      });
      return true;
    }

    /* ---- towns ---- */

    function* placeTownLabels(places, layout) {
      const { grid, scaled, band, inFrame } = layout;
      const isSeat = places.some((one) => one.seat);
      const style = scaled(isSeat ? STYLES.city : STYLES.town);
      const ranked = [...places].sort((one, two) => one.rank - two.rank);
      for (const town of ranked) {
        const point = map.latLngToLayerPoint(town.at);
        if (!inFrame.contains(point)) continue;
        if (!isSeat && town.rank > { region: 2, county: 3, town: 4 }[band]) continue;
        const at = point.subtract(origin);
        if (!isSeat && !grid.isFree({ ...at, width: 6, height: 6 })) continue;
        const text = town[`name_${layout.language}`];
        const size = { width: textWidth(text, style), height: style.size * 1.16 };
        let found = occupancy.besidePoint({ at, icon: isSeat ? 12 : 6 }, size, grid);
        if (!found && isSeat) {
          const led = occupancy.withLeader([{ anchor: at, cost: 0 }], size, grid, { maxLineShare: 1, maxDistance: 400, uncheckedDistance: 400 });
          if (led) found = { ...led.box, leader: [led.from, led.to] };
        }
        if (!found || (!isSeat && found.leader)) continue;
        if (found.leader) grid.occupyLine(...found.leader);
        grid.occupy({ ...at, width: isSeat ? 13 : 6, height: isSeat ? 13 : 6 });
        add({
          kind: "town", id: town.name_zh, text, style, colour: (all) => (isSeat ? all.ink : all.quiet), grid,
          letters: [boxOf(text, style, found)], leader: found.leader, dot: { at, isSeat },
        });
        yield;
      }
    }

    return { place, finish, draw: renderer.draw, describe: renderer.describe, labelAt: renderer.labelAt, signAt: renderer.signAt, entries: renderer.entries };
  }

  root.ProjectLabelPlacement = { create };
})(window);
