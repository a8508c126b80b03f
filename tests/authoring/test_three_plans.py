"""Three plans such as exist: what is drafted from each, word for word, and what is left to judge."""

import pytest
from support import ROOT

from geo.__main__ import main
from geo.authoring.drafts import to_do
from geo.checks import load
from geo.core.home import Home

PLANS = ROOT / "tests" / "data" / "plans"

REPORT = {
    "三(一)1": (
        "青江三桥",
        "滨江大道二期",
        "县城北环线",
        "国道319线青泽段",
        "渝青高铁",
        "青南高速",
    ),
    "三(一)2": ("石岭水库灌区", "龙潭河引水工程", "城东第二水厂"),
    "三(一)3": ("青泽220千伏变电站", "大坪山抽水蓄能电站"),
    "三(二)1": ("青泽经济开发区", "智能装备产业园", "食品加工产业园"),
    "三(二)2(1)": ("万亩高粱种植基地", "白水镇、南坪镇冷链物流中心"),
    "三(二)3": ("国家级青泽湖旅游度假区", "古驿道遗址公园", "青泽县博物馆"),
    "三(三)1": ("城南片区", "青江湿地公园", "市民体育公园", "县城生活污水处理厂二期工程"),
    "三(四)1": ("城北小学", "青泽职业技术学校"),
    "三(四)2": ("县第二人民医院", "县疾病预防控制中心"),
    "三(四)3": ("县养老服务中心",),
}
ENGLISH = {
    "2.1(a)": ("Riverside Highway", "Northgate Bypass"),
    "2.1(b)": ("Mill Street",),
    "2.2(a)": ("Eastfield Railway Station",),
    "2.2(b)": ("Harlow Metro Line Phase 2",),
    "2.3": ("Harlow Regional Airport",),
    "3.1": ("Stonebrook Reservoir", "Millbrook water treatment plant"),
    "3.2": ("Otter Marsh Wetland Park",),
    "4.1(a)": ("Northgate Logistics Park", "Kingsway Industrial Estate"),
    "4.1(b)": ("Harlow Vale Science Park",),
    "4.2": ("Old Corn Market",),
    "5.1(a)": ("Eastfield Health Centre", "St. Anne's Primary School"),
    "5.1(b)": ("Harlow Central Library",),
    "5.2": ("Harlow Vale Sports Centre", "Weavers Museum"),
}
CASES = {
    "a county's work report": ("work-report", REPORT, "zh"),
    "an English plan": ("english-plan", ENGLISH, "en"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    homes = {}
    for name in ("work-report", "english-plan"):
        options = [
            "--text",
            str(PLANS / f"{name}.txt"),
            "--counties",
            str(PLANS / f"{name}-counties.geojson"),
        ]
        assert main(["init", str(folder / name), *options]) == 0
        homes[name] = load(Home(folder / name))
    return homes


@pytest.mark.parametrize("case", CASES)
def test_every_draft_is_right_cited_by_its_path_and_none_is_invented(made, case):
    name, expected, language = CASES[case]
    dataset = made[name]
    found = {}
    for project in dataset.projects.values():
        anchor = project.anchors[0]
        assert project.name_zh in anchor.exact
        found.setdefault(anchor.clause, set()).add(project.name_zh)
    assert found == {clause: set(names) for clause, names in expected.items()}
    assert dataset.document.language == language


def test_of_the_report_what_is_left_names_no_project_of_this_year_and_no_heading(made):
    left = [entry.text for entry in to_do(made["work-report"]).segments]
    # What was done in past years is in the text too, but is no project.
    assert "青泽大桥建成通车" in left
    assert not any(text.startswith(("（一）", "（二）", "1.", "一、")) for text in left)


def test_of_an_english_plan_the_english_title_is_its_own(made):
    document = made["english-plan"].document
    assert (
        document.title("en") == document.title("zh") == "Harlow Vale Infrastructure Plan 2025–2030"
    )
    assert made["work-report"].document.about["title_en"] == ""


def test_a_project_under_nested_clauses_is_cited_by_their_path_in_the_document_and_its_link(made):
    from geo.core.i18n import Words
    from geo.views.document import document_html

    html = document_html(made["work-report"], Words("zh"))
    assert html.count('id="clause-三(二)2(1)"') == 1
    assert html.count('id="clause-') == len(made["work-report"].document.clauses)
    assert '<h4 class="pm-heading"' in html
