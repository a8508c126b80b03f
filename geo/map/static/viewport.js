/* Viewport fitting: frames the whole place, a county or a project, and repeats the last fit
   after a resize unless the reader has moved the map. */
(function (root) {
  "use strict";

  /* Padding in pixels around what is framed. The scale and the attribution are at the bottom. */
  const PADDING = { top: 12, side: 12, bottom: 30 };
  const MAX_PROJECT_ZOOM = 13;
  /* How much zoom may be given up to keep the target above the legend. */
  const MAX_ZOOM_LOSS = 0.12;

  function create(map, home, counties, { reducedMotion, legendHeight }) {
    let lastTarget = home;
    let lastFit = null;
    const bounds = new Map(counties.map((one) => [one.properties.code, L.geoJSON(one).getBounds()]));

    /* Leaflet rounds the zoom to its steps, which could leave a third of the frame empty. Fits use
       the exact zoom. */
    function fit(target, options = {}) {
      const aboveLegend = legendHeight() + 6;
      const bottom = aboveLegend > PADDING.bottom && zoomOf(target) - zoomOf(target, aboveLegend) < MAX_ZOOM_LOSS ? aboveLegend : PADDING.bottom;
      const { zoomSnap } = map.options;
      map.options.zoomSnap = 0;
      // With an animation, the final view is only known when the map stops moving.
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

    /* Frames the counties of a filter, or the whole place if there are none. */
    function fitCounties(codes) {
      const boxes = codes.filter((code) => bounds.has(code)).map((code) => bounds.get(code));
      lastTarget = boxes.length ? boxes.reduce((box, one) => box.extend(one), L.latLngBounds([])) : home;
      fit(lastTarget, { animate: !reducedMotion && Boolean(lastFit) });
    }

    /* Frames one county. Returns false if the code is unknown. */
    function fitCounty(code) {
      if (!bounds.has(code)) return false;
      fit(bounds.get(code), { animate: !reducedMotion });
      return true;
    }

    /* Frames the part of a project inside the place, and never zooms out beyond the whole place.
       */
    function fitProject(mark, metres) {
      let target = mark.bounds;
      if (mark.kind === "point") target = mark.middle.toBounds(Math.max(9000, 2.6 * (metres || 0)));
      if (mark.areaScope === "wide") target = home;
      // A project that touches no county lies around the place, even if its bounding box overlaps it.
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

    /* The share of the frame's width and height that the place fills. */
    function share() {
      const size = map.getSize();
      const [one, two] = [map.latLngToContainerPoint(home.getNorthWest()), map.latLngToContainerPoint(home.getSouthEast())];
      const [wide, high] = [(two.x - one.x) / size.x, (two.y - one.y) / size.y];
      return { wide, high };
    }

    map.on("resize", () => {
      // Leaflet keeps the centre only to about a pixel.
      const moved = lastFit && map.project(map.getCenter()).distanceTo(map.project(lastFit.center));
      if (lastFit && moved < 3 && map.getZoom() === lastFit.zoom) lastFit.refit();
    });

    return { fitCounties, fitCounty, fitProject, homeZoom, fit, share, refit: () => lastFit && lastFit.refit(), fitLastTarget: () => fit(lastTarget, { animate: !reducedMotion }) };
  }

  root.ProjectViewport = { create };
})(window);
