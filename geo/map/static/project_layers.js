/* Project layers: one Leaflet layer for each project with a location, which is on the map while the
   filter shows it. The layers project and clip the geometry; the canvas renderer draws it. */
(function (root) {
  "use strict";

  const { kind, areaScope, bucket } = root.ProjectLevelOfDetail;

  class Mark {
    constructor(map, feature, renderer) {
      const { id } = feature.properties;
      Object.assign(this, { map, feature, id, kind: kind(feature), areaScope: areaScope(feature), bucket: bucket(feature) });
      this.layer = this.makeLayer(renderer);
      this.layer.feature = feature;
      this.bounds = this.layer.getBounds ? this.layer.getBounds() : L.latLngBounds([this.layer.getLatLng()]);
      if (this.kind === "point") this.bounds = L.latLngBounds([this.layer.getLatLng()]);
      const { at } = feature.properties;
      this.middle = at ? L.latLng(at[1], at[0]) : this.bounds.getCenter();
      this.size = (this.bounds.getNorth() - this.bounds.getSouth()) * (this.bounds.getEast() - this.bounds.getWest());
    }

    makeLayer(renderer) {
      const options = { renderer, interactive: false, smoothFactor: 0.7, weight: 1 };
      if (this.kind !== "point") return L.GeoJSON.geometryToLayer(this.feature, options);
      const { type, coordinates } = this.feature.geometry;
      const [lon, lat] = type === "Point" ? coordinates : coordinates[0];
      return L.circleMarker([lat, lon], { ...options, radius: 11 });
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
