"""The one-file edition: the whole map as a single HTML file that needs no network.

The file holds the scripts and styles of the app's map and page, its own scripts (static/), the
sector icons, and the projects as JSON (`geo.exports.standalone_content`).
"""

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import xstatic.pkg.font_awesome
import xstatic.pkg.leaflet
from fontTools import subset
from markupsafe import Markup

from geo.core.faults import DataError, Fault
from geo.core.i18n import LANGUAGES, Words
from geo.exports.metadata import dataset_jsonld
from geo.exports.standalone_content import edition_content
from geo.layer.codes import SECTORS
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.map.client_data import backdrop, map_features, map_words
from geo.map.symbology import family_css, font_css, theme_css
from geo.views import render
from geo.views.assets import MAP_SCRIPTS, PAGE_STYLES, STATIC
from geo.views.document import document_html


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


APP_ONLY: Final = ("streamlit_bridge.js", "first_view.css", "frame.css")
"""What only the app has: the map's script that talks to Streamlit, which the edition replaces with
its own, and the styles of the first view that the server sends and of
frames within other sites."""

OWN_SCRIPTS: Final = (
    "router.js", "i18n.js", "search.js", "filters.js", "list.js", "guide.js", "detail_panel.js",
    "document_view.js", "main.js",
)  # fmt: skip
SHARED_SCRIPTS: Final = (
    "leaving.js",
    "copy_and_report.js",
    "highlighting.js",
    "print.js",
    "document.js",
)
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
    page = [STATIC["page"] / name for name in PAGE_STYLES if name not in APP_ONLY]
    sheets = [leaflet, STATIC["map"] / "map.css", *page, STATIC["standalone"] / "standalone.css"]
    text = FETCHING.sub("", FONT_FACE.sub("", _inline(sheets)))
    font = base64.b64encode(icon_font()).decode("ascii")
    return Markup(  # noqa: S704 - our own files and a font in base64
        '@font-face { font-family: "pm-icons"; font-weight: 900; font-display: block; '
        f'src: url("data:font/woff;base64,{font}") format("woff"); }}\n{theme_css() + font_css() + family_css()}{text}'
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
        # Without scripts, the file is in the language of its document.
        words=Words(dataset.document.language),
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
