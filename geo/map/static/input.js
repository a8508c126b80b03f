/* Input on the map: hit testing, hover, touch gestures, and access by keyboard and screen reader.
   */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;

  /* ---- hit testing ---- */

  /* A finger is less precise than a mouse. */
  const TOLERANCE_PX = matchMedia("(pointer: coarse)").matches ? 14 : 6;
  /* Lines within this distance of the nearest one count as hit too. */
  const SAME_SPOT_PX = 5;

  const ON_LINE_PX = 1.5;

  function distanceToLine(parts, at) {
    let nearest = Infinity;
    for (const part of parts) {
      for (let index = 1; index < part.length; index += 1) {
        nearest = Math.min(nearest, L.LineUtil.pointToSegmentDistance(at, part[index - 1], part[index]));
      }
    }
    return nearest;
  }

  function isNear(mark, at) {
    const box = mark.layer._pxBounds;
    return box && at.x >= box.min.x - 20 && at.x <= box.max.x + 20 && at.y >= box.min.y - 20 && at.y <= box.max.y + 20;
  }

  /* The lines within reach of a point, nearest first: {mark, pixels}. */
  function linesAt(marks, role, point) {
    const found = [];
    for (const mark of marks) {
      if (mark.kind !== "line" || !isNear(mark, point) || !role(mark)) continue;
      const pixels = distanceToLine(mark.parts, point);
      if (pixels <= TOLERANCE_PX) found.push({ mark, pixels });
    }
    return found.sort((one, two) => one.pixels - two.pixels);
  }

  /* Returns the {marks} at a point of the frame, or {among} for a count. `onLabel` is set if a
     label was hit. */
  function hitTest(map, marks, labels, role, at) {
    const point = map.containerPointToLayerPoint(at);
    const lines = linesAt(marks, role, point);
    const label = labels.labelAt(at);
    // A click exactly on a line means the line, even where a label crosses it. A count's pill
    // always wins.
    const onLine = lines.length && lines[0].pixels <= ON_LINE_PX;
    if (label && (label.pill || !onLine)) {
      if (label.among) return { among: label.among, onLabel: true };
      if (label.mark) return { marks: [label.mark], onLabel: true };
    }
    const sign = labels.signAt(at, TOLERANCE_PX - 2);
    if (sign) return sign.marks.length > 1 ? { among: sign.marks.map((mark) => mark.id), marks: sign.marks } : { marks: sign.marks };
    if (lines.length) return { marks: lines.filter((one) => one.pixels <= lines[0].pixels + SAME_SPOT_PX).map((one) => one.mark) };
    const areas = marks.filter(
      (mark) => mark.kind === "area" && isNear(mark, point) && role(mark) && mark.layer._containsPoint(point),
    );
    return { marks: areas.sort((one, two) => one.size - two.size) };
  }

  /* ---- hover ---- */

  /* Highlights what is under the pointer, with a tooltip unless its label is there. Touch events
     are ignored, because nothing would end the hover. */
  function createHover(map, findAt, tooltipContent, highlight) {
    const tooltip = L.tooltip({ direction: "top", offset: [0, -10], className: "pm-tip" });
    let highlighted = "";

    function clear() {
      map.closeTooltip(tooltip);
      map.getContainer().classList.remove("pm-over");
      if (highlighted) highlight([]);
      highlighted = "";
    }

    function onMove(event) {
      const { originalEvent: source, containerPoint: at } = event;
      const touch = source && source.sourceCapabilities && source.sourceCapabilities.firesTouchEvents;
      const control = source && source.target.closest && source.target.closest(".leaflet-control, .pm-card");
      if (touch || control || map.dragging.moving() || map._animatingZoom) {
        clear();
        return;
      }
      const { marks = [], among, onLabel } = findAt(at);
      map.getContainer().classList.toggle("pm-over", marks.length > 0 || Boolean(among));
      const ids = marks.slice(0, 1).map((mark) => mark.id);
      if (String(ids) !== highlighted) highlight(ids);
      highlighted = String(ids);
      if (!ids.length || onLabel) {
        map.closeTooltip(tooltip);
        return;
      }
      tooltip.setLatLng(map.containerPointToLatLng(at));
      tooltip.setContent(tooltipContent(marks.map((mark) => mark.feature)));
      if (!map.hasLayer(tooltip)) tooltip.addTo(map);
    }

    map.on("mousemove", onMove);
    map.on("mouseout movestart zoomstart", clear);
    // Leaflet sends no event when the pointer leaves the frame quickly.
    document.addEventListener("mouseleave", clear);
    return { clear };
  }

  /* ---- touch: one finger scrolls the page, two fingers move the map ---- */

  const MESSAGE_MS = 1500;

  function needTwoFingers(map, message) {
    if (!matchMedia("(pointer: coarse)").matches) return;
    // With dragging disabled, Leaflet's style sheet lets one finger scroll the page.
    map.dragging.disable();
    const note = element("p", "pm-message pm-fingers");
    note.setAttribute("aria-hidden", "true");
    let hiding = 0;
    map.getContainer().addEventListener("touchmove", (event) => {
      const scrollsItself = event.target.closest && event.target.closest(".leaflet-popup, .leaflet-control, details");
      if (event.touches.length > 1 || scrollsItself) {
        note.remove();
        return;
      }
      note.textContent = message();
      map.getContainer().append(note);
      clearTimeout(hiding);
      hiding = setTimeout(() => note.remove(), MESSAGE_MS);
    }, { passive: true });
  }

  /* ---- keyboard and screen readers ---- */

  const MAX_BUTTONS = 80;

  /* A button for each label, reachable with the Tab key and visible only while focused. */
  function createKeyboardAccess(map, { highlight, select, openList }) {
    const nav = element("nav", "pm-in-view");
    map.getContainer().append(nav);
    const entryOf = new WeakMap();
    L.DomEvent.disableClickPropagation(nav);

    /* Buttons are reused, because removing one would lose the focus. */
    function update(entries, label) {
      nav.setAttribute("aria-label", label);
      const before = new Map([...nav.children].map((one) => [one.dataset.key, one]));
      const wanted = new Map();
      for (const entry of entries) {
        const key = entry.among ? `among ${entry.among}` : entry.mark && entry.mark.id;
        if (!key || entry.kind === "exit" || entry.kind === "county" || wanted.has(key) || wanted.size >= MAX_BUTTONS) continue;
        const button = before.get(key) || createButton(key);
        button.textContent = entry.text;
        wanted.set(key, button);
        entryOf.set(button, entry);
      }
      for (const [key, button] of before) if (!wanted.has(key)) button.remove();
      for (const button of wanted.values()) if (!button.isConnected) nav.append(button);
    }

    function createButton(key) {
      const button = element("button");
      button.type = "button";
      button.dataset.key = key;
      button.addEventListener("click", () => {
        const { among, mark } = entryOf.get(button);
        if (among) openList(among);
        else select(mark.id);
      });
      button.addEventListener("focus", () => {
        const { mark } = entryOf.get(button);
        highlight(mark ? [mark.id] : []);
      });
      button.addEventListener("blur", () => highlight([]));
      return button;
    }

    return { update };
  }

  root.ProjectInput = { hitTest, createHover, needTwoFingers, createKeyboardAccess };
})(window);
