/* The basemap below the projects: our own backdrop of land, counties and rivers, or online tiles,
   some of which need a shift of datum (GCJ-02). */
(function (root) {
  "use strict";

  /* ---- backdrop ---- */

  /* Shapes are kept as Path2D objects in pixels of zoom 0 and scaled when drawn. A view with 13,000
     vertices then takes about a millisecond. */
  const UNIT = 4096;
  const EDGE = 8;

  function createBackdrop(map, data) {
    let shapes = null;
    let crs = null;

    /* Shapes have to be projected again when a basemap changes the datum. */
    function projectedShapes() {
      if (crs === map.options.crs) return shapes;
      crs = map.options.crs;
      shapes = {
        outline: path(data.outline),
        counties: data.counties.features.map((one) => ({ ...path(one.geometry), isOwn: one.properties.own, code: one.properties.code })),
        rivers: data.rivers.features.map((one) => path(one.geometry)),
      };
      return shapes;
    }

    function path(geometry) {
      const path2d = new Path2D();
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      const closed = geometry.type.includes("Polygon");
      for (const ring of rings(geometry)) {
        ring.forEach(([lon, lat], index) => {
          const at = map.options.crs.latLngToPoint(L.latLng(lat, lon), 0);
          const [x, y] = [at.x * UNIT, at.y * UNIT];
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
          if (index) path2d.lineTo(x, y);
          else path2d.moveTo(x, y);
        });
        if (closed) path2d.closePath();
      }
      return { path: path2d, box };
    }

    /* Calls `draw` with the context scaled to the units of the paths. Its first argument is the
       length of one screen pixel in these units. */
    function withPathUnits(context, draw) {
      const factor = map.options.crs.scale(map.getZoom()) / map.options.crs.scale(0) / UNIT;
      const origin = map.getPixelOrigin();
      context.save();
      context.translate(-origin.x, -origin.y);
      context.scale(factor, factor);
      draw(1 / factor, origin, factor);
      context.restore();
    }

    function draw(context, bounds, colours, { tiled }) {
      const { outline, counties, rivers } = projectedShapes();
      withPathUnits(context, (pixel, origin, factor) => {
        const isVisible = ({ box }) =>
          box[2] * factor - origin.x >= bounds.min.x && box[0] * factor - origin.x <= bounds.max.x
          && box[3] * factor - origin.y >= bounds.min.y && box[1] * factor - origin.y <= bounds.max.y;
        const setPen = (width, colour, opacity, dash) => {
          context.lineWidth = width * pixel;
          context.strokeStyle = colour;
          context.globalAlpha = opacity;
          context.setLineDash((dash || []).map((one) => one * pixel));
        };
        context.lineJoin = "round";
        context.lineCap = "butt";
        if (tiled) {
          // The tiles already show the land, so the surroundings are dimmed instead.
          const veil = new Path2D();
          veil.rect((bounds.min.x + origin.x) * pixel, (bounds.min.y + origin.y) * pixel,
            (bounds.max.x - bounds.min.x) * pixel, (bounds.max.y - bounds.min.y) * pixel);
          veil.addPath(outline.path);
          context.globalAlpha = 0.55;
          context.fillStyle = colours.paper;
          context.fill(veil, "evenodd");
        } else {
          context.globalAlpha = 1;
          context.fillStyle = colours.land;
          context.fill(outline.path);
        }
        if (data.lines) {
          setPen(0.7, colours.border, 0.5);
          for (const county of counties) if (!county.isOwn && isVisible(county)) context.stroke(county.path);
        }
        context.save();
        context.clip(outline.path);
        setPen(2 * EDGE, colours.edge, 1);
        context.stroke(outline.path);
        context.restore();
        if (!tiled) {
          setPen(2, colours.river, 1);
          context.lineCap = "round";
          for (const river of rivers) if (isVisible(river)) context.stroke(river.path);
          context.lineCap = "butt";
        }
        if (data.lines) {
          setPen(1.1, colours.border, 0.95, [8, 3, 1.5, 3]);
          for (const county of counties) if (county.isOwn) context.stroke(county.path);
        }
        context.globalAlpha = 1;
        context.setLineDash([]);
      });
    }

    /* Calls `draw` with the context clipped to the land of the place, or to everything outside it. */
    function clipToLand(context, bounds, keepInside, draw) {
      const { outline } = projectedShapes();
      context.save();
      clipTo(context, outline.path, bounds, keepInside);
      draw();
      context.restore();
    }

    function clipTo(context, land, bounds, keepInside) {
      const factor = map.options.crs.scale(map.getZoom()) / map.options.crs.scale(0) / UNIT;
      const origin = map.getPixelOrigin();
      const cut = new Path2D();
      if (!keepInside) cut.rect(bounds.min.x, bounds.min.y, bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
      cut.addPath(land, new DOMMatrix([factor, 0, 0, factor, -origin.x, -origin.y]));
      context.clip(cut, keepInside ? "nonzero" : "evenodd");
    }

    /* Used to rasterise counties for the occupancy grid. */
    function fillCounty(context, code) {
      const county = projectedShapes().counties.find((one) => one.code === code);
      withPathUnits(context, () => context.fill(county.path));
    }

    return { draw, clipToLand, fillCounty, drawsDistricts: data.lines };
  }

  function rings(geometry) {
    const { type, coordinates } = geometry;
    if (type === "Polygon" || type === "MultiLineString") return coordinates;
    if (type === "MultiPolygon") return coordinates.flat();
    return [coordinates];
  }

  /* ---- online tiles ---- */

  const MESSAGE_MS = 8000;
  /* If no tile has arrived by then, the server counts as unreachable even though it reported no
     error. */
  const ANSWER_TIMEOUT_MS = 10000;

  function addTiles(map, basemap, failureText) {
    setDatum(map, basemap.datum);
    const layers = basemap.layers.map((one) => L.tileLayer(one.url, one.options).addTo(map));
    document.body.classList.toggle("pm-tiled", layers.length > 0);
    let failed = false;
    let timer = layers.length ? setTimeout(showFailure, ANSWER_TIMEOUT_MS) : 0;

    function showFailure() {
      if (failed || !layers.some((layer) => map.hasLayer(layer))) return;
      failed = true;
      const message = root.ProjectDom.element("p", "pm-message", failureText());
      message.setAttribute("role", "status");
      map.getContainer().append(message);
      setTimeout(() => message.remove(), MESSAGE_MS);
    }

    for (const layer of layers) {
      layer.on("tileerror", showFailure);
      layer.on("tileload", () => {
        clearTimeout(timer);
        timer = 0;
      });
    }
    return layers;
  }

  /* ---- datum shift: GCJ-02 is the datum of some Chinese tiles, some hundred metres off ----

     While such tiles are shown, the map's projection applies the shift. Coordinates that the map
     stores, shows or exports are never shifted. The formula and constants are those of the
     well-known public implementations; a test checks them against control points. */

  /* The Krasovsky 1940 ellipsoid. */
  const SEMI_MAJOR = 6378245.0;
  const ECCENTRICITY_2 = 0.00669342162296594323;
  const CENTRE = { lat: 35, lng: 105 };
  const ITERATIONS = 4;

  /* A sum of sine waves: amplitudes in metres, frequencies in units of pi radians per degree. */
  function waves(at, amplitudes, frequencies) {
    return amplitudes.reduce((sum, amplitude, i) => sum + amplitude * Math.sin(at * Math.PI * frequencies[i]), 0) * (2 / 3);
  }

  /* The shift in metres, to the north and to the east, of a place given in WGS 84. */
  function offset({ lat, lng }) {
    const x = lng - CENTRE.lng;
    const y = lat - CENTRE.lat;
    const common = waves(x, [20, 20], [6, 2]);
    const north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
      + common + waves(y, [20, 40, 160, 320], [1, 1 / 3, 1 / 12, 1 / 30]);
    const east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
      + common + waves(x, [20, 40, 150, 300], [1, 1 / 3, 1 / 12, 1 / 30]);
    return { north, east };
  }

  function toGcj(place) {
    const { north, east } = offset(place);
    const radians = (place.lat * Math.PI) / 180;
    const curved = 1 - ECCENTRICITY_2 * Math.sin(radians) ** 2;
    const degree = Math.PI / 180;
    const lat = north / (((SEMI_MAJOR * (1 - ECCENTRICITY_2)) / curved ** 1.5) * degree);
    const lng = east / ((SEMI_MAJOR / Math.sqrt(curved)) * Math.cos(radians) * degree);
    return L.latLng(place.lat + lat, place.lng + lng);
  }

  /* The shift has no closed inverse, so it is approximated by iteration. */
  function fromGcj(place) {
    let guess = place;
    for (let round = 0; round < ITERATIONS; round += 1) {
      const shifted = toGcj(guess);
      guess = L.latLng(guess.lat + place.lat - shifted.lat, guess.lng + place.lng - shifted.lng);
    }
    return guess;
  }

  const Mercator = L.Projection.SphericalMercator;
  const GCJ02 = L.Util.extend({}, L.CRS.EPSG3857, {
    code: "GCJ-02 / Web Mercator",
    projection: L.Util.extend({}, Mercator, {
      project: (place) => Mercator.project(toGcj(place)),
      unproject: (point) => fromGcj(Mercator.unproject(point)),
    }),
  });

  /* The view is reset with the same centre, because every layer has to be projected again. */
  function setDatum(map, datum) {
    const crs = datum === "GCJ02" ? GCJ02 : L.CRS.EPSG3857;
    if (map.options.crs === crs) return;
    const centre = map.getCenter();
    map.options.crs = crs;
    map._resetView(centre, map.getZoom(), true);
  }

  root.ProjectBasemap = { createBackdrop, addTiles, toGcj, fromGcj };
})(window);
