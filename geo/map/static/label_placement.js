/* All that is written on the map, and where: names, counts, destinations. Nothing overlaps anything.
   Names find their room in this order: the selected project, the city, stations and airports,
   short lines, counties with their counts, other lines by rank (see hierarchy.js), destinations, places
   and areas, towns. */
(function (root) {
  "use strict";

  const { textWidth } = root.ProjectLabelRenderer;
  const lineLabels = root.ProjectLineLabels;
  const occupancy = root.ProjectOccupancyGrid;
  const lod = root.ProjectLevelOfDetail;
  const { fill } = root.ProjectDom;

  /* Sizes in CSS pixels of a reader's usual text size. */
  const STYLES = {
    line: { zh: { size: 12.5, weight: 600 }, en: { size: 11.5, weight: 600 } },
    project: { size: 12.5, weight: 600 },
    member: { size: 11.5, weight: 400 },
    county: { zh: { size: 21, weight: 700, serif: true, spacing: 9 }, en: { size: 17, weight: 700, serif: true, spacing: 5 } },
    count: { size: 12, weight: 500 },
    city: { size: 16, weight: 700 },
    town: { size: 11.5, weight: 400 },
  };
  /* Pixels of a count's plate beside and above its words. */
  const PILL = { side: 11, high: 9 };
  /* Milliseconds of each frame for the placement of names: dragging stays smooth meanwhile. */
  const BUDGET_MS = 7;
  const MOST_MS = 24;
  /* A line is short whose stretch in the frame is so many times as long as its name, or less. */
  const SHORT = 1.8;
  const LISTED = 4;
  const MOST_LISTED = 12;
  /* Passes over the names of lines: how they stand, and how much other lines may strike through them.
     Only at the first view of a large frame a name may stand far off rather than be left out. */
  const NEAR = [["inside", 0.03], ["inside", 0.12], ["apart", 0.06], ["along", 0.08]];
  const FAR = [...NEAR, ["apart", 0.3], ["along", 0.4], ["far", 0.3], ["far", 0.7]];

  function create(map, { ui, ground, places: towns, counties, controls }) {
    const renderer = root.ProjectLabelRenderer.create(map, ui);
    /* What is being placed takes the place of what is written when all of it has found its grid. */
    let entries = [];
    let origin = L.point(0, 0);
    let icons = [];
    let waiting_ = 0;
    let rest = null;

    /* Finds room for all names, some milliseconds in each frame, and calls `done` at the end. */
    function place(state, done) {
      cancelAnimationFrame(waiting_);
      rest = null;
      const steps = placing(state);
      const zoom = map.getZoom();
      let before = 0;
      const work = (now = performance.now()) => {
        // Where frames come slowly the machine is busy: waiting for more of them would help nobody.
        const until = performance.now() + Math.min(MOST_MS, Math.max(BUDGET_MS, before ? (now - before) * 0.4 : 0));
        before = now;
        let step = steps.next();
        while (!step.done && performance.now() < until) step = steps.next();
        if (step.done) end();
        else waiting_ = requestAnimationFrame(work);
      };
      const end = () => {
        rest = null;
        renderer.replace({ entries, icons, origin, zoom });
        done();
      };
      rest = () => {
        cancelAnimationFrame(waiting_);
        while (!steps.next().done);
        end();
      };
      work();
    }

    /* Finds room for all that is still waiting for it, at once: for whoever asks what is written. */
    const finish = () => rest && rest();

    /* `state`: {marks, band, language, today, selected, buckets, scale, textScale}. What is written
       keeps how it is painted and no colour, as paper is light while the screen may be dark. */
    function* placing(state) {
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
      const blocked = ({ x, y }) => over.some((box) => Math.abs(x - box.x) < box.width / 2 + 3 && Math.abs(y - box.y) < box.height / 2 + 3);
      const work = { ...state, grid, frame, scaled, inFrame, blocked };

      const over = controls();
      for (const box of over) grid.take(box, 4);
      const marks = state.marks.filter((mark) => mark.near(inFrame));
      const role = (mark) => lod.drawn(mark.feature, state.band, ui.signatures);
      const lines = lod.foremost(marks.filter((mark) => role(mark) === "line"), ui.signatures);
      const sites = marks.filter((mark) => ["sign", "area"].includes(role(mark)));
      grid.ground((context) => shifted(context, () => counties.forEach((one, index) => {
        context.fillStyle = `rgb(${numberOf(index)}, 0, 0)`;
        ground.fillCounty(context, one.properties.code);
      })));
      yield;
      grid.lines((context) => shifted(context, () => strike(context, lines, state)));

      yield;
      const groups = grouped(sites, work);
      for (const group of groups) if (group.icon) grid.take({ ...group.at, width: group.icon + 3, height: group.icon + 3 });
      const courses = new Map(lines.map((mark) => [mark, lineLabels.stretches(mark, origin, frame)]));

      const chosen = (mark) => mark.id === state.selected;
      yield* nameLines(lines.filter(chosen), courses, work, true);
      yield* nameGroups(groups.filter((group) => group.marks.some(chosen)), work);
      yield* nameTowns(towns.filter((one) => one.seat), work);
      yield* nameGroups(groups.filter((group) => group.icon && !group.marks.some(chosen)), work);
      // A line of which the frame shows little has few places for its name: it goes first.
      const short = (mark) => lengthOf(courses.get(mark)) < SHORT * textWidth(labelOf(mark, work), scaled(STYLES.line[language(work)]));
      const large = lod.large(frame);
      if (!large) yield* nameCounties(work);
      yield* nameLines(lines.filter((mark) => !chosen(mark) && short(mark)), courses, work, false);
      if (large) yield* nameCounties(work);
      yield* nameLines(lines.filter((mark) => !chosen(mark) && !short(mark)), courses, work, false);
      yield* lineLabels.placeDestinations(lines, { ...work, ui, origin, labelOf: (mark) => labelOf(mark, work), add, boxOf });
      yield* nameGroups(groups.filter((group) => !group.icon && !group.marks.some(chosen)), work);
      yield* nameTowns(towns.filter((one) => !one.seat), work);
    }

    function shifted(context, draw) {
      context.save();
      context.translate(-origin.x, -origin.y);
      draw();
      context.restore();
    }

    /* The red by which a county is known on the grid of land: far enough apart for blurred edges. */
    const numberOf = (index) => 40 + ((index * 20) % 200);

    /* Lines as wide as they are drawn, for the grid of what would strike a name through. */
    function strike(context, lines, { band, today }) {
      const scale = ui.signatures.growth[band];
      for (const mark of lines) {
        const look = root.ProjectSymbology.dress(mark.feature, ui, today);
        root.ProjectSymbology.trace(context, mark.parts, false);
        root.ProjectSymbology.stroke(context, { width: root.ProjectSymbology.body(look.strokes) * scale * look.weight + 1.5, colour: "#f00" });
      }
    }

    const lengthOf = (runs) => runs.reduce((sum, run) => sum + lineLabels.lengthOf(run), 0);
    const language = (work) => work.language;
    const labelOf = (mark, work) => {
      const { properties } = mark.feature;
      const name = properties[`short_${language(work)}`] || properties[`name_${language(work)}`];
      const state = work.today && properties.since && ui.since[properties.since];
      return state && state.note ? name + ui.text[language(work)][state.note] : name;
    };

    function add({ grid, ...entry }) {
      entries.push(entry);
      for (const letter of entry.letters) grid.take(letter, 1);
    }

    const boxOf = (text, style, at) => ({ text, x: at.x, y: at.y, angle: 0, width: textWidth(text, style), height: style.size * 1.16 });

    /* ---- lines ---- */

    function* nameLines(lines, courses, work, always) {
      const { grid, scaled } = work;
      const style = scaled(STYLES.line[language(work)]);
      let waiting = lines
        .filter((mark) => courses.get(mark).length)
        .sort((one, two) => lod.rank(one.feature, ui.signatures) - lod.rank(two.feature, ui.signatures));
      const far = work.band === "region" && lod.large(work.frame);
      const passes = always ? [["inside", 0.1], ["along", 0.2], ["apart", 0.5], ["along", 1]] : far ? FAR : NEAR;
      for (const [way, most] of passes) {
        const left = [];
        for (const mark of waiting) {
          if (!nameLine(mark, way, most)) left.push(mark);
          yield;
        }
        waiting = left;
      }

      function nameLine(mark, way, most) {
          const text = labelOf(mark, work);
          const look = root.ProjectSymbology.dress(mark.feature, ui, work.today);
          const half = (root.ProjectSymbology.body(look.strokes) * work.scale * look.weight) / 2 + (look.upgraded ? 3.5 : 0)
            + (mark.feature.properties.signature === "railway" ? 2.2 : 0);
          const runs = courses.get(mark);
          const paint = (all) => all.hue(mark.feature.properties.sector);
          const common = { kind: "project", id: mark.id, text, style, paint, grid, mark };
          if (way === "along" || way === "inside") {
            const found = lineLabels.alongLine(runs, text, style, grid, {
              half, chinese: language(work) === "zh", most, onLand: way === "inside",
            });
            if (!found) return false;
            add({ ...common, letters: found.letters });
            return true;
          }
          const size = { width: textWidth(text, style), height: style.size * 1.16 };
          const found = occupancy.withLeader(lineLabels.spotsOf(runs, grid), size, grid, { most, farthest: way === "far" ? 280 : 150, clear: (box) => !lineLabels.crosses(runs, box) });
          if (!found) return false;
          grid.takeLine(found.from, found.to);
          add({ ...common, letters: [boxOf(text, style, found.box)], leader: [found.from, found.to] });
          return true;
      }
    }

    /* ---- counties ---- */

    function* nameCounties(work) {
      for (const county of counties) {
        const rows = work.band === "region" ? [] : wholeCounty(county.properties.code, work);
        if (!nameCounty(county, rows, work) && rows.length) nameCounty(county, [], work);
        yield;
      }
    }

    /* Nearer than the first view the projects of a whole county stand below its name. */
    function wholeCounty(code, work) {
      const found = work.marks.filter((mark) => mark.whole === "county" && mark.bucket === code);
      const listed = found.slice(0, found.length > MOST_LISTED / 2 ? MOST_LISTED / 2 - 1 : MOST_LISTED / 2);
      const style = work.scaled(STYLES.member);
      const rows = listed.map((mark) => ({
        text: labelOf(mark, work), style, kind: "project", id: mark.id, mark, paint: (all) => all.hue(mark.feature.properties.sector),
      }));
      if (rows.length) rows.unshift({ text: ui.text[language(work)].county_wide, style, kind: "count", id: code, among: code, paint: (all) => all.quiet });
      const left = found.length - listed.length;
      if (left) rows.push({ text: fill(ui.text[language(work)].more_here, { count: left }), style, kind: "count", id: code, among: code, paint: (all) => all.quiet });
      return rows;
    }

    /* The share of a box's edge that lies beyond a county. */
    function beyond({ x, y, width: wide, height: high }, county, grid) {
      const spots = [-0.5, 0, 0.5].flatMap((right) => [-0.5, 0, 0.5].map((down) => [x + right * wide, y + down * high]));
      return spots.filter(([right, down]) => !grid.onNumber(right, down, numberOf(counties.indexOf(county)))).length / spots.length;
    }

    /* In a narrow frame a county's name is smaller, or it would hide the county. */
    function narrowed(style, wide) {
      const factor = Math.min(1, Math.max(0.7, wide / 560));
      return { ...style, size: style.size * factor, spacing: style.spacing * factor };
    }

    function nameCounty(county, below, work) {
      const { grid, scaled, buckets, band } = work;
      const style = narrowed(scaled(STYLES.county[language(work)]), work.frame.width);
      const small = scaled(STYLES.count);
      const { code, label, name_zh: zh, name_en: en } = county.properties;
      const text = language(work) === "en" ? en.replace(/ (District|County|City)$/, "").toUpperCase() : zh;
      const count = buckets.get(code) || 0;
      const rows = [{ text, style, kind: "county", id: code, paint: (all) => all.county, among: code, high: style.size * 1.2 }];
      if (count) {
        const said = fill(ui.text[language(work)].county_count, { count: count.toLocaleString("en") });
        rows.push({ text: said, style: small, kind: "count", id: code, paint: (all) => all.ink, among: code, pill: true, high: small.size + PILL.high + 6 });
      }
      rows.push(...below.map((row) => ({ ...row, high: row.style.size * 1.26 })));
      const wide = (row) => textWidth(row.text, row.style) + (row.pill ? 2 * PILL.side : 0);
      const size = { width: Math.max(...rows.map(wide)) + 6, height: rows.reduce((sum, row) => sum + row.high, 0) };
      const home = map.latLngToContainerPoint([label[1], label[0]]);
      const free = grid.freeNow();
      let best = null;
      for (const spot of grid.spots(numberOf(counties.indexOf(county)), 12)) {
        const box = { ...spot, ...size };
        if (!free(box, 2)) continue;
        const cost = grid.struck(box) * 900 + Math.hypot(spot.x - home.x, spot.y - home.y) * 0.25 + beyond(box, county, grid) * 120;
        if (!best || cost < best.cost) best = { ...box, cost };
      }
      if (!best || (band === "town" && best.cost > 260) || (below.length && best.cost > 90)) return false;
      let top = best.y - size.height / 2;
      for (const row of rows) {
        const letter = { ...boxOf(row.text, row.style, { x: best.x, y: top + row.high / 2 }), width: wide(row) };
        if (row.pill) letter.height = row.style.size + PILL.high;
        top += row.high;
        add({ ...row, grid, letters: [letter] });
      }
      return true;
    }

    /* ---- points, areas and places ---- */

    function grouped(sites, work) {
      const { band, scale, inFrame } = work;
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

    /* What is written for a group: rows of {text, style, kind, id, paint}. */
    function rows(group, work, most) {
      const { scaled } = work;
      const strong = scaled(STYLES.project);
      const plain = scaled(STYLES.member);
      const hue = (mark) => (all) => all.hue(mark.feature.properties.sector);
      const { marks } = group;
      if (marks.length === 1) {
        return [{ text: labelOf(marks[0], work), style: strong, kind: "project", id: marks[0].id, paint: hue(marks[0]), mark: marks[0] }];
      }
      const ids = marks.map((mark) => mark.id);
      if (marks.length > MOST_LISTED || most === 0) {
        const shared = marks.length > MOST_LISTED ? "" : lod.placeName(marks, language(work));
        const text = shared ? `${shared} ${marks.length}` : lod.composition(marks, ui, language(work));
        return [{ text: `${text} ›`, style: scaled(STYLES.count), kind: "count", id: ids[0], paint: (all) => all.ink, among: ids, pill: true }];
      }
      const named = lod.placeName(marks, language(work));
      const shared = named.charAt(0).toUpperCase() + named.slice(1);
      const ordered = [...marks].sort((one, two) => Number(two.id === work.selected) - Number(one.id === work.selected));
      // A project that is named as the place is, is the place.
      const same = ordered.findIndex((mark) => labelOf(mark, work) === shared);
      if (same > 0) ordered.unshift(...ordered.splice(same, 1));
      const name = same >= 0 ? "" : shared;
      const head = name
        ? { text: name, style: strong, kind: "place", id: ids[0], paint: hue(marks[0]), among: ids }
        : { text: labelOf(ordered[0], work), style: strong, kind: "project", id: ordered[0].id, paint: hue(ordered[0]), mark: ordered[0] };
      const rest = name ? ordered : ordered.slice(1);
      const listed = rest.slice(0, rest.length === most + 1 ? most + 1 : most);
      const said = listed.map((mark) => ({ text: labelOf(mark, work), style: plain, kind: "project", id: mark.id, paint: hue(mark), mark }));
      const left = rest.length - listed.length;
      const more = left ? [{ text: fill(ui.text[language(work)].more_here, { count: left }), style: plain, kind: "count", id: ids[0], paint: hue(marks[0]), among: ids }] : [];
      return [head, ...said, ...more];
    }

    function* nameGroups(groups, work) {
      for (const group of groups) {
        for (const most of group.marks.length > 1 ? [LISTED, 1, 0] : [LISTED]) {
          if (seat(group, rows(group, work, most), work)) break;
        }
        yield;
      }
    }

    function seat(group, said, work) {
      const { grid } = work;
      const high = (row) => row.style.size * 1.24 + (row.pill ? PILL.high : 0);
      const wide = (row) => textWidth(row.text, row.style) + (row.pill ? 2 * PILL.side : 0);
      const size = { width: Math.max(...said.map(wide)) + 2, height: said.reduce((sum, row) => sum + high(row), 0) };
      const found = group.icon ? occupancy.besidePoint(group, size, grid, lod.rank(group.marks[0].feature, ui.signatures) < 1) : occupancy.insideArea(group, size, grid);
      if (!found) return false;
      let top = found.y - size.height / 2;
      if (found.leader) grid.takeLine(...found.leader);
      said.forEach((row, index) => {
        const half = wide(row) / 2;
        const x = found.side === "right" ? found.x - size.width / 2 + half : found.side === "left" ? found.x + size.width / 2 - half : found.x;
        const letter = { ...boxOf(row.text, row.style, { x, y: top + high(row) / 2 }), width: wide(row) };
        if (row.pill) letter.height = row.style.size + PILL.high;
        top += high(row);
        add({ ...row, grid, letters: [letter], leader: index ? null : found.leader });
      });
      return true;
    }

    /* ---- towns ---- */

    function* nameTowns(some, work) {
      const { grid, scaled, band, inFrame } = work;
      const seat = some.some((one) => one.seat);
      const style = scaled(seat ? STYLES.city : STYLES.town);
      const ranked = [...some].sort((one, two) => one.rank - two.rank);
      for (const town of ranked) {
        const point = map.latLngToLayerPoint(town.at);
        if (!inFrame.contains(point)) continue;
        if (!seat && town.rank > (band === "region" ? 2 : 3)) continue;
        const at = point.subtract(origin);
        if (!seat && !grid.free({ ...at, width: 6, height: 6 })) continue;
        const text = town[`name_${language(work)}`];
        const size = { width: textWidth(text, style), height: style.size * 1.16 };
        let found = occupancy.besidePoint({ at, icon: seat ? 12 : 6 }, size, grid);
        if (!found && seat) {
          const far = occupancy.withLeader([{ spot: at, cost: 0 }], size, grid, { most: 1, farthest: 400, free: 400 });
          if (far) found = { ...far.box, leader: [far.from, far.to] };
        }
        if (!found || (!seat && found.leader)) continue;
        if (found.leader) grid.takeLine(...found.leader);
        grid.take({ ...at, width: seat ? 13 : 6, height: seat ? 13 : 6 });
        add({
          kind: "town", id: town.name_zh, text, style, paint: (all) => (seat ? all.ink : all.quiet), grid,
          letters: [boxOf(text, style, found)], leader: found.leader, dot: { at, seat },
        });
        yield;
      }
    }

    return { place, finish, draw: renderer.draw, shown: renderer.shown, under: renderer.under, signUnder: renderer.signUnder, all: renderer.all };
  }

  root.ProjectLabelPlacement = { create };
})(window);
