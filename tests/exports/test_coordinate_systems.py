"""Files in CGCS2000: right by a formula of another source, and they say what they are in."""

import json
import re
import sqlite3
from contextlib import closing
from math import asinh, atan2, atanh, cos, cosh, hypot, radians, sin, sinh, sqrt

import pyogrio
import pytest
import shapely
from pyproj import CRS
from support.export_readers import geometries, same, zipped

from geo.core.faults import DataError
from geo.core.i18n import LANGUAGES
from geo.exports.formats import FORMAT, FORMATS, PRINTS, export, file_names
from geo.exports.gis_files import LAYERS
from geo.layer.codes import CRS_CODES, SYSTEMS
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select

WITH_CRS = [one.code for one in FORMATS if one.takes_crs]
CGCS2000 = 6_378_137.0, 298.257222101
KRASOVSKY = 6_378_245.0, 298.3
"""Semi-major axis in metres and inverse flattening; that of Krasovsky belongs to Beijing 1954."""


def gauss_kruger(longitude, latitude, ellipsoid, meridian=105.0, false_easting=500_000.0):
    """Return easting and northing in metres by the series of Krüger (1912), to the fourth power."""
    axis, inverse = ellipsoid
    n = 1 / (2 * inverse - 1)
    radius = axis / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    series = (
        n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16 + 41 * n**4 / 180,
        13 * n**2 / 48 - 3 * n**3 / 5 + 557 * n**4 / 1440,
        61 * n**3 / 240 - 103 * n**4 / 140,
        49561 * n**4 / 161280,
    )
    phi, lam = radians(latitude), radians(longitude - meridian)
    e = 2 * sqrt(n) / (1 + n)
    t = sinh(atanh(sin(phi)) - e * atanh(e * sin(phi)))
    xi, eta = atan2(t, cos(lam)), asinh(sin(lam) / hypot(t, cos(lam)))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(series, 1))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(series, 1))
    return false_easting + radius * east, radius * north


def test_the_formula_keeps_lengths_on_the_meridian():
    east, north = gauss_kruger(105, 30, CGCS2000)
    assert east == 500_000
    # A minute of latitude at 30° N is 1847.5 m long, a minute of longitude 1608.1 m.
    assert gauss_kruger(105, 30 + 1 / 60, CGCS2000)[1] - north == pytest.approx(1847.5, abs=0.1)
    assert gauss_kruger(105 + 1 / 60, 30, CGCS2000)[0] - east == pytest.approx(1608.1, abs=0.1)


@pytest.fixture(scope="module")
def whole(dataset):
    return select(dataset, ProjectFilter())


def farthest(made, dataset, ellipsoid):
    """Return the greatest distance in metres between made points and computed ones."""
    off = []
    for name, shape in made.items():
        own = dataset.projects[name].geometry
        assert (shape is None) == (own is None)
        if own is not None:
            found = shapely.get_coordinates(shapely.get_parts(shape))
            wanted = shapely.get_coordinates(shapely.get_parts(own))
            assert len(found) == len(wanted)
            off += [
                hypot(*(point - gauss_kruger(*degrees, ellipsoid)))
                for point, degrees in zip(found, wanted, strict=True)
            ]
    return max(off)


@pytest.mark.parametrize("code", WITH_CRS)
def test_every_point_in_metres_is_where_the_formula_puts_it(whole, dataset, code):
    made = geometries(code, export(whole, code, crs="EPSG:4544"))
    assert made.keys() == dataset.projects.keys()
    assert farthest(made, dataset, CGCS2000) < 0.001
    # The ellipsoid of an older system would be tens of metres off.
    few = {name: made[name] for name in list(made)[:5]}
    assert farthest(few, dataset, KRASOVSKY) > 10


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:4490"])
@pytest.mark.parametrize("code", ["gpkg", "shp"])
def test_in_degrees_the_numbers_are_those_of_the_layer(whole, dataset, code, crs):
    made = geometries(code, export(whole, code, crs=crs))
    projects = dataset.projects
    assert [name for name, shape in made.items() if not same(shape, projects[name].geometry)] == []


@pytest.mark.parametrize("system", SYSTEMS, ids=CRS_CODES)
def test_a_geopackage_and_a_shapefile_name_their_system_so_that_others_know_it(
    whole, tmp_path, system
):
    package, archive = tmp_path / "made.gpkg", tmp_path / "made.shp.zip"
    package.write_bytes(export(whole, "gpkg", crs=system.code))
    archive.write_bytes(export(whole, "shp", crs=system.code))
    for layer in LAYERS:
        for path in (package, archive):
            assert CRS(pyogrio.read_info(path, layer=layer)["crs"]).to_epsg() == system.number
        wkt = zipped(archive.read_bytes())[f"{layer}.prj"].decode()
        assert ("CGCS2000" in wkt) == (system.slug != "")
        assert ('"Central_Meridian",105.0' in wkt) == system.metric
    with closing(sqlite3.connect(package)) as file:
        used = file.execute("SELECT DISTINCT srs_id FROM gpkg_geometry_columns").fetchall()
        assert used == [(system.number,)]
        about = dict(file.execute("SELECT field, value FROM about").fetchall())
    assert about["crs"].startswith(system.code)


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("code", WITH_CRS)
def test_the_file_name_tells_the_system_unless_it_is_wgs_84(whole, code, language):
    one = FORMAT[code]
    for system in SYSTEMS:
        names = file_names(one.placed(whole, system.code), one.extension, language)
        for name in names:
            assert ("-cgcs2000" in name) == (system.code != "EPSG:4326")
            assert ("-gk105-" in name) == (system.code == "EPSG:4544")
    assert one.placed(whole, None).system.metric == (code == "dxf")


@pytest.mark.parametrize("one", [*FORMATS, *PRINTS], ids=lambda one: one.code)
def test_a_format_has_a_choice_of_systems_or_the_reason_why_it_has_none(whole, one):
    assert one.takes_crs != bool(one.one_system)
    if not one.takes_crs:
        for crs in CRS_CODES:
            with pytest.raises(DataError, match=re.escape(one.one_system)):
                one.placed(whole, crs)


def test_geojson_stays_in_wgs_84_beside_a_file_that_is_not(whole, home):
    export(whole, "gpkg", crs="EPSG:4544")
    made = json.loads(export(whole, "geojson"))
    layer = json.loads(home.projects.read_text(encoding="utf-8"))
    for one, own in zip(made["features"], layer["features"], strict=True):
        assert one["geometry"] == own["geometry"]
    assert made["stamp"]["crs"].startswith("EPSG:4326")
