"""What is wrong with the input, said so that a curator can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo.core.characters import visible


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
    shown = visible(text[:limit])
    return f"'{shown}…'" if len(text) > limit or len(str(value)) > 4 * limit else f"'{shown}'"
