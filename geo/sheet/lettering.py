"""Letters along a line: where each stands, and how it is turned. All in mm, y downwards."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, hypot, pi, sin
from typing import Final

import shapely
from shapely.affinity import affine_transform

from geo.sheet import measure
from geo.sheet.placing import Box

POINTS: Final = 6.6
EM: Final = POINTS * measure.MM_PER_POINT
"""Size of a line's name in points, and in mm."""
LOOSE: Final = 0.04
"""Ems between its letters."""
PIECES: Final = {"zh": re.compile(r"[A-Za-z0-9+–-]+|\S"), "en": re.compile(r"\S+")}
"""What is set as one: a character of Chinese, or the digits within; a word of English."""
REACH: Final = 3.2
"""Millimetres to either side over which a course is evened out, so that no letter jumps at a bend."""
TANGENT: Final = 0.8
"""Millimetres before and after a letter that give its direction."""
BEND: Final = {"zh": 0.3, "en": 0.25}
ARC: Final = 1.3
"""The greatest turn in radians from one letter or word to the next, and from the first to the last."""
UPRIGHT: Final = 1.1
"""Ems that a character takes where Chinese runs from top to bottom."""
TIGHT: Final = 0.86
"""The share of its width that a letter needs on the inner side of a bend."""


@dataclass(frozen=True)
class Letter:
    """A piece of a name: its middle and size in mm, and its turn in radians, clockwise."""

    text: str
    x: float
    y: float
    angle: float
    width: float
    height: float = EM

    def boxes(self) -> Iterator[Box]:
        """Yield boxes that cover it together: one for each em of its width."""
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
        """Return the rectangle of the piece as it is turned."""
        level = shapely.box(-self.width / 2, -self.height / 2, self.width / 2, self.height / 2)
        a, b = cos(self.angle), sin(self.angle)
        return affine_transform(level, (a, -b, b, a, self.x, self.y))


def evened(line: shapely.LineString) -> shapely.LineString:
    """Return a course without sharp bends: each of its points is the mean of those around it."""
    count = max(2, int(line.length))
    points = []
    for number in range(count + 1):
        at = line.length * number / count
        reach = min(REACH, at, line.length - at)
        around = [line.interpolate(at + share * reach) for share in (-1, -0.5, 0, 0.5, 1)]
        points.append((sum(one.x for one in around) / 5, sum(one.y for one in around) / 5))
    return shapely.LineString(points)


def along(
    course: shapely.LineString, name: str, language: str, middle: float, apart: float
) -> list[Letter]:
    """Return a name beside a course (mm), its middle at the length `middle` along it.

    `apart` is how far it stands off, in mm: below the line, or above it where it is negative.
    Chinese beside a steep line runs from top to bottom with its characters upright, as on printed
    maps. The answer is empty where the course is too short or bends too much.
    """
    pieces = PIECES[language].findall(name)
    # Words are a little narrower than they are measured, so that half a space is left as one.
    gap = measure.width(" ", POINTS) / 2 if language == "en" else LOOSE * EM
    widths = [measure.width(one, POINTS) for one in pieces]
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
    letters: list[Letter] = []
    done = 0.0
    turns = []
    for text, wide, step in zip(pieces, widths, steps, strict=True):
        at = begin + (length - done - step / 2 if backwards else done + step / 2)
        # A word is set straight, so its direction is that from its one end to the other.
        reach = max(TANGENT, step / 2)
        before, after = course.interpolate(max(0.0, at - reach)), course.interpolate(at + reach)
        turn = atan2(after.y - before.y, after.x - before.x) + (pi if backwards else 0)
        turns.append(turn)
        spot = course.interpolate(at)
        off = apart + (1 if apart > 0 else -1) * (wide if upright else EM) / 2
        x, y = spot.x - sin(turn) * off, spot.y + cos(turn) * off
        letters.append(Letter(text, x, y, turn - pi / 2 if upright else turn, wide))
        done += step + gap
    bends = [_between(*pair) for pair in pairwise(turns)]
    if max(bends, default=0) > BEND[language] or _between(turns[0], turns[-1]) > ARC:
        return []
    for one, two in pairwise(letters):
        needed = EM if upright else (one.width + two.width) / 2
        if hypot(two.x - one.x, two.y - one.y) < needed * TIGHT:
            return []
    return letters


def _between(one: float, two: float) -> float:
    """Return the angle between two directions, in radians."""
    return abs(atan2(sin(one - two), cos(one - two)))
