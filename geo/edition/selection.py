"""Which projects a file holds: those that the filters of a query leave."""

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from geo.dataset import Dataset
from geo.faults import DataError, Fault, quoted
from geo.filters import ProjectFilter
from geo.link import parse_query

CURE: Final = "write a query as a link has it, such as sector=rail&county=512021"


def chosen(dataset: Dataset, query: str) -> ProjectFilter:
    """Return the filter of a query such as "sector=rail&q=anyue"; the rest of it is not used.

    Raises DataError with every value that names nothing.
    """
    try:
        asked = parse_qs(
            query.removeprefix("?"), keep_blank_values=True, strict_parsing=bool(query)
        )
    except ValueError as error:
        fault = Fault("query-readable", "the query", quoted(query), "is no list of key=value", CURE)
        raise DataError([fault]) from error
    state, unknown = parse_query(asked, dataset.projects)
    if unknown:
        raise DataError(
            Fault("query-known", "the query", quoted(f"{one.key}={one.value}"),
                  "names nothing here", CURE)
            for one in unknown
        )  # fmt: skip
    return state.filter


def subset(dataset: Dataset, wanted: ProjectFilter) -> Dataset:
    """Return the dataset with only the projects that a filter leaves, in their order.

    Raises DataError when none is left: a file of nothing would look like a broken one.
    """
    if not wanted.active:
        return dataset
    left = wanted.apply(dataset.frame).index
    if left.empty:
        fault = Fault(
            "query-leaves-projects", "the query", f"{wanted.active} filter(s)",
            "leave no project", "give up one of them",
        )  # fmt: skip
        raise DataError([fault])
    return replace(dataset, projects={name: dataset.projects[name] for name in left})
