"""Rules on places: geometry, counties, precision and references, and destinations of lines."""

from collections.abc import Callable, Iterator
from itertools import compress, pairwise
from typing import Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.faults import Fault, quoted
from geo.layer.base_layers import CRS, metric_crs, own
from geo.layer.codes import EXTENT, PRECISIONS
from geo.layer.dataset import Dataset
from geo.layer.places import Destination, NamedPoint
from geo.layer.projects import Project

TOUCH_SLACK_M: Final = 500
"""A site this close to a county touches it, as borders are coarse: some 150 points each."""

CROSSING_M: Final = 1000
"""A line crosses a county if more than this length lies inside. For a polygon, the square root of the
area inside counts as the length."""


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
        polygons = [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"]
        if any(
            not polygon.exterior.is_ccw or any(hole.is_ccw for hole in polygon.interiors)
            for polygon in polygons
            if not polygon.is_empty
        ):
            yield Fault(
                "geometry-winding",
                project.id,
                "a ring",
                "runs the wrong way round (RFC 7946: exterior counter-clockwise)",
                "pass it through shapely.orient_polygons",
            )


def geometry_window(dataset: Dataset) -> Iterator[Fault]:
    """Each geometry lies within the window of the map (lon, lat)."""
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
    distances = _to_counties(dataset, lambda shapes, county: shapes.distance(county), named=True)
    for project, code, metres in distances:
        if metres > TOUCH_SLACK_M:
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

    for project, code, metres in _to_counties(dataset, depth, named=False):
        if metres > CROSSING_M:
            yield Fault(
                "county-named",
                project.id,
                f"county {code}",
                f"is crossed for {metres / 1000:.1f} km but not named",
                "add the code or mend the geometry",
            )


def _to_counties(
    dataset: Dataset,
    measure: Callable[[gpd.GeoSeries, BaseGeometry], gpd.GeoSeries],
    *,
    named: bool,
) -> Iterator[tuple[Project, str, float]]:
    """Yield (project, county code, metres) for each own county and each usable geometry.

    Only projects that name the county are measured, or only those that do not.
    """
    # A geometry outside the window has a fault already, and may not fit the metric CRS.
    window = shapely.box(*dataset.window)
    usable = [
        (project, geometry)
        for project, geometry in _mapped(dataset)
        if geometry.is_valid and not geometry.is_empty and window.covers(geometry)
    ]
    metric = metric_crs(dataset.counties)
    shapes = gpd.GeoSeries([geometry for _, geometry in usable], crs=CRS).to_crs(metric)
    for code, county in own(dataset.counties).geometry.to_crs(metric).items():
        chosen = [(str(code) in project.counties) == named for project, _ in usable]
        measured = measure(shapes[chosen], county)
        for (project, _), metres in zip(compress(usable, chosen), measured, strict=True):
            yield project, str(code), float(metres)


GEOMETRY_CHECKS: Final = (
    geometry_valid,
    geometry_winding,
    geometry_window,
    county_touched,
    county_named,
)


EXACT_LIMIT_M: Final = 500
"""The data contract's limit for the uncertainty of an exact site."""


def precision_geometry(dataset: Dataset) -> Iterator[Fault]:
    """A project has a geometry if and only if its precision requires one; an area is a polygon."""
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
    """The uncertainty is given for exact (at most 500 m) and approximate sites, else null."""
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
    """Each project with a geometry states the sources of its place."""
    for project in dataset.projects.values():
        if project.geometry is not None and not project.references:
            yield Fault(
                "references-given",
                project.id,
                "an empty list of references",
                "does not say where its geometry comes from",
                "name the source and its licence, or set geometry null and precision unlocated",
            )


def extent_drawn(dataset: Dataset) -> Iterator[Fault]:
    """Several whole counties are drawn only for what is everywhere in them by nature.

    For a site, a line or a zone, such an outline would hide that its place is unknown.
    """
    for project in dataset.projects.values():
        if project.scope == "wide" and not EXTENT[project.extent].whole:
            yield Fault(
                "extent-drawn",
                project.id,
                f"extent '{project.extent}'",
                "is drawn as several whole counties, which is not its nature",
                "draw where it is, or set geometry null and precision unlocated",
            )


def named_point_known(dataset: Dataset) -> Iterator[Fault]:
    """Each named point names a project with a geometry, and a place of the gazetteer."""
    for point in dataset.named_points:
        project = dataset.projects.get(point.project)
        if project is None or project.geometry is None:
            value, rule = quoted(point.project), "is no project with a geometry"
            cure = "write the id that data/projects.geojson has, or remove the entry"
        elif point.place not in dataset.gazetteer:
            value, rule = quoted(point.place), "is no place of data/places.geojson"
            cure = "add the place with its id, or correct the name"
        else:
            continue
        yield Fault(
            "named-point-known",
            point.record,
            value,
            rule,
            cure,
        )


def named_point_near(dataset: Dataset) -> Iterator[Fault]:
    """The geometry of a project passes as near to each of its named points as they say."""
    for point, metres in _from_named_points(dataset):
        # "not <=" instead of ">", so that NaN is a fault too.
        if not metres <= point.within_m:
            yield Fault(
                "named-point-near",
                point.record,
                f"{metres:.0f} m from the geometry",
                f"is more than within_m, {point.within_m:g} m",
                "mend the geometry, the place, or the distance",
            )


def named_point_order(dataset: Dataset) -> Iterator[Fault]:
    """Named points are sorted by project, and no project has a place twice."""
    seen: set[tuple[str, str]] = set()
    previous = ""
    for point in dataset.named_points:
        if point.order in seen:
            rule, cure = "stands twice", "remove one of the two"
        elif point.project < previous:
            rule, cure = f"comes after {quoted(previous)}", "run: python -m geo format"
        else:
            rule = cure = ""
        if rule:
            yield Fault(
                "named-point-order",
                point.record,
                quoted(point.place),
                rule,
                cure,
            )
        seen.add(point.order)
        previous = point.project


def _from_named_points(dataset: Dataset) -> Iterator[tuple[NamedPoint, float]]:
    """Yield (named point, metres to the geometry of its project) where both are known."""
    pairs = [
        (point, geometry)
        for point in dataset.named_points
        if point.place in dataset.gazetteer
        and point.project in dataset.projects
        and (geometry := dataset.projects[point.project].geometry) is not None
    ]
    metric = metric_crs(dataset.counties)
    places = [shapely.Point(dataset.gazetteer[point.place].at) for point, _ in pairs]
    at = gpd.GeoSeries(places, crs=CRS).to_crs(metric)
    shapes = gpd.GeoSeries([geometry for _, geometry in pairs], crs=CRS).to_crs(metric)
    for (point, _), metres in zip(pairs, at.distance(shapes), strict=True):
        yield point, float(metres)


PLACEMENT_CHECKS: Final = (extent_drawn, named_point_known, named_point_near, named_point_order)


FROM_END_M: Final = 3000
"""How far a destination may be from the end of its line. This tolerates small changes to the line."""


def destination_project(dataset: Dataset) -> Iterator[Fault]:
    """Each destination names a project that is drawn as a line."""
    for destination in dataset.destinations:
        project = dataset.projects.get(destination.project)
        if project is None:
            yield Fault(
                "destination-project",
                destination.record,
                quoted(destination.project),
                "is no project of the layer",
                "write the id that data/projects.geojson has",
            )
        elif _ends(project.geometry) is None:
            yield Fault(
                "destination-project",
                destination.record,
                quoted(destination.project),
                "is not drawn as a line, so that it leads nowhere",
                "remove the entry, or draw the line",
            )


def destination_end(dataset: Dataset) -> Iterator[Fault]:
    """Each destination is within 3 km of an end of its project's line, or of a part of it."""
    for destination, metres in _from_ends(dataset):
        # "not <=" instead of ">", so that NaN is a fault too.
        if not metres <= FROM_END_M:
            yield Fault(
                "destination-end",
                destination.record,
                f"at {destination.at[0]}, {destination.at[1]}",
                f"is {metres:.0f} m from the nearest end of its line, but at most {FROM_END_M} m may be",
                "write longitude and latitude of the end, as data/projects.geojson has them",
            )


def destination_order(dataset: Dataset) -> Iterator[Fault]:
    """Destinations are sorted by project and position, with one entry per position."""
    for before, destination in pairwise(dataset.destinations):
        if destination.order <= before.order:
            same = destination.order == before.order
            yield Fault(
                "destination-order",
                destination.record,
                f"at {destination.at[0]}, {destination.at[1]}",
                "stands twice" if same else f"comes after {quoted(before.record)}",
                "remove one of the two" if same else "run: python -m geo format",
            )


def _ends(geometry: BaseGeometry | None) -> shapely.MultiPoint | None:
    """Return both ends of each part of a line, or None for other geometries."""
    if geometry is None or "Line" not in geometry.geom_type or geometry.is_empty:
        return None
    parts = [list(part.coords) for part in shapely.get_parts(geometry)]
    return shapely.MultiPoint([end for points in parts for end in (points[0], points[-1])])


def _from_ends(dataset: Dataset) -> Iterator[tuple[Destination, float]]:
    """Yield (destination, metres to the nearest end) where the project is drawn as a line."""
    pairs = [
        (destination, ends)
        for destination in dataset.destinations
        if destination.project in dataset.projects
        and (ends := _ends(dataset.projects[destination.project].geometry)) is not None
    ]
    metric = metric_crs(dataset.counties)
    points = [shapely.Point(destination.at) for destination, _ in pairs]
    at = gpd.GeoSeries(points, crs=CRS).to_crs(metric)
    ends = gpd.GeoSeries([ends for _, ends in pairs], crs=CRS).to_crs(metric)
    for (destination, _), metres in zip(pairs, at.distance(ends), strict=True):
        yield destination, float(metres)


DESTINATION_CHECKS: Final = (destination_project, destination_end, destination_order)


PRECISION_CHECKS: Final = (precision_geometry, precision_uncertainty, references_given)
