"""JSON taken strictly: what Python's reader would let through, and no map can use, is refused.

That is a key that stands twice, a number that is none (NaN), that no double can hold (1e999) or that
programs read each in their own way (RFC 7493: beyond 2⁵³), half a surrogate pair, and nesting without
end.
"""

import json
import math
import re
from collections import Counter
from typing import Any, Final

from geo.core.characters import HALF, named, texts
from geo.core.faults import quoted

DEEPEST: Final = 40
"""Lists and objects within each other; a MultiPolygon of the layer takes nine."""

LARGEST: Final = 2**53
"""The largest whole number up to which every program reads the same one."""

DIGITS: Final = 17
"""Characters of a whole number: as many as the largest has, and a sign."""

ESCAPED_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


def parse(text: str) -> Any:
    """Return the JSON value of a text; raises ValueError with the reason why it is none."""
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if _depth(value) > DEEPEST:
        raise ValueError(f"it is nested too deeply: more than {DEEPEST} lists and objects")
    # Only an escape can write half a pair, as no UTF-8 can: few files have one to be looked for.
    if ESCAPED_HALF.search(text):
        _refuse_halves(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        twice = next(key for key, count in counted.items() if count > 1)
        owner = f" that has the id {quoted(made['id'])}" if "id" in made else ""
        raise ValueError(f"the key {quoted(twice)} stands twice in one object{owner}")
    return made


def _constant(name: str) -> None:
    raise ValueError(f"{name} is not a JSON number")


def _float(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:DIGITS]} is more than any number a map can hold")
    return number


def _int(digits: str) -> int:
    if len(digits) > DIGITS or abs(int(digits)) > LARGEST:
        raise ValueError(f"{digits[:DIGITS]}… is a whole number beyond 2^53")
    return int(digits)


def _depth(value: Any) -> int:
    """Return how many lists and objects lie within each other; without recursion."""
    depth, level = 0, [value]
    while level:
        inside = [one for one in level if isinstance(one, list | dict)]
        depth += bool(inside)
        level = [
            part
            for one in inside
            for part in (one.values() if isinstance(one, dict) else one)
            if isinstance(part, list | dict)
        ]
    return depth


def _refuse_halves(value: Any) -> None:
    for path, text in texts(value):
        half = HALF.search(text)
        if half:
            raise ValueError(f"{path} holds {named(half[0])}, half a surrogate pair")
    for key in _keys(value):
        if HALF.search(key):
            raise ValueError(f"the key {quoted(key)} holds half a surrogate pair")


def _keys(value: Any) -> list[str]:
    """Return every key of every object in a value."""
    if isinstance(value, dict):
        return [*value, *(key for one in value.values() for key in _keys(one))]
    return [key for one in value for key in _keys(one)] if isinstance(value, list) else []
