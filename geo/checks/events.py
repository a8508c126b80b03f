"""Rules on events: project, date, scope, languages, source, order, and wording."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from geo.core.faults import Fault, quoted
from geo.layer.codes import EVENT_TYPES, STATES
from geo.layer.dataset import Dataset
from geo.layer.events import DATE_LENGTHS, Event, date_range

OPENING: Final = tuple(
    event_type.code for event_type in EVENT_TYPES if event_type.shows == STATES[-1]
)

LONGEST_RUN: Final = 20
"""A statement must share fewer consecutive characters with its source, project names aside."""

HOST: Final = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
CHINESE: Final = re.compile(r"[\u4e00-\u9fff]")
LATIN: Final = re.compile(r"[A-Za-z]")


def event_project(dataset: Dataset) -> Iterator[Fault]:
    """Each event names a project that exists."""
    for event in dataset.events:
        if event.project not in dataset.projects:
            yield Fault(
                "event-project",
                event.record,
                quoted(event.project),
                "is no project of the layer",
                "write the id that data/projects.geojson has",
            )


def search_project(dataset: Dataset) -> Iterator[Fault]:
    """Each search is about a project of the layer that has no event."""
    for search in dataset.searches:
        if search.project not in dataset.projects:
            rule, cure = "is no project of the layer", "write the id that the layer has"
        elif search.project in dataset.events_of:
            rule, cure = "has an event, so something was found", "remove the entry"
        else:
            continue
        yield Fault(
            "search-project",
            search.record,
            quoted(search.project),
            rule,
            cure,
        )


def search_order(dataset: Dataset) -> Iterator[Fault]:
    """Searches are sorted by project, with one entry per project."""
    for before, search in pairwise(dataset.searches):
        if search.project <= before.project:
            same = search.project == before.project
            yield Fault(
                "search-order",
                search.record,
                quoted(search.project),
                "stands twice" if same else f"comes after {quoted(before.project)}",
                "remove one of the two" if same else "run: python -m geo format",
            )


def event_date(dataset: Dataset) -> Iterator[Fault]:
    """Each date exists, and is written to its stated precision."""
    for event in dataset.events:
        if len(event.date) != DATE_LENGTHS[event.date_precision]:
            yield Fault(
                "event-date",
                event.record,
                f"{quoted(event.date)} with the precision '{event.date_precision}'",
                "do not go together",
                "write YYYY for a year, YYYY-MM for a month, YYYY-MM-DD for a day",
            )
        for written in (event.date, event.as_of):
            if _date_range(written) is None:
                yield Fault(
                    "event-date",
                    event.record,
                    quoted(written),
                    "is no date of the calendar",
                    "take it from the page again",
                )


def event_plausible(dataset: Dataset) -> Iterator[Fault]:
    """No project opened before the decision that plans it; no event is later than its report."""
    for event in dataset.events:
        dates, reported = _date_range(event.date), _date_range(event.as_of)
        if dates is None or reported is None:
            continue
        adopted = _adopted(dataset, event)
        if event.type in OPENING and adopted and dates[1] < adopted:
            yield Fault(
                "event-plausible",
                event.record,
                f"'{event.type}' on {event.date}",
                f"is before the decision of {adopted}, which still plans the project",
                "leave it out, or call it started",
            )
        if dates[0] > reported[0]:
            yield Fault(
                "event-plausible",
                event.record,
                f"the date {event.date}",
                f"is after {event.as_of}, the day as of which it is told",
                "correct the one or the other from the page",
            )


def event_scope_note(dataset: Dataset) -> Iterator[Fault]:
    """Each event about a part, or only related, has a note that says which part, or why."""
    for event in dataset.events:
        if event.scope != "whole" and event.scope_note_zh is None:
            yield Fault(
                "event-scope-note",
                event.record,
                f"the scope '{event.scope}' without a note",
                "does not say what of the project it is about",
                "say in scope_note_zh and scope_note_en which part it is, or why it is related",
            )


def event_languages(dataset: Dataset) -> Iterator[Fault]:
    """Each text of an event is written in both Chinese and English."""
    for event in dataset.events:
        for field in ("scope_note", "statement", "conflicts"):
            chinese, english = (getattr(event, f"{field}_{code}") for code in ("zh", "en"))
            if (chinese is None) and (english is None):
                continue
            if CHINESE.search(chinese or "") and LATIN.search(english or ""):
                continue
            yield Fault(
                "event-languages",
                event.record,
                f"{field} {quoted(chinese or 'null')} and {quoted(english or 'null')}",
                "are not a text in Chinese and one in English",
                f"write {field}_zh and {field}_en, or null in both",
            )


def event_source(dataset: Dataset) -> Iterator[Fault]:
    """Each source URL has a public host name and no user name."""
    for event in dataset.events:
        if not _is_address(event.source.url):
            yield Fault(
                "event-source",
                event.record,
                quoted(event.source.url),
                "is no address of a public page",
                "copy the address that the page itself has",
            )


def event_order(dataset: Dataset) -> Iterator[Fault]:
    """Events are sorted by project, date and type, without duplicates."""
    for before, event in pairwise(dataset.events):
        if event.order < before.order:
            yield Fault(
                "event-order",
                event.record,
                f"comes after {quoted(before.record)}",
                "but events are sorted by project, date and type",
                "run: python -m geo format",
            )
    seen = set()
    for event in dataset.events:
        key = (*event.order, event.scope, event.scope_note_en, event.source.url)
        if key in seen:
            yield Fault(
                "event-order",
                event.record,
                quoted(event.source.url),
                "tells the same twice",
                "remove one of the two",
            )
        seen.add(key)


def event_words(dataset: Dataset) -> Iterator[Fault]:
    """No statement copies a long run of characters from the source's title or the clause."""
    for event in dataset.events:
        project = dataset.projects.get(event.project)
        sources = [event.source.title, *_clauses(dataset, event)]
        for statement in (event.statement_zh, event.statement_en):
            words = statement.replace(project.name_zh, "\n") if project is not None else statement
            shared = next((run for source in sources for run in _shared(words, source)), None)
            if shared is not None:
                yield Fault(
                    "event-words",
                    event.record,
                    quoted(shared),
                    f"are {LONGEST_RUN} characters or more of another's words",
                    "say it in a sentence of our own",
                )


def _clauses(dataset: Dataset, event: Event) -> Iterator[str]:
    """Yield the paragraphs of the clauses that name the event's project."""
    project = dataset.projects.get(event.project)
    for anchor in project.anchors if project else ():
        document = dataset.documents.get(anchor.document)
        clause = document.clause(anchor.clause) if document else None
        if document and clause:
            yield from map(document.slice, clause.paragraphs)


def _shared(statement: str, source: str) -> Iterator[str]:
    runs = (statement[at : at + LONGEST_RUN] for at in range(len(statement) - LONGEST_RUN + 1))
    return (run for run in runs if run in source)


def _date_range(written: str) -> tuple[date, date] | None:
    try:
        return date_range(written)
    except ValueError:
        return None


def _adopted(dataset: Dataset, event: Event) -> date | None:
    project = dataset.projects.get(event.project)
    document = dataset.documents.get(project.anchors[0].document) if project else None
    return date.fromisoformat(document.about["adopted"]) if document else None


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, account = parts.hostname or "", parts.username
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and account is None and bool(HOST.fullmatch(host))


EVENT_CHECKS: Final = (
    event_project,
    event_date,
    event_plausible,
    event_scope_note,
    event_languages,
    event_source,
    event_order,
    event_words,
    search_project,
    search_order,
)
