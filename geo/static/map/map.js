/* The map's life: data fetched once, drawn once; a rerun only says what is shown and selected. */
(function (root) {
  "use strict";

  const CALM = matchMedia("(prefers-reduced-motion: reduce)").matches;

  const content = root.ProjectContent;
  const controls = root.ProjectControls;
  const picking = root.ProjectPicking;

  let map;
  let ui;
  let projects;
  let backdrop;
  let legend;
  let labels;
  let wide;
  let tiles = [];
  let popup;
  let hover;
  let selected = null;
  let clicks = 0;
  let state = null;
  let current = { today: false };
  let theme = "light";
  let ready = false;
  let home;
  let ahead;

  function create(leafletMap, urls) {
    map = leafletMap;
    map.attributionControl.setPrefix(false);
    L.control.scale({ imperial: false, maxWidth: 140, position: "bottomright" }).addTo(map);
    // Left of a popup the buttons need their room, which on a narrow map is not to be had twice.
    popup = L.popup({
      maxWidth: Math.min(340, innerWidth - 130), minWidth: 200, className: "pm-pop",
      autoPanPaddingTopLeft: [60, 56], autoPanPaddingBottomRight: [16, 24],
    });
    root.ProjectBridge.onTheme(dress);
    root.ProjectGestures.calm(map, () => ui.text[state.language].two_fingers);
    load(urls);
  }

  async function load(urls) {
    const note = content.element("p", "pm-message", "…");
    map.getContainer().append(note);
    try {
      const [words, ground, layer] = await Promise.all(
        [urls.ui, urls.backdrop, urls.projects].map(root.ProjectBridge.read),
      );
      ui = words;
      draw(ground, layer.features);
      note.remove();
    } catch (error) {
      note.replaceWith(content.failure(error, () => load(urls)));
    }
  }

  function draw(ground, features) {
    document.body.append(controls.hatches(ui));
    // Before anything lies on the map, so that nothing is drawn twice.
    home = L.latLngBounds(ground.home);
    map.fitBounds(home, { animate: false });
    projects = root.ProjectSet.create(map, features, ui, theme);
    projects.all().forEach(listen);
    map.on("click", (event) => pick(event.containerPoint));
    hover = root.ProjectHover.create(map, projects.all, (found) =>
      content.tooltip(ui, found, state.language, state.today),
    );
    ahead = root.ProjectAhead.create(ui.facets, projects.held, filter);
    root.ProjectPointing.follow({
      light: projects.light, select: (id) => id !== selected && choose(id, { move: true }), choose: ahead.choose,
    });
    const own = ground.counties.features.filter((one) => one.properties.ziyang);
    labels = root.ProjectLabels.create(map, ui, own, offer);
    controls.fitButton(fit).addTo(map);
    ready = true;
    if (state) apply();
    // What is waited for are the projects; the ground comes below them in the next frame.
    later(() => {
      backdrop = root.ProjectBackdrop.create(map, ground);
      if (state) backdrop.speak(state.language);
    });
  }

  const later = (work) => requestAnimationFrame(() => setTimeout(work));

  /* A layer's own click comes here before the component's debounced one, so the panel is quick. */
  function listen(mark) {
    mark.layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      const at = event.containerPoint || map.latLngToContainerPoint(event.latlng || mark.anchor());
      pick(at, mark);
    });
  }

  function fit() {
    const bounds = projects.visible().reduce((box, mark) => box.extend(mark.bounds), L.latLngBounds([]));
    map.fitBounds(bounds.isValid() ? bounds : home, { padding: [24, 24], animate: !CALM });
  }

  /* Called by each rerun of the page with what it wants to see. */
  function show(next) {
    state = next;
    if (ready) apply();
  }

  function apply() {
    if (state.today !== current.today) turn();
    if (state.language !== current.language) speak(state.language);
    if (state.basemap.code !== current.basemap) lay(state.basemap);
    filter(ahead.hear(state.shown));
    // An echo of an earlier click must not undo a later one.
    if (state.click >= clicks && state.project !== selected) choose(state.project, { move: true });
    current = { language: state.language, basemap: state.basemap.code, today: state.today };
  }

  function filter(told) {
    if (!projects.filter(told)) return;
    // The projects are painted first; names and signs follow in the next frame.
    later(label);
    const mark = projects.get(selected);
    if (mark) {
      mark.select(true);
      if (!mark.shown) map.closePopup(popup);
    }
  }

  function speak(language) {
    document.documentElement.lang = language;
    if (backdrop) backdrop.speak(language);
    const text = ui.text[language];
    map.getContainer().setAttribute("aria-label", text.map);
    controls.speak(map, text);
    root.ProjectToday.call(projects.all(), state);
    for (const other of Object.keys(ui.text)) map.attributionControl.removeAttribution(ui.text[other].attribution);
    map.attributionControl.addAttribution(text.attribution);
    relegend();
    label();
    if (popup.isOpen() && selected) open(projects.get(selected), popup.getLatLng(), language);
  }

  /* From the plan of the decision to what became of it, and back: the same marks, dressed anew. */
  function turn() {
    root.ProjectToday.turn(projects.all(), state);
    projects.repaint();
    if (current.language) relegend();
  }

  function relegend() {
    const before = legend;
    legend = controls.legend(ui, projects.all(), { ...state, theme, before });
    if (before) before.remove();
    legend.addTo(map);
  }

  function lay(basemap) {
    tiles.forEach((layer) => layer.remove());
    tiles = root.ProjectTiles.add(map, basemap, () => ui.text[state.language].tiles_failed);
  }

  /* Names, signs and the list of what is wider than a county, after whatever changes them. */
  function label() {
    const { language } = state;
    labels.update({ marks: projects.all(), language, theme });
    const found = projects.visible().filter((mark) => mark.tier === "wide");
    const before = wide;
    wide = controls.wide(ui, found, { language, theme, before, choose: take });
    if (before) before.remove();
    if (found.length) wide.addTo(map);
  }

  function pick(at, origin) {
    const found = picking.under(projects.all(), at, origin);
    if (found.length) offer(found, map.containerPointToLatLng(at));
    else if (selected) take(null);
    else map.closePopup(popup);
  }

  /* Select what is alone; let the reader choose among several. */
  function offer(found, latlng) {
    hover.clear();
    if (found.length === 1) {
      take(found[0].feature.properties.id, latlng);
      return;
    }
    const features = found.map((mark) => mark.feature);
    const list = content.chooser(ui, features, state.language, theme, (id) => take(id, latlng));
    popup.setLatLng(latlng).setContent(list).openOn(map);
  }

  function take(id, latlng) {
    choose(id, { latlng });
    clicks = root.ProjectBridge.tell(id);
  }

  function choose(id, { latlng, move }) {
    const before = projects.get(selected);
    if (before) before.select(false);
    selected = id;
    const mark = projects.get(id);
    if (!mark) {
      map.closePopup(popup);
      return;
    }
    mark.select(true);
    if (!mark.shown) return;
    if (move) {
      const target = mark.kind === "point" ? mark.bounds.pad(1) : mark.bounds;
      map.fitBounds(target, { maxZoom: 12, padding: [40, 40], animate: false });
    }
    open(mark, latlng || mark.anchor(), state.language);
  }

  /* Who reads a project has seen the legend, and needs the room. */
  function open(mark, latlng, language) {
    legend.getContainer().querySelector("details").open = false;
    popup.setLatLng(latlng).setContent(content.popup(ui, mark.feature, language, theme));
    popup.openOn(map);
  }

  function dress(base) {
    if (base === theme) return;
    theme = base;
    if (!ready) return;
    projects.dress(theme);
    relegend();
    label();
  }

  function shownProjects() {
    return !projects ? [] : projects.visible().map((mark) => mark.feature.properties.id);
  }

  root.ProjectMap = { create, show, selected: () => selected };
  root.shownProjects = shownProjects;
})(window);
