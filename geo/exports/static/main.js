/* Reads the data, starts the scripts and the map, and shows each state of the router. */
(function (root) {
  "use strict";

  const i18n = root.EditionI18n;
  const router = root.EditionRouter;
  const filters = root.EditionFilters;
  const lists = root.EditionList;
  const node = (id) => document.getElementById(id);

  const GROUND = { code: "none", layers: [], datum: "WGS84" };
  const ZOOMS = { minZoom: 7, maxZoom: 17 };
  /* Any position will do: the map fits itself to the place before it draws anything. */
  const SOMEWHERE = { center: [30.1, 105.0], zoom: 9 };

  let data;
  let ui;
  let projects;
  let byId;
  let spoken = "";

  async function start() {
    const [content, codelists, layer] = await Promise.all(
      ["content", "ui", "projects"].map(root.ProjectBridge.readJson),
    );
    data = content;
    ui = codelists;
    projects = layer.features.map((one) => ({ ...one.properties, ...data.projects[one.id] }));
    byId = new Map(projects.map((one) => [one.id, one]));
    i18n.start(data, ui);
    root.EditionSearch.start(data.scripts);
    filters.start(data);
    root.EditionDocument.start();
    startButtons();
    router.followers.push(render);
    router.start({
      facets: data.facets, ids: [...byId.keys()], sorts: data.sorts, places: data.places, most: data.most,
      hidden: data.hidden,
    });
    // The map takes its size from the first state, so it comes after that.
    startMap();
  }

  function startMap() {
    const map = L.map("map", { ...SOMEWHERE, ...ZOOMS, fadeAnimation: false });
    root.map = map;
    // Leaflet notices a change of the window, but not of the columns beside the map.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    root.ProjectMap.create(map, { ui: "ui", backdrop: "backdrop", projects: "projects" });
  }

  function leaveFor(page) {
    root.ProjectPage.leave();
    router.change(page);
  }

  function startButtons() {
    for (const button of document.querySelectorAll("button[data-lang]")) {
      button.addEventListener("click", () => leaveFor({ language: button.dataset.lang }));
    }
    for (const button of document.querySelectorAll("button[data-view]")) {
      const view = button.dataset.view || null;
      button.addEventListener("click", () => leaveFor({ view, at: null }));
    }
    node("today").hidden = !("since" in data.facets);
    for (const button of document.querySelectorAll("button[data-today]")) {
      button.addEventListener("click", () => router.change({ today: button.dataset.today === "today" }));
    }
    // A link to a local file is of no use to anybody else.
    node("copy").hidden = location.protocol === "file:";
  }

  /* Shows a state: everything on the page follows from it. */
  function render(now) {
    const language = now.language || i18n.preferred();
    if (language !== spoken) {
      spoken = language;
      i18n.translate(language);
      filters.build(ui);
      node("copy").dataset.done = i18n.say("copied");
    }
    const passed = filters.mask(projects, now);
    const shown = projects.filter((_, at) => passed[at]);
    document.documentElement.dataset.view = now.view || "map";
    press("lang", language);
    press("view", now.view || "");
    press("today", now.today ? "today" : "plan");
    root.ProjectMap.show({
      shown: filters.bits(passed), project: now.project, click: clicks, language, basemap: GROUND,
      today: now.today && "since" in data.facets, counties: now.county, among: now.among.length > 0,
    });
    filters.head(projects, shown, now);
    filters.update(projects, now);
    renderPanel(now, shown);
    root.EditionDocument.show(now, data);
    node("list").hidden = now.view !== "list";
    node("list").replaceChildren(...(now.view === "list" ? [lists.table(shown, now, data, ui)] : []));
    root.ProjectPage.followers.forEach((follow) => follow());
  }

  function press(key, value) {
    for (const button of document.querySelectorAll(`button[data-${key}]`)) {
      button.setAttribute("aria-pressed", String(button.dataset[key] === value));
    }
  }

  /* The panel beside the map: the selected project, else a list, else the results of a search, else
     the guide. */
  function renderPanel(now, shown) {
    const project = byId.get(now.project);
    const made = project ? detail(project, shown, now)
      : now.among.length ? lists.gatheredList(projects, shown, now.among, data, ui)
        : root.EditionSearch.searched(now.q) && shown.length ? lists.results(shown, now, data, ui)
          : root.EditionGuide.guide(projects, shown, now, data, ui);
    node("panel").replaceChildren(made);
    node("detail").classList.toggle("ed-guiding", made.classList.contains("pm-guide"));
  }

  function detail(project, shown, now) {
    return root.EditionDetailPanel.panel(project, data, ui, {
      passes: shown.includes(project),
      back: now.among.length ? lists.backText(lists.gather(projects, shown, now.among, data, ui)) : "",
      paragraph: root.EditionDocument.paragraph(project.id),
      other: (id) => byId.get(id),
    });
  }

  /* The map's bridge: how the map reads its data, reports clicks, and learns about the page. The app
     has a bridge of its own. */
  let clicks = 0;

  /* A click on a project selects it and keeps an open list; a click on a count opens its list; a click
     on nothing closes both. */
  function sendSelection(id, among = null) {
    clicks += 1;
    router.change(id ? { project: id } : { project: null, among: among || [] });
    return clicks;
  }

  async function readJson(name) {
    return JSON.parse(node(name).textContent);
  }

  /* Calls `apply` with the theme of the reader's system, and with "light" for printing. */
  function onTheme(apply) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const set = (theme) => {
      document.documentElement.dataset.theme = theme;
      apply(theme);
    };
    const follow = () => set(dark.matches ? "dark" : "light");
    dark.addEventListener("change", follow);
    addEventListener("beforeprint", () => set("light"));
    addEventListener("afterprint", follow);
    follow();
  }

  /* The boxes of the page that lie over the map, where no name may be written. */
  function overlayBoxes() {
    const map = node("map").getBoundingClientRect();
    const box = node("today").getBoundingClientRect();
    const overlaps = box.width && box.top < map.bottom && box.bottom > map.top;
    return overlaps ? [box] : [];
  }

  /* The size of text in the page against the usual one; the names on the map grow with it. */
  const USUAL_TEXT = 16;
  const LARGEST_TEXT = 1.6;
  function textScale() {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.min(LARGEST_TEXT, Math.max(1, size / USUAL_TEXT));
  }

  root.ProjectBridge = { sendSelection, readJson, onTheme, overlayBoxes, watchOverlays: () => {}, announceDrawn: () => {}, isBehindFirstView: () => false, textScale };

  start().catch((error) => {
    node("map").append(root.ProjectDom.failureMessage(error, () => location.reload()));
    throw error;
  });
})(window);
