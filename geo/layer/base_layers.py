"""District polygons: the place's own counties and their neighbours."""

from typing import Any, Final

import geopandas as gpd
import shapely

from geo.core.faults import DataError, Fault, quoted
from geo.core.home import Home, read_json
from geo.layer.backdrop import read_layer
from geo.layer.codes import WINDOW

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
