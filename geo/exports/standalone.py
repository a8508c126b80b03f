"""The one-file edition: the whole map as a single HTML file that needs no network.

The file holds the scripts and styles of the app's map and page, its own scripts (static/), the
sector icons, and the projects as JSON. Whatever can be computed in advance is computed here
instead of in the scripts: normalized search texts, sort ranks, names, distances, quotes split into
runs.
"""

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import xstatic.pkg.font_awesome
import xstatic.pkg.leaflet
from fontTools import subset
from markupsafe import Markup
from pypinyin import Style

from geo.core.faults import INVISIBLE, DataError, Fault
from geo.core.i18n import LANGUAGES, Words, text
from geo.exports.metadata import dataset_jsonld
from geo.layer import filters
from geo.layer.codes import COUNTY_CODES, PRECISIONS, SECTORS
from geo.layer.counts import suggested_projects
from geo.layer.dataset import Dataset
from geo.layer.filters import BITS, FACETS, ProjectFilter
from geo.layer.projects import Project, Reference, projects_at_same_place
from geo.layer.query import MAX_REPORTED, MAX_REPORTED_LENGTH, MAX_SEARCH_LENGTH, SORTS
from geo.layer.search import syllables
from geo.map.client_data import backdrop, map_features, map_words
from geo.map.symbology import family_css, theme_css
from geo.text.document import Anchor
from geo.text.marked_text import name_spans, split_runs
from geo.views import render
from geo.views.assets import MAP_SCRIPTS, PAGE_STYLES, STATIC
from geo.views.detail import mail_link
from geo.views.document import document_html, reason_letters
from geo.views.list_view import KEYS
from geo.views.spots import ONLINE_MAPS, named_places, own_position, within_text


def filtered_dataset(dataset: Dataset, wanted: ProjectFilter) -> Dataset:
    """Return the dataset with only the projects that match a filter, in the same order.

    Raises DataError if there are none: an empty file would look broken.
    """
    if not wanted.active:
        return dataset
    ids = wanted.apply(dataset.frame).index
    if ids.empty:
        fault = Fault(
            "query-leaves-projects", "the query", f"{wanted.active} filter(s)",
            "leave no project", "give up one of them",
        )  # fmt: skip
        raise DataError([fault])
    return replace(dataset, projects={name: dataset.projects[name] for name in ids})


@cache
def icon_font() -> bytes:
    """Return Font Awesome (solid) with only the icons of the sectors, as WOFF.

    Without names and hints it is under 3 kB. It contains no timestamp, so its bytes are
    reproducible.
    """
    whole = Path(xstatic.pkg.font_awesome.BASE_DIR) / "webfonts" / "fa-solid-900.ttf"
    options = subset.Options(
        flavor="woff", layout_features=[], name_IDs=[], hinting=False, glyph_names=False,
        recalc_timestamp=False,
    )  # fmt: skip
    font = subset.load_font(str(whole), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[int(sector.icon, 16) for sector in SECTORS])
    subsetter.subset(font)
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()


APP_ONLY: Final = ("streamlit_bridge.js",)
"""Map scripts that talk to Streamlit; the edition replaces them with its own."""

OWN_SCRIPTS: Final = (
    "router.js", "i18n.js", "search.js", "filters.js", "list.js", "guide.js", "detail_panel.js",
    "document_view.js", "main.js",
)  # fmt: skip
SHARED_SCRIPTS: Final = ("copy_and_report.js", "highlighting.js", "print.js", "document.js")
"""Scripts of the app's page that the edition uses unchanged."""

FONT_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")
FETCHING: Final = re.compile(r"[\w-]+\s*:\s*url\((?!#?\"?data:)[^)]*\);?")
"""A CSS declaration that would fetch a file."""


@cache
def edition_scripts() -> tuple[Markup, ...]:
    """Return Leaflet, and all scripts of the map and the page in dependency order."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR) / "leaflet.js"
    drawing = [STATIC["map"] / name for name in MAP_SCRIPTS if name not in APP_ONLY]
    # The shared scripts need the router; the last script starts everything.
    *own, last = (STATIC["standalone"] / name for name in OWN_SCRIPTS)
    shared = [STATIC["page"] / name for name in SHARED_SCRIPTS]
    return _inline([leaflet]), _inline([*drawing, *own, *shared, last])


@cache
def edition_styles() -> Markup:
    """Return all style sheets as one, with the icon font embedded and nothing to fetch."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR) / "leaflet.css"
    page = [STATIC["page"] / name for name in PAGE_STYLES]
    sheets = [leaflet, STATIC["map"] / "map.css", *page, STATIC["standalone"] / "standalone.css"]
    text = FETCHING.sub("", FONT_FACE.sub("", _inline(sheets)))
    font = base64.b64encode(icon_font()).decode("ascii")
    return Markup(  # noqa: S704 - our own files and a font in base64
        '@font-face { font-family: "pm-icons"; font-weight: 900; font-display: block; '
        f'src: url("data:font/woff;base64,{font}") format("woff"); }}\n{theme_css() + family_css()}{text}'
    )


def edition_policy(running: Iterable[str]) -> str:
    """Return a Content-Security-Policy that allows only these scripts, and no requests."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode('ascii')}'"
        for script in running
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def script_json(value: Any) -> Markup:
    """Return JSON for a script element, without "<" so that no text can close the element."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(body.replace("<", "\\u003c"))  # noqa: S704 - no "<" is left in it


def _inline(paths: Iterable[Path]) -> Markup:
    """Join files into one text exactly as an HTML parser will see it, so that its hash matches."""
    lines = "\n".join(path.read_text(encoding="utf-8") for path in paths).split("\n")
    return Markup("\n".join(line.strip() for line in lines if line.strip()))  # noqa: S704 - our own


PLACE_NOTES: Final = (
    *(f"precision-{precision.code}-note" for precision in PRECISIONS),
    "precision-area-whole-note",
)
"""What `Project.place_note` can be."""

MESSAGES: Final = (
    "title", "subtitle", "project-count", "project-count-unmapped", "facet-sector", "facet-county",
    "facet-stage", "facet-precision", "facet-extent", "facet-local", "facet-q", "facet-q-placeholder", "reset",
    "reset-active", "filters-active", "filters-label", "filters-show", "paper", "paper-map", "filter-remove", "scope", "scope-local",
    "nothing-shown", "loosen", "unknown-values", "copy-link", "copy-citation", "copied",
    "results-title", "guide-title", "guide-about", "guide-try-line", "guide-try-county",
    "guide-try-text", "guide-document", "guide-families", "guide-choose", "guide-unchoose",
    "guide-places", "among-wide", "among-shown", "among-hidden", "among-none", "among-around",
    "among-place", "among-sector", "among-rest", "among-close", "among-back", "detail-stage", "detail-term",
    "detail-counties", "detail-outside", "detail-extent", "detail-precision", *PLACE_NOTES, "detail-source",
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
    return {
        "projects": {
            project.id: project_record(held, project)
            | {"ranks": ranks[project.id], "place": places[project.id]}
            for project in held.projects.values()
        },
        "facets": {facet: list(FACETS[facet]) for facet in whole.facets},
        "sorts": [sort for sort in SORTS if sort != "since" or whole.since],
        "most": {
            "ids": filters.MOST_IDS,
            "search": MAX_SEARCH_LENGTH,
            "unknown": MAX_REPORTED,
            "value": MAX_REPORTED_LENGTH,
        },
        "hidden": _script_pattern(INVISIBLE.pattern),
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
            document.id: _document_record(document.about) for document in held.documents.values()
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
        "mapped": project.geometry is not None,
        "told": {language: _shared_texts(project, Words(language)) for language in LANGUAGES},
        "term": project.stage_term,
        "document": project.anchors[0].document,
        "start": project.anchors[0].start,
        "quotes": [_quote(dataset, project, anchor) for anchor in project.anchors],
        "nothing": {language: _nothing(dataset, project, language) for language in LANGUAGES},
        "events": {language: _events(dataset, project, language) for language in LANGUAGES},
        "note": project.place_note,
        "at": own_position(project),
        "places": [place.id for place in named_places(dataset, project)],
        "basis": {language: project.basis_in(language) for language in LANGUAGES},
        "references": [_reference(reference) for reference in project.references],
        "related": [
            {"id": name, "zh": group.place_zh, "en": group.place_en}
            for group, name in projects_at_same_place(dataset.related, project.id)
            if name in dataset.projects
        ],
        "words": row["words"],
        "spelled": [
            syllables(project.name_zh, style) for style in (Style.NORMAL, Style.FIRST_LETTER)
        ],
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
        "clause": anchor.clause,
        "exact": anchor.exact,
        "at": f"{anchor.start}-{anchor.end}",
        "sentence": [[run.text, len(run.projects)] for run in runs],
    }


def _events(dataset: Dataset, project: Project, language: str) -> list[dict[str, Any]]:
    """Return the entries of a project's timeline, as the app passes them to its templates."""
    timeline = dataset.timeline(project.id, Words(language))
    return [asdict(entry) for entry in timeline.entries] if timeline else []


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


def _document_record(about: Mapping[str, str]) -> dict[str, Any]:
    """Return the adoption date of a document, and its citation in each language."""
    keys = {"zh": ("issuer", "title"), "en": ("issuer_en", "title_en")}
    return {
        "adopted": about["adopted"],
        "citation": {
            language: text(
                language, "citation", issuer=about[issuer], title=about[title],
                adopted=about["adopted"], clause="{clause}", exact="{exact}",
            )
            for language, (issuer, title) in keys.items()
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


EVERYTHING = ProjectFilter()


def edition_html(dataset: Dataset, wanted: ProjectFilter = EVERYTHING) -> bytes:
    """Return the map of a dataset as one HTML file (UTF-8), in Chinese and English.

    It holds the projects that match `wanted`, mapped or not, and makes no network requests. The
    same dataset gives the same bytes. Raises DataError if no project matches.
    """
    held = filtered_dataset(dataset, wanted)
    running = edition_scripts()
    languages = [Words(language) for language in LANGUAGES]
    page = render(
        "standalone",
        words=languages[0],
        policy=edition_policy(running),
        styles=edition_styles(),
        scripts=running,
        json_ld=script_json(dataset_jsonld(held)),
        data={
            "ui": script_json(map_words()),
            "backdrop": script_json(backdrop(held)),
            "projects": script_json(map_features(held)),
            "content": script_json(edition_content(held, dataset)),
        },
        texts={words.language: _local_links(document_html(held, words)) for words in languages},
        version=held.version,
        held=len(held.projects),
        whole=len(dataset.projects),
    )
    return page.encode()


def _local_links(markup: str) -> Markup:
    """Return the document with links that stay in the file, which keeps its state in the fragment.

    The replacement cannot match text of the data, because the template escapes quotation marks.
    """
    return Markup(markup.replace('href="?', 'href="#'))  # noqa: S704 - of our template
