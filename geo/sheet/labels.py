"""The labels of a map: names along lines, of counties, towns and rivers, and number plates."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, cos, degrees, hypot, pi, sin
from typing import Any, Final

import numpy as np
import shapely
from shapely.affinity import affine_transform
from shapely.geometry.base import BaseGeometry

from geo.core.i18n import text
from geo.layer.base_layers import short_names
from geo.map.symbology import symbol_code
from geo.sheet import label_placement, symbols
from geo.sheet.drawing import Layout, around, as_place
from geo.sheet.frames import TOWN, Row, ranges
from geo.sheet.label_placement import Box, Label, Point, is_free

POINTS: Final = 6.6
EM: Final = POINTS * label_placement.MM_PER_POINT
"""Font size of a line's name, in points and in mm."""
LOOSE: Final = 0.04
"""Letter spacing of a line's name, in ems."""
PIECES: Final = {"zh": re.compile(r"[A-Za-z0-9+–-]+|\S"), "en": re.compile(r"\S+")}
"""Pattern for the units of a name that are never split: in Chinese a character or a run of Latin
letters, in English a word."""
REACH: Final = 3.2
"""How far, in mm, smoothing averages a line to each side, so that letters do not jump at a bend."""
TANGENT: Final = 0.8
"""Minimum distance in mm before and after a letter's centre that determines its direction."""
BEND: Final = {"zh": 0.3, "en": 0.25}
ARC: Final = 1.3
"""Greatest turn in radians: between neighbouring letters or words, and over the whole name."""
UPRIGHT: Final = 1.1
"""Ems per character in vertical Chinese text."""
TIGHT: Final = 0.86
"""Share of its width that a letter needs on the inside of a bend."""


@dataclass(frozen=True)
class Letter:
    """A piece of a name: its centre and size in mm, and its rotation in radians, clockwise."""

    text: str
    x: float
    y: float
    angle: float
    width: float
    height: float = EM

    def boxes(self) -> Iterator[Box]:
        """Yield boxes that together cover the piece, one for each em of its width."""
        count = max(1, round(self.width / self.height))
        wide = self.width / count
        for part in range(count):
            off = (part + 0.5) * wide - self.width / 2
            across, down = abs(cos(self.angle)), abs(sin(self.angle))
            yield Box.around(
                (self.x + cos(self.angle) * off, self.y + sin(self.angle) * off),
                across * wide + down * self.height,
                down * wide + across * self.height,
            )

    def shape(self) -> shapely.Polygon:
        """Return the rotated rectangle of the piece."""
        level = shapely.box(-self.width / 2, -self.height / 2, self.width / 2, self.height / 2)
        a, b = cos(self.angle), sin(self.angle)
        return affine_transform(level, (a, -b, b, a, self.x, self.y))


def smoothed(line: shapely.LineString) -> shapely.LineString:
    """Return a course without sharp bends, in which each point is the mean of those around it."""
    at = np.linspace(0, line.length, max(2, int(line.length)) + 1)
    reach = np.minimum(REACH, np.minimum(at, line.length - at))
    nearby = at[:, None] + reach[:, None] * np.linspace(-1, 1, 5)
    return shapely.LineString(_points_at(line, nearby).mean(axis=1))


def _points_at(line: shapely.LineString, distances: np.ndarray) -> np.ndarray:
    """Return the points at distances (mm) along a line: one more axis, of x and y."""
    points = shapely.line_interpolate_point(line, distances)
    located: np.ndarray = shapely.get_coordinates(points).reshape((*distances.shape, 2))
    return located


def letters_along(
    course: shapely.LineString, name: str, language: str, middle: float, apart: float
) -> list[Letter]:
    """Return the letters of a name beside a course (mm), centred at the distance `middle` along it.

    `apart` is the offset from the course in mm: below it, or above it if negative. Chinese beside a
    steep line runs from top to bottom with upright characters, as on printed maps. The result is
    empty where the course is too short or bends too much.
    """
    pieces = PIECES[language].findall(name)
    # Word widths are overestimated, so half a space already looks like a whole one.
    gap = label_placement.text_width(" ", POINTS) / 2 if language == "en" else LOOSE * EM
    widths = [label_placement.text_width(piece, POINTS) for piece in pieces]
    length = sum(widths) + gap * (len(pieces) - 1)
    one, two = course.interpolate(middle - length / 2), course.interpolate(middle + length / 2)
    upright = language == "zh" and abs(two.y - one.y) > abs(two.x - one.x)
    steps = [UPRIGHT * EM if upright else wide for wide in widths]
    if upright:
        gap = 0.0
        length = sum(steps)
    begin = middle - length / 2
    if begin < 0 or begin + length > course.length:
        return []
    first, last = course.interpolate(begin), course.interpolate(begin + length)
    backwards = last.y < first.y if upright else last.x < first.x
    middles = np.cumsum(steps) - np.array(steps) / 2 + gap * np.arange(len(steps))
    at = begin + (length - middles if backwards else middles)
    # A word is set straight, so its direction is from one of its ends to the other.
    reach = np.maximum(TANGENT, np.array(steps) / 2)
    before, spots, after = _points_at(course, np.array((np.maximum(0, at - reach), at, at + reach)))
    turns = [atan2(y, x) + (pi if backwards else 0) for x, y in (after - before).tolist()]
    letters: list[Letter] = []
    for piece, wide, turn, (across, down) in zip(
        pieces, widths, turns, spots.tolist(), strict=True
    ):
        off = apart + (1 if apart > 0 else -1) * (wide if upright else EM) / 2
        x, y = across - sin(turn) * off, down + cos(turn) * off
        letters.append(Letter(piece, x, y, turn - pi / 2 if upright else turn, wide))
    bends = [_angle_between(*pair) for pair in pairwise(turns)]
    if max(bends, default=0) > BEND[language] or _angle_between(turns[0], turns[-1]) > ARC:
        return []
    for one, two in pairwise(letters):
        needed = EM if upright else (one.width + two.width) / 2
        if hypot(two.x - one.x, two.y - one.y) < needed * TIGHT:
            return []
    return letters


def _angle_between(one: float, two: float) -> float:
    """Return the angle between two directions, in radians."""
    return abs(atan2(sin(one - two), cos(one - two)))


APART: Final = 0.5
"""Distance in mm between a line and its name."""
STEP: Final = 2.0
"""Distance in mm between the positions tried along a line."""
MOST_NAMES: Final = 60
"""Maximum number of named lines: more would be a tangle."""
STRUCK: Final = 0.3
"""Maximum share of a name that may lie on lines."""
COST: Final = {"off": 0.5, "struck": 60.0, "beyond": 12.0}
"""The cost of a position: per mm from the middle of the line, for a name wholly on lines, and for
a name outside Ziyang."""


@dataclass
class _Obstacles:
    """The obstacles for the name of one line, and the cost of a position among them."""

    layout: Layout
    lines: BaseGeometry
    home: BaseGeometry
    taken: list[Box] = field(default_factory=list)

    def cost(self, letters: Sequence[Letter], off: float) -> float | None:
        """Return the cost of a position, or None if it is not free."""
        paper, boxes = self.layout.paper, (box for letter in letters for box in letter.boxes())
        if not letters or not all(is_free(box, paper, self.taken, gap=0) for box in boxes):
            return None
        crossed = sum(self.lines.intersects(letter.shape()) for letter in letters)
        struck: float = crossed / len(letters)
        if struck > STRUCK:
            return None
        middle = letters[len(letters) // 2]
        beyond: bool = not self.home.covers(shapely.Point(middle.x, middle.y))
        return off * COST["off"] + struck * COST["struck"] + beyond * COST["beyond"]


def name_lines(layout: Layout, step: float = STEP) -> None:
    """Place the names of lines along them, the most important first.

    `step` is the distance in mm between the positions tried; a longer one is faster.
    """
    courses = {row: _course(layout, row) for row in layout.rows if _is_line(layout, row)}
    home = layout.frame.paper(layout.ground.home)
    shapely.prepare(home)
    lines = shapely.MultiLineString(
        [part for course in courses.values() for part in shapely.get_parts(course)]
    )
    shapely.prepare(lines)
    for row in sorted(courses, key=lambda row: (symbols.rank_of(_line_kind(row)), row.number))[
        :MOST_NAMES
    ]:
        obstacles = _Obstacles(layout, lines, home, [*layout.taken, *layout.hidden()])
        letters = _best_place(row, courses[row], obstacles, step)
        layout.taken += [box for letter in letters for box in letter.boxes()]
        hue = symbols.hue_of(row.project.sector)
        layout.letters += [
            letter_data(letter) | {"points": POINTS, "hue": hue, "id": row.project.id}
            for letter in letters
        ]


def letter_data(letter: Letter) -> dict[str, Any]:
    """Return a letter in the template's format: centre and size in mm, rotation in degrees."""
    return {
        "text": letter.text,
        "angle": round(degrees(letter.angle), 2),
        **{name: round(getattr(letter, name), 3) for name in ("x", "y", "width", "height")},
    }


def _is_line(layout: Layout, row: Row) -> bool:
    shape = layout.ground.shapes.get(row.project.id)
    return shape is not None and shape.area == 0 and shape.length > 0


def _line_kind(row: Row) -> str:
    return symbol_code(row.project) or "line"


def _course(layout: Layout, row: Row) -> BaseGeometry:
    """Return the visible part of a line in mm, merged into one piece where possible."""
    cut = shapely.clip_by_rect(layout.ground.shape(row.project), *layout.frame.bounds)
    merged = shapely.line_merge(cut) if cut.geom_type == "MultiLineString" else cut
    return layout.frame.paper(merged)


def _best_place(row: Row, drawn: BaseGeometry, obstacles: _Obstacles, step: float) -> list[Letter]:
    """Return the name at the cheapest position along its line; empty if none is free."""
    language = obstacles.layout.language
    strokes = symbols.line_strokes(
        _line_kind(row), row.project.sector, symbols.look_of(row.project)
    )
    # A name may lie on the soft edge, which has round caps and is not part of the line itself.
    half = max(stroke.width for stroke in strokes if stroke.cap != "round") / 2 + APART
    best: list[Letter] = []
    least = float("inf")
    for part in shapely.get_parts(drawn):
        course = smoothed(part)
        for count in range(int(course.length / 2 / step) + 1):
            off = count * step
            if off * COST["off"] >= least:
                break
            for middle in (course.length / 2 - off, course.length / 2 + off):
                for apart in (-half, half):
                    letters = letters_along(
                        course, row.project.short(language), language, middle, apart
                    )
                    cost = obstacles.cost(letters, off)
                    if cost is not None and cost < least:
                        best, least = letters, cost
    return best


OWN_POINTS, OWN_SPACING = 13.0, 0.3
OTHER_POINTS, OTHER_SPACING = 6.5, 0.1
TOWN_POINTS: Final = {1: 9.0, 2: 8.0, 3: 7.0, 4: 6.3}
SITE_POINTS: Final = 6.3
"""Font sizes in points; the spacing of a county's name is in ems."""
DOT: Final = 1.2
"""Diameter in mm of a town's dot, including the space around it."""
RIVER_POINTS: Final = 7.0
RIVER_FRACTIONS: Final = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)
"""Candidate positions of a name along the visible part of a river, best first."""
SITES_BELOW_TOWNS: Final = 2
"""A station or airport of rank n is labelled together with towns of rank n + 2."""


def name_counties(layout: Layout, *, own: bool, below_lines: bool = False) -> None:
    """Label Ziyang's counties near the label point of each, or their neighbours exactly there.

    A county whose label point is outside the frame is labelled in the middle of its visible part.
    With `below_lines`, names go where they cross the fewest lines of projects.
    """
    points, spacing = (OWN_POINTS, OWN_SPACING) if own else (OTHER_POINTS, OTHER_SPACING)
    reach = range(-24, 25, 6) if own else range(1)
    counties = layout.ground.counties
    short = short_names(counties)
    for code, record in counties[counties["ziyang"] == own].iterrows():
        at = layout.frame.at(layout.ground.labels[code])
        spots = around(at, reach, reach)
        if own:
            seen = layout.frame.paper(record.geometry.intersection(layout.frame.ground))
            if seen.area == 0:
                continue
            if not layout.frame.ground.covers(shapely.Point(layout.ground.labels[code])):
                middle = shapely.get_point(shapely.maximum_inscribed_circle(seen), 0)
                at = middle.x, middle.y
                spots = around(at, reach, reach)
            # Further away the name would lie in another county.
            spots = tuple(spot for spot in spots if seen.covers(shapely.Point(spot)))
        name = short[code] if layout.language == "en" else record["name_zh"]
        if not own and any(name == other["text"] for other in layout.names):
            continue
        size = (
            label_placement.text_width(name, points, spacing),
            label_placement.text_height(points),
        )
        if below_lines:
            spots = _least_crossed(layout, spots, size)
        box = layout.put(Label(code, *size, at, spots, fixed=True), layout.hidden())
        if box:
            layout.names.append(
                as_place(box)
                | {
                    "text": name,
                    "points": points,
                    "spacing": spacing,
                    "dot": None,
                    "hue": symbols.GROUND.county if own else symbols.GROUND.quiet,
                }
            )


def _least_crossed(
    layout: Layout, spots: Iterable[Point], size: tuple[float, float]
) -> tuple[Point, ...]:
    """Return the spots in the order of how many lines of projects a label of this size crosses."""
    lines = [_course(layout, row) for row in layout.rows if _is_line(layout, row)]

    def crossed(spot: Point) -> int:
        box = Box.around(spot, *size)
        return sum(
            line.intersects(shapely.box(box.left, box.top, box.right, box.bottom)) for line in lines
        )

    return tuple(sorted(spots, key=crossed))


def name_places(layout: Layout, ranks: Iterable[int]) -> None:
    """Label the towns of these ranks, and the stations and airports with an equivalent rank."""
    for place in layout.ground.places:
        rank = place.rank if place.kind == TOWN else place.rank + SITES_BELOW_TOWNS
        if rank not in ranks or not layout.frame.ground.covers(shapely.Point(place.at)):
            continue
        at = layout.frame.at(place.at)
        points = TOWN_POINTS[place.rank] if place.kind == TOWN else SITE_POINTS
        name = place.name(layout.language)
        wide, high = label_placement.text_width(name, points), label_placement.text_height(points)
        across, down = wide / 2 + DOT, (high + DOT) / 2
        beside = ((across, 0.0), (-across, 0.0), (0.0, -down), (0.0, down))
        spots = tuple((at[0] + x, at[1] + y) for x, y in beside)
        box = layout.put(Label(name, wide, high, at, spots, fixed=True))
        if box:
            dot = {"x": at[0], "y": at[1], "kind": place.kind}
            layout.names.append(
                as_place(box)
                | {
                    "text": name,
                    "points": points,
                    "spacing": 0,
                    "dot": dot,
                    "hue": symbols.GROUND.quiet,
                }
            )


def name_rivers(layout: Layout) -> None:
    """Label each river once, on its longest visible stretch."""
    for river in layout.ground.rivers:
        seen = shapely.line_merge(layout.frame.paper(river.shape.intersection(layout.frame.ground)))
        stretch = max(shapely.get_parts(seen), key=lambda part: part.length, default=None)
        name = river.name(layout.language)
        size = (
            label_placement.text_width(name, RIVER_POINTS),
            label_placement.text_height(RIVER_POINTS),
        )
        if stretch is None or stretch.length < 2 * size[0]:
            continue
        points = [stretch.interpolate(fraction, normalized=True) for fraction in RIVER_FRACTIONS]
        spots = tuple((point.x, point.y) for point in points)
        box = layout.put(Label(name, *size, spots[0], spots, fixed=True), layout.hidden())
        if box:
            layout.names.append(
                as_place(box)
                | {
                    "text": name,
                    "points": RIVER_POINTS,
                    "spacing": 0,
                    "dot": None,
                    "hue": symbols.WATER,
                }
            )


PLATE_POINTS: Final = 6.5
COUNTY_SIGN: Final = 38.0
WIDE_SIGN: Final = 70.0
"""Maximum widths in mm of the plate of a county, and of the plate of wider projects."""
INNER: Final = 3.4
"""Horizontal padding of a plate in mm, both sides together."""
BELOW_NAME: Final = 9.0
"""Distance in mm from a county's name to its plate."""


def put_scale(layout: Layout) -> None:
    """Place the scale bar and the north arrow in the corner where they cover the least."""
    size = layout.kind.plate
    spots = layout.corners(*size)
    box = layout.put(Label("scale", *size, spots[0], spots), [at for _, at in layout.points()])
    if box:
        layout.signs.append(as_place(box) | {"kind": "scale", "north": layout.kind.north})


def put_county_plates(layout: Layout, *, numbers: bool = True) -> None:
    """Place a plate per county with the numbers of county-wide projects, and one for wider ones.

    Without `numbers` it says only how many they are.
    """
    listed = ranges if numbers else _no_numbers
    counties = layout.ground.counties
    wide = [row.number for row in layout.rows if row.project.scope == "wide"]
    if wide:
        title = text(layout.language, "sheet-wide", count=len(wide))
        size = _plate_size(title, listed(wide), WIDE_SIGN)
        spots = layout.corners(*size)
        _put_plate(layout, Label("wide", *size, spots[0], spots), title, listed(wide))
    for code in counties.index[counties["ziyang"]]:
        inside = [
            row.number
            for row in layout.rows
            if row.project.scope == "county" and row.project.counties == (code,)
        ]
        if inside:
            county = text(layout.language, f"county-{code}")
            title = text(layout.language, "sheet-whole-county", county=county, count=len(inside))
            size = _plate_size(title, listed(inside), COUNTY_SIGN)
            across, down = layout.frame.at(layout.ground.labels[code])
            spots = around((across, down + BELOW_NAME), range(-40, 41, 5), range(-40, 41, 4))
            _put_plate(layout, Label(code, *size, (across, down), spots), title, listed(inside))


def _no_numbers(_: Iterable[int]) -> str:
    return ""


def _put_plate(layout: Layout, label: Label, title: str, numbers: str) -> None:
    box = layout.put(label, layout.hidden())
    if box:
        layout.signs.append(as_place(box) | {"kind": "numbers", "title": title, "numbers": numbers})


def _plate_size(title: str, numbers: str, widest: float) -> tuple[float, float]:
    texts = [one for one in (title, numbers) if one]
    width = min(
        widest, INNER + max(label_placement.text_width(words, PLATE_POINTS) for words in texts)
    )
    rows = sum(label_placement.line_count(words, PLATE_POINTS, width - INNER) for words in texts)
    return width, label_placement.text_height(PLATE_POINTS, rows) + 1.6
