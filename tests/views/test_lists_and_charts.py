"""What the views count and list is what the filter leaves, in the order asked for."""

from hypothesis import given
from hypothesis import strategies as st
from support.strategies import filters

from geo.layer.codes import SECTOR_CODES
from geo.layer.counts import (
    compare_codes,
    completed_by,
    completed_in_all,
    count_by_code,
    crosstab,
    facet_of,
)
from geo.layer.filters import FACETS, ProjectFilter, has_code
from geo.layer.query import COMPARABLE, SORTS
from geo.views.list_view import ROWS, listing

sorts = st.sampled_from([*SORTS, *(f"-{key}" for key in SORTS)])
languages = st.sampled_from(["zh", "en"])
pairs = st.sampled_from(COMPARABLE).flatmap(
    lambda facet: st.lists(st.sampled_from(FACETS[facet]), min_size=2, max_size=2, unique=True)
)


@given(asked=filters, sort=sorts, language=languages)
def test_the_list_holds_each_project_shown_once_mapped_or_not(dataset, asked, sort, language):
    shown = asked.apply(dataset.frame)
    first = listing(shown, sort, language, 1)
    ids = [
        one for page in range(first.pages) for one in listing(shown, sort, language, page + 1).ids
    ]
    assert sorted(ids) == sorted(shown.index)
    mapped = int(shown.geometry.notna().sum())
    unmapped = int((shown["precision"] == "unlocated").sum())
    assert mapped + unmapped == first.total == len(shown)


@given(asked=filters, sort=st.sampled_from(SORTS), language=languages)
def test_turned_round_a_list_holds_its_keys_the_other_way(dataset, asked, sort, language):
    def keys(order):
        from geo.views.list_view import KEYS

        column = KEYS[sort](dataset.frame, language)
        return [column[one] for one in listing(asked.apply(dataset.frame), order, language, 1).ids]

    assert keys(sort) == sorted(keys(sort))
    assert keys(f"-{sort}") == keys(sort)[::-1]


def test_the_list_begins_in_the_order_of_the_text(dataset):
    starts = [
        dataset.projects[one].anchors[0].start
        for one in listing(dataset.frame, "clause", "zh", 1).ids
    ]
    assert starts == sorted(starts)
    assert len(starts) == min(ROWS, len(dataset.projects))


def test_a_page_beyond_the_last_is_the_last(dataset):
    assert listing(dataset.frame, "clause", "zh", 99).page == 1
    assert listing(dataset.frame.iloc[:0], "clause", "zh", 1).ids == ()


def test_chinese_names_are_sorted_by_their_pinyin(dataset):
    ids = listing(dataset.frame, "name", "zh", 1).ids
    order = {one: number for number, one in enumerate(ids)}
    assert order["anyue-station-hub"] < order["chengziyi-hsr"] < order["ziyang-line-s3"]


def test_counts_of_the_summary_are_those_of_the_filter(dataset):
    for facet in ("county", "stage", "precision"):
        table = crosstab(dataset.frame, facet)
        assert sum(total for _, _, total in table.rows) == len(dataset.projects) == table.total
        for sector, counts, _ in table.rows:
            for code, count in zip(table.columns, counts, strict=True):
                asked = ProjectFilter(sector=(sector,)).with_codes(facet, [code])
                assert count == len(asked.apply(dataset.frame))


def test_stages_of_the_plan_by_what_became_of_them_are_counts_of_the_filter(dataset):
    table = crosstab(dataset.frame, "since", "stage")
    assert sum(total for _, _, total in table.rows) == len(dataset.projects)
    for stage, counts, _ in table.rows:
        for code, count in zip(table.columns, counts, strict=True):
            asked = ProjectFilter(stage=(stage,), since=(code,))
            assert count == len(asked.apply(dataset.frame))


@given(asked=filters, by=st.sampled_from(["sector", "county"]))
def test_what_is_realised_is_a_share_of_all_and_never_counts_a_part_as_the_whole(
    dataset, asked, by
):
    shown = asked.apply(dataset.frame)
    for one in [*completed_by(shown, by), completed_in_all(shown)]:
        own = shown[has_code(shown, by, one.code)] if one.code else shown
        assert one.total == len(own)
        assert one.whole == sum(own["since"] == "open")
        assert one.part == sum(own["since"] == "part_open")
        assert one.told == sum(~own["since"].isin(["nothing", "related"]))
        assert one.whole + one.part <= one.told <= one.total
        assert 0 <= one.of_all <= one.of_told <= 100


@given(asked=filters, codes=pairs)
def test_each_side_of_a_comparison_is_what_its_filter_leaves(dataset, asked, codes):
    found = compare_codes(dataset.frame, asked, tuple(codes))
    facet = facet_of(tuple(codes))
    for side, code in ((found.left, codes[0]), (found.right, codes[1])):
        assert side.code == code
        assert set(side.ids) == set(asked.with_codes(facet, [code]).apply(dataset.frame).index)
    assert set(found.both) == set(found.left.ids) & set(found.right.ids)
    for other, rows in found.counts.items():
        own = count_by_code(dataset.frame.loc[list(found.left.ids)], other)
        assert {code: left for code, left, _ in rows if left} == {c: n for c, n in own.items() if n}


def test_a_small_map_draws_each_project_that_has_a_place_of_its_own(dataset):
    from geo.views.charts import project_shapes

    placed = {
        one.id for one in dataset.projects.values() if one.geometry is not None and not one.scope
    }
    drawn = {one.name for one in project_shapes(dataset, dataset.projects)}
    assert drawn <= placed
    # Those that lie wholly beyond Ziyang's frame are named in the list only.
    assert len(placed - drawn) <= 2


def test_a_chart_has_a_bar_for_each_count_and_says_which_was_chosen(dataset):
    from geo.views.charts import SELECTION, bars, chosen_bar

    counted = crosstab(dataset.frame, "county")
    rows = bars(counted, lambda codelist, code: f"{codelist}-{code}", "light").to_dict()
    values = rows["data"]["values"]
    assert {one["sector"] for one in values} == set(SECTOR_CODES)
    assert sum(one["count"] for one in values) == sum(counted.totals)
    assert chosen_bar({SELECTION: [{"sector": "rail", "code": "512002"}]}) == ("rail", "512002")
    assert chosen_bar({}) is None
