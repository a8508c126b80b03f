"""The layers of the ground below the projects: counties, rivers and places, read and checked.

They are drawn by scripts and measured by checks that take them as they are: what is wrong in them
would be an empty map in a browser, or an error in the middle of a measurement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError

from geo.core.character_faults import text_faults
from geo.core.faults import DataError, Fault
from geo.core.home import Home, read_json
from geo.core.shapes import LINES, POLYGONS, shape_faults
from geo.core.validation import breaches
from geo.layer.schema import COUNTY, GROUND, PLACE, RIVER, ground_feature

GLOBE: Final = shapely.box(-180, -90, 180, 90)


@dataclass(frozen=True)
class Kind:
    """A layer: the JSON Schema of its features, the check that speaks of it, and the cure."""

    feature: dict[str, Any]
    check: str
    cure: str


KINDS: Final = {
    "counties": Kind(
        ground_feature(COUNTY, POLYGONS),
        "counties-readable",
        "each feature needs code, name_zh, name_en, ziyang, label and a polygon (lon, lat)",
    ),
    "rivers": Kind(
        ground_feature(RIVER, (*LINES, *POLYGONS)),
        "ground-readable",
        "each feature needs name_zh, name_en and a line or polygon (lon, lat)",
    ),
    "places": Kind(
        ground_feature(PLACE, ("Point",)),
        "ground-readable",
        "each feature needs kind, rank (1 to 3), name_zh, name_en and a point (lon, lat)",
    ),
}
"""The layers by the names that `Home.layers` gives them."""


def read_layer(home: Home, name: str) -> dict[str, Any]:
    """Return a layer of the ground as its FeatureCollection (lon, lat, EPSG:4326).

    Raises DataError with every feature that is not as the map needs it.
    """
    kind, record = KINDS[name], f"data/{name}.geojson"
    collection: dict[str, Any] = read_json(home.layers()[name])
    found = list(breaches(GROUND, collection, record))
    if not found:
        for number, feature in enumerate(collection["features"], start=1):
            found += _feature_faults(kind, f"{record}, feature {number}", feature)
    if found:
        raise DataError(
            Fault(kind.check, one.record, one.value, one.rule, kind.cure) for one in found
        )
    return collection


def _feature_faults(kind: Kind, record: str, feature: Any) -> list[Fault]:
    """Return the faults of a feature: of its keys, or else of what these hold."""
    found = list(breaches(kind.feature, feature, record))
    found = found or [
        *text_faults(kind.check, record, feature["properties"]),
        *shape_faults(kind.check, record, feature["geometry"]),
    ]
    return found or list(_geometry_faults(kind, record, feature["geometry"]))


def _geometry_faults(kind: Kind, record: str, geometry: dict[str, Any]) -> Iterator[Fault]:
    try:
        shape = shapely.geometry.shape(geometry)
    except (ShapelyError, ValueError) as error:
        yield Fault(kind.check, record, str(error)[:80], "keeps it from being drawn", kind.cure)
        return
    if not GLOBE.covers(shape):
        west, south, east, north = shape.bounds
        value = f"bounds {west:g}, {south:g}, {east:g}, {north:g}"
        yield Fault(kind.check, record, value, "leave the globe", kind.cure)
    elif not shape.is_valid:
        value = f"the {shape.geom_type} is not valid ({shapely.is_valid_reason(shape)})"
        yield Fault(kind.check, record, value, "but is measured against", kind.cure)
