/* The map as a picture, for paper. */
(function (root) {
  "use strict";

  const FINENESS = 2;

  function png(map, view, text) {
    const size = map.getSize();
    const canvas = document.createElement("canvas");
    canvas.width = size.x * FINENESS;
    canvas.height = size.y * FINENESS;
    const context = canvas.getContext("2d");
    const origin = map.containerPointToLayerPoint([0, 0]);
    const bounds = L.bounds(origin, origin.add(size));
    context.setTransform(FINENESS, 0, 0, FINENESS, -origin.x * FINENESS, -origin.y * FINENESS);
    context.fillStyle = view.colours.paper;
    context.fillRect(bounds.min.x, bounds.min.y, size.x, size.y);
    root.ProjectDrawing.draw(context, bounds, { ...view, tiled: false, hovered: new Set() });
    credits(context, bounds, view.colours, text.attribution);
    return canvas.toDataURL("image/png");
  }

  function credits(context, bounds, colours, said) {
    const style = { size: 9.5, weight: 400 };
    const width = root.ProjectLettering.width(said, style);
    context.globalAlpha = 0.9;
    context.fillStyle = colours.paper;
    context.fillRect(bounds.max.x - width - 12, bounds.max.y - 16, width + 12, 16);
    root.ProjectLettering.write(context, [{ text: said, x: bounds.max.x - width / 2 - 6, y: bounds.max.y - 8, angle: 0 }], style, colours.quiet, colours.paper);
  }

  root.ProjectPicture = { png };
})(window);
