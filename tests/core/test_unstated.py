"""What nobody has stated, checked or looked for yet is not said by the page, the sheet or a download.

Each rule is held against a second home in which a curator has done that work.
"""

import json
import re
import shutil
from dataclasses import replace

import pytest
from support.other_home import make, tell

from geo.authoring.drafts import to_do
from geo.authoring.new_home import known_credits
from geo.authoring.place_layers import TIANDITU, ziyang_layers
from geo.checks import load
from geo.core.home import Home
from geo.exports.json_formats import write_oc4ids
from geo.exports.metadata import data_package, dataset_jsonld
from geo.layer.filters import OFFERED, ProjectFilter
from geo.layer.query import VIEWS, VIEWS_OFFERED
from geo.layer.selection import LICENCE, LICENCE_URL, select

SHOWN = """
import json
from geo.core.home import find_home
from geo.core.i18n import Words
from geo.exports.json_formats import write_oc4ids
from geo.exports.metadata import data_package, dataset_jsonld
from geo.exports.standalone_content import edition_content
from geo.layer.dataset import read_dataset
from geo.layer.filters import ProjectFilter
from geo.layer.query import PageState, parse_query
from geo.layer.selection import select
from geo.sheet.composition import compose
from geo.sheet.preview import compose_project
from geo.views.citation import citations
from geo.views.detail import detail_html
from geo.views.document import document_html
from geo.views.first_view import first_view_html
from geo.views.panel import guide_html
from geo.views.summary import summary_head_html, summary_parts
from geo.web.api import openapi
from geo.web.feed import feed_xml
from geo.web.link_preview import _dataset_data

dataset = read_dataset(find_home())
project = next(iter(dataset.projects.values()))
chosen = PageState(project=project.id)
everything = select(dataset, ProjectFilter())

def view(state, words):
    filtered = state.filter.result(dataset.frame)
    return first_view_html(dataset, filtered, state, words, picture="", notes=(), offered=(), feed="", embeds=False)

def said(code):
    words = Words(code)
    sheet = compose(dataset, ProjectFilter(), code)
    state, unknown = parse_query({"county": ["529902"], "view": ["compare"]}, ())
    return {
        "panel": detail_html(dataset, chosen.filter.result(dataset.frame), chosen, words),
        "guide": guide_html(dataset, PageState(), words),
        "guide of roads": guide_html(dataset, PageState(filter=ProjectFilter(sector=("road",))), words),
        "roads": len(ProjectFilter(sector=("road",)).apply(dataset.frame)),
        "sheet notes": sheet["notes"],
        "sheet credits": sheet["credits"],
        "preview": compose_project(dataset, project, code)["note"],
        "one file": edition_content(dataset, dataset)["text"][code],
        "cited": edition_content(dataset, dataset)["documents"][dataset.document.id]["citation"][code],
        "citations": {one.style: one.text for one in citations(dataset.document, project, "v1", words)},
        "stamp": vars(everything.stamp(code)),
        "document": document_html(dataset, words),
        "summary": summary_head_html(dataset, words),
        "summary parts": "".join(summary_parts(dataset, dataset.frame, PageState(), words, charts=False)),
        "api": words("api-about", version="1"),
        "page": view(PageState(), words),
        "opened": view(state, words),
        "unknown": len(unknown),
        "linked": _dataset_data(dataset, PageState(), words, "", "about"),
        "feed": feed_xml(everything, None, code).decode(),
    }

print(json.dumps({
    "zh": said("zh"), "en": said("en"), "projects": len(dataset.projects),
    "package": data_package(dataset), "linked data": dataset_jsonld(dataset),
    "oc4ids": json.loads(write_oc4ids(everything, "zh")), "openapi": openapi("1")["info"],
    "edition": [one.get("draft") for one in edition_content(dataset, dataset)["projects"].values()],
}))
"""

LICENCE_STATED = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
NOT_SAID = re.compile("未注明|not stated")


def changed(path, change):
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def bare_home(tmp_path_factory):
    """Return the folder that `init` makes of a report of one county whose issuer it has not found."""
    home = make(tmp_path_factory.mktemp("unstated") / "bare", "work-report")
    nobody = {"issuer": "未注明", "publisher": "未注明"}
    changed(home.documents, lambda listed: listed[0].update(nobody))
    return home


@pytest.fixture(scope="module")
def bare(bare_home):
    return tell(bare_home, SHOWN)


@pytest.fixture(scope="module")
def curated_home(bare_home):
    """Return the same folder after a curator has stated everything and checked every draft."""
    home = Home(shutil.copytree(bare_home.folder, bare_home.folder.with_name("curated")))

    def check_all(collection):
        for feature in collection["features"]:
            feature["properties"]["basis"] = "未见公开位置。\nNo published place was found."

    issued = {
        "issuer": "青泽县人民政府", "publisher": "青泽日报", "issuer_en": "Qingze", "title_en": "Report",
    }  # fmt: skip
    credit = {"zh": "界线：青泽县自然资源局", "en": "Boundaries: Qingze county"}
    changed(home.projects, check_all)
    changed(home.documents, lambda listed: listed[0].update(issued))
    changed(home.wording, lambda words: words.update(licence=LICENCE_STATED, credits=credit))

    def judge_all(ledger):
        for entry in ledger["segments"]:
            entry["reason"] = "background"

    changed(home.ledger, judge_all)
    return home


@pytest.fixture(scope="module")
def curated(curated_home):
    return tell(curated_home, SHOWN)


FINDING = {"zh": "公开资料未给出位置", "en": "No public source gives the place"}
DRAFT = {"zh": "草稿：位置尚未查找。", "en": "Draft: nobody has looked for its place yet."}


@pytest.mark.parametrize("language", FINDING)
def test_a_draft_is_not_shown_as_a_place_that_was_looked_for(bare, curated, language):
    for where in ("panel", "preview"):
        assert DRAFT[language] in bare[language][where]
        assert FINDING[language] not in bare[language][where]
        assert FINDING[language] in curated[language][where]
        assert DRAFT[language] not in curated[language][where]
    assert DRAFT[language] in bare[language]["one file"].values()


def test_the_page_the_sheet_and_the_one_file_edition_count_the_drafts(bare, curated):
    count, roads = bare["projects"], bare["zh"]["roads"]
    assert 1 < roads < count
    assert f"其中 {count} 个是草稿，尚未核对。" in bare["zh"]["guide"]
    assert f"{count} of them are drafts that nobody has checked." in bare["en"]["page"]
    assert f"其中 {roads} 个是草稿，尚未核对。" in bare["zh"]["guide of roads"]
    assert bare["zh"]["sheet notes"][0] == f"{count} 个项目是草稿，尚未核对。"
    assert bare["edition"] == [True] * count
    assert set(curated["edition"]) == {None}
    for language in FINDING:
        for where in ("guide", "page", "sheet notes"):
            said = json.dumps(curated[language][where], ensure_ascii=False)
            assert not re.search("草稿|draft", said), where


def test_a_home_that_states_no_licence_shows_none(bare, curated):
    for language in FINDING:
        for where in ("sheet credits", "stamp", "one file", "api", "feed", "linked"):
            said = json.dumps(bare[language][where], ensure_ascii=False)
            assert not re.search("ODbL 1|opendatacommons", said), where
            assert LICENCE_STATED["name"] not in said
            told = json.dumps(curated[language][where], ensure_ascii=False)
            assert any(one in told for one in LICENCE_STATED.values()), where
        assert bare[language]["stamp"]["licence"] == bare[language]["stamp"]["licence_url"] == ""
    assert bare["zh"]["stamp"]["citation"].endswith("编制。")
    assert curated["zh"]["stamp"]["citation"].endswith("编制。CC BY 4.0。")
    assert curated["en"]["stamp"]["citation"].endswith(". CC BY 4.0.")
    for where, key in (
        ("package", "licenses"), ("linked data", "license"), ("oc4ids", "license"), ("openapi", "license"),
    ):  # fmt: skip
        assert key not in bare[where], where
        assert LICENCE_STATED["url"] in json.dumps(curated[where][key]), where


def test_the_shipped_data_are_under_the_odbl_without_saying_so(dataset):
    assert (LICENCE, LICENCE_URL) == (
        "ODbL 1.0", "https://opendatacommons.org/licenses/odbl/1-0/",
    )  # fmt: skip
    assert not dataset.home.wording.exists()
    selection = select(dataset, ProjectFilter())
    assert selection.stamp("zh").citation.endswith("编制。ODbL 1.0。")
    assert selection.stamp("en").citation.endswith(". ODbL 1.0.")
    assert json.loads(write_oc4ids(selection, "en"))["license"] == LICENCE_URL
    assert data_package(dataset)["licenses"][0]["name"] == "ODbL-1.0"
    assert dataset_jsonld(dataset)["license"] == LICENCE_URL


def test_the_check_lists_licence_and_credits_until_they_are_stated(
    bare_home, curated_home, dataset
):
    left = to_do(load(bare_home)).facts
    assert {"home.json: licence", "home.json: credits"} < set(left)
    assert any(one.endswith(": issuer") for one in left)
    assert to_do(load(curated_home)).facts == ()
    assert to_do(dataset).facts == ()


def test_credits_name_whose_outlines_they_are_only_if_init_has_fetched_them():
    ground = ziyang_layers("plan.txt", "资阳市规划")
    fetched = known_credits(replace(ground, licence=TIANDITU))
    given = known_credits(replace(ground, licence="state here whose outlines these are"))
    assert fetched["zh"].startswith("界线：天地图 · ")
    assert fetched["en"].startswith("Boundaries: Tianditu · ")
    assert given["en"].startswith("stations © OpenStreetMap contributors")
    assert not re.search("data/LICENSE|Boundaries", given["en"])


def test_an_issuer_that_is_not_known_is_left_out_of_every_citation(bare, curated):
    for language in FINDING:
        told = bare[language]
        for where in ("cited", "citations", "stamp", "document", "panel"):
            said = json.dumps(told[where], ensure_ascii=False)
            assert not NOT_SAID.search(said), where
            assert not re.search(r"\bnone\b", said), where
        assert "author = {{}}" not in told["citations"]["bibtex"]
    assert bare["zh"]["cited"].startswith("《")
    assert bare["en"]["cited"].startswith("“")
    assert "据《" in bare["zh"]["stamp"]["citation"]
    assert re.match(r"[^.]+\[Z/OL\]\. \d{4}-\d\d-\d\d: ", bare["zh"]["citations"]["clause"])
    generated = [bare["package"], bare["linked data"], bare["oc4ids"]]
    assert not NOT_SAID.search(json.dumps(generated, ensure_ascii=False))
    assert "据青泽县人民政府《" in curated["zh"]["stamp"]["citation"]
    assert curated["zh"]["citations"]["clause"].startswith("青泽县人民政府. ")
    assert ". 青泽日报, " in curated["zh"]["citations"]["clause"]
    assert curated["en"]["citations"]["bibtex"].count("author = ") == 2


def test_with_a_single_county_there_is_no_choice_of_counties_but_links_still_work(bare):
    page, opened = bare["zh"]["page"], bare["zh"]["opened"]
    assert "county=529902" not in page
    assert "view=compare" not in page
    assert "view=list" in page
    assert "sector=" in page
    # A link that names the county or the view still leads there, and its filter can be removed.
    assert bare["zh"]["unknown"] == 0
    assert "view=compare" in opened
    assert 'class="pm-chip"' in opened
    assert "领域 × 县" not in bare["zh"]["summary parts"]
    assert "领域 × " in bare["zh"]["summary parts"]


def test_with_several_counties_all_is_offered():
    assert "county" in OFFERED
    assert VIEWS_OFFERED == VIEWS


def test_the_summary_says_no_segment_has_a_reason_that_nobody_has_given(bare, curated):
    assert "尚待判断" in bare["zh"]["summary"]
    assert "still to be judged" in bare["en"]["summary"]
    assert "其余逐段注明理由" not in bare["zh"]["summary"]
    assert "尚待判断" not in curated["zh"]["summary"]
