"""A list of projects as a table becomes a text that each project quotes by its row."""

import csv
import json

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import ROOT

from geo.__main__ import main
from geo.authoring.place_layers import PlaceLayers
from geo.authoring.spreadsheets import _plain
from geo.authoring.table_drafts import RowReader, table_candidates
from geo.authoring.tables import read_table
from geo.authoring.vocabulary import vocabulary
from geo.checks import load
from geo.core.faults import DataError
from geo.core.home import County, Home
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


GROUND = PlaceLayers(
    (County("1", "乙市", "Yi City"), County("2", "丁市", "Ding City"), County("3", "辰市", "Chen City")),
    {}, "", "川省", "Chuan", given=True,
    districts={"1": ("甲山县", "子丑县", "城区"), "2": ("寅卯区", "午未市"), "3": ("午未区",)},
)  # fmt: skip
READER = RowReader(vocabulary("zh", {}, {}))


def candidates_of(table, default=""):
    document = Document("x", "", {}, table.text, parse_clauses(table.text, table.closing))
    reader = RowReader(vocabulary("zh", {}, {}), default)
    found = table_candidates(document, table, reader, GROUND, "川省")
    return document, [candidate for candidate, _ in found]


def read(path, rows, *, default="", **options):
    """Return the text of a table and its candidates, as `init` makes them."""
    table = read_table(written(path / "t.csv", rows), [], lead=READER.lead, **options)
    return table, candidates_of(table, default)[1]


def workbook(path, sheets, merged=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for cells in merged:
            page.merge_cells(cells)
    book.save(path)
    return path


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
        # No word tells the stage, which the basis then says; it stands in the heading 建设地点.
        ("220千伏戊变电站", "plan", "建设", "3", "丁县"),
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
    stage = "column stage: (none); state it with --column stage=HEADING"
    assert f"{stage}; below is where else the stage comes from" in told
    table = read_table(path, ["name=工程", "progress=属性"])
    assert not any(line.startswith("column stage") for line in table.summary())
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
    assert table.text.endswith("\n注：以批复为准\n")
    assert table.closing == "注：以批复为准"
    assert "left out: '合计（2个） 9'" in list(table.summary())


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
    "an old workbook": ("t.xls", b"\xd0\xcf", [], (), "table-readable"),
    "a workbook that is none": ("t.xlsx", b"PK nothing", [], (), "table-readable"),
    "bytes in no encoding": ("t.csv", b"\xff\xff\xfe\x80", [], (), "table-readable"),
    "a table without headings": ("t.csv", "甲,乙\n丙,丁\n".encode(), [], (), "table-columns"),
    "a column that says nothing": ("t.csv", "项目名称,地点\n".encode(), ["项目名称"], (), "table-columns"),
    "a table without rows": ("t.csv", "项目名称,地点\n".encode(), [], (), "table-rows"),
    "no file": ("t.csv", None, [], (), "table-readable"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_table_that_cannot_be_used_is_refused_with_the_cure(tmp_path, case):
    name, content, columns, sheet, rule = REFUSED[case]
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError, match=rf"\[{rule}\]"):
        read_table(tmp_path / name, columns, sheet)


def test_a_sheet_is_chosen_by_its_name():
    assert len(read_table(PLANS / "key-projects.xlsx", [], ["名单"]).rows) == 40
    with pytest.raises(DataError, match="write one of 名单"):
        read_table(PLANS / "key-projects.xlsx", [], ["another"])


def test_a_section_below_rows_without_one_has_no_number(tmp_path):
    loose, grouped = ["1", "甲山水库", "乙", "丙"], ["2", "乙山水库", "乙", "丙"]
    table = read_table(written(tmp_path / "t.csv", [ROWS[1], loose, ["水利"], grouped]), [])
    assert [row.section for row in table.rows] == ["", "水利"]
    assert "\n【水利】\n" in table.text


TITLES = [["附件1"], ["2026年川省重点项目名单（在建项目）"], ["", "", "", "单位：亿元"]]
TWO_ROWS = [
    ["序号", "项目名称", "建设地点", "总投资", "2026年计划", ""],
    ["", "", "", "", "投资", "主要建设进度"],
]
LISTED = [
    *TITLES, *TWO_ROWS,
    ["合　计（3个）", "", "", "90", "9", ""],
    ["一、交通（2个）", "", "", "60", "6", ""],
    ["1", "甲山至子丑\n高速公路", "甲山县、\n子丑县", "30", "3", "路基施工"],
    ["2", "午未大桥", "寅卯区", "30", "3", "建成通车"],
    ["本页小计", "", "", "60", "6", ""],
    ["- 2 -"], ["续表"],
    ["序号", "项目名称", "建设地点", "总投资", "2026年计划\n投资", "主要建设进度"],
    ["二、产业", "", "", "30", "3", ""],
    ["（一）石化", "", "", "", "", ""],
    ["3", "丁丁烯烃一体化", "丁市", "30", "3", ""],
    ["注：1.以批复为准。"], ["　　2.打捆项目合计。"],
]  # fmt: skip
MERGED = ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "A6:C6", "A7:C7")
TEXT = """附件1
2026年川省重点项目名单（在建项目）
单位：亿元
一、交通（2个）
1.甲山至子丑高速公路；建设地点：甲山县、子丑县；总投资：30；2026年计划投资：3；2026年计划主要建设进度：路基施工。
2.午未大桥；建设地点：寅卯区；总投资：30；2026年计划投资：3；2026年计划主要建设进度：建成通车。
二、产业
（一）石化
3.丁丁烯烃一体化；建设地点：丁市；总投资：30；2026年计划投资：3；在建项目。
注：1.以批复为准。2.打捆项目合计。
"""


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_header_of_two_rows_is_joined_and_what_pages_repeat_is_left_out_and_told(tmp_path, kind):
    path = tmp_path / f"t.{kind}"
    if kind == "csv":
        written(path, LISTED)
    else:
        workbook(path, {"名单": LISTED}, MERGED)
    table = read_table(path, [], lead=READER.lead)
    assert table.text == TEXT
    assert table.title == "2026年川省重点项目名单（在建项目）"
    told = "\n".join(table.summary())
    for left_out in ("合 计（3个） 90 9", "本页小计 60 6", "- 2 -", "续表", "序号 项目名称"):
        assert f"left out: '{left_out}" in told
    document, found = candidates_of(table)
    assert [one.clause for one in found] == ["1", "2", "3"]
    # The notes are in no clause.
    assert not any("以批复为准" in document.slice(clause.span) for clause in document.clauses)
    assert table.rows[2].above[:2] == ("（一）石化", "二、产业")


def test_a_second_row_that_is_a_section_or_a_project_joins_no_header(tmp_path):
    for second in (["", "交通", "", "", "", ""], ["1", "甲山水库", "甲山县", "1", "1", "施工"]):
        table, _ = read(tmp_path, [TWO_ROWS[0], second, ["2", "乙山水库", "甲山县", "1", "1", ""]])
        assert table.tables[0].headings[:4] == TWO_ROWS[0][:4]


def test_a_sheet_that_is_not_read_is_named_and_sheets_follow_each_other_as_parts(tmp_path):
    second = [
        ["附件2"], ["2026年川省重点项目名单（预备项目）"], ["序号", "项目名称", "所在地"], ["一、交通（1个）"],
        ["1", "丁辰铁路", "丁市、辰市"], ["注：动态调整。"],
    ]  # fmt: skip
    path = workbook(
        tmp_path / "t.xlsx", {"在建": LISTED, "预备": second, "填表说明": [["请认真填写"]]}
    )
    alone = read_table(path, [], lead=READER.lead)
    assert "sheet 预备: not read, 6 rows; add --sheet 预备, or --sheet all" in list(alone.summary())
    table = read_table(path, [], ["all"], lead=READER.lead)
    assert "sheet 填表说明: not read, as no row has the headings of a list" in list(table.summary())
    document, found = candidates_of(table)
    assert [one.clause for one in found] == ["一.一1", "一.一2", "一.二(一)3", "二.一1"]
    assert [one.stage for one in found] == ["build", "build", "build", "prepare"]
    lines = table.text.splitlines()
    assert lines[0] == table.title == "2026年川省重点项目名单"
    assert "第二部分 2026年川省重点项目名单（预备项目）" in lines
    assert lines[-4:] == [
        "【2026年川省重点项目名单（在建项目）】", "注：1.以批复为准。2.打捆项目合计。",
        "【2026年川省重点项目名单（预备项目）】", "注：动态调整。",
    ]  # fmt: skip
    assert not any("动态调整" in document.slice(clause.span) for clause in document.clauses)
    both = read_table(path, [], ["预备", "在建"], lead=READER.lead)
    assert [one.name for one in both.tables] == ["预备", "在建"]


def test_an_english_list_of_two_sheets_has_parts_sections_and_a_header_of_two_rows(tmp_path):
    first = [
        ["Vale Priority Projects 2026 (ongoing)"], ["No.", "Project name", "Location", "Budget"], ["", "", "", "Total", "2026"],
        ["Transport"], [1, "Northgate Bypass", "Northgate", 5, 1],
    ]  # fmt: skip
    second = [
        ["Vale Priority Projects 2026 (proposed)"],
        ["No.", "Project name"],
        [1, "Kingsway Bridge", ""],
    ]
    path = workbook(tmp_path / "t.xlsx", {"Ongoing": first, "Pipeline": second})
    assert read_table(path, [], ["all"], lead=READER.lead).text.splitlines() == [
        "Vale Priority Projects 2026",
        "Part 1 Vale Priority Projects 2026 (ongoing)",
        "Section 1 Transport",
        "1. Northgate Bypass; Location: Northgate; Budget Total: 5; Budget 2026: 1; Ongoing.",
        "Part 2 Vale Priority Projects 2026 (proposed)",
        "1. Kingsway Bridge; proposed.",
    ]


def test_a_note_that_is_numbered_heads_no_clause(tmp_path):
    below = [["4.标★的为重大项目"], ["以批复为准"], ["5.打捆项目合计"]]
    table, found = read(tmp_path, [*ROWS, *below])
    assert table.text.endswith("。\n【4.标★的为重大项目】\n以批复为准5.打捆项目合计\n")
    assert [one.clause for one in found] == ["1", "2", "3"]


def test_a_number_that_a_list_leaves_out_is_told(tmp_path):
    rows = [*ROWS[:3], ["3", "丙水库", "丁县", "新建"]]
    told = list(read_table(written(tmp_path / "t.csv", rows), []).summary())
    assert "its numbers leave out 2: compare with the original" in told
    assert not any("leave out" in line for line in read(tmp_path, ROWS)[0].summary())


def test_a_section_with_its_number_in_a_column_of_its_own_is_a_heading(tmp_path):
    rows = [ROWS[1], ["一", "交通（1个）", "", ""], ["1", "甲大桥", "乙县", "新建"]]
    table, found = read(tmp_path, rows)
    assert "\n一、交通（1个）\n" in table.text
    assert [one.name for one in found] == ["甲大桥"]


PLACED = {
    "甲山县": (("1",), ()),
    "乙市甲山县、子丑县，丁市": (("1", "2"), ()),
    "甲山镇": (("1",), ()),
    "辰市午未区": (("3",), ()),
    "午未市和甲山县": (("1", "2"), ()),
    "子丑高新区": (("1",), ()),
    "乙市、亥市": (("1",), ("亥市",)),
    "亥市": ((), ("亥市",)),
    "全省": (("1", "2", "3"), ()),
    "川省": (("1", "2", "3"), ()),
    # A zone is no place outside, and 乙县 is not 乙市.
    "某某经济开发区": (("1", "2", "3"), ()),
    "主城区": (("1", "2", "3"), ()),
}


@pytest.mark.parametrize("location", PLACED)
def test_a_district_counts_for_its_city_and_only_a_stranger_is_outside(tmp_path, location):
    _, (one,) = read(tmp_path, [ROWS[1], ["1", "某某水库", location, "续建"]])
    assert (one.where.counties, one.where.outside) == PLACED[location]


def test_the_basis_says_which_city_a_district_is_in(tmp_path):
    _, (one,) = read(tmp_path, [ROWS[1], ["1", "某某水库", "甲山县、子丑县", "续建"]])
    assert one.where.zh == "县（区）取自原文（甲山县、子丑县属乙市）"


STAGED = {
    "路基、桥梁、隧道施工": ("build", "施工"),
    "设备安装": ("build", "设备安装"),
    "厂房封顶": ("build", "封顶"),
    "建成通车": ("build", "通车"),
    "完成可研批复": ("prepare", "可研"),
    "施工图设计": ("prepare", "施工图"),
    "完成征地，主体施工": ("build", "施工"),
    "力争开工": ("start", "开工"),
    "推进改造": ("build", "改造"),
    "完成": ("build", "完成"),
}


@pytest.mark.parametrize("column", ["形象进度", "2026年主要建设进度", "年度建设目标", "建设阶段"])
@pytest.mark.parametrize("cell", [cell for cell in STAGED if cell not in {"完成", "推进改造"}])
def test_the_stage_is_that_of_the_columns_whatever_they_are_called(tmp_path, column, cell):
    _, (one,) = read(tmp_path, [["项目名称", column], ["某某水库", cell]])
    assert (one.stage, one.stage_term) == STAGED[cell]
    assert not one.guessed or "stage" not in one.guessed


@pytest.mark.parametrize("cell", ["完成", "推进改造"])
def test_progress_in_works_of_a_kind_is_being_built(tmp_path, cell):
    _, (one,) = read(tmp_path, [["项目名称", "形象进度"], ["某某水库", cell]])
    assert (one.stage, one.stage_term) == STAGED[cell]


@pytest.mark.parametrize(
    ("title", "section", "kind", "stage"),
    [
        ("川省重点项目名单（在建项目）", "交通", "新建", "build"),
        ("川省重点项目名单", "二、计划新开工项目（1个）", "", "start"),
        ("川省重点项目名单", "储备项目", "", "prepare"),
        # The nearest heading counts, and a row that says more than its heading.
        ("川省重点项目名单（在建项目）", "预备项目", "", "prepare"),
        ("川省重点项目名单（预备项目）", "交通", "续建", "build"),
        ("川省重点建设项目计划", "交通", "新建", "plan"),
    ],
)
def test_otherwise_the_stage_is_that_of_section_or_title(tmp_path, title, section, kind, stage):
    table, (one,) = read(
        tmp_path, [[title], ROWS[1], [section], ["1", "某某水库", "乙市", kind]]
    )  # fmt: skip
    assert (one.stage, one.guessed) == (stage, ())
    row = table.rows[0]
    assert one.stage_term in table.text[row.start : row.end]


def test_rows_that_say_no_stage_have_the_one_that_is_stated(tmp_path):
    rows = [["序号", "项目名称", "建设地点"], ["1", "某某水库", "乙市"]]
    _, (one,) = read(tmp_path, rows)
    assert (one.stage, one.stage_term, one.guessed) == ("plan", "建设", ("stage",))
    _, (one,) = read(tmp_path, rows, default="build")
    assert (one.stage, one.stage_term, one.guessed) == ("build", "建设", ())
    assert "编者指定" in "".join(zh for zh, _ in one.remarks)


def test_the_basis_says_that_a_completion_counts_as_being_built_and_what_energy_is(tmp_path):
    rows = [["项目名称", "形象进度"], ["某某核电二期", "竣工投产"], ["某某水库", "施工"]]
    _, (power, water) = read(tmp_path, rows)
    assert power.sector == "industry"
    assert [zh for zh, _ in power.remarks] == [
        "原文写明“投产”，计为在建",
        "能源在代码表中没有单独的领域，归入最接近的产业（industry）",
    ]
    assert water.remarks == ()


SECTORS = {
    "某某港航道三期": "logistics",
    "某江航道整治": "ecology",
    "某某炼化一体化二期": "industry",
    "某某白羽鸡种源基地": "agriculture",
    "某某钢产能置换": "industry",
    "某某铜箔（四期）": "industry",
    "某某红色旧址群保护": "culture_tourism",
    "某某科技大学": "public_service",
    "某某环岛路提升": "road",
    "某某海上风电场": "industry",
    "某某红色旅游公路": "road",
    "某某高铁北站": "rail",
    "某某集团总部": "urban",
}


@pytest.mark.parametrize("name", SECTORS)
def test_the_noun_of_a_name_tells_the_sector(tmp_path, name):
    _, (one,) = read(tmp_path, [["项目名称", "建设地点"], [name, "乙市"]])
    assert one.sector == SECTORS[name]


def test_without_a_noun_the_category_tells_the_sector_and_then_the_nearest_heading(tmp_path):
    rows = [
        ["项目名称", "行业", "地点"], ["一、产业（2个）", "", ""], ["（一）电子信息与新能源", "", ""],
        ["某某八代线", "", "乙市"], ["某某三期", "教育", "乙市"],
    ]  # fmt: skip
    _, found = read(tmp_path, rows)
    # 电子信息与新能源 stands for two sectors, so that the heading above it decides.
    assert [one.sector for one in found] == ["industry", "public_service"]
    assert not any("sector" in one.guessed for one in found)


EXTENTS = {
    "某某高速公路扩容工程（一段）": "line", "某某铁路": "line", "某某高铁北站综合交通枢纽": "site", "某某输变电工程": "line",
    "某某水利枢纽配套供水工程": "line", "某某智能产业园二期": "zone", "某某灌区工程": "zone", "某某水库": "site", "某某大桥": "site",
    "某某芯片生产线": "site", "某某旅游公路": "line",
}  # fmt: skip


@pytest.mark.parametrize("name", EXTENTS)
def test_the_extent_is_told_by_the_last_noun(tmp_path, name):
    _, (one,) = read(tmp_path, [["项目名称", "建设地点"], [name, "乙市"]])
    assert one.extent == EXTENTS[name]


SEVERAL = {
    "甲山海上风电场二期、子丑海上风电场项目": True,
    "甲山港区航道等2个项目": True,
    "甲山水库及子丑灌区": True,
    "甲山核电5、6号机组": False,
    "甲山高速公路子丑段、寅卯段": False,
    "甲山水库（含大坝、灌区）": False,
    "甲山水生态修复与治理工程": False,
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_cell_with_two_projects_is_marked_to_be_divided(tmp_path, name):
    _, (one,) = read(tmp_path, [["项目名称", "建设地点"], [name, "乙市"]])
    assert one.several == SEVERAL[name]


def test_a_line_break_in_a_cell_is_no_space_in_chinese_and_one_between_latin_words(tmp_path):
    rows = [["项目名称", "建设地点"], ["甲山6号线\n子丑段", "Port\nNorth"]]
    table, (one,) = read(tmp_path, rows)
    assert one.name == "甲山6号线子丑段"
    assert table.rows[0].cells["location"] == "Port North"


def test_init_asks_for_the_day_where_only_rows_hold_one_and_takes_sheets_and_a_stage(
    tmp_path, capsys
):
    rows = [["川东省项目清单"], ["序号", "项目名称", "建设地点", "开工时间"]]
    first = [*rows, ["1", "甲山水库", "青江市", "2025-03-01"]]
    second = [*rows, ["1", "乙山水库", "青江市", ""]]
    path = workbook(tmp_path / "t.xlsx", {"甲": first, "乙": second})
    options = [
        "--table",
        str(path),
        "--counties",
        str(COUNTIES),
        "--sheet",
        "all",
        "--stage",
        "build",
    ]
    assert main(["init", str(tmp_path / "x"), *options]) == 1
    assert "no date was found in the text; state it with --adopted" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "x"), *options, "--adopted", "2025-01-01"]) == 0
    told = capsys.readouterr().out
    assert "stage of 2 rows: by --stage" in told
    projects = load(Home(tmp_path / "x")).projects.values()
    assert [(one.stage, one.anchors[0].clause) for one in projects] == [
        ("build", "一1"),
        ("build", "二1"),
    ]


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
    cells = {_plain(cell) for row in [*rows, ["甲山水库"]] for cell in row}
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
