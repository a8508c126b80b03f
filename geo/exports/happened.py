"""What happened since, as the files tell it: the same names in each, one line or one row per event."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from geo.core.i18n import Words, text
from geo.layer.dataset import Dataset
from geo.layer.events import Event
from geo.layer.selection import Selection

Value = str | None


@dataclass(frozen=True)
class EventColumn:
    """A column of the events: its field name, "text" or "date", its heading, and its value."""

    name: str
    kind: str
    heading: str
    value: Callable[[Event, Words], Value]


EVENT_COLUMNS: Final = (
    EventColumn("project", "text", "column-id", lambda event, _: event.project),
    EventColumn("type", "text", "column-event-type", lambda event, _: event.type),
    EventColumn("type_label", "text", "column-event-type-label",
                lambda event, words: words.label("event-type", event.type)),
    EventColumn("date", "text", "column-event-date", lambda event, _: event.date),
    EventColumn("date_precision", "text", "column-event-precision",
                lambda event, _: event.date_precision),
    EventColumn("as_of", "date", "column-as-of", lambda event, _: event.as_of),
    EventColumn("scope", "text", "column-event-scope", lambda event, _: event.scope),
    EventColumn("scope_label", "text", "column-event-scope-label",
                lambda event, words: words.label("event-scope", event.scope)),
    EventColumn("scope_note_zh", "text", "column-event-note-zh",
                lambda event, _: event.scope_note_zh),
    EventColumn("scope_note_en", "text", "column-event-note-en",
                lambda event, _: event.scope_note_en),
    EventColumn("statement_zh", "text", "column-event-statement-zh",
                lambda event, _: event.statement_zh),
    EventColumn("statement_en", "text", "column-event-statement-en",
                lambda event, _: event.statement_en),
    EventColumn("source_title", "text", "column-title", lambda event, _: event.source.title),
    EventColumn("source_publisher", "text", "column-event-publisher",
                lambda event, _: event.source.publisher),
    EventColumn("source_url", "text", "column-url", lambda event, _: event.source.url),
    EventColumn("source_link", "text", "column-event-link", lambda event, _: event.source.link),
    EventColumn("confidence", "text", "column-event-confidence", lambda event, _: event.confidence),
    EventColumn("conflicts_zh", "text", "column-event-conflicts-zh",
                lambda event, _: event.conflicts_zh),
    EventColumn("conflicts_en", "text", "column-event-conflicts-en",
                lambda event, _: event.conflicts_en),
)  # fmt: skip
"""The columns of the sheet and of the table of events, in order."""


def event_rows(selection: Selection, language: str) -> list[list[Value]]:
    """Return one list of values per event of the projects shown, in the order of `EVENT_COLUMNS`."""
    words = Words(language)
    return [
        [column.value(event, words) for column in EVENT_COLUMNS]
        for project in selection.projects
        for event in selection.dataset.events_of.get(project.id, ())
    ]


def since_values(dataset: Dataset, project: str) -> dict[str, Any]:
    """Return `since`, `since_as_of` and `events` of a project, as they nest.

    {} where the folder has no events, so that nothing is said of what nobody looked for.
    """
    own = dataset.since.get(project)
    if own is None:
        return {}
    events = [event.values() for event in dataset.events_of.get(project, ())]
    return {"since": own.code, "since_as_of": own.as_of, "events": events}


def event_lines(dataset: Dataset, project: str, language: str) -> str | None:
    """Return the events of a project as text, a line each; None where there are none."""
    found = dataset.timeline(project, Words(language))
    return "\n".join(one.line() for one in found.entries) or None if found else None


def since_line(dataset: Dataset, project: str, language: str) -> tuple[str, str] | None:
    """Return the heading and the words of what became of a project; None without events."""
    own = dataset.since.get(project)
    if own is None:
        return None
    heading = text(language, "detail-since", date=own.as_of)
    return heading, text(language, f"since-{own.code}")
