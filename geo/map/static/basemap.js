/* The ground below the projects: the place's own land on paper, counties, rivers. Shapes are kept as
   paths in the pixels of zoom 0, scaled up while they are drawn, so that a window of 13,000 vertices
   costs a millisecond. Never takes a click. */
(function (root) {
  "use strict";

  const UNIT = 4096;
  const EDGE = 8;

  function create(map, data) {
    let shapes = null;
    let crs = null;

    /* Made anew where a basemap brings another datum. */
    function prepared() {
      if (crs === map.options.crs) return shapes;
      crs = map.options.crs;
      shapes = {
        outline: path(data.outline),
        counties: data.counties.features.map((one) => ({ ...path(one.geometry), own: one.properties.ziyang, code: one.properties.code })),
        rivers: data.rivers.features.map((one) => path(one.geometry)),
      };
      return shapes;
    }

    function path(geometry) {
      const made = new Path2D();
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      const closed = geometry.type.includes("Polygon");
      for (const part of rings(geometry)) {
        part.forEach(([lon, lat], index) => {
          const at = map.options.crs.latLngToPoint(L.latLng(lat, lon), 0);
          const [x, y] = [at.x * UNIT, at.y * UNIT];
          box[0] = Math.min(box[0], x);
          box[1] = Math.min(box[1], y);
          box[2] = Math.max(box[2], x);
          box[3] = Math.max(box[3], y);
          if (index) made.lineTo(x, y);
          else made.moveTo(x, y);
        });
        if (closed) made.closePath();
      }
      return { path: made, box };
    }

    /* Calls `work` with the context in the units of the paths and what one pixel is in them. */
    function scaled(context, work) {
      const factor = map.options.crs.scale(map.getZoom()) / map.options.crs.scale(0) / UNIT;
      const origin = map.getPixelOrigin();
      context.save();
      context.translate(-origin.x, -origin.y);
      context.scale(factor, factor);
      work(1 / factor, origin, factor);
      context.restore();
    }

    function draw(context, bounds, colours, { tiled, lines = true }) {
      const { outline, counties, rivers } = prepared();
      scaled(context, (pixel, origin, factor) => {
        const seen = ({ box }) =>
          box[2] * factor - origin.x >= bounds.min.x && box[0] * factor - origin.x <= bounds.max.x
          && box[3] * factor - origin.y >= bounds.min.y && box[1] * factor - origin.y <= bounds.max.y;
        const pen = (width, colour, opacity, dash) => {
          context.lineWidth = width * pixel;
          context.strokeStyle = colour;
          context.globalAlpha = opacity;
          context.setLineDash((dash || []).map((one) => one * pixel));
        };
        context.lineJoin = "round";
        context.lineCap = "butt";
        if (tiled) {
          // Online tiles show the land; what lies beyond it is veiled.
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
        if (lines) {
          pen(0.7, colours.border, 0.5);
          for (const county of counties) if (!county.own && seen(county)) context.stroke(county.path);
        }
        context.save();
        context.clip(outline.path);
        pen(2 * EDGE, colours.edge, 1);
        context.stroke(outline.path);
        context.restore();
        if (lines) {
          if (!tiled) {
            pen(2, colours.river, 1);
            context.lineCap = "round";
            for (const river of rivers) if (seen(river)) context.stroke(river.path);
            context.lineCap = "butt";
          }
          pen(1.1, colours.border, 0.95, [8, 3, 1.5, 3]);
          for (const county of counties) if (county.own) context.stroke(county.path);
        }
        context.globalAlpha = 1;
        context.setLineDash([]);
      });
    }

    /* Calls `work` with everything outside, or everything inside, the place's own land cut away. */
    function within(context, bounds, inside, work) {
      const { outline } = prepared();
      context.save();
      scaledClip(context, outline.path, bounds, inside);
      work();
      context.restore();
    }

    function scaledClip(context, path_, bounds, inside) {
      const factor = map.options.crs.scale(map.getZoom()) / map.options.crs.scale(0) / UNIT;
      const origin = map.getPixelOrigin();
      const cut = new Path2D();
      if (!inside) cut.rect(bounds.min.x, bounds.min.y, bounds.max.x - bounds.min.x, bounds.max.y - bounds.min.y);
      cut.addPath(path_, new DOMMatrix([factor, 0, 0, factor, -origin.x, -origin.y]));
      context.clip(cut, inside ? "nonzero" : "evenodd");
    }

    /* Fills a county of this code, for the grid on which names find their room. */
    function fillCounty(context, code) {
      const county = prepared().counties.find((one) => one.code === code);
      scaled(context, () => context.fill(county.path));
    }

    return { draw, within, fillCounty };
  }

  function rings(geometry) {
    const { type, coordinates } = geometry;
    if (type === "Polygon" || type === "MultiLineString") return coordinates;
    if (type === "MultiPolygon") return coordinates.flat();
    return [coordinates];
  }

  root.ProjectGround = { create };
})(window);
