"""A link carries the whole state in codes, and what it does not know it says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.strategies import filters

from geo.layer.filters import FACETS, MOST_IDS, PLACES
from geo.layer.query import (
    BASEMAP_CODES,
    PAGE_ONLY_KEYS,
    SORTS,
    VIEWS,
    PageState,
    parse_query,
    url_query,
    write_query,
)

IDS = ("chengziyi-hsr", "ziyang-line-s3")


def places_first(among):
    return tuple(sorted(among, key=lambda one: one not in PLACES))


states = st.builds(
    PageState,
    filter=filters.map(lambda one: one.__class__(**(vars(one) | {"q": one.q.strip()}))),
    project=st.none() | st.sampled_from(IDS),
    among=st.lists(st.sampled_from([*PLACES, *IDS]), unique=True).map(places_first),
    view=st.none() | st.sampled_from(VIEWS),
    sort=st.sampled_from(SORTS),
    page=st.integers(min_value=1, max_value=99),
    left=st.booleans(),
    compare=st.sampled_from([(), ("512002", "512021"), ("rail", "road"), ("512022", "outside")]),
    language=st.none() | st.sampled_from(["zh", "en"]),
    basemap=st.sampled_from(BASEMAP_CODES),
    today=st.booleans(),
)


def without_repeats(state):
    chosen = {facet: tuple(dict.fromkeys(state.filter.codes(facet))) for facet in FACETS}
    return state.__class__(
        **(
            vars(state)
            | {
                "filter": state.filter.__class__(
                    **chosen, q=state.filter.q, local=state.filter.local
                )
            }
        )
    )


def without_what_its_view_does_not_use(state):
    listed, read, compared = (state.view == one for one in ("list", "document", "compare"))
    return replace(
        state,
        sort=state.sort if listed else SORTS[0],
        page=state.page if listed else 1,
        left=state.left and read,
        compare=state.compare if compared else (),
    )


@given(state=states)
def test_a_written_state_is_read_back_whole(state):
    kept = without_what_its_view_does_not_use(without_repeats(state))
    assert parse_query(write_query(state), IDS) == (kept, ())


@pytest.mark.parametrize("facet", FACETS)
def test_a_link_with_every_code_of_a_facet_is_one_with_none(facet):
    state, unknown = parse_query({facet: [*FACETS[facet]], "q": ["高铁"]}, IDS)
    assert (write_query(state), unknown) == ({"q": ["高铁"]}, ())
    state, unknown = parse_query({facet: [*FACETS[facet], "magic"]}, IDS)
    assert (write_query(state), [one.value for one in unknown]) == ({}, ["magic"])
    state, _ = parse_query({facet: FACETS[facet][1:]}, IDS)
    assert write_query(state) == {facet: [*FACETS[facet][1:]]}


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("compare", ["512002"]),
        ("compare", ["512002", "rail"]),
        ("compare", ["rail", "road", "water"]),
        ("sort", ["size"]),
        ("page", ["0"]),
        ("page", ["-1"]),
        ("page", ["1e9"]),
        ("left", ["yes"]),
        ("among", ["512099"]),
        ("among", ["nothing-of-this-name"]),
    ],
)
def test_what_a_view_cannot_show_is_reported_and_left_out(key, values):
    state, unknown = parse_query({key: values, "view": ["list"]}, IDS)
    assert [one.key for one in unknown] == [key]
    assert write_query(state) == {"view": ["list"]}


@given(state=states)
def test_a_link_is_ascii(state):
    assert url_query(state).isascii()


@given(
    query=st.dictionaries(
        st.sampled_from(["sector", "county", "project", "among", "q", "at", "view", "lang", "x"]),
        st.lists(st.text(), max_size=4),
    )
)
def test_no_query_breaks_the_reading(query):
    state, _ = parse_query(query, IDS)
    assert parse_query(write_query(state), IDS)[1] == ()


def test_unknown_values_are_left_out_and_reported():
    state, unknown = parse_query({"sector": ["rail", "magic"], "project": ["gone"]}, IDS)
    assert state.filter.sector == ("rail",)
    assert state.project is None
    assert {(one.key, one.value) for one in unknown} == {("sector", "magic"), ("project", "gone")}


def test_a_position_is_two_numbers_in_order():
    asked = {"view": ["document"]}
    assert parse_query(asked | {"at": ["10-20"]}, IDS)[0].at == (10, 20)
    for wrong in ("20-10", "10", "-", "1e9-2"):
        state, unknown = parse_query(asked | {"at": [wrong]}, IDS)
        assert state.at is None
        assert unknown


@given(state=states)
def test_each_key_of_a_link_filters_or_is_for_the_page(state):
    from geo.layer.query import QUERY_CODES

    assert set(write_query(state)) <= {*QUERY_CODES, "q", *PAGE_ONLY_KEYS}


def test_a_list_keeps_what_it_knows_and_no_more_ids_than_a_link_may_hold():
    ids = [f"project-{number}" for number in range(MOST_IDS + 5)]
    state, unknown = parse_query({"among": [*ids, "wide", "gone"]}, ids)
    assert state.among == ("wide", *ids[:MOST_IDS])
    assert [(one.key, one.value) for one in unknown] == [("among", "gone")]


@given(state=states)
def test_a_list_filters_nothing(state):
    from geo.layer.query import read_query

    asked = url_query(replace(state, language=None)).removeprefix("?")
    if len(asked) <= 2000:
        assert read_query(asked).filter == parse_query(write_query(state), IDS)[0].filter
