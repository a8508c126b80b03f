"""A map's paper while it is laid out: what it shows, and which places are taken."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.map.symbology import GROWTH
from geo.sheet.content import Frame, Ground, Row
from geo.sheet.label_placement import Box, Label, Placed, Point, place_labels
from geo.sheet.symbols import SIGN

EDGE: Final = 2.0
"""Millimetres between the map's edge and what stands on it."""


@dataclass(frozen=True)
class Kind:
    """What sort of map it is.

    `whole`: plates stand for what is as wide as a county; `bands`: the uncertainty of each place is
    shown; `growth`: how much heavier its lines are than on the main map; `north`: the plate of the
    scale bar has an arrow; `plate`: its width and height in mm; `first` and `later`: the ranks of
    places named before and after the numbers.
    """

    whole: bool
    bands: bool
    growth: float
    north: bool
    plate: tuple[float, float]
    first: range
    later: range


OVERVIEW: Final = 0.6
"""How heavy the lines of the wider map are, which is small and shows the most."""

MAIN: Final = Kind(
    whole=True, bands=False, growth=GROWTH["region"], north=True,
    plate=(70, 15.5), first=range(3), later=range(3, 5),
)  # fmt: skip
CLOSER: Final = Kind(
    whole=False, bands=True, growth=GROWTH["county"], north=False,
    plate=(50, 8.5), first=range(4), later=range(4, 9),
)  # fmt: skip
WIDER: Final = Kind(
    whole=False, bands=False, growth=OVERVIEW, north=False,
    plate=(52, 8.5), first=range(3), later=range(0),
)  # fmt: skip


@dataclass
class Layout:
    """A map: its frame, its rows, and what has its place; `window` is shown on another map."""

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
        """The part of the map on which something may stand."""
        return Box(EDGE, EDGE, self.frame.width - EDGE, self.frame.height - EDGE)

    def put(self, one: Label, taken: Iterable[Box] = ()) -> Box | None:
        """Take a place for a label, and return it; None where there is no room."""
        found = place_labels([one], self.paper, [*self.taken, *taken])
        if not found:
            return None
        self.taken.append(found[0].box)
        return found[0].box

    def hidden(self) -> list[Box]:
        """Return the box of the window, in which only what it shows may be named."""
        return [] if self.window is None else [Box(*self.frame.paper(self.window).bounds)]

    def points(self) -> Iterator[tuple[Row, Box]]:
        """Yield each row that is a point on this map, with the box of its sign."""
        for row in self.rows:
            shape = self.ground.shapes.get(row.project.id)
            if isinstance(shape, shapely.Point) and self.frame.ground.covers(shape):
                yield row, Box.around(self.frame.at((shape.x, shape.y)), SIGN, SIGN)

    def corners(self, width: float, height: float) -> tuple[Point, ...]:
        """Return the middles of a plate in each corner; first where it covers the least."""
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
    """Return the places of a grid around a point, the nearest first; steps in mm."""
    steps = sorted(
        ((x, y) for x in across for y in down), key=lambda one: (one[0] ** 2 + one[1] ** 2, one)
    )
    return tuple((at[0] + x, at[1] + y) for x, y in steps)


def as_place(box: Box) -> dict[str, float]:
    """Return a box as the template takes it: upper left, width and height."""
    return {
        "x": round(box.left, 3),
        "y": round(box.top, 3),
        "width": round(box.right - box.left, 3),
        "height": round(box.bottom - box.top, 3),
    }
