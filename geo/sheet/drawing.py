"""The drawing of one map: the ground, then the projects from the widest to the smallest."""

from collections.abc import Iterable, Iterator
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.features import Project
from geo.sheet import pen, style
from geo.sheet.anchors import SYMBOL
from geo.sheet.frame import Frame
from geo.sheet.ground import Ground
from geo.sheet.placing import Placed
from geo.sheet.style import Stroke

OVERLAP: Final = 5.0
"""Millimetres that shapes are drawn beyond the map's edge, where the page cuts them off."""
FINEST: Final = 0.03
"""Millimetres below which a bend of a line cannot be seen."""

COUNTY: Final = Stroke(style.BORDER, 0.12, opacity=0.8)
OWN_COUNTY: Final = Stroke(style.BORDER, 0.35)
RIVER: Final = Stroke(style.RIVER, 0.6, cap="round")
LEADER: Final = Stroke(style.INK, 0.12)
CIRCLE: Final = (0.15, (0.6, 0.8))
"""Width and dash of the circle within which a point may lie."""
WINDOW: Final = Stroke(style.INK, 0.3)
BAND: Final = 0.06
"""Opacity of the ground within which a line may run."""
FULL_BAND: Final = 10.0
"""Width in mm beyond which a band pales: the less is known, the less ink says it."""
ZONE: Final = 0.04
"""Opacity of an area that is drawn as a place of its own."""


def draw(
    frame: Frame,
    ground: Ground,
    projects: Iterable[Project],
    leaders: Iterable[Placed],
    *,
    window: BaseGeometry | None,
    bands: bool,
) -> str:
    """Return a map as SVG, in mm; `window` is the ground that another map shows."""
    shown = [one for one in projects if one.geometry is not None]
    parts = [*_ground(frame, ground)]
    for layer in (_areas, _bands, _lines, _points) if bands else (_areas, _lines, _points):
        parts += layer(frame, ground, shown)
    if window is not None:
        parts.append(pen.stroked(frame.paper(window), WINDOW))
    for placed in leaders:
        if placed.leader:
            parts.append(pen.stroked(shapely.LineString(placed.leader), LEADER))
            parts.append(pen.filled(shapely.Point(placed.leader[1]).buffer(0.4), style.INK))
    return pen.picture(frame.width, frame.height, parts)


def _ground(frame: Frame, ground: Ground) -> Iterator[str]:
    yield pen.filled(shapely.box(0, 0, frame.width, frame.height), style.PAPER)
    own = ground.counties["ziyang"]
    yield pen.filled(_cut(frame, ground.home), style.LAND)
    for shape in ground.counties.geometry[~own]:
        yield pen.stroked(_cut(frame, shape), COUNTY)
    for river in ground.rivers:
        yield pen.stroked(_cut(frame, river.shape), RIVER)
    for shape in ground.counties.geometry[own]:
        yield pen.stroked(_cut(frame, shape), OWN_COUNTY)


def _areas(frame: Frame, ground: Ground, projects: list[Project]) -> Iterator[str]:
    areas = [one for one in projects if ground.shape(one).area > 0]
    # The large lie below the small, so that each outline can be seen.
    seen = set()
    for project in sorted(areas, key=lambda one: (-ground.shape(one).area, one.id)):
        drawn = _cut(frame, ground.shape(project))
        # Many stand for one and the same county; once in each hue says so, and keeps it quiet.
        same = (drawn.wkb, style.hue(project.sector), project.scope)
        if same in seen:
            continue
        seen.add(same)
        if project.scope is None:
            yield pen.filled(drawn, style.hue(project.sector), ZONE)
        yield pen.stroked(drawn, style.outline(project))


def _bands(frame: Frame, ground: Ground, projects: list[Project]) -> Iterator[str]:
    for project in projects:
        shape = ground.shape(project)
        if shape.area > 0 or project.precision != "approximate" or project.uncertainty_m is None:
            continue
        colour = style.hue(project.sector)
        band = _cut(frame, shape.buffer(project.uncertainty_m))
        across = 2 * project.uncertainty_m / frame.metres_per_mm
        yield pen.filled(band, colour, round(BAND * min(1.0, FULL_BAND / across), 4))
        if shape.length == 0:
            width, dash = CIRCLE
            yield pen.stroked(band, Stroke(colour, width, dash, opacity=0.7))


def _lines(frame: Frame, ground: Ground, projects: list[Project]) -> Iterator[str]:
    for project in projects:
        shape = ground.shape(project)
        if shape.length > 0 and shape.area == 0:
            drawn = _cut(frame, shape)
            for stroke in style.line_strokes(project.sector, project.precision):
                yield pen.stroked(drawn, stroke)


def _points(frame: Frame, ground: Ground, projects: list[Project]) -> Iterator[str]:
    for project in projects:
        shape = ground.shape(project)
        if shape.length == 0 and frame.ground.covers(shape):
            circle = shapely.Point(frame.at((shape.x, shape.y))).buffer(SYMBOL / 2)
            colour = style.hue(project.sector)
            if project.precision == "exact":
                yield pen.filled(circle, colour)
                yield pen.stroked(circle, Stroke(style.LAND, 0.3))
            else:
                yield pen.filled(circle, style.LAND)
                yield pen.stroked(circle, Stroke(colour, 0.35, (0.8, 0.5)))


def _cut(frame: Frame, shape: BaseGeometry) -> BaseGeometry:
    """Return what of a shape the map shows, in mm and without bends too fine to be seen."""
    room = frame.ground.buffer(OVERLAP * frame.metres_per_mm, join_style="mitre")
    return frame.paper(shape.intersection(room).simplify(FINEST * frame.metres_per_mm))
