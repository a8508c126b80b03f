/* The map's life: data fetched once, drawn once; a rerun only says what is shown and selected. */
(function (root) {
  "use strict";

  const CALM = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const FORCED = matchMedia("(forced-colors: active)");

  const dom = root.ProjectDom;
  const popups = root.ProjectPopups;
  const controls = root.ProjectControls;
  const lod = root.ProjectLevelOfDetail;

  let map;
  let ui;
  let projects;
  let sheet;
  let ground;
  let names;
  let framing;
  let legend;
  let wide;
  let card;
  let hover;
  let inView;
  let ahead;
  let tiles = [];
  let lit = new Set();
  let pointed = "";
  let selected = null;
  let clicks = 0;
  let state = null;
  let current = { today: false, framed: "" };
  let theme = "light";
  let ready = false;
  let stale = true;

  function create(leafletMap, urls) {
    map = leafletMap;
    map.attributionControl.setPrefix(false);
    map.createPane("pm-sheet").style.zIndex = 400;
    map.getPane("pm-sheet").style.pointerEvents = "none";
    root.ProjectBridge.onTheme(dress);
    FORCED.addEventListener("change", wear);
    root.ProjectInput.needTwoFingers(map, () => ui.text[state.language].two_fingers);
    load(urls);
  }

  async function load(urls) {
    const note = dom.element("p", "pm-message", "…");
    map.getContainer().append(note);
    try {
      const [words, land, layer] = await Promise.all(
        [urls.ui, urls.backdrop, urls.projects].map(root.ProjectBridge.readJson),
      );
      ui = words;
      build(land, layer.features);
      note.remove();
    } catch (error) {
      note.replaceWith(dom.failureMessage(error, () => load(urls)));
      throw error;
    }
  }

  function build(land, features) {
    const home = L.latLngBounds(land.home);
    const own = land.counties.features.filter((one) => one.properties.ziyang);
    framing = root.ProjectViewport.create(map, home, own, { calm: CALM, foot: () => (legend ? legend.height() : 0) });
    ground = root.ProjectBasemap.createBackdrop(map, land);
    names = root.ProjectLabelPlacement.create(map, { ui, ground, places: towns(land), counties: own, controls: () => controls.boxes(map) });
    // Before anything lies on the map, so that nothing is drawn twice.
    framing.fit(home);
    sheet = new root.ProjectCanvas.CanvasRenderer(draw);
    projects = root.ProjectLayers.create(map, features, sheet);
    projects.all().forEach(listen);
    card = popups.createCard(map, { closed: () => ui.text[state.language].close });
    hover = root.ProjectInput.createHover(map, find, (found) => popups.tooltip(ui, found, state.language, state.today), (ids) => {
      light(ids);
      tellHovered(ids);
    });
    ahead = root.ProjectClientFilter.create(ui.facets, projects.held, filter);
    followPage();
    wide = controls.wideLine(map, { list, take });
    // Below the line of what is wider: at the foot the legend may need the whole width.
    L.control.scale({ imperial: false, maxWidth: 110, position: "topright" }).addTo(map);
    controls.fitButton(framing.again).addTo(map);
    legend = root.ProjectLegend.create(map, { changed: replace });
    inView = root.ProjectInput.createKeyboardAccess(map, { light, take, list });
    map.on("click", (event) => pick(event.containerPoint));
    map.on("moveend resize", () => {
      stale = true;
    });
    ready = true;
    root.ProjectBridge.watchOverlays(replace);
    if (state) apply();
    sheet.addTo(map);
    document.fonts.load('900 12px "pm-icons"').then(() => sheet.redraw());
  }

  /* Page and map point at the same projects: each hears of it as an event of the page's document. A map
     without a frame is its own page. */
  function followPage() {
    const page = root.parent.document;
    page.addEventListener("page-points", (event) => light(event.detail));
    page.addEventListener("page-selects", (event) => event.detail !== selected && choose(event.detail, { move: true }));
    page.addEventListener("page-chooses", (event) => ahead.choose(event.detail.facet, event.detail.words));
  }

  function tellHovered(ids) {
    const said = ids.join(" ");
    if (said === pointed) return;
    pointed = said;
    root.parent.document.dispatchEvent(new CustomEvent("map-points", { detail: ids }));
  }

  const towns = (land) => land.places.features
    .filter((one) => one.properties.kind === "town")
    .map((one) => ({ ...one.properties, at: L.latLng(one.geometry.coordinates[1], one.geometry.coordinates[0]) }));

  /* A layer's own click is heard too: whatever opens a project by its layer finds it. */
  function listen(mark) {
    mark.layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      take(mark.id, event.containerPoint);
    });
  }

  const theme_ = () => (FORCED.matches ? "forced" : theme);
  const colours = () => root.ProjectSymbology.palette(ui, theme_());
  const band = () => lod.band(map.getZoom(), framing.homeZoom(), projects.visible().length);

  /* Called by the sheet whenever all of it has to be drawn. */
  function draw(context, bounds) {
    if (!ready || !state) return;
    const view = viewed(colours());
    if (stale) {
      stale = false;
      names.place({
        ...view, language: state.language, buckets: projects.buckets(), scale: ui.signatures.growth[view.band],
        textScale: root.ProjectBridge.textScale(),
      }, () => {
        sheet.redraw();
        inView.update(names.all(), ui.text[state.language].in_view);
      });
    }
    root.ProjectCanvas.draw(context, bounds, view);
  }

  const viewed = (painted) => ({
    map, ui, ground, names, marks: projects.visible(), band: band(), colours: painted, hovered: lit,
    selected, today: Boolean(state.today), tiled: tiles.length > 0,
  });

  /* Everything is drawn again, and names find their room anew. */
  function replace() {
    stale = true;
    if (sheet) sheet.redraw();
  }

  /* Called by each rerun of the page with what it wants to see. */
  function show(next) {
    state = next;
    if (ready) apply();
  }

  function apply() {
    const spoken = state.language !== current.language;
    if (state.basemap.code !== current.basemap) lay(state.basemap);
    const filtered = filter(ahead.hear(state.shown), false);
    const turned = state.today !== current.today;
    const counties = (state.counties || []).join();
    if (counties !== current.framed) framing.counties(state.counties || []);
    if (spoken) speak(state.language);
    if (spoken || turned) dressAll();
    if (spoken || turned || filtered) tellWide();
    // The legend has its words now, and what is framed can stand above it.
    if (!current.language) framing.settle();
    current = { language: state.language, basemap: state.basemap.code, today: state.today, framed: counties };
    // An echo of an earlier click must not undo a later one.
    if (state.click >= clicks && state.project !== selected) choose(state.project, { move: true });
    if (spoken || turned || filtered) replace();
  }

  function filter(told, controlsToo = true) {
    if (!projects.filter(told)) return false;
    const mark = projects.get(selected);
    if (mark && !mark.shown) card.hide();
    if (controlsToo) {
      tellWide();
      replace();
    }
    return true;
  }

  function speak(language) {
    document.documentElement.lang = language;
    const text = ui.text[language];
    map.getContainer().setAttribute("aria-label", text.map);
    controls.speak(map, text);
    for (const other of Object.keys(ui.text)) map.attributionControl.removeAttribution(ui.text[other].attribution);
    map.attributionControl.addAttribution(text.attribution);
    card.hide();
  }

  /* What follows language, theme and the map of today, whatever the filter: the legend and all layers. */
  function dressAll() {
    const { language, today } = state;
    const painted = colours();
    for (const mark of projects.all()) mark.dress(ui, painted, today);
    legend.update({ ui, marks: projects.all(), language, theme: theme_(), today, colours: painted });
  }

  /* The line of what is wider than a county. */
  function tellWide() {
    const { language } = state;
    const shown = projects.visible();
    wide.update({
      ui, language, count: projects.buckets().get("wide") || 0, few: shown.length <= lod.FEW,
      marks: shown.filter((mark) => mark.whole === "wide"),
    });
  }

  function lay(basemap) {
    tiles.forEach((layer) => layer.remove());
    tiles = root.ProjectBasemap.addTiles(map, basemap, () => ui.text[state.language].tiles_failed);
    replace();
  }

  function light(ids) {
    const next = new Set(ids);
    if (next.size === lit.size && ids.every((id) => lit.has(id))) return;
    const painted = colours();
    for (const id of new Set([...lit, ...next])) {
      const mark = projects.get(id);
      if (!mark) continue;
      mark.lit = next.has(id);
      mark.dress(ui, painted, Boolean(state.today));
    }
    lit = next;
    sheet.redraw();
  }

  function find(at) {
    const now = band();
    const role = (mark) => lod.drawn(mark.feature, now, ui.signatures);
    return root.ProjectInput.hitTest(map, projects.visible(), names, role, at);
  }

  function pick(at) {
    hover.clear();
    const { marks = [], among } = find(at);
    if (among) list(among, at);
    else if (marks.length === 1) take(marks[0].id, at);
    else if (marks.length) offer(marks, at);
    else if (selected || state.among) take(null);
    else card.hide();
  }

  /* Lets the reader choose among several, where they do not lie under the pointer. */
  function offer(marks, at) {
    const features = marks.map((mark) => mark.feature);
    card.show(popups.chooser(ui, features, state.language, theme, (id) => take(id, at)), at);
  }

  function take(id, at) {
    choose(id, { at });
    clicks = root.ProjectBridge.sendSelection(id);
  }

  /* A count opens its list in the panel; that of a county frames the county as well. */
  function list(among) {
    const ids = Array.isArray(among) ? among : [among];
    choose(null, {});
    if (ids.length === 1 && framing.county(ids[0])) stale = true;
    clicks = root.ProjectBridge.sendSelection(null, ids);
  }

  function choose(id, { at, move }) {
    selected = id;
    const mark = projects.get(id);
    if (mark && mark.shown && move) framing.project(mark, mark.feature.properties.uncertainty_m);
    replace();
    if (!mark || !mark.shown) card.hide();
    else if (!move) card.show(popups.popup(ui, mark.feature, state.language, theme), at, id);
    else card.hide();
  }

  function dress(base) {
    if (base === theme && ready) return;
    theme = base;
    wear();
  }

  /* The colours of the theme, or those that the reader's system forces. */
  function wear() {
    if (!ready || !state) return;
    dressAll();
    replace();
  }

  function shownProjects() {
    return !projects ? [] : projects.visible().map((mark) => mark.id);
  }

  function shownNames() {
    if (!names) return [];
    if (stale) sheet._draw();
    names.finish();
    return [...names.shown(), ...wide.shown(map.getContainer().getBoundingClientRect())];
  }

  /* The map as it is now, for paper: in light colours, twice as fine as a screen, with its credits. */
  function mapPicture() {
    if (!ready || !state) return "";
    return root.ProjectCanvas.png(map, viewed(root.ProjectSymbology.palette(ui, "light")), ui.text[state.language]);
  }

  root.ProjectMap = { create, show, selected: () => selected, today: () => Boolean(current.today), share: () => framing.share() };
  Object.assign(root, { shownProjects, shownNames, mapPicture });
})(window);
