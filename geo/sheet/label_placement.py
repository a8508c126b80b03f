"""Label placement: the size of a label, and a position where it covers no other.

Coordinates are mm from the frame's upper left corner, y downwards. Text widths are estimates that
are never too small; a Chinese character counts as a full em.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, hypot, pi, sin
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.sheet.frames import Frame, Row
from geo.sheet.symbols import SIGN

Point = tuple[float, float]

GAP: Final = 0.25
"""Minimum distance in mm between two labels."""
RING_STEP: Final = 1.4
"""Distance in mm between the circles on which free positions are searched."""
PATIENCE: Final = 15
"""Circles searched beyond the first free position, for one whose leader line crosses nothing."""


@dataclass(frozen=True)
class Box:
    """A rectangle on paper, in mm."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, middle: Point, width: float, height: float) -> "Box":
        """Return the box of this size around its centre."""
        across, down = middle
        return cls(across - width / 2, down - height / 2, across + width / 2, down + height / 2)

    @property
    def middle(self) -> Point:
        """The centre of the box."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: "Box", gap: float = 0.0) -> bool:
        """Return whether two boxes overlap or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: "Box") -> bool:
        """Return whether this box lies wholly inside another."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def nearest(self, point: Point) -> Point:
        """Return the point of this box that is nearest to another point."""
        return (
            min(max(point[0], self.left), self.right),
            min(max(point[1], self.top), self.bottom),
        )


@dataclass(frozen=True)
class Label:
    """A label to place: its size in mm, and the `anchor` point that it labels.

    `spots` are candidate positions of its centre, best first. If none is free, the label goes on a
    circle around `anchor` with a leader line to it, unless the label is `fixed` to its spots.
    """

    key: str
    width: float
    height: float
    anchor: Point
    spots: tuple[Point, ...] = ()
    fixed: bool = False


@dataclass(frozen=True)
class Placed:
    """A placed label; `leader` is the leader line from the label to its anchor, if it has one."""

    key: str
    box: Box
    leader: tuple[Point, Point] | None = None


def place_labels(
    labels: Iterable[Label], frame: Box, taken: Sequence[Box] = ()
) -> tuple[Placed, ...]:
    """Place labels greedily in the order given, so that earlier ones choose first.

    No box in the result overlaps another one or one of `taken`, and each lies in `frame`. Labels
    without room are left out.
    """
    boxes = list(taken)
    leaders: list[shapely.LineString] = []
    result = []
    for label in labels:
        placed = _at_a_spot(label, frame, boxes, leaders) or (
            None if label.fixed else _on_a_circle(label, frame, boxes, leaders)
        )
        if placed is None:
            continue
        result.append(placed)
        boxes.append(placed.box)
        if placed.leader:
            leaders.append(shapely.LineString(placed.leader))
    return tuple(result)


def _at_a_spot(
    label: Label, frame: Box, boxes: Sequence[Box], leaders: Sequence[shapely.LineString]
) -> Placed | None:
    for spot in label.spots:
        box = Box.around(spot, label.width, label.height)
        if is_free(box, frame, boxes) and not _crossed(_shape(box), leaders):
            return Placed(label.key, box)
    return None


def _on_a_circle(
    label: Label, frame: Box, boxes: Sequence[Box], leaders: Sequence[shapely.LineString]
) -> Placed | None:
    """Return the nearest free position whose leader crosses nothing, else the nearest free one."""
    fallback, last = None, None
    for ring, spot in circles(label.anchor, frame):
        if last is not None and ring > last:
            break
        box = Box.around(spot, label.width, label.height)
        if not is_free(box, frame, boxes):
            continue
        placed = Placed(label.key, box, (box.nearest(label.anchor), label.anchor))
        if fallback is None:
            fallback, last = placed, ring + PATIENCE
        line = shapely.LineString((box.nearest(label.anchor), label.anchor))
        crosses = _crossed(_shape(box), leaders) or _crossed(line, leaders)
        if not crosses and not any(line.intersects(_shape(other)) for other in boxes):
            return placed
    return fallback


def circles(middle: Point, frame: Box) -> Iterator[tuple[int, Point]]:
    """Yield (circle number, point) on growing circles, until a circle lies outside the frame."""
    corners = [(x, y) for x in (frame.left, frame.right) for y in (frame.top, frame.bottom)]
    farthest = max(hypot(x - middle[0], y - middle[1]) for x, y in corners)
    for ring in range(2, ceil(farthest / RING_STEP) + 1):
        radius = ring * RING_STEP
        steps = max(12, ceil(2 * pi * radius / (2 * RING_STEP)))
        for step in range(steps):
            angle = 2 * pi * step / steps
            yield ring, (middle[0] + radius * cos(angle), middle[1] - radius * sin(angle))


def is_free(box: Box, frame: Box, boxes: Iterable[Box], gap: float = GAP) -> bool:
    """Return whether a box lies in the frame, and at least `gap` mm from all others."""
    if not box.within(frame):
        return False
    left, top, right, bottom = box.left - gap, box.top - gap, box.right + gap, box.bottom + gap
    # As `Box.meets`, but written out: placing the names of a map asks this a million times.
    for other in boxes:
        if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
            return False
    return True


def _crossed(shape: shapely.Geometry, leaders: Iterable[shapely.LineString]) -> bool:
    return any(shape.intersects(leader) for leader in leaders)


def _shape(box: Box) -> shapely.Polygon:
    return shapely.box(box.left, box.top, box.right, box.bottom)


MM_PER_POINT: Final = 25.4 / 72
NARROW: Final = frozenset(" ,.:;·|'()ijlI")
EMS: Final = {"square": 1.0, "narrow": 0.36, "capital": 0.72, "other": 0.58}
"""Width of a character in ems by its kind, rounded up from Noto Sans SC."""
HAIR: Final = 0.01
"""Tolerance in mm for the length of a line, for rounding errors in sums of widths."""
LEADING: Final = 1.5
"""Line height in ems."""


def text_width(words: str, points: float, spacing: float = 0.0) -> float:
    """Return the width in mm of a text of this size in points; letter `spacing` is in ems."""
    return (_ems(words) + spacing * len(words)) * points * MM_PER_POINT


@lru_cache(maxsize=8192)
def _ems(words: str) -> float:
    return sum(EMS[_character_kind(character)] for character in words)


def text_height(points: float, lines: int = 1) -> float:
    """Return the height in mm of lines of this size in points."""
    return lines * LEADING * points * MM_PER_POINT


def line_count(words: str, points: float, room: float) -> int:
    """Return how many lines of width `room` in mm a text takes, broken at spaces."""
    made, used = 1, 0.0
    for word in words.split(" "):
        wide = text_width(word, points)
        if used and used + text_width(" ", points) + wide > room + HAIR:
            made, used = made + 1, wide
        else:
            used += wide + (text_width(" ", points) if used else 0.0)
        # Chinese has no spaces and breaks wherever the line is full.
        while used > room + HAIR:
            made, used = made + 1, used - room
    return made


def _character_kind(character: str) -> str:
    if unicodedata.east_asian_width(character) in "WFA":
        return "square"
    if character in NARROW:
        return "narrow"
    return "capital" if character.isupper() or character in "mw" else "other"


NUMBER_HEIGHT: Final = 3.0
ICON_WIDTH: Final = 3.0
DIGIT_WIDTH: Final = 1.35
PADDING: Final = 0.9
"""Sizes in mm of a number plate, which has the sector's icon and then the digits."""

SHORTEST: Final = 6.0
"""Minimum visible length in mm of a line that gets a number."""
EDGE_MARGIN: Final = 2.5
"""Distance in mm from the map's edge within which a number plate would not fit."""
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
"""Candidate positions of a number along its line, best first."""
GRID: Final = 5
"""Half the number of rows and columns into which an area is divided to find a position."""


def plate_width(number: int) -> float:
    """Return the width in mm of a number plate."""
    return ICON_WIDTH + len(str(number)) * DIGIT_WIDTH + PADDING


def number_label(
    row: Row, shape: BaseGeometry, frame: Frame, hidden: BaseGeometry | None
) -> Label | None:
    """Return the number label of a project, or None where the map shows too little of it.

    `shape` is the project's geometry and `hidden` the ground that another map shows larger, both in
    metres (METRIC_CRS).
    """
    room = frame.ground.buffer(-EDGE_MARGIN * frame.metres_per_mm, join_style="mitre")
    visible = shape.intersection(room if hidden is None else room.difference(hidden))
    drawn = _largest(frame.paper(visible))
    if drawn is None or drawn.is_empty:
        return None
    wide = plate_width(row.number)
    if isinstance(drawn, shapely.Point):
        anchor, spots = (drawn.x, drawn.y), tuple(_beside((drawn.x, drawn.y), wide))
    elif isinstance(drawn, shapely.LineString):
        if drawn.length < SHORTEST:
            return None
        points = [drawn.interpolate(fraction, normalized=True) for fraction in FRACTIONS]
        spots = tuple((point.x, point.y) for point in points)
        anchor = spots[0]
    else:
        middle = drawn.representative_point()
        anchor, spots = (middle.x, middle.y), tuple(_inside(drawn, wide))
    return Label(str(row.number), wide, NUMBER_HEIGHT, anchor, spots)


def _largest(shape: BaseGeometry) -> BaseGeometry | None:
    """Return the largest part of a shape; for lines the longest, merged where they meet."""
    if isinstance(shape, shapely.MultiLineString):
        shape = shapely.line_merge(shape)
    parts = [part for part in shapely.get_parts(shape) if not part.is_empty]
    return max(parts, key=lambda part: (part.area, part.length), default=None)


def _beside(point: Point, wide: float) -> Iterator[Point]:
    """Yield positions around a symbol: right, left, above, below, then the corners."""
    across, down = (SIGN + wide) / 2 + 0.3, (SIGN + NUMBER_HEIGHT) / 2 + 0.3
    steps = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
    for right, below in steps:
        yield point[0] + right * across, point[1] + below * down


def _inside(area: BaseGeometry, wide: float) -> Iterator[Point]:
    """Yield positions where a plate lies wholly inside an area, the most central first."""
    left, top, right, bottom = area.bounds
    middle = area.centroid
    candidates = []
    for row in range(1, 2 * GRID):
        for column in range(1, 2 * GRID):
            x = left + (right - left) * column / (2 * GRID)
            y = top + (bottom - top) * row / (2 * GRID)
            plate = shapely.box(
                x - wide / 2, y - NUMBER_HEIGHT / 2, x + wide / 2, y + NUMBER_HEIGHT / 2
            )
            if area.contains(plate):
                candidates.append(((x - middle.x) ** 2 + (y - middle.y) ** 2, x, y))
    for _, x, y in sorted(candidates):
        yield x, y
