"""The map as a printed plan: what is written on it, where, and how the window frames the place.

Each test also names one thing that must not happen.
"""

import json
import re
from itertools import combinations

import pytest
import shapely
from playwright.sync_api import expect
from support.map_page import MARK, frame_of, settled, spot, wait_for_shown

from geo.map.client_data import map_features
from geo.map.symbology import LINE_SYMBOLS, symbol_code

SIZES = [(1400, 900), (1280, 720), (1024, 768), (800, 600), (390, 844), (320, 640)]
LEAST_SHARE = 0.85
"""Of the side of the map that limits it, so much is filled by Ziyang's outline at the first view."""

NAMES = """() => new Promise((done) => {
  const look = () => (map._animatingZoom || !document.querySelector(".pm-wide-box") ? requestAnimationFrame(look) : done(shownNames()));
  look();
})"""
"""What is written once no zoom is under way."""

CONTROLS = """() => {
  const frame = document.querySelector("#map_div").getBoundingClientRect();
  const own = [...document.querySelectorAll(".leaflet-control")].map((one) => one.getBoundingClientRect());
  return [...own, ...ProjectBridge.overlayBoxes()].filter((one) => one.width && one.height)
    .map((one) => [one.left - frame.left, one.top - frame.top, one.right - frame.left, one.bottom - frame.top]);
}"""


def names_of(frame):
    return frame.evaluate(NAMES)


def shapes(name):
    return shapely.union_all([shapely.Polygon(one) for one in name["polygons"]])


def overlaps(names):
    """Return the pairs of names of which more than a sliver lies in one place."""
    drawn = [(one["text"], shapes(one)) for one in names]
    return [
        (one, two)
        for (one, first), (two, second) in combinations(drawn, 2)
        if first.intersection(second).area > 1
    ]


@pytest.fixture
def first_view(visit):
    """Return a function that shows the map as it is at first, at a size and in a language."""

    def shown(width, height, language):
        page = visit(f"?lang={language}", viewport={"width": width, "height": height})
        return page, frame_of(page)

    return shown


def test_two_names_in_one_place_are_found_out():
    square = [[[0, 0], [9, 0], [9, 9], [0, 9]]]
    beside = [[[10, 0], [19, 0], [19, 9], [10, 9]]]
    assert overlaps([{"text": "a", "polygons": square}, {"text": "b", "polygons": square}])
    assert not overlaps([{"text": "a", "polygons": square}, {"text": "b", "polygons": beside}])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_name_overlaps_another_is_cut_or_lies_under_a_control(
    first_view, width, height, language
):
    _, frame = first_view(width, height, language)
    names = names_of(frame)
    assert len(names) > 8
    assert overlaps(names) == []
    size = frame.evaluate("() => [map.getSize().x, map.getSize().y]")
    window = shapely.box(-0.5, -0.5, size[0] + 0.5, size[1] + 0.5)
    assert [one["text"] for one in names if not window.covers(shapes(one))] == []
    controls = shapely.union_all([shapely.box(*one) for one in frame.evaluate(CONTROLS)])
    covered = [
        one["text"] for one in names
        if one["id"] != "wide" and shapes(one).intersection(controls).area > 1
    ]  # fmt: skip
    assert covered == []


@pytest.mark.parametrize("zoom", [10, 11, 12, 13, 14])
def test_nearer_too_no_name_overlaps_another(first_view, zoom):
    _, frame = first_view(1400, 900, "zh")
    frame.evaluate(f"() => void map.setView([30.12, 104.64], {zoom}, {{ animate: false }})")
    names = names_of(frame)
    frame.evaluate("() => document.querySelector('.pm-fit a').click()")
    assert any(one["id"] == "资阳市" for one in names)
    assert overlaps(names) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_railway_road_and_water_work_in_ziyang_is_named_at_the_first_view(
    first_view, dataset, language
):
    _, frame = first_view(1400, 900, language)
    written = {one["id"]: one["text"] for one in names_of(frame) if one["kind"] == "project"}
    of_region = {one.code for one in LINE_SYMBOLS if one.region}
    wanted = {
        one.id: one.short(language)
        for one in dataset.projects.values()
        if one.counties and symbol_code(one) in of_region
    }
    assert len(wanted) > 15
    assert {name: written.get(name) for name in wanted} == wanted
    # Parks, zones and belts are folded into the counts.
    sectors = {dataset.projects[name].sector for name in written}
    assert sectors <= {"rail", "road", "water", "aviation", "logistics"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_line_that_leaves_the_frame_says_where_it_leads(first_view, dataset, language):
    _, frame = first_view(1400, 900, language)
    exits = [one["text"] for one in names_of(frame) if one["kind"] == "exit"]
    places = {
        getattr(one, f"name_{language}")
        for one in dataset.destinations
        if one.project in {"chengdawan-hsr", "chengyu-middle-hsr", "miansuinei-railway"}
    }
    assert places
    for place in places:
        assert any(f" {place}" in text for text in exits), (place, exits)
    assert all(re.search("[→↘↓↙←↖↑↗]", text) for text in exits)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_name_along_a_line_is_struck_through_by_its_own_line(first_view, language):
    _, frame = first_view(1400, 900, language)
    names = {one["id"]: one for one in names_of(frame) if one["kind"] == "project"}
    lines = frame.evaluate(
        """() => {
          const origin = map.containerPointToLayerPoint([0, 0]);
          return Object.values(map._layers).filter((one) => one._parts && one.feature.geometry.type.includes("Line"))
            .map((one) => [one.feature.properties.id, one._parts.map((part) => part.map((at) => [at.x - origin.x, at.y - origin.y]))]);
        }"""
    )
    seen = 0
    for name, parts in lines:
        if name not in names or not parts:
            continue
        seen += 1
        line = shapely.union_all([shapely.LineString(one) for one in parts if len(one) > 1])
        for polygon in names[name]["polygons"]:
            inner = shapely.Polygon(polygon).buffer(-1.5)
            assert not inner.intersects(line), (name, names[name]["text"])
    assert seen > 10


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_ziyang_fills_the_frame_at_every_size(first_view, width, height):
    _, frame = first_view(width, height, "zh")
    frame.evaluate("() => document.querySelector('.pm-fit a').click()")
    frame.wait_for_function(
        "least => !map._animatingZoom && Math.max(...Object.values(ProjectMap.share())) >= least",
        arg=LEAST_SHARE,
    )
    share = frame.evaluate("() => ProjectMap.share()")
    assert max(share.values()) >= LEAST_SHARE, share
    # And none of it is cut off.
    assert share["wide"] <= 1, share
    assert share["high"] <= 1, share


def test_the_county_filter_frames_that_county_and_none_of_its_projects_is_left_out(
    open_page, app, dataset
):
    page = open_page(f"{app}/?county=512021")
    frame = frame_of(page)
    shown = [
        one.id for one in dataset.projects.values()
        if "512021" in one.counties and one.geometry is not None
    ]  # fmt: skip
    wait_for_shown(frame, shown)
    bounds = dataset.counties.geometry["512021"].bounds
    frame.wait_for_function(
        """([west, south, east, north]) => {
          const seen = map.getBounds();
          const size = map.getSize();
          const [one, two] = [map.latLngToContainerPoint([north, west]), map.latLngToContainerPoint([south, east])];
          return seen.contains([[south, west], [north, east]])
            && Math.max((two.x - one.x) / size.x, (two.y - one.y) / size.y) > 0.8;
        }""",
        arg=list(bounds),
    )
    names = names_of(frame)
    assert any(one["kind"] == "count" and one["id"] == "512021" for one in names)
    assert not any(one["kind"] == "count" and one["id"] == "512002" for one in names)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "query", ["sector=water", "sector=aviation", "stage=study", "sector=logistics"]
)
def test_where_a_filter_leaves_few_each_has_its_name_at_the_first_view(visit, query, language):
    frame = frame_of_few(visit(f"?{query}&lang={language}"), query)
    if frame is None:
        return
    shown = frame.evaluate("() => window.shownProjects()")
    names = names_of(frame)
    assert set(shown) <= {one["id"] for one in names if one["kind"] == "project"}
    assert overlaps(names) == []


def frame_of_few(page, query):
    """Return the map's frame, or None where nothing of this filter has a place."""
    if query == "stage=study":
        expect(page.locator(".st-key-count")).to_contain_text("2")
        return None
    return frame_of(page)


def press(page, name):
    """Press in the middle of what is written on the map."""
    box = page.locator(".st-key-map iframe").bounding_box()
    at = shapely.Polygon(name["polygons"][0]).centroid
    page.mouse.click(box["x"] + 1 + at.x, box["y"] + 1 + at.y)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_count_opens_its_list_in_the_panel_and_frames_its_county(visit, dataset, language):
    page = visit(f"?lang={language}")
    frame = frame_of(page)
    frame.evaluate(MARK)
    count = next(one for one in names_of(frame) if one["kind"] == "count" and one["id"] == "512021")
    own = [one.id for one in dataset.projects.values() if one.counties == ("512021",)]
    assert str(len(own)) in count["text"]
    zoom = frame.evaluate("() => map.getZoom()")
    press(page, count)
    expect(page).to_have_url(re.compile("among=512021"))
    rows = page.locator(".st-key-detail li[data-ids]")
    expect(rows).to_have_count(len(own))
    frame.wait_for_function("zoom => map.getZoom() > zoom", arg=zoom)
    # It is a list and no filter: all projects stay on the map.
    assert "county=" not in page.url
    assert frame.evaluate("() => window.sameMap === true")


def test_the_line_of_what_is_wider_than_a_county_opens_its_list(visit, dataset):
    page = visit()
    frame = frame_of(page)
    wide = [one.id for one in dataset.projects.values() if len(one.counties) != 1]
    expect(frame.locator(".pm-wide")).to_contain_text(str(len(wide)))
    frame.locator(".pm-wide").click()
    expect(page).to_have_url(re.compile("among=wide"))
    expect(page.locator(".st-key-detail li[data-ids]").first).to_be_visible()
    assert "sector=" not in page.url


def test_all_counts_together_are_all_projects_shown(visit, dataset):
    page = visit()
    frame = frame_of(page)
    names = names_of(frame)
    counted = [
        int(re.sub(r"\D", "", one["text"]))
        for one in names
        if one["kind"] == "count" and one["id"] in {"512002", "512021", "512022", "wide"}
    ]
    assert sum(counted) == len(dataset.projects)
    # At the first view nothing else is folded into a count of its own.
    assert len([one for one in names if one["kind"] == "count"]) == len(counted)


def test_the_card_of_a_click_leaves_free_what_was_clicked_and_goes_when_the_panel_says_it(visit):
    page = visit()
    frame = frame_of(page)
    names_of(frame)
    frame.evaluate(
        """() => {
          window.cards = [];
          new MutationObserver(() => {
            const card = document.querySelector(".pm-card .leaflet-popup-content");
            if (card) window.cards.push([card.textContent, JSON.stringify(card.getBoundingClientRect())]);
          }).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    at = spot(page, frame, "miansuinei-railway")
    page.mouse.click(*at)
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    frame.wait_for_function("() => window.cards.length && !document.querySelector('.pm-card')")
    said, box = frame.evaluate("() => window.cards[0]")
    assert "绵遂内铁路" in said
    card = json.loads(box)
    frame_box = page.locator(".st-key-map iframe").bounding_box()
    x, y = at[0] - frame_box["x"], at[1] - frame_box["y"]
    inside = card["left"] <= x <= card["right"] and card["top"] <= y <= card["bottom"]
    assert not inside


def test_a_hover_label_ends_with_its_hover(visit):
    page = visit()
    frame = frame_of(page)
    names_of(frame)
    page.mouse.move(*spot(page, frame, "miansuinei-railway"))
    expect(frame.locator(".pm-tip")).to_contain_text("绵遂内铁路")
    page.locator(".st-key-count").hover()
    expect(frame.locator(".pm-tip")).to_have_count(0)
    assert frame.evaluate("() => !document.querySelector('.pm-over')")


@pytest.mark.parametrize(
    "name",
    ["chengdawan-hsr", "western-china-science-city", "chengdu-metropolitan-area", "ziyang-north-hub",
     "chengyu-railway-upgrade"],
)  # fmt: skip
def test_a_selection_frames_what_can_be_read_and_never_loses_ziyang(visit, name, dataset):
    page = visit(f"?project={name}")
    frame = frame_of(page)
    settled(page)
    expect(page.locator("article[data-project]")).to_have_attribute("data-project", name)
    west, south, east, north = dataset.counties.geometry[
        dataset.counties["ziyang"].astype(bool)
    ].total_bounds
    seen = frame.evaluate("() => map.getBounds().toBBoxString()")
    box = shapely.box(*map(float, seen.split(",")))
    home = shapely.box(west, south, east, north)
    assert box.intersects(home)
    assert dataset.projects[name].geometry.intersects(box)
    # Never so far out that Ziyang is a spot.
    assert home.area / box.area > 0.12 or home.contains(box)


def test_a_notch_of_the_wheel_is_less_than_a_step_of_zoom_and_the_map_stops_where_data_ends(
    open_page, app
):
    page = open_page(app)
    frame = frame_of(page)
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    frame.evaluate("() => void map.setZoom(10, { animate: false })")
    page.mouse.wheel(0, -100)
    frame.wait_for_function("() => map.getZoom() !== 10 && !map._animatingZoom")
    # Browsers count a notch as more or less.
    assert 0.25 <= frame.evaluate("() => map.getZoom()") - 10 <= 0.75
    frame.evaluate("() => void map.setZoom(19, { animate: false })")
    assert frame.evaluate("() => map.getZoom()") == 15


def test_from_zoom_12_on_areas_are_named_and_a_press_on_a_name_opens_its_project(visit):
    page = visit()
    frame = frame_of(page)
    frame.evaluate("() => void map.setView([30.05, 105.33], 12, { animate: false })")
    names = {one["id"]: one for one in names_of(frame) if one["kind"] == "project"}
    assert {"anyue-station-hub", "chengyu-middle-hsr", "anyue-county-town"} <= set(names)
    press(page, names["anyue-county-town"])
    expect(page.locator("article[data-project]")).to_have_attribute(
        "data-project", "anyue-county-town"
    )
    # No outline of a whole county is drawn there, and none is clicked.
    found = frame.evaluate(
        "() => Object.values(map._layers).filter((one) => one.feature && one.feature.properties.scope)"
        ".filter((one) => ProjectLevelOfDetail.drawnAs(one.feature, 'town', {lines: {}, signs: {}})).length"
    )
    assert found == 0


def test_the_map_has_each_project_whole_though_it_comes_packed(visit, dataset):
    frame = frame_of(visit())
    unpacked = frame.evaluate(
        """async () => {
          const {name} = performance.getEntriesByType("resource").find((one) => one.name.endsWith("/map.json"));
          return ProjectData.unpack(await (await fetch(name)).json());
        }"""
    )
    layer = json.loads(json.dumps(map_features(dataset)))["features"]
    kept = [{key: one[key] for key in ("type", "id", "properties", "geometry")} for one in unpacked]
    assert kept == layer
    shapes = [dataset.projects[one["id"]].geometry for one in unpacked]
    assert [one["bbox"] and tuple(one["bbox"]) for one in unpacked] == [
        shape and shape.bounds for shape in shapes
    ]
    # Plain GeoJSON, as the one-file edition has it, comes to the same.
    assert frame.evaluate("layer => ProjectData.unpack(layer)", {"features": layer}) == unpacked


def test_what_is_drawn_follows_the_scale_and_how_much_is_shown(first_view):
    _, frame = first_view(1400, 900, "zh")
    band = "([zoom, home, shown]) => ProjectLevelOfDetail.band(zoom, home, shown)"
    assert frame.evaluate(band, [9.5, 9.5, 118]) == "region"
    assert frame.evaluate(band, [9.5, 9.5, 12]) == "county"
    assert frame.evaluate(band, [10.4, 9.5, 118]) == "county"
    assert frame.evaluate(band, [13, 9.5, 118]) == "town"
    assert frame.evaluate(band, [9.5, 9.5, 10_000]) != "county"


def test_the_map_is_used_without_a_mouse(visit):
    page = visit()
    frame = frame_of(page)
    names_of(frame)
    button = frame.locator(".pm-in-view button", has_text="成达万高铁")
    button.focus()
    expect(button).to_be_focused()
    assert button.evaluate("node => getComputedStyle(node).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-detail h2")).to_have_text("成达万高铁")
    others = frame.locator(".pm-in-view button:not(:focus)").first
    assert others.evaluate("node => getComputedStyle(node).opacity") == "0"
