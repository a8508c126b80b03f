"""What is wrong with the input, said so that a curator can mend it."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One fault: which record, what it holds, which rule that breaks, and the cure."""

    check: str
    record: str
    value: str
    rule: str
    cure: str

    def __str__(self) -> str:
        return f"{self.record}: {self.value} {self.rule}; {self.cure} [{self.check}]"


class DataError(Exception):
    """Every fault found in one reading, carried together; the only exception of the package."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def quoted(value: object, limit: int = 60) -> str:
    """Return the value in quotes, on one line, shortened to `limit` characters."""
    text = " ".join(str(value).split())
    return f"'{text[:limit]}…'" if len(text) > limit else f"'{text}'"
