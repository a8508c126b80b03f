"""The Atom feed (RFC 4287): events since the decision, and what editions changed.

Events are dated by the day for which their page says so. Only a database keeps earlier editions, so
only there can the feed tell what changed; its subtitle says which it is.

Ids are tag URIs (RFC 4151) in a domain that is reserved for nobody, and are made of the data alone:
an entry has the same id on every server and at every address. Addresses are whole if the public
address is known, and otherwise relative to the feed's own.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Final
from xml.etree import ElementTree as ET

from geo.core.i18n import Words
from geo.core.publication import public_address
from geo.core.xml_writer import add, encoded
from geo.editions.changes import EditionChange
from geo.exports.columns import COLUMNS, LISTS
from geo.layer.dataset import Dataset
from geo.layer.events import Event
from geo.layer.query import PageState, url_query
from geo.layer.selection import Selection

FEED: Final = "events.atom"
MEDIA_TYPE: Final = "application/atom+xml"
NAMESPACE: Final = "http://www.w3.org/2005/Atom"

AUTHORITY: Final = "tag:project-map.invalid,2020"
"""The beginning of all ids. The domain "invalid" is reserved (RFC 2606), so nobody else can own it."""

MOST_ENTRIES: Final = 100
"""The newest entries that a feed has. All events are in the downloads."""

FIELDS: Final = {column.of: column.heading for column in reversed((*COLUMNS, *LISTS))} | {
    "geometry": "feed-geometry", "short_zh": "feed-short", "short_en": "feed-short",
}  # fmt: skip
"""The message key of each property that an edition may change."""


@dataclass(frozen=True)
class Entry:
    """An entry; `id` is the end of its tag URI, and `updated` an RFC 3339 time."""

    id: str
    updated: str
    title: str
    summary: str
    category: tuple[str, str]
    project: str | None
    source: str | None = None


def feed_xml(
    selection: Selection, changes: tuple[EditionChange, ...] | None, language: str
) -> bytes:
    """Return the feed of a selection; `changes` is None if the home keeps no earlier editions."""
    words, dataset = Words(language), selection.dataset
    found = [*_events(selection, words), *_changes(selection, changes or (), words)]
    newest = sorted(found, key=lambda entry: (entry.updated, entry.id), reverse=True)
    stamp = selection.stamp(language)
    title = words("feed-title", title=words("title"))
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    state = PageState(filter=selection.filter, language=language)
    add(root, "id", _tag(dataset, f"feed{url_query(state)}"))
    add(root, "title", title)
    told = words("feed-events" if changes is None else "feed-editions")
    add(root, "subtitle", f"{told} {words('feed-most', count=MOST_ENTRIES)}")
    first = next(iter(newest), None)
    add(root, "updated", first.updated if first else day_time(stamp.as_of))
    add(add(root, "author"), "name", words("cite-author", title=words("title")))
    add(root, "link", rel="self", type=MEDIA_TYPE, href=_address(f"api/{FEED}{url_query(state)}"))
    add(root, "link", rel="alternate", type="text/html", href=_address(url_query(state)))
    rights = ". ".join(filter(None, (stamp.licence, stamp.attribution)))
    if rights:
        add(root, "rights", rights)
    for entry in islice(newest, MOST_ENTRIES):
        _write(root, entry, dataset, language)
    return encoded(root)


def _write(root: ET.Element, entry: Entry, dataset: Dataset, language: str) -> None:
    state = PageState(project=entry.project, language=language)
    code, label = entry.category
    made = add(root, "entry")
    add(made, "id", _tag(dataset, entry.id))
    add(made, "title", entry.title)
    add(made, "updated", entry.updated)
    add(made, "link", rel="alternate", type="text/html", href=_address(url_query(state)))
    if entry.source:
        add(made, "link", rel="via", href=entry.source)
    add(made, "category", term=code, label=label)
    add(made, "summary", entry.summary)


def _events(selection: Selection, words: Words) -> Iterator[Entry]:
    for project in selection.projects:
        for event in selection.dataset.events_of.get(project.id, ()):
            kind = words.label("event-type", event.type)
            told = filter(None, [event.statement(words.language), event.scope_note(words.language)])
            yield Entry(
                id=f"event/{project.id}/{_digest(event)}",
                updated=day_time(event.as_of),
                title=words("feed-event", name=words.name(project), kind=kind, date=event.date),
                summary=words("map-separator").join(told),
                category=(event.type, kind),
                project=project.id,
                source=event.source.url,
            )


def _digest(event: Event) -> str:
    """Return what tells an event from the others of its project, whatever is corrected in it."""
    told = f"{event.type}\n{event.date}\n{event.scope}\n{event.source.url}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _changes(
    selection: Selection, changes: Iterable[EditionChange], words: Words
) -> Iterator[Entry]:
    """Yield what editions changed in the selected projects, and what they removed if no filter is set."""
    present = selection.dataset.projects
    selected = {project.id for project in selection.projects}
    for change in changes:
        gone = change.project not in present
        if (selection.filter.active and gone) or not (gone or change.project in selected):
            continue
        kind = words(f"feed-{change.kind}")
        headings = dict.fromkeys(words(FIELDS[key]) for key in change.fields)
        fields = words("list-separator").join(headings)
        yield Entry(
            id=f"edition/{change.version}/{change.project}",
            updated=change.published.isoformat(timespec="seconds"),
            title=words("feed-change", name=words.name(change), kind=kind),
            summary=words("feed-fields", version=change.version, fields=fields or kind),
            category=(change.kind, kind),
            project=None if gone else change.project,
        )


def _tag(dataset: Dataset, specific: str) -> str:
    """Return a tag URI; layers of other documents have other ones."""
    document = dataset.document
    return f"{AUTHORITY}:{document.sha256[:12]}/{specific}"


def day_time(day: str) -> str:
    """Return the start of a day (YYYY-MM-DD) as an RFC 3339 time; a day has no time zone."""
    return datetime.fromisoformat(day).replace(tzinfo=UTC).isoformat()


def _address(rest: str) -> str:
    """Return the address of something on this site, whole or relative to that of the feed."""
    address = public_address()
    if address is None:
        return rest.removeprefix("api/") if rest.startswith("api/") else f"../{rest}"
    return f"{address}/{rest}"
