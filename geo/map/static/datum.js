/* GCJ-02, the datum of some Chinese tiles, some 400 m off at Ziyang. On such tiles the map projects
   each coordinate through this shift while it draws: no latitude or longitude that the map holds,
   tells or exports is ever a shifted one. The formula and its constants are those of the known
   public implementations; a test holds it to their control points. */
(function (root) {
  "use strict";

  /* Krasovsky 1940. */
  const SEMI_MAJOR = 6378245.0;
  const ECCENTRICITY_2 = 0.00669342162296594323;
  const CENTRE = { lat: 35, lng: 105 };
  const TURNS = 4;

  /* Waves of amplitude `heights` (metres) and frequency `rates` (radians per degree / pi). */
  function waves(at, heights, rates) {
    return heights.reduce((sum, high, i) => sum + high * Math.sin(at * Math.PI * rates[i]), 0) * (2 / 3);
  }

  /* Metres north and east that GCJ-02 is off at a place given in WGS 84. */
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

  /* There is no formula for the way back: take the shift off, and mend the rest a few times. */
  function fromGcj(place) {
    let guess = place;
    for (let turn = 0; turn < TURNS; turn += 1) {
      const there = toGcj(guess);
      guess = L.latLng(guess.lat + place.lat - there.lat, guess.lng + place.lng - there.lng);
    }
    return guess;
  }

  const Mercator = L.Projection.SphericalMercator;
  const shifted = L.Util.extend({}, L.CRS.EPSG3857, {
    code: "GCJ-02 / Web Mercator",
    projection: L.Util.extend({}, Mercator, {
      project: (place) => Mercator.project(toGcj(place)),
      unproject: (point) => fromGcj(Mercator.unproject(point)),
    }),
  });

  /* Everything is projected anew where it is, so that the window keeps its middle. */
  function lay(map, datum) {
    const crs = datum === "GCJ02" ? shifted : L.CRS.EPSG3857;
    if (map.options.crs === crs) return;
    const centre = map.getCenter();
    map.options.crs = crs;
    map._resetView(centre, map.getZoom(), true);
  }

  root.ProjectDatum = { lay, toGcj, fromGcj };
})(window);
