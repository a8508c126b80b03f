/* What the window shows: the place itself at first, a county that is filtered for, a project that is
   selected; and again after the window has changed its size, unless the reader has moved the map. */
(function (root) {
  "use strict";

  /* Pixels around what is framed; below it stand scale and credits. */
  const PADDING = { top: 12, side: 12, bottom: 30 };
  const MAX_PROJECT_ZOOM = 13;
  /* Levels of zoom that a target may be smaller for standing above the legend. */
  const MAX_ZOOM_LOSS = 0.12;

  function create(map, home, counties, { reducedMotion, legendHeight }) {
    let lastTarget = home;
    let lastFit = null;
    const bounds = new Map(counties.map((one) => [one.properties.code, L.geoJSON(one).getBounds()]));

    /* Leaflet rounds to steps of zoom, which may leave a third of the frame empty: a frame is exact. */
    function fit(target, options = {}) {
      // Where the frame is high enough, the target stands above the legend.
      const aboveLegend = legendHeight() + 6;
      const bottom = aboveLegend > PADDING.bottom && zoomOf(target) - zoomOf(target, aboveLegend) < MAX_ZOOM_LOSS ? aboveLegend : PADDING.bottom;
      const { zoomSnap } = map.options;
      map.options.zoomSnap = 0;
      // An animated map is there when it has come to rest.
      map.once("moveend", () => {
        lastFit = { center: map.getCenter(), zoom: map.getZoom(), refit: () => fit(target, { ...options, animate: false }) };
      });
      map.fitBounds(target, {
        paddingTopLeft: [PADDING.side, PADDING.top], paddingBottomRight: [PADDING.side, bottom],
        animate: false, ...options,
      });
      map.options.zoomSnap = zoomSnap;
    }

    function zoomOf(target, bottom = PADDING.bottom) {
      const { zoomSnap } = map.options;
      map.options.zoomSnap = 0;
      const zoom = map.getBoundsZoom(target, false, L.point(2 * PADDING.side, PADDING.top + bottom));
      map.options.zoomSnap = zoomSnap;
      return zoom;
    }

    const homeZoom = () => zoomOf(home);

    /* Frames the counties of a filter, or the place where there are none. */
    function fitCounties(codes) {
      const boxes = codes.filter((code) => bounds.has(code)).map((code) => bounds.get(code));
      lastTarget = boxes.length ? boxes.reduce((box, one) => box.extend(one), L.latLngBounds([])) : home;
      fit(lastTarget, { animate: !reducedMotion && Boolean(lastFit) });
    }

    /* Frames one county of this code; says whether there is one. */
    function fitCounty(code) {
      if (!bounds.has(code)) return false;
      fit(bounds.get(code), { animate: !reducedMotion });
      return true;
    }

    /* Frames what can be read of a project, and never less than the place it belongs to. */
    function fitProject(mark, metres) {
      let target = mark.bounds;
      if (mark.kind === "point") target = mark.middle.toBounds(Math.max(9000, 2.6 * (metres || 0)));
      if (mark.areaScope === "wide") target = home;
      // Its box may reach over the place while it lies around it.
      const outside = !mark.feature.properties.counties.length;
      const visible = !outside && home.intersects(target) ? clipToHome(target) : null;
      if (!visible) {
        fit(L.latLngBounds(home.getSouthWest(), home.getNorthEast()).extend(target));
        return;
      }
      const wantedZoom = Math.min(zoomOf(visible.pad(0.12)), MAX_PROJECT_ZOOM);
      const zoom = map.getZoom();
      if (map.getBounds().pad(-0.04).contains(visible) && zoom <= wantedZoom + 0.6 && zoom >= wantedZoom - 1.3) return;
      if (wantedZoom <= homeZoom() + 0.15) fit(home);
      else fit(visible.pad(0.12), { maxZoom: MAX_PROJECT_ZOOM });
    }

    function clipToHome(target) {
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
      const moved = lastFit && map.project(map.getCenter()).distanceTo(map.project(lastFit.center));
      if (lastFit && moved < 3 && map.getZoom() === lastFit.zoom) lastFit.refit();
    });

    return { fitCounties, fitCounty, fitProject, homeZoom, fit, share, refit: () => lastFit && lastFit.refit(), fitLastTarget: () => fit(lastTarget, { animate: !reducedMotion }) };
  }

  root.ProjectViewport = { create };
})(window);
