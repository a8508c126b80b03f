/* The map's entry point: loads the data, holds the state, and connects the other scripts. The page
   calls ProjectMap.create once, and ProjectMap.show with each rerun. */
(function (root) {
  "use strict";

  const REDUCED_MOTION = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const FORCED_COLOURS = matchMedia("(forced-colors: active)");

  const dom = root.ProjectDom;
  const popups = root.ProjectPopups;
  const controls = root.ProjectControls;
  const lod = root.ProjectLevelOfDetail;

  let map;
  let ui;
  let projects;
  let renderer;
  let ground;
  let labels;
  let viewport;
  let legend;
  let wideLine;
  let card;
  let hover;
  let keyboardAccess;
  let clientFilter;
  let tiles = [];
  let highlighted = new Set();
  let lastHovered = "";
  let selected = null;
  let clicks = 0;
  let state = null;
  let applied = { today: false, framed: "" };
  let theme = "light";
  let isBuilt = false;
  let labelsStale = true;

  function create(leafletMap, urls) {
    map = leafletMap;
    map.attributionControl.setPrefix(false);
    map.createPane("pm-sheet").style.zIndex = 400;
    map.getPane("pm-sheet").style.pointerEvents = "none";
    root.ProjectBridge.onTheme(setTheme);
    FORCED_COLOURS.addEventListener("change", restyle);
    root.ProjectInput.needTwoFingers(map, () => ui.text[state.language].two_fingers);
    load(urls);
  }

  async function load(urls) {
    const note = dom.element("p", "pm-message", "…");
    map.getContainer().append(note);
    try {
      const [codelists, backdrop, layer] = await Promise.all(
        [urls.ui, urls.backdrop, urls.projects].map(root.ProjectBridge.readJson),
      );
      ui = codelists;
      build(backdrop, root.ProjectData.unpack(layer));
      note.remove();
    } catch (error) {
      note.replaceWith(dom.failureMessage(error, () => load(urls)));
      root.ProjectBridge.announceDrawn();
      throw error;
    }
  }

  function build(backdrop, features) {
    const home = L.latLngBounds(backdrop.home);
    const ownCounties = backdrop.counties.features.filter((one) => one.properties.own);
    viewport = root.ProjectViewport.create(map, home, ownCounties, { reducedMotion: REDUCED_MOTION, legendHeight: () => (legend ? legend.height() : 0) });
    ground = root.ProjectBasemap.createBackdrop(map, backdrop);
    labels = root.ProjectLabelPlacement.create(map, { ui, ground, places: towns(backdrop), counties: ownCounties, controls: () => controls.boxesOverMap(map) });
    // The view is set before any layer is added, so that nothing is drawn twice.
    viewport.fit(home);
    renderer = new root.ProjectCanvas.CanvasRenderer(draw);
    projects = root.ProjectLayers.create(map, features, renderer);
    projects.all().forEach((mark) => mark.layer.on("click", onLayerClick));
    card = popups.createCard(map, { closeLabel: () => ui.text[state.language].close });
    hover = root.ProjectInput.createHover(map, hitTest, (found) => popups.tooltipContent(ui, found, state.language, state.today), (ids) => {
      highlight(ids);
      announceHover(ids);
    });
    clientFilter = root.ProjectClientFilter.createOptimisticFilter(ui.facets, projects.projectBits, applyFilter);
    followPage();
    wideLine = controls.createWideLine(map, { openList, select });
    // Not at the bottom, where the legend may need the full width.
    L.control.scale({ imperial: false, maxWidth: 110, position: "topright" }).addTo(map);
    controls.createFitButton(viewport.fitLastTarget).addTo(map);
    legend = root.ProjectLegend.create(map, { onToggle: redrawWithLabels });
    keyboardAccess = root.ProjectInput.createKeyboardAccess(map, { highlight, select, openList });
    map.on("click", (event) => onClick(event.containerPoint));
    map.on("moveend resize", () => {
      labelsStale = true;
    });
    isBuilt = true;
    root.ProjectBridge.watchOverlays(redrawWithLabels);
    if (state) applyState();
    renderer.addTo(map);
    document.fonts.load('900 12px "pm-icons"').then(() => renderer.redraw());
  }

  /* The page and the map share hover, selection and choices through events on the page's document.
     A map without a frame is its own page. */
  function followPage() {
    const page = root.parent.document;
    page.addEventListener("page-left", () => card.hide());
    page.addEventListener("page-points", (event) => highlight(event.detail));
    page.addEventListener("page-selects", (event) => event.detail !== selected && setSelected(event.detail, { move: true }));
    page.addEventListener("page-chooses", (event) => clientFilter.choose(event.detail.facet, event.detail.words));
  }

  function announceHover(ids) {
    const key = ids.join(" ");
    if (key === lastHovered) return;
    lastHovered = key;
    root.parent.document.dispatchEvent(new CustomEvent("map-points", { detail: ids }));
  }

  const towns = (backdrop) => backdrop.places.features
    .filter((one) => one.properties.kind === "town")
    .map((one) => ({ ...one.properties, at: L.latLng(one.geometry.coordinates[1], one.geometry.coordinates[0]) }));

  /* Clicks on the canvas are hit-tested. This handles clicks fired on a layer itself. */
  function onLayerClick(event) {
    L.DomEvent.stopPropagation(event);
    select(event.target.feature.id, event.containerPoint);
  }

  const activeTheme = () => (FORCED_COLOURS.matches ? "forced" : theme);
  const colours = () => root.ProjectSymbology.palette(ui, activeTheme());
  const band = () => lod.band(map.getZoom(), viewport.homeZoom(), projects.visible().length);

  /* Called by the renderer for each complete redraw. */
  function draw(context, bounds) {
    // Before the first state has been applied, each step of it would be drawn for nothing.
    if (!isBuilt || !applied.language) return;
    const view = drawingView(colours());
    if (labelsStale) {
      labelsStale = false;
      labels.place({
        ...view, language: state.language, buckets: projects.buckets(), scale: ui.signatures.growth[view.band],
        textScale: root.ProjectBridge.textScale(),
      }, () => {
        if (root.ProjectBridge.isBehindFirstView()) renderer._draw();
        else renderer.redraw();
        root.ProjectBridge.announceDrawn();
        keyboardAccess.update(labels.entries(), ui.text[state.language].in_view);
      });
    }
    root.ProjectCanvas.draw(context, bounds, view);
  }

  const drawingView = (palette) => ({
    map, ui, ground, labels, marks: projects.visible(), band: band(), colours: palette, hovered: highlighted,
    selected, today: Boolean(state.today), tiled: tiles.length > 0,
  });

  function redrawWithLabels() {
    labelsStale = true;
    if (renderer) renderer.redraw();
  }

  function show(next) {
    state = next;
    if (isBuilt) applyState();
  }

  function applyState() {
    const languageChanged = state.language !== applied.language;
    if (state.basemap.code !== applied.basemap) setBasemap(state.basemap);
    const filterChanged = applyFilter(clientFilter.receive(state.shown), false);
    const todayChanged = state.today !== applied.today;
    const counties = (state.counties || []).join();
    if (counties !== applied.framed) viewport.fitCounties(state.counties || []);
    if (languageChanged) setLanguage(state.language);
    if (languageChanged || todayChanged) restyleMarks();
    if (languageChanged || todayChanged || filterChanged) updateWideLine();
    // The legend now has its text, so its height is known.
    if (!applied.language) viewport.refit();
    applied = { language: state.language, basemap: state.basemap.code, today: state.today, framed: counties };
    // The server's answer to an earlier click must not undo a later one.
    if (state.click >= clicks && state.project !== selected) setSelected(state.project, { move: true });
    if (languageChanged || todayChanged || filterChanged) redrawWithLabels();
  }

  function applyFilter(encoded, redraw = true) {
    if (!projects.filter(encoded)) return false;
    const mark = projects.get(selected);
    if (mark && !mark.shown) card.hide();
    if (redraw) {
      updateWideLine();
      redrawWithLabels();
    }
    return true;
  }

  function setLanguage(language) {
    document.documentElement.lang = language;
    const text = ui.text[language];
    map.getContainer().setAttribute("aria-label", text.map);
    controls.setLanguage(map, text);
    for (const other of Object.keys(ui.text)) map.attributionControl.removeAttribution(ui.text[other].attribution);
    map.attributionControl.addAttribution(text.attribution);
    controls.setApproval(map, text.approval);
    card.hide();
  }

  /* Updates all that depends on language, theme or the map of today, but not on the filter. */
  function restyleMarks() {
    const { language, today } = state;
    const palette = colours();
    const styleOf = root.ProjectLayers.createStyles(ui, palette, today);
    for (const mark of projects.all()) mark.updateStyle(styleOf);
    legend.update({ ui, marks: projects.all(), language, theme: activeTheme(), today, colours: palette });
  }

  function updateWideLine() {
    const { language } = state;
    const shown = projects.visible();
    wideLine.update({
      ui, language, count: projects.buckets().get("wide") || 0, few: shown.length <= lod.FEW,
      marks: shown.filter((mark) => mark.areaScope === "wide"),
    });
  }

  function setBasemap(basemap) {
    tiles.forEach((layer) => layer.remove());
    tiles = root.ProjectBasemap.addTiles(map, basemap, () => ui.text[state.language].tiles_failed);
    redrawWithLabels();
  }

  function highlight(ids) {
    const next = new Set(ids);
    if (next.size === highlighted.size && ids.every((id) => highlighted.has(id))) return;
    const styleOf = root.ProjectLayers.createStyles(ui, colours(), Boolean(state.today));
    for (const id of new Set([...highlighted, ...next])) {
      const mark = projects.get(id);
      if (!mark) continue;
      mark.highlighted = next.has(id);
      mark.updateStyle(styleOf);
    }
    highlighted = next;
    renderer.redraw();
  }

  function hitTest(at) {
    const scaleBand = band();
    const role = (mark) => mark.role(scaleBand, ui.signatures);
    return root.ProjectInput.hitTest(map, projects.visible(), labels, role, at);
  }

  function onClick(at) {
    hover.clear();
    const { marks = [], among } = hitTest(at);
    if (among) openList(among);
    else if (marks.length === 1) select(marks[0].id, at);
    else if (marks.length) offerChoice(marks, at);
    else if (selected || state.among) select(null);
    else card.hide();
  }

  /* Shows a list to choose from when a click hits several projects. */
  function offerChoice(marks, at) {
    const features = marks.map((mark) => mark.feature);
    card.show(popups.chooserContent(ui, features, state.language, theme, (id) => select(id, at)), at);
  }

  function select(id, at) {
    setSelected(id, { at });
    clicks = root.ProjectBridge.sendSelection(id);
  }

  /* Lists projects in the panel. For the count of a county, it also frames the county. */
  function openList(among) {
    const ids = Array.isArray(among) ? among : [among];
    setSelected(null, {});
    if (ids.length === 1 && viewport.fitCounty(ids[0])) labelsStale = true;
    clicks = root.ProjectBridge.sendSelection(null, ids);
  }

  function setSelected(id, { at, move }) {
    selected = id;
    const mark = projects.get(id);
    if (mark && mark.shown && move) viewport.fitProject(mark, mark.feature.properties.uncertainty_m);
    redrawWithLabels();
    if (!mark || !mark.shown) card.hide();
    else if (!move) card.show(popups.popupContent(ui, mark.feature, state.language, theme), at, id);
    else card.hide();
  }

  function setTheme(base) {
    if (base === theme && isBuilt) return;
    theme = base;
    restyle();
  }

  function restyle() {
    if (!isBuilt || !state) return;
    restyleMarks();
    redrawWithLabels();
  }

  function shownProjects() {
    return !projects ? [] : projects.visible().map((mark) => mark.id);
  }

  function shownNames() {
    if (!labels) return [];
    if (labelsStale) renderer._draw();
    labels.finish();
    return [...labels.describe(), ...wideLine.describe(map.getContainer().getBoundingClientRect())];
  }

  /* The current view as a PNG for printing, always in the light theme. */
  function mapPicture() {
    if (!isBuilt || !state) return "";
    return root.ProjectCanvas.toPng(map, drawingView(root.ProjectSymbology.palette(ui, "light")), ui.text[state.language]);
  }

  root.ProjectMap = { create, show, selected: () => selected, today: () => Boolean(applied.today), share: () => viewport.share() };
  Object.assign(root, { shownProjects, shownNames, mapPicture });
})(window);
