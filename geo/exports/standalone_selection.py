"""Which projects a file holds: those that the filters of a query leave."""

from dataclasses import replace

from geo.core.faults import DataError, Fault
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter


def filtered_dataset(dataset: Dataset, wanted: ProjectFilter) -> Dataset:
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
