"""Texts of a record held against what a text may hold; shared by every file that has any."""

from collections.abc import Collection, Iterator
from typing import Any, Final

from geo.core.characters import hidden, texts
from geo.core.faults import Fault, quoted

BREAKS: Final = "\n"


def text_faults(
    check: str,
    record: str,
    value: Any,
    *,
    lines: Collection[str] = (),
    besides: Collection[str] = (),
) -> Iterator[Fault]:
    """Yield a fault for each text in a JSON value that holds a character which cannot be seen.

    In the fields of `lines` a line break may stand; those of `besides` are bound to a text elsewhere,
    whatever it holds. A field is known by the end of its path, such as "basis".
    """
    for path, text in texts(value):
        field = path.rpartition(".")[2]
        if field in besides:
            continue
        name = hidden(text, besides=BREAKS if field in lines else "")
        if name:
            yield Fault(
                check,
                record,
                f"{path} {quoted(text)}",
                f"holds {name}, which a reader cannot see",
                "delete that character",
            )
