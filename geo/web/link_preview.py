"""The head of the page's HTML: title, description, previews of links, and structured data.

Messengers and search engines read it without running scripts. Without the public address
(`geo.core.publication`) there are no canonical and alternate links, which must be whole URLs, and
the image is named by a path.
"""

import json
from dataclasses import replace
from typing import Any, Final

from geo.core.i18n import LANGUAGES, Words
from geo.core.publication import absolute
from geo.exports.formats import FORMATS
from geo.layer.dataset import Dataset
from geo.layer.filters import FilterResult
from geo.layer.projects import Project
from geo.layer.query import PageState, url_query
from geo.layer.selection import LICENCE_URL, select
from geo.views import render
from geo.views.first_view import page_description, page_title
from geo.web.discovery import preview_address
from geo.web.feed import FEED

LOCALES: Final = {"zh": "zh_CN", "en": "en_GB"}
"""The locale of each language, as Open Graph writes it."""

SCHEMA: Final = "https://schema.org"


def head_html(
    dataset: Dataset,
    filtered: FilterResult,
    state: PageState,
    words: Words,
    base_path: str,
    *,
    known: bool,
) -> str:
    """Return the elements of the head; `known` is False if the address has unknown values.

    `base_path` is "" or "/prefix", with the origin of this server before it for its own machine.
    Such an address, and one with a search, is not meant for search engines.
    """
    # What is shown within another site is no page of its own.
    state = replace(state, framed=False)
    title = page_title(dataset, state, words)
    description = page_description(dataset, filtered, state, words)
    canonical = page_url(replace(state, language=words.language), base_path)
    project = dataset.projects[state.project] if state.project else None
    data = (
        _project_data(dataset, project, words, canonical, description)
        if project
        else _dataset_data(dataset, state, words, base_path, description)
    )
    return render(
        "first_head",
        title=title,
        description=description,
        site=words("title"),
        canonical=canonical,
        whole="://" in canonical,
        alternates=[
            *((code, page_url(replace(state, language=code), base_path)) for code in LANGUAGES),
            ("x-default", page_url(replace(state, language=None), base_path)),
        ],
        feed=absolute(base_path, f"api/{FEED}{_shown(state, words)}"),
        feed_title=words("feed-title", title=words("title")),
        locale=LOCALES[words.language],
        image=preview_address(base_path, state, words.language),
        hidden=bool(state.filter.q) or not known,
        data=_script_text(data),
    )


def _shown(state: PageState, words: Words) -> str:
    """Return the query of the projects that a state of the page shows, with its language."""
    return url_query(PageState(filter=state.filter, language=words.language))


def page_url(state: PageState, base_path: str) -> str:
    """Return the URL of the page in a state."""
    query = url_query(state)
    return absolute(base_path, "" if query == "?" else query)


def _script_text(data: Any) -> str:
    """Return data as JSON that can stand within a script element: it cannot close it."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _project_data(
    dataset: Dataset, project: Project, words: Words, url: str, description: str
) -> dict[str, Any]:
    """Return a project in the vocabulary of schema.org."""
    document = dataset.documents[project.anchors[0].document]
    english = words.language == "en"
    place: dict[str, Any] = {"@type": "Place", "name": words.counties(project.counties)}
    # Only a project with a place of its own has coordinates; a county's middle would mislead.
    if project.position is not None and project.uncertainty_m is not None:
        lon, lat = project.position
        place["geo"] = {"@type": "GeoCoordinates", "latitude": lat, "longitude": lon}
    return {
        "@context": SCHEMA,
        "@type": "Project",
        "@id": url,
        "url": url,
        "identifier": project.id,
        "name": words.name(project),
        "alternateName": project.name_zh if english else project.name_en,
        "description": description,
        "location": place,
        "subjectOf": {
            "@type": "CreativeWork",
            "name": document.title(words.language),
            "datePublished": document.about["published"],
            "inLanguage": document.language,
        },
    }


def _dataset_data(
    dataset: Dataset, state: PageState, words: Words, base_path: str, description: str
) -> dict[str, Any]:
    """Return the layer with its downloads in the vocabulary of schema.org."""
    selection = select(dataset, replace(state.filter, q=""))
    query = f"?{selection.query}" if selection.query else ""
    stamp = selection.stamp(words.language)
    return {
        "@context": SCHEMA,
        "@type": "Dataset",
        "name": words("title"),
        "description": description,
        "url": page_url(replace(state, language=words.language), base_path),
        "version": stamp.data_version,
        **({"license": LICENCE_URL} if LICENCE_URL else {}),
        **({"creditText": stamp.attribution} if stamp.attribution else {}),
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": dataset.document.title(words.language),
            "datePublished": dataset.document.about["published"],
        },
        "distribution": [
            {
                "@type": "DataDownload",
                "name": one.name,
                "encodingFormat": one.media_type,
                "contentUrl": absolute(base_path, f"api/projects.{one.extension}{query}"),
            }
            for one in FORMATS
        ],
    }
