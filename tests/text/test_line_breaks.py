"""Lines of a pasted text that break a sentence are joined; all other lines stay as they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT

from geo.text.line_breaks import join_lines

JOINED = {
    "a line that ends in a comma": ("实施甲山水库扩建，\n启动乙河引水工程。\n", "zh", "实施甲山水库扩建，启动乙河引水工程。\n"),
    "a long line of running text": (
        "（一）防洪减灾。完成甲江崩岸治理，实施乙江大\n堤加固。\n", "zh", "（一）防洪减灾。完成甲江崩岸治理，实施乙江大堤加固。\n",
    ),
    "a line that goes on in small letters": (
        "The council will build the Riverside Highway\nand widen Mill Street.\n", "en",
        "The council will build the Riverside Highway and widen Mill Street.\n",
    ),
    "a page number in a sentence": (
        "建设甲山水库，推进丙丁高速公路、\n\n— 9 —\n\n乙河大桥建设。\n", "zh", "建设甲山水库，推进丙丁高速公路、乙河大桥建设。\n",
    ),
}  # fmt: skip
KEPT = {
    "a heading above its text": ("1.夯实水利基础\n加快推进甲山水库建设，新建乙水厂。\n", "zh"),
    "a heading with a comma": ("（一）坚持产业立县，做强园区\n1.建设甲产业园。\n", "zh"),
    "numbered lines": ("一、建设甲山水库，\n二、建设乙河大桥，\n", "zh"),
    "an indented paragraph": (
        "建设甲山水库，完善灌区配套设施，提升供水能力\n　　建设乙河大桥。\n",
        "zh",
    ),
    "rows of a table": ("序号  名称  地点\n1  甲山水库，一期  乙县\n2  丙桥  丁县\n", "zh"),
    "labels of a box": ("公路：甲乙公路、丙丁公路，\n铁路：甲乙铁路。\n", "zh"),
    "a title in capitals": ("COUNTY GOVERNMENT\nDEVELOPMENT PLAN\n1. Build it.\n", "en"),
    "a number within a list": ("宽\n12\n米\n", "zh"),
}


@pytest.mark.parametrize("case", JOINED)
def test_a_line_that_breaks_a_sentence_is_joined(case):
    text, language, expected = JOINED[case]
    assert join_lines(text, language).text == expected


@pytest.mark.parametrize("case", KEPT)
def test_a_line_that_stands_alone_is_left(case):
    text, language = KEPT[case]
    joined = join_lines(text, language)
    assert (joined.text, joined.joined, joined.page_numbers) == (text, 0, ())


@pytest.mark.parametrize("number", ["— 9 —", "- 12 -", "12", "第 3 页", "Page 3 of 10"])
def test_a_page_number_alone_is_left_out_and_told(number):
    joined = join_lines(f"一、建设甲山水库。\n\n{number}\n\n二、建设乙河大桥。\n", "zh")
    assert joined.text == "一、建设甲山水库。\n\n二、建设乙河大桥。\n"
    assert joined.page_numbers == (number,)


def test_the_decision_and_the_plans_without_broken_lines_stay_byte_for_byte():
    data = ROOT / "tests" / "data"
    texts = [*ROOT.glob("seeds/*.txt"), data / "yunze-plan.txt", data / "plans" / "work-report.txt"]
    for path in texts:
        text = path.read_bytes().decode()
        assert join_lines(text, "zh").text == text


@given(st.text("一、建设甲山水库，。\n 1（）— 9", max_size=80))
def test_joining_takes_out_line_breaks_blanks_and_page_numbers_and_nothing_else(text):
    joined = join_lines(text, "zh")
    rest = iter("".join(text.split()))
    assert all(character in rest for character in "".join(joined.text.split()))
    if not joined.page_numbers:
        assert "".join(joined.text.split()) == "".join(text.split())
