"""The shape of a GeoJSON geometry (RFC 7946), before anything makes a geometry of it.

Shapely closes rings that are open, takes true for 1, drops what it cannot use, and says of what is
left where in memory it went wrong. Here each is a fault that says where in the file.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.core.faults import Fault, quoted

DEPTH: Final = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2,
    "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
"""How many lists lie around the positions of each type."""

POLYGONS: Final = ("Polygon", "MultiPolygon")
LINES: Final = ("LineString", "MultiLineString")

FEWEST: Final = {"Polygon": 4, "LineString": 2}
"""Positions of a ring, and of a line."""

AXES: Final = 2
NUMBERS: Final = frozenset({int, float})
CURE: Final = "write numbers as [longitude, latitude], nested as RFC 7946 says"


def shape_faults(check: str, record: str, geometry: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the first fault in a geometry's coordinates; its type must be one of `DEPTH`."""
    kind = geometry["type"]
    for path, value, rule in _wrong(kind, geometry["coordinates"]):
        yield Fault(check, record, f"{path} {value}".strip(), f"makes no {kind}: {rule}", CURE)
        return


def _wrong(kind: str, coordinates: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (path, value, rule) of each thing that is wrong, the first one first."""
    whole = kind.removeprefix("Multi")
    parts: list[tuple[str, Any]] = [("coordinates", coordinates)]
    # The last list around positions is a line or a ring; a MultiPoint's has no length of its own.
    for _ in range(DEPTH[kind] - 1):
        inner: list[tuple[str, Any]] = []
        for path, value in parts:
            yield from _list(path, value)
            inner += _inside(path, value)
        parts = inner
    positions: list[tuple[str, Any]] = [] if DEPTH[kind] else parts
    for path, value in parts if DEPTH[kind] else []:
        yield from _list(path, value)
        if not _are_positions(value):
            positions += _inside(path, value)
        elif whole in FEWEST:
            yield from _line(whole, path, value)
    for path, value in positions:
        if not _is_position(value):
            yield path, quoted(value), "a position is two numbers"


def _list(path: str, value: Any) -> Iterator[tuple[str, str, str]]:
    if not isinstance(value, list) or not value:
        yield path, quoted(value), "it must be a list that is not empty"


def _inside(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of each thing in a list; what is none has been said already."""
    if isinstance(value, list):
        yield from ((f"{path}[{number}]", one) for number, one in enumerate(value))


def _line(whole: str, path: str, positions: list[Any]) -> Iterator[tuple[str, str, str]]:
    fewest = FEWEST[whole]
    if len(positions) < fewest:
        yield path, f"of {len(positions)} positions", f"it needs {fewest} at least"
    elif whole == "Polygon" and positions[0] != positions[-1]:
        yield path, f"from {positions[0]} to {positions[-1]}", "a ring ends where it begins"


def _are_positions(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_position, value))


def _is_position(value: Any) -> bool:
    # Of exactly these types: a bool is an int to Python, and no number to anybody else.
    return (
        type(value) is list
        and len(value) == AXES
        and type(value[0]) in NUMBERS
        and type(value[1]) in NUMBERS
    )
