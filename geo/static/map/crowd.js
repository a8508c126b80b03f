/* Thousands of projects: all on one canvas, sites as dots that signs count. A filter then only says
   which are drawn, and the canvas is painted once. What a small layer has more of (an element of its
   own for each project, bands, ornaments) comes back with the selection. */
(function (root) {
  "use strict";

  /* Up to so many each project has elements of its own, which serve assistive technology. */
  const MANY = 1000;
  /* Radius of a site's dot in pixels, by zoom: far out thousands are a texture, near by a target. */
  const DOT = { far: 1.4, near: 4.5, perZoom: 1, farZoom: 9 };

  function dot(zoom, emphasised) {
    const own = DOT.far + DOT.perZoom * Math.max(0, zoom - DOT.farZoom);
    return Math.min(own, DOT.near) + (emphasised ? DOT.near : 0);
  }

  /* A canvas that leaves out what is hidden, and knows when all of it must be painted anew. */
  const CrowdCanvas = L.Canvas.extend({
    _updatePoly(layer, closed) {
      if (!layer.options.hidden) L.Canvas.prototype._updatePoly.call(this, layer, closed);
    },
    _updateCircle(layer) {
      if (layer.options.hidden) return;
      layer._radius = dot(this._map.getZoom(), layer.options.emphasised);
      L.Canvas.prototype._updateCircle.call(this, layer);
    },
    // Without bounds Leaflet clears and draws the whole canvas; what one layer needs adds nothing.
    repaint() {
      this._whole = true;
      this._redrawBounds = null;
      this._redrawRequest = this._redrawRequest || L.Util.requestAnimFrame(this._redraw, this);
    },
    _extendRedrawBounds(layer) {
      if (!this._whole) L.Canvas.prototype._extendRedrawBounds.call(this, layer);
    },
    _redraw() {
      L.Canvas.prototype._redraw.call(this);
      this._whole = false;
    },
  });

  class CrowdMark extends root.ProjectMarks.Mark {
    build() {
      const renderer = this.renderers.crowd;
      if (this.kind !== "point") {
        return L.GeoJSON.geometryToLayer(this.feature, {
          pane: "pm-crowd", renderer, smoothFactor: 1.5, interactive: false, hidden: true,
        });
      }
      const [lon, lat] = this.feature.geometry.coordinates;
      return L.circleMarker([lat, lon], {
        pane: "pm-crowd", renderer, radius: DOT.near, interactive: false, hidden: true,
      });
    }

    decorate() {
      return [];
    }

    get shown() {
      return !this.layer.options.hidden;
    }

    show() {
      if (!this.map.hasLayer(this.layer)) {
        Object.assign(this.layer.options, this.dress());
        this.layer.addTo(this.map);
      }
      this.layer.options.hidden = false;
    }

    hide() {
      this.layer.options.hidden = true;
      this.dropHalo();
    }

    name() {}

    merge() {}

    scaleBand() {}

    dress() {
      const emphasised = this.selected || this.hovered;
      if (this.kind !== "point") return this.path(emphasised);
      const hue = root.ProjectStyle.colour(this.sector, this.theme);
      const exact = this.feature.properties.precision === "exact";
      const dot = {
        color: hue, weight: exact ? 1 : 1.2, dashArray: exact ? null : "2 2", opacity: 1,
        fillColor: hue, fillOpacity: exact ? 0.9 : 0.25, emphasised,
      };
      if (!this.today) return dot;
      const own = root.ProjectToday.path(dot, this);
      return { ...own, fillOpacity: own.dashArray ? 0 : dot.fillOpacity };
    }

    style() {
      if (!this.map.hasLayer(this.layer)) return;
      const dress = this.dress();
      if (String(dress.fillColor).startsWith("url")) {
        dress.fillColor = dress.color;
        dress.fillOpacity = 0.15;
      }
      this.layer.setStyle(dress);
    }

    select(on) {
      this.selected = on;
      this.dropHalo();
      if (this.band) this.band.remove();
      this.band = null;
      if (on && this.shown) {
        this.halo = this.ring();
        this.halo.addTo(this.map);
        const metres = this.feature.properties.uncertainty_m;
        if (metres && this.kind === "point") {
          this.band = L.circle(this.layer.getLatLng(), {
            radius: metres, pane: "pm-halo", renderer: this.renderers.halo, interactive: false,
            weight: 1, dashArray: "3 4", fillOpacity: 0.1, className: "pm-circle",
            color: root.ProjectStyle.colour(this.sector, this.theme),
          }).addTo(this.map);
        }
      }
      this.style();
    }

    /* What sets the selected project off, in an element of its own. */
    ring() {
      const options = {
        pane: "pm-halo", renderer: this.renderers.halo, interactive: false, className: "pm-halo",
        weight: this.kind === "line" ? 12 : 5, opacity: 0.9, fill: false,
      };
      if (this.kind === "point") return L.circleMarker(this.layer.getLatLng(), { ...options, radius: 12 });
      return this.kind === "line"
        ? L.polyline(this.layer.getLatLngs(), options)
        : L.polygon(this.layer.getLatLngs(), options);
    }
  }

  function prepare(map, renderers) {
    map.createPane("pm-crowd").style.zIndex = 435;
    // Clicks go through to the map, which asks what lies under them.
    map.getPane("pm-crowd").style.pointerEvents = "none";
    renderers.crowd = new CrowdCanvas({ pane: "pm-crowd", padding: 0.5 });
    renderers.crowd.addTo(map);
  }

  root.ProjectCrowd = { CrowdMark, prepare, MANY };
})(window);
