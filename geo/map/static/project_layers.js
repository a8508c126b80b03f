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
      initialize(feature, options) {
        L.Util.setOptions(this, options);
        this.feature = feature;
        this._known = { bounds: undefined, positions: undefined, rings: undefined, parts: undefined, pxBounds: undefined };
      },

      _project() {
        const known = this._known;
        known.rings = known.parts = known.pxBounds = undefined;
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
      _bounds: lazily("bounds", ({ feature }) => boundsOf(feature)),
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
      const [west, south, east, north] = path.feature.bbox;
      const corners = [L.latLng(south, west), L.latLng(north, east)];
      path._rawPxBounds = L.bounds(corners.map((at) => path._map.latLngToLayerPoint(at)));
      path._updateBounds();
      return path._known.pxBounds;
    }

    return Lazy;
  };

  function boundsOf({ bbox: [west, south, east, north] }) {
    return L.latLngBounds([south, west], [north, east]);
  }

  const LazyLine = lazyPath(L.Polyline, 0);
  const LazyArea = lazyPath(L.Polygon, 1);

  /* Of several points, the first stands for all. */
  function firstPosition({ geometry: { type, coordinates } }) {
    const [lon, lat] = type === "Point" ? coordinates : coordinates[0];
    return L.latLng(lat, lon);
  }

  class Mark {
    constructor(map, feature, renderer) {
      const { id } = feature.properties;
      Object.assign(this, { map, feature, id, kind: kind(feature), areaScope: areaScope(feature), bucket: bucket(feature), roles: {} });
      const [west, south, east, north] = feature.bbox;
      this.size = (north - south) * (east - west);
      this.layer = this.makeLayer({ renderer, interactive: false, smoothFactor: 0.7, weight: 1 });
    }

    makeLayer(options) {
      if (this.kind === "line") return new LazyLine(this.feature, options);
      if (this.kind === "area") return new LazyArea(this.feature, options);
      const marker = L.circleMarker(firstPosition(this.feature), { ...options, radius: 11 });
      marker.feature = this.feature;
      return marker;
    }

    get bounds() {
      return this.kind === "point" ? L.latLngBounds([this.layer.getLatLng()]) : this.layer.getBounds();
    }

    /* The point that stands for the project: in an area, a point inside it. */
    get middle() {
      if (!this.knownMiddle) {
        const { at } = this.feature.properties;
        this.knownMiddle = at ? L.latLng(at[1], at[0]) : this.bounds.getCenter();
      }
      return this.knownMiddle;
    }

    /* How it is drawn in a zoom band, as `drawnAs` says. Asked of all projects at each redraw. */
    role(band, signatures) {
      if (this.roles[band] === undefined) this.roles[band] = root.ProjectLevelOfDetail.drawnAs(this.feature, band, signatures);
      return this.roles[band];
    }

    /* Leaflet does not draw these options, but they keep each layer's options in line with what is
       drawn. `styleOf` returns those of a feature. */
    updateStyle(styleOf) {
      Object.assign(this.layer.options, styleOf(this.feature, Boolean(this.highlighted)));
    }

    get shown() {
      return this.map.hasLayer(this.layer);
    }

    /* Does what Leaflet does to add or remove a layer, without its events: a filter moves thousands of
       layers at once, and nobody listens for them. */
    setShown(on) {
      if (on === this.shown) return;
      const { layer, map } = this;
      if (!on) {
        layer.onRemove(map);
        delete map._layers[L.Util.stamp(layer)];
        layer._map = layer._mapToAdd = null;
        return;
      }
      map._layers[L.Util.stamp(layer)] = layer;
      layer._map = layer._mapToAdd = map;
      layer._renderer = layer.options.renderer;
      layer.onAdd(map);
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

  /* Returns a function that gives the options of a feature. Thousands of projects have some dozens of
     different ones. */
  function createStyles(ui, colours, today) {
    const known = new Map();
    return (feature, highlighted) => {
      const { signature, stage, precision, since, sector } = feature.properties;
      const key = `${signature} ${stage} ${precision} ${since} ${sector} ${highlighted}`;
      if (!known.has(key)) {
        const style = root.ProjectSymbology.lineStyle(feature, ui, today);
        const [body] = style.strokes;
        known.set(key, {
          color: colours.hue(sector), weight: body.width * style.weight * (highlighted ? 1.25 : 1),
          opacity: style.opacity, dashArray: body.dash.join(" ") || null, soft: style.soft, upgraded: style.upgraded,
        });
      }
      return known.get(key);
    };
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

  root.ProjectLayers = { create, createStyles };
})(window);
