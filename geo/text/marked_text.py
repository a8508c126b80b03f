"""Anchors, and the words of the document cut into plain and marked runs.

An anchor is a quote with its position: a W3C TextQuoteSelector and TextPositionSelector in one. `split_runs`
marks a span of the text; `chapters` marks the whole of it, paragraph by paragraph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.text.document import Anchor, Document, Span, numbering_of_text, paragraph_spans
from geo.text.ledger import Entry

LATIN: Final = re.compile("[0-9A-Za-z]{2}")
"""Two such characters side by side are one token: "S17" is not "S1" and "7"."""


@dataclass(frozen=True)
class Run:
    """A stretch of text, and the projects whose anchors cover the whole of it."""

    start: int
    end: int
    text: str
    projects: tuple[str, ...]


def split_runs(document: Document, span: Span, marks: Iterable[tuple[Span, str]]) -> Iterator[Run]:
    """Yield the runs of a span in order; `marks` are (span, project id) and may overlap."""
    inside = [
        (Span(max(one.start, span.start), min(one.end, span.end)), project)
        for one, project in marks
        if one.start < span.end and one.end > span.start
    ]
    edges = sorted({span.start, span.end, *(e for one, _ in inside for e in (one.start, one.end))})
    for start, end in pairwise(edges):
        run = Span(start, end)
        covering = tuple(project for one, project in inside if one.holds(run))
        yield Run(start, end, document.slice(run), covering)


def name_spans(anchor: Anchor, name: str) -> tuple[Span, ...]:
    """Return where a name stands in an anchor's quote, as positions of the document.

    An elided name stands there in two pieces: of "雁江、安岳、乐至通用机场", 安岳 and 通用机场 make
    安岳通用机场. A name that is not there in one piece or two yields nothing.
    """
    whole = anchor.exact.find(name)
    if whole >= 0:
        return (Span(anchor.start + whole, anchor.start + whole + len(name)),)
    for length in range(len(name) - 1, 0, -1):
        head, tail = name[:length], name[length:]
        if LATIN.match(head[-1] + tail[0]):
            continue
        first = anchor.exact.find(head)
        second = anchor.exact.find(tail, first + length) if first >= 0 else -1
        if second >= 0:
            pieces = ((first, head), (second, tail))
            return tuple(
                Span(anchor.start + at, anchor.start + at + len(piece)) for at, piece in pieces
            )
    return ()


INDENT = " \u00a0\u3000"
"""What indents a paragraph in the file; on the page the style sheet does."""


@dataclass(frozen=True)
class MarkedRun:
    """A run of text, the projects whose anchors cover it, and the entry that explains it.

    `first` holds the projects whose operative anchor begins with it.
    """

    start: int
    text: str
    projects: tuple[str, ...]
    first: tuple[str, ...]
    entry: Entry | None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, "title", "part", "clause" or "plain", from its first word; and its stretches."""

    role: str
    span: Span
    stretches: tuple[MarkedRun, ...]


@dataclass(frozen=True)
class Chapter:
    """A clause, or what stands between two clauses: its numeral or None, and its paragraphs."""

    numeral: str | None
    paragraphs: tuple[Paragraph, ...]


def chapters(
    document: Document, anchors: Iterable[tuple[str, Anchor]], entries: Iterable[Entry]
) -> Iterator[Chapter]:
    """Yield a document from its title to its last line, nothing left out.

    `anchors` are pairs of a project's id and one of its anchors; `entries` are those of the ledger.
    """
    numbering = numbering_of_text(document.text)
    numerals = {span: one.numeral for one in document.clauses for span in one.paragraphs}
    marks = _Marks(document, anchors, entries)
    numeral: str | None = None
    gathered: list[Paragraph] = []
    for number, line in enumerate(paragraph_spans(document.text)):
        if gathered and numerals.get(line) != numeral:
            yield Chapter(numeral, tuple(gathered))
            gathered = []
        numeral = numerals.get(line)
        words = document.slice(line)
        span = Span(line.start + len(words) - len(words.lstrip(INDENT)), line.end)
        if number == 0:
            role = "title"
        elif numeral:
            role = "clause"
        else:
            heads = numbering and numbering.part.match(document.text, line.start, line.end)
            role = "part" if heads else "plain"
        gathered.append(Paragraph(role, span, tuple(marks.stretches(span))))
    yield Chapter(numeral, tuple(gathered))


class _Marks:
    """All that is marked in a document: anchors by project id, and entries of the ledger."""

    def __init__(
        self,
        document: Document,
        anchors: Iterable[tuple[str, Anchor]],
        entries: Iterable[Entry],
    ) -> None:
        self.document = document
        # An id is a slug, so no project can be named like an entry here.
        self.entries = {f"entry {number}": entry for number, entry in enumerate(entries)}
        self.spans = [(entry.span, name) for name, entry in self.entries.items()]
        self.first: dict[int, tuple[str, ...]] = {}
        seen = set()
        for name, anchor in anchors:
            if anchor.document != document.id:
                continue
            self.spans.append((anchor.span, name))
            if name not in seen:
                seen.add(name)
                self.first[anchor.start] = (*self.first.get(anchor.start, ()), name)

    def stretches(self, span: Span) -> Iterator[MarkedRun]:
        for run in split_runs(self.document, span, self.spans):
            names = dict.fromkeys(run.projects)
            yield MarkedRun(
                run.start,
                run.text,
                tuple(name for name in names if name not in self.entries),
                self.first.get(run.start, ()),
                next((self.entries[name] for name in names if name in self.entries), None),
            )
