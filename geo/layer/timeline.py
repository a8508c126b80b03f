"""What happened to a project since, as it is read: its state, and each event with its source."""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.core.words import Words
from geo.layer.dataset import Dataset
from geo.layer.events import Event


@dataclass(frozen=True)
class Entry:
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
    entries: tuple[Entry, ...]


def timeline(dataset: Dataset, project: str, words: Words) -> Timeline | None:
    """Return what happened to a project, the oldest first; None where the folder has no events."""
    own = dataset.since.get(project)
    if own is None:
        return None
    entries = tuple(entry(one, words) for one in dataset.events_of.get(project, ()))
    return Timeline(own.code, words.label("since", own.code), own.as_of, entries)


def entry(event: Event, words: Words) -> Entry:
    """Return an event in the words of a language."""
    whole = event.scope == "whole"
    return Entry(
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
