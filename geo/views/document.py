"""The document as HTML: the full text with every anchor marked, and the segments not on the map.

The HTML of the text does not depend on the page's state, so it is sent only once. The browser marks
what is selected, hovered or linked to (static/document.js).
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from string import ascii_uppercase
from typing import Final

from geo.core.i18n import NONE, Words
from geo.core.wording import wording_at_start
from geo.layer.codes import SECTOR, STAGE_CODES
from geo.layer.dataset import Dataset
from geo.layer.query import PageState, url_query
from geo.text.document import Span
from geo.text.ledger import TO_JUDGE, Entry
from geo.text.marked_text import Chapter, MarkedRun
from geo.views import render

TAGS: Final = {"title": "h2", "part": "h3", "heading": "h4", "clause": "p", "plain": "p"}


def reason_letters(dataset: Dataset) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Return for each reason code of the ledger its letter in the text and its labels."""
    reasons = dataset.ledger.reasons.items()
    return {
        code: (letter, labels)
        for letter, (code, labels) in zip(ascii_uppercase, reasons, strict=False)
    }


@lru_cache(maxsize=4)
def document_html(dataset: Dataset, words: Words) -> str:
    """Return the HTML of the first document.

    The text is always Chinese; titles, tooltips and notes are in the language of `words`.
    """
    english = words.language == "en"
    source = dataset.document
    reasons = reason_letters(dataset)

    def style(run: MarkedRun) -> str:
        project = dataset.projects[run.projects[0]]
        return f"pm-{SECTOR[project.sector].family} pm-stage-{project.stage}"

    def title(run: MarkedRun) -> str:
        names = (words.name(dataset.projects[project_id]) for project_id in run.projects)
        return words("list-separator").join(names)

    def reason(entry: Entry) -> str:
        _, labels = reasons[entry.reason]
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
        issuer=source.issuer(words.language) or NONE,
        # What was only published on its day was so once.
        publisher="" if wording_at_start().is_published else source.publisher(words.language),
        names={project.id: words.name(project) for project in dataset.projects.values()},
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


def document_tools_html(dataset: Dataset, state: PageState, words: Words) -> str:
    """Return the switch that shows the segments not on the map, and the legend of the marks."""
    toggle = url_query(replace(state, left=not state.left))
    stages = [(code, words.label("stage", code)) for code in STAGE_CODES]
    reasons = [
        (letter, labels[words.language]) for letter, labels in reason_letters(dataset).values()
    ]
    return render(
        "document_tools",
        words=words,
        left=state.left,
        toggle=toggle,
        stages=stages,
        reasons=reasons,
    )


@lru_cache(maxsize=4)
def coverage_html(dataset: Dataset, words: Words) -> str:
    """Return a table of the segments of the text that are not on the map, with the reasons."""
    document, english = dataset.document, words.language == "en"
    rows = [
        (
            segment.clause,
            document.slice(segment.span),
            f"?view=document&at={segment.span.start}-{segment.span.end}",
            dataset.ledger.reasons[entry.reason]["en" if english else "zh"],
            entry.note_en if english else entry.note_zh,
        )
        for segment in dataset.segments
        for entry in segment.entries
    ]
    return render("coverage", words=words, rows=rows, tally=tally_text(dataset, words))


def tally_text(dataset: Dataset, words: Words) -> str:
    """Return how many segments of the text have projects, a reason why not, or nobody's judgement yet."""
    mapped = sum(bool(segment.projects) for segment in dataset.segments)
    total = len(dataset.segments)
    reasons = [entry.reason for one in dataset.segments for entry in one.entries]
    left = reasons.count(TO_JUDGE)
    if not left:
        return words("coverage-tally", mapped=mapped, total=total)
    given = len(reasons) - left
    return words("coverage-tally-open", mapped=mapped, total=total, given=given, left=left)
