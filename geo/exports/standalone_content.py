"""What the scripts of the file read: each project beyond its map feature, and every message."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from pypinyin import Style

from geo.core.faults import INVISIBLE
from geo.core.i18n import LANGUAGES, Words, text
from geo.layer import filters
from geo.layer.codes import COUNTY_CODES
from geo.layer.counts import suggested_projects
from geo.layer.dataset import Dataset
from geo.layer.filters import BITS, FACETS
from geo.layer.projects import Project, Reference, projects_at_same_place
from geo.layer.query import MAX_REPORTED, MAX_REPORTED_LENGTH, MAX_SEARCH_LENGTH, SORTS
from geo.layer.search import syllables
from geo.text.document import Anchor
from geo.text.marked_text import name_spans, split_runs
from geo.views.detail import mail_link
from geo.views.document import reason_letters
from geo.views.list_view import KEYS

MESSAGES: Final = (
    "title", "subtitle", "project-count", "project-count-unmapped", "facet-sector", "facet-county",
    "facet-stage", "facet-precision", "facet-local", "facet-q", "facet-q-placeholder", "reset",
    "reset-active", "filters-active", "filters-label", "filters-show", "paper", "paper-map", "filter-remove", "scope", "scope-local",
    "nothing-shown", "loosen", "unknown-values", "copy-link", "copy-citation", "copied",
    "results-title", "guide-title", "guide-about", "guide-try-line", "guide-try-county",
    "guide-try-text", "guide-document", "guide-families", "guide-choose", "guide-unchoose",
    "guide-places", "among-wide", "among-shown", "among-hidden", "among-none", "among-around",
    "among-place", "among-sector", "among-rest", "among-close", "among-back", "detail-stage", "detail-term",
    "detail-counties", "detail-outside", "detail-precision", "detail-source",
    "detail-also", "detail-paragraph", "detail-basis", "detail-licence", "detail-retrieved",
    "detail-spot", "detail-citation", "detail-hidden", "detail-unmapped", "detail-related",
    "detail-related-place", "detail-close", "language", "view", "view-map",
    "view-list", "view-document", "list-name", "list-sector", "list-stage", "list-county",
    "list-precision", "list-clause", "list-match", "list-help", "list-separator", "document-left",
    "detail-since", "detail-nothing", "map-separator", "facet-since", "list-since", "today", "today-plan",
    "today-today", "report", "report-copy", "report-help", "report-mail", "report-other",
    "report-subject", "report-text", "edition-about", "edition-detail", "edition-filters", "edition-selection", "edition-skip",
)  # fmt: skip
"""What the scripts say, by the key of the catalogue; the file holds no other message."""

VALUES: Final = (
    "active", "address", "clause", "count", "county", "date", "end", "exact", "facet", "family",
    "field", "id", "licence", "link", "name", "place", "precision", "query", "sector", "shown",
    "start", "term", "unmapped", "value", "values",
)  # fmt: skip
"""Values of messages that only the scripts know: they stay as {braces}."""


def content(held: Dataset, whole: Dataset) -> dict[str, Any]:
    """Return what the scripts need; `held` has the projects of the file, `whole` all there are."""
    ranks = _ranks(held)
    places = _places(held)
    return {
        "projects": {
            one.id: record(held, one) | {"ranks": ranks[one.id], "place": places[one.id]}
            for one in held.projects.values()
        },
        "facets": {facet: list(FACETS[facet]) for facet in whole.facets},
        "sorts": [one for one in SORTS if one != "since" or whole.since],
        "most": {
            "ids": filters.MOST_IDS,
            "search": MAX_SEARCH_LENGTH,
            "unknown": MAX_REPORTED,
            "value": MAX_REPORTED_LENGTH,
        },
        "hidden": _for_scripts(INVISIBLE.pattern),
        "places": list(filters.PLACES),
        "wide": filters.WIDE_PLACE,
        "groups": [
            {"zh": one.place_zh, "en": one.place_en, "projects": list(one.projects)}
            for one in whole.related
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
        "documents": {one.id: _document(one.about) for one in held.documents.values()},
        "locales": LANGUAGES,
        "text": {language: _messages(language, held, whole) for language in LANGUAGES},
        "counted": {language: _counted(language, held, whole) for language in LANGUAGES},
    }


def record(dataset: Dataset, project: Project) -> dict[str, Any]:
    """Return what a panel, a list and a search need beyond the feature that the map draws.

    Texts keep their marks as runs [text, how deep]: 1 is quoted, 2 is the name within the quote.
    """
    row = dataset.frame.loc[project.id]
    return {
        "facets": {
            facet: [code for code in FACETS[facet] if int(row["codes"]) & BITS[facet, code]]
            for facet in dataset.facets
        },
        "outside": list(project.outside),
        "mapped": project.geometry is not None,
        "told": {language: _told(project, Words(language)) for language in LANGUAGES},
        "term": project.stage_term,
        "document": project.anchors[0].document,
        "start": project.anchors[0].start,
        "quotes": [_quote(dataset, project, anchor) for anchor in project.anchors],
        "events": {language: _events(dataset, project, language) for language in LANGUAGES},
        "basis": {language: project.basis_in(language) for language in LANGUAGES},
        "references": [_reference(one) for one in project.references],
        "related": [
            {"id": name, "zh": group.place_zh, "en": group.place_en}
            for group, name in projects_at_same_place(dataset.related, project.id)
            if name in dataset.projects
        ],
        "words": row["words"],
        "spelled": [syllables(project.name_zh, one) for one in (Style.NORMAL, Style.FIRST_LETTER)],
    }


def _told(project: Project, words: Words) -> dict[str, str]:
    """Return what several parts of the page say of a project in the same words."""
    metres = project.uncertainty_m
    return {
        "counties": words.counties(project.counties),
        "within": words("detail-within", distance=words.distance(metres)) if metres else "",
    }


def _ranks(dataset: Dataset) -> dict[str, dict[str, list[int]]]:
    """Return by project and language its rank in each order of the list, which equals share.

    The ranks of a project stand in the order of the content's "sorts".
    """
    frame = dataset.frame
    made: dict[str, dict[str, list[int]]] = {name: {} for name in frame.index}
    for language in LANGUAGES:
        keys = [KEYS[one](frame, language) for one in SORTS if one != "since" or dataset.since]
        orders = [{key: rank for rank, key in enumerate(sorted(set(one)))} for one in keys]
        for name in frame.index:
            made[name][language] = [
                order[one[name]] for one, order in zip(keys, orders, strict=True)
            ]
    return made


def _places(dataset: Dataset) -> dict[str, str]:
    """Return by project which of `filters.PLACES` it belongs to."""
    frame = dataset.frame
    return {
        name: place
        for place in filters.PLACES
        for name in frame.index[filters.in_place(frame, place)]
    }


def _for_scripts(pattern: str) -> str:
    """Return a set of characters as a script's regular expression (flag "u"): all by their number."""
    return "".join(one if one in "[-]" else f"\\u{{{ord(one):x}}}" for one in pattern)


def _quote(dataset: Dataset, project: Project, anchor: Anchor) -> dict[str, Any]:
    document = dataset.documents[anchor.document]
    marks = [(anchor.span, project.id)]
    # Covered twice, the name itself is set off within the marked words.
    marks += [(span, project.id) for span in name_spans(anchor, project.name_zh)]
    runs = split_runs(document, document.sentence(anchor.span), marks)
    return {
        "clause": anchor.clause,
        "exact": anchor.exact,
        "at": f"{anchor.start}-{anchor.end}",
        "sentence": [[run.text, len(run.projects)] for run in runs],
    }


def _events(dataset: Dataset, project: Project, language: str) -> list[dict[str, Any]]:
    """Return the entries of a project's timeline, as a template of the app is given them."""
    found = dataset.timeline(project.id, Words(language))
    return [asdict(one) for one in found.entries] if found else []


def _reference(one: Reference) -> dict[str, str]:
    said = {
        "title": one.title, "licence": one.licence, "url": one.url, "retrieved": one.retrieved,
    }  # fmt: skip
    return {key: value for key, value in said.items() if value}


def _document(about: Mapping[str, str]) -> dict[str, Any]:
    """Return the day of a document's adoption, and how its words are cited in each language."""
    own = {"zh": ("issuer", "title"), "en": ("issuer_en", "title_en")}
    return {
        "adopted": about["adopted"],
        "citation": {
            language: text(
                language, "citation", issuer=about[issuer], title=about[title],
                adopted=about["adopted"], clause="{clause}", exact="{exact}",
            )
            for language, (issuer, title) in own.items()
        },
    }  # fmt: skip


def _counted(language: str, held: Dataset, whole: Dataset) -> dict[int, dict[str, str]]:
    """Return for the counts none and one the messages that say these in words of their own.

    No other count has such words in these languages; the rest of the messages fit every count.
    """
    usual = _messages(language, held, whole)
    made = {}
    for count in (0, 1):
        own = _messages(language, held, whole, count=count)
        made[count] = {
            key: said
            for key, said in own.items()
            if said != usual[key].replace("{count}", str(count))
        }
    return made


def _messages(language: str, held: Dataset, whole: Dataset, **known: Any) -> dict[str, str]:
    """Return each message; values that are not `known` here stay as {braces} for the scripts."""
    values: dict[str, Any] = {name: "{" + name + "}" for name in VALUES}
    # Plurals follow these numbers, which are the file's own and do not change in it.
    values |= {
        "total": len(held.projects), "held": len(held.projects), "whole": len(whole.projects),
        "version": held.version, **known,
    }  # fmt: skip
    return {key: text(language, key, **values) for key in MESSAGES}
