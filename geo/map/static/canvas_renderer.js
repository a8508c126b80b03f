/* The canvas on which the whole map is drawn. Leaflet projects, clips and keeps the layers; this only
   says when everything has to be drawn anew. One canvas is one picture to move while the reader drags
   or zooms, at any number of projects. */
(function (root) {
  "use strict";

  const Sheet = L.Renderer.extend({
    options: { padding: 0.12, pane: "pm-sheet" },

    initialize(draw, options) {
      L.Util.setOptions(this, options);
      L.Util.stamp(this);
      this._layers = {};
      this._drawAll = draw;
    },

    onAdd() {
      L.Renderer.prototype.onAdd.call(this);
      this._draw();
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer() {
      L.Util.cancelAnimFrame(this._waiting);
      this._container.remove();
      delete this._container;
      delete this._context;
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const [box, size, sharp] = [this._bounds, this._bounds.getSize(), devicePixelRatio || 1];
      L.DomUtil.setPosition(this._container, box.min);
      this._container.width = Math.round(size.x * sharp);
      this._container.height = Math.round(size.y * sharp);
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this.fire("update");
    },

    _updatePaths() {
      for (const layer of Object.values(this._layers)) layer._update();
      this._draw();
    },

    /* The drawing is in layer pixels, as Leaflet's own paths are. */
    _draw() {
      if (!this._context || !this._bounds) return;
      const sharp = devicePixelRatio || 1;
      this._context.setTransform(sharp, 0, 0, sharp, -this._bounds.min.x * sharp, -this._bounds.min.y * sharp);
      this._context.clearRect(this._bounds.min.x, this._bounds.min.y, ...Object.values(this._bounds.getSize()));
      this._drawAll(this._context, this._bounds);
    },

    /* Draws in the next frame, once, however often it is asked. */
    redraw() {
      this._waiting = this._waiting || L.Util.requestAnimFrame(() => {
        this._waiting = 0;
        if (this._map && !this._map._animatingZoom) this._draw();
      });
    },

    /* What a path asks of its renderer: it is kept, and drawn with all others. */
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

  root.ProjectSheet = { Sheet };
})(window);
