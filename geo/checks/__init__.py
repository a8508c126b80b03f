"""The rules of the data contract, each a generator of faults; `CHECKS` lists all of them.

Rules that apply to any dataset and need all of it belong here: quotes against the text, geometries
against the counties, events against the projects. `python -m geo`, the page at startup and the
publisher all call `load`. Rules on a single value belong to the schema of its file (`geo.layer`,
`geo.core.validation`); expectations about this particular dataset are tests.
"""

from collections.abc import Callable, Iterator
from typing import Final

from geo.checks.anchors import ANCHOR_CHECKS, LEDGER_CHECKS
from geo.checks.events import EVENT_CHECKS
from geo.checks.names import NAME_CHECKS
from geo.checks.places import (
    DESTINATION_CHECKS,
    GEOMETRY_CHECKS,
    PLACEMENT_CHECKS,
    PRECISION_CHECKS,
)
from geo.core.faults import DataError, Fault
from geo.core.home import Home
from geo.core.publication import draws_district_lines
from geo.layer.dataset import Dataset, read_dataset, without_district_lines

Check = Callable[[Dataset], Iterator[Fault]]

CHECKS: Final[tuple[Check, ...]] = (
    *ANCHOR_CHECKS,
    *LEDGER_CHECKS,
    *NAME_CHECKS,
    *PRECISION_CHECKS,
    *GEOMETRY_CHECKS,
    *PLACEMENT_CHECKS,
    *DESTINATION_CHECKS,
    *EVENT_CHECKS,
)


def check(dataset: Dataset) -> list[Fault]:
    """Return all faults of a dataset, sorted by record."""
    faults = [fault for rule in CHECKS for fault in rule(dataset)]
    return sorted(faults, key=lambda fault: (fault.record, fault.check))


def load(home: Home) -> Dataset:
    """Return the dataset of a home after checking it; raises DataError with all faults."""
    dataset = read_dataset(home)
    faults = check(dataset)
    if faults:
        raise DataError(faults)
    return dataset


def load_published(home: Home) -> Dataset:
    """Return the dataset of a home as PROJECT_MAP_DISTRICT_LINES lets it be published.

    Raises DataError with all faults of the home, or of the setting.
    """
    dataset = load(home)
    return dataset if draws_district_lines() else without_district_lines(dataset)
