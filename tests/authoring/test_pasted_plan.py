"""An excerpt of a plan as it is pasted: broken lines, boxes, a table, states after names."""

import json

import pytest
from support import ROOT

from geo.__main__ import main
from geo.authoring.drafts import to_do
from geo.authoring.vocabulary import extent_of
from geo.checks import load
from geo.core.home import Home

PLANS = ROOT / "tests" / "data" / "plans"
EXPECTED = {
    "七.一": {
        "岚青高速公路（岚溪段）": "build", "云渡至岚溪高速公路": "start", "G351岚溪城区改线工程": "start", "青峰岭隧道": "build",
        "岚江港区白石作业区二期": "prepare", "石坝船闸": "prepare", "云渡通用机场": "prepare", "岚云铁路": "build",
        "岚溪港铁路专用线": "plan", "岚溪西站客运枢纽": "plan", "云渡至白石公路": "plan", "白石绕城公路": "plan",
    },
    "七.二(一)": {
        "岚江干流城区段综合治理": "plan", "南湾、北湾、东湾水库": "upgrade", "青峰水库": "upgrade",
        "青峰灌区续建配套与节水改造工程": "build",
    },
    "七.二(二)": {"第二水厂": "plan", "岚溪水厂": "upgrade"},
    "八": {
        "岚溪中学南校区": "plan", "市中医医院住院楼": "build", "岚溪竹材产业园": "build", "云渡抽水蓄能电站": "prepare",
        "白石古镇": "plan",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    target = tmp_path_factory.mktemp("pasted") / "lanxi"
    counties = str(PLANS / "outline-counties.geojson")
    assert (
        main(["init", str(target), "--text", str(PLANS / "outline.txt"), "--counties", counties])
        == 0
    )
    return Home(target)


@pytest.fixture(scope="module")
def drafts(made):
    return {project.name_zh: project for project in load(made).projects.values()}


def test_every_project_of_an_excerpt_is_drafted_with_its_stage_and_nothing_is_invented(drafts):
    found = {}
    for name, project in drafts.items():
        found.setdefault(project.anchors[0].clause, {})[name] = project.stage
    assert found == EXPECTED


def test_init_says_what_it_joined_and_left_out(tmp_path, capsys):
    options = [
        "--text",
        str(PLANS / "outline.txt"),
        "--counties",
        str(PLANS / "outline-counties.geojson"),
    ]
    assert main(["init", str(tmp_path / "made"), *options]) == 0
    told = capsys.readouterr().out
    assert "4 line breaks within sentences were taken out" in told
    assert "Page numbers left out: — 12 —" in told
    assert "stand in no clause, and are not read (1): ① 含在建里程。" in told
    assert "No issuer found: state it with --issuer." in told


def test_a_stage_that_only_the_title_of_a_box_could_tell_is_provisional_and_quotes_the_title(
    drafts,
):
    draft = drafts["云渡至白石公路"]
    assert [anchor.exact for anchor in draft.anchors] == ["云渡至白石公路", "重大交通项目"]
    assert draft.stage_term == "重大交通项目"
    assert "stage not told by the text, and provisional" in draft.basis_in("en")
    assert "provisional" not in drafts["岚云铁路"].basis_in("en")


def test_the_counties_are_those_of_the_name_of_the_row_or_of_the_words_before_the_verb(drafts):
    assert drafts["第二水厂"].counties == ("529932",)
    assert drafts["岚溪竹材产业园"].counties == ("529931",)
    assert drafts["云渡至白石公路"].counties == ("529932", "529933")
    assert len(drafts["青峰水库"].counties) == 3


def test_what_only_introduces_is_a_heading_and_no_project_sentence_is(made):
    ledger = json.loads(made.ledger.read_text(encoding="utf-8"))["segments"]
    headings = {one["text"] for one in ledger if one["reason"] == "heading"}
    assert {
        "畅通公路网络",
        "教育方面",
        "一要提升核心景区",
        "（二）供水",
        "专栏4  重点产业项目",
    } <= headings
    assert "支持青峰山创建国家5A级旅游景区" not in headings
    assert not any("水库" in text for text in headings)


def test_a_project_that_is_struck_is_on_the_list_as_long_as_a_draft_stands_beside_it(
    made, tmp_path
):
    import shutil

    copy = Home(shutil.copytree(made.root, tmp_path / "copy"))
    assert "石坝船闸" not in [words for _, _, words in to_do(load(copy)).items]
    layer = json.loads(copy.projects.read_text(encoding="utf-8"))
    layer["features"] = [
        one for one in layer["features"] if one["properties"]["name_zh"] != "石坝船闸"
    ]
    copy.projects.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    left = to_do(load(copy))
    assert ("七.一", "石坝船闸") in [(clause, words) for clause, _, words in left.items]


@pytest.mark.parametrize(
    ("name", "extent"),
    [
        ("云渡至岚溪高速公路", "line"), ("岚江大桥", "site"), ("岚溪港铁路专用线", "line"), ("铁路货运站", "site"), ("竹材产业园", "zone"),
        ("青峰水库", "site"), ("Mill Street", "line"), ("Northgate Logistics Park", "zone"), ("Eastfield Railway Station", "site"),
        ("山河工业园区10千伏配电网改造", "line"), ("昌江河（县城段）防洪能力提升工程", "line"), ("甲河航道整治", "line"),
        ("湖南甲矿业采选提质扩能工程", "site"),
    ],
)  # fmt: skip
def test_the_last_word_of_a_name_says_what_it_is_by_nature(name, extent):
    assert extent_of(name) == extent


def test_a_clause_is_judged_with_those_nested_in_it_and_drafts_are_left(
    made, tmp_path, capsys, monkeypatch
):
    import shutil

    copy = Home(shutil.copytree(made.root, tmp_path / "copy"))
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    before = to_do(load(copy))
    assert main(["judge", "七", "background"]) == 0
    after = to_do(load(copy))
    assert not [entry for entry in after.segments if entry.clause.startswith("七")]
    assert [one for one in before.segments if one.clause == "八"] == list(after.segments)
    assert after.drafts == before.drafts
    for wrong in (
        ["judge", "九", "background"],
        ["judge", "七", "no-reason"],
        ["judge", "七", "to-judge"],
    ):
        assert main(wrong) == 1
    assert "[ledger-entry]" in capsys.readouterr().err


def test_a_segment_that_a_removed_draft_quoted_alone_is_judged_too(made, tmp_path, monkeypatch):
    import shutil

    copy = Home(shutil.copytree(made.root, tmp_path / "copy"))
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    layer = json.loads(copy.projects.read_text(encoding="utf-8"))
    layer["features"] = [
        one for one in layer["features"] if one["properties"]["name_zh"] != "市中医医院住院楼"
    ]
    copy.projects.write_text(json.dumps(layer, ensure_ascii=False), encoding="utf-8")
    assert main(["judge", "八", "background"]) == 0
    judged = {entry.text: entry.reason for entry in load(copy).ledger.entries}
    assert judged["市中医医院住院楼投入使用"] == "background"
    assert not any("岚溪中学南校区" in words for words in judged)


def test_a_quote_over_a_line_break_is_refused_by_the_command_that_prints_it(
    made, capsys, monkeypatch
):
    monkeypatch.setenv("PROJECT_MAP_HOME", str(made.root))
    text = load(made).document.text
    start = text.index("（一）防洪减灾")
    assert (
        main(["quote", "七.一", text[text.index("3200公里") : text.index("铁路：")].strip()]) == 1
    )
    assert "runs over a line break" in capsys.readouterr().err
    assert main(["quote", "七.二(一)", text[start : start + 7]]) == 0
