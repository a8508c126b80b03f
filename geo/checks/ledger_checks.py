"""The rules on completeness: every segment is mapped or explained, and only once."""

from collections.abc import Iterator
from typing import Final

from geo.core.faults import Fault, quoted
from geo.layer.dataset import Dataset


def ledger_entry(dataset: Dataset) -> Iterator[Fault]:
    """Each entry's words stand at its positions, are a whole segment, and its reason is known."""
    document = dataset.documents.get(dataset.ledger.document)
    if document is None:
        yield Fault(
            "ledger-entry",
            "data/ledger.json",
            quoted(dataset.ledger.document),
            "is no document of data/documents.json",
            f"write one of {', '.join(dataset.documents)}",
        )
        return
    whole = {segment.span for segment in dataset.segments}
    for entry in dataset.ledger.entries:
        there = document.slice(entry.span)
        if there != entry.text or entry.span not in whole:
            yield Fault(
                "ledger-entry",
                f"ledger, clause {entry.clause}, {entry.start}",
                quoted(entry.text),
                f"is not the segment at {entry.start}–{entry.end}, which reads {quoted(there)}",
                "take the segment from: python -m geo segments CLAUSE",
            )
        if entry.reason not in dataset.ledger.reasons:
            yield Fault(
                "ledger-entry",
                f"ledger, clause {entry.clause}, {entry.start}",
                f"the reason {quoted(entry.reason)}",
                "is not one of the ledger's reasons",
                f"write one of {', '.join(dataset.ledger.reasons)}",
            )


def ledger_complete(dataset: Dataset) -> Iterator[Fault]:
    """Each segment of the covered clauses is touched by an anchor or explained, not both."""
    for segment in dataset.segments:
        words = quoted(dataset.documents[dataset.ledger.document].slice(segment.span))
        record = f"clause {segment.clause}, {segment.span.start}–{segment.span.end}"
        if not segment.projects and not segment.entries:
            yield Fault(
                "ledger-complete",
                record,
                words,
                "is neither mapped nor explained",
                "add its project to the layer, or the reason to data/ledger.json",
            )
        elif segment.entries and (segment.projects or len(segment.entries) > 1):
            mapped = f"mapped as {', '.join(segment.projects)}" if segment.projects else "explained"
            yield Fault(
                "ledger-complete",
                record,
                words,
                f"is explained as left out, but it is {mapped} already",
                "remove the entry from data/ledger.json",
            )


def related_known(dataset: Dataset) -> Iterator[Fault]:
    """Each group of projects at one place names projects that exist."""
    for group in dataset.related:
        for name in group.projects:
            if name not in dataset.projects:
                yield Fault(
                    "related-known",
                    f"data/related.json, {group.place_en}",
                    quoted(name),
                    "is no project of the layer",
                    "correct the id or remove it",
                )


LEDGER_CHECKS: Final = (ledger_entry, ledger_complete, related_known)
