"""Symbols in print: the map's symbology in millimetres, drawn as SVG in the light theme.

Lines, areas and point symbols are drawn the same way on the maps and in the legend. SVG coordinates
have two decimals of a millimetre, so that the same shapes give the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.codes import FAMILIES, SECTOR, SECTORS
from geo.layer.projects import Project
from geo.map import symbology
from geo.map.symbology import THEME_COLOURS

MM_PER_PIXEL: Final = 0.2
"""Lines are finer in print than on a screen, because print is read from a shorter distance."""

GROUND: Final = THEME_COLOURS["light"]
WATER: Final = "#4d7f9f"
"""Colour of river names: the hue of the rivers, dark enough to read."""

TINT: Final = 0.3
"""Share of the hue in a "tint"; the rest is the land's colour."""


@dataclass(frozen=True)
class Emphasis:
    """How strongly areas and uncertain places are drawn.

    `fill`, `band` and `disc` are the opacities of an area, of the uncertainty band of a line and of
    the uncertainty circle of a point; `edge_px` and `edge` are the width in pixels and the opacity
    of the dotted edge of areas and circles.
    """

    fill: float
    band: float
    disc: float
    edge_px: float
    edge: float


FAINT: Final = Emphasis(fill=0.035, band=0.03, disc=0.02, edge_px=1.2, edge=0.5)
"""For maps of many projects, whose areas overlap."""
STRONG: Final = Emphasis(fill=0.16, band=0.13, disc=0.12, edge_px=2.2, edge=0.95)
"""For the map of a single project; the live map draws a selected project like this."""

HUES: Final = {family.code: family.light for family in FAMILIES}
ICONS: Final = {sector.code: chr(int(sector.icon, 16)) for sector in SECTORS}
LINES: Final = {symbol.code: symbol for symbol in symbology.LINE_SYMBOLS}


@dataclass(frozen=True)
class Medium:
    """How drawings are written as SVG: on paper, or on the page.

    `paint` writes a colour (#rrggbb, light theme); `stroke_unit` is the number of units of a stroke
    per mm; coordinates are in mm with this number of `decimals`; `finest` is the size in mm of the
    smallest visible bend of a line; `relative` writes steps instead of positions, which is shorter.
    """

    paint: Callable[[str], str] = str
    stroke_unit: float = 1.0
    decimals: int = 2
    finest: float = 0.03
    relative: bool = False

    def stroke_size(self, millimetres: float) -> str:
        """Return a length of a stroke, such as its width, as text."""
        return f"{round(millimetres * self.stroke_unit, 3):g}"


PAPER: Final = Medium()


@dataclass(frozen=True)
class Stroke:
    """A stroke; `width`, `dashes` and `shift`, which moves the dashes forward, are in mm."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    cap: str = "butt"
    shift: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True)
class Look:
    """What determines the form of a project's symbol: its stage and precision.

    On the map of today, `today` is its state (`geo.layer.codes.LOOKS`), which takes the place of the
    stage; on a map of the plan it is "".
    """

    stage: str
    precision: str
    today: str = ""

    @property
    def form(self) -> str:
        """Return "built", "planned" or "upgraded"."""
        if self.today:
            return "built" if symbology.TODAY[self.today].built else "planned"
        return symbology.FORMS[self.stage]

    @property
    def filled(self) -> bool:
        """Return whether the sign of a point is filled: its place is exact, or today it is open."""
        return self.today == "open" if self.today else self.exact

    @property
    def state(self) -> symbology.Today | None:
        """Return how the map of today draws it; None on a map of the plan."""
        return symbology.TODAY[self.today] if self.today else None

    @property
    def exact(self) -> bool:
        """Return whether the location is exact."""
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
    """Return the strokes of a line from bottom to top: soft edge, fine side lines, the line itself.

    `growth` makes the line heavier on a closer map; `outside` makes it thinner and paler, for a
    line outside Ziyang.
    """
    hue = hue_of(sector)
    paints = {"hue": hue, "ground": GROUND.land, "tint": mix(hue, GROUND.land, TINT)}
    thinner, strength = symbology.OUTSIDE if outside else (1.0, 1.0)
    symbol = LINES[signature]
    strokes = symbol.planned if look.form == "planned" else symbol.built
    if look.state:
        strokes = _with_dashes(strokes, look.state.dash)
        growth_of_width = growth * look.state.weight
        strength *= look.state.opacity
    else:
        growth_of_width = growth
    body = strokes[0].width * growth_of_width * thinner
    below = []
    if look.precision == "approximate":
        for wider, opacity in symbology.SOFT_EDGE:
            width = body + wider * growth * thinner
            below.append(Stroke(hue, mm(width), cap="round", opacity=round(opacity * strength, 4)))
    if look.form == "upgraded":
        fine, apart = (width * thinner for width in symbology.UPGRADED)
        below.append(Stroke(hue, mm(body + 2 * (apart + fine)), opacity=strength))
        below.append(Stroke(GROUND.land, mm(body + 2 * apart)))
    return *below, *(
        Stroke(
            paints[stroke.paint],
            mm(stroke.width * growth_of_width * thinner),
            tuple(mm(dash * growth) for dash in stroke.dash),
            stroke.cap,
            mm(stroke.shift * growth),
            strength if stroke.paint == "hue" else 1.0,
        )
        for stroke in strokes
    )


def _with_dashes(
    strokes: tuple[symbology.Stroke, ...], dash: tuple[float, ...]
) -> tuple[symbology.Stroke, ...]:
    """Return strokes with other dashes of the line's body; ticks and beads keep their own."""
    if not dash:
        return strokes
    body = strokes[0].dash
    return tuple(replace(one, dash=dash) if one.dash == body else one for one in strokes)


def dotted_stroke(
    colour: str, emphasis: Emphasis = FAINT, state: symbology.Today | None = None
) -> Stroke:
    """Return the dotted edge of an area, or of the uncertainty circle of a point."""
    dots = tuple(mm(dash) for dash in (state or symbology.Today()).edge)
    return Stroke(colour, mm(emphasis.edge_px), dots, "round", opacity=emphasis.edge)


def rim_stroke(colour: str, look: Look) -> Stroke:
    """Return the outline of a point symbol: dashed if it is planned and not exact, else solid."""
    if look.state:
        rim, opacity = look.state.rim, look.state.opacity
    else:
        broken = look.form == "planned" and not look.exact
        rim, opacity = symbology.TODAY["planned"].rim if broken else (), 1.0
    return Stroke(colour, mm(1.4), tuple(mm(dash) for dash in rim), opacity=opacity)


def icon_colour(sector: str, look: Look) -> str:
    """Return the colour of the icon on a point symbol."""
    return GROUND.land if look.filled else hue_of(sector)


def rank_of(signature: str) -> int:
    """Return the rank of a line symbol; the most important one has the lowest rank."""
    return LINES[signature].rank


def mix(colour: str, other: str, share: float) -> str:
    """Return the mixture of two colours (#rrggbb) with this share of the first."""
    parts = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def mm(pixels: float) -> float:
    """Convert pixels on the screen to millimetres in print."""
    return round(pixels * MM_PER_PIXEL, 3)


def svg_document(width: float, height: float, parts: Iterable[str]) -> str:
    """Return an SVG document of this size in mm with these elements."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">'
    )
    return head + "".join(parts) + "</svg>"


def fill_path(
    shape: BaseGeometry, colour: str, opacity: float = 1.0, medium: Medium = PAPER
) -> str:
    """Return a filled shape without an outline."""
    data = path_data(shape, medium)
    if not data:
        return ""
    return f'<path d="{data}" fill="{medium.paint(colour)}" fill-opacity="{opacity:g}"/>'


def stroke_path(shape: BaseGeometry, stroke: Stroke, medium: Medium = PAPER) -> str:
    """Return the outline of a shape, drawn with a stroke."""
    data = path_data(shape, medium)
    return f'<path d="{data}" {stroke_attributes(stroke, medium)}/>' if data else ""


def stroke_attributes(stroke: Stroke, medium: Medium = PAPER) -> str:
    """Return the attributes of an element that is drawn with a stroke and not filled."""
    size = medium.stroke_size
    dash = ""
    if stroke.dashes:
        dash = f' stroke-dasharray="{" ".join(map(size, stroke.dashes))}"'
        if stroke.shift:
            dash += f' stroke-dashoffset="{size(-stroke.shift)}"'
    opacity = f' stroke-opacity="{stroke.opacity:g}"' if stroke.opacity < 1 else ""
    return (
        f'fill="none" stroke="{medium.paint(stroke.colour)}" '
        f'stroke-width="{size(stroke.width)}" stroke-linecap="{stroke.cap}" '
        f'stroke-linejoin="round"{dash}{opacity}'
    )


def clip_path(name: str, shape: BaseGeometry, medium: Medium = PAPER) -> str:
    """Return a named clip path, which cuts its content off at the edge of a shape."""
    path = f'<path d="{path_data(shape, medium)}" clip-rule="evenodd"/>'
    return f'<clipPath id="{name}">{path}</clipPath>'


def clipped(name: str, parts: Iterable[str]) -> str:
    """Return elements clipped by a path; cutting the lines would interrupt their dash pattern."""
    drawn = "".join(parts)
    return f'<g clip-path="url(#{name})">{drawn}</g>' if drawn else ""


def path_data(shape: BaseGeometry, medium: Medium = PAPER) -> str:
    """Return a shape in mm as the data of an SVG path; "" if it has no line or area."""
    return "".join(_part(part, medium) for part in shapely.get_parts(shape) if not part.is_empty)


def _part(part: BaseGeometry, medium: Medium) -> str:
    if isinstance(part, shapely.Polygon):
        rings = [part.exterior, *part.interiors]
        return "".join(_run(ring, medium) + "Z" for ring in rings if not ring.is_empty)
    if isinstance(part, shapely.LineString):
        return _run(part, medium)
    # Cutting along an edge may leave single points, which are not drawn.
    return ""


def _run(line: shapely.LineString, medium: Medium) -> str:
    coordinates = shapely.get_coordinates(line)
    if not medium.relative:
        points = (f"{x:.{medium.decimals}f} {y:.{medium.decimals}f}" for x, y in coordinates)
        return "M" + "L".join(points)
    # Steps between rounded points, so that rounding does not add up.
    rounded = np.round(coordinates, medium.decimals)
    steps = np.round(np.diff(rounded, axis=0), medium.decimals) + 0.0
    start = "M{:g} {:g}".format(*rounded[0])
    return start + "l" + " ".join(f"{x:g} {y:g}" for x, y in steps)


SIGN: Final = 20 * MM_PER_PIXEL
"""Width in mm of a point symbol on a map."""
CORNER: Final = 4 * MM_PER_PIXEL
"""Radius in mm of the corners of a square symbol."""
HALO: Final = 1.6 * MM_PER_PIXEL
"""Width in mm of the halo around a symbol, in the land's colour."""
MARGIN: Final = 0.5
"""Millimetres around a symbol in its picture, for its halo and outline."""
STEPS: Final = 5
"""Number of points on the curve that replaces a corner."""


def draw_line(
    shape: BaseGeometry, strokes: tuple[Stroke, ...], medium: Medium = PAPER
) -> Iterator[str]:
    """Yield the strokes of a line from bottom to top."""
    for stroke in strokes:
        yield stroke_path(shape, stroke, medium)


def draw_area(shape: BaseGeometry, sector: str) -> Iterator[str]:
    """Yield the pale fill and the dotted edge of an area."""
    yield fill_path(shape, hue_of(sector), FAINT.fill)
    yield stroke_path(shape, dotted_stroke(hue_of(sector)))


def draw_symbol(
    at: tuple[float, float],
    sector: str,
    look: Look,
    size: float = SIGN,
) -> Iterator[str]:
    """Yield a square for an exact location, else a circle; the template adds the icon."""
    colour = hue_of(sector)
    shape = _box(at, size / 2, CORNER * size / SIGN, square=look.exact)
    yield fill_path(shape.buffer(HALO), GROUND.land)
    yield fill_path(shape, colour if look.filled else GROUND.land)
    yield stroke_path(shape, rim_stroke(colour, look))


def _box(at: tuple[float, float], half: float, corner: float, *, square: bool) -> BaseGeometry:
    middle = shapely.Point(at)
    if not square:
        return middle.buffer(half)
    return middle.buffer(half - corner, cap_style="square").buffer(corner)


def symbol_svg(sector: str, look: Look, size: float = SIGN) -> str:
    """Return a point symbol as an SVG document that is `MARGIN` wider on each side."""
    side = size + 2 * MARGIN
    return svg_document(side, side, draw_symbol((side / 2, side / 2), sector, look, size))


def round_corners(shape: BaseGeometry) -> BaseGeometry:
    """Return an area with rounded corners, so that its edge looks sketched rather than surveyed.

    Each corner becomes a curve from the middle of one side to the middle of the next.
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
    points: np.ndarray = curve.transpose(1, 0, 2).reshape(-1, 2)
    return points
