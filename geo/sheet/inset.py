"""The crowded square of a map that a sheet shows once more, larger."""

from collections.abc import Collection, Mapping
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

SIDE_KM: Final = 22.0
"""The square's side: a city with its new districts and stations."""
FEWEST: Final = 6
"""Projects wholly inside, below which the square is not worth its room."""


def crowded(shapes: Mapping[str, BaseGeometry], side_km: float = SIDE_KM) -> shapely.Polygon | None:
    """Return the square that wholly holds the most shapes (EPSG:32648), or None where few do.

    Each square tried has a shape in its middle, and is then moved to the middle of all it holds.
    """
    side = side_km * 1000
    small = {name: one for name, one in shapes.items() if _extent(one) <= side}
    best: Collection[str] = ()
    for one in small.values():
        held = inside(_square(one.envelope.centroid, side), small)
        if len(held) > len(best):
            best = held
    if len(best) < FEWEST:
        return None
    together = shapely.union_all([small[name].envelope for name in best])
    return _square(together.envelope.centroid, side)


def inside(window: BaseGeometry, shapes: Mapping[str, BaseGeometry]) -> tuple[str, ...]:
    """Return the names of the shapes that lie wholly in a window."""
    return tuple(name for name, one in shapes.items() if window.covers(one))


def _square(middle: shapely.Point, side: float) -> shapely.Polygon:
    half = side / 2
    return shapely.box(middle.x - half, middle.y - half, middle.x + half, middle.y + half)


def _extent(shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))
