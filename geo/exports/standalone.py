"""The one-file edition: the whole map as a single HTML file that needs no network.

The file holds the scripts and styles of the app's map and page, scripts of its own (static/), the icons of
the sectors, and the projects as JSON. What can be decided beforehand is decided here, so that the scripts
read it: folded texts, ranks for sorting, names, distances, quotes cut into runs.
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
from geo.layer.codes import COUNTY_CODES, SECTORS
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


def filtered_dataset(dataset: Dataset, wanted: ProjectFilter) -> Dataset:
    """Return the dataset with only the projects that a filter leaves, in their order.

    Raises DataError when none is left: a file of nothing would look like a broken one.
    """
    if not wanted.active:
        return dataset
    left = wanted.apply(dataset.frame).index
    if left.empty:
        fault = Fault(
            "query-leaves-projects", "the query", f"{wanted.active} filter(s)",
            "leave no project", "give up one of them",
        )  # fmt: skip
        raise DataError([fault])
    return replace(dataset, projects={name: dataset.projects[name] for name in left})


@cache
def icon_font() -> bytes:
    """Return Font Awesome (solid) with the icons of the sectors alone, as WOFF.

    Without names and hints it is under 3 kB; nothing in it depends on the day it is made.
    """
    whole = Path(xstatic.pkg.font_awesome.BASE_DIR) / "webfonts" / "fa-solid-900.ttf"
    options = subset.Options(
        flavor="woff", layout_features=[], name_IDs=[], hinting=False, glyph_names=False,
        recalc_timestamp=False,
    )  # fmt: skip
    font = subset.load_font(str(whole), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[int(sector.icon, 16) for sector in SECTORS])
    cutter.subset(font)
    cut = io.BytesIO()
    subset.save_font(font, cut, options)
    return cut.getvalue()


APP_ONLY: Final = ("streamlit_bridge.js",)
"""Scripts of the map that talk to Streamlit; the edition has its own in their place."""

OWN_SCRIPTS: Final = (
    "router.js", "i18n.js", "search.js", "filters.js", "list.js", "guide.js", "detail_panel.js",
    "document_view.js", "main.js",
)  # fmt: skip
SHARED_SCRIPTS: Final = ("copy_and_report.js", "highlighting.js", "print.js", "document.js")
"""Scripts of the app's page that serve here as they are."""

FONT_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")
FETCHING: Final = re.compile(r"[\w-]+\s*:\s*url\((?!#?\"?data:)[^)]*\);?")
"""A declaration of a style sheet that would fetch a file."""


@cache
def edition_scripts() -> tuple[Markup, ...]:
    """Return Leaflet, and every script of map and page in the order they need each other."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR) / "leaflet.js"
    drawing = [STATIC["map"] / name for name in MAP_SCRIPTS if name not in APP_ONLY]
    # The scripts that are shared with the app need the router, and the last one starts them all.
    *own, last = (STATIC["edition"] / name for name in OWN_SCRIPTS)
    shared = [STATIC["page"] / name for name in SHARED_SCRIPTS]
    return _inline([leaflet]), _inline([*drawing, *own, *shared, last])


@cache
def edition_styles() -> Markup:
    """Return every style sheet as one, the icon font inside it and nothing fetched."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR) / "leaflet.css"
    page = [STATIC["page"] / name for name in PAGE_STYLES]
    sheets = [leaflet, STATIC["map"] / "map.css", *page, STATIC["edition"] / "edition.css"]
    text = FETCHING.sub("", FONT_FACE.sub("", _inline(sheets)))
    font = base64.b64encode(icon_font()).decode("ascii")
    return Markup(  # noqa: S704 - our own files and a font in base64
        '@font-face { font-family: "pm-icons"; font-weight: 900; font-display: block; '
        f'src: url("data:font/woff;base64,{font}") format("woff"); }}\n{theme_css() + family_css()}{text}'
    )


def edition_policy(running: Iterable[str]) -> str:
    """Return a Content-Security-Policy that lets these scripts run and nothing be fetched."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode('ascii')}'"
        for one in running
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def script_json(value: Any) -> Markup:
    """Return JSON for a script element: no "<", so that no text of it can end the element."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(body.replace("<", "\\u003c"))  # noqa: S704 - no "<" is left in it


def _inline(paths: Iterable[Path]) -> Markup:
    """Return files as one text, as an HTML parser will see it, so that its hash is right."""
    lines = "\n".join(path.read_text(encoding="utf-8") for path in paths).split("\n")
    return Markup("\n".join(line.strip() for line in lines if line.strip()))  # noqa: S704 - our own


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


def edition_content(held: Dataset, whole: Dataset) -> dict[str, Any]:
    """Return what the scripts need; `held` has the projects of the file, `whole` all there are."""
    ranks = _ranks(held)
    places = _places(held)
    return {
        "projects": {
            one.id: project_record(held, one) | {"ranks": ranks[one.id], "place": places[one.id]}
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
        "documents": {one.id: _document_record(one.about) for one in held.documents.values()},
        "locales": LANGUAGES,
        "text": {language: _messages(language, held, whole) for language in LANGUAGES},
        "counted": {language: _counted(language, held, whole) for language in LANGUAGES},
    }


def project_record(dataset: Dataset, project: Project) -> dict[str, Any]:
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


def _document_record(about: Mapping[str, str]) -> dict[str, Any]:
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


EVERYTHING = ProjectFilter()


def edition_html(dataset: Dataset, wanted: ProjectFilter = EVERYTHING) -> bytes:
    """Return the map of a dataset as one HTML file (UTF-8), in Chinese and English.

    It holds the projects that `wanted` leaves, mapped or not, and asks nothing of the network. The
    same dataset gives the same bytes. Raises DataError when no project is left.
    """
    held = filtered_dataset(dataset, wanted)
    running = edition_scripts()
    languages = [Words(language) for language in LANGUAGES]
    page = render(
        "edition",
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
        texts={words.language: _within(document_html(held, words)) for words in languages},
        version=held.version,
        held=len(held.projects),
        whole=len(dataset.projects),
    )
    return page.encode()


def _within(markup: str) -> Markup:
    """Return the document with links that stay in the file: its state is the fragment, not a query.

    Text of the data cannot hold what is replaced: the template escapes each quotation mark in it.
    """
    return Markup(markup.replace('href="?', 'href="#'))  # noqa: S704 - of our template
