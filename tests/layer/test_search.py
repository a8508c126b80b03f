"""Search forgives width, case and spacing, reads pinyin, and finds nothing that is not there."""

import pytest
from hypothesis import given
from support.strategies import filters

from geo.layer.filters import ProjectFilter
from geo.layer.search import fold, snippet, syllables, words_of


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


@pytest.mark.parametrize("query", ["共建", "gaotie", "cz", "S３", "高铁 建设", "Lezhi", "潼南"])
def test_a_snippet_marks_in_each_project_found_what_was_asked_for(dataset, query):
    names = found(dataset, query)
    assert names
    for name in names:
        marked = snippet(dataset.projects[name], query)
        assert marked.marks, name
        assert "".join(text for text, _ in marked.runs()) == marked.text
        for text, hit in marked.runs():
            spelled = {
                fold(text),
                *("".join(syllables(text, initials=one)) for one in (False, True)),
            }
            assert not hit or any(
                word in one or one in word for word in words_of(query) for one in spelled
            )


def test_pinyin_marks_the_characters_it_spells_and_no_others(dataset):
    marked = snippet(dataset.projects["chengziyi-hsr"], "chengziyi")
    assert [text for text, hit in marked.runs() if hit] == ["成自宜"]
    marked = snippet(dataset.projects["chengziyi-hsr"], "zyg")
    assert [text for text, hit in marked.runs() if hit] == ["自宜高"]


def test_nothing_is_marked_where_nothing_matches(dataset):
    assert snippet(dataset.projects["chengziyi-hsr"], "磁悬浮").marks == ()


@given(asked=filters)
def test_what_to_give_up_is_said_with_the_number_it_brings(dataset, asked):
    for name, count in asked.counts_without_each(dataset.frame).items():
        assert count >= len(asked.apply(dataset.frame)), name
