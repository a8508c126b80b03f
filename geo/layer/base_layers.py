"""The layers below the projects: districts, rivers and places, read and checked.

Scripts draw them and checks measure against them, both without looking again. An error in them would be
an empty map in a browser, or an exception in the middle of a measurement.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.errors import ShapelyError

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json
from geo.core.home import Home
from geo.core.validation import (
    COLLECTION_SCHEMA,
    COUNTY_CODE,
    LINES,
    NAME,
    POLYGONS,
    character_faults,
    coordinate_faults,
    feature_schema,
    schema_faults,
)

GLOBE: Final = shapely.box(-180, -90, 180, 90)


@dataclass(frozen=True)
class Kind:
    """A layer: the JSON Schema of its features, the check that speaks of it, and the cure."""

    feature: dict[str, Any]
    check: str
    cure: str


COUNTY: Final = {
    "type": "object",
    "properties": {
        "code": COUNTY_CODE, "name_zh": NAME, "name_en": NAME, "ziyang": {"type": "boolean"},
        "label": {
            "type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2,
        },
    },
    "required": ["code", "name_zh", "name_en", "ziyang", "label"],
}  # fmt: skip
"""Properties of a county; `label` is where its name stands (lon, lat). More of them may stand."""


RIVER: Final = {
    "type": "object",
    "properties": {"name_zh": NAME, "name_en": NAME},
    "required": ["name_zh", "name_en"],
}


PLACE: Final = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "pattern": "^[a-z]{1,20}$"},
        "rank": {"enum": [1, 2, 3]},
        "name_zh": NAME,
        "name_en": NAME,
    },
    "required": ["kind", "rank", "name_zh", "name_en"],
}


KINDS: Final = {
    "counties": Kind(
        feature_schema(COUNTY, POLYGONS),
        "counties-readable",
        "each feature needs code, name_zh, name_en, ziyang, label and a polygon (lon, lat)",
    ),
    "rivers": Kind(
        feature_schema(RIVER, (*LINES, *POLYGONS)),
        "ground-readable",
        "each feature needs name_zh, name_en and a line or polygon (lon, lat)",
    ),
    "places": Kind(
        feature_schema(PLACE, ("Point",)),
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
    found = list(schema_faults(COLLECTION_SCHEMA, collection, record))
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
    found = list(schema_faults(kind.feature, feature, record))
    found = found or [
        *character_faults(kind.check, record, feature["properties"]),
        *coordinate_faults(kind.check, record, feature["geometry"]),
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


CRS: Final = "EPSG:4326"
METRIC_CRS: Final = "EPSG:32648"
"""UTM zone 48 N, in which distances at Ziyang are right to 0.1 %."""

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees (EPSG:4326)."""


def read_counties(home: Home) -> gpd.GeoDataFrame:
    """Return [name_zh, name_en, ziyang, geometry], indexed by code (lon, lat, EPSG:4326).

    `ziyang` marks the place's own counties, whatever the place. Raises DataError when a record is
    not a named polygon or no county is the place's own.
    """
    features = read_layer(home, "counties")["features"]
    own_keys = ("name_zh", "name_en", "ziyang")
    codes = [one["properties"]["code"] for one in features]
    rows = [
        {key: one["properties"][key] for key in own_keys}
        | {"geometry": shapely.geometry.shape(one["geometry"])}
        for one in features
    ]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        fault = Fault(
            "counties-readable",
            "data/counties.geojson",
            f"the code {', '.join(twice)}",
            "stands twice, but names one county",
            "merge the two features, or correct the code of one",
        )
        raise DataError([fault])
    if not any(row["ziyang"] for row in rows):
        fault = Fault(
            "counties-readable",
            "data/counties.geojson",
            f"of {len(rows)} counties none",
            "is the place's own, but the county filter needs one",
            "set ziyang to true on the counties that the document is about",
        )
        raise DataError([fault])
    return gpd.GeoDataFrame(rows, index=codes, crs=CRS)


def own(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows of the counties that are the place's own."""
    return counties[counties["ziyang"].astype(bool)]


def metric_crs(counties: gpd.GeoDataFrame) -> Any:
    """Return the UTM zone of the place's own counties, for distances in metres."""
    return own(counties).estimate_utm_crs()


def read_window(home: Home) -> Bounds:
    """Return the `bbox` of the counties' collection, or Ziyang's window where it states none.

    Raises DataError when it is not west, south, east, north in degrees.
    """
    collection = read_json(home.counties)
    stated = collection.get("bbox", WINDOW) if isinstance(collection, dict) else WINDOW
    listed = stated if isinstance(stated, list | tuple) else ()
    lawful = [float(one) for one in listed if isinstance(one, int | float) and one is not True]
    west, south, east, north = lawful if len(lawful) == len(listed) == len(WINDOW) else (0.0,) * 4
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - degrees
        fault = Fault(
            "counties-readable",
            "data/counties.geojson",
            f"bbox {quoted(stated)}",
            "is no window",
            "write west, south, east, north in degrees (RFC 7946), or leave bbox out",
        )
        raise DataError([fault])
    return west, south, east, north


WINDOW: Final = (103.6, 29.2, 106.7, 31.2)
"""West, south, east, north, in degrees (EPSG:4326): every geometry lies inside.

Another place states its own as the `bbox` (RFC 7946) of its `counties.geojson`.
"""
