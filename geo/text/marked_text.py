"""Words of the document cut into plain and marked runs, for whoever sets them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.layer.projects import Anchor
from geo.text.document import Document, Span

LATIN: Final = re.compile("[0-9A-Za-z]{2}")
"""Two such characters side by side are one token: "S17" is not "S1" and "7"."""


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
