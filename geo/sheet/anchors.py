"""Where on a map a project's number would best stand, by the kind of its shape."""

from collections.abc import Iterator
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.sheet.frame import Frame
from geo.sheet.listing import Row
from geo.sheet.marks import SIGN
from geo.sheet.placing import Label, Point

NUMBER_HEIGHT: Final = 3.0
ICON_WIDTH: Final = 3.0
DIGIT_WIDTH: Final = 1.35
PADDING: Final = 0.9
"""Millimetres of a number's plate: the sector's icon, then the digits."""

SHORTEST: Final = 6.0
"""Millimetres of a line that a map must show to number it."""
EDGE: Final = 2.5
"""Millimetres from the map's edge within which no number is anchored, for it would not fit."""
FRACTIONS: Final = (
    0.5,
    0.4,
    0.6,
    0.3,
    0.7,
    0.2,
    0.8,
    0.45,
    0.55,
    0.35,
    0.65,
    0.25,
    0.75,
    0.12,
    0.88,
)
"""Where along a line its number may stand, best first."""
GRID: Final = 5
"""Rows and columns of places tried within an area."""


def width(number: int) -> float:
    """Return the width in mm of a number's plate."""
    return ICON_WIDTH + len(str(number)) * DIGIT_WIDTH + PADDING


def label(row: Row, shape: BaseGeometry, frame: Frame, hidden: BaseGeometry | None) -> Label | None:
    """Return the label of a project, or None where the map shows too little of it.

    `shape` is its geometry and `hidden` the ground that another map shows larger, both in metres
    (EPSG:32648).
    """
    room = frame.ground.buffer(-EDGE * frame.metres_per_mm, join_style="mitre")
    seen = shape.intersection(room if hidden is None else room.difference(hidden))
    drawn = _largest(frame.paper(seen))
    if drawn is None or drawn.is_empty:
        return None
    wide = width(row.number)
    if isinstance(drawn, shapely.Point):
        anchor, spots = (drawn.x, drawn.y), tuple(_beside((drawn.x, drawn.y), wide))
    elif isinstance(drawn, shapely.LineString):
        if drawn.length < SHORTEST:
            return None
        points = [drawn.interpolate(one, normalized=True) for one in FRACTIONS]
        spots = tuple((one.x, one.y) for one in points)
        anchor = spots[0]
    else:
        middle = drawn.representative_point()
        anchor, spots = (middle.x, middle.y), tuple(_inside(drawn, wide))
    return Label(str(row.number), wide, NUMBER_HEIGHT, anchor, spots)


def _largest(shape: BaseGeometry) -> BaseGeometry | None:
    """Return the largest single part of a shape: of lines the longest, merged where they meet."""
    if isinstance(shape, shapely.MultiLineString):
        shape = shapely.line_merge(shape)
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    return max(parts, key=lambda one: (one.area, one.length), default=None)


def _beside(point: Point, wide: float) -> Iterator[Point]:
    """Yield places around a symbol: right, left, above, below, then the corners."""
    across, down = (SIGN + wide) / 2 + 0.3, (SIGN + NUMBER_HEIGHT) / 2 + 0.3
    steps = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
    for right, below in steps:
        yield point[0] + right * across, point[1] + below * down


def _inside(area: BaseGeometry, wide: float) -> Iterator[Point]:
    """Yield places at which a plate lies wholly within an area, the most central first."""
    left, top, right, bottom = area.bounds
    middle = area.centroid
    found = []
    for row in range(1, 2 * GRID):
        for column in range(1, 2 * GRID):
            x = left + (right - left) * column / (2 * GRID)
            y = top + (bottom - top) * row / (2 * GRID)
            plate = shapely.box(
                x - wide / 2, y - NUMBER_HEIGHT / 2, x + wide / 2, y + NUMBER_HEIGHT / 2
            )
            if area.contains(plate):
                found.append(((x - middle.x) ** 2 + (y - middle.y) ** 2, x, y))
    for _, x, y in sorted(found):
        yield x, y
