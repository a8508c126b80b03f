/* Project layers: one Leaflet layer for each project with a location, which is on the map while the
   filter shows it. The layers project and clip the geometry; the canvas renderer draws it. */
(function (root) {
  "use strict";

  const { kind, areaScope, bucket } = root.ProjectLevelOfDetail;

  /* A path of Leaflet that reads its coordinates, projects them and clips them when they are first
     asked for. Of thousands of projects only some are drawn, and most areas never are. Leaflet tells
     a path when the view changes; what was projected before is then forgotten. */
  const lazyPath = (Path, depth) => {
    const Lazy = Path.extend({
      initialize(feature, bounds, options) {
        L.Util.setOptions(this, options);
        Object.assign(this, { feature, _bounds: bounds, _known: {} });
      },

      _project() {
        this._known = { positions: this._known.positions };
      },

      _update() {
        this._known.parts = undefined;
      },
    });

    const lazily = (name, make) => ({
      configurable: true,
      get() {
        if (this._known[name] === undefined) this._known[name] = make(this);
        return this._known[name];
      },
      set(value) {
        this._known[name] = value;
      },
    });

    /* Calls methods of Leaflet's own path, which set what they find. Off the map nothing is found. */
    const found = (name, methods) => (path) => {
      if (path._map) methods.forEach((method) => Path.prototype[method].call(path));
      return path._known[name];
    };

    Object.defineProperties(Lazy.prototype, {
      _latlngs: lazily("positions", ({ feature }) => {
        const { type, coordinates } = feature.geometry;
        return new Path(L.GeoJSON.coordsToLatLngs(coordinates, type.startsWith("Multi") ? depth + 1 : depth)).getLatLngs();
      }),
      _rings: lazily("rings", found("rings", ["_project"])),
      _parts: lazily("parts", found("parts", ["_clipPoints", "_simplifyPoints"])),
      _pxBounds: lazily("pxBounds", boxInPixels),
    });

    /* In Leaflet's own projection the corners of a box stay its corners. */
    function boxInPixels(path) {
      if (!path._map) return undefined;
      if (path._map.options.crs !== L.CRS.EPSG3857) return found("pxBounds", ["_project"])(path);
      const corners = [path._bounds.getSouthWest(), path._bounds.getNorthEast()];
      path._rawPxBounds = L.bounds(corners.map((at) => path._map.latLngToLayerPoint(at)));
      path._updateBounds();
      return path._known.pxBounds;
    }

    return Lazy;
  };

  const LazyLine = lazyPath(L.Polyline, 0);
  const LazyArea = lazyPath(L.Polygon, 1);

  /* Of several points, the first stands for all. */
  function firstPosition({ geometry: { type, coordinates } }) {
    const [lon, lat] = type === "Point" ? coordinates : coordinates[0];
    return L.latLng(lat, lon);
  }

  class Mark {
    constructor(map, feature, renderer) {
      const { id, at } = feature.properties;
      Object.assign(this, { map, feature, id, kind: kind(feature), areaScope: areaScope(feature), bucket: bucket(feature) });
      const [west, south, east, north] = feature.bbox;
      this.size = (north - south) * (east - west);
      this.bounds = this.kind === "point" ? L.latLngBounds([firstPosition(feature)]) : L.latLngBounds([south, west], [north, east]);
      this.middle = at ? L.latLng(at[1], at[0]) : this.bounds.getCenter();
      this.layer = this.makeLayer({ renderer, interactive: false, smoothFactor: 0.7, weight: 1 });
    }

    makeLayer(options) {
      if (this.kind === "line") return new LazyLine(this.feature, this.bounds, options);
      if (this.kind === "area") return new LazyArea(this.feature, this.bounds, options);
      const marker = L.circleMarker(firstPosition(this.feature), { ...options, radius: 11 });
      marker.feature = this.feature;
      return marker;
    }

    /* Leaflet does not draw these options, but they keep each layer's options in line with what is
       drawn. */
    updateStyle(ui, colours, today) {
      const style = root.ProjectSymbology.lineStyle(this.feature, ui, today);
      const [body] = style.strokes;
      Object.assign(this.layer.options, {
        color: colours.hue(this.feature.properties.sector), weight: body.width * style.weight * (this.highlighted ? 1.25 : 1),
        opacity: style.opacity, dashArray: body.dash.join(" ") || null, soft: style.soft, upgraded: style.upgraded,
      });
    }

    get shown() {
      return this.map.hasLayer(this.layer);
    }

    setShown(on) {
      if (on === this.shown) return;
      if (on) this.layer.addTo(this.map);
      else this.layer.remove();
    }

    /* The clipped geometry in layer pixels. */
    get parts() {
      return this.layer._parts || [];
    }

    get at() {
      return this.map.latLngToLayerPoint(this.kind === "point" ? this.layer.getLatLng() : this.middle);
    }

    intersects(bounds) {
      const box = this.layer._pxBounds;
      return this.kind === "point" ? bounds.contains(this.at) : Boolean(box && bounds.intersects(box));
    }
  }

  /* `features` are those of map.json, in its order. */
  function create(map, features, renderer) {
    const marks = features.map((feature) => (feature.geometry ? new Mark(map, feature, renderer) : null));
    const projectBits = features.map((feature) => root.ProjectClientFilter.splitBits(feature.properties.codes));
    const byId = new Map(marks.filter(Boolean).map((mark) => [mark.id, mark]));
    const marksInOrder = [...byId.values()];
    let lastFilter = "";
    let passed = features.map(() => true);
    let shown = [];

    /* Returns whether the result changed. The same result can arrive twice in different encodings:
       from the reader's choice, then from the server. */
    function filter(encoded) {
      const next = JSON.stringify(encoded);
      if (next === lastFilter) return false;
      lastFilter = next;
      const passes = root.ProjectClientFilter.decodeFilter(encoded, projectBits);
      const before = passed;
      passed = features.map((_, index) => passes(index));
      marks.forEach((mark, index) => mark && mark.setShown(passed[index]));
      shown = marksInOrder.filter((mark) => mark.shown);
      return passed.some((one, index) => one !== before[index]) || !before.some(Boolean);
    }

    /* The number of projects shown per county, and under "wide" for all others, including those
       without a location. */
    function buckets() {
      const found = new Map();
      features.forEach((feature, index) => {
        if (!passed[index]) return;
        const own = bucket(feature);
        found.set(own, (found.get(own) || 0) + 1);
      });
      return found;
    }

    return {
      projectBits, filter, buckets, all: () => marksInOrder, visible: () => shown, get: (id) => byId.get(id),
    };
  }

  root.ProjectLayers = { create };
})(window);
