"""What happened since the decision: dated events of projects, each with the page that tells it."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from geo.core.character_faults import text_faults
from geo.core.faults import DataError
from geo.core.home import Home, read_json
from geo.core.validation import breaches
from geo.layer.event_schema import EVENT, EVENTS

FORMS: Final = {"year": 4, "month": 7, "day": 10}
"""Characters of a date, by how far it is known."""


@dataclass(frozen=True)
class EventSource:
    """The page that tells of an event; `link` says whether it is the "original" or a "repost"."""

    title: str
    publisher: str
    url: str
    link: str


@dataclass(frozen=True)
class Event:
    """One event of a project, as `data/events.json` holds it.

    `date` is as long as it is known: YYYY, YYYY-MM or YYYY-MM-DD; `as_of` is a day. `scope` says
    whether it is about the whole, a part, or what is only related. Notes are None where there are none.
    """

    project: str
    type: str
    date: str
    date_precision: str
    as_of: str
    scope: str
    scope_note_zh: str | None
    scope_note_en: str | None
    statement_zh: str
    statement_en: str
    source: EventSource
    confidence: str
    conflicts_zh: str | None
    conflicts_en: str | None

    @property
    def order(self) -> tuple[str, str, str]:
        """What the file is sorted by."""
        return order_of(vars(self))

    @property
    def record(self) -> str:
        """How a fault names the event."""
        return f"{self.project}, {self.type} {self.date}"

    def statement(self, language: str) -> str:
        """Return the sentence in "zh" or "en"."""
        return self.statement_en if language == "en" else self.statement_zh

    def scope_note(self, language: str) -> str:
        """Return which part it is, or why it is related; "" where it is about the whole."""
        return (self.scope_note_en if language == "en" else self.scope_note_zh) or ""

    def conflicts(self, language: str) -> str:
        """Return what other pages say differently; "" where none does."""
        return (self.conflicts_en if language == "en" else self.conflicts_zh) or ""

    def values(self) -> dict[str, Any]:
        """Return the event as the contract writes it, without the project that it belongs to."""
        return {key: value for key, value in asdict(self).items() if key != "project"}


def read_events(home: Home) -> tuple[Event, ...]:
    """Return the events of a folder in their order; none where the folder has no such file.

    Raises DataError with every breach of their schema.
    """
    if not home.events.exists():
        return ()
    content = read_json(home.events)
    faults = list(breaches(EVENTS, content, "data/events.json"))
    if not faults:
        for number, one in enumerate(content, start=1):
            record = _record_name(one, number)
            faults += breaches(EVENT, one, record)
            faults += text_faults("text-plain", record, one)
    if faults:
        raise DataError(faults)
    return tuple(Event(**(one | {"source": EventSource(**one["source"])})) for one in content)


def sorted_events(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries of a file that keeps the schema in the order the contract asks for."""
    return sorted(content, key=order_of)


def order_of(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what an entry of the file is sorted by."""
    return entry["project"], entry["date"], entry["type"]


def days(written: str) -> tuple[date, date]:
    """Return the first and the last day that YYYY, YYYY-MM or YYYY-MM-DD may mean.

    Raises ValueError when the calendar has no such day.
    """
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])


def _record_name(entry: Any, number: int) -> str:
    named = entry.get("project") if isinstance(entry, Mapping) else None
    return f"event {number}" + (f" ({str(named)[:80]})" if named else "")
