"""Packing of the projects for the map: the same FeatureCollection in a fraction of the bytes.

A layer of ten thousand projects has a million positions, and most of its words occur again and
again. Each property is sent as a column, with a table of its values if they repeat. Each geometry
is a short string of steps from position to position, and is sent once if several projects share it.
static/project_data.js makes features of them again, and reads a string only when its project is
drawn.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

STEPS_PER_DEGREE: Final = 100_000
"""Positions are whole numbers of these steps, of about one metre. At the closest zoom a pixel is
four of them."""

ALPHABET: Final = np.frombuffer(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", dtype=np.uint8
)
"""One character for each six bits. None of them needs an escape in JSON."""

DIGIT_BITS: Final = 5
MORE: Final = 1 << DIGIT_BITS
"""The low five bits of a character are a digit; the sixth says that more digits follow."""

MOST_DIGITS: Final = 6
"""A step across the whole globe, with its sign, takes 27 bits."""

BETWEEN_PATHS: Final = ","
BETWEEN_POLYGONS: Final = ";"

ABSENT: Final = -1
"""The place in a table of a property that a feature does not have."""


def pack(collection: dict[str, Any]) -> dict[str, Any]:
    """Return a FeatureCollection (lon, lat) as columns, of one entry for each feature.

    `columns` has, for each property, either its values or {"table": …, "rows": …}: the distinct
    values, and the index of each feature's value, or `ABSENT`. `types` and `shapes` are such
    columns too, of geometry types and of strings as `encode_geometry` returns them; a feature
    without a geometry is `ABSENT` in both. `boxes` has four numbers for each entry of the table of
    shapes: west, south, east, north, in steps.
    """
    features = collection["features"]
    keys = dict.fromkeys(key for feature in features for key in feature["properties"])
    geometries = [feature["geometry"] for feature in features]
    shapes = [None if shape is None else encode_geometry(shape) for shape in geometries]
    boxes = {
        shape: _box(geometry)
        for shape, geometry in zip(shapes, geometries, strict=True)
        if shape is not None
    }
    return {
        "count": len(features),
        "columns": {
            key: _column([feature["properties"].get(key, _Absent) for feature in features])
            for key in keys
        },
        "types": _table([shape["type"] if shape else _Absent for shape in geometries]),
        "shapes": _table([_Absent if shape is None else shape for shape in shapes]),
        "boxes": [edge for box in boxes.values() for edge in box],
    }


class _Absent:
    """Stands for a property that a feature does not have."""


def _column(values: Sequence[Any]) -> Any:
    """Return the values themselves, or as a table if most occur more than once."""
    table = _table(values)
    if _Absent in values or len(table["table"]) * 2 <= len(values):
        return table
    return values


def _table(values: Iterable[Any]) -> dict[str, list[Any]]:
    distinct: dict[str, int] = {}
    table: list[Any] = []
    rows = []
    for value in values:
        if value is _Absent:
            rows.append(ABSENT)
            continue
        key = value if isinstance(value, str) else json.dumps(value)
        if key not in distinct:
            distinct[key] = len(table)
            table.append(value)
        rows.append(distinct[key])
    return {"table": table, "rows": rows}


def encode_geometry(geometry: dict[str, Any]) -> str:
    """Return the positions of a GeoJSON geometry as a string.

    The first position of the geometry counts from 0, 0 and each later one from the one before it, in
    steps of longitude and latitude. A number is zigzag-encoded, so that its sign is the lowest bit,
    and written in digits of `DIGIT_BITS`, the lowest first. "," separates lines or rings, ";"
    separates polygons.
    """
    polygons = _polygons(geometry)
    paths = [np.asarray(path, dtype=float)[:, :2] for paths in polygons for path in paths]
    steps = np.rint(np.concatenate(paths) * STEPS_PER_DEGREE).astype(np.int64)
    written = _digits(np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=np.int64)))
    ends = np.cumsum([len(path) for path in paths])
    lengths = np.cumsum(written.lengths)
    texts = np.split(written.characters, lengths[ends[:-1] - 1])
    lines = iter(text.tobytes().decode("ascii") for text in texts)
    return BETWEEN_POLYGONS.join(
        BETWEEN_PATHS.join(next(lines) for _ in paths_of) for paths_of in polygons
    )


class _Digits(NamedTuple):
    """The characters of all positions in a row, and how many each position has."""

    characters: np.ndarray[Any, Any]
    lengths: np.ndarray[Any, Any]


def _digits(steps: np.ndarray[Any, Any]) -> _Digits:
    """Return the digits of an array of shape (positions, 2)."""
    signless = np.where(steps < 0, -2 * steps - 1, 2 * steps).reshape(-1, 1)
    shifted = signless >> (DIGIT_BITS * np.arange(MOST_DIGITS))
    written = shifted > 0
    written[:, 0] = True
    more = np.pad(written[:, 1:], ((0, 0), (0, 1)))
    digits = (shifted & (MORE - 1)) | np.where(more, MORE, 0)
    return _Digits(ALPHABET[digits[written]], written.sum(axis=1).reshape(-1, 2).sum(axis=1))


def _polygons(geometry: dict[str, Any]) -> list[list[Any]]:
    """Return the coordinates of any geometry as a list of lists of paths."""
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        return [[[coordinates]]]
    if kind in {"LineString", "MultiPoint"}:
        return [[coordinates]]
    return list(coordinates) if kind == "MultiPolygon" else [coordinates]


def _box(geometry: dict[str, Any]) -> list[int]:
    paths = [np.asarray(path)[:, :2] for paths in _polygons(geometry) for path in paths]
    positions = np.rint(np.concatenate(paths) * STEPS_PER_DEGREE).astype(np.int64)
    return [*positions.min(axis=0).tolist(), *positions.max(axis=0).tolist()]
