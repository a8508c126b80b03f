"""Faults of the input, worded so that a curator can mend them.

A message quotes what it is about, so this module also knows which characters a reader cannot see. Half
a surrogate pair is no character at all: no file, page or response can be written with it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

INVISIBLE: Final = re.compile(
    "["
    "\u0000-\u001f\u007f-\u009f"  # controls
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # formats, directions, line ends
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff"  # halves of a pair
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: another thing in each font
    "\ufdd0-\ufdef\ufffe\uffff"  # never a character
    "]"
)
"""Unicode's categories Cc, Cf, Cs, Co, Zl and Zp, and what it promises never to assign."""

SURROGATE: Final = re.compile("[\ud800-\udfff]")


def first_invisible(text: str, *, besides: str = "") -> str | None:
    """Return the name of the first character that a text may not hold, or None.

    `besides` are characters that may stand in this one all the same, such as a line break.
    """
    found = (one[0] for one in INVISIBLE.finditer(text) if one[0] not in besides)
    first = next(found, None)
    return None if first is None else character_name(first)


def character_name(character: str) -> str:
    """Return a character by its code point and, where it has one, its name: "U+202E RIGHT-TO…"."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def escape_invisible(text: str) -> str:
    """Return a text in which each hidden character stands as its escape, U+202E as backslash, u, 202e."""
    return INVISIBLE.sub(
        lambda one: one[0].encode("unicode_escape", "surrogatepass").decode(), text
    )


def replace_invisible(text: str, *, instead: str = " ") -> str:
    """Return a text with a space, or something else, in place of each hidden character."""
    return INVISIBLE.sub(instead, text)


def iter_texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) for each text in a JSON value, such as ("references[0].title", "OSM")."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from iter_texts(one, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from iter_texts(one, f"{path}.{key}" if path else key)


@dataclass(frozen=True)
class Fault:
    """One fault: which record, what it holds, which rule that breaks, and the cure."""

    check: str
    record: str
    value: str
    rule: str
    cure: str

    def __str__(self) -> str:
        comma = "," if self.rule.startswith(("but ", "so ")) else ""
        return f"{self.record}: {self.value}{comma} {self.rule}; {self.cure} [{self.check}]"


class DataError(Exception):
    """Every fault found in one reading, carried together; the only exception of the package."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def quoted(value: object, limit: int = 60) -> str:
    """Return the value in quotes, on one line, shortened to `limit` characters.

    What cannot be seen in it is written as an escape: a message must not be able to do what the
    text in it could, such as turn round the line that it stands in.
    """
    # No more of it than is shown need be looked at: a text may be megabytes long.
    text = " ".join(str(value)[: 4 * limit].split())
    shown = escape_invisible(text[:limit])
    return f"'{shown}…'" if len(text) > limit or len(str(value)) > 4 * limit else f"'{shown}'"
