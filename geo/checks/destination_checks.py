"""The rules on where lines lead: each entry stands at an end of a line that the layer has."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.faults import Fault, quoted
from geo.layer.base_layers import CRS, metric_crs
from geo.layer.dataset import Dataset
from geo.layer.projects import Destination

FROM_END_M: Final = 3000
"""A line may be redrawn a little without its destinations; further off they would point elsewhere."""


def destination_project(dataset: Dataset) -> Iterator[Fault]:
    """Each entry names a project that is drawn as a line."""
    for one in dataset.destinations:
        project = dataset.projects.get(one.project)
        if project is None:
            yield Fault(
                "destination-project",
                one.record,
                quoted(one.project),
                "is no project of the layer",
                "write the id that data/projects.geojson has",
            )
        elif _ends(project.geometry) is None:
            yield Fault(
                "destination-project",
                one.record,
                quoted(one.project),
                "is not drawn as a line, so that it leads nowhere",
                "remove the entry, or draw the line",
            )


def destination_end(dataset: Dataset) -> Iterator[Fault]:
    """Each entry lies within 3 km of an end of its project's line, or of one of its parts."""
    for one, metres in _from_ends(dataset):
        # Written so that a distance that is no number is a fault too.
        if not metres <= FROM_END_M:
            yield Fault(
                "destination-end",
                one.record,
                f"at {one.at[0]}, {one.at[1]}",
                f"is {metres:.0f} m from the nearest end of its line, but at most {FROM_END_M} m may be",
                "write longitude and latitude of the end, as data/projects.geojson has them",
            )


def destination_order(dataset: Dataset) -> Iterator[Fault]:
    """Entries are sorted by project and position, and an end has one entry."""
    for before, one in pairwise(dataset.destinations):
        if one.order <= before.order:
            same = one.order == before.order
            yield Fault(
                "destination-order",
                one.record,
                f"at {one.at[0]}, {one.at[1]}",
                "stands twice" if same else f"comes after {quoted(before.record)}",
                "remove one of the two" if same else "run: python -m geo format",
            )


def _ends(geometry: BaseGeometry | None) -> shapely.MultiPoint | None:
    """Return both ends of each part of a line; None for what is no line."""
    if geometry is None or "Line" not in geometry.geom_type or geometry.is_empty:
        return None
    parts = [list(part.coords) for part in shapely.get_parts(geometry)]
    return shapely.MultiPoint([end for points in parts for end in (points[0], points[-1])])


def _from_ends(dataset: Dataset) -> Iterator[tuple[Destination, float]]:
    """Yield (entry, metres to the nearest end) for each entry whose project is drawn as a line."""
    found = [
        (one, ends)
        for one in dataset.destinations
        if one.project in dataset.projects
        and (ends := _ends(dataset.projects[one.project].geometry)) is not None
    ]
    metric = metric_crs(dataset.counties)
    at = gpd.GeoSeries([shapely.Point(one.at) for one, _ in found], crs=CRS).to_crs(metric)
    ends = gpd.GeoSeries([ends for _, ends in found], crs=CRS).to_crs(metric)
    for (one, _), metres in zip(found, at.distance(ends), strict=True):
        yield one, float(metres)


DESTINATION_CHECKS: Final = (destination_project, destination_end, destination_order)
