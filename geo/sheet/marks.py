"""How one project is drawn, on the maps and in the legend alike: a line, an area, a sign."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.sheet import pen, style
from geo.sheet.style import Look, Stroke

SIGN: Final = 20 * style.MM_PER_PIXEL
"""Width in mm of a sign on a map."""
CORNER: Final = 4 * style.MM_PER_PIXEL
"""Radius of the corners of a square sign, in mm."""
HALO: Final = 1.6 * style.MM_PER_PIXEL
"""Millimetres of the land's colour around a sign."""
MARGIN: Final = 0.5
"""Millimetres around the picture of a sign, for its halo and its rim."""
STEPS: Final = 5
"""Points of the curve that takes the place of a corner."""


def line(shape: BaseGeometry, strokes: tuple[Stroke, ...]) -> Iterator[str]:
    """Yield the strokes of a line, the lowest first."""
    for stroke in strokes:
        yield pen.stroked(shape, stroke)


def area(shape: BaseGeometry, sector: str) -> Iterator[str]:
    """Yield a quiet fill and a dotted edge."""
    yield pen.filled(shape, style.hue(sector), style.FILL)
    yield pen.stroked(shape, style.dotted(style.hue(sector)))


def sign(at: tuple[float, float], sector: str, look: Look, size: float = SIGN) -> Iterator[str]:
    """Yield a square for an exact place, a circle for an approximate one; the icon goes on it."""
    colour = style.hue(sector)
    own = _box(at, size / 2, CORNER * size / SIGN, square=look.exact)
    yield pen.filled(own.buffer(HALO), style.GROUND.land)
    yield pen.filled(own, colour if look.exact else style.GROUND.land)
    yield pen.stroked(own, style.rim(colour, look))


def _box(at: tuple[float, float], half: float, corner: float, *, square: bool) -> BaseGeometry:
    middle = shapely.Point(at)
    if not square:
        return middle.buffer(half)
    return middle.buffer(half - corner, cap_style="square").buffer(corner)


def sign_picture(sector: str, look: Look, size: float = SIGN) -> str:
    """Return a sign as a picture of its own, which is `MARGIN` wider on each side than the sign."""
    side = size + 2 * MARGIN
    return pen.picture(side, side, sign((side / 2, side / 2), sector, look, size))


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Return an area whose corners are rounded off: its edge looks sketched, as nobody surveyed it.

    Each corner is a curve from the middle of one side to the middle of the next.
    """
    polygons = [
        shapely.Polygon(_curved(part.exterior), [_curved(ring) for ring in part.interiors])
        for part in shapely.get_parts(shape)
        if isinstance(part, shapely.Polygon)
    ]
    return shapely.make_valid(shapely.MultiPolygon(polygons))


def _curved(ring: shapely.LinearRing) -> np.ndarray:
    corners = shapely.get_coordinates(ring)[:-1]
    before = (corners + np.roll(corners, 1, axis=0)) / 2
    after = (corners + np.roll(corners, -1, axis=0)) / 2
    share = np.linspace(0, 1, STEPS, endpoint=False)[:, None, None]
    curve = (1 - share) ** 2 * before + 2 * share * (1 - share) * corners + share**2 * after
    made: np.ndarray = curve.transpose(1, 0, 2).reshape(-1, 2)
    return made
