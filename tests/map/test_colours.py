"""The hues stay apart for eyes that see fewer of them, and dark enough to be read."""

import re
from itertools import combinations

import pytest
from support.colour_distances import (
    ACCENT_APART,
    APART,
    CONTRAST,
    PAGE,
    RAIL_FROM_ROAD,
    RAIL_FROM_ROAD_IN_GREY,
    ROOT,
    SIGHTS,
    THEMES,
    apart,
    apart_in_grey,
    contrast,
    hues,
    page,
)

from geo.layer.codes import FAMILIES, SECTORS, STAGES
from geo.map.symbology import THEME_COLOURS


def confused(found, sight):
    """Yield the pairs that are too near each other for this sight."""
    for (one, first), (two, second) in combinations(found.items(), 2):
        if apart(first, second, sight) < APART[sight]:
            yield one, two


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_any_two_families_can_be_told_apart(theme, sight):
    assert list(confused(hues(theme), sight)) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("sight", SIGHTS)
def test_two_families_that_are_too_near_are_noticed(theme, sight):
    spoiled = hues(theme) | {"land": hues(theme)["water"]}
    assert list(confused(spoiled, sight)) == [("water", "land")]


def test_two_hues_that_a_red_blind_eye_confuses_are_found_out():
    found = {"orange": "#b8470b", "olive": "#7a6200"}
    assert list(confused(found, "normal")) == []
    assert list(confused(found, "no red")) == [("orange", "olive")]


@pytest.mark.parametrize("theme", THEMES)
def test_railways_and_roads_are_far_apart_in_every_sight_and_in_grey(theme):
    found = hues(theme)
    for sight in SIGHTS:
        assert apart(found["rail"], found["road"], sight) >= RAIL_FROM_ROAD, sight
    assert apart_in_grey(found["rail"], found["road"]) >= RAIL_FROM_ROAD_IN_GREY


def test_two_hues_that_are_one_grey_are_found_out():
    blue, orange = "#5b5fd0", "#b8470b"
    assert min(apart(blue, orange, sight) for sight in SIGHTS) > RAIL_FROM_ROAD
    assert apart_in_grey(blue, orange) < RAIL_FROM_ROAD_IN_GREY


def test_railways_and_roads_are_two_families_and_have_no_sector_in_common():
    families = {sector.code: sector.family for sector in SECTORS}
    assert [code for code, family in families.items() if family == "rail"] == ["rail"]
    assert families["road"] == "road"
    assert set(families.values()) == {family.code for family in FAMILIES}
    assert len(FAMILIES) == 7


@pytest.mark.parametrize("theme", THEMES)
def test_a_name_in_any_hue_can_be_read_on_the_ground_and_on_the_paper(theme):
    for code, hue in hues(theme).items():
        assert contrast(hue, THEME_COLOURS[theme].land) >= CONTRAST, code
        assert contrast(hue, THEME_COLOURS[theme].paper) >= CONTRAST, code


def test_a_hue_that_is_good_for_a_line_and_too_pale_for_a_name_is_found_out():
    assert 3 < contrast("#d2691e", THEME_COLOURS["light"].land) < CONTRAST


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_selected_does_not_look_like_a_family(theme):
    for code, hue in hues(theme).items():
        assert apart(hue, THEME_COLOURS[theme].accent) >= ACCENT_APART, code


def test_the_page_and_the_map_share_one_accent():
    sheet = (ROOT / "geo" / "views" / "static" / "page.css").read_text(encoding="utf-8")
    said = re.findall(r"--pm-accent: (#\w+)", sheet)
    assert said == [THEME_COLOURS[theme].accent for theme in THEMES]


def test_the_page_of_colours_in_the_docs_is_the_one_the_codelist_makes():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make colours"


def test_within_a_family_each_sector_has_its_own_icon():
    icons = [sector.icon for sector in SECTORS]
    assert len(set(icons)) == len(icons)
    assert len({stage.code for stage in STAGES}) == len(STAGES)
