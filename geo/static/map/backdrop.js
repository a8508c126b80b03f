/* The paper under the projects: counties, rivers, towns, stations. Never takes a click. */
(function (root) {
  "use strict";

  /* The zoom from which a place of each rank is named. */
  const ZOOM_OF_RANK = { 1: 7, 2: 8, 3: 10 };
  const STATION_ZOOM = 11;

  function create(map, data) {
    pane(map, "pm-ground", 210);
    pane(map, "pm-water", 220);
    pane(map, "pm-names", 230);
    const renderer = L.svg({ pane: "pm-ground", padding: 0.6 });
    const water = L.svg({ pane: "pm-water", padding: 0.6 });
    for (const feature of data.counties.features) {
      const own = feature.properties.ziyang;
      shape(feature, {
        renderer, pane: "pm-ground", interactive: false,
        className: own ? "pm-county pm-own" : "pm-county",
      }).addTo(map);
    }
    for (const feature of data.rivers.features) {
      shape(feature, {
        renderer: water, pane: "pm-water", interactive: false, className: "pm-river", fill: false,
      }).addTo(map);
    }
    const names = [...data.counties.features.map(countyName), ...data.places.features.map(place)];
    let language = "zh";

    function refresh() {
      const zoom = map.getZoom();
      const taken = [];
      for (const one of names) {
        const shown = zoom >= one.from && zoom <= one.to && free(map, one, taken, language);
        if (shown !== map.hasLayer(one.layer)) {
          if (shown) one.layer.addTo(map);
          else one.layer.remove();
        }
        if (shown) one.label.textContent = one.text[language];
      }
    }
    names.sort((one, two) => one.rank - two.rank);
    map.on("zoomend", refresh);
    return {
      speak(next) {
        language = next;
        refresh();
      },
    };
  }

  function pane(map, name, order) {
    const made = map.createPane(name);
    made.style.zIndex = order;
    made.style.pointerEvents = "none";
  }

  function shape(feature, options) {
    return L.GeoJSON.geometryToLayer(feature, options);
  }

  /* A label's box in pixels against those already placed: the earlier rank keeps its place. */
  function free(map, one, taken, language) {
    const at = map.project(one.layer.getLatLng());
    const wide = language === "en" ? 6.4 : 12.5;
    const half = (one.text[language].length * wide) / 2 + 4;
    const box = [at.x - half, at.y - 9, at.x + half, at.y + 11];
    const clash = taken.some(
      (other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1],
    );
    if (!clash) taken.push(box);
    return !clash;
  }

  function label(latlng, className, text) {
    const span = root.ProjectContent.element("span", "", text.zh);
    const html = root.ProjectContent.element("div", className);
    html.append(span);
    const icon = L.divIcon({ className: "pm-label", html, iconSize: [0, 0] });
    const layer = L.marker(latlng, { icon, pane: "pm-names", interactive: false, keyboard: false });
    return { layer, label: span, text };
  }

  function countyName(feature) {
    const { label: at, name_zh: zh, name_en: en, ziyang } = feature.properties;
    const made = label([at[1], at[0]], ziyang ? "pm-county-name pm-own" : "pm-county-name", {
      zh, en: en.replace(/ (District|County|City)$/, ""),
    });
    return { ...made, rank: ziyang ? 1.5 : 2.5, from: ziyang ? 8 : 9, to: 11 };
  }

  function place(feature) {
    const { kind, rank, name_zh: zh, name_en: en } = feature.properties;
    const [lon, lat] = feature.geometry.coordinates;
    const made = label([lat, lon], `pm-place pm-${kind} pm-rank-${rank}`, { zh, en });
    const from = kind === "town" ? ZOOM_OF_RANK[rank] : STATION_ZOOM;
    return { ...made, rank: kind === "town" ? rank : 4, from, to: 20 };
  }

  root.ProjectBackdrop = { create };
})(window);
