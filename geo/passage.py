"""Words of the document cut into plain and marked runs, for whoever sets them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.document import Document, Span
from geo.features import Project


@dataclass(frozen=True)
class Run:
    """A stretch of text, and the projects whose anchors cover the whole of it."""

    start: int
    end: int
    text: str
    projects: tuple[str, ...]


def cut(document: Document, span: Span, marks: Iterable[tuple[Span, str]]) -> Iterator[Run]:
    """Yield the runs of a span in order; `marks` are (span, project id) and may overlap."""
    inside = [
        (Span(max(one.start, span.start), min(one.end, span.end)), project)
        for one, project in marks
        if one.start < span.end and one.end > span.start
    ]
    edges = sorted({span.start, span.end, *(e for one, _ in inside for e in (one.start, one.end))})
    for start, end in zip(edges, edges[1:], strict=False):
        run = Span(start, end)
        covering = tuple(project for one, project in inside if one.holds(run))
        yield Run(start, end, document.slice(run), covering)


def name_span(document: Document, project: Project) -> Span:
    """Return where the project's name stands in its first anchor, else the whole anchor."""
    anchor = project.anchors[0]
    at = anchor.exact.find(project.name_zh)
    if at < 0:
        return anchor.span
    return Span(anchor.start + at, anchor.start + at + len(project.name_zh))
