"""What a text may hold: letters that a reader sees, in the order in which they are written.

A mark that turns the direction of writing, a character of no width or a control character makes two
names look alike that are not, or a line read otherwise than it stands. Half a surrogate pair is no
character at all: no file, page or answer can be written with it.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Final

HIDDEN: Final = re.compile(
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

HALF: Final = re.compile("[\ud800-\udfff]")


def hidden(text: str, *, besides: str = "") -> str | None:
    """Return the name of the first character that a text may not hold, or None.

    `besides` are characters that may stand in this one all the same, such as a line break.
    """
    found = (one[0] for one in HIDDEN.finditer(text) if one[0] not in besides)
    first = next(found, None)
    return None if first is None else named(first)


def named(character: str) -> str:
    """Return a character by its code point and, where it has one, its name: "U+202E RIGHT-TO…"."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".strip()


def visible(text: str) -> str:
    """Return a text in which each hidden character stands as its escape, U+202E as backslash, u, 202e."""
    return HIDDEN.sub(lambda one: one[0].encode("unicode_escape", "surrogatepass").decode(), text)


def without_hidden(text: str, *, instead: str = " ") -> str:
    """Return a text with a space, or something else, in place of each hidden character."""
    return HIDDEN.sub(instead, text)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) for each text in a JSON value, such as ("references[0].title", "OSM")."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from texts(one, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from texts(one, f"{path}.{key}" if path else key)
