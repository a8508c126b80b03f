"""A filter only removes rows, and its counts are what it would leave."""

from hypothesis import given
from hypothesis import strategies as st
from support.strategies import filters

from geo.layer.filters import FACETS, ProjectFilter


def test_an_empty_filter_leaves_everything(dataset):
    assert len(ProjectFilter().apply(dataset.frame)) == len(dataset.projects)


@given(asked=filters)
def test_a_filter_removes_rows_and_keeps_their_order(dataset, asked):
    left = list(asked.apply(dataset.frame).index)
    assert left == [one for one in dataset.projects if one in set(left)]


@given(asked=filters)
def test_every_row_left_carries_a_chosen_code_of_each_facet(dataset, asked):
    for name in asked.apply(dataset.frame).index:
        project = dataset.projects[name]
        assert not asked.sector or project.sector in asked.sector
        assert not asked.stage or project.stage in asked.stage
        assert not asked.precision or project.precision in asked.precision
        assert not asked.since or dataset.since[name].code in asked.since
        places = project.counties or ("outside",)
        assert not asked.county or set(places) & set(asked.county)


@given(asked=filters, facet=st.sampled_from(sorted(FACETS)))
def test_a_count_is_the_number_that_choosing_the_value_would_leave(dataset, asked, facet):
    for code, count in asked.counts(dataset.frame, facet).items():
        assert count == len(asked.with_codes(facet, [code]).apply(dataset.frame))


@given(asked=filters, facet=st.sampled_from(sorted(FACETS)), data=st.data())
def test_to_choose_every_code_of_a_facet_is_to_choose_none(asked, facet, data):
    every = data.draw(st.permutations(FACETS[facet]))
    chosen = asked.with_codes(facet, every)
    assert chosen == asked.with_codes(facet, ())
    assert chosen.active == asked.active - len(asked.codes(facet))
    all_but_one = asked.with_codes(facet, every[1:])
    assert all_but_one.codes(facet) == tuple(every[1:])


def test_the_switch_sets_aside_what_is_wider_than_a_county_and_nothing_else(dataset):
    aside = set(dataset.projects) - set(ProjectFilter(local=True).apply(dataset.frame).index)
    assert aside
    for project in dataset.projects.values():
        wide = project.precision == "area" and len(project.counties) != 1
        assert (project.id in aside) == wide


def test_words_of_the_clause_are_found_and_others_are_not(dataset):
    assert "chengziyi-hsr" in ProjectFilter(q="成自宜").apply(dataset.frame).index
    assert ProjectFilter(q="磁悬浮").apply(dataset.frame).empty
