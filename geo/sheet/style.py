"""How things look in print: what the codelists say for a screen, in millimetres of ink."""

from dataclasses import dataclass
from typing import Final

from geo.codes import FAMILIES, PATTERNS, PRECISIONS, SECTOR, SECTORS
from geo.features import Project

MM_PER_PIXEL: Final = 0.2
"""Print is read from nearer than a screen, and its lines are finer."""

PAPER: Final = "#f6f3ec"
LAND: Final = "#fffefb"
INK: Final = "#23272e"
QUIET: Final = "#6d7178"
BORDER: Final = "#a9a79f"
RIVER: Final = "#b7d3e6"
BAND: Final = "#d9d5cb"
ACCENT: Final = "#b3261e"
"""The colours of the ground, the same as on the screen's light map."""
WATER: Final = "#4d7f9f"
"""A river's name: the river's own hue, dark enough to be read."""

OUTLINE: Final = {None: 1.6, "county": 1.3, "wide": 1.0}
"""Pixels of an area's outline, by what it stands for: a place, a county, more than a county."""
FAINT: Final = {None: 0.95, "county": 0.5, "wide": 0.3}
"""Opacity of that outline: a dozen projects share a county's."""

HUES: Final = {family.code: family.light for family in FAMILIES}
ICONS: Final = {sector.code: chr(int(sector.icon, 16)) for sector in SECTORS}
DASHES: Final = {precision.code: precision.dash for precision in PRECISIONS}
_PATTERNS: Final = {pattern.code: pattern for pattern in PATTERNS}
_LINES: Final = {sector.code: _PATTERNS[sector.pattern] for sector in SECTORS}


@dataclass(frozen=True)
class Stroke:
    """A stroke of the pen: `width` and `dashes` in mm."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    cap: str = "butt"
    opacity: float = 1.0


def hue(sector: str) -> str:
    """Return the colour of a sector, which is its family's."""
    return HUES[SECTOR[sector].family]


def line_strokes(sector: str, precision: str) -> tuple[Stroke, ...]:
    """Return the strokes of a line, the lowest first: its body, then the sector's ornament."""
    pattern = _LINES[sector]
    body = Stroke(hue(sector), _mm(pattern.width), dash(precision))
    if not pattern.over_width:
        return (body,)
    colour = LAND if pattern.hollow else hue(sector)
    over = Stroke(colour, _mm(pattern.over_width), _dash(pattern.over_dash), pattern.cap)
    return body, over


def outline(project: Project) -> Stroke:
    """Return the stroke around an area; the wider the area, the quieter."""
    return Stroke(
        hue(project.sector),
        _mm(OUTLINE[project.scope]),
        dash(project.precision),
        opacity=FAINT[project.scope],
    )


def on_symbol(project: Project) -> str:
    """Return the colour of the icon on a point's symbol: filled when exact, else open."""
    return LAND if project.precision == "exact" else hue(project.sector)


def _mm(pixels: float) -> float:
    return round(pixels * MM_PER_PIXEL, 3)


def dash(precision: str) -> tuple[float, ...]:
    """Return the rhythm of an outline or a line of this precision, in mm."""
    return _dash(DASHES[precision])


def _dash(pixels: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(_mm(one) for one in pixels)
