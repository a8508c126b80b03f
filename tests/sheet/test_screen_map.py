"""The map of the first view: the same projects, in the theme's colours, where the live map will be."""

import re

import pytest
import shapely
from hypothesis import given, settings
from lxml import etree
from support.strategies import filters

from geo.core.i18n import LANGUAGES, Words
from geo.layer.codes import COUNTIES, FAMILIES
from geo.layer.filters import ProjectFilter
from geo.layer.query import PageState
from geo.map.symbology import THEME_COLOURS
from geo.sheet.frames import Row
from geo.sheet.screen_map import FEW, TOWN_ZOOM, View, ground_of, screen_map, view_of
from geo.sheet.screen_names import CUSTOM_PROPERTIES

FIRST = PageState()


def drawn(dataset, state=FIRST, language="zh"):
    shown = list(state.filter.apply(dataset.frame).index)
    # In HTML an attribute needs no value, in XML it does.
    svg = screen_map(dataset, shown, state, Words(language))
    return etree.fromstring(svg.replace(" data-merge", ' data-merge=""'))


def linked(svg):
    found = {link.get("href") for link in svg.iter("a")}
    return {one.removeprefix("?project=") for one in found if one.startswith("?project=")}


def counts(svg, language="zh"):
    """Return the number that stands at each county, in the wide map."""
    (group,) = svg.xpath("//g[@class='pm-names-wide']")
    pills = [link for link in group.iter("a") if link.find("rect") is not None]
    numbers = {
        link.get("href").removeprefix("?among="): int(re.search(r"\d+", link.find("text").text)[0])
        for link in pills
        if link.get("href").startswith("?among=")
    }
    assert set(numbers) <= set(COUNTIES), language
    return numbers


@settings(max_examples=15)
@given(chosen=filters)
def test_no_project_is_drawn_that_the_filter_does_not_show(dataset, chosen):
    svg = drawn(dataset, PageState(filter=chosen))
    assert linked(svg) <= set(chosen.apply(dataset.frame).index)


def test_the_first_view_has_all_regional_lines_and_the_count_of_each_county(dataset):
    svg = drawn(dataset)
    lines = {
        one.id
        for one in dataset.projects.values()
        if one.sector in {"rail", "road"} and one.geometry is not None and one.geometry.area == 0
        and one.geometry.length > 0 and one.scope is None
    }  # fmt: skip
    assert lines <= linked(svg)
    own = {
        code: sum(one.counties == (code,) for one in dataset.projects.values()) for code in COUNTIES
    }
    assert counts(svg) == own


def test_few_projects_are_all_drawn_and_many_are_counted(dataset):
    few = ProjectFilter(county=("512022",), sector=("water", "industry"))
    shown = few.apply(dataset.frame)
    assert len(shown) <= FEW
    areas = {
        name for name in shown.index
        if dataset.projects[name].geometry is not None and dataset.projects[name].scope is None
        and dataset.projects[name].geometry.length > 0 and dataset.projects[name].geometry.area == 0
    }  # fmt: skip
    assert areas <= linked(drawn(dataset, PageState(filter=few)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_colour_follows_the_theme(dataset, language):
    svg = etree.tostring(drawn(dataset, language=language), encoding="unicode")
    assert not re.search(r"#[0-9a-f]{3,6}\b", re.sub(r'href="[^"]*"', "", svg))
    assert set(re.findall(r"var\((--pm-[\w-]+)\)", svg)) <= {
        *(f"--pm-map-{name}" for name in vars(THEME_COLOURS["light"])),
        *(f"--pm-hue-{family.code}" for family in FAMILIES),
    }


def test_no_two_colours_of_the_light_theme_are_one_that_differ_in_the_dark():
    light, dark = vars(THEME_COLOURS["light"]), vars(THEME_COLOURS["dark"])
    pairs = {light[name]: set() for name in light}
    for name, colour in light.items():
        pairs[colour].add(dark[name])
    for family in FAMILIES:
        pairs.setdefault(family.light, set()).add(family.dark)
    assert all(len(others) == 1 for others in pairs.values())
    assert len(CUSTOM_PROPERTIES) >= len(pairs)


def test_the_view_box_is_what_the_live_map_fits_into_its_frame(dataset):
    ground = ground_of(dataset)
    west, south, east, north = ground.home.bounds
    _, _, width, height = map(float, drawn(dataset).get("viewBox").split())
    assert width / height == pytest.approx((east - west) / (north - south), rel=0.01)


def view(dataset, project="", **chosen):
    state = PageState(filter=ProjectFilter(**chosen), project=project or None)
    shown = state.filter.apply(dataset.frame).index
    rows = [Row(number, dataset.projects[name]) for number, name in enumerate(shown)]
    return view_of(ground_of(dataset), rows, state)


def test_the_view_is_that_of_the_counties_or_of_the_selected_project(dataset):
    ground = ground_of(dataset)
    assert view(dataset).bounds == ground.home.bounds
    assert view(dataset).band == "region"
    county = ground.counties.geometry.loc["512021"]
    assert view(dataset, county=("512021",)).bounds == county.bounds
    point = next(
        one for one in dataset.projects.values()
        if isinstance(one.geometry, shapely.Point) and one.precision == "exact" and one.counties
    )  # fmt: skip
    near = view(dataset, project=point.id)
    assert near.band != "region"
    assert shapely.box(*near.bounds).covers(ground.shape(point))
    assert near.bounds[2] - near.bounds[0] < 15_000


def test_a_project_that_the_filter_hides_does_not_move_the_view(dataset):
    hidden = next(one for one in dataset.projects.values() if one.sector == "rail")
    assert view(dataset, project=hidden.id, sector=("water",)) == view(dataset, sector=("water",))


def test_a_view_is_never_nearer_than_the_live_map_goes():
    tiny = View((0, 0, 10, 10), "town")
    assert tiny.frame((100, 100)).scale > 0
    assert TOWN_ZOOM == 13


def test_a_selected_project_shows_how_far_off_it_may_be(dataset):
    point = next(
        one for one in dataset.projects.values()
        if isinstance(one.geometry, shapely.Point) and one.precision == "approximate" and one.counties
    )  # fmt: skip
    dots = "//path[@stroke-linecap='round'][@stroke-dasharray][@stroke-opacity='0.95']"
    assert len(drawn(dataset, PageState(project=point.id)).xpath(dots)) == 1
    assert len(drawn(dataset).xpath(dots)) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_stands_once_in_each_size_and_in_the_readers_language(dataset, language):
    svg = drawn(dataset, language=language)
    for name in ("wide", "narrow"):
        (group,) = svg.xpath(f"//g[@class='pm-names-{name}']")
        links = [one.get("href") for one in group.iter("a") if one.get("href")[:9] == "?project="]
        signs = [link for link in links if links.count(link) > 2]
        # A sign and its name are two links; no project has more.
        assert signs == []
    words = "".join(svg.xpath("//g[@class='pm-names-wide']//text/text()"))
    chinese = re.search(r"[\u4e00-\u9fff]", words)
    assert bool(chinese) == (language == "zh")
