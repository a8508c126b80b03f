/* What the window shows: the place itself at first, a county that is filtered for, a project that is
   selected; and again after the window has changed its size, unless the reader has moved the map. */
(function (root) {
  "use strict";

  /* Pixels around what is framed; below it stand scale and credits. */
  const ROOM = { top: 12, side: 12, bottom: 30 };
  const NEAREST = 13;
  /* Levels of zoom that a target may be smaller for standing above the legend. */
  const LESS = 0.12;

  function create(map, home, counties, { calm, foot }) {
    let own = home;
    let placed = null;
    const bounds = new Map(counties.map((one) => [one.properties.code, L.geoJSON(one).getBounds()]));

    /* Leaflet rounds to steps of zoom, which may leave a third of the frame empty: a frame is exact. */
    function fit(target, options = {}) {
      // Where the frame is high enough, the target stands above the legend.
      const above = foot() + 6;
      const bottom = above > ROOM.bottom && zoomOf(target) - zoomOf(target, above) < LESS ? above : ROOM.bottom;
      const { zoomSnap } = map.options;
      map.options.zoomSnap = 0;
      // An animated map is there when it has come to rest.
      map.once("moveend", () => {
        placed = { center: map.getCenter(), zoom: map.getZoom(), again: () => fit(target, { ...options, animate: false }) };
      });
      map.fitBounds(target, {
        paddingTopLeft: [ROOM.side, ROOM.top], paddingBottomRight: [ROOM.side, bottom],
        animate: false, ...options,
      });
      map.options.zoomSnap = zoomSnap;
    }

    function zoomOf(target, bottom = ROOM.bottom) {
      const { zoomSnap } = map.options;
      map.options.zoomSnap = 0;
      const found = map.getBoundsZoom(target, false, L.point(2 * ROOM.side, ROOM.top + bottom));
      map.options.zoomSnap = zoomSnap;
      return found;
    }

    const homeZoom = () => zoomOf(home);

    /* Frames the counties of a filter, or the place where there are none. */
    function counties_(codes) {
      const found = codes.filter((code) => bounds.has(code)).map((code) => bounds.get(code));
      own = found.length ? found.reduce((box, one) => box.extend(one), L.latLngBounds([])) : home;
      fit(own, { animate: !calm && Boolean(placed) });
    }

    /* Frames one county of this code; says whether there is one. */
    function county(code) {
      if (!bounds.has(code)) return false;
      fit(bounds.get(code), { animate: !calm });
      return true;
    }

    /* Frames what can be read of a project, and never less than the place it belongs to. */
    function project(mark, metres) {
      let target = mark.bounds;
      if (mark.kind === "point") target = mark.middle.toBounds(Math.max(9000, 2.6 * (metres || 0)));
      if (mark.whole === "wide") target = home;
      // Its box may reach over the place while it lies around it.
      const outside = !mark.feature.properties.counties.length;
      const inside = !outside && home.intersects(target) ? cut(target) : null;
      if (!inside) {
        fit(L.latLngBounds(home.getSouthWest(), home.getNorthEast()).extend(target));
        return;
      }
      const wanted = Math.min(zoomOf(inside.pad(0.12)), NEAREST);
      const zoom = map.getZoom();
      if (map.getBounds().pad(-0.04).contains(inside) && zoom <= wanted + 0.6 && zoom >= wanted - 1.3) return;
      if (wanted <= homeZoom() + 0.15) fit(home);
      else fit(inside.pad(0.12), { maxZoom: NEAREST });
    }

    function cut(target) {
      const [west, east] = [Math.max(target.getWest(), home.getWest()), Math.min(target.getEast(), home.getEast())];
      const [south, north] = [Math.max(target.getSouth(), home.getSouth()), Math.min(target.getNorth(), home.getNorth())];
      return L.latLngBounds([south, west], [north, east]);
    }

    /* How much of the width and of the height of the frame the place fills now. */
    function share() {
      const size = map.getSize();
      const [one, two] = [map.latLngToContainerPoint(home.getNorthWest()), map.latLngToContainerPoint(home.getSouthEast())];
      const [wide, high] = [(two.x - one.x) / size.x, (two.y - one.y) / size.y];
      return { wide, high };
    }

    map.on("resize", () => {
      // Leaflet keeps the middle to about a pixel.
      const moved = placed && map.project(map.getCenter()).distanceTo(map.project(placed.center));
      if (placed && moved < 3 && map.getZoom() === placed.zoom) placed.again();
    });

    return { counties: counties_, county, project, homeZoom, fit, share, settle: () => placed && placed.again(), again: () => fit(own, { animate: !calm }) };
  }

  root.ProjectViewport = { create };
})(window);
