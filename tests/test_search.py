"""Search forgives width, case and spacing, reads pinyin, and finds nothing that is not there."""

import pytest
from hypothesis import given
from test_filters import filters

from geo.filters import ProjectFilter
from geo.search import fold, snippet


def found(dataset, query):
    return set(ProjectFilter(q=query).apply(dataset.frame).index)


@pytest.mark.parametrize(
    ("query", "project"),
    [
        ("成自宜", "chengziyi-hsr"),
        ("chengziyi", "chengziyi-hsr"),
        ("czy", "chengziyi-hsr"),
        ("CZYGT", "chengziyi-hsr"),
        ("S３线", "ziyang-line-s3"),
        ("ｓ３", "ziyang-line-s3"),
        ("成资 大道", "chengzi-avenue"),
        ("dry port", "inland-dry-port"),
        ("Anyue", "anyue-county-town"),
        ("潼南", "tongnan-anyue-rural-belt"),
        ("空铁公 资阳北站", None),
        ("布局高铁", "hsr-freight-base"),
    ],
)
def test_a_query_finds_its_project(dataset, query, project):
    if project is None:
        assert found(dataset, query) == set()
    else:
        assert project in found(dataset, query)


def test_every_project_is_found_by_its_names_and_by_any_of_its_quotes(dataset):
    for project in dataset.projects.values():
        for query in (project.name_zh, project.name_en, project.anchors[-1].exact):
            assert project.id in found(dataset, query), (project.id, query)


def test_all_words_must_match_and_none_across_two_parts(dataset):
    assert found(dataset, "高铁 内江") <= found(dataset, "高铁")
    assert "chengziyi-hsr" not in found(dataset, "高铁chengdu")


def test_a_snippet_holds_the_word_that_was_found(dataset):
    for name in found(dataset, "共建"):
        assert "共建" in fold(snippet(dataset.projects[name], "共建"))


@given(asked=filters)
def test_what_to_give_up_is_said_with_the_number_it_brings(dataset, asked):
    for name, count in asked.loosened(dataset.frame).items():
        assert count >= len(asked.apply(dataset.frame)), name


def test_counts_of_the_summary_are_those_of_the_filter(dataset):
    from geo.summary import crosstab

    for facet in ("county", "stage"):
        table = crosstab(dataset.frame, facet)
        assert sum(total for _, _, total in table.rows) == len(dataset.projects)
        for sector, counts, _ in table.rows:
            for code, count in zip(table.columns, counts, strict=True):
                asked = ProjectFilter(sector=(sector,)).choosing(facet, [code])
                assert count == len(asked.apply(dataset.frame))
