/* The legend: every mark that the map has, each sample drawn by the hand that draws the map. */
(function (root) {
  "use strict";

  const { element, icon } = root.ProjectDom;
  const paint = root.ProjectSymbology;
  const SAMPLE = { width: 34, height: 14 };
  const PAIR = { width: 50, height: 14 };
  /* A frame that has room for the legend beside the place has it open. */
  const ROOMY = { width: 700, height: 700 };

  function create(map, { changed }) {
    const box = root.ProjectControls.guarded(element("div", "pm-legend-box"));
    const fold = element("details", "pm-legend");
    const roomy = () => {
      const size = map.getSize();
      return size.x >= ROOMY.width && size.y >= ROOMY.height;
    };
    fold.open = roomy();
    fold.addEventListener("toggle", changed);
    // As the frame has room, until the reader says otherwise.
    let touched = false;
    fold.addEventListener("click", (event) => {
      touched = touched || Boolean(event.target.closest(".pm-legend > summary"));
    });
    map.on("resize", () => {
      if (!touched) fold.open = roomy();
    });
    box.append(fold);
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => box;
    control.addTo(map);

    function update({ ui, marks, language, theme, today, colours }) {
      const text = ui.text[language];
      const all = marks.map((mark) => mark.feature.properties);
      const body = element("div", "pm-legend-body");
      const more = fold.querySelector(".pm-legend-signs");
      body.append(kinds(ui, all, language, colours), ...states(ui, all, language, colours, today));
      body.append(signs(ui, all, { language, theme, colours, today, open: Boolean(more && more.open) }));
      body.append(element("p", "pm-note", text.unlocated));
      fold.replaceChildren(element("summary", "", text.legend), body);
    }

    /* How high it stands above the frame's foot while it is open. */
    const height = () => (fold.open ? map.getContainer().getBoundingClientRect().bottom - box.getBoundingClientRect().top : 0);

    return { update, height };
  }

  function sample(draw, size = SAMPLE) {
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

  function row(drawn, text) {
    const made = element("p");
    made.append(drawn, element("span", "", text));
    return made;
  }

  const across = ({ width, height }) => [[{ x: 1, y: height / 2 }, { x: width - 1, y: height / 2 }]];
  const feature = (properties) => ({ properties: { stage: "build", precision: "exact", ...properties } });

  /* The kinds of line in this layer, each in the hue of the first that has it. */
  function kinds(ui, all, language, colours) {
    const box = element("div", "pm-legend-part pm-legend-kinds");
    box.append(element("h4", "", ui.text[language].legend_lines));
    for (const code of Object.keys(ui.signatures.lines)) {
      const own = all.find((one) => one.signature === code);
      if (!own) continue;
      const drawn = sample((context, size) =>
        paint.line(context, across(size), feature({ signature: code, sector: own.sector }), ui, colours, {}));
      box.append(row(drawn, ui.signatures.lines[code][language]));
    }
    return box;
  }

  /* What the form of a line says: its stage, or on the map of today what became of it; and its place. */
  function states(ui, all, language, colours, today) {
    const text = ui.text[language];
    const box = element("div", "pm-legend-part");
    const plain = neutral(colours);
    // A railway and a road side by side, as each form is seen on both.
    const pair = (properties, options) => sample((context, { height }) => {
      ["hsr", "avenue"].forEach((signature, index) => {
        const from = index * (PAIR.width / 2);
        const line = [[{ x: from + 1, y: height / 2 }, { x: from + PAIR.width / 2 - 3, y: height / 2 }]];
        paint.line(context, line, feature({ signature, sector: "rail", ...properties }), ui, plain, options);
      });
    }, PAIR);
    box.append(element("h4", "", today ? text.today : text.legend_stages));
    if (today) {
      for (const look of ui.looks) {
        const code = Object.keys(ui.since).find((one) => ui.since[one].look === look.code && all.some((own) => ui.since[own.since]?.look === look.code));
        if (code) box.append(row(pair({ since: code }, { today: true }), look[language]));
      }
      box.append(element("p", "pm-note", text.today_note));
    } else {
      for (const [form, stage] of [["planned", "plan"], ["built", "build"], ["upgraded", "upgrade"]]) {
        if (all.some((own) => ui.forms[own.stage] === form)) box.append(row(pair({ stage }, {}), text[`form_${form}`]));
      }
    }
    const known = element("div", "pm-legend-part");
    known.append(element("h4", "", text.precision));
    known.append(row(pair({ precision: "exact" }, {}), ui.precisions.exact[language]));
    known.append(row(pair({ precision: "approximate" }, {}), ui.precisions.approximate[language]));
    const size = { width: PAIR.width, height: 15 };
    known.append(row(sample((context) => {
      const round = Array.from({ length: 12 }, (_, index) => ({ x: 21 + 17 * Math.cos((index * Math.PI) / 6), y: 7.5 + 6 * Math.sin((index * Math.PI) / 6) }));
      paint.area(context, [round], feature({ sector: "industry" }), ui, colours, { emphasised: true });
    }, size), text.legend_area));
    known.append(row(pair({}, { outside: true }), text.legend_outside));
    return [box, known];
  }

  /* The form of a line is shown without a hue: it says nothing of the family. */
  const neutral = (colours) => ({ ...colours, hue: () => colours.ink, paints: () => ({ hue: colours.ink, ground: colours.land, tint: colours.land }) });

  /* The signs by family: a square stands where the place is exact, a circle where it is approximate. */
  function signs(ui, all, { language, theme, colours, today, open }) {
    const text = ui.text[language];
    const fold = element("details", "pm-legend-signs");
    fold.open = open;
    fold.append(element("summary", "", text.legend_signs));
    const used = new Set(all.map((one) => one.sector));
    const points = element("div", "pm-legend-part");
    const size = { width: 34, height: 22 };
    const sign = (properties) => sample((context) =>
      paint.sign(context, { x: 17, y: 11 }, feature({ sector: "rail", ...properties }), ui, colours, { size: 17, today }), size);
    points.append(row(sign({}), text.legend_exact), row(sign({ precision: "approximate" }), text.legend_approximate));
    const counted = element("span", "pm-legend-count", "3 ›");
    points.append(row(counted, text.legend_count), row(element("span", "pm-legend-exit", "→"), text.legend_exit));
    fold.append(points);
    const grid = element("div", "pm-legend-grid");
    for (const family of ui.families) {
      for (const code of family.sectors) {
        if (!used.has(code)) continue;
        grid.append(row(icon(ui, { sector: code }, theme === "forced" ? "light" : theme), ui.sectors[code][language]));
      }
    }
    fold.append(grid);
    return fold;
  }

  root.ProjectLegend = { create };
})(window);
