"""The names of lines, written along them where there is room; the list has those that find none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import degrees
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.map.symbology import signature
from geo.sheet import style
from geo.sheet.layout import Layout
from geo.sheet.lettering import POINTS, Letter, along, evened
from geo.sheet.listing import Row
from geo.sheet.placing import Box

APART: Final = 0.5
"""Millimetres between a line and its name."""
STEP: Final = 2.0
"""Millimetres between the places that are tried along a line."""
MOST: Final = 60
"""Lines that may have a name: more would be a tangle."""
STRUCK: Final = 0.3
"""The share of a name that may lie on lines."""
COST: Final = {"off": 0.5, "struck": 60.0, "beyond": 12.0}
"""What a place costs: for each mm off the middle of its line, for all of its name on lines,
and for standing beyond Ziyang."""


@dataclass
class _Room:
    """What of a map is free for the name of one line, and what a place in it costs."""

    layout: Layout
    lines: BaseGeometry
    home: BaseGeometry
    taken: list[Box] = field(default_factory=list)

    def cost(self, letters: Sequence[Letter], off: float) -> float | None:
        """Return the cost of a place, or None where it is not free."""
        boxes = [box for one in letters for box in one.boxes()]
        if not boxes or not all(self._free(box) for box in boxes):
            return None
        struck: float = sum(self.lines.intersects(one.shape()) for one in letters) / len(letters)
        if struck > STRUCK:
            return None
        middle = letters[len(letters) // 2]
        beyond: bool = not self.home.covers(shapely.Point(middle.x, middle.y))
        return off * COST["off"] + struck * COST["struck"] + beyond * COST["beyond"]

    def _free(self, box: Box) -> bool:
        return box.within(self.layout.paper) and not any(box.meets(one) for one in self.taken)


def name_lines(layout: Layout) -> None:
    """Write the names of lines along them, the most important first."""
    courses = {row: _course(layout, row) for row in layout.rows if _is_line(layout, row)}
    home = layout.frame.paper(layout.ground.home)
    shapely.prepare(home)
    lines = shapely.MultiLineString(
        [part for course in courses.values() for part in shapely.get_parts(course)]
    )
    shapely.prepare(lines)
    for row in sorted(courses, key=lambda one: (style.rank(_kind(one)), one.number))[:MOST]:
        room = _Room(layout, lines, home, [*layout.taken, *layout.hidden()])
        letters = _best(row, courses[row], room)
        layout.taken += [box for letter in letters for box in letter.boxes()]
        hue = style.hue(row.project.sector)
        layout.letters += [as_data(one) | {"points": POINTS, "hue": hue} for one in letters]


def as_data(letter: Letter) -> dict[str, Any]:
    """Return a letter as the template takes it: its middle and size in mm, its turn in degrees."""
    return {
        "text": letter.text,
        "angle": round(degrees(letter.angle), 2),
        **{name: round(getattr(letter, name), 3) for name in ("x", "y", "width", "height")},
    }


def _is_line(layout: Layout, row: Row) -> bool:
    shape = layout.ground.shapes.get(row.project.id)
    return shape is not None and shape.area == 0 and shape.length > 0


def _kind(row: Row) -> str:
    return signature(row.project) or "line"


def _course(layout: Layout, row: Row) -> BaseGeometry:
    """Return what the map shows of a line, in mm; in one piece where it is one."""
    cut = shapely.clip_by_rect(layout.ground.shape(row.project), *layout.frame.bounds)
    merged = shapely.line_merge(cut) if cut.geom_type == "MultiLineString" else cut
    return layout.frame.paper(merged)


def _best(row: Row, drawn: BaseGeometry, room: _Room) -> list[Letter]:
    """Return the name at the cheapest place along its line, or nothing where none is free."""
    language = room.layout.language
    strokes = style.line(_kind(row), row.project.sector, style.look(row.project))
    # The soft edge is no part of the line, and a name may stand on it.
    half = max(one.width for one in strokes if one.cap != "round") / 2 + APART
    best: list[Letter] = []
    least = float("inf")
    for part in shapely.get_parts(drawn):
        course = evened(part)
        for count in range(int(course.length / 2 / STEP) + 1):
            off = count * STEP
            if off * COST["off"] >= least:
                break
            for middle in (course.length / 2 - off, course.length / 2 + off):
                for apart in (-half, half):
                    letters = along(course, row.project.short(language), language, middle, apart)
                    cost = room.cost(letters, off)
                    if cost is not None and cost < least:
                        best, least = letters, cost
    return best
