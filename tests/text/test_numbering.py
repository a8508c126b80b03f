"""Each way of numbering clauses is recognised, and clauses nest as the text nests them."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.core.numerals import chinese_numeral, number_of, with_arabic
from geo.text.clauses import STYLES, read_outline
from geo.text.document import Document, parse_clauses
from geo.text.ledger import segments_of
from geo.text.marked_text import chapters

NESTINGS = {
    "articles count on across chapters, and have items": (
        "办法\n第一章 总则\n第一条 建设甲。\n(一)其一。\n(二)其二。\n第二章 分则\n第二条 建设乙。\n",
        "一 一(一) 一(二) 二",
    ),
    "brackets count on across parts, which are then no clauses": (
        "决定\n一、总体\n(一)建设甲。\n续前。\n二、重点\n（二）建设乙。\n  (三)建设丙。\n",
        "一 二 三",
    ),
    "brackets begin anew in each part": (
        "意见\n一、建设甲。\n(一)其一。\n（二）其二。\n二、建设乙。\n(一)又其一。\n三、建设丙。\n",
        "一 一(一) 一(二) 二 二(一) 三",
    ),
    "numbers count on across parts, and an amount is no clause": (
        "清单\n一、交通\n1.建设甲。\n2．建设乙。\n2.5亿元投资。\n二、水利\n3、建设丙。\n",
        "1 2 3",
    ),
    "a report nests five deep, and a level may be left out": (
        "报告\n一、回顾\n(1)甲\n二、任务\n(一)以项目为王\n1.交通\n(1)乙\n①丙\n②丁\n(2)戊\n2.水利\n(二)己\n(1)庚\n三、保障\n",
        "一 一(1) 二 二(一) 二(一)1 二(一)1(1) 二(一)1(1)① 二(一)1(1)② 二(一)1(2) 二(一)2 二(二) 二(二)(1) 三",
    ),
    "chapters and sections begin anew": (
        "规划\n第一章 甲\n第一节 乙\n一、丙\n第二节 丁\n一、戊\n第二章 己\n第一节 庚\n",
        "一 一.一 一.一.一 一.二 一.二.一 二 二.一",
    ),
    "a list in the preamble does not stand above the clauses": (
        "方案\n1.依据甲\n2.依据乙\n一、丙\n1.丁\n二、戊\n1.己\n2.庚\n",
        "1 2 一 一1 二 二1 二2",
    ),
    "an English plan has sections, decimals, letters and roman numerals": (
        "Plan\nSection 1 Aims\n1.1 One\nSection 2 Works\n2.1 Two\n(a) Three\n(b) Four\n(i) Five\n(ii) Six\n2.5 billion yuan\n2.2 Seven\n",
        "1 1.1 2 2.1 2.1(a) 2.1(b) 2.1(b)(i) 2.1(b)(ii) 2.2",
    ),
    "decimals nest in plain numbers": (
        "Plan\n1. Aims\n2. Works\n2.1 Roads\n2.1.1 One\n2.1.2 Two\n2.2 Rail\n3. Money\n3.1 Who\n",
        "1 2 2.1 2.1.1 2.1.2 2.2 3 3.1",
    ),
    "an excerpt begins at any chapter, and its footnote is no clause": (
        "规划\n第七章 甲\n第一节 乙①。\n第二节 丙\n第八章 丁\n① 含在建。\n",
        "七 七.一 七.二 八",
    ),
    "an excerpt begins at any part": ("报告\n三、甲\n(一)乙\n四、丙\n", "三 三(一) 四"),
    "chapters may be numbered in words, and items in small roman numerals": (
        "Plan\nCHAPTER FOUR: AIMS\n4.1 One\ni. Two\nii) Three\niii. Four\niv. Five\nCHAPTER FIVE\n5.1 Six\n",
        "4 4.1 4.1i 4.1ii 4.1iii 4.1iv 5 5.1",
    ),
    "what stands below a rule is no clause": (
        "报告\n一、甲\n二、乙\n————————\n1.注释\n",
        "一 二 二1",
    ),
    "the letter i follows h": (
        "Plan\n" + "".join(f"({letter}) Work\n" for letter in "abcdefghij"),
        " ".join("abcdefghij"),
    ),
}


def numerals(text):
    return [one.numeral for one in parse_clauses(text, "")]


@pytest.mark.parametrize("case", NESTINGS)
def test_clauses_are_paths_of_numerals_as_deep_as_the_text_goes(case):
    text, expected = NESTINGS[case]
    assert numerals(text) == expected.split()


def test_a_path_depends_on_the_numbers_above_it():
    text, _ = NESTINGS["brackets begin anew in each part"]
    assert "二(一)" not in numerals(text.replace("(一)又其一", "又其一"))
    # Spoiled: if the count goes on, the same line is clause 三 of a text without nesting.
    assert numerals(text.replace("(一)又", "(三)又")) == ["一", "二", "三"]


def test_every_style_has_a_code_of_its_own():
    assert len({style.code for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.code)
def test_every_style_reads_its_own_sample(style):
    outline = read_outline(f"题\n{style.sample} 建设甲。\n")
    assert [one.code for one in outline.styles] == [style.code]


def test_the_decision_is_read_by_its_brackets_alone(dataset):
    outline = read_outline(dataset.document.text)
    assert [style.code for style in outline.styles] == ["bracketed"]
    assert len(outline.parts) == 5


def test_a_part_ends_a_clause_and_an_item_is_a_clause_of_its_own():
    article = parse_clauses(NESTINGS["articles count on across chapters, and have items"][0], "")
    assert [len(one.paragraphs) for one in article] == [1, 1, 1, 1]
    text = NESTINGS["brackets count on across parts, which are then no clauses"][0]
    assert [len(one.paragraphs) for one in parse_clauses(text, "")] == [2, 1, 1]


@pytest.mark.parametrize(
    "text", ["", "没有编号的一段话。\n", "(二)只有第二。\n", "(一)甲\n(一)又甲\n"]
)
def test_a_text_that_counts_nothing_has_no_clauses(text):
    assert parse_clauses(text, "") == ()


def test_the_line_that_begins_the_outermost_count_anew_is_told():
    text = "一、甲\n二、乙\n附件\n一、又甲\n"
    assert read_outline(text).restart == text.index("一、又甲")
    assert read_outline(text.replace("一、又甲", "三、丙")).restart is None


def test_a_gap_in_the_count_is_told_and_does_not_hide_the_clauses():
    text = "一、甲。\n(一)乙。\n(三)丁。\n三、戊。\n"
    assert numerals(text) == ["一", "一(一)", "一(三)", "三"]
    assert read_outline(text).missing == ("一 2", "2")


def test_a_number_that_repeats_within_a_clause_belongs_to_the_clause_above():
    text = "第一条 甲:\n(一)乙;\n(二)丙。\n前款包括:\n(一)丁;\n第二条 戊。\n"
    assert numerals(text) == ["一", "一(一)", "一(二)", "二"]
    assert read_outline(text).repeated == (text.index("(一)丁"),)


def test_the_document_view_has_one_chapter_for_each_nested_clause():
    text, expected = NESTINGS["a report nests five deep, and a level may be left out"]
    document = Document("x", "", {}, text, parse_clauses(text, ""))
    there = [one for one in chapters(document, [], []) if one.numeral]
    assert [one.numeral for one in there] == expected.split()
    assert [one.depth for one in there] == [0, 1, 0, 1, 2, 3, 4, 4, 3, 2, 1, 2, 0]
    assert [document.slice(span) for span in segments_of(document, "二(一)1(1)")] == ["(1)乙"]


def test_numerals_are_written_as_in_official_texts():
    written = {1: "一", 10: "十", 12: "十二", 20: "二十", 110: "一百一十", 112: "一百一十二"}
    assert {number: chinese_numeral(number) for number in written} == written


@given(st.integers(1, 999))
def test_a_numeral_is_read_as_its_number(number):
    assert number_of(chinese_numeral(number)) == number
    assert number_of(str(number)) == number


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_nested_text_is_read_as_it_was_numbered(sizes):
    """Each part has chapters with so many items; both begin anew in each part."""
    lines, expected = ["报告"], []
    for part, chapters_of in enumerate(sizes, start=1):
        lines.append(f"{chinese_numeral(part)}、部分")
        expected.append(chinese_numeral(part))
        for chapter, items in enumerate(chapters_of, start=1):
            lines.append(f"({chinese_numeral(chapter)})分项")
            expected.append(f"{chinese_numeral(part)}({chinese_numeral(chapter)})")
            for item in range(1, items + 1):
                lines.append(f"{item}.建设。")
                expected.append(f"{expected[-1].split(')')[0]})" + str(item))
    assert numerals("\n".join(lines)) == expected


@given(st.text("一二三十(（)）、.．12①第条章abi\n 建设", max_size=60))
def test_clauses_never_overlap_and_each_path_names_one(text):
    clauses = parse_clauses(text, "")
    assert len({one.numeral for one in clauses}) == len(clauses)
    for before, after in itertools.pairwise(clauses):
        assert before.span.end <= after.span.start


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("十", "十 (10)"),
        ("一百十二", "一百十二 (112)"),
        ("三(一)", "三(一) (3.1)"),
        ("二(一)1(1)②", "二(一)1(1)② (2.1.1.1.2)"),
        ("一.二.十一", "一.二.十一 (1.2.11)"),
        ("三.2.1", "三.2.1 (3.2.1)"),
        ("四(b)", "四(b) (4.b)"),
        ("10", "10"),
        ("1①", "1①"),
        ("2.1(b)(ii)", "2.1(b)(ii)"),
    ],
)
def test_a_clause_has_its_arabic_number_beside_the_chinese_one(path, shown):
    assert with_arabic(path) == shown
