"""What the page says about a filter: numbers that follow it, and nothing about nothing."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from support.strategies import filters

from geo.core.i18n import LANGUAGES, Words
from geo.layer.filters import ProjectFilter
from geo.layer.query import PageState
from geo.views import tag_chinese
from geo.views.detail import panel_html
from geo.views.notices import local_text, nothing_shown_html
from geo.views.summary import Chart, summary_parts

NOTHING = ProjectFilter(q="zzzz", county=("512021",), local=True)


def words_of(markup):
    return re.sub(r"<[^>]*>", "", markup).strip()


@given(asked=filters)
def test_the_switch_for_city_wide_projects_is_there_if_it_has_some_to_hide_or_is_on(dataset, asked):
    state = PageState(filter=asked)
    filtered = asked.result(dataset.frame)
    shown = local_text(filtered, state, Words("zh"))
    assert bool(shown) == (asked.local or filtered.wide() > 0)
    assert not re.search(r"\b0\b", shown)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_a_filter_that_leaves_nothing_is_told_in_sentences_and_counts_nothing(dataset, language):
    asked = replace(NOTHING, q="人工智能 安岳 高铁 zzzz")
    words, filtered = Words(language), asked.result(dataset.frame)
    told = words_of(nothing_shown_html(filtered, words))
    assert re.fullmatch(r"(?:[^.。:：]+[.。] ?){2,}", told), told
    panel = words_of(panel_html(dataset, filtered, PageState(filter=asked), words))
    assert words("guide-document") in panel
    assert not re.search(r"\b0\b", panel)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_each_part_of_the_summary_is_named_once_and_a_chart_stands_before_its_table(
    dataset, language
):
    words = Words(language)
    asked = ProjectFilter(sector=("rail",), county=("512021",))
    shown = asked.apply(dataset.frame)
    parts = list(summary_parts(dataset, shown, PageState(filter=asked), words, charts=True))
    charts = [at for at, part in enumerate(parts) if isinstance(part, Chart)]
    said = [words_of(part) for part in parts if not isinstance(part, Chart)]
    assert charts
    assert not any("<table" in part for part in parts[: charts[0]])
    for at in charts:
        assert "<table" in parts[at + 1]
        title = parts[at].title
        assert sum(one.count(title) for one in said) == 1
        # A code without projects has neither row nor column.
        assert all(parts[at].counted.totals)


def test_chinese_words_on_an_english_page_are_marked_and_quotations_in_english_are_not():
    told = tag_chinese("“十 (10)” by 四川日报“要闻”版, <b>", "en")
    assert told == (
        '“<span lang="zh-CN">十</span> (10)” by '
        '<span lang="zh-CN">四川日报“要闻”版</span>, &lt;b&gt;'
    )
    assert tag_chinese("四川日报 <b>", "zh") == "四川日报 &lt;b&gt;"
