"""The document as markup: the whole text with every anchor marked, for the page and for a file.

It is the same for every state of the page, so that it travels once; what is selected, pointed at
or linked to is marked in the browser (views/static/document.js).
"""

from collections.abc import Mapping
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

from geo.core.i18n import Words
from geo.layer.codes import SECTOR
from geo.layer.dataset import Dataset
from geo.text.document import Span
from geo.text.ledger import Entry
from geo.text.marked_text import Chapter, Stretch
from geo.views.templates import render

TAGS: Final = {"title": "h2", "part": "h3", "clause": "p", "plain": "p"}


def lettered(dataset: Dataset) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Return each reason of the ledger by code: its letter in the text, and its labels."""
    listed = dataset.ledger.reasons.items()
    return {
        code: (letter, labels)
        for letter, (code, labels) in zip(ascii_uppercase, listed, strict=False)
    }


@lru_cache(maxsize=4)
def prose(dataset: Dataset, words: Words) -> str:
    """Return the HTML of the first document; only titles and notes are in the language of `words`."""
    english = words.language == "en"
    source = dataset.document
    why = lettered(dataset)

    def style(stretch: Stretch) -> str:
        project = dataset.projects[stretch.projects[0]]
        return f"pm-{SECTOR[project.sector].family} pm-stage-{project.stage}"

    def title(stretch: Stretch) -> str:
        named = (words.name(dataset.projects[one]) for one in stretch.projects)
        return words("list-separator").join(named)

    def reason(entry: Entry) -> str:
        _, labels = why[entry.reason]
        return f"{labels[words.language]}: {entry.note_en if english else entry.note_zh}"

    def heading(chapter: Chapter) -> Span:
        span = chapter.paragraphs[0].span
        end = source.text.find("。", span.start, span.end)
        return Span(span.start, end if end > 0 else span.end)

    return render(
        "document",
        words=words,
        document=source,
        chapters=list(dataset.chapters()),
        tags=TAGS,
        issuer=source.about["issuer_en" if english else "issuer"],
        names={one.id: words.name(one) for one in dataset.projects.values()},
        texts={
            "document-choose": words("document-choose", count="{count}"),
            "document-link-spot": words("document-link-spot"),
            "copied": words("copied"),
        },
        heading=heading,
        style=style,
        title=title,
        letter=lambda entry: why[entry.reason][0],
        reason=reason,
    )
