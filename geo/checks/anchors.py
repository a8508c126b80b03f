"""The data contract's rules, each a generator of faults; `CHECKS` is the list of all of them.

`python -m geo` and the page call the same `check`. A rule that holds for any dataset stands here;
numbers of this dataset are tests.
"""

from collections.abc import Callable, Iterator
from typing import Final

from geo.checks.destination_checks import DESTINATION_CHECKS
from geo.checks.events import EVENT_CHECKS
from geo.checks.ledger_checks import LEDGER_CHECKS
from geo.checks.names import NAME_CHECKS
from geo.checks.place_checks import PLACE_CHECKS
from geo.checks.places import GEOMETRY_CHECKS
from geo.core.faults import DataError, Fault, quoted
from geo.core.home import Home
from geo.layer.codes import PRECISIONS
from geo.layer.dataset import Dataset, read_dataset
from geo.layer.projects import Project
from geo.text.document import Anchor

EXACT_LIMIT_M: Final = 500
"""The contract's bound: a site known worse than this is not exact."""

Check = Callable[[Dataset], Iterator[Fault]]


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
                "write the Chinese numeral without brackets, such as 十",
            )


def anchor_exact(dataset: Dataset) -> Iterator[Fault]:
    """The words at each anchor's positions are the words it quotes."""
    for project, anchor in _anchors(dataset):
        document = dataset.documents.get(anchor.document)
        if document is None:
            continue
        there = document.slice(anchor.span)
        if there != anchor.exact or not anchor.exact:
            yield Fault(
                "anchor-exact",
                project.id,
                quoted(anchor.exact),
                f"is not at {anchor.start}–{anchor.end} of clause {anchor.clause},"
                f" which reads {quoted(there)}",
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
    """Prefix, quote and suffix stand in the text as written, and only once."""
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
            place = (anchor.document, anchor.start, anchor.end)
            if place in seen:
                yield Fault(
                    "anchor-once",
                    project.id,
                    f"{quoted(anchor.exact)} at {anchor.start}–{anchor.end}",
                    "is quoted twice",
                    "remove one of the two anchors",
                )
            seen.add(place)


def stage_term(dataset: Dataset) -> Iterator[Fault]:
    """The governing verb stands inside one of the project's quotes."""
    for project in dataset.projects.values():
        if not any(project.stage_term in anchor.exact for anchor in project.anchors):
            yield Fault(
                "stage-term",
                project.id,
                quoted(project.stage_term),
                "stands in none of its anchors",
                "write the verb as the text has it, or lengthen the anchor to hold it",
            )


def basis_languages(dataset: Dataset) -> Iterator[Fault]:
    """The basis is two lines: Chinese, then English."""
    for project in dataset.projects.values():
        if project.basis.count("\n") != 1 or not project.basis_in("en").strip():
            yield Fault(
                "basis-languages",
                project.id,
                quoted(project.basis),
                "must be one line in Chinese and one in English",
                "part the two with a single line break",
            )


def precision_geometry(dataset: Dataset) -> Iterator[Fault]:
    """A project has a geometry if and only if its precision says so; an area is a polygon."""
    mapped = {precision.code: precision.mapped for precision in PRECISIONS}
    for project in dataset.projects.values():
        kind = project.geometry.geom_type if project.geometry is not None else "no geometry"
        wrong = (project.geometry is not None) != mapped[project.precision]
        if wrong or (project.precision == "area" and "Polygon" not in kind):
            yield Fault(
                "precision-geometry",
                project.id,
                f"precision '{project.precision}' with {kind}",
                "do not go together",
                "an area is a polygon, unlocated has geometry null, the others have one",
            )


def precision_uncertainty(dataset: Dataset) -> Iterator[Fault]:
    """Uncertainty in metres is stated for exact (at most 500) and approximate, else null."""
    bounded = {precision.code: precision.bounded for precision in PRECISIONS}
    for project in dataset.projects.values():
        metres = project.uncertainty_m
        if (metres is not None) != bounded[project.precision]:
            rule, cure = "do not go together", "give metres for exact and approximate only"
        elif project.precision == "exact" and metres is not None and metres > EXACT_LIMIT_M:
            rule, cure = f"is more than {EXACT_LIMIT_M} m", "call it approximate"
        else:
            continue
        value = f"precision '{project.precision}' with uncertainty_m {metres}"
        yield Fault("precision-uncertainty", project.id, value, rule, cure)


def references_given(dataset: Dataset) -> Iterator[Fault]:
    """Whatever is on the map says where its place comes from."""
    for project in dataset.projects.values():
        if project.geometry is not None and not project.references:
            yield Fault(
                "references-given",
                project.id,
                "an empty list of references",
                "does not say where its geometry comes from",
                "name the source and its licence, or set geometry null and precision unlocated",
            )


CHECKS: Final[tuple[Check, ...]] = (
    anchor_document,
    anchor_exact,
    anchor_clause,
    anchor_unique,
    anchor_once,
    stage_term,
    basis_languages,
    precision_geometry,
    precision_uncertainty,
    references_given,
    *NAME_CHECKS,
    *GEOMETRY_CHECKS,
    *LEDGER_CHECKS,
    *PLACE_CHECKS,
    *EVENT_CHECKS,
    *DESTINATION_CHECKS,
)


def check(dataset: Dataset) -> list[Fault]:
    """Return every fault of a dataset, by record."""
    faults = [fault for rule in CHECKS for fault in rule(dataset)]
    return sorted(faults, key=lambda fault: (fault.record, fault.check))


def load(home: Home) -> Dataset:
    """Return the checked dataset of a folder; raises DataError with all its faults."""
    dataset = read_dataset(home)
    faults = check(dataset)
    if faults:
        raise DataError(faults)
    return dataset
