/* The legend. Its samples are drawn by the same functions as the map. */
(function (root) {
  "use strict";

  const { element, icon } = root.ProjectDom;
  const symbology = root.ProjectSymbology;
  const SAMPLE_SIZE = { width: 34, height: 14 };
  const PAIR_SIZE = { width: 50, height: 14 };
  /* The legend starts open in a frame of at least this size. */
  const OPEN_FROM = { width: 700, height: 700 };

  function create(map, { onToggle }) {
    const box = root.ProjectControls.shieldFromMap(element("div", "pm-legend-box"));
    const details = element("details", "pm-legend");
    /* Whether it can be open: there is something to explain, and room for that. */
    let drawn = true;
    const hasRoom = () => {
      const size = map.getSize();
      return drawn && size.x >= OPEN_FROM.width && size.y >= OPEN_FROM.height;
    };
    details.open = hasRoom();
    details.addEventListener("toggle", onToggle);
    // A resize opens or closes the legend until the reader does so.
    let toggledByReader = false;
    details.addEventListener("click", (event) => {
      toggledByReader = toggledByReader || Boolean(event.target.closest(".pm-legend > summary"));
    });
    map.on("resize", () => {
      if (!toggledByReader) details.open = hasRoom();
    });
    box.append(details);
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => box;
    control.addTo(map);

    function update({ ui, marks, language, theme, today, colours }) {
      const text = ui.text[language];
      const projects = marks.map((mark) => mark.feature.properties);
      if (drawn !== marks.length > 0) {
        drawn = marks.length > 0;
        if (!toggledByReader) details.open = hasRoom();
      }
      const body = element("div", "pm-legend-body");
      const signsFold = details.querySelector(".pm-legend-signs");
      body.append(lineKinds(ui, projects, language, colours), ...lineStates(ui, projects, language, colours, today));
      body.append(pointSigns(ui, projects, { language, theme, colours, today, open: Boolean(signsFold && signsFold.open) }));
      body.append(element("p", "pm-note", text.unlocated));
      details.replaceChildren(element("summary", "", text.legend), body);
    }

    /* The distance from the top of the legend to the bottom of the frame while it is open. */
    const height = () => (details.open ? map.getContainer().getBoundingClientRect().bottom - box.getBoundingClientRect().top : 0);

    return { update, height };
  }

  function sample(draw, size = SAMPLE_SIZE) {
    const canvas = element("canvas", "pm-sample");
    const sharp = Math.max(2, devicePixelRatio || 1);
    canvas.width = size.width * sharp;
    canvas.height = size.height * sharp;
    canvas.style.width = `${size.width}px`;
    canvas.style.height = `${size.height}px`;
    canvas.setAttribute("aria-hidden", "true");
    const context = canvas.getContext("2d");
    context.scale(sharp, sharp);
    draw(context, size);
    return canvas;
  }

  function row(sampleNode, text) {
    const made = element("p");
    made.append(sampleNode, element("span", "", text));
    return made;
  }

  /* Puts a heading above the rows of a part; a part without rows has none. */
  function headed(box, title) {
    if (box.childElementCount) box.prepend(element("h4", "", title));
    return box;
  }

  const straightLine = ({ width, height }) => [[{ x: 1, y: height / 2 }, { x: width - 1, y: height / 2 }]];
  const feature = (properties) => ({ properties: { stage: "build", precision: "exact", ...properties } });

  /* The kinds of line in the data, each in the colour of its first project. */
  function lineKinds(ui, projects, language, colours) {
    const box = element("div", "pm-legend-part pm-legend-kinds");
    for (const code of Object.keys(ui.signatures.lines)) {
      const project = projects.find((one) => one.signature === code);
      if (!project) continue;
      const canvas = sample((context, size) =>
        symbology.drawLine(context, straightLine(size), feature({ signature: code, sector: project.sector }), ui, colours, {}));
      box.append(row(canvas, ui.signatures.lines[code][language]));
    }
    return headed(box, ui.text[language].legend_lines);
  }

  /* The line patterns: stages, or current states on the map of today, then the precision of
     locations. */
  function lineStates(ui, projects, language, colours, today) {
    const text = ui.text[language];
    const box = element("div", "pm-legend-part");
    const neutral = withoutHue(colours);
    // Each pattern is shown on a railway and a road.
    const pair = (properties, options) => sample((context, { height }) => {
      ["hsr", "avenue"].forEach((signature, index) => {
        const from = index * (PAIR_SIZE.width / 2);
        const line = [[{ x: from + 1, y: height / 2 }, { x: from + PAIR_SIZE.width / 2 - 3, y: height / 2 }]];
        symbology.drawLine(context, line, feature({ signature, sector: "rail", ...properties }), ui, neutral, options);
      });
    }, PAIR_SIZE);
    const pairWithSign = (properties) => {
      const made = element("span", "pm-samples");
      const sign = sample((context, { width, height }) =>
        symbology.drawSign(context, { x: width / 2, y: height / 2 }, feature({ sector: "rail", ...properties, precision: "approximate" }), ui, neutral, { size: 11, today: true }), { width: 17, height: 15 });
      made.append(pair(properties, { today: true }), sign);
      return made;
    };
    if (today) {
      for (const [look, told] of Object.entries(ui.looks)) {
        const code = Object.keys(ui.since).find((one) => ui.since[one].look === look && projects.some((own) => ui.since[own.since]?.look === look));
        if (code) box.append(row(pairWithSign({ since: code }), told[language]));
      }
      box.append(element("p", "pm-note", text.today_note));
    } else {
      for (const [form, stage] of [["planned", "plan"], ["built", "build"], ["upgraded", "upgrade"]]) {
        if (projects.some((own) => ui.forms[own.stage] === form)) box.append(row(pair({ stage }, {}), text[`form_${form}`]));
      }
    }
    headed(box, today ? text.today : text.legend_stages);
    const precision = element("div", "pm-legend-part");
    precision.append(element("h4", "", text.precision));
    precision.append(row(pair({ precision: "exact" }, {}), ui.precisions.exact[language]));
    precision.append(row(pair({ precision: "approximate" }, {}), ui.precisions.approximate[language]));
    const size = { width: PAIR_SIZE.width, height: 15 };
    precision.append(row(sample((context) => {
      const outline = Array.from({ length: 12 }, (_, index) => ({ x: 21 + 17 * Math.cos((index * Math.PI) / 6), y: 7.5 + 6 * Math.sin((index * Math.PI) / 6) }));
      symbology.drawArea(context, [outline], feature({ sector: "industry" }), ui, colours, { emphasised: true });
    }, size), text.legend_area));
    precision.append(row(pair({}, { outside: true }), text.legend_outside));
    return [box, precision];
  }

  /* A line pattern does not depend on the sector, so its sample has no sector colour. */
  const withoutHue = (colours) => ({ ...colours, hue: () => colours.ink, paints: () => ({ hue: colours.ink, ground: colours.land, tint: colours.land }) });

  function pointSigns(ui, projects, { language, theme, colours, today, open }) {
    const text = ui.text[language];
    const details = element("details", "pm-legend-signs");
    details.open = open;
    details.append(element("summary", "", text.legend_signs));
    const used = new Set(projects.map((one) => one.sector));
    const points = element("div", "pm-legend-part");
    const size = { width: 34, height: 22 };
    const sign = (properties) => sample((context) =>
      symbology.drawSign(context, { x: 17, y: 11 }, feature({ sector: "rail", ...properties }), ui, colours, { size: 17, today }), size);
    points.append(row(sign({}), text.legend_exact), row(sign({ precision: "approximate" }), text.legend_approximate));
    const countSample = element("span", "pm-legend-count", "3 ›");
    points.append(row(countSample, text.legend_count), row(element("span", "pm-legend-exit", "→"), text.legend_exit));
    details.append(points);
    const grid = element("div", "pm-legend-grid");
    for (const family of ui.families) {
      for (const code of family.sectors) {
        if (!used.has(code)) continue;
        grid.append(row(icon(ui, { sector: code }, theme === "forced" ? "light" : theme), ui.sectors[code][language]));
      }
    }
    details.append(grid);
    return details;
  }

  root.ProjectLegend = { create };
})(window);
