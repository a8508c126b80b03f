"""Each way of numbering clauses is recognised, and the one that counts up is chosen."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.core.numerals import number_of, with_arabic
from geo.text.document import (
    NUMBERINGS,
    counts_up,
    missing_numbers,
    numbering_of_text,
    parse_clauses,
)

SNIPPETS = {
    "article": "办法\n第一章 总则\n第一条 建设甲。\n(一)其一。\n(二)其二。\n第二章 分则\n第二条 建设乙。\n",
    "bracketed": "决定\n一、总体\n(一)建设甲。\n续前。\n二、重点\n（二）建设乙。\n  (三)建设丙。\n",
    "enumerated": "意见\n一、建设甲。\n(一)其一。\n(二)其二。\n二、建设乙。\n(一)又其一。\n三、建设丙。\n",
    "arabic": "清单\n一、交通\n1.建设甲。\n2．建设乙。\n2.5亿元投资。\n二、水利\n3、建设丙。\n",
}
NUMERALS = {
    "article": ["一", "二"],
    "bracketed": ["一", "二", "三"],
    "enumerated": ["一", "二", "三"],
    "arabic": ["1", "2", "3"],
}


@pytest.mark.parametrize("code", SNIPPETS)
def test_a_snippet_is_read_in_the_numbering_that_it_uses(code):
    assert numbering_of_text(SNIPPETS[code]).code == code
    assert [one.numeral for one in parse_clauses(SNIPPETS[code], "")] == NUMERALS[code]


def test_every_numbering_has_its_snippet():
    assert [one.code for one in NUMBERINGS] == list(SNIPPETS)


def test_the_decision_is_read_by_its_brackets(dataset):
    assert numbering_of_text(dataset.document.text).code == "bracketed"


def test_a_part_ends_a_clause_and_a_subitem_does_not():
    article = parse_clauses(SNIPPETS["article"], "")[0]
    assert len(article.paragraphs) == 3
    bracketed = parse_clauses(SNIPPETS["bracketed"], "")
    assert [len(one.paragraphs) for one in bracketed] == [2, 1, 1]


def test_an_amount_at_the_start_of_a_line_is_no_clause():
    assert [len(one.paragraphs) for one in parse_clauses(SNIPPETS["arabic"], "")] == [1, 2, 1]


@pytest.mark.parametrize(
    "text", ["", "没有编号的一段话。\n", "二、只有第二。\n", "(一)甲\n(一)又甲\n"]
)
def test_a_text_that_counts_nothing_has_no_clauses(text):
    assert numbering_of_text(text) is None
    assert parse_clauses(text, "") == ()


def test_a_gap_in_the_count_is_told_and_does_not_hide_the_clauses():
    text = "(一)甲。\n(二)乙。\n(四)丁。\n"
    assert [one.numeral for one in parse_clauses(text, "")] == ["一", "二", "四"]
    assert missing_numbers([1, 2, 4]) == [3]


UNITS = "零一二三四五六七八九"


def chinese(number):
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    head = f"{UNITS[hundreds]}百" if hundreds else ""
    middle = ("十" if tens == 1 and not hundreds else f"{UNITS[tens]}十") if tens else ""
    return head + middle + (UNITS[ones] if ones else "")


@given(st.integers(1, 999))
def test_a_numeral_is_read_as_its_number(number):
    assert number_of(chinese(number)) == number
    assert number_of(str(number)) == number


@given(st.integers(1, 99))
def test_a_count_from_one_counts_up_and_one_that_begins_anew_does_not(last):
    count = list(range(1, last + 1))
    assert counts_up(count)
    assert not counts_up([*count, 1])


@given(st.text("一二三十(（)）、.．12第条章\n 建设", max_size=60))
def test_clauses_never_overlap_and_each_numeral_names_one(text):
    clauses = parse_clauses(text, "")
    assert len({number_of(one.numeral) for one in clauses}) == len(clauses)
    for before, after in itertools.pairwise(clauses):
        assert before.span.end <= after.span.start


@pytest.mark.parametrize(
    ("path", "shown"),
    [("十", "十 (10)"), ("三(一)", "三(一) (3.1)"), ("一百十二", "一百十二 (112)"), ("10", "10")],
)
def test_a_clause_has_its_arabic_number_beside_the_chinese_one(path, shown):
    assert with_arabic(path) == shown
