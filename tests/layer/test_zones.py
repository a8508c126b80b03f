"""Coordinate systems follow the place: metres are those of its own zone, and CGCS2000 is for China."""

import pytest
from support.other_home import KENYA, make, tell

from geo.core.home import ZIYANG, County
from geo.layer.base_layers import METRIC_CRS, WINDOW, utm_zone
from geo.layer.codes import SYSTEMS, coordinate_systems, gauss_kruger

KISUMU = 33.9, -0.9, 35.8, 0.5
FUJIAN = 115.3, 23.1, 121.0, 28.8
NAGASAKI = 128.6, 32.0, 130.4, 34.7
PLACES = {
    "Ziyang": (WINDOW, ZIYANG, "EPSG:32648", ("EPSG:4326", "EPSG:4490", "EPSG:4544")),
    "a province of China": (
        FUJIAN, [County("350100", "福州市", "Fuzhou")], "EPSG:32650", ("EPSG:4326", "EPSG:4490", "EPSG:4548"),
    ),
    "south of the equator": (
        KISUMU, [County("042001", "Kisumu East", "Kisumu East")], "EPSG:32736", ("EPSG:4326", "EPSG:32736"),
    ),
    "Chinese characters and codes in Japan": (
        NAGASAKI, [County("422011", "長崎市", "Nagasaki")], "EPSG:32652", ("EPSG:4326", "EPSG:32652"),
    ),
    "Chinese codes on the wrong continent": (
        KISUMU, [County("512002", "雁江区", "Yanjiang")], "EPSG:32736", ("EPSG:4326", "EPSG:32736"),
    ),
    "the last meridian": ((179, 10, 180, 11), [], "EPSG:32660", ("EPSG:4326", "EPSG:32660")),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_a_place_is_measured_and_offered_in_its_own_zone(place):
    window, counties, metric, offered = PLACES[place]
    assert utm_zone(window).code == metric
    assert tuple(one.code for one in coordinate_systems(window, counties)) == offered


def test_the_shipped_home_keeps_its_zones():
    assert METRIC_CRS == "EPSG:32648"
    assert [one.slug for one in SYSTEMS] == ["", "cgcs2000", "cgcs2000-gk105"]


@pytest.mark.parametrize(
    ("longitude", "code"),
    [(73.5, "EPSG:4534"), (76.4, "EPSG:4534"), (76.6, "EPSG:4535"), (118.2, "EPSG:4548"), (135, "EPSG:4554")],
)  # fmt: skip
def test_a_zone_of_three_degrees_is_the_one_whose_meridian_is_nearest(longitude, code):
    from pyproj import CRS

    system = gauss_kruger(longitude)
    assert system.code == code
    meridian = dict(system.values)["meridian"]
    assert f"CM {meridian}E" in CRS(code).name
    assert system.slug == f"cgcs2000-gk{meridian}"
    assert abs(longitude - int(meridian)) <= 1.5


@pytest.fixture(scope="module")
def kenya(tmp_path_factory):
    return make(tmp_path_factory.mktemp("zones") / "kenya", "english-plan", move=KENYA)


TOLD = """
import geopandas, json, shapely
from geo.core.i18n import text
from geo.exports.formats import FORMAT, PRINTS, file_names
from geo.layer.base_layers import CRS, METRIC_CRS
from geo.layer.dataset import read_dataset
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select
from geo.core.home import find_home
from geo.sheet.composition import compose
from geo.web.api import openapi
dataset = read_dataset(find_home())
whole = select(dataset, ProjectFilter())
line = shapely.LineString([(34.7, -0.5), (34.8, -0.5)])
length = geopandas.GeoSeries([line], crs=CRS).to_crs(METRIC_CRS).length.iloc[0]
drawing = FORMAT["dxf"].placed(whole, None)
print(json.dumps({
    "length": length,
    "projection": [compose(dataset, ProjectFilter(), one)["words"]["projection"] for one in ("zh", "en")],
    "why": PRINTS[0].one_system,
    "offered": {code: [one.code for one in FORMAT[code].systems] for code in ("gpkg", "shp", "dxf")},
    "name": file_names(drawing, "dxf")[0],
    "stamp": drawing.stamp("en").crs,
    "api": json.dumps(openapi("1")),
}))
"""


def test_a_map_south_of_the_equator_measures_prints_and_offers_its_zone(kenya):
    told = tell(kenya, TOLD)
    # A tenth of a degree of longitude half a degree from the equator is 11.131 km.
    assert told["length"] == pytest.approx(11_131, rel=0.001)
    assert told["projection"] == [
        "UTM 36S 投影，WGS 84（EPSG:32736）",
        "UTM zone 36 S, WGS 84 (EPSG:32736)",
    ]
    assert told["why"] == "the sheet is drawn in UTM zone 36S"
    assert told["offered"] == {
        "gpkg": ["EPSG:4326", "EPSG:32736"], "shp": ["EPSG:4326", "EPSG:32736"], "dxf": ["EPSG:32736", "EPSG:4326"],
    }  # fmt: skip
    assert "-projects-utm36s-" in told["name"]
    assert told["stamp"] == "EPSG:32736 WGS 84, UTM zone 36S"
    assert "EPSG:32736 (WGS 84, UTM zone 36S)" in told["api"]
    assert "CGCS2000" not in told["api"]
