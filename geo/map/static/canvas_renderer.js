/* The canvas renderer: draws the whole map on one canvas, and exports it as a PNG for printing. */
(function (root) {
  "use strict";

  const lod = root.ProjectLevelOfDetail;
  const symbology = root.ProjectSymbology;

  /* A Leaflet renderer that only decides when to redraw. Leaflet still projects and clips the
     layers. With one canvas for everything, panning and zooming stay cheap at any number of
     projects. */
  const CanvasRenderer = L.Renderer.extend({
    options: { padding: 0.12, pane: "pm-sheet" },

    initialize(draw, options) {
      L.Util.setOptions(this, options);
      L.Util.stamp(this);
      this._layers = {};
      this._drawMap = draw;
    },

    onAdd() {
      L.Renderer.prototype.onAdd.call(this);
      this.redraw();
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      L.Util.cancelAnimFrame(this._frameRequest);
      this._container.remove();
      delete this._container;
      delete this._context;
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const [bounds, size, pixelRatio] = [this._bounds, this._bounds.getSize(), devicePixelRatio || 1];
      L.DomUtil.setPosition(this._container, bounds.min);
      this._container.width = Math.round(size.x * pixelRatio);
      this._container.height = Math.round(size.y * pixelRatio);
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this.fire("update");
    },

    _updatePaths() {
      for (const layer of Object.values(this._layers)) layer._update();
      this._draw();
    },

    /* Drawing uses layer pixels, like Leaflet's own paths. */
    _draw() {
      if (!this._context || !this._bounds) return;
      const pixelRatio = devicePixelRatio || 1;
      this._context.setTransform(pixelRatio, 0, 0, pixelRatio, -this._bounds.min.x * pixelRatio, -this._bounds.min.y * pixelRatio);
      this._context.clearRect(this._bounds.min.x, this._bounds.min.y, ...Object.values(this._bounds.getSize()));
      this._drawMap(this._context, this._bounds);
    },

    /* Schedules one redraw in the next frame, however often it is called. */
    redraw() {
      this._frameRequest = this._frameRequest || L.Util.requestAnimFrame(() => {
        this._frameRequest = 0;
        if (this._map && !this._map._animatingZoom) this._draw();
      });
    },

    /* The methods that Leaflet's paths expect of their renderer. A path is only registered; it is
       drawn with all others. */
    _initPath(layer) {
      this._layers[L.Util.stamp(layer)] = layer;
    },
    _addPath() {},
    _removePath(layer) {
      delete this._layers[L.Util.stamp(layer)];
    },
    _updatePath(layer) {
      layer._update();
    },
    _updateStyle() {},
    _updatePoly() {},
    _updateCircle() {},
    _bringToFront() {},
    _bringToBack() {},
  });

  /* ---- drawing order ---- */

  const METRES_AT_EQUATOR = 156543.034;
  /* The widest uncertainty band. A wider one would cover the map. */
  const MAX_BAND_PX = 130;
  /* Beyond this number of lines soft edges are left out: they would overlap and take most of the
     time. */
  const MANY_LINES = 150;

  const metresPerPixel = (map, latitude) =>
    (METRES_AT_EQUATOR * Math.cos((latitude * Math.PI) / 180)) / 2 ** map.getZoom();

  /* Draws from the bottom up: backdrop, areas, uncertainty, lines, selected and hovered projects,
     signs and labels. `view` is {map, ui, ground, labels, marks, band, colours, hovered, selected,
     today, tiled}. */
  function draw(context, bounds, view) {
    const { ui, ground, labels, marks, band, colours, hovered, selected, today } = view;
    const scale = ui.signatures.growth[band];
    const marksByRole = lod.byRole(marks, band, ui.signatures, bounds);
    const isRaised = (mark) => mark.id === selected || hovered.has(mark.id);
    const raised = marks.filter((mark) => isRaised(mark) && (mark.intersects(bounds) || mark.id === selected));

    ground.draw(context, bounds, colours, { tiled: view.tiled });
    // Of identical areas only one is filled, because overlapping fills would darken the ground.
    const filledAreas = new Set();
    for (const mark of marksByRole.area.sort((one, two) => two.size - one.size)) {
      const key = `${mark.bounds.toBBoxString()} ${ui.sectors[mark.feature.properties.sector].family}`;
      if (filledAreas.has(key)) continue;
      filledAreas.add(key);
      symbology.drawArea(context, mark.parts, mark.feature, ui, colours, { rounded: mark.feature.properties.precision !== "exact", today });
    }
    if (band === "town") for (const mark of [...marksByRole.line, ...marksByRole.sign]) drawUncertainty(context, mark, view, false);
    for (const mark of raised) drawUncertainty(context, mark, view, true);

    // In the first view of a large layer only the most important lines are drawn.
    const lines = band === "region" ? lod.mostImportant(marksByRole.line, ui.signatures) : marksByRole.line;
    const ordered = [...lines].sort((one, two) => importance(two, ui) - importance(one, ui));
    const drawLines = (options) => {
      for (const mark of ordered) symbology.drawLine(context, mark.parts, mark.feature, ui, colours, { scale, today, ...options });
    };
    if (ordered.length > MANY_LINES) drawLines({ plain: true });
    else {
      ground.clipToLand(context, bounds, false, () => drawLines({ outside: true }));
      ground.clipToLand(context, bounds, true, () => drawLines({}));
    }
    for (const mark of raised) {
      if (mark.kind === "line") {
        if (mark.id === selected) symbology.drawHalo(context, mark.parts, colours, 13 * scale, false);
        symbology.drawLine(context, mark.parts, mark.feature, ui, colours, { scale, today, emphasised: true });
      } else if (mark.kind === "area" && (ground.drawsDistricts || !mark.areaScope)) {
        if (mark.id === selected) symbology.drawHalo(context, mark.parts, colours, 7, true);
        symbology.drawArea(context, mark.parts, mark.feature, ui, colours, { emphasised: true, rounded: !mark.areaScope, today });
      }
    }
    labels.draw(context, colours, { hovered, selected, today });
    // A point that is hidden in a count still shows its sign while it is hovered or selected.
    for (const mark of raised) {
      if (mark.kind !== "point" || marksByRole.sign.includes(mark)) continue;
      symbology.drawSign(context, mark.at, mark.feature, ui, colours, { size: 20, selected: mark.id === selected, hovered: true, today });
    }
  }

  const importance = (mark, ui) => lod.rank(mark.feature, ui.signatures);

  function drawUncertainty(context, mark, { map, colours }, emphasised) {
    const { uncertainty_m: metres, sector } = mark.feature.properties;
    if (!metres) return;
    const pixels = metres / metresPerPixel(map, mark.middle.lat);
    if (mark.kind === "point") symbology.drawUncertaintyCircle(context, mark.at, pixels, colours, sector, emphasised);
    else if (mark.kind === "line") {
      symbology.drawUncertaintyBand(context, mark.parts, Math.min(pixels, MAX_BAND_PX), colours, sector, emphasised);
    }
  }

  /* ---- PNG for printing ---- */

  const PICTURE_SCALE = 2;

  function toPng(map, view, text) {
    const size = map.getSize();
    const canvas = document.createElement("canvas");
    canvas.width = size.x * PICTURE_SCALE;
    canvas.height = size.y * PICTURE_SCALE;
    const context = canvas.getContext("2d");
    const origin = map.containerPointToLayerPoint([0, 0]);
    const bounds = L.bounds(origin, origin.add(size));
    context.setTransform(PICTURE_SCALE, 0, 0, PICTURE_SCALE, -origin.x * PICTURE_SCALE, -origin.y * PICTURE_SCALE);
    context.fillStyle = view.colours.paper;
    context.fillRect(bounds.min.x, bounds.min.y, size.x, size.y);
    draw(context, bounds, { ...view, tiled: false, hovered: new Set() });
    drawCredit(context, bounds, view.colours, text.attribution, "right");
    if (text.approval) drawCredit(context, bounds, view.colours, text.approval, "left");
    return canvas.toDataURL("image/png");
  }

  function drawCredit(context, bounds, colours, text, side) {
    const style = { size: 9.5, weight: 400 };
    const width = root.ProjectLabelRenderer.textWidth(text, style) + 12;
    const left = side === "left" ? bounds.min.x : bounds.max.x - width;
    context.globalAlpha = 0.9;
    context.fillStyle = colours.paper;
    context.fillRect(left, bounds.max.y - 16, width, 16);
    root.ProjectLabelRenderer.drawText(context, [{ text, x: left + width / 2, y: bounds.max.y - 8, angle: 0 }], style, colours.quiet, colours.paper);
  }

  root.ProjectCanvas = { CanvasRenderer, draw, toPng };
})(window);
