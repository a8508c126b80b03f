"""How a text numbers its clauses: four ways that Chinese official documents use.

A text may use several at once ("一、" for parts, "(一)" for what stands in them). Its clauses are
those of the way that counts up from one without beginning anew, so that a number names one clause.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

SPACE: Final = r"[ \u00a0\u3000\t]*"
NUMERAL: Final = "[一二三四五六七八九十百]+"
DIGITS: Final = {character: value for value, character in enumerate("一二三四五六七八九", start=1)}
UNITS: Final = {"十": 10, "百": 100}

DIVISION: Final = rf"{SPACE}第{NUMERAL}(?:编|章|节|部分)"
ENUMERATED: Final = rf"{SPACE}{NUMERAL}、"
BRACKETED: Final = rf"{SPACE}[(（]{NUMERAL}[)）]"


@dataclass(frozen=True)
class Numbering:
    """A way to number clauses: its code, a sample, and what opens a clause or a new part.

    `heading` and `part` match at the start of a line; group 1 of `heading` is the numeral.
    """

    code: str
    sample: str
    heading: re.Pattern[str]
    part: re.Pattern[str]


NUMBERINGS: Final = (
    Numbering(
        "article", "第一条",
        re.compile(rf"{SPACE}第({NUMERAL})条"),
        re.compile(DIVISION),
    ),
    Numbering(
        "bracketed", "(一)",
        re.compile(rf"{SPACE}[(（]({NUMERAL})[)）]"),
        re.compile(f"{ENUMERATED}|{DIVISION}"),
    ),
    Numbering(
        "enumerated", "一、",
        re.compile(rf"{SPACE}({NUMERAL})、"),
        re.compile(DIVISION),
    ),
    Numbering(
        "arabic", "1.",
        # "2.5亿元" at the start of a line is an amount, not a clause.
        re.compile(rf"{SPACE}([1-9][0-9]{{0,2}})(?:[.．](?![0-9])|、)"),
        re.compile(f"{BRACKETED}|{ENUMERATED}|{DIVISION}"),
    ),
)  # fmt: skip
"""In the order of preference where two ways number as many clauses."""


def number_of(numeral: str) -> int:
    """Return the number that a numeral up to 999 writes: "十二" and "12" are 12."""
    if numeral.isdigit() and numeral.isascii():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character in UNITS:
            # 十 alone is ten, and so is the ten of 一百十.
            total += (digit or 1) * UNITS[character]
            digit = 0
        else:
            digit = DIGITS[character]
    return total + digit


def numbers_in(lines: Iterable[str], numbering: Numbering) -> list[int]:
    """Return the numbers of the clauses that a way of numbering finds, in the order of the text."""
    found = (numbering.heading.match(line) for line in lines)
    return [number_of(match[1]) for match in found if match]


def numbering_of(lines: Iterable[str]) -> Numbering | None:
    """Return the way in which a text numbers its clauses, or None where it has none.

    That is the way that counts up from one without beginning anew and finds the most clauses.
    """
    held = list(lines)
    counted = [
        (len(numbers), one) for one in NUMBERINGS if counts_up(numbers := numbers_in(held, one))
    ]
    return max(counted, key=lambda pair: pair[0])[1] if counted else None


def counts_up(numbers: list[int]) -> bool:
    """Say whether numbers begin with one and rise; a gap is allowed, as texts have them."""
    return numbers[:1] == [1] and all(
        after > before for before, after in itertools.pairwise(numbers)
    )


def missing_numbers(numbers: list[int]) -> list[int]:
    """Return the numbers that a count from one leaves out."""
    return sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))
