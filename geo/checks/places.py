"""The rules on geometry: valid, the right way round, in the window, and in the counties named."""

from collections.abc import Callable, Iterator
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.faults import Fault
from geo.layer.base_layers import CRS, metric_crs, own
from geo.layer.dataset import Dataset
from geo.layer.projects import Project

TOUCH_SLACK_M: Final = 500
"""County borders are drawn from some 150 points each: a site this near counts as touching."""

CROSSING_M: Final = 1000
"""A line (by length) or an area (by the root of its size) this deep in a county crosses it."""


def _mapped(dataset: Dataset) -> Iterator[tuple[Project, BaseGeometry]]:
    for project in dataset.projects.values():
        if project.geometry is not None:
            yield project, project.geometry


def geometry_valid(dataset: Dataset) -> Iterator[Fault]:
    """Each geometry is valid and not empty."""
    for project, geometry in _mapped(dataset):
        if geometry.is_empty or not geometry.is_valid:
            reason = "empty" if geometry.is_empty else shapely.is_valid_reason(geometry)
            yield Fault(
                "geometry-valid",
                project.id,
                f"the {geometry.geom_type} is not valid ({reason})",
                "but every geometry must be",
                "redraw it there; shapely.make_valid shows one way",
            )


def geometry_winding(dataset: Dataset) -> Iterator[Fault]:
    """Exterior rings run counter-clockwise and holes clockwise (RFC 7946)."""
    for project, geometry in _mapped(dataset):
        polygons = [one for one in shapely.get_parts(geometry) if one.geom_type == "Polygon"]
        if any(
            not one.exterior.is_ccw or any(hole.is_ccw for hole in one.interiors)
            for one in polygons
            if not one.is_empty
        ):
            yield Fault(
                "geometry-winding",
                project.id,
                "a ring",
                "runs the wrong way round (RFC 7946: exterior counter-clockwise)",
                "pass it through shapely.orient_polygons",
            )


def geometry_window(dataset: Dataset) -> Iterator[Fault]:
    """Each geometry lies in the window of the map, longitude first."""
    window = shapely.box(*dataset.window)
    for project, geometry in _mapped(dataset):
        if geometry.is_empty or window.covers(geometry):
            continue
        west, south, east, north = geometry.bounds
        swapped = window.covers(shapely.box(south, west, north, east))
        yield Fault(
            "geometry-window",
            project.id,
            f"bounds {west:.3f}, {south:.3f}, {east:.3f}, {north:.3f}",
            f"leave the window {dataset.window}",
            "swap the axes: longitude comes first" if swapped else "clip it to the window",
        )


def county_touched(dataset: Dataset) -> Iterator[Fault]:
    """Each project comes within 0.5 km of every county it names."""
    distances = _to_counties(dataset, lambda shapes, county: shapes.distance(county))
    for project, code, metres in distances:
        if code in project.counties and metres > TOUCH_SLACK_M:
            yield Fault(
                "county-touched",
                project.id,
                f"county {code}",
                f"is {metres / 1000:.1f} km away from its geometry",
                "remove the code or mend the geometry",
            )


def county_named(dataset: Dataset) -> Iterator[Fault]:
    """Each project names every county of the place that it crosses by more than 1 km."""

    def depth(shapes: gpd.GeoSeries, county: BaseGeometry) -> gpd.GeoSeries:
        inside = shapes.intersection(county)
        return inside.length.where(shapes.area == 0, inside.area**0.5)

    for project, code, metres in _to_counties(dataset, depth):
        if code not in project.counties and metres > CROSSING_M:
            yield Fault(
                "county-named",
                project.id,
                f"county {code}",
                f"is crossed for {metres / 1000:.1f} km but not named",
                "add the code or mend the geometry",
            )


def _to_counties(
    dataset: Dataset, measure: Callable[[gpd.GeoSeries, BaseGeometry], gpd.GeoSeries]
) -> Iterator[tuple[Project, str, float]]:
    """Yield (project, county code, metres) for each sound geometry and each county of the place."""
    # Outside the window a geometry has a fault already, and no place in the metric CRS.
    window = shapely.box(*dataset.window)
    sound = [
        (project, geometry)
        for project, geometry in _mapped(dataset)
        if geometry.is_valid and not geometry.is_empty and window.covers(geometry)
    ]
    metric = metric_crs(dataset.counties)
    shapes = gpd.GeoSeries([geometry for _, geometry in sound], crs=CRS).to_crs(metric)
    for code, county in own(dataset.counties).geometry.to_crs(metric).items():
        measured = measure(shapes, county)
        for (project, _), metres in zip(sound, measured, strict=True):
            yield project, str(code), float(metres)


GEOMETRY_CHECKS: Final = (
    geometry_valid,
    geometry_winding,
    geometry_window,
    county_touched,
    county_named,
)
