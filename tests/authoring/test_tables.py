"""A list of projects as a table becomes a text that each project quotes by its row."""

import csv
import json

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import ROOT

from geo.__main__ import main
from geo.authoring.table_drafts import table_candidates
from geo.authoring.tables import read_table
from geo.authoring.vocabulary import vocabulary
from geo.checks import load
from geo.core.faults import DataError
from geo.core.home import Home
from geo.text.document import Document, parse_clauses

PLANS = ROOT / "tests" / "data" / "plans"
COUNTIES = PLANS / "key-projects-counties.geojson"
ROWS = [
    ["重点项目名单", "", "", ""],
    ["序号", "项目名称", "建设地点", "建设性质"],
    ["1", "甲山水库", "乙县", "续建"],
    ["2", "丙河大桥，含引道", "丁县", "新建"],
    ["3", "220千伏戊变电站", "丁县", ""],
]


def written(path, rows, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def candidates_of(table):
    document = Document("x", "", {}, table.text, parse_clauses(table.text, ""))
    return document, list(table_candidates(document, table, vocabulary("zh", {}, {})))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_a_table_is_read_in_the_encodings_of_spreadsheets(tmp_path, encoding):
    table = read_table(written(tmp_path / "t.csv", ROWS, encoding), [])
    assert table.text.splitlines() == [
        "重点项目名单",
        "1.甲山水库；建设地点：乙县；建设性质：续建。",
        "2.丙河大桥，含引道；建设地点：丁县；建设性质：新建。",
        "3. 220千伏戊变电站；建设地点：丁县。",
    ]


def test_each_row_is_quoted_whole_and_named_by_its_cell(tmp_path):
    document, found = candidates_of(read_table(written(tmp_path / "t.csv", ROWS), []))
    assert [(one.name, one.stage, one.stage_term, one.clause, one.location) for one in found] == [
        ("甲山水库", "build", "续建", "1", "乙县"),
        ("丙河大桥，含引道", "plan", "新建", "2", "丁县"),
        # No column and no verb tells the stage, which the basis then says.
        ("220千伏戊变电站", "plan", "220千伏戊变电站", "3", "丁县"),
    ]
    assert [one.guessed for one in found] == [(), (), ("stage",)]
    assert document.slice(found[0].span) == "甲山水库；建设地点：乙县；建设性质：续建。"


def test_the_columns_are_told_and_can_be_stated(tmp_path):
    rows = [["编", "工程", "镇", "属性"], ["1", "甲山水库", "乙镇", "续建"]]
    path = written(tmp_path / "t.csv", rows)
    with pytest.raises(
        DataError, match=r"编、工程、镇、属性.*--column name=HEADING.*\[table-columns\]"
    ):
        read_table(path, [])
    table = read_table(path, ["name=工程", "location=镇"])
    told = list(table.summary())
    assert "column name: 工程 (stated)" in told
    assert "column stage: (none); state it with --column stage=HEADING" in told
    assert "columns that are only quoted: 编、属性" in told
    with pytest.raises(DataError, match="table-columns"):
        read_table(path, ["name=工程", "stage=没有"])


def test_rows_of_sections_totals_and_notes_name_no_project(tmp_path):
    rows = [
        *ROWS[:2], ["", "合计（2个）", "", "9"], ["交通", "", "", ""], ["1", "甲大桥", "乙县", "新建"], ["水利", "", "", ""],
        ["1", "丙水库", "丁县", "续建"], ["注：以批复为准", "", "", ""],
    ]  # fmt: skip
    table = read_table(written(tmp_path / "t.csv", rows), [])
    assert [(row.cells["name"], row.section) for row in table.rows] == [
        ("甲大桥", "交通"),
        ("丙水库", "水利"),
    ]
    _, found = candidates_of(table)
    # The numbers begin anew in each section, so that the section is part of the path.
    assert [one.clause for one in found] == ["一1", "二1"]


def test_numbers_of_the_table_that_name_no_single_row_are_only_quoted(tmp_path):
    rows = [*ROWS[:3], ["1", "丙河大桥", "丁县", "新建"]]
    table = read_table(written(tmp_path / "t.csv", rows), [])
    _, found = candidates_of(table)
    assert [one.clause for one in found] == ["1", "2"]
    assert "2.丙河大桥；序号：1；" in table.text


def test_a_merged_cell_holds_for_each_of_its_rows(tmp_path):
    book = openpyxl.Workbook()
    for row in (ROWS[1], ["1", "甲山水库", "乙县", "续建"], ["2", "丙水库", None, "新建"]):
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(tmp_path / "t.xlsx")
    table = read_table(tmp_path / "t.xlsx", [])
    assert [row.cells["location"] for row in table.rows] == ["乙县", "乙县"]


REFUSED = {
    "an old workbook": ("t.xls", b"\xd0\xcf", [], None, "table-readable"),
    "a workbook that is none": ("t.xlsx", b"PK nothing", [], None, "table-readable"),
    "bytes in no encoding": ("t.csv", b"\xff\xff\xfe\x80", [], None, "table-readable"),
    "a table without headings": ("t.csv", "甲,乙\n丙,丁\n".encode(), [], None, "table-columns"),
    "a column that says nothing": ("t.csv", "项目名称,地点\n".encode(), ["项目名称"], None, "table-columns"),
    "a table without rows": ("t.csv", "项目名称,地点\n".encode(), [], None, "table-rows"),
    "no file": ("t.csv", None, [], None, "table-readable"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_cannot_be_used_is_refused_with_the_cure(tmp_path, case):
    name, content, columns, sheet, rule = REFUSED[case]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=rf"\[{rule}\]"):
        read_table(tmp_path / name, columns, sheet)


def test_a_sheet_is_chosen_by_its_name():
    assert len(read_table(PLANS / "key-projects.xlsx", [], "名单").rows) == 40
    with pytest.raises(DataError, match="write one of 名单"):
        read_table(PLANS / "key-projects.xlsx", [], "another")


def test_a_section_below_rows_without_one_has_no_number(tmp_path):
    loose, grouped = ["1", "甲山水库", "乙", "丙"], ["2", "乙山水库", "乙", "丙"]
    table = read_table(written(tmp_path / "t.csv", [ROWS[1], loose, ["水利"], grouped]), [])
    assert [row.section for row in table.rows] == ["", "水利"]
    assert "\n【水利】\n" in table.text


CELL = st.text("甲乙丙水库大桥县、，；。：12 \n\t(（“", max_size=8)


@settings(max_examples=60)
@example(rows=[["", "1", "2", ""], ["", "", "", "1"], ["", "1", "11", ""], ["", "", "", "1"]])
@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=1, max_size=6))
def test_a_project_of_a_table_is_a_cell_and_its_quote_holds_every_cell(tmp_path_factory, rows):
    path = written(
        tmp_path_factory.mktemp("t") / "t.csv", [ROWS[1], *rows, ["9", "甲山水库", "乙", "丙"]]
    )
    table = read_table(path, [])
    document, found = candidates_of(table)
    cells = {" ".join(cell.split()) for row in [*rows, ["甲山水库"]] for cell in row}
    for one, row in zip(found, table.rows, strict=True):
        assert one.name in cells
        quote = document.slice(one.span)
        assert one.name in quote
        assert one.stage_term in quote
        assert all(
            cell in document.text[row.start : row.end]
            for key, cell in row.cells.items()
            if key != "number"
        )


@pytest.mark.parametrize("name", ["key-projects.xlsx", "key-projects.csv"])
def test_a_provincial_list_becomes_a_home_with_a_project_for_each_row(tmp_path, capsys, name):
    options = [
        "--table",
        str(PLANS / name),
        "--counties",
        str(COUNTIES),
        "--place",
        "川东省",
        "--place-en",
        "Chuandong",
    ]
    assert main(["init", str(tmp_path / "x"), *options]) == 0
    assert "column name: 项目名称 (guessed from its heading)" in capsys.readouterr().out
    dataset = load(Home(tmp_path / "x"))
    projects = dataset.projects.values()
    assert len(projects) == 40
    assert (tmp_path / "x" / "seeds" / name).read_bytes() == (PLANS / name).read_bytes()
    # Nothing is left to judge: each row is quoted, and the rest are sections and totals.
    assert {entry.reason for entry in dataset.ledger.entries} <= {"heading"}
    counties = {project.name_zh: project.counties for project in projects}
    assert counties["青江引水工程"] == ("529100", "529300")
    assert len(counties["重点产业链技术改造"]) == 3
    assert not any(project.outside for project in projects)
    words = json.loads((tmp_path / "x" / "data" / "home.json").read_text(encoding="utf-8"))
    assert words["document"] == {"zh": "名单", "en": "list"}
    assert words["level"] == {"zh": "省", "en": "province"}
