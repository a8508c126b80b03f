"""Symbols in print: the map's symbology in millimetres of ink, drawn as SVG on the light theme.

Lines, areas and point symbols are drawn the same way on the maps and in the legend. SVG has two decimals
of a millimetre, so that the same shapes give the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.codes import FAMILIES, SECTOR, SECTORS
from geo.layer.projects import Project
from geo.map import symbology
from geo.map.symbology import THEME_COLOURS

MM_PER_PIXEL: Final = 0.2
"""Print is read from nearer than a screen, and its lines are finer."""

GROUND: Final = THEME_COLOURS["light"]
WATER: Final = "#4d7f9f"
"""A river's name: the river's own hue, dark enough to be read."""

TINT: Final = 0.3
"""The share of the hue in a "tint"; the rest is the land's colour."""
FILL: Final = 0.035
"""Opacity of an area."""
BAND, DISC = 0.03, 0.02
"""Opacity of the band within which a line may run, and of the circle within which a point may lie."""

HUES: Final = {family.code: family.light for family in FAMILIES}
ICONS: Final = {sector.code: chr(int(sector.icon, 16)) for sector in SECTORS}
LINES: Final = {one.code: one for one in symbology.LINE_SYMBOLS}


@dataclass(frozen=True)
class Stroke:
    """A stroke of the pen: `width`, `dashes` and the `shift` that moves them on, in mm."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    cap: str = "butt"
    shift: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Look:
    """What the form of a project says of it: its stage, and how well its place is known."""

    stage: str
    precision: str

    @property
    def form(self) -> str:
        """Return "built", "planned" or "upgraded"."""
        return symbology.FORMS[self.stage]

    @property
    def exact(self) -> bool:
        """Say whether the place is that of the works."""
        return self.precision == "exact"


def look_of(project: Project) -> Look:
    """Return the look of a project."""
    return Look(project.stage, project.precision)


def hue_of(sector: str) -> str:
    """Return the colour of a sector, which is its family's."""
    return HUES[SECTOR[sector].family]


def line_strokes(
    signature: str, sector: str, look: Look, *, growth: float = 1.0, outside: bool = False
) -> tuple[Stroke, ...]:
    """Return the strokes of a line, the lowest first: its soft edge, fine lines along it, itself.

    `growth` makes it heavier on a closer map; `outside` says that it runs beyond the place.
    """
    own = hue_of(sector)
    paints = {"hue": own, "ground": GROUND.land, "tint": mix(own, GROUND.land, TINT)}
    thinner, strength = symbology.OUTSIDE if outside else (1.0, 1.0)
    known = LINES[signature]
    strokes = known.planned if look.form == "planned" else known.built
    body = strokes[0].width * growth * thinner
    made = []
    if look.precision == "approximate":
        for wider, opacity in symbology.SOFT_EDGE:
            width = body + wider * growth * thinner
            made.append(Stroke(own, mm(width), cap="round", opacity=round(opacity * strength, 4)))
    if look.form == "upgraded":
        fine, apart = (one * thinner for one in symbology.UPGRADED)
        made.append(Stroke(own, mm(body + 2 * (apart + fine)), opacity=strength))
        made.append(Stroke(GROUND.land, mm(body + 2 * apart)))
    return *made, *(
        Stroke(
            paints[one.paint],
            mm(one.width * growth * thinner),
            tuple(mm(each * growth) for each in one.dash),
            one.cap,
            mm(one.shift * growth),
            strength if one.paint == "hue" else 1.0,
        )
        for one in strokes
    )


def dotted_stroke(colour: str) -> Stroke:
    """Return the edge of an area, or of the circle within which a point may lie."""
    return Stroke(colour, mm(1.2), (mm(0.1), mm(4.4)), "round", opacity=0.5)


def rim_stroke(colour: str, look: Look) -> Stroke:
    """Return the stroke around a sign: broken where it is only planned, and only approximately."""
    broken = look.form == "planned" and not look.exact
    return Stroke(colour, mm(1.4), (mm(2.6), mm(1.8)) if broken else ())


def icon_colour(sector: str, look: Look) -> str:
    """Return the colour of the icon on a sign: a sign is filled when exact, else open."""
    return GROUND.land if look.exact else hue_of(sector)


def rank_of(signature: str) -> int:
    """Return the rank of a kind of line, the most important the lowest."""
    return LINES[signature].rank


def mix(one: str, other: str, share: float) -> str:
    """Return the mixture of two colours (#rrggbb) with this share of the first."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def mm(pixels: float) -> float:
    """Return the millimetres in print of pixels on the screen."""
    return round(pixels * MM_PER_PIXEL, 3)


def svg_document(width: float, height: float, parts: Iterable[str]) -> str:
    """Return an SVG of a size in mm around its parts."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">'
    )
    return head + "".join(parts) + "</svg>"


def fill_path(shape: BaseGeometry, colour: str, opacity: float = 1.0) -> str:
    """Return a shape without an outline."""
    data = _data(shape)
    return f'<path d="{data}" fill="{colour}" fill-opacity="{opacity:g}"/>' if data else ""


def stroke_path(shape: BaseGeometry, stroke: Stroke) -> str:
    """Return the line of a shape, drawn with a stroke."""
    data = _data(shape)
    if not data:
        return ""
    dash = ""
    if stroke.dashes:
        dash = f' stroke-dasharray="{" ".join(f"{one:g}" for one in stroke.dashes)}"'
        if stroke.shift:
            dash += f' stroke-dashoffset="{-stroke.shift:g}"'
    opacity = f' stroke-opacity="{stroke.opacity:g}"' if stroke.opacity < 1 else ""
    return (
        f'<path d="{data}" fill="none" stroke="{stroke.colour}" stroke-width="{stroke.width:g}" '
        f'stroke-linecap="{stroke.cap}" stroke-linejoin="round"{dash}{opacity}/>'
    )


def clip_path(name: str, shape: BaseGeometry) -> str:
    """Return a window by its name: what is seen through it is cut off at the edge of its shape."""
    path = f'<path d="{_data(shape)}" clip-rule="evenodd"/>'
    return f'<clipPath id="{name}">{path}</clipPath>'


def clipped(name: str, parts: Iterable[str]) -> str:
    """Return parts as they are seen through a window: cutting lines would break their rhythm."""
    drawn = "".join(parts)
    return f'<g clip-path="url(#{name})">{drawn}</g>' if drawn else ""


def _data(shape: BaseGeometry) -> str:
    return "".join(_part(part) for part in shapely.get_parts(shape))


def _part(part: BaseGeometry) -> str:
    if isinstance(part, shapely.Polygon):
        rings = [part.exterior, *part.interiors]
        return "".join(_run(ring) + "Z" for ring in rings if not ring.is_empty)
    if isinstance(part, shapely.LineString):
        return _run(part)
    # A cut along an edge may leave single points, which have no line.
    return ""


def _run(line: shapely.LineString) -> str:
    points = (f"{x:.2f} {y:.2f}" for x, y in shapely.get_coordinates(line))
    return "M" + "L".join(points)


SIGN: Final = 20 * MM_PER_PIXEL
"""Width in mm of a sign on a map."""
CORNER: Final = 4 * MM_PER_PIXEL
"""Radius of the corners of a square sign, in mm."""
HALO: Final = 1.6 * MM_PER_PIXEL
"""Millimetres of the land's colour around a sign."""
MARGIN: Final = 0.5
"""Millimetres around the picture of a sign, for its halo and its rim."""
STEPS: Final = 5
"""Points of the curve that takes the place of a corner."""


def draw_line(shape: BaseGeometry, strokes: tuple[Stroke, ...]) -> Iterator[str]:
    """Yield the strokes of a line, the lowest first."""
    for stroke in strokes:
        yield stroke_path(shape, stroke)


def draw_area(shape: BaseGeometry, sector: str) -> Iterator[str]:
    """Yield a quiet fill and a dotted edge."""
    yield fill_path(shape, hue_of(sector), FILL)
    yield stroke_path(shape, dotted_stroke(hue_of(sector)))


def draw_symbol(
    at: tuple[float, float], sector: str, look: Look, size: float = SIGN
) -> Iterator[str]:
    """Yield a square for an exact place, a circle for an approximate one; the icon goes on it."""
    colour = hue_of(sector)
    own = _box(at, size / 2, CORNER * size / SIGN, square=look.exact)
    yield fill_path(own.buffer(HALO), GROUND.land)
    yield fill_path(own, colour if look.exact else GROUND.land)
    yield stroke_path(own, rim_stroke(colour, look))


def _box(at: tuple[float, float], half: float, corner: float, *, square: bool) -> BaseGeometry:
    middle = shapely.Point(at)
    if not square:
        return middle.buffer(half)
    return middle.buffer(half - corner, cap_style="square").buffer(corner)


def symbol_svg(sector: str, look: Look, size: float = SIGN) -> str:
    """Return a sign as a picture of its own, which is `MARGIN` wider on each side than the sign."""
    side = size + 2 * MARGIN
    return svg_document(side, side, draw_symbol((side / 2, side / 2), sector, look, size))


def round_corners(shape: BaseGeometry) -> BaseGeometry:
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
