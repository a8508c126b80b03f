"""What differs between two editions of the layer: added, removed, and changed field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.faults import DataError, Fault
from geo.core.home import Home
from geo.layer.base_layers import CRS
from geo.layer.events import Event, read_events
from geo.layer.projects import parse_project, read_features
from geo.layer.schema import PROPERTIES

Feature = Mapping[str, Any]

WORLD: Final = shapely.box(-180, -90, 180, 90)


@dataclass(frozen=True)
class Extent:
    """How large a geometry is: its GeoJSON type, its area in km² and its length in km.

    A line has no area, a polygon's length is left at 0, and a point has neither.
    """

    kind: str
    area_km2: float
    length_km: float


@dataclass(frozen=True)
class GeometryChange:
    """How a geometry differs: how far its centroid moved, in metres, and its extent before and after.

    `moved_m` is None where there was none before, or is none now.
    """

    moved_m: float | None
    old: Extent | None
    new: Extent | None


@dataclass(frozen=True)
class FieldChange:
    """A property with its values before and after."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Change:
    """A project that both editions hold and that is not the same in them."""

    feature: Feature
    fields: tuple[FieldChange, ...]
    geometry: GeometryChange | None


@dataclass(frozen=True)
class Comparison:
    """Two editions compared; features are those of the edition that holds them, sorted by id.

    Of events, one that differs in any value is one that was told and one that is no longer.
    """

    added: tuple[Feature, ...]
    removed: tuple[Feature, ...]
    changed: tuple[Change, ...]
    told: tuple[Event, ...] = ()
    untold: tuple[Event, ...] = ()


def read_edition(path: Path) -> dict[str, Feature]:
    """Return the features by id of a layer's file, or of the folder that holds one.

    Raises DataError when it cannot be read, breaks the schema, or leaves the globe.
    """
    layer = Home(path).projects if path.is_dir() else path
    features: dict[str, Feature] = {one["id"]: one for one in read_features(layer, in_order=False)}
    faults = []
    for one in features.values():
        shape = parse_project(one).geometry
        if shape is not None and not WORLD.covers(shape):
            fault = Fault(
                "geometry-readable",
                one["id"],
                f"its {shape.geom_type}",
                "does not lie on the globe",
                "write numbers as [longitude, latitude] in degrees",
            )
            faults.append(fault)
    if faults:
        raise DataError(faults)
    return features


def read_told(path: Path) -> tuple[Event, ...]:
    """Return the events of the folder of an edition; none for the file of a layer alone.

    Raises DataError when they break the schema.
    """
    return read_events(Home(path)) if path.is_dir() else ()


def compare(
    old: Mapping[str, Feature],
    new: Mapping[str, Feature],
    events: tuple[tuple[Event, ...], tuple[Event, ...]] = ((), ()),
) -> Comparison:
    """Return what differs between two editions, given as features by id, and their events."""
    before, after = events
    changes = (_change(old[name], new[name]) for name in sorted(old.keys() & new.keys()))
    return Comparison(
        tuple(new[name] for name in sorted(new.keys() - old.keys())),
        tuple(old[name] for name in sorted(old.keys() - new.keys())),
        tuple(one for one in changes if one.fields or one.geometry),
        tuple(one for one in after if one not in before),
        tuple(one for one in before if one not in after),
    )


def _change(old: Feature, new: Feature) -> Change:
    before, after = old["properties"], new["properties"]
    fields = [
        FieldChange(key, before.get(key), after.get(key))
        # A short name may stand in one edition and not in the other.
        for key in PROPERTIES["properties"]
        if before.get(key) != after.get(key)
    ]
    moved = None
    if old["geometry"] != new["geometry"]:
        moved = geometry_change(parse_project(old).geometry, parse_project(new).geometry)
    return Change(new, tuple(fields), moved)


def geometry_change(old: BaseGeometry | None, new: BaseGeometry | None) -> GeometryChange:
    """Return how two geometries differ (lon, lat, EPSG:4326), measured in the UTM zone of both."""
    there = gpd.GeoSeries([one for one in (old, new) if one is not None], crs=CRS)
    metric = there.to_crs(there.estimate_utm_crs())
    extents = [_extent(one) for one in metric]
    if old is None or new is None:
        return GeometryChange(None, *((None, extents[0]) if old is None else (extents[0], None)))
    before, after = metric.centroid
    return GeometryChange(float(before.distance(after)), *extents)


def _extent(metric: BaseGeometry) -> Extent:
    length = metric.length if "Line" in metric.geom_type else 0.0
    return Extent(metric.geom_type, metric.area / 1e6, length / 1e3)
