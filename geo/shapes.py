"""The shape of a GeoJSON geometry (RFC 7946), before anything makes a geometry of it.

Shapely closes rings that are open, takes true for 1, drops what it cannot use, and says of what is
left where in memory it went wrong. Here each is a fault that says where in the file.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from geo.faults import Fault, quoted

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
    # A MultiPoint has positions for parts, which have no length of their own.
    for level in range(DEPTH[kind], 0, -1):
        inner = []
        for path, value in parts:
            if not isinstance(value, list) or not value:
                yield path, quoted(value), "it must be a list that is not empty"
                return
            inner += [(f"{path}[{number}]", one) for number, one in enumerate(value)]
            if level == 1 and whole in FEWEST:
                yield from _line(whole, path, value)
        parts = inner
    for path, value in parts:
        if not _is_position(value):
            yield path, quoted(value), "a position is two numbers"


def _line(whole: str, path: str, positions: list[Any]) -> Iterator[tuple[str, str, str]]:
    fewest = FEWEST[whole]
    if not all(map(_is_position, positions)):
        return
    if len(positions) < fewest:
        yield path, f"of {len(positions)} positions", f"it needs {fewest} at least"
    elif whole == "Polygon" and positions[0] != positions[-1]:
        yield path, f"from {positions[0]} to {positions[-1]}", "a ring ends where it begins"


def _is_position(value: Any) -> bool:
    # A bool is an int to Python, and no number to anybody else.
    return (
        isinstance(value, list)
        and len(value) == AXES
        and all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
    )
