/* The file comes to life: data read once, the map drawn once; then each state is shown. */
(function (root) {
  "use strict";

  const { element } = root.ProjectDom;
  const words = root.EditionWords;
  const state = root.EditionState;
  const filters = root.EditionFilters;
  const node = (id) => document.getElementById(id);

  const GROUND = { code: "none", layers: [], datum: "WGS84" };
  const ZOOMS = { minZoom: 7, maxZoom: 17 };
  /* Any will do: the map fits itself to Ziyang before anything is drawn. */
  const SOMEWHERE = { center: [30.1, 105.0], zoom: 9 };

  let data;
  let ui;
  let projects;
  let byId;
  let facets;
  let spoken = "";

  async function begin() {
    const [content, codelists, layer] = await Promise.all(
      ["content", "ui", "projects"].map(root.ProjectBridge.readJson),
    );
    data = content;
    ui = codelists;
    projects = layer.features.map((one) => ({ ...one.properties, ...data.projects[one.id] }));
    byId = new Map(projects.map((one) => [one.id, one]));
    facets = Object.keys(data.facets);
    words.begin(data, ui);
    root.EditionControls.begin(data);
    root.EditionProse.begin();
    buttons();
    state.followers.push(render);
    state.begin({
      facets: data.facets, ids: [...byId.keys()], sorts: data.sorts, places: data.places,
      most: { ids: data.most_ids, search: data.longest_search, told: data.most_told, letters: data.longest_told },
      hidden: data.hidden,
    });
    // After the first state, which says how large the map is: it fits itself to that.
    draw();
  }

  function draw() {
    const map = L.map("map", { ...SOMEWHERE, ...ZOOMS, fadeAnimation: false });
    root.map = map;
    // The column beside it, or the list below, changes the map's size without a change of window.
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    root.ProjectMap.create(map, { ui: "ui", backdrop: "backdrop", projects: "projects" });
  }

  function buttons() {
    for (const button of document.querySelectorAll("button[data-lang]")) {
      button.addEventListener("click", () => state.change({ language: button.dataset.lang }));
    }
    for (const button of document.querySelectorAll("button[data-view]")) {
      const view = button.dataset.view || null;
      button.addEventListener("click", () => state.change({ view, at: null }));
    }
    node("today").hidden = !("since" in data.facets);
    for (const button of document.querySelectorAll("button[data-today]")) {
      button.addEventListener("click", () => state.change({ today: button.dataset.today === "today" }));
    }
    // A link to a file of one's own machine leads nobody else anywhere.
    node("copy").hidden = location.protocol === "file:";
  }

  /* Everything the page shows follows from the state. */
  function render(now) {
    const language = now.language || words.own();
    if (language !== spoken) {
      spoken = language;
      words.speak(language);
      root.EditionControls.build(ui);
      node("copy").dataset.done = words.say("copied");
    }
    const passed = filters.mask(projects, facets, now);
    const shown = projects.filter((_, at) => passed[at]);
    document.documentElement.dataset.view = now.view || "map";
    press("lang", language);
    press("view", now.view || "");
    press("today", now.today ? "today" : "plan");
    root.ProjectMap.show({
      shown: filters.bits(passed), project: now.project, click: root.ProjectBridge.clicks(),
      language, basemap: GROUND, today: now.today && "since" in data.facets,
    });
    const unmapped = shown.filter((one) => !one.mapped).length;
    root.EditionChips.count(shown.length, unmapped);
    root.EditionChips.chips(facets, now);
    root.EditionChips.notes(projects, facets, now, shown.length);
    root.EditionControls.update(projects, now);
    beside(now, shown);
    root.EditionProse.show(now, data);
    node("list").hidden = now.view !== "list";
    node("list").replaceChildren(
      ...(now.view === "list" ? [root.EditionListing.table(shown, now, data, ui)] : []),
    );
    root.ProjectPage.followers.forEach((follow) => follow());
  }

  /* The selected project, a list, what a search found, or the guide. */
  function beside(now, shown) {
    const project = byId.get(now.project);
    const made = project ? panel(project, shown, now)
      : now.among.length ? root.EditionAmong.list(projects, shown, now.among, data, ui)
        : now.q && shown.length ? root.EditionBeside.results(shown, now, data, ui)
          : root.EditionGuide.guide(projects, shown, now, data, ui);
    node("panel").replaceChildren(made);
    node("detail").classList.toggle("ed-guiding", made.classList.contains("pm-guide"));
  }

  function panel(project, shown, now) {
    const { gather, back } = root.EditionAmong;
    return root.EditionPanel.panel(project, data, ui, {
      shown: shown.includes(project),
      back: now.among.length ? back(gather(projects, shown, now.among, data, ui)) : "",
      paragraph: root.EditionProse.paragraph(project.id),
      other: (id) => byId.get(id),
    });
  }

  function press(key, value) {
    for (const button of document.querySelectorAll(`button[data-${key}]`)) {
      button.setAttribute("aria-pressed", String(button.dataset[key] === value));
    }
  }

  begin().catch((error) => {
    node("map").append(root.ProjectDom.failureMessage(error, () => location.reload()));
    throw error;
  });
})(window);
