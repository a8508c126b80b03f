"""The file as a whole: one page, with everything it needs inside it."""

from markupsafe import Markup

from geo.core.i18n import LANGUAGES, Words
from geo.exports.metadata import dataset_jsonld
from geo.exports.standalone_content import content
from geo.exports.standalone_parts import as_json, policy, scripts, styles
from geo.exports.standalone_selection import filtered_dataset
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.map.client_data import backdrop, map_features, map_words
from geo.views import render
from geo.views.document import document_html

EVERYTHING = ProjectFilter()


def edition_html(dataset: Dataset, wanted: ProjectFilter = EVERYTHING) -> bytes:
    """Return the map of a dataset as one HTML file (UTF-8), in Chinese and English.

    It holds the projects that `wanted` leaves, mapped or not, and asks nothing of the network. The
    same dataset gives the same bytes. Raises DataError when no project is left.
    """
    held = filtered_dataset(dataset, wanted)
    running = scripts()
    languages = [Words(language) for language in LANGUAGES]
    page = render(
        "edition",
        words=languages[0],
        policy=policy(running),
        styles=styles(),
        scripts=running,
        json_ld=as_json(dataset_jsonld(held)),
        data={
            "ui": as_json(map_words()),
            "backdrop": as_json(backdrop(held)),
            "projects": as_json(map_features(held)),
            "content": as_json(content(held, dataset)),
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
