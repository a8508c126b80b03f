"""What a publisher states: a faulty value stops the start, and maps show or leave out what it says."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from playwright.sync_api import expect
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir

from geo.checks import load_published
from geo.core.i18n import Words
from geo.core.publication import (
    APPROVAL_VARIABLE,
    LINES_VARIABLE,
    LONGEST,
    approval,
    approval_number,
    draws_district_lines,
)
from geo.exports.formats import export
from geo.exports.standalone import edition_html
from geo.layer.base_layers import METRIC_CRS, own
from geo.layer.dataset import ALONG_M, without_district_lines
from geo.layer.filters import ProjectFilter
from geo.layer.query import PageState
from geo.layer.selection import select
from geo.map.client_data import backdrop, map_features
from geo.sheet import symbols
from geo.sheet.composition import compose
from geo.sheet.drawing import BORDER
from geo.sheet.preview import compose_selection
from geo.sheet.screen_map import screen_map
from geo.sheet.screen_names import SCREEN
from geo.views.assets import data_assets
from geo.views.charts import county_shapes
from geo.views.summary import compare_html
from geo.web.routes import routes, setting_faults

NUMBER = "川S(2024)00123号"
EVERYTHING = ProjectFilter()
MOST_CROSSED_M = 5_000
"""How long the sides of an area may be within `ALONG_M` of lines that they merely cross."""


@pytest.fixture(scope="module")
def plain(dataset):
    return without_district_lines(dataset)


@pytest.mark.parametrize(
    "number", ["GS(2024)1234号", "GS京（2023）0751号", "川S【2024】00001号", f" {NUMBER}\n"]
)
def test_a_number_is_shown_as_it_is_written(number, monkeypatch):
    monkeypatch.setenv(APPROVAL_VARIABLE, number)
    assert approval_number() == number.strip()
    assert approval("zh") == f"审图号：{number.strip()}"


@pytest.mark.parametrize(
    "value",
    ["审图号：GS(2024)1234号", "<b>GS(2024)1</b>", "GS(二〇二四)", "1\n2", "1" * (LONGEST + 1)],
)
def test_what_is_no_number_stops_the_start_with_its_cure(value, monkeypatch):
    monkeypatch.setenv(APPROVAL_VARIABLE, value)
    (fault,) = setting_faults()
    assert re.search(r"^PROJECT_MAP_APPROVAL: (?s:.*)write the number alone", str(fault))


def test_lines_are_drawn_unless_the_setting_is_off_and_nothing_else_is_a_setting(monkeypatch):
    for value, drawn in (("", True), ("on", True), ("off", False)):
        monkeypatch.setenv(LINES_VARIABLE, value)
        assert draws_district_lines() is drawn
    monkeypatch.setenv(LINES_VARIABLE, "no")
    (fault,) = setting_faults()
    assert re.search(r"^PROJECT_MAP_DISTRICT_LINES: 'no' .*write off", str(fault))


def test_without_a_number_no_map_speaks_of_one(dataset):
    assert approval("zh") == approval("en") == ""
    assert not any(
        "审图号" in one for one in compose(dataset, ProjectFilter(q="无"), "zh")["credits"]
    )


def test_the_number_stands_on_every_map(dataset, monkeypatch):
    monkeypatch.setenv(APPROVAL_VARIABLE, NUMBER)
    few = ProjectFilter(sector=("aviation",))
    assert compose(dataset, few, "zh")["credits"][0] == f"审图号：{NUMBER}"
    assert NUMBER in compose_selection(dataset, few, "en")["credit"]
    page = compare_html(dataset, PageState(), ("512002", "512021"), Words("zh"), dark=False)
    assert NUMBER in page
    client = TestClient(Starlette(routes=routes("", Path(get_static_dir()))))
    assert f'pm-first-approval">审图号：{NUMBER}<' in client.get("/?lang=zh").text


def followed_m(dataset, shapes):
    """Return how many metres of the sides of these shapes follow the line of a district."""
    lines = dataset.counties.to_crs(METRIC_CRS).boundary.union_all().buffer(ALONG_M)
    return shapes.to_crs(METRIC_CRS).boundary.intersection(lines).length


def test_no_published_area_follows_the_line_of_a_district(dataset, plain):
    areas = plain.frame.geometry[plain.frame.geometry.geom_type.str.contains("Polygon", na=False)]
    assert followed_m(dataset, areas).max() < MOST_CROSSED_M
    assert followed_m(dataset, own(plain.counties).geometry).max() < MOST_CROSSED_M
    # The layer itself has areas that do, some of them along all of a district's line.
    assert followed_m(dataset, dataset.frame.geometry[areas.index]).max() > 100_000


def test_only_areas_are_changed_and_every_project_keeps_its_place(dataset, plain):
    for name, project in dataset.projects.items():
        published = plain.projects[name]
        assert published.mapped == project.mapped
        assert replace(published, geometry=project.geometry) == project
        if project.geometry is not None and not project.geometry.area:
            assert published.geometry is project.geometry
    drawn = {one["id"] for one in map_features(plain)["features"] if one["geometry"]}
    assert drawn == {one.id for one in dataset.projects.values() if one.geometry is not None}


def test_every_county_is_framed_as_before_and_has_its_label(dataset, plain):
    for code, shape in own(plain.counties).geometry.items():
        (county,) = (
            one
            for one in backdrop(plain)["counties"]["features"]
            if one["properties"]["code"] == code
        )
        assert shape.contains(shapely.Point(county["properties"]["label"]))
        assert dataset.counties.geometry[code].envelope.contains(shape.buffer(-1e-9))


def test_no_map_draws_a_line_that_was_left_out(dataset, plain):
    dashes = (symbols.stroke_attributes(BORDER, medium) for medium in (symbols.PAPER, SCREEN))
    lines = [re.search(r'stroke-dasharray="[^"]+"', one)[0] for one in dashes]

    def lined(svg):
        return any(line in svg for line in lines)

    def maps(held):
        yield screen_map(held, list(held.projects), PageState(), Words("zh"))
        yield compose(held, EVERYTHING, "zh")["maps"]["main"]["svg"]
        yield compose_selection(held, EVERYTHING, "zh")["map"]["svg"]

    assert all(map(lined, maps(dataset)))
    assert not any(map(lined, maps(plain)))
    assert county_shapes(dataset)
    assert not county_shapes(plain)
    assert backdrop(dataset)["lines"]
    assert not backdrop(plain)["lines"]
    assert len(shapely.get_coordinates(shapely.geometry.shape(backdrop(plain)["outline"]))) == 5


@pytest.mark.parametrize("code", ["geojson", "csv", "kml", "gpkg"])
def test_every_download_has_all_projects_and_no_outline_of_a_district(plain, dataset, code):
    """A vertex of a district's line, as the layer writes it, is in no file."""
    whole = next(one for one in dataset.projects.values() if one.scope == "county")
    lon, lat = shapely.get_coordinates(whole.geometry)[1]
    file, spoiled = (export(select(one, EVERYTHING), code, "zh") for one in (plain, dataset))
    written = {
        "geojson": f"[{lon},{lat}]",
        "csv": f"{lon} {lat}",
        "kml": f"{lon},{lat}",
    }
    vertex = written[code].encode() if code in written else shapely.Point(lon, lat).wkb[5:]
    assert vertex in spoiled
    assert vertex not in file
    if code == "geojson":
        assert [one["id"] for one in json.loads(file)["features"]] == list(dataset.projects)


def test_the_file_that_the_server_offers_is_the_published_one(dataset, plain):
    (offered, own_bytes) = (data_assets(one)["projects.geojson"].body for one in (plain, dataset))
    assert own_bytes == dataset.home.projects.read_bytes()
    by_id = {one["id"]: one["geometry"] for one in json.loads(offered)["features"]}
    assert {name for name, shape in by_id.items() if shape is None} == {
        one.id for one in dataset.projects.values() if one.scope or not one.mapped
    }


def test_the_setting_decides_what_is_published(home, monkeypatch):
    assert load_published(home).district_lines
    monkeypatch.setenv(LINES_VARIABLE, "off")
    assert not load_published(home).district_lines


@pytest.mark.parametrize("size", [(1400, 900), (390, 844)])
def test_the_live_map_has_the_number_at_its_lower_left_and_the_names_of_counties(
    browser, plain, tmp_path, monkeypatch, size
):
    monkeypatch.setenv(APPROVAL_VARIABLE, NUMBER)
    path = tmp_path / "map.html"
    path.write_bytes(edition_html(plain))
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    page = context.new_page()
    page.goto(f"{path.as_uri()}#project=anyue-gas-reform-zone")
    number = page.locator("#map .pm-approval")
    expect(number).to_have_text(f"Map approval no. {NUMBER}")
    page.wait_for_function("() => window.shownNames().some(one => one.kind === 'county')")
    place, credit, frame = (
        page.locator(one).bounding_box()
        for one in ("#map .pm-approval", "#map .leaflet-control-attribution:last-child", "#map")
    )
    assert place["x"] - frame["x"] < 4
    assert frame["y"] + frame["height"] - place["y"] - place["height"] < 4
    assert place["x"] + place["width"] <= credit["x"], "the credits cover the number"
    context.close()
