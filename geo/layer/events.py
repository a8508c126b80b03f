"""What happened since the decision: dated events, the state each project has reached, and its timeline.

An event comes with the page that reports it. The state is derived from the events and never stored; the
stage of the decision is another fact and stays as it is. Nothing is inferred from silence: a project
without an event is one for which no published page was found.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from geo.core.faults import DataError
from geo.core.files import read_json
from geo.core.home import Home
from geo.core.i18n import Words
from geo.core.validation import (
    ADDRESS,
    DATE,
    SLUG,
    TEXT,
    character_faults,
    documented,
    object_schema,
    schema_faults,
)
from geo.layer.codes import (
    CONFIDENCES,
    DATE_PRECISIONS,
    EVENT_SCOPES,
    EVENT_TYPE_CODES,
    EVENT_TYPES,
    SINCE,
    STATES,
)

OPTIONAL_TEXT: Final = TEXT | {"type": ["string", "null"]}

EVENT_SOURCE: Final = object_schema(
    {
        "title": documented(TEXT, "报道标题", "title of the page"),
        "publisher": documented(TEXT, "发布者", "who published it"),
        "url": documented(ADDRESS, "网址", "its address"),
        "link": documented(
            {"enum": ["original", "repost"]}, "原页或转载", "the original or a repost"
        ),
    }
)

EVENT: Final = object_schema(
    {
        "project": documented({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "type": documented(
            {"enum": list(EVENT_TYPE_CODES)}, "事件类型", "what happened", codelist="event-type",
        ),
        "date": documented(
            {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"},
            "事件日期，已知到哪一级写到哪一级", "its date, as far as it is known",
            oc4ids="completion.endDate",
        ),
        "date_precision": documented(
            {"enum": list(DATE_PRECISIONS)}, "日期精度：日、月、年", "day, month or year",
        ),
        "as_of": documented(DATE, "报道所说的截至日期", "the day for which the page says so"),
        "scope": documented(
            {"enum": list(EVENT_SCOPES)}, "全部、部分或仅相关", "the whole, a part, or only related",
            codelist="event-scope",
        ),
        "scope_note_zh": documented(OPTIONAL_TEXT, "是哪一部分，或为何相关", "which part, or why (Chinese)"),
        "scope_note_en": documented(OPTIONAL_TEXT, "同上（英文）", "which part, or why (English)"),
        "statement_zh": documented(TEXT, "一句自己的话", "one sentence of our own, in Chinese"),
        "statement_en": documented(TEXT, "同上（英文）", "the same in English"),
        "source": documented(EVENT_SOURCE, "出处", "where it was found", oc4ids="documents[]"),
        "confidence": documented(
            {"enum": list(CONFIDENCES)}, "可信度", "how sure it is", codelist="confidence",
        ),
        "conflicts_zh": documented(OPTIONAL_TEXT, "其他报道的不同说法", "what others say (Chinese)"),
        "conflicts_en": documented(OPTIONAL_TEXT, "同上（英文）", "what others say (English)"),
    }
)  # fmt: skip

EVENTS: Final = {"type": "array"}
"""The list; its entries are validated one by one, so that a fault can name its record."""


DATE_LENGTHS: Final = {"year": 4, "month": 7, "day": 10}
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
        return event_sort_key(vars(self))

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
    faults = list(schema_faults(EVENTS, content, "data/events.json"))
    if not faults:
        for number, one in enumerate(content, start=1):
            record = _record_name(one, number)
            faults += schema_faults(EVENT, one, record)
            faults += character_faults("text-plain", record, one)
    if faults:
        raise DataError(faults)
    return tuple(Event(**(one | {"source": EventSource(**one["source"])})) for one in content)


def sorted_events(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries of a file that keeps the schema in the order the contract asks for."""
    return sorted(content, key=event_sort_key)


def event_sort_key(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return what an entry of the file is sorted by."""
    return entry["project"], entry["date"], entry["type"]


def date_range(written: str) -> tuple[date, date]:
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


EVENT_TYPE: Final = {one.code: one for one in EVENT_TYPES}
CODE: Final = {(one.state, one.scope): one.code for one in SINCE if one.state}
SCOPE_ORDER: Final = ("part", "whole")
"""Of two that have come equally far the later one counts."""


@dataclass(frozen=True)
class CurrentState:
    """What became of a project: a code of `geo.layer.codes.SINCE`, and the day to which that is known.

    Where no page was found, that is the last day of which any page of the layer tells.
    """

    code: str
    as_of: str


def current_states(
    projects: Iterable[str], events: Mapping[str, tuple[Event, ...]]
) -> dict[str, CurrentState]:
    """Return the standing of each project by id; none at all where the layer has no events."""
    searched = max((one.as_of for own in events.values() for one in own), default="")
    if not searched:
        return {}
    return {name: current_state(events.get(name, ()), searched) for name in projects}


def current_state(events: tuple[Event, ...], searched: str) -> CurrentState:
    """Return what the events of one project tell: how far the whole has come, or else a part.

    A part counts where it has come further than the whole, and is called a part. What is only
    related, a new name, or a successor tells of no state.
    """
    if not events:
        return CurrentState("nothing", searched)
    found = {"part": furthest_part(events), "whole": latest_state(events)}
    told = {scope: state for scope, state in found.items() if state}
    scope = max(told, key=lambda one: (STATES.index(told[one]), SCOPE_ORDER.index(one)), default="")
    code = CODE[told[scope], scope] if scope else "related"
    return CurrentState(code, max(one.as_of for one in events))


def furthest_part(events: Iterable[Event]) -> str:
    """Return the state of the part that has come furthest; "" where no event tells of a part.

    Each event may be of another part: one that is open stays so while the next is being built.
    """
    told = (EVENT_TYPE[one.type].shows for one in events if one.scope == "part")
    return max((state for state in told if state), key=STATES.index, default="")


def latest_state(events: Iterable[Event]) -> str:
    """Return the state that the latest events of the whole show; "" where none shows any.

    Dates are known to a day, a month or a year. Of events whose time may be the same, the one that
    is further on counts: what opened "in 2021" came after what was begun that May.
    """
    own = [one for one in events if one.scope == "whole" and EVENT_TYPE[one.type].shows]
    told = [
        (date_range(one.date), EVENT_TYPE[one.type].shows)
        for one in own
        if not EVENT_TYPE[one.type].undone
    ]
    if not any(state != STATES[0] for _, state in told):
        told = [(date_range(one.date), EVENT_TYPE[one.type].shows) for one in own]
    if not told:
        return ""
    begins = max(first for (first, _), _ in told)
    return max((state for (_, last), state in told if last >= begins), key=STATES.index)


@dataclass(frozen=True)
class TimelineEntry:
    """An event in one language.

    `scope` and `note` say of which part it is, or why it is only related; both are "" for the
    whole. `told` is who says so, and as of when; `aside` what else a reader must know.
    """

    date: str
    type: str
    scope: str
    note: str
    statement: str
    title: str
    url: str
    told: str
    asides: tuple[str, ...]

    def line(self) -> str:
        """Return the event as one line of plain text, its source in brackets."""
        scope = f" [{self.scope}: {self.note}]" if self.scope else ""
        asides = "".join(f" {one}" for one in self.asides)
        said = f"{self.date} {self.type}{scope}: {self.statement}"
        # A break within a text would look like the next event.
        return " ".join(f"{said} ({self.title}, {self.told}, {self.url}){asides}".split())


@dataclass(frozen=True)
class Timeline:
    """The state of a project with its code, the day to which it is known, and what tells it."""

    code: str
    label: str
    as_of: str
    entries: tuple[TimelineEntry, ...]


def timeline(state: CurrentState | None, events: Iterable[Event], words: Words) -> Timeline | None:
    """Return the state of a project with its events, which are given oldest first.

    None where the layer has no events, and so no state either.
    """
    if state is None:
        return None
    entries = tuple(timeline_entry(one, words) for one in events)
    return Timeline(state.code, words.label("since", state.code), state.as_of, entries)


def timeline_entry(event: Event, words: Words) -> TimelineEntry:
    """Return an event in the words of a language."""
    whole = event.scope == "whole"
    return TimelineEntry(
        date=event.date,
        type=words.label("event-type", event.type),
        scope="" if whole else words.label("event-scope", event.scope),
        note=event.scope_note(words.language),
        statement=event.statement(words.language),
        title=event.source.title,
        url=event.source.url,
        told=words("event-told", publisher=event.source.publisher, date=event.as_of),
        asides=tuple(_asides(event, words)),
    )


def _asides(event: Event, words: Words) -> Iterator[str]:
    if event.source.link == "repost":
        yield words("event-repost")
    yield words.label("confidence", event.confidence)
    conflicts = event.conflicts(words.language)
    if conflicts:
        yield words("event-conflicts", said=conflicts)
