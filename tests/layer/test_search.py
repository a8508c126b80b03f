"""Search forgives width, case, script and spacing, reads pinyin, and finds nothing that is not there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC
from support.strategies import filters

from geo.layer.filters import ProjectFilter
from geo.layer.search import fold, parts_of, simplified, snippet, syllables, words_of


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


VARIANTS = {}
"""Every character that is written in several ways, with all of them."""
for _code, _form in simplified().items():
    VARIANTS.setdefault(_form, [_form]).append(chr(_code))
SCRIPTS = ("s2t", "s2tw", "s2hk")
"""OpenCC's conversions to traditional characters: its own, those of Taiwan, those of Hong Kong."""


@pytest.mark.parametrize(
    ("traditional", "simple"),
    [
        ("鐵路", "铁路"),
        ("臨空", "临空"),
        ("天府國際機場", "天府国际机场"),
        ("天府國际", "天府国际"),
    ],
)
def test_traditional_characters_find_and_mark_what_simplified_ones_do(dataset, traditional, simple):
    names = found(dataset, traditional)
    assert names == found(dataset, simple) != set()
    for name in names:
        marked = snippet(dataset.projects[name], traditional)
        assert marked == snippet(dataset.projects[name], simple)
        assert marked.text[slice(*marked.marks[0])] == simple


@pytest.mark.parametrize(
    "same", ["乾干幹", "發髮发", "後后", "裡裏里", "著着", "衞衛卫", "臺檯台", "線綫线", "麼麽么"]
)
def test_characters_that_share_a_simplified_form_are_one_for_a_search(same):
    assert len({fold(one) for one in same}) == 1


@given(data=st.data())
def test_any_mixture_of_scripts_finds_and_marks_the_same_characters(dataset, data):
    project = data.draw(st.sampled_from([*dataset.projects.values()]))
    _, shown = data.draw(st.sampled_from([*parts_of(project)]))
    start = data.draw(st.integers(0, len(shown) - 2))
    plain = "".join(shown[start : start + data.draw(st.integers(2, 12))].split())
    mixed = "".join(data.draw(st.sampled_from(VARIANTS.get(fold(one), [one]))) for one in plain)
    names = found(dataset, mixed)
    assert names == found(dataset, plain)
    for name in sorted(names)[:3]:
        marked = snippet(dataset.projects[name], mixed)
        assert marked == snippet(dataset.projects[name], plain)
        spelled = {fold(hit) for hit in (marked.text[slice(*one)] for one in marked.marks)}
        assert spelled <= {fold(plain)} or plain.isascii()


@given(text=st.text() | st.text(st.sampled_from([*map(chr, simplified())])))
def test_the_script_is_folded_character_by_character(text):
    assert fold(text) == "".join(fold(one) for one in fold(text))
    assert len(text.translate(simplified())) == len(text)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_text_that_was_converted_phrase_by_phrase_is_still_found(dataset, script):
    to = OpenCC(script)
    for project in dataset.projects.values():
        for _, shown in parts_of(project):
            assert fold(to.convert(shown)) == fold(shown)


def test_a_conversion_by_phrase_would_change_a_word_while_it_is_typed():
    to = OpenCC("t2s")
    assert to.convert("乾坤")[0] != to.convert("乾")
    assert fold("乾坤")[0] == fold("乾")


@pytest.mark.parametrize("query", ["z", "Z", "ｚ", "z y", " e "])
def test_a_single_latin_letter_filters_nothing_and_is_not_counted_as_a_filter(dataset, query):
    asked = ProjectFilter(q=query)
    assert found(dataset, query) == set(dataset.projects)
    assert (asked.active, asked.search, asked.has_single_letter) == (0, "", True)


@pytest.mark.parametrize("query", ["铁", "3", "zi", "é"])
def test_one_character_that_is_no_latin_letter_filters_as_any_word(dataset, query):
    asked = ProjectFilter(q=query)
    assert len(found(dataset, query)) < len(dataset.projects)
    assert (asked.active, asked.search, asked.has_single_letter) == (1, query, False)


def test_beside_other_words_a_single_letter_is_left_out(dataset):
    asked = ProjectFilter(q=" z  高铁 ")
    assert found(dataset, asked.q) == found(dataset, "高铁")
    assert (asked.search, asked.has_single_letter) == ("高铁", True)


@given(asked=filters)
def test_what_to_give_up_is_said_with_the_number_it_brings(dataset, asked):
    for name, count in asked.counts_without_each(dataset.frame).items():
        assert count >= len(asked.apply(dataset.frame)), name
