"""The rules on what happened since: whose event it is, when, of what, and where it is told."""

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

OPENING: Final = tuple(one.code for one in EVENT_TYPES if one.shows == STATES[-1])

LONGEST_RUN: Final = 20
"""Characters that a sentence of our own may share with the words of a source, names aside."""

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


def event_date(dataset: Dataset) -> Iterator[Fault]:
    """Each date exists, and is as long as its precision says."""
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
            if _span(written) is None:
                yield Fault(
                    "event-date",
                    event.record,
                    quoted(written),
                    "is no date of the calendar",
                    "take it from the page again",
                )


def event_plausible(dataset: Dataset) -> Iterator[Fault]:
    """Nothing opened before the decision that plans it, or after the day that tells of it."""
    for event in dataset.events:
        span, told = _span(event.date), _span(event.as_of)
        if span is None or told is None:
            continue
        adopted = _adopted(dataset, event)
        if event.type in OPENING and adopted and span[1] < adopted:
            yield Fault(
                "event-plausible",
                event.record,
                f"'{event.type}' on {event.date}",
                f"is before the decision of {adopted}, which still plans the project",
                "leave it out, or call it started",
            )
        if span[0] > told[0]:
            yield Fault(
                "event-plausible",
                event.record,
                f"the date {event.date}",
                f"is after {event.as_of}, the day as of which it is told",
                "correct the one or the other from the page",
            )


def event_scope_note(dataset: Dataset) -> Iterator[Fault]:
    """What is about a part, or only related, says which part or why."""
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
    """Whatever an event says, it says in Chinese and in English."""
    for event in dataset.events:
        for field in ("scope_note", "statement", "conflicts"):
            chinese, english = (getattr(event, f"{field}_{one}") for one in ("zh", "en"))
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
    """The address of each source names a host of the web, and nobody's account there."""
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
    """Events stand by project, date and type, and each only once."""
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
        own = (*event.order, event.scope, event.scope_note_en, event.source.url)
        if own in seen:
            yield Fault(
                "event-order",
                event.record,
                quoted(event.source.url),
                "tells the same twice",
                "remove one of the two",
            )
        seen.add(own)


def event_words(dataset: Dataset) -> Iterator[Fault]:
    """Each statement is our own: it shares no long run with the source's title or the clause."""
    for event in dataset.events:
        project = dataset.projects.get(event.project)
        theirs = [event.source.title, *_clauses(dataset, event)]
        for ours in (event.statement_zh, event.statement_en):
            words = ours.replace(project.name_zh, "\n") if project is not None else ours
            shared = next((run for one in theirs for run in _shared(words, one)), None)
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


def _shared(ours: str, theirs: str) -> Iterator[str]:
    runs = (ours[at : at + LONGEST_RUN] for at in range(len(ours) - LONGEST_RUN + 1))
    return (run for run in runs if run in theirs)


def _span(written: str) -> tuple[date, date] | None:
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
)
