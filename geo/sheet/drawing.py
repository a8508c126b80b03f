"""The drawing of one map: the ground, then areas and lines, the most important on top."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.projects import Project
from geo.map.symbology import signature
from geo.sheet import symbols
from geo.sheet.content import Frame, Ground
from geo.sheet.label_placement import Placed
from geo.sheet.symbols import GROUND, Stroke, mm

OVERLAP: Final = 5.0
"""Millimetres that shapes are drawn beyond the map's edge, where the page cuts them off."""
FINEST: Final = 0.03
"""Millimetres below which a bend of a line cannot be seen."""
SKETCHED: Final = mm(1)
"""Millimetres to which an area is simplified before its corners are rounded."""

NEIGHBOUR: Final = Stroke(GROUND.border, mm(0.7), opacity=0.5)
RIVER: Final = Stroke(GROUND.river, mm(2), cap="round")
BORDER: Final = Stroke(GROUND.border, mm(1.1), (mm(8), mm(3), mm(1.5), mm(3)), opacity=0.95)
EDGE: Final = 8.0
"""Pixels of the tint along the inside of the place's boundary."""
LEADER: Final = Stroke(GROUND.ink, 0.12)
WINDOW: Final = Stroke(GROUND.ink, 0.3)


@dataclass(frozen=True)
class Drawing:
    """A map to draw: what it shows, how heavily, and whether with the uncertainty of each place."""

    frame: Frame
    ground: Ground
    projects: tuple[Project, ...]
    growth: float
    bands: bool

    def svg(self, leaders: Iterable[Placed], window: BaseGeometry | None) -> str:
        """Return the map as SVG, in mm; `window` is the ground that another map shows."""
        parts = [*self._ground(), *self._areas()]
        if self.bands:
            parts += self._uncertain()
        parts += self._lines()
        if window is not None:
            parts.append(symbols.stroke_path(self.frame.paper(window), WINDOW))
        for placed in leaders:
            if placed.leader:
                parts.append(symbols.stroke_path(shapely.LineString(placed.leader), LEADER))
                parts.append(
                    symbols.fill_path(shapely.Point(placed.leader[1]).buffer(0.4), GROUND.ink)
                )
        return symbols.svg_document(self.frame.width, self.frame.height, parts)

    def _ground(self) -> Iterator[str]:
        home = self._cut(self.ground.home)
        sheet = shapely.box(0, 0, self.frame.width, self.frame.height).buffer(OVERLAP)
        yield symbols.clip_path("home", home)
        yield symbols.clip_path("beyond", sheet.difference(home))
        yield symbols.fill_path(sheet, GROUND.paper)
        yield symbols.fill_path(home, GROUND.land)
        counties = self.ground.counties
        for shape in counties.geometry[~counties["ziyang"]]:
            yield symbols.stroke_path(self._cut(shape), NEIGHBOUR)
        edge = Stroke(GROUND.edge, mm(2 * EDGE * self.growth))
        yield symbols.clipped("home", [symbols.stroke_path(home, edge)])
        for river in self.ground.rivers:
            yield symbols.stroke_path(self._cut(river.shape), RIVER)
        yield symbols.stroke_path(self._cut(self.ground.borders), BORDER)

    def _areas(self) -> Iterator[str]:
        """Yield the areas that are a place of their own; of wider ones plates give the numbers."""
        areas = [one for one in self._shown("area") if one.scope is None]
        outlines: dict[tuple[str, bytes], BaseGeometry] = {}
        for project in areas:
            shape = self.ground.shape(project)
            # Many stand for one and the same place; once in each hue says so, and keeps it quiet.
            same = symbols.hue_of(project.sector), shape.wkb
            if same in outlines:
                continue
            if project.precision != "exact":
                shape = symbols.round_corners(shape.simplify(SKETCHED * self.frame.metres_per_mm))
            outlines[same] = self._cut(shape)
        yield from _filled(((hue, shape) for (hue, _), shape in outlines.items()), symbols.FILL)
        for (hue, _), shape in outlines.items():
            yield symbols.stroke_path(shape, symbols.dotted_stroke(hue))

    def _uncertain(self) -> Iterator[str]:
        """Yield the band within which each line may run, and the circle of each point."""
        rooms = {
            project: self._cut(self.ground.shape(project).buffer(project.uncertainty_m))
            for project in [*self._shown("line"), *self._shown("sign")]
            if project.precision == "approximate" and project.uncertainty_m is not None
        }
        circles = {one.id for one in self._shown("sign")}
        for opacity, round_ in ((symbols.BAND, False), (symbols.DISC, True)):
            yield from _filled(
                (
                    (symbols.hue_of(one.sector), room)
                    for one, room in rooms.items()
                    if (one.id in circles) == round_
                ),
                opacity,
            )
        for project, room in rooms.items():
            if project.id in circles:
                yield symbols.stroke_path(
                    room, symbols.dotted_stroke(symbols.hue_of(project.sector))
                )

    def _lines(self) -> Iterator[str]:
        """Yield the lines beyond the place and then those within it, the most important last."""
        lines = sorted(self._shown("line"), key=_importance, reverse=True)
        for name, outside in (("beyond", True), ("home", False)):
            yield symbols.clipped(
                name, (part for one in lines for part in self._line(one, outside=outside))
            )

    def _line(self, project: Project, *, outside: bool) -> Iterator[str]:
        shape, home = self.ground.shape(project), self.ground.home
        if home.covers(shape) if outside else not home.intersects(shape):
            return
        strokes = symbols.line_strokes(
            signature(project) or "line", project.sector, symbols.look_of(project),
            growth=self.growth, outside=outside,
        )  # fmt: skip
        yield from symbols.draw_line(self._course(shape), strokes)

    def _shown(self, kind: str) -> list[Project]:
        found = [one for one in self.projects if one.geometry is not None]
        return [one for one in found if _kind(self.ground.shape(one)) == kind]

    def _course(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a line as the map shows it; in one piece where it is one, for its rhythm."""
        whole = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
        # An intersection would cut a line wherever it crosses itself.
        cut = shapely.clip_by_rect(whole, *self._room().bounds)
        return self.frame.paper(cut.simplify(FINEST * self.frame.metres_per_mm))

    def _cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Return what of a shape the map shows, in mm and without bends too fine to be seen."""
        fine = shape.intersection(self._room()).simplify(FINEST * self.frame.metres_per_mm)
        return self.frame.paper(fine)

    def _room(self) -> BaseGeometry:
        return self.frame.ground.buffer(OVERLAP * self.frame.metres_per_mm, join_style="mitre")


def _filled(shapes: Iterable[tuple[str, BaseGeometry]], opacity: float) -> Iterator[str]:
    """Yield shapes filled, those of one hue as one: laid on each other they would darken the map."""
    by_hue: dict[str, list[BaseGeometry]] = {}
    for hue, shape in shapes:
        by_hue.setdefault(hue, []).append(shape)
    for hue, own in by_hue.items():
        yield symbols.fill_path(shapely.union_all(own), hue, opacity)


def _kind(shape: BaseGeometry) -> str:
    return "area" if shape.area > 0 else "line" if shape.length > 0 else "sign"


def _importance(project: Project) -> tuple[int, int, str]:
    return symbols.rank_of(signature(project) or "line"), project.anchors[0].start, project.id
