/* Runs before the page's own scripts, in the outer page alone. It checks the map's frame, which has the
   same origin, in its own animation frames, so that it does not matter if that frame is replaced. */
(function () {
  "use strict";

  const now = () => performance.now();

  if (window !== top) return;

  const seen = {};
  const bench = { pressed: 0, seen };
  window.bench = bench;

  /* The time of the last press of mouse or key in the page or the map's frame, by the outer page's clock.
     The page listens in the frame, because what runs there first would listen in the frame's initial
     empty document: the browser drops those listeners when the frame loads. */
  const pressed = (event) => {
    bench.pressed = event.view.performance.timeOrigin - performance.timeOrigin + event.timeStamp;
  };
  const listenIn = (inner) => {
    inner.addEventListener("pointerdown", pressed, true);
    inner.addEventListener("keydown", pressed, true);
  };
  listenIn(window);

  /* The ids that the map says are under the pointer. */
  let pointed = [];
  document.addEventListener("map-points", (event) => { pointed = event.detail; });

  const Native = window.WebSocket;
  window.WebSocket = class extends Native {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", () => { seen.socket ??= now(); });
      this.addEventListener("message", () => { seen.message ??= now(); });
    }
  };

  bench.watch = function (name, condition) {
    delete seen[name];
    (function look() {
      if (condition()) seen[name] = now();
      else requestAnimationFrame(look);
    })();
  };

  const visible = (selector) => {
    const node = document.querySelector(selector);
    return Boolean(node) && node.getClientRects().length > 0;
  };
  const textOf = (selector) => document.querySelector(selector)?.innerText.trim() ?? "";

  /* Watches for the first view that the server has written into the page's HTML, until the page is ready. */
  bench.watchFirst = function () {
    (function look() {
      if (visible("#first svg")) seen.first = now();
      else if (seen.ready === undefined) requestAnimationFrame(look);
    })();
  };

  /* When the first view was drawn: it was laid out in an animation frame, and something with content has
     been painted; null if the page had none. */
  bench.firstView = function () {
    if (seen.first === undefined) return null;
    const painted = performance.getEntriesByName("first-contentful-paint")[0];
    return Math.max(seen.first, painted?.startTime ?? Infinity);
  };

  /* True once the first view is gone, or if there never was one. */
  bench.live = () => document.querySelector("#first") === null;

  bench.filters = () => visible(".st-key-sector input") && visible(".st-key-county input");
  bench.counts = (text) => textOf(".st-key-count") === text;

  /* Whether the panel shows a project. That of the app says which; it names others too. */
  bench.details = function (id, name) {
    const article = document.querySelector(".st-key-detail article");
    return article ? article.dataset.project === id : textOf(".st-key-detail").includes(name);
  };

  bench.lists = (ids) => {
    const rows = [...document.querySelectorAll(".st-key-list tbody tr")];
    return rows.length === ids.length && rows.every((row) => ids.includes(row.dataset.ids));
  };

  /* The map's frame, once it is visible and has a map. */
  bench.frame = function () {
    for (const frame of document.querySelectorAll("iframe")) {
      if (frame.offsetHeight > 100 && frame.contentWindow?.map?._layers) {
        listenIn(frame.contentWindow); // again and again is once
        return frame;
      }
    }
    return null;
  };

  const layers = (inner) => Object.values(inner.map._layers).filter((one) => one.feature);

  bench.draws = function (ids) {
    const inner = bench.frame()?.contentWindow;
    if (!inner) return false;
    const shown = inner.shownProjects
      ? inner.shownProjects()
      : layers(inner).map((one) => one.feature.properties.id);
    return shown.length === ids.length && [...shown].sort().every((id, at) => id === ids[at]);
  };

  /* True as soon as the popup begins to appear: Leaflet fades it in. A list to choose from is none. */
  bench.pops = function (name) {
    const inner = bench.frame()?.contentWindow;
    const popups = inner ? [...inner.document.querySelectorAll(".leaflet-popup")] : [];
    return popups.some((one) => one.innerText.includes(name)
      && !one.querySelector(".pm-chooser") && Number(inner.getComputedStyle(one).opacity) > 0);
  };

  /* A position in the window on a line or a point with no other project within 20 pixels:
     {x, y, id, name} or null. */
  bench.alone = function (taken) {
    const frame = bench.frame();
    const { map, L, document: inner } = frame.contentWindow;
    const box = frame.getBoundingClientRect();
    const marks = layers(frame.contentWindow);
    const near = (one, at) => {
      const point = map.containerPointToLayerPoint(at);
      if (one.getLatLng) return map.latLngToLayerPoint(one.getLatLng()).distanceTo(point) < 34;
      if (one instanceof L.Polygon && one._containsPoint(point)) return true;
      return (one._parts || []).some((part) => part.some(
        (end, i) => i && L.LineUtil.pointToSegmentDistance(point, part[i - 1], end) < 20,
      ));
    };
    const under = (one, at) => {
      const point = map.containerPointToLayerPoint(at);
      if (one.getLatLng) return map.latLngToLayerPoint(one.getLatLng()).distanceTo(point) < 6;
      if (one instanceof L.Polygon) return false;
      return (one._parts || []).some((part) => part.some(
        (end, i) => i && L.LineUtil.pointToSegmentDistance(point, part[i - 1], end) < 1.5,
      ));
    };
    const size = map.getSize();
    const low = Math.min(size.y, innerHeight - box.top) - 60;
    for (let y = 60; y < low; y += 3) {
      for (let x = 60; x < size.x - 60; x += 3) {
        const at = L.point(x, y);
        const hit = inner.elementFromPoint(x, y);
        if (!hit?.closest(".leaflet-container")) continue;
        if (hit.closest(".leaflet-control, .leaflet-popup")) continue;
        const found = marks.filter((one) => near(one, at));
        if (found.length !== 1 || !under(found[0], at)) continue;
        const { id, name_zh: name } = found[0].feature.properties;
        if (!taken.includes(name)) return { x: box.left + x, y: box.top + y, id, name };
      }
    }
    return null;
  };

  /* Whether a press where the pointer is selects exactly this project, according to the map's own hit
     test, which also decides what is highlighted and what the tooltip says. */
  bench.hits = function (id) {
    const inner = bench.frame()?.contentWindow;
    if (!inner?.ProjectMap) return true;
    const several = inner.document.querySelector(".pm-tooltip i") !== null;
    return pointed.length === 1 && pointed[0] === id && !several;
  };

  bench.goto = (lat, lon, zoom) => {
    bench.frame().contentWindow.map.setView([lat, lon], zoom, { animate: false });
  };

  /* The middle of the map in the window: that of Leaflet's frame or of deck.gl's canvas. */
  bench.middle = function () {
    const box = (bench.frame() ?? document.querySelector("canvas")).getBoundingClientRect();
    return [box.left + box.width / 2, box.top + Math.min(box.height, innerHeight - box.top) / 2];
  };

  /* Frames painted per second since `count`. */
  let begun = 0;
  let frames = 0;
  let counting = 0;
  bench.count = function () {
    cancelAnimationFrame(counting);
    begun = now();
    frames = 0;
    (function next() {
      frames += 1;
      counting = requestAnimationFrame(next);
    })();
  };
  bench.counted = function () {
    cancelAnimationFrame(counting);
    return (1000 * frames) / (now() - begun);
  };
  bench.rest = (ms) => new Promise((done) => setTimeout(done, ms));

  bench.selects = (id) => bench.frame()?.contentWindow.ProjectMap.selected() === id;

  bench.mark = () => { bench.frame().contentWindow.benchMark = true; };
  bench.marked = () => bench.frame()?.contentWindow.benchMark === true;

  /* When each part of the page arrived, in milliseconds since the navigation began. */
  bench.timeline = function () {
    const found = { ...seen };
    if (seen.first !== undefined) found.first = bench.firstView();
    const note = (inner, what) => {
      const offset = inner.performance.timeOrigin - performance.timeOrigin;
      for (const entry of inner.performance.getEntriesByType("resource")) {
        const name = new URL(entry.name).pathname.split("/").pop();
        const key = what(name);
        if (key) found[key] = Math.max(found[key] ?? 0, offset + entry.responseEnd);
      }
      return offset;
    };
    found.html = performance.getEntriesByType("navigation")[0].responseEnd;
    note(window, (name) => (/^index\..*\.js$/.test(name) ? "script" : null));
    const inner = bench.frame()?.contentWindow;
    if (inner) {
      const files = ["leaflet.js", "map.js", "ui.json", "backdrop.json", "map.json"];
      const component = (name) => (/^main\..*\.js$/.test(name) ? "component" : null);
      found.frame = note(inner, (name) => (files.includes(name) ? name : component(name)));
    }
    return found;
  };
})();
