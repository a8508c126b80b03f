"""One map of a sheet: its layout during label placement, and its drawing as SVG."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.projects import Project
from geo.map.symbology import WEIGHT_BY_BAND, Today, symbol_code
from geo.sheet import symbols
from geo.sheet.frames import Frame, Ground, Row
from geo.sheet.label_placement import Box, Label, Placed, Point, place_labels
from geo.sheet.symbols import FAINT, GROUND, PAPER, SIGN, Emphasis, Medium, Stroke, mm

PAPER_EDGE: Final = 2.0
"""Millimetres between the map's edge and its labels."""


@dataclass(frozen=True)
class Kind:
    """The settings of a kind of map.

    `whole`: plates list the projects as wide as a county or wider; `bands`: the uncertainty of
    each location is drawn; `growth`: factor of the line widths; `north`: the scale bar's plate has
    a north arrow; `plate`: width and height of that plate in mm; `first` and `later`: ranks of the
    places labelled before and after the project numbers.
    """

    whole: bool
    bands: bool
    growth: float
    north: bool
    plate: tuple[float, float]
    first: range
    later: range


OVERVIEW: Final = 0.6
"""Factor of the line widths on the wider map, which is small and shows the most ground."""

MAIN: Final = Kind(
    whole=True, bands=False, growth=WEIGHT_BY_BAND["region"], north=True,
    plate=(70, 15.5), first=range(3), later=range(3, 5),
)  # fmt: skip
CLOSER: Final = Kind(
    whole=False, bands=True, growth=WEIGHT_BY_BAND["county"], north=False,
    plate=(50, 8.5), first=range(4), later=range(4, 9),
)  # fmt: skip
WIDER: Final = Kind(
    whole=False, bands=False, growth=OVERVIEW, north=False,
    plate=(52, 8.5), first=range(3), later=range(0),
)  # fmt: skip


@dataclass
class Layout:
    """A map with its frame, rows and the labels placed so far; another map shows the `window`."""

    frame: Frame
    ground: Ground
    language: str
    rows: Sequence[Row]
    kind: Kind
    window: BaseGeometry | None = None
    taken: list[Box] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)
    letters: list[dict[str, Any]] = field(default_factory=list)
    signs: list[dict[str, Any]] = field(default_factory=list)
    numbers: tuple[Placed, ...] = ()

    @property
    def paper(self) -> Box:
        """The part of the map where labels may be placed."""
        return Box(
            PAPER_EDGE, PAPER_EDGE, self.frame.width - PAPER_EDGE, self.frame.height - PAPER_EDGE
        )

    def put(self, label: Label, taken: Iterable[Box] = ()) -> Box | None:
        """Place a label and return its box; None if there is no room."""
        placed = place_labels([label], self.paper, [*self.taken, *taken])
        if not placed:
            return None
        self.taken.append(placed[0].box)
        return placed[0].box

    def hidden(self) -> list[Box]:
        """Return the box of the window, whose content is labelled on the other map."""
        return [] if self.window is None else [Box(*self.frame.paper(self.window).bounds)]

    def points(self) -> Iterator[tuple[Row, Box]]:
        """Yield each row that is a point on this map, with the box of its symbol."""
        for row in self.rows:
            shape = self.ground.shapes.get(row.project.id)
            if isinstance(shape, shapely.Point) and self.frame.ground.covers(shape):
                yield row, Box.around(self.frame.at((shape.x, shape.y)), SIGN, SIGN)

    def corners(self, width: float, height: float) -> tuple[Point, ...]:
        """Return the centre of a plate in each corner, first where it covers the least."""
        paper, home = self.paper, self.frame.paper(self.ground.home)
        fine = [
            self.frame.paper(self.ground.shape(row.project))
            for row in self.rows
            if row.project.geometry is not None and row.project.scope is None
        ]

        def covered(spot: Point) -> tuple[float, int]:
            box = Box.around(spot, width, height)
            below = shapely.box(box.left, box.top, box.right, box.bottom)
            return below.intersection(home).area, sum(below.intersects(one) for one in fine)

        corners = [
            (x, y)
            for y in (paper.bottom - height / 2, paper.top + height / 2)
            for x in (paper.left + width / 2, paper.right - width / 2)
        ]
        return tuple(sorted(corners, key=covered))


def around(at: Point, across: Iterable[int], down: Iterable[int]) -> tuple[Point, ...]:
    """Return the points of a grid around a point, nearest first; steps are in mm."""
    steps = sorted(
        ((x, y) for x in across for y in down), key=lambda one: (one[0] ** 2 + one[1] ** 2, one)
    )
    return tuple((at[0] + x, at[1] + y) for x, y in steps)


def as_place(box: Box) -> dict[str, float]:
    """Return a box in the template's format: upper left corner, width and height."""
    return {
        "x": round(box.left, 3),
        "y": round(box.top, 3),
        "width": round(box.right - box.left, 3),
        "height": round(box.bottom - box.top, 3),
    }


def point_symbols(layout: Layout) -> list[dict[str, Any]]:
    """Return the symbols of the points on a map in the template's format."""
    return [
        as_place(box)
        | {
            "icon": symbols.ICONS[row.project.sector],
            "hue": symbols.icon_colour(row.project.sector, symbols.look_of(row.project)),
            "picture": symbols.symbol_svg(row.project.sector, symbols.look_of(row.project)),
        }
        for row, box in layout.points()
    ]


OVERLAP: Final = 5.0
"""Millimetres that shapes are drawn beyond the map's edge, where the page clips them."""
SKETCHED: Final = mm(1)
"""Tolerance in mm for simplifying an area before its corners are rounded."""

NEIGHBOUR: Final = Stroke(GROUND.border, mm(0.7), opacity=0.5)
RIVER: Final = Stroke(GROUND.river, mm(2), cap="round")
BORDER: Final = Stroke(GROUND.border, mm(1.1), (mm(8), mm(3), mm(1.5), mm(3)), opacity=0.95)
EDGE: Final = 8.0
"""Width in pixels of the tint along the inside of Ziyang's boundary."""
LEADER: Final = Stroke(GROUND.ink, 0.12)
WINDOW: Final = Stroke(GROUND.ink, 0.3)


@dataclass(frozen=True)
class Drawing:
    """A map to draw; `growth` scales line widths, `bands` adds the uncertainty of each location.

    `whole` draws projects as wide as a county or wider by their outline, which is filled if they
    are everywhere in it. Without it they are left out, because plates list them.
    """

    frame: Frame
    ground: Ground
    projects: tuple[Project, ...]
    growth: float
    bands: bool
    whole: bool = False
    emphasis: Emphasis = FAINT
    medium: Medium = PAPER

    def svg(self, leaders: Iterable[Placed], window: BaseGeometry | None) -> str:
        """Return the map as SVG in mm; `window` is the ground that another map shows."""
        parts = self.shapes()
        if window is not None:
            parts.append(symbols.stroke_path(self.frame.paper(window), WINDOW, self.medium))
        for placed in leaders:
            if placed.leader:
                parts.append(
                    symbols.stroke_path(shapely.LineString(placed.leader), LEADER, self.medium)
                )
                parts.append(
                    symbols.fill_path(
                        shapely.Point(placed.leader[1]).buffer(0.4), GROUND.ink, medium=self.medium
                    )
                )
        return symbols.svg_document(self.frame.width, self.frame.height, parts)

    def shapes(self) -> list[str]:
        """Return the ground and all projects but those that are points, from bottom to top."""
        uncertain = self._uncertain() if self.bands else ()
        return [*self._ground(), *self._areas(), *uncertain, *self._chosen(), *self._lines()]

    def _chosen(self) -> Iterable[str]:
        """Return what marks a selected project, below the lines; on paper none is selected."""
        return ()

    def look(self, project: Project) -> symbols.Look:
        """Return the look of a project."""
        return symbols.look_of(project)

    def neighbours(self) -> Iterable[BaseGeometry]:
        """Return the counties around Ziyang, or their borders (METRIC_CRS)."""
        counties = self.ground.counties
        return list(counties.geometry[~counties["ziyang"]])

    @cached_property
    def _land(self) -> BaseGeometry:
        """Ziyang (METRIC_CRS); everything if the lines of districts are not drawn."""
        return self.ground.home if self.ground.lines else self._clip_area()

    def _ground(self) -> Iterator[str]:
        home = self._cut(self._land)
        sheet = shapely.box(0, 0, self.frame.width, self.frame.height).buffer(OVERLAP)
        yield symbols.clip_path("home", home, self.medium)
        yield symbols.clip_path("beyond", sheet.difference(home), self.medium)
        yield symbols.fill_path(sheet, GROUND.paper, medium=self.medium)
        yield symbols.fill_path(home, GROUND.land, medium=self.medium)
        if self.ground.lines:
            for shape in self.neighbours():
                yield symbols.stroke_path(self._cut(shape), NEIGHBOUR, self.medium)
            edge = Stroke(GROUND.edge, mm(2 * EDGE * self.growth))
            yield symbols.clipped("home", [symbols.stroke_path(home, edge, self.medium)])
        for river in self.ground.rivers:
            yield symbols.stroke_path(self._cut(river.shape), RIVER, self.medium)
        if self.ground.lines:
            yield symbols.stroke_path(self._cut(self.ground.borders), BORDER, self.medium)

    def _areas(self) -> Iterator[str]:
        """Yield the areas smaller than a county, and the wider ones if they are drawn at all."""
        areas = [project for project in self._shown("area") if self.whole or project.scope is None]
        outlines: dict[tuple[str, bool, Today | None, bytes], BaseGeometry] = {}
        for project in areas:
            shape = self.ground.shape(project)
            # Many projects share one area: draw it only once per hue and state, to keep the map light.
            filled = project.place_key != "map-somewhere"
            state = self.look(project).state
            key = symbols.hue_of(project.sector), filled, state, shape.wkb
            if key in outlines:
                continue
            if project.precision == "approximate":
                shape = symbols.round_corners(shape.simplify(SKETCHED * self.frame.metres_per_mm))
            outlines[key] = self._cut(shape)
        fills = ((hue, shape) for (hue, filled, *_), shape in outlines.items() if filled)
        yield from self._filled(fills, self.emphasis.fill)
        for (hue, _, state, _), shape in outlines.items():
            edge = symbols.dotted_stroke(hue, self.emphasis, state)
            yield symbols.stroke_path(shape, edge, self.medium)

    def _uncertain(self) -> Iterator[str]:
        """Yield the uncertainty band of each line and the uncertainty circle of each point."""
        zones = {
            project: self._cut(self.ground.shape(project).buffer(project.uncertainty_m))
            for project in [*self._shown("line"), *self._shown("sign")]
            if project.precision == "approximate" and project.uncertainty_m is not None
        }
        circles = {project.id for project in self._shown("sign")}
        for opacity, round_ in ((self.emphasis.band, False), (self.emphasis.disc, True)):
            yield from self._filled(
                (
                    (symbols.hue_of(project.sector), zone)
                    for project, zone in zones.items()
                    if (project.id in circles) == round_
                ),
                opacity,
            )
        for project, zone in zones.items():
            if project.id in circles:
                yield symbols.stroke_path(
                    zone,
                    symbols.dotted_stroke(symbols.hue_of(project.sector), self.emphasis),
                    self.medium,
                )

    def _filled(self, shapes: Iterable[tuple[str, BaseGeometry]], opacity: float) -> Iterator[str]:
        """Yield filled shapes, merged per hue because overlapping fills would darken the map."""
        by_hue: dict[str, list[BaseGeometry]] = {}
        for hue, shape in shapes:
            by_hue.setdefault(hue, []).append(shape)
        for hue, group in by_hue.items():
            yield symbols.fill_path(shapely.union_all(group), hue, opacity, self.medium)

    def _lines(self) -> Iterator[str]:
        """Yield the lines outside Ziyang, then those inside, the most important on top."""
        lines = sorted(self._shown("line"), key=_importance, reverse=True)
        for name, outside in (("beyond", True), ("home", False)):
            yield symbols.clipped(
                name, (part for line in lines for part in self._line(line, outside=outside))
            )

    def _line(self, project: Project, *, outside: bool) -> Iterator[str]:
        shape, home = self.ground.shape(project), self._land
        if home.covers(shape) if outside else not home.intersects(shape):
            return
        strokes = symbols.line_strokes(
            symbol_code(project) or "line", project.sector, self.look(project),
            growth=self.growth, outside=outside,
        )  # fmt: skip
        yield from self._draw(project, strokes)

    def _draw(self, project: Project, strokes: tuple[Stroke, ...]) -> Iterator[str]:
        """Yield the strokes of a line from bottom to top."""
        yield from symbols.draw_line(self._course(self.ground.shape(project)), strokes, self.medium)

    def _shown(self, kind: str) -> list[Project]:
        mapped = [project for project in self.projects if project.geometry is not None]
        return [project for project in mapped if _kind(self.ground.shape(project)) == kind]

    def _course(self, shape: BaseGeometry) -> BaseGeometry:
        """Return the visible part of a line, merged so that its dash pattern is not interrupted."""
        whole = shapely.line_merge(shape) if shape.geom_type == "MultiLineString" else shape
        # `intersection` would split a line wherever it crosses itself.
        cut = shapely.clip_by_rect(whole, *self._clip_area().bounds)
        return self.frame.paper(cut.simplify(self.medium.finest * self.frame.metres_per_mm))

    def _cut(self, shape: BaseGeometry) -> BaseGeometry:
        """Return the visible part of a shape, in mm and without bends too fine to see."""
        part = shape.intersection(self._clip_area()).simplify(
            self.medium.finest * self.frame.metres_per_mm
        )
        return self.frame.paper(part)

    def _clip_area(self) -> BaseGeometry:
        return self.frame.ground.buffer(OVERLAP * self.frame.metres_per_mm, join_style="mitre")


def _kind(shape: BaseGeometry) -> str:
    return "area" if shape.area > 0 else "line" if shape.length > 0 else "sign"


def _importance(project: Project) -> tuple[int, int, str]:
    return symbols.rank_of(symbol_code(project) or "line"), project.anchors[0].start, project.id
