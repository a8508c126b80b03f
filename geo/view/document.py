"""The document view: the whole text with every anchor marked, beside the map.

Its HTML is the same for every state of the page, so that it travels once; what is selected,
hovered or linked to is marked in the browser (static/page/document.js).
"""

from dataclasses import replace
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

import streamlit as st

from geo.codes import STAGE_CODES
from geo.dataset import Dataset
from geo.document import Span
from geo.html import render
from geo.ledger import Entry
from geo.link import PageState, address
from geo.reading import Chapter, Stretch, reading
from geo.view.detail import SECTOR
from geo.view.words import Words

TAGS: Final = {"title": "h2", "part": "h3", "clause": "p", "plain": "p"}


def document(dataset: Dataset, state: PageState, words: Words) -> None:
    """Draw the switch for what was left out, and the text."""
    toggle = address(replace(state, left=not state.left))
    stages = [(code, words.label("stage", code)) for code in STAGE_CODES]
    named = [(letter, label) for letter, label in _reasons(dataset, words).values()]
    tools = {"left": state.left, "toggle": toggle, "stages": stages, "reasons": named}
    st.html(render("document_tools", words=words, **tools))
    st.html(_text(dataset, words))


def _reasons(dataset: Dataset, words: Words) -> dict[str, tuple[str, str]]:
    """Return each reason of the ledger by code: the letter it has in the text, and its label."""
    language = "en" if words.language == "en" else "zh"
    return {
        code: (letter, label[language])
        for letter, (code, label) in zip(
            ascii_uppercase, dataset.ledger.reasons.items(), strict=False
        )
    }


@lru_cache(maxsize=4)
def _text(dataset: Dataset, words: Words) -> str:
    """Return the HTML of the text in the language of the reader's words."""
    english = words.language == "en"
    source = dataset.document

    def style(stretch: Stretch) -> str:
        project = dataset.projects[stretch.projects[0]]
        return f"pm-{SECTOR[project.sector].family} pm-stage-{project.stage}"

    def title(stretch: Stretch) -> str:
        named = (words.name(dataset.projects[one]) for one in stretch.projects)
        return words("list-separator").join(named)

    reasons = _reasons(dataset, words)

    def reason(entry: Entry) -> str:
        return f"{reasons[entry.reason][1]}: {entry.note_en if english else entry.note_zh}"

    def heading(chapter: Chapter) -> Span:
        span = chapter.paragraphs[0].span
        end = source.text.find("。", span.start, span.end)
        return Span(span.start, end if end > 0 else span.end)

    return render(
        "document",
        words=words,
        document=source,
        chapters=list(reading(dataset)),
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
        letter=lambda entry: reasons[entry.reason][0],
        reason=reason,
    )
