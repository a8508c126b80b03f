/* Mouse, finger and keyboard on the map. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;

  /* ---- hit testing: what lies under a point ---- */

  /* Pixels: a finger covers more than a mouse points at. */
  const TOLERANCE_PX = matchMedia("(pointer: coarse)").matches ? 14 : 6;
  /* Closer than this to the nearest line, another counts as under the same click. */
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

  /* Returns {marks}, or {among} for a count, of a point of the frame; `written` where a name stands there. */
  function hitTest(map, marks, labels, role, at) {
    const point = map.containerPointToLayerPoint(at);
    const lines = linesAt(marks, role, point);
    const label = labels.labelAt(at);
    // Right on a line that a name happens to cross, the line is meant; never below a count's plate.
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

  /* What the pointer rests on is brought forward, and named beside the pointer unless its name is written
     there. A finger rests on nothing, so nothing stays lit after a touch. */
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
    // Out of the frame at once, the map is not told.
    document.addEventListener("mouseleave", clear);
    return { clear };
  }

  /* ---- touch: under a finger the page scrolls and the map stays; two fingers move and zoom it ---- */

  const MESSAGE_MS = 1500;

  function needTwoFingers(map, message) {
    if (!matchMedia("(pointer: coarse)").matches) return;
    // Without Leaflet's own dragging, its style sheet lets one finger scroll what is around.
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

  const MOST_BUTTONS = 80;

  /* A button for each name that is written, reached by the tabulator key and by screen readers, unseen
     until it has the focus. */
  function createKeyboardAccess(map, { highlight, select, openList }) {
    const nav = element("nav", "pm-in-view");
    map.getContainer().append(nav);
    const entryOf = new WeakMap();
    L.DomEvent.disableClickPropagation(nav);

    /* A button that is still wanted stays, and with it the focus. */
    function update(entries, label) {
      nav.setAttribute("aria-label", label);
      const before = new Map([...nav.children].map((one) => [one.dataset.key, one]));
      const wanted = new Map();
      for (const entry of entries) {
        const key = entry.among ? `among ${entry.among}` : entry.mark && entry.mark.id;
        if (!key || entry.kind === "exit" || entry.kind === "county" || wanted.has(key) || wanted.size >= MOST_BUTTONS) continue;
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
