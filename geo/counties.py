"""District polygons: Ziyang's three counties and their neighbours."""

from typing import Final

import geopandas as gpd
import shapely
from shapely.errors import ShapelyError

from geo.codes import COUNTIES
from geo.faults import DataError, Fault
from geo.home import Home, read_json

CRS: Final = "EPSG:4326"
METRIC_CRS: Final = "EPSG:32648"
"""UTM zone 48 N, in which distances at Ziyang are right to 0.1 %."""


def read_counties(home: Home) -> gpd.GeoDataFrame:
    """Return [name_zh, name_en, ziyang, geometry], indexed by code (lon, lat, EPSG:4326).

    Raises DataError when a record is not a named polygon or a county of Ziyang is missing.
    """
    collection = read_json(home.counties)
    codes, rows = [], []
    try:
        for feature in collection["features"]:
            properties = feature["properties"]
            codes.append(properties["code"])
            row = {key: properties[key] for key in ("name_zh", "name_en", "ziyang")}
            rows.append(row | {"geometry": shapely.geometry.shape(feature["geometry"])})
    except (KeyError, TypeError, ValueError, AttributeError, ShapelyError) as error:
        fault = Fault(
            "counties-readable",
            f"data/counties.geojson, feature {len(codes) + 1}",
            repr(error),
            "keeps it from being read",
            "each feature needs code, name_zh, name_en, ziyang and a polygon",
        )
        raise DataError([fault]) from error
    missing = [code for code in COUNTIES if code not in codes]
    if missing:
        raise DataError(
            Fault(
                "counties-readable",
                "data/counties.geojson",
                f"county {code}",
                "is missing, but the county filter needs it",
                "restore the file from version control",
            )
            for code in missing
        )
    return gpd.GeoDataFrame(rows, index=codes, crs=CRS)
