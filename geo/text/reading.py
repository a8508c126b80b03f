"""The whole document as it is read: every paragraph with its role, cut into marked runs."""

from collections.abc import Iterator
from dataclasses import dataclass

from geo.layer.dataset import Dataset
from geo.text.document import Span, numbering_in, paragraphs
from geo.text.ledger import Entry
from geo.text.marked_text import cut

INDENT = " \u00a0\u3000"
"""What indents a paragraph in the file; on the page the style sheet does."""


@dataclass(frozen=True)
class Stretch:
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
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True)
class Chapter:
    """A clause, or what stands between two clauses: its numeral or None, and its paragraphs."""

    numeral: str | None
    paragraphs: tuple[Paragraph, ...]


def reading(dataset: Dataset) -> Iterator[Chapter]:
    """Yield the first document of a dataset from its title to its last line, nothing left out."""
    document = dataset.document
    numbering = numbering_in(document.text)
    numerals = {span: one.numeral for one in document.clauses for span in one.paragraphs}
    marks = _Marks(dataset)
    numeral: str | None = None
    gathered: list[Paragraph] = []
    for number, line in enumerate(paragraphs(document.text)):
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

    def __init__(self, dataset: Dataset) -> None:
        self.document = dataset.document
        entries = [entry for segment in dataset.segments for entry in segment.entries]
        # An id is a slug, so no project can be named like an entry here.
        self.entries = {f"entry {number}": entry for number, entry in enumerate(entries)}
        self.spans = [(entry.span, name) for name, entry in self.entries.items()]
        self.first: dict[int, tuple[str, ...]] = {}
        for project in dataset.projects.values():
            own = [one for one in project.anchors if one.document == self.document.id]
            self.spans += [(anchor.span, project.id) for anchor in own]
            for anchor in own[:1]:
                self.first[anchor.start] = (*self.first.get(anchor.start, ()), project.id)

    def stretches(self, span: Span) -> Iterator[Stretch]:
        for run in cut(self.document, span, self.spans):
            names = dict.fromkeys(run.projects)
            yield Stretch(
                run.start,
                run.text,
                tuple(name for name in names if name not in self.entries),
                self.first.get(run.start, ()),
                next((self.entries[name] for name in names if name in self.entries), None),
            )
