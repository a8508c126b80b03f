"""How wide words stand in print, never too little: a full square for each Chinese character."""

import unicodedata
from typing import Final

MM_PER_POINT: Final = 25.4 / 72
NARROW: Final = frozenset(" ,.:;·|'()ijlI")
EMS: Final = {"square": 1.0, "narrow": 0.36, "capital": 0.72, "other": 0.58}
"""Ems of a character, by its kind; rounded up from the widths of Noto Sans SC."""
HAIR: Final = 0.01
"""Millimetres by which a line may be too long: less than a sum of widths is off."""
LEADING: Final = 1.5
"""Height of a line in ems."""


def width(words: str, points: float, spacing: float = 0.0) -> float:
    """Return the width in mm of words set at a size in points, with `spacing` ems after each."""
    ems = sum(EMS[_kind(one)] + spacing for one in words)
    return ems * points * MM_PER_POINT


def height(points: float, lines: int = 1) -> float:
    """Return the height in mm of lines set at a size in points."""
    return lines * LEADING * points * MM_PER_POINT


def lines(words: str, points: float, room: float) -> int:
    """Return how many lines of `room` mm words take, broken at spaces as they fill up."""
    made, used = 1, 0.0
    for word in words.split(" "):
        wide = width(word, points)
        if used and used + width(" ", points) + wide > room + HAIR:
            made, used = made + 1, wide
        else:
            used += wide + (width(" ", points) if used else 0.0)
        # Chinese breaks within a word, wherever the line is full.
        while used > room + HAIR:
            made, used = made + 1, used - room
    return made


def _kind(character: str) -> str:
    if unicodedata.east_asian_width(character) in "WFA":
        return "square"
    if character in NARROW:
        return "narrow"
    return "capital" if character.isupper() or character in "mw" else "other"
