"""The base layers, drawn below the projects: reading and validating counties, rivers and places.

Scripts draw these layers and checks measure against them, without validating them again. An error
that is missed here would leave the map empty, or raise in the middle of a measurement.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.errors import ShapelyError

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json
from geo.core.home import Home, find_home
from geo.core.validation import (
    COLLECTION_SCHEMA,
    COUNTY_CODE,
    LINES,
    NAME,
    POLYGONS,
    SLUG,
    TEXT,
    character_faults,
    coordinate_faults,
    feature_schema,
    schema_faults,
)

GLOBE: Final = shapely.box(-180, -90, 180, 90)


@dataclass(frozen=True)
class Kind:
    """A kind of base layer: the schema of its features, and the check and cure in its faults."""

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
"""Properties of a county; `label` is the position of its name (lon, lat). Others are allowed."""


RIVER: Final = {
    "type": "object",
    "properties": {"name_zh": NAME, "name_en": NAME},
    "required": ["name_zh", "name_en"],
}


PLACE: Final = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "pattern": "^[a-z]{1,20}$"},
        "rank": {"enum": [1, 2, 3, 4]},
        "name_zh": NAME,
        "name_en": NAME,
        "id": {"type": "string", "pattern": SLUG, "maxLength": 80},
        "county": COUNTY_CODE,
        "error_m": {"type": "number", "exclusiveMinimum": 0},
        "how_zh": TEXT,
        "how_en": TEXT,
        "source": TEXT,
    },
    "required": ["kind", "name_zh", "name_en"],
    "dependentRequired": {"id": ["error_m", "how_zh", "how_en", "source"]},
}
"""Properties of a place. The map labels a place that has a rank: 1 at the widest view, 4 only near.
A place with an `id` belongs to the gazetteer: it says how its position is known and how far off it
may be. Other properties are allowed."""


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
        "each feature needs kind, name_zh, name_en and a point (lon, lat), one with a rank (1 to 4) is "
        "labelled, and one with an id needs error_m, how_zh, how_en and source",
    ),
}
"""The kinds by layer name, as in `Home.layers`."""


def read_layer(home: Home, name: str) -> dict[str, Any]:
    """Return a base layer as a FeatureCollection (lon, lat, EPSG:4326).

    Raises DataError with the faults of all features.
    """
    kind, record = KINDS[name], f"data/{name}.geojson"
    collection: dict[str, Any] = read_json(home.layers()[name])
    faults = list(schema_faults(COLLECTION_SCHEMA, collection, record))
    if not faults:
        for number, feature in enumerate(collection["features"], start=1):
            faults += _feature_faults(kind, f"{record}, feature {number}", feature)
    if faults:
        raise DataError(
            Fault(kind.check, fault.record, fault.value, fault.rule, kind.cure) for fault in faults
        )
    return collection


def _feature_faults(kind: Kind, record: str, feature: Any) -> list[Fault]:
    """Return the faults of a feature from the first stage with any: schema, values, or geometry."""
    faults = list(schema_faults(kind.feature, feature, record))
    faults = faults or [
        *character_faults(kind.check, record, feature["properties"]),
        *coordinate_faults(kind.check, record, feature["geometry"]),
    ]
    return faults or list(_geometry_faults(kind, record, feature["geometry"]))


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

Bounds = tuple[float, float, float, float]
"""West, south, east, north, in degrees (EPSG:4326)."""


def read_counties(home: Home) -> gpd.GeoDataFrame:
    """Return [name_zh, name_en, ziyang, geometry], indexed by code (lon, lat, EPSG:4326).

    `ziyang` marks the place's own counties, even if the place is not Ziyang. Raises DataError if a
    record is not a named polygon, a code is used twice, or no county is the place's own.
    """
    features = read_layer(home, "counties")["features"]
    columns = ("name_zh", "name_en", "ziyang")
    codes = [feature["properties"]["code"] for feature in features]
    rows = [
        {key: feature["properties"][key] for key in columns}
        | {"geometry": shapely.geometry.shape(feature["geometry"])}
        for feature in features
    ]
    duplicates = sorted({code for code in codes if codes.count(code) > 1})
    if duplicates:
        fault = Fault(
            "counties-readable",
            "data/counties.geojson",
            f"the code {', '.join(duplicates)}",
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


KIND_OF_COUNTY: Final = re.compile(
    r" (?:City|County|District|Prefecture|Sub-?county)$", re.IGNORECASE
)


def short_names(counties: gpd.GeoDataFrame) -> dict[str, str]:
    """Return the English name of each county for a map: without its kind, if it stays unique so.

    The place's own counties need not differ from their neighbours, which are written smaller.
    """
    names = zip(counties.index, counties["name_en"], counties["ziyang"], strict=True)
    short = {
        code: (KIND_OF_COUNTY.sub("", name), bool(is_own), name) for code, name, is_own in names
    }
    often = Counter((name, is_own) for name, is_own, _ in short.values())
    return {
        code: name if often[name, is_own] == 1 else whole
        for code, (name, is_own, whole) in short.items()
    }


def own(counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the rows of the place's own counties, without their neighbours."""
    return counties[counties["ziyang"].astype(bool)]


def metric_crs(counties: gpd.GeoDataFrame) -> Any:
    """Return the UTM CRS of the place's own counties, for distances in metres."""
    return own(counties).estimate_utm_crs()


def read_window(home: Home) -> Bounds:
    """Return the `bbox` of `counties.geojson`, or Ziyang's window if it has none.

    Raises DataError if it is not west, south, east, north in degrees.
    """
    collection = read_json(home.counties)
    bbox = collection.get("bbox", WINDOW) if isinstance(collection, dict) else WINDOW
    items = bbox if isinstance(bbox, list | tuple) else ()
    degrees = [float(item) for item in items if isinstance(item, int | float) and item is not True]
    west, south, east, north = degrees if len(degrees) == len(items) == len(WINDOW) else (0.0,) * 4
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - degrees
        fault = Fault(
            "counties-readable",
            "data/counties.geojson",
            f"bbox {quoted(bbox)}",
            "is no window",
            "write west, south, east, north in degrees (RFC 7946), or leave bbox out",
        )
        raise DataError([fault])
    return west, south, east, north


WINDOW: Final = (103.6, 29.2, 106.7, 31.2)
"""Ziyang's window, which contains every geometry: west, south, east, north (EPSG:4326).

The window of another place is the `bbox` (RFC 7946) of its `counties.geojson`.
"""


@cache
def window_at_start() -> Bounds:
    """Return the window of the home that the program was started with; Ziyang's if unreadable."""
    try:
        return read_window(find_home())
    except DataError:
        # Reading the dataset reports the error; the page that shows the report must still open.
        return WINDOW


@dataclass(frozen=True)
class UtmZone:
    """A zone of the Universal Transverse Mercator projection on WGS 84, six degrees wide."""

    number: int
    is_north: bool

    @property
    def side(self) -> str:
        """The hemisphere: "N" or "S"."""
        return "N" if self.is_north else "S"

    @property
    def name(self) -> str:
        """The number with the hemisphere: "48N"."""
        return f"{self.number}{self.side}"

    @property
    def code(self) -> str:
        """The code in the EPSG register: "EPSG:32648"."""
        return f"EPSG:{(32600 if self.is_north else 32700) + self.number}"


def middle(window: Bounds) -> tuple[float, float]:
    """Return the longitude and latitude of the middle of a window, in degrees."""
    west, south, east, north = window
    return (west + east) / 2, (south + north) / 2


def utm_zone(window: Bounds) -> UtmZone:
    """Return the zone in which the middle of a window lies."""
    longitude, latitude = middle(window)
    return UtmZone(min(math.floor((longitude + 180) / 6) + 1, 60), latitude >= 0)


METRIC_ZONE: Final = utm_zone(window_at_start())
METRIC_CRS: Final = METRIC_ZONE.code
"""The UTM zone of the home that the program was started with: for Ziyang 48N (EPSG:32648), in which
distances are accurate to 0.1 %."""
