"""Faults: errors in the input, worded so that a data curator can fix them.

Messages quote the offending text, so this module also knows which characters are invisible. Lone
surrogates are among them: they cannot be encoded in any file, page or response.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

INVISIBLE: Final = re.compile(
    "["
    "\u0000-\u001f\u007f-\u009f"  # control characters
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # formats, line separators
    "\U000110bd\U000110cd\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff"  # surrogates
    "\ue000-\uf8ff\U000f0000-\U0010ffff"  # private use: a different glyph in each font
    "\ufdd0-\ufdef\ufffe\uffff"  # noncharacters
    "]"
)
"""Unicode categories Cc, Cf, Cs, Co, Zl and Zp, and the noncharacters of the BMP."""

SURROGATE: Final = re.compile("[\ud800-\udfff]")


def first_invisible(text: str, *, besides: str = "") -> str | None:
    """Return the name of the first invisible character in a text, or None.

    `besides` lists characters that are allowed, such as a line break.
    """
    characters = (match[0] for match in INVISIBLE.finditer(text) if match[0] not in besides)
    first = next(characters, None)
    return None if first is None else character_name(first)


def character_name(character: str) -> str:
    """Return a character's code point and, if it has one, its name: "U+202E RIGHT-TO…"."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def escape_invisible(text: str) -> str:
    """Return a text with its invisible characters escaped: U+202E becomes backslash, u, 202e."""
    return INVISIBLE.sub(
        lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), text
    )


def replace_invisible(text: str, *, instead: str = " ") -> str:
    """Return a text with each invisible character replaced by `instead`."""
    return INVISIBLE.sub(instead, text)


def iter_texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) for each string in a JSON value: ("references[0].title", "OSM")."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from iter_texts(item, f"{path}[{index}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from iter_texts(item, f"{path}.{key}" if path else key)


@dataclass(frozen=True)
class Fault:
    """A fault: the check that found it, the record, the bad value, the broken rule, the cure."""

    check: str
    record: str
    value: str
    rule: str
    cure: str

    def __str__(self) -> str:
        comma = "," if self.rule.startswith(("but ", "so ")) else ""
        return f"{self.record}: {self.value}{comma} {self.rule}; {self.cure} [{self.check}]"


class DataError(Exception):
    """All faults found in one read; the only exception class of this project."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def quoted(value: object, limit: int = 60) -> str:
    """Return a value in quotes, on one line, shortened to `limit` characters.

    Invisible characters are escaped: otherwise the quoted text could, for example, reverse the
    direction of the line that it appears in.
    """
    # A text may be megabytes long, so only the part that may be shown is processed.
    text = " ".join(str(value)[: 4 * limit].split())
    shown = escape_invisible(text[:limit])
    return f"'{shown}…'" if len(text) > limit or len(str(value)) > 4 * limit else f"'{shown}'"
