"""What happened since the decision: dated events, the current state of each project, its timeline.

Each event cites the page that reports it. States are derived from events and never stored. The
stage of a project is a different fact, as of the decision, and events do not change it. Nothing is
inferred from silence: if a project has no event, no published page about it was found.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from geo.core.home import Home
from geo.core.i18n import Words
from geo.core.validation import (
    ADDRESS,
    DATE,
    SLUG,
    TEXT,
    documented,
    object_schema,
    read_records,
    unique_list,
)
from geo.layer.codes import (
    CONFIDENCES,
    DATE_PRECISIONS,
    EVENT_SCOPES,
    EVENT_TYPE_CODES,
    EVENT_TYPES,
    SEARCHED,
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

SEARCH: Final = object_schema(
    {
        "project": documented({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "date": documented(DATE, "查找日期", "the day of the search"),
        "kinds": documented(
            unique_list({"enum": list(SEARCHED)}) | {"minItems": 1},
            "查过哪几类资料", "the kinds of sources that were searched", codelist="searched",
        ),
    }
)  # fmt: skip

DATE_LENGTHS: Final = {"year": 4, "month": 7, "day": 10}
"""The length of a date by its precision."""


@dataclass(frozen=True)
class EventSource:
    """The page that reports an event; `link` is "original" or "repost"."""

    title: str
    publisher: str
    url: str
    link: str


@dataclass(frozen=True)
class Event:
    """One event of a project, with the keys of `data/events.json`.

    `date` is YYYY, YYYY-MM or YYYY-MM-DD, as far as it is known; `as_of` is always a day. `scope`
    says whether the event is about the whole project, a part, or something only related to it.
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
        """The sort key of events in the file."""
        return event_sort_key(vars(self))

    @property
    def record(self) -> str:
        """The name of the event in a fault."""
        return f"{self.project}, {self.type} {self.date}"

    def statement(self, language: str) -> str:
        """Return the statement in "zh" or "en"."""
        return self.statement_en if language == "en" else self.statement_zh

    def scope_note(self, language: str) -> str:
        """Return which part the event is about, or why it is related; "" if there is no note."""
        return (self.scope_note_en if language == "en" else self.scope_note_zh) or ""

    def conflicts(self, language: str) -> str:
        """Return what other pages say differently; "" if none does."""
        return (self.conflicts_en if language == "en" else self.conflicts_zh) or ""

    def values(self) -> dict[str, Any]:
        """Return the event with the keys of the data contract, without its project."""
        return {key: value for key, value in asdict(self).items() if key != "project"}


def read_events(home: Home) -> tuple[Event, ...]:
    """Return the events of a home in file order; empty if it has no such file.

    Raises DataError with all violations of their schema.
    """
    content = read_records(home.events, EVENT, "event")
    return tuple(Event(**(entry | {"source": EventSource(**entry["source"])})) for entry in content)


@dataclass(frozen=True)
class Search:
    """A search on a day (YYYY-MM-DD) through these kinds of sources that found no event."""

    project: str
    date: str
    kinds: tuple[str, ...]

    @property
    def record(self) -> str:
        """The name of the search in a fault."""
        return f"{self.project}, search of {self.date}"


def read_searches(home: Home) -> tuple[Search, ...]:
    """Return the searches of a home in file order; empty if it has no such file.

    Raises DataError with all violations of their schema.
    """
    content = read_records(home.searches, SEARCH, "search")
    return tuple(Search(**(entry | {"kinds": tuple(entry["kinds"])})) for entry in content)


def sorted_searches(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return valid entries of the file, sorted by project."""
    return sorted(content, key=lambda entry: str(entry["project"]))


def sorted_events(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return valid entries of the file in the order that the data contract requires."""
    return sorted(content, key=event_sort_key)


def event_sort_key(entry: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the sort key of an entry in the file."""
    return entry["project"], entry["date"], entry["type"]


def date_range(written: str) -> tuple[date, date]:
    """Return the first and last day that a date (YYYY, YYYY-MM or YYYY-MM-DD) covers.

    Raises ValueError if there is no such date.
    """
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    last_month = month or 12
    return first, date(year, last_month, day or monthrange(year, last_month)[1])


EVENT_TYPE: Final = {event_type.code: event_type for event_type in EVENT_TYPES}
CODE: Final = {(since.state, since.scope): since.code for since in SINCE if since.state}
SCOPE_ORDER: Final = ("part", "whole")
"""If a part and the whole have reached the same state, the one that is later here counts."""


@dataclass(frozen=True)
class CurrentState:
    """What became of a project: a code of `geo.layer.codes.SINCE`, known as of the day `as_of`.

    For a project without events, `as_of` is the day of the search that found none, or the latest
    `as_of` of all events in the layer if no search is recorded.
    """

    code: str
    as_of: str


def current_states(
    projects: Iterable[str],
    events: Mapping[str, tuple[Event, ...]],
    searches: Mapping[str, Search],
) -> dict[str, CurrentState]:
    """Return the current state of each project by id; empty if the layer has no events."""
    latest = max((event.as_of for group in events.values() for event in group), default="")
    if not latest:
        return {}
    searched = {project: search.date for project, search in searches.items()}
    return {
        project: current_state(events.get(project, ()), searched.get(project, latest))
        for project in projects
    }


def current_state(events: tuple[Event, ...], searched: str) -> CurrentState:
    """Return the state that the events of one project show: that of the whole, or of a part.

    A part counts if it is more advanced than the whole, with a code that says so. Related events,
    new names and successors show no state. `searched` is the date for a project without events.
    """
    if not events:
        return CurrentState("nothing", searched)
    by_scope = {"part": furthest_part(events), "whole": latest_state(events)}
    states = {scope: state for scope, state in by_scope.items() if state}
    scope = max(
        states,
        key=lambda scope: (STATES.index(states[scope]), SCOPE_ORDER.index(scope)),
        default="",
    )
    code = CODE[states[scope], scope] if scope else "related"
    return CurrentState(code, max(event.as_of for event in events))


def furthest_part(events: Iterable[Event]) -> str:
    """Return the state of the most advanced part; "" if no event shows the state of a part.

    Events may be about different parts: one part stays open while the next is being built.
    """
    states = (EVENT_TYPE[event.type].shows for event in events if event.scope == "part")
    return max((state for state in states if state), key=STATES.index, default="")


def latest_state(events: Iterable[Event]) -> str:
    """Return the state that the latest events about the whole show; "" if none shows any.

    Dates are known to the day, month or year. Among the latest events whose dates overlap, the most
    advanced state counts: what opened "in 2021" came after what was started that May.
    """
    showing = [event for event in events if event.scope == "whole" and EVENT_TYPE[event.type].shows]
    dated = [
        (date_range(event.date), EVENT_TYPE[event.type].shows)
        for event in showing
        if not EVENT_TYPE[event.type].undone
    ]
    if not any(state != STATES[0] for _, state in dated):
        dated = [(date_range(event.date), EVENT_TYPE[event.type].shows) for event in showing]
    if not dated:
        return ""
    begins = max(first for (first, _), _ in dated)
    return max((state for (_, last), state in dated if last >= begins), key=STATES.index)


@dataclass(frozen=True)
class TimelineEntry:
    """An event as texts in one language.

    `scope` and `note` say which part it is about, or why it is only related; `scope` is "" for the
    whole. `told` names the publisher and the date of the page; `asides` are remarks, such as the
    confidence or what other pages say differently.
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
        """Return the event as one line of plain text, with its source in parentheses."""
        scope = f" [{self.scope}: {self.note}]" if self.scope else ""
        asides = "".join(f" {aside}" for aside in self.asides)
        event = f"{self.date} {self.type}{scope}: {self.statement}"
        # A line break within a text would look like the start of the next event.
        return " ".join(f"{event} ({self.title}, {self.told}, {self.url}){asides}".split())


@dataclass(frozen=True)
class Timeline:
    """The current state of a project (code and label), its date, and the events that show it.

    `nothing` says when and where a search found no event; it is "" if there are events.
    """

    code: str
    label: str
    as_of: str
    entries: tuple[TimelineEntry, ...]
    nothing: str


def timeline(
    state: CurrentState | None, events: Iterable[Event], search: Search | None, words: Words
) -> Timeline | None:
    """Return the timeline of a project from its events, oldest first; None if `state` is None.

    `search` is the search that found no event of it, or None if none is recorded.
    """
    if state is None:
        return None
    entries = tuple(timeline_entry(event, words) for event in events)
    nothing = "" if entries else _nothing(state, search, words)
    return Timeline(state.code, words.label("since", state.code), state.as_of, entries, nothing)


def _nothing(state: CurrentState, search: Search | None, words: Words) -> str:
    if search is None:
        return words("detail-nothing", date=state.as_of)
    kinds = words("list-separator").join(words.label("searched", kind) for kind in search.kinds)
    return words("detail-nothing-searched", date=search.date, kinds=kinds)


def timeline_entry(event: Event, words: Words) -> TimelineEntry:
    """Return an event as texts in the language of `words`."""
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
