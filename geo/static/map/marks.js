/* One project on the map: the Leaflet layer that carries its feature, and what decorates it.
   Only `layer` carries `feature`; band, ornament and badge are drawn for the eye alone. */
(function (root) {
  "use strict";

  const PANES = { wide: 405, area: 410, band: 420, line: 430, point: 440, halo: 425 };
  const METRES_AT_EQUATOR = 156543.034;
  /* Wider than this a band would hide the map more than it tells. */
  const WIDEST_BAND = 240;

  function preparePanes(map) {
    for (const [name, order] of Object.entries(PANES)) {
      map.createPane(`pm-${name}`).style.zIndex = order;
    }
    map.getPane("pm-band").style.pointerEvents = "none";
    map.getPane("pm-halo").style.pointerEvents = "none";
    const renderers = {};
    for (const name of Object.keys(PANES)) {
      // Bands are wide and translucent: on one canvas they cost less to paint.
      const make = name === "band" ? L.canvas : L.svg;
      renderers[name] = make({ pane: `pm-${name}`, padding: 0.4 });
    }
    return renderers;
  }

  function metresPerPixel(map, latitude) {
    return (METRES_AT_EQUATOR * Math.cos((latitude * Math.PI) / 180)) / 2 ** map.getZoom();
  }

  /* Pixels around a path's box within which a pointer may still mean the path. */
  const REACH = 20;

  function within(box, at) {
    return at.x >= box.min.x - REACH && at.x <= box.max.x + REACH
      && at.y >= box.min.y - REACH && at.y <= box.max.y + REACH;
  }

  class Mark {
    constructor(map, feature, ui, renderers, theme) {
      this.map = map;
      this.feature = feature;
      this.ui = ui;
      this.sector = ui.sectors[feature.properties.sector];
      this.kind = root.ProjectStyle.kind(feature);
      this.tier = root.ProjectStyle.tier(feature);
      this.renderers = renderers;
      this.theme = theme;
      this.today = false;
      this.selected = false;
      this.hovered = false;
      this.layer = this.build();
      this.layer.feature = feature;
      this.bounds = this.layer.getBounds ? this.layer.getBounds() : this.pointBounds();
      this.decorations = this.decorate();
    }

    pointBounds() {
      return L.latLngBounds([this.layer.getLatLng()]);
    }

    build() {
      const { kind, feature } = this;
      if (kind !== "point") {
        const level = this.tier === "county" || this.tier === "wide" ? "wide" : kind;
        return L.GeoJSON.geometryToLayer(feature, {
          pane: `pm-${level}`, renderer: this.renderers[level], smoothFactor: 1,
        });
      }
      const approximate = feature.properties.precision !== "exact";
      const html = root.ProjectContent.icon(this.ui, feature.properties, this.theme);
      const icon = L.divIcon({
        html,
        className: approximate ? "pm-point pm-approximate" : "pm-point",
        iconSize: [26, 26],
      });
      const [lon, lat] = feature.geometry.coordinates;
      return L.marker([lat, lon], {
        icon, pane: "pm-point", alt: feature.properties.name_zh, riseOnHover: true,
      });
    }

    decorate() {
      const { feature, kind } = this;
      const over = [];
      const metres = feature.properties.uncertainty_m;
      if (feature.properties.precision === "approximate" && kind === "point") {
        this.band = L.circle(this.layer.getLatLng(), {
          radius: metres, pane: "pm-band", renderer: this.renderers.band, interactive: false,
          className: "pm-circle", weight: 1, dashArray: "3 4", fillOpacity: 0.06,
        });
        over.push(this.band);
      } else if (feature.properties.precision === "approximate" && kind === "line") {
        this.band = L.polyline(this.layer.getLatLngs(), {
          pane: "pm-band", renderer: this.renderers.band, interactive: false, opacity: 0,
          lineCap: "round",
        });
        over.push(this.band);
      }
      if (kind === "line" && this.sector.pattern !== "plain") {
        this.ornament = L.polyline(this.layer.getLatLngs(), {
          pane: "pm-line", renderer: this.renderers.line, interactive: false,
        });
        over.push(this.ornament);
      }
      return over;
    }

    get shown() {
      return this.map.hasLayer(this.layer);
    }

    show() {
      if (this.shown) return;
      if (this.band) this.band.addTo(this.map);
      // A path is dressed before it is drawn, and so drawn once; a marker has nothing to dress before.
      if (this.kind !== "point") this.style();
      this.layer.addTo(this.map);
      if (this.ornament) this.ornament.addTo(this.map);
      if (this.kind === "point") this.style();
      this.name(this.layer.options.alt);
    }

    /* Leaflet makes a marker's element anew each time it is shown, so its name is given again. */
    name(text) {
      this.layer.options.alt = text;
      const node = this.kind === "point" && this.layer.getElement();
      if (node) node.setAttribute("aria-label", text);
    }

    hide() {
      this.layer.remove();
      this.decorations.forEach((one) => one.remove());
      this.dropHalo();
    }

    style() {
      const emphasised = this.selected || this.hovered;
      const hue = root.ProjectStyle.colour(this.sector, this.theme);
      if (this.kind === "point") {
        const node = this.layer.getElement();
        if (node) {
          node.classList.toggle("pm-selected", this.selected);
          node.firstElementChild.style.setProperty("--hue", hue);
          root.ProjectToday.sign(node, this, this.today);
        }
        if (this.band) this.band.setStyle({ color: hue, fillOpacity: emphasised ? 0.16 : 0.03 });
        return;
      }
      this.layer.setStyle(this.path(emphasised));
      if (this.ornament) {
        const over = root.ProjectStyle.ornament(this.sector, this.theme, "var(--pm-paper)");
        // Over dashes that tell the state it would be a second rhythm.
        this.ornament.setStyle({ ...over, opacity: this.today ? 0 : 1 });
      }
      this.scaleBand();
    }

    path(emphasised) {
      const plan = root.ProjectStyle.path(this.feature, this.sector, this.theme, emphasised);
      return this.today ? root.ProjectToday.path(plan, this) : plan;
    }

    /* The band is twice the uncertainty wide on the ground, so it is restyled at each zoom. */
    scaleBand() {
      if (!this.band || this.kind !== "line" || !this.map.hasLayer(this.band)) return;
      const wide =
        (2 * this.feature.properties.uncertainty_m) /
        metresPerPixel(this.map, this.bounds.getCenter().lat);
      this.band.setStyle({
        color: root.ProjectStyle.colour(this.sector, this.theme),
        weight: Math.min(Math.max(wide, 5), WIDEST_BAND),
        opacity: this.selected || this.hovered ? 0.2 : 0.028,
      });
    }

    dropHalo() {
      if (this.halo) this.halo.remove();
      this.halo = null;
    }

    select(on) {
      this.selected = on;
      this.dropHalo();
      if (on && this.shown && this.kind !== "point") {
        this.halo = L.polyline(this.layer.getLatLngs(), {
          pane: "pm-halo", renderer: this.renderers.halo, interactive: false,
          className: "pm-halo", weight: this.kind === "line" ? 12 : 5, opacity: 0.9, fill: false,
        });
        if (this.kind === "area") this.halo = L.polygon(this.layer.getLatLngs(), this.halo.options);
        this.halo.addTo(this.map);
        this.layer.bringToFront();
        if (this.ornament) this.ornament.bringToFront();
      }
      if (this.kind === "point") this.layer.setZIndexOffset(on ? 1000 : 0);
      this.style();
    }

    hover(on) {
      if (this.hovered === on) return;
      this.hovered = on;
      this.style();
    }

    /* Pixels from a container point to the project; an area has 0 inside and Infinity outside. */
    distance(point) {
      const at = this.map.containerPointToLayerPoint(point);
      // Most are far off, and their box says so at once.
      const box = this.kind !== "point" && this.layer._pxBounds;
      if (box && !within(box, at)) return Infinity;
      if (this.kind === "point") {
        const own = this.map.latLngToLayerPoint(this.layer.getLatLng());
        return Math.max(0, own.distanceTo(at) - 13);
      }
      if (this.kind === "area") return this.layer._containsPoint(at) ? 0 : Infinity;
      let nearest = Infinity;
      for (const part of this.layer._parts || []) {
        for (let i = 1; i < part.length; i += 1) {
          nearest = Math.min(nearest, L.LineUtil.pointToSegmentDistance(at, part[i - 1], part[i]));
        }
      }
      return nearest;
    }

    /* A point that shares its place with others gives way to the sign that counts them. */
    merge(on) {
      const node = this.kind === "point" && this.layer.getElement();
      if (node) node.classList.toggle("pm-merged", on && !this.selected);
    }

    /* The middle of the longest stretch that the window shows, in layer pixels. */
    middleInView() {
      const parts = this.layer._parts || [];
      if (!parts.length) return null;
      const view = this.map.getPixelBounds();
      const origin = this.map.getPixelOrigin();
      let best = [];
      for (const part of parts) {
        let run = [];
        for (const one of part) {
          if (view.contains(one.add(origin))) run.push(one);
          else run = [];
          if (run.length > best.length) best = run.slice();
        }
      }
      return best.length ? best[Math.floor(best.length / 2)] : null;
    }

    /* Where a popup points when no click tells: the middle of what is drawn. */
    anchor() {
      if (this.kind === "point") return this.layer.getLatLng();
      if (this.kind === "area") return this.bounds.getCenter();
      const lines = this.layer.getLatLngs();
      const parts = Array.isArray(lines[0]) ? lines : [lines];
      const longest = parts.reduce((one, other) => (other.length > one.length ? other : one));
      return longest[Math.floor(longest.length / 2)];
    }
  }

  root.ProjectMarks = { Mark, preparePanes };
})(window);
