/* Project data: makes GeoJSON features of the packed columns of map.json (geo/map/packing.py). The
   coordinates of a feature are read when they are first asked for. */
(function (root) {
  "use strict";

  const STEPS_PER_DEGREE = 100000;
  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const ABSENT = -1;
  /* A character holds five bits of a number, the lowest first; the sixth bit says that more follow. */
  const MORE = 32;

  const NEXT_PATH = 64;
  const NEXT_POLYGON = 65;

  /* What each character code means: a digit, or the beginning of another path or polygon. */
  const meanings = new Uint8Array(128);
  [...ALPHABET].forEach((letter, index) => {
    meanings[letter.charCodeAt(0)] = index;
  });
  meanings[",".charCodeAt(0)] = NEXT_PATH;
  meanings[";".charCodeAt(0)] = NEXT_POLYGON;

  /* Returns the polygons of a string, each a list of paths of [longitude, latitude]. A single loop,
     because a layer has a million characters. */
  function readPaths(shape) {
    let path = [];
    const polygons = [[path]];
    let value = 0;
    let shift = 0;
    let isLatitude = false;
    let longitude = 0;
    let latitude = 0;
    for (let index = 0; index < shape.length; index += 1) {
      const meaning = meanings[shape.charCodeAt(index)];
      if (meaning >= NEXT_PATH) {
        path = [];
        if (meaning === NEXT_PATH) polygons.at(-1).push(path);
        else polygons.push([path]);
        continue;
      }
      value |= (meaning & (MORE - 1)) << shift;
      shift += 5;
      if (meaning & MORE) continue;
      // The lowest bit is the sign.
      const step = (value >>> 1) ^ -(value & 1);
      if (isLatitude) {
        latitude += step;
        path.push([longitude / STEPS_PER_DEGREE, latitude / STEPS_PER_DEGREE]);
      } else longitude += step;
      isLatitude = !isLatitude;
      value = 0;
      shift = 0;
    }
    return polygons;
  }

  function readCoordinates(type, shape) {
    const polygons = readPaths(shape);
    if (type === "MultiPolygon") return polygons;
    const [paths] = polygons;
    if (type === "Polygon" || type === "MultiLineString") return paths;
    return type === "Point" ? paths[0][0] : paths[0];
  }

  function lazyGeometry(type, shape) {
    let found = null;
    return {
      type,
      get coordinates() {
        found = found || readCoordinates(type, shape);
        return found;
      },
    };
  }

  /* A column is a list of values, or a table of values with the index of each feature's value. Returns
     {key, read, has}. */
  function columnReader([key, column]) {
    if (Array.isArray(column)) return { key, read: (index) => column[index], has: () => true };
    const { table, rows } = column;
    return { key, read: (index) => table[rows[index]], has: (index) => rows[index] !== ABSENT };
  }

  /* Returns a function that makes the properties of a feature. Copying an object that has the same keys
     is several times faster than adding one key after another. */
  function propertiesReader(columns) {
    const readers = Object.entries(columns).map(columnReader);
    const optional = readers.filter((one) => columns[one.key].rows && columns[one.key].rows.includes(ABSENT));
    const kinds = new Map();

    function kindOf(index) {
      const kind = optional.reduce((bits, one) => 2 * bits + Number(one.has(index)), 0);
      if (!kinds.has(kind)) {
        const present = readers.filter((one) => one.has(index));
        kinds.set(kind, { present, empty: Object.fromEntries(present.map(({ key }) => [key, null])) });
      }
      return kinds.get(kind);
    }

    return (index) => {
      const { present, empty } = kindOf(index);
      const properties = { ...empty };
      for (const { key, read } of present) properties[key] = read(index);
      return properties;
    };
  }

  /* Returns the features of map.json, in its order. `bbox` is [west, south, east, north] of a feature
     with a geometry. The one-file edition holds plain GeoJSON. */
  function unpack(layer) {
    if (layer.features) return layer.features.map((feature) => ({ ...feature, bbox: feature.geometry && boxOf(feature.geometry) }));
    const propertiesOf = propertiesReader(layer.columns);
    const types = columnReader(["type", layer.types]);
    const boxes = layer.boxes.map((steps) => steps / STEPS_PER_DEGREE);
    const { table, rows } = layer.shapes;
    return Array.from({ length: layer.count }, (_, index) => {
      const properties = propertiesOf(index);
      const shape = rows[index];
      const isMapped = shape !== ABSENT;
      return {
        type: "Feature", id: properties.id, properties,
        geometry: isMapped ? lazyGeometry(types.read(index), table[shape]) : null,
        bbox: isMapped ? boxes.slice(4 * shape, 4 * shape + 4) : null,
      };
    });
  }

  function boxOf({ coordinates }) {
    const numbers = coordinates.flat(Infinity);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    numbers.forEach((value, index) => {
      const axis = index % 2;
      box[axis] = Math.min(box[axis], value);
      box[axis + 2] = Math.max(box[axis + 2], value);
    });
    return box;
  }

  root.ProjectData = { unpack };
})(window);
