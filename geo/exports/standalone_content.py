"""The data of the one-file edition: what its scripts need beyond the features of the map.

Whatever can be computed in advance is computed here instead of in the scripts: sort ranks, names,
distances, pinyin, quotes split into runs. Only the search index is made by a script, because it would
repeat the names and quotes.
"""

from dataclasses import asdict
from typing import Any, Final

from geo.core.faults import INVISIBLE
from geo.core.i18n import LANGUAGES, NONE, Words, text
from geo.layer import filters
from geo.layer.codes import COUNTY_CODES
from geo.layer.counts import suggested_projects
from geo.layer.dataset import Dataset
from geo.layer.filters import BITS, FACETS
from geo.layer.projects import (
    PLACE_KEYS,
    PLACE_NOTES,
    Project,
    Reference,
    projects_at_same_place,
)
from geo.layer.query import MAX_REPORTED, MAX_REPORTED_LENGTH, MAX_SEARCH_LENGTH, SORTS
from geo.layer.search import simplified, syllables
from geo.map.client_data import clause_names
from geo.text.document import Anchor, Document
from geo.text.marked_text import name_spans, split_runs
from geo.views.detail import mail_link
from geo.views.document import reason_letters
from geo.views.list_view import KEYS
from geo.views.spots import ONLINE_MAPS, named_places, own_position, within_text

MESSAGES: Final = (
    "title", "subtitle", "project-count", "project-count-unmapped", "facet-sector", "facet-county",
    "facet-stage", "facet-precision", "facet-extent", "facet-local", "facet-q", "facet-q-letter", "facet-q-placeholder", "reset",
    "reset-active", "filters-active", "filters-label", "filters-show", "paper", "paper-map", "filter-remove", "scope", "scope-local",
    "nothing-shown", "loosen", "sentence-separator", "unknown-values", "copy-link", "copy-citation", "copied",
    "results-title", "guide-title", "guide-about", "guide-drafts", "guide-try-line", "guide-try-project", "guide-try-county",
    "guide-try-text", "guide-document", "guide-families", "guide-choose", "guide-unchoose",
    "guide-places", "among-wide", "among-shown", "among-hidden", "among-none", "among-around",
    "among-place", "among-sector", "among-rest", "among-close", "among-back", "detail-stage", "detail-term",
    "detail-counties", "detail-outside", "detail-extent", "detail-precision", *PLACE_KEYS, *PLACE_NOTES, "detail-source",
    "detail-also", "detail-paragraph", "detail-basis", "detail-spots", "spots-note", "spot-own", "spot-line", "spot-how", "spot-amap", "spot-baidu", "spot-osm", "detail-licence", "detail-retrieved",
    "detail-spot", "detail-citation", "detail-hidden", "detail-unmapped", "detail-related",
    "detail-related-place", "detail-close", "language", "view", "view-map",
    "view-list", "view-document", "list-name", "list-sector", "list-stage", "list-county",
    "list-precision", "list-clause", "list-match", "list-help", "list-separator", "document-left",
    "detail-since", "map-separator", "facet-since", "list-since", "today", "today-plan",
    "today-today", "report", "report-copy", "report-help", "report-mail", "report-other",
    "report-subject", "report-text", "edition-about", "edition-detail", "edition-filters", "edition-selection", "edition-skip",
)  # fmt: skip
"""The messages that the scripts use, by catalogue key; the file contains no others."""

VALUES: Final = (
    "active", "address", "clause", "count", "county", "date", "end", "exact", "facet", "family",
    "field", "how", "id", "licence", "link", "name", "place", "precision", "query", "sector", "shown",
    "source", "start", "term", "unmapped", "value", "values",
)  # fmt: skip
"""Message arguments that only the scripts know; they stay in the text as {placeholders}."""


def edition_content(held: Dataset, whole: Dataset) -> dict[str, Any]:
    """Return the data for the scripts; `held` has the file's projects, `whole` has all projects."""
    ranks = _ranks(held)
    places = _places(held)
    # Many projects have the same sources: each is written once, in the order of its first use.
    sources = list(
        dict.fromkeys(one for project in held.projects.values() for one in project.references)
    )
    number_of_source = {source: number for number, source in enumerate(sources)}
    return {
        "projects": {
            project.id: project_record(held, project)
            | {
                "ranks": ranks[project.id],
                "place": places[project.id],
                "references": [number_of_source[one] for one in project.references],
            }
            for project in held.projects.values()
        },
        "references": [_reference(source) for source in sources],
        "facets": {facet: list(FACETS[facet]) for facet in whole.facets},
        "sorts": [sort for sort in SORTS if sort != "since" or whole.since],
        "most": {
            "ids": filters.MOST_IDS,
            "search": MAX_SEARCH_LENGTH,
            "unknown": MAX_REPORTED,
            "value": MAX_REPORTED_LENGTH,
        },
        "hidden": _script_pattern(INVISIBLE.pattern),
        "scripts": _scripts(held),
        "places": list(filters.PLACES),
        "wide": filters.WIDE_PLACE,
        "groups": [
            {"zh": group.place_zh, "en": group.place_en, "projects": list(group.projects)}
            for group in whole.related
        ],
        "beginnings": suggested_projects(held.frame),
        "counties": {
            code: {language: text(language, f"county-{code}") for language in LANGUAGES}
            for code in COUNTY_CODES
        },
        "reasons": [
            {"letter": letter, "zh": label["zh"], "en": label["en"]}
            for letter, label in reason_letters(held).values()
        ],
        "mail": mail_link(),
        "places_named": _places_named(held),
        "maps": ONLINE_MAPS,
        "documents": {
            document.id: _document_record(document) for document in held.documents.values()
        },
        "locales": LANGUAGES,
        "text": {language: _messages(language, held, whole) for language in LANGUAGES},
        "counted": {language: _counted(language, held, whole) for language in LANGUAGES},
    }


def project_record(dataset: Dataset, project: Project) -> dict[str, Any]:
    """Return what the panel, the list and the search need beyond the feature on the map.

    Quotes are lists of runs [text, depth]: depth 1 is quoted text, 2 is the name within the quote.
    """
    row = dataset.frame.loc[project.id]
    return {
        "facets": {
            facet: [code for code in FACETS[facet] if int(row["codes"]) & BITS[facet, code]]
            for facet in dataset.facets
        },
        "outside": list(project.outside),
        "mapped": project.mapped,
        **({"draft": True} if project.is_draft else {}),
        "told": {language: _shared_texts(project, Words(language)) for language in LANGUAGES},
        "term": project.stage_term,
        "document": project.anchors[0].document,
        "start": project.anchors[0].start,
        "quotes": [_quote(dataset, project, anchor) for anchor in project.anchors],
        "nothing": {language: _nothing(dataset, project, language) for language in LANGUAGES},
        "events": _events(dataset, project),
        "place_key": project.place_key,
        "note": project.place_note,
        "at": own_position(project),
        "places": [place.id for place in named_places(dataset, project)],
        "basis": {language: project.basis_in(language) for language in LANGUAGES},
        "related": [
            {"id": name, "zh": group.place_zh, "en": group.place_en}
            for group, name in projects_at_same_place(dataset.related, project.id)
            if name in dataset.projects
        ],
        "words": row["words"],
        "spelled": [syllables(project.name_zh, initials=initials) for initials in (False, True)],
    }


def _shared_texts(project: Project, words: Words) -> dict[str, str]:
    """Return texts about a project that several parts of the page share."""
    metres = project.uncertainty_m
    return {
        "counties": words.counties(project.counties),
        "within": words("detail-within", distance=words.distance(metres)) if metres else "",
    }


def _places_named(dataset: Dataset) -> dict[str, dict[str, Any]]:
    """Return the places that geometries were made from, by id, as the panel shows them."""
    places = {
        place.id: place
        for project in dataset.projects.values()
        for place in named_places(dataset, project)
    }
    return {
        name: {"at": place.at, "source": place.source}
        | {
            language: {
                "name": words.name(place),
                "within": within_text(place.error_m, words),
                "how": place.how(language),
            }
            for language in LANGUAGES
            if (words := Words(language))
        }
        for name, place in places.items()
    }


def _ranks(dataset: Dataset) -> dict[str, dict[str, list[int]]]:
    """Return by project and language its rank in each sort order; equal keys share a rank.

    The ranks of a project are in the order of "sorts" in the content.
    """
    frame = dataset.frame
    ranks: dict[str, dict[str, list[int]]] = {name: {} for name in frame.index}
    for language in LANGUAGES:
        keys = [KEYS[sort](frame, language) for sort in SORTS if sort != "since" or dataset.since]
        orders = [{key: rank for rank, key in enumerate(sorted(set(column)))} for column in keys]
        for name in frame.index:
            ranks[name][language] = [
                order[column[name]] for column, order in zip(keys, orders, strict=True)
            ]
    return ranks


def _places(dataset: Dataset) -> dict[str, str]:
    """Return for each project which of `filters.PLACES` it belongs to."""
    frame = dataset.frame
    return {
        name: place
        for place in filters.PLACES
        for name in frame.index[filters.in_place(frame, place)]
    }


def _scripts(dataset: Dataset) -> dict[str, str]:
    """Return the traditional characters, and at the same place in `simple` their simplified forms.

    These are the ones whose simplified form occurs in the texts that are searched; in the whole
    table are ten times as many.
    """
    known = set().union(*dataset.frame["words"])
    pairs = {chr(code): form for code, form in simplified().items() if form in known}
    return {"traditional": "".join(pairs), "simple": "".join(pairs.values())}


def _script_pattern(pattern: str) -> str:
    r"""Return a character class for a JavaScript RegExp (flag "u"), escaped as \u{…}."""
    return "".join(
        character if character in "[-]" else f"\\u{{{ord(character):x}}}" for character in pattern
    )


def _quote(dataset: Dataset, project: Project, anchor: Anchor) -> dict[str, Any]:
    document = dataset.documents[anchor.document]
    marks = [(anchor.span, project.id)]
    # A second mark sets off the name within the quote.
    marks += [(span, project.id) for span in name_spans(anchor, project.name_zh)]
    runs = split_runs(document, document.sentence(anchor.span), marks)
    return {
        **clause_names(anchor.clause),
        "exact": anchor.exact,
        "at": f"{anchor.start}-{anchor.end}",
        "sentence": [[run.text, len(run.projects)] for run in runs],
    }


def _events(dataset: Dataset, project: Project) -> list[dict[str, Any]]:
    """Return the entries of a project's timeline, as the app passes them to its templates.

    What is the same in every language stands once; the rest stands under the language.
    """
    entries = {
        language: [asdict(entry) for entry in timeline.entries]
        for language in LANGUAGES
        if (timeline := dataset.timeline(project.id, Words(language)))
    }
    shared = ("date", "title", "url")
    return [
        {key: first[key] for key in shared}
        | {
            language: {key: value for key, value in one.items() if key not in shared}
            for language, one in zip(entries, told, strict=True)
        }
        for told in zip(*entries.values(), strict=True)
        for first in told[:1]
    ]


def _nothing(dataset: Dataset, project: Project, language: str) -> str:
    """Return when and where a search found no event of a project; "" if there are events."""
    timeline = dataset.timeline(project.id, Words(language))
    return timeline.nothing if timeline else ""


def _reference(reference: Reference) -> dict[str, str]:
    values = {
        "title": reference.title, "licence": reference.licence, "url": reference.url,
        "retrieved": reference.retrieved,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value}


def _document_record(document: Document) -> dict[str, Any]:
    """Return the adoption date of a document, and its citation in each language."""
    return {
        "adopted": document.about["adopted"],
        "citation": {
            language: text(
                language, "citation", issuer=document.issuer(language) or NONE, title=document.title(language),
                adopted=document.about["adopted"], clause="{clause}", exact="{exact}",
            )
            for language in LANGUAGES
        },
    }  # fmt: skip


def _counted(language: str, held: Dataset, whole: Dataset) -> dict[int, dict[str, str]]:
    """Return for the counts 0 and 1 the messages that have a special wording for that count.

    In these languages only 0 and 1 have special wordings; all other messages fit every count.
    """
    usual = _messages(language, held, whole)
    special = {}
    for count in (0, 1):
        messages = _messages(language, held, whole, count=count)
        special[count] = {
            key: message
            for key, message in messages.items()
            if message != usual[key].replace("{count}", str(count))
        }
    return special


def _messages(language: str, held: Dataset, whole: Dataset, **known: Any) -> dict[str, str]:
    """Return all messages; arguments not in `known` stay as {placeholders} for the scripts."""
    values: dict[str, Any] = {name: "{" + name + "}" for name in VALUES}
    # Plurals depend on these numbers, which never change within a file.
    values |= {
        "total": len(held.projects), "held": len(held.projects), "whole": len(whole.projects),
        "version": held.version, **known,
    }  # fmt: skip
    return {key: text(language, key, **values) for key in MESSAGES}
