/* Names and signs on the map: never two in one place. What stands too close together is one sign
   with its count, which lists them; whole counties have a sign each beside the county's name. */
(function (root) {
  "use strict";

  const content = root.ProjectContent;
  /* Pixels between the middles of two signs, below which they are one. */
  const TOGETHER = 28;
  /* Where so many are in view, signs stand further apart and count more, or they would be all. */
  const CROWDED = 300;
  const TOGETHER_IN_CROWD = 72;
  /* From here on there is room for names. */
  const NAMES_FROM_ZOOM = 10;
  const WIDTH = { zh: 12, en: 6.2 };
  const LINE_HEIGHT = 17;
  const SIGN = 13;
  /* Pixels from the county's label to where its sign may stand, in the order tried. */
  const COUNTY_SIGN_PLACES = [24, 52, 80, -32, 108, -60].flatMap((down) =>
    [0, 70, -70, 130].map((right) => [right, down]),
  );

  function create(map, ui, counties, offer) {
    const signs = map.createPane("pm-signs");
    signs.style.zIndex = 445;
    const names = map.createPane("pm-titles");
    names.style.zIndex = 442;
    names.style.pointerEvents = "none";
    let drawn = [];
    let marks = [];
    let language = "zh";
    let theme = "light";

    function place(at, html, pane, interactive) {
      const icon = L.divIcon({ className: "pm-sign-box", html, iconSize: [0, 0] });
      const layer = L.marker(map.layerPointToLatLng(at), {
        icon, pane, interactive: false, keyboard: false,
      });
      layer.addTo(map);
      if (interactive) L.DomEvent.disableClickPropagation(html);
      drawn.push(layer);
    }

    function refresh() {
      drawn.forEach((layer) => layer.remove());
      drawn = [];
      const near = map.getBounds().pad(0.15);
      const shown = marks.filter((mark) => mark.shown && near.intersects(mark.bounds));
      const taken = [];
      const groups = gather(shown.filter((mark) => mark.kind === "point" || mark.tier === "zone"));
      for (const group of groups) {
        const merged = group.marks.length > 1;
        for (const mark of group.marks) mark.merge(merged);
        taken.push(around(group.at, SIGN, SIGN));
        if (merged) place(group.at, countSign(group), "pm-signs", true);
        else if (group.marks[0].kind !== "point") {
          place(group.at, zoneSign(group.marks[0]), "pm-signs", true);
        }
      }
      countySigns(shown.filter((mark) => mark.tier === "county"), taken);
      if (map.getZoom() >= NAMES_FROM_ZOOM) title(shown, groups, taken);
    }

    /* Greedy, in the order of the file: the same zoom always gives the same signs. Groups are looked
       for in the nine squares around a mark, so that thousands cost no more than their number. */
    function gather(some) {
      const together = some.length > CROWDED ? TOGETHER_IN_CROWD : TOGETHER;
      const squares = new Map();
      const groups = [];
      for (const mark of some) {
        const at = map.latLngToLayerPoint(mark.anchor());
        const [column, row] = [Math.floor(at.x / together), Math.floor(at.y / together)];
        const near = neighbours(squares, column, row).find(
          (group) => group.at.distanceTo(at) < together,
        );
        if (near) {
          near.marks.push(mark);
          continue;
        }
        const group = { at, marks: [mark] };
        groups.push(group);
        const key = `${column} ${row}`;
        squares.set(key, [...(squares.get(key) || []), group]);
      }
      return groups;
    }

    function button(className, text, label, group) {
      const made = content.element("button", className, text);
      made.type = "button";
      made.title = label;
      made.setAttribute("aria-label", label);
      made.addEventListener("click", (event) => {
        event.stopPropagation();
        offer(group.marks, map.layerPointToLatLng(group.at));
      });
      return made;
    }

    function countSign(group) {
      const count = group.marks.length;
      const label = content.fill(ui.text[language].choose, { count });
      return button("pm-count-sign", String(count), label, group);
    }

    function zoneSign(mark) {
      const label = content.name(mark.feature.properties, language);
      const made = button("pm-zone-sign", "", label, {
        marks: [mark], at: map.latLngToLayerPoint(mark.anchor()),
      });
      made.append(content.icon(ui, mark.feature.properties, theme));
      return made;
    }

    function countySigns(some, taken) {
      for (const county of counties) {
        const { code, label } = county.properties;
        const own = some.filter((mark) => mark.feature.properties.counties[0] === code);
        if (!own.length) continue;
        const middle = map.latLngToLayerPoint([label[1], label[0]]);
        const text = content.fill(ui.text[language].whole_county, {
          county: language === "en" ? county.properties.name_en : county.properties.name_zh,
          count: own.length,
        });
        const half = (text.length * WIDTH[language]) / 2 + 12;
        // Below the county's name, or the nearest room there is.
        const places = COUNTY_SIGN_PLACES.map((place) => middle.add(place));
        const at =
          places.find((one) => !taken.some((box) => clash(around(one, half, 14), box))) || places[0];
        place(at, button("pm-county-sign", text, text, { marks: own, at }), "pm-signs", true);
        taken.push(around(at, half, 14));
      }
    }

    /* Signs are there already; of names, points go first, then zones, then lines. */
    function title(shown, groups, taken) {
      const view = map.getPixelBounds();
      const origin = map.getPixelOrigin();
      const wanted = [
        ...groups
          .filter((group) => group.marks.length === 1)
          .sort((one, two) => order(one.marks[0]) - order(two.marks[0]))
          .map((group) => ({ mark: group.marks[0], at: group.at.add([0, 21]) })),
        ...shown
          .filter((mark) => mark.kind === "line")
          .map((mark) => ({ mark, at: mark.middleInView() })),
      ];
      for (const { mark, at } of wanted) {
        if (!at || !view.contains(at.add(origin))) continue;
        const text = content.name(mark.feature.properties, language);
        const box = around(at, (text.length * WIDTH[language]) / 2 + 3, LINE_HEIGHT / 2);
        if (taken.some((other) => clash(box, other))) continue;
        taken.push(box);
        const label = content.element("span", "pm-name", text);
        label.style.setProperty("--hue", mark.sector.hue[theme]);
        place(at, label, "pm-titles", false);
      }
    }

    function order(mark) {
      return mark.kind === "point" ? 0 : 1;
    }

    // Leaflet cuts lines to the window after these events: before, there is no middle to name.
    let waiting = 0;
    map.on("moveend zoomend", () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(refresh);
    });
    return {
      update(next) {
        ({ marks = marks, language = language, theme = theme } = next);
        refresh();
      },
    };
  }

  function neighbours(squares, column, row) {
    const found = [];
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) found.push(...(squares.get(`${x} ${y}`) || []));
    }
    return found;
  }

  function around(at, half, high) {
    return [at.x - half, at.y - high, at.x + half, at.y + high];
  }

  function clash(one, two) {
    return one[0] < two[2] && one[2] > two[0] && one[1] < two[3] && one[3] > two[1];
  }

  root.ProjectLabels = { create };
})(window);
