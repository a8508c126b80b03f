"""The window of a map on paper: which part of the ground it shows, at which scale."""

from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

ROUND: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5)
"""A scale's denominator is one of these times a power of ten: a planner measures with a ruler."""

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """A map of `width` by `height` mm around a middle (east, north in metres, EPSG:32648)."""

    middle: Point
    width: float
    height: float
    scale: float

    @property
    def metres_per_mm(self) -> float:
        """Metres on the ground that a millimetre of the paper shows."""
        return self.scale / 1000

    @cached_property
    def bounds(self) -> Bounds:
        """West, south, east, north in metres (EPSG:32648)."""
        across, up = self.width * self.metres_per_mm / 2, self.height * self.metres_per_mm / 2
        east, north = self.middle
        return east - across, north - up, east + across, north + up

    @cached_property
    def ground(self) -> shapely.Polygon:
        """The rectangle of the ground that the map shows (EPSG:32648)."""
        return shapely.box(*self.bounds)

    def paper(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape of the ground (EPSG:32648) in mm from the map's upper left, y downwards."""
        west, _, _, north = self.bounds
        return shapely.transform(
            shape, lambda one: (one - (west, north)) * (1, -1) / self.metres_per_mm
        )

    def at(self, place: Point) -> Point:
        """Return where a place (east, north in metres) lies, in mm from the upper left."""
        west, _, _, north = self.bounds
        return (place[0] - west) / self.metres_per_mm, (north - place[1]) / self.metres_per_mm


def fit(bounds: Bounds, width: float, height: float, margin: float) -> Frame:
    """Return the frame of a size in mm that shows all of `bounds` at the largest round scale.

    `bounds` are west, south, east, north in metres; `margin` mm stay free on each side.
    """
    west, south, east, north = bounds
    needed = 1000 * max(
        (east - west) / (width - 2 * margin), (north - south) / (height - 2 * margin), 1.0
    )
    return Frame(((west + east) / 2, (south + north) / 2), width, height, round_scale(needed))


def round_scale(needed: float) -> float:
    """Return the smallest round denominator that is not below `needed`."""
    steps = (step * 10.0**power for power in count() for step in ROUND)
    return next(step for step in steps if step >= needed)


def bar_km(frame: Frame, longest: float) -> float:
    """Return the kilometres of the longest round scale bar that is at most `longest` mm long."""
    room = frame.metres_per_mm * longest / 1000
    steps = (step * 10.0**power for power in range(-3, 5) for step in (1, 2, 5))
    return max(step for step in steps if step <= room)
