"""The text of a document, split into runs at the edges of the anchors and ledger entries in it.

`split_runs` splits one span of the text; `chapters` splits the document, paragraph by paragraph.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.text.clauses import read_outline
from geo.text.document import Anchor, Document, Span, paragraph_spans
from geo.text.ledger import Entry

LATIN: Final = re.compile("[0-9A-Za-z]{2}")
"""Two adjacent characters of one token: "S17" must not be split into "S1" and "7"."""


@dataclass(frozen=True)
class Run:
    """A run of text, and the projects whose anchors cover all of it."""

    start: int
    end: int
    text: str
    projects: tuple[str, ...]


def split_runs(document: Document, span: Span, marks: Iterable[tuple[Span, str]]) -> Iterator[Run]:
    """Yield the runs of a span in order; `marks` are (span, project id) pairs and may overlap."""
    clipped = [
        (Span(max(mark.start, span.start), min(mark.end, span.end)), project)
        for mark, project in marks
        if mark.start < span.end and mark.end > span.start
    ]
    edges = {
        span.start,
        span.end,
        *(edge for mark, _ in clipped for edge in (mark.start, mark.end)),
    }
    for start, end in pairwise(sorted(edges)):
        run = Span(start, end)
        projects = tuple(project for mark, project in clipped if mark.holds(run))
        yield Run(start, end, document.slice(run), projects)


def name_spans(anchor: Anchor, name: str) -> tuple[Span, ...]:
    """Return the spans of a name within an anchor's quote, as positions in the document.

    An elided name has two spans: in "雁江、安岳、乐至通用机场", 安岳 and 通用机场 together make
    安岳通用机场. The result is empty if the quote does not contain the name in one or two pieces.
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
"""Characters that indent paragraphs in the file; on the page, the style sheet indents them."""


@dataclass(frozen=True)
class MarkedRun:
    """A run of text, the projects whose anchors cover it, and the ledger entry that explains it.

    `first` lists the projects whose main (first) anchor starts with this run.
    """

    start: int
    text: str
    projects: tuple[str, ...]
    first: tuple[str, ...]
    entry: Entry | None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph without its indentation.

    `role` is "title", "part", "heading" (of a clause), "clause" or "plain".
    """

    role: str
    span: Span
    stretches: tuple[MarkedRun, ...]


@dataclass(frozen=True)
class Chapter:
    """A clause, or the paragraphs between two clauses, for which `numeral` is None.

    `depth` is the number of clauses that it is nested in.
    """

    numeral: str | None
    paragraphs: tuple[Paragraph, ...]
    depth: int


def chapters(
    document: Document, anchors: Iterable[tuple[str, Anchor]], entries: Iterable[Entry]
) -> Iterator[Chapter]:
    """Yield a whole document, from its title to its last line.

    `anchors` are (project id, anchor) pairs; `entries` are those of the ledger.
    """
    parts = read_outline(document.text).parts
    headings = {
        heading.span.start
        for clause in document.clauses
        if (heading := document.heading(clause)) and heading.is_line
    }
    numerals = {span: clause.numeral for clause in document.clauses for span in clause.paragraphs}
    marks = _Marks(document, anchors, entries)
    numeral: str | None = None
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(paragraph_spans(document.text)):
        if paragraphs and numerals.get(line) != numeral:
            yield Chapter(numeral, tuple(paragraphs), _depth(document, numeral))
            paragraphs = []
        numeral = numerals.get(line)
        words = document.slice(line)
        span = Span(line.start + len(words) - len(words.lstrip(INDENT)), line.end)
        if number == 0:
            role = "title"
        elif numeral:
            role = "heading" if line.start in headings else "clause"
        else:
            role = "part" if line.start in parts else "plain"
        paragraphs.append(Paragraph(role, span, tuple(marks.stretches(span))))
    yield Chapter(numeral, tuple(paragraphs), _depth(document, numeral))


def _depth(document: Document, numeral: str | None) -> int:
    clause = document.clause(numeral) if numeral else None
    return clause.depth if clause else 0


class _Marks:
    """All marks in a document: anchors by project id, and ledger entries by a made-up name."""

    def __init__(
        self,
        document: Document,
        anchors: Iterable[tuple[str, Anchor]],
        entries: Iterable[Entry],
    ) -> None:
        self.document = document
        # Project ids are slugs without spaces, so these names cannot clash with them.
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
