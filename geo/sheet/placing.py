"""Places for labels: each inside the frame, none on another, near what it names.

All in mm from the upper left of the frame, y downwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin
from typing import Final

import shapely

Point = tuple[float, float]

GAP: Final = 0.25
"""Millimetres that stay free between two labels."""
STEP: Final = 1.4
"""Millimetres between the circles on which a free place is sought."""
PATIENCE: Final = 15
"""Circles that are tried beyond the first free place, for one whose leader crosses nothing."""


@dataclass(frozen=True)
class Box:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, middle: Point, width: float, height: float) -> "Box":
        """Return the box of a size around its middle."""
        across, down = middle
        return cls(across - width / 2, down - height / 2, across + width / 2, down + height / 2)

    @property
    def middle(self) -> Point:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: "Box", gap: float = 0.0) -> bool:
        """Say whether two boxes overlap or come closer than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def within(self, other: "Box") -> bool:
        """Say whether all of this box lies in another."""
        return (
            self.left >= other.left
            and self.top >= other.top
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def nearest(self, point: Point) -> Point:
        """Return the point of this box that is nearest to another."""
        return (
            min(max(point[0], self.left), self.right),
            min(max(point[1], self.top), self.bottom),
        )


@dataclass(frozen=True)
class Label:
    """What wants a place: its size, what it names, and where its middle would best stand.

    `spots` are tried in their order. Where none is free, it stands on a circle around `anchor`,
    with a line that leads there, unless it is `fixed` to its spots.
    """

    key: str
    width: float
    height: float
    anchor: Point
    spots: tuple[Point, ...] = ()
    fixed: bool = False


@dataclass(frozen=True)
class Placed:
    """A label with its place; `leader` is the line from the label to what it names, if it needs one."""

    key: str
    box: Box
    leader: tuple[Point, Point] | None = None


def place(labels: Iterable[Label], frame: Box, taken: Sequence[Box] = ()) -> tuple[Placed, ...]:
    """Return a place for each label that finds one, in the order given: the first has the choice.

    No box of the answer overlaps another or one of `taken`, and each lies in `frame`. A label for
    which there is no room is missing from the answer.
    """
    boxes = list(taken)
    leaders: list[shapely.LineString] = []
    placed = []
    for label in labels:
        found = _at_a_spot(label, frame, boxes, leaders) or (
            None if label.fixed else _on_a_circle(label, frame, boxes, leaders)
        )
        if found is None:
            continue
        placed.append(found)
        boxes.append(found.box)
        if found.leader:
            leaders.append(shapely.LineString(found.leader))
    return tuple(placed)


def _at_a_spot(
    label: Label, frame: Box, boxes: Sequence[Box], leaders: Sequence[shapely.LineString]
) -> Placed | None:
    for spot in label.spots:
        box = Box.around(spot, label.width, label.height)
        if _free(box, frame, boxes) and not _crossed(_shape(box), leaders):
            return Placed(label.key, box)
    return None


def _on_a_circle(
    label: Label, frame: Box, boxes: Sequence[Box], leaders: Sequence[shapely.LineString]
) -> Placed | None:
    """Return the nearest free place whose leader crosses nothing, else the nearest free place."""
    second, last = None, None
    for ring, spot in _circles(label.anchor, frame):
        if last is not None and ring > last:
            break
        box = Box.around(spot, label.width, label.height)
        if not _free(box, frame, boxes):
            continue
        found = Placed(label.key, box, (box.nearest(label.anchor), label.anchor))
        if second is None:
            second, last = found, ring + PATIENCE
        line = shapely.LineString((box.nearest(label.anchor), label.anchor))
        crosses = _crossed(_shape(box), leaders) or _crossed(line, leaders)
        if not crosses and not any(line.intersects(_shape(one)) for one in boxes):
            return found
    return second


def _circles(middle: Point, frame: Box) -> Iterator[tuple[int, Point]]:
    """Yield (circle, point) on wider and wider circles, until all would lie outside the frame."""
    corners = [(x, y) for x in (frame.left, frame.right) for y in (frame.top, frame.bottom)]
    farthest = max(hypot(x - middle[0], y - middle[1]) for x, y in corners)
    for ring in range(2, ceil(farthest / STEP) + 1):
        radius = ring * STEP
        steps = max(12, ceil(2 * pi * radius / (2 * STEP)))
        for step in range(steps):
            angle = 2 * pi * step / steps
            yield ring, (middle[0] + radius * cos(angle), middle[1] - radius * sin(angle))


def _free(box: Box, frame: Box, boxes: Iterable[Box]) -> bool:
    return box.within(frame) and not any(box.meets(other, GAP) for other in boxes)


def _crossed(shape: shapely.Geometry, leaders: Iterable[shapely.LineString]) -> bool:
    return any(shape.intersects(leader) for leader in leaders)


def _shape(box: Box) -> shapely.Polygon:
    return shapely.box(box.left, box.top, box.right, box.bottom)
