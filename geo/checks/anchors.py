"""Rules that compare the layer with the text: anchors, stage terms, completeness of the ledger."""

from collections.abc import Iterator
from typing import Final

from geo.core.faults import Fault, quoted
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.text.document import Anchor, Document


def _anchors(dataset: Dataset) -> Iterator[tuple[Project, Anchor]]:
    for project in dataset.projects.values():
        for anchor in project.anchors:
            yield project, anchor


def anchor_document(dataset: Dataset) -> Iterator[Fault]:
    """Each anchor names a document and a clause that exist."""
    for project, anchor in _anchors(dataset):
        document = dataset.documents.get(anchor.document)
        if document is None:
            yield Fault(
                "anchor-document",
                project.id,
                quoted(anchor.document),
                "is no document of data/documents.json",
                f"write one of {', '.join(dataset.documents)}",
            )
        elif document.clause(anchor.clause) is None:
            yield Fault(
                "anchor-document",
                project.id,
                f"clause {quoted(anchor.clause)}",
                f"does not exist in {anchor.document}",
                f"write its path of numerals, {_example_clauses(document)}",
            )


def _example_clauses(document: Document) -> str:
    numerals = [clause.numeral for clause in document.clauses]
    return f"such as {' or '.join(numerals[-2:])}" if numerals else "but the text numbers none"


def anchor_exact(dataset: Dataset) -> Iterator[Fault]:
    """The text at each anchor's position is what the anchor quotes."""
    for project, anchor in _anchors(dataset):
        document = dataset.documents.get(anchor.document)
        if document is None:
            continue
        actual = document.slice(anchor.span)
        if actual != anchor.exact or not anchor.exact:
            yield Fault(
                "anchor-exact",
                project.id,
                quoted(anchor.exact),
                f"is not at {anchor.start}–{anchor.end} of clause {anchor.clause},"
                f" which reads {quoted(actual)}",
                "slice the quote from the text: python -m geo quote CLAUSE WORDS",
            )


def anchor_clause(dataset: Dataset) -> Iterator[Fault]:
    """Each anchor lies inside one paragraph of the clause it names."""
    for project, anchor in _anchors(dataset):
        document = dataset.documents.get(anchor.document)
        clause = document.clause(anchor.clause) if document else None
        if clause and not any(span.holds(anchor.span) for span in clause.paragraphs):
            yield Fault(
                "anchor-clause",
                project.id,
                f"{quoted(anchor.exact)} at {anchor.start}–{anchor.end}",
                f"does not lie in a paragraph of clause {anchor.clause}",
                "name the clause the words stand in",
            )


def anchor_unique(dataset: Dataset) -> Iterator[Fault]:
    """Each anchor's prefix, quote and suffix, joined, occur once in the text, at its position."""
    for project, anchor in _anchors(dataset):
        document = dataset.documents.get(anchor.document)
        if document is None:
            continue
        context = anchor.prefix + anchor.exact + anchor.suffix
        begin = anchor.start - len(anchor.prefix)
        count = document.text.count(context)
        if count > 1 or begin < 0 or not document.text.startswith(context, begin):
            yield Fault(
                "anchor-unique",
                project.id,
                quoted(context),
                f"stands {count} times in {anchor.document}, and must stand once, at {begin}",
                "take prefix and suffix from: python -m geo quote CLAUSE WORDS",
            )


def anchor_once(dataset: Dataset) -> Iterator[Fault]:
    """A project quotes the same words at the same place only once."""
    for project in dataset.projects.values():
        seen = set()
        for anchor in project.anchors:
            position = (anchor.document, anchor.start, anchor.end)
            if position in seen:
                yield Fault(
                    "anchor-once",
                    project.id,
                    f"{quoted(anchor.exact)} at {anchor.start}–{anchor.end}",
                    "is quoted twice",
                    "remove one of the two anchors",
                )
            seen.add(position)


def stage_term(dataset: Dataset) -> Iterator[Fault]:
    """Each project's governing verb is part of one of its quotes."""
    for project in dataset.projects.values():
        if not any(project.stage_term in anchor.exact for anchor in project.anchors):
            yield Fault(
                "stage-term",
                project.id,
                quoted(project.stage_term),
                "stands in none of its anchors",
                "write the verb as the text has it, or lengthen the anchor to hold it",
            )


ANCHOR_CHECKS: Final = (
    anchor_document,
    anchor_exact,
    anchor_clause,
    anchor_unique,
    anchor_once,
    stage_term,
)


def ledger_entry(dataset: Dataset) -> Iterator[Fault]:
    """Each ledger entry quotes a whole segment at its position, and gives a known reason."""
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
    segments = {segment.span for segment in dataset.segments}
    for entry in dataset.ledger.entries:
        actual = document.slice(entry.span)
        if actual != entry.text or entry.span not in segments:
            yield Fault(
                "ledger-entry",
                f"ledger, clause {entry.clause}, {entry.start}",
                quoted(entry.text),
                f"is not the segment at {entry.start}–{entry.end}, which reads {quoted(actual)}",
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
    """Each covered segment either overlaps an anchor or has exactly one ledger entry, not both."""
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
    """Each related group names only projects that exist."""
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
