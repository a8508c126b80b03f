"""The guide counts what the filter leaves, and a list holds what a link gathers, shown or not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import filters

from geo.core.i18n import LANGUAGES, Words, text
from geo.layer.codes import COUNTIES, FAMILIES, SECTOR, SECTOR_CODES
from geo.layer.counts import guide, suggested_projects
from geo.layer.filters import (
    PLACES,
    WIDE_PLACE,
    ProjectFilter,
    in_county_and_beyond,
    in_list,
    in_place,
    shared_group,
)
from geo.layer.projects import RelatedGroup
from geo.layer.query import PageState
from geo.views.panel import listed_projects

places = st.lists(st.sampled_from(PLACES), min_size=1, unique=True)


@given(asked=filters)
def test_the_numbers_of_the_guide_are_those_of_the_projects_shown(dataset, asked):
    shown = list(asked.apply(dataset.frame).index)
    found = guide(dataset.frame, asked)
    families = [SECTOR[dataset.projects[one].sector].family for one in shown]
    in_reach = replace(asked, sector=()).apply(dataset.frame)["sector"]
    offered = {SECTOR[code].family for code in in_reach} | {
        one.family for one in found.bars if one.chosen
    }
    assert [(one.family, one.count) for one in found.bars] == [
        (one.code, families.count(one.code)) for one in FAMILIES if one.code in offered
    ]
    precisions = [dataset.projects[one].precision for one in shown]
    assert found.precisions == {code: precisions.count(code) for code in found.precisions}
    assert 0 not in {*found.precisions.values(), *found.places.values()}
    assert sum(found.places.values()) == sum(found.precisions.values()) == len(shown)
    assert (found.example is None) == (not shown)
    assert found.example is None or found.example in shown


@given(asked=filters)
def test_lengths_are_as_the_numbers_and_none_is_longer_than_the_panel(dataset, asked):
    whole = guide(dataset.frame, ProjectFilter())
    most = max(one.count for one in whole.bars)
    for one in guide(dataset.frame, asked).bars:
        assert one.width == pytest.approx(100 * one.count / most, abs=0.1)
        assert 0 <= one.width <= 100


@given(asked=filters)
def test_a_bar_chooses_its_sectors_and_gives_them_up_and_touches_nothing_else(dataset, asked):
    for one in guide(dataset.frame, asked).bars:
        own = {code for code in SECTOR_CODES if SECTOR[code].family == one.family}
        assert one.chosen == (own <= set(asked.sector))
        assert set(one.asked.sector) == (
            set(asked.sector) - own if one.chosen else set(asked.sector) | own
        )
        assert replace(one.asked, sector=asked.sector) == asked
        again = {bar.family: bar.chosen for bar in guide(dataset.frame, one.asked).bars}
        # A family that is given up is no longer offered if it has nothing to show.
        assert again.get(one.family, False) != one.chosen


def test_what_is_offered_to_begin_with_is_a_line_whose_place_is_known(dataset):
    first = dataset.projects[suggested_projects(dataset.frame)[0]]
    assert first.geometry.geom_type in ("LineString", "MultiLineString")
    assert first.precision == "exact"
    assert sorted(suggested_projects(dataset.frame)) == sorted(dataset.projects)


def test_each_project_belongs_to_one_place(dataset):
    found = [in_place(dataset.frame, one) for one in PLACES]
    assert np.array_equal(sum(one.astype(int) for one in found), np.ones(len(dataset.projects)))
    for place, mask in zip(PLACES, found, strict=True):
        for name in dataset.frame.index[mask]:
            own = dataset.projects[name].counties
            assert (len(own) != 1) if place == WIDE_PLACE else (own == (place,))


def test_wider_than_a_county_is_what_touches_it_and_another(dataset):
    for county in COUNTIES:
        found = set(dataset.frame.index[in_county_and_beyond(dataset.frame, county)])
        assert found == {
            one.id
            for one in dataset.projects.values()
            if county in one.counties and len(one.counties) > 1
        }


@given(asked=filters, among=places, some=st.integers(min_value=0, max_value=9))
def test_a_list_holds_what_is_gathered_and_shown_and_counts_the_rest(dataset, asked, among, some):
    among = [*among, *list(dataset.projects)[:some]]
    state = PageState(filter=asked, among=tuple(among))
    found = listed_projects(dataset, asked.result(dataset.frame), state, Words("zh"))
    all_ = set(dataset.frame.index[in_list(dataset.frame, among)])
    shown = set(asked.apply(dataset.frame).index)
    assert set(found.shown.index) == all_ & shown
    assert found.hidden == len(all_ - shown)


def named(dataset, among, language="zh"):
    state = PageState(among=tuple(among))
    return listed_projects(
        dataset, state.filter.result(dataset.frame), state, Words(language)
    ).title


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_list_is_called_after_its_county_its_place_or_its_sectors(dataset, language):
    assert named(dataset, ["512002"], language) == text(language, "county-512002")
    assert named(dataset, [WIDE_PLACE], language) == text(language, "among-wide")
    for group in dataset.related:
        smallest = shared_group(dataset.related, group.projects)
        place = smallest.place_en if language == "en" else smallest.place_zh
        assert named(dataset, group.projects, language) == place
    rail = [one.id for one in dataset.projects.values() if one.sector == "rail"][:3]
    road = [one.id for one in dataset.projects.values() if one.sector == "road"][:5]
    assert shared_group(dataset.related, [*rail, *road]) is None
    names = {code: text(language, f"sector-{code}") for code in ("rail", "road")}
    assert named(dataset, [*rail, *road], language) == f"{names['road']} 5 · {names['rail']} 3"


def test_a_place_is_the_smallest_that_holds_them_all():
    wide, narrow = (
        RelatedGroup("市", "City", ("a", "b", "c")),
        RelatedGroup("园", "Park", ("a", "b")),
    )
    assert shared_group([wide, narrow], ["a", "b"]) == narrow
    assert shared_group([wide, narrow], ["b", "c"]) == wide
    assert shared_group([wide, narrow], ["c", "d"]) is None
    assert shared_group([wide], []) is None
