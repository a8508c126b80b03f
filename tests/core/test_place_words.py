"""What is generated for another home speaks of its place, its document and its districts, not of Ziyang's."""

import json
import re

import pytest
from support.other_home import KENYA, make, tell

from geo.authoring.new_home import county_words
from geo.core.i18n import Words, text
from geo.core.wording import DEFAULTS, Wording, plural
from geo.map.client_data import map_words
from geo.views.document import coverage_html

DISTRICTS = ("Harlow East", "Harlow Central", "Harlow West")
SUB_COUNTIES = {"zh": "分县", "en": "sub-county"}

GENERATED = """
import json
from geo.core import i18n
from geo.core.home import find_home
from geo.exports.columns import COLUMNS, explained
from geo.exports.dictionary import data_dictionary
from geo.exports.metadata import data_package, dataset_jsonld
from geo.exports.standalone import edition_html
from geo.layer.dataset import read_dataset
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.query import PageState
from geo.layer.selection import select
from geo.views.citation import in_words
from geo.views.document import coverage_html, document_html
from geo.views.panel import guide_html
from geo.views.spots import ONLINE_MAPS
from geo.web.api import openapi

def said(language):
    shipped = i18n.messages(i18n.read_text(i18n.FOLDER / f"{language}.ftl"))
    keys = sorted(key for key in shipped if not key.startswith("county-5"))
    return {key: i18n.text(language, key, **dict.fromkeys(shipped[key], 3)) for key in keys}

dataset = read_dataset(find_home())
words = {language: i18n.Words(language) for language in i18n.LANGUAGES}
document = dataset.document
project = next(iter(dataset.projects.values()))
print(json.dumps({
    "messages": {language: said(language) for language in i18n.LANGUAGES},
    "dictionary": data_dictionary(dataset),
    "package": json.dumps(data_package(dataset), ensure_ascii=False),
    "linked data": json.dumps(dataset_jsonld(dataset), ensure_ascii=False),
    "api": json.dumps(openapi("1"), ensure_ascii=False),
    "columns": json.dumps([[explained(one, code) for one in COLUMNS] for code in words], ensure_ascii=False),
    "one file": edition_html(dataset).decode(),
    "maps": json.dumps(ONLINE_MAPS),
    "citation": {code: in_words(document, project, one) for code, one in words.items()},
    "stamp": {code: select(dataset, ProjectFilter()).stamp(code).citation for code in words},
    "document": {code: document_html(dataset, one)[-400:] for code, one in words.items()},
    "coverage": {code: coverage_html(dataset, one) for code, one in words.items()},
    "guide": {code: guide_html(dataset, PageState(), one) for code, one in words.items()},
    "extents": FACETS["extent"],
    "credits": {code: one("map-attribution") for code, one in words.items()},
}))
"""


@pytest.fixture(scope="module")
def kenya(tmp_path_factory):
    """Return what is generated for a home of three districts that its curator calls sub-counties."""
    home = make(
        tmp_path_factory.mktemp("words") / "kenya", "english-plan", move=KENYA, names=DISTRICTS
    )
    words = json.loads(home.wording.read_text(encoding="utf-8"))
    assert words["county"] == {"zh": "地区", "en": "district"}
    assert words["issued"] == "adopted"
    words |= {"county": SUB_COUNTIES, "issued": "published"}
    home.wording.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return tell(home, GENERATED)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return what is generated for the work report of a single county."""
    home = make(tmp_path_factory.mktemp("words") / "report", "work-report")
    words = json.loads(home.wording.read_text(encoding="utf-8"))
    assert "county" not in words
    assert words["issued"] == "published"
    return tell(home, GENERATED)


FOREIGN = re.compile(
    "ziyang|资阳|decision|决定|县（区）|adopt|通过|city-wide|全市|(?<!sub-)count(y|ies) of",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    "what", ["messages", "dictionary", "package", "linked data", "api", "columns", "maps", "citation", "stamp", "guide"]
)  # fmt: skip
def test_no_generated_text_of_another_home_speaks_of_ziyang(kenya, what):
    text = json.dumps(kenya[what], ensure_ascii=False)
    # What a draft says of itself is the curator's to replace, and codes are the same everywhere.
    found = {found[0] for found in FOREIGN.finditer(text)}
    assert found == set()


def test_the_one_file_edition_of_another_home_holds_nothing_of_ziyang(kenya):
    assert re.findall("ziyang|资阳", kenya["one file"], re.IGNORECASE) == []


def test_a_curator_may_say_what_the_districts_are_called(kenya):
    chinese, english = kenya["messages"]["zh"], kenya["messages"]["en"]
    assert (chinese["facet-county"], english["facet-county"]) == ("分县", "Sub-county")
    assert english["list-county"] == "Sub-counties"
    assert english["extent-county"] == "Whole sub-county"
    assert english["sheet-signs"].endswith("cover the whole sub-county or area.")
    assert "Sub-counties of Harlow East, Harlow Central, Harlow West (six digits)" in kenya["api"]
    assert "See the projects of one sub-county" in kenya["guide"]["en"]


def test_a_report_is_published_and_not_adopted(report, kenya):
    assert "通过" not in report["citation"]["zh"]
    assert "发布" in report["citation"]["zh"]
    assert ", published 20" in report["citation"]["en"]
    assert "adopted" not in report["stamp"]["en"]
    assert "发布之日" in report["messages"]["zh"]["sheet-stages"]
    # Published once: the page does not say twice by whom and when.
    for told in (report, kenya):
        assert len(re.findall("ublished (?:by|on)", told["document"]["en"])) == 1
        assert told["document"]["zh"].count("发布") == 1


def test_in_a_place_of_one_county_its_whole_is_named_once_and_no_county_is_a_choice(report):
    labels = [report["messages"]["en"][f"extent-{code}"] for code in report["extents"]]
    assert len(set(labels)) == len(labels)
    assert "Whole county" in labels
    assert report["messages"]["zh"]["facet-county"] == "县"
    assert report["messages"]["zh"]["among-wide"] == "县外"
    assert "county or county" not in report["messages"]["en"]["sheet-signs"]
    assert "among=529902" not in report["guide"]["en"]


def test_credits_name_no_data_that_the_map_does_not_have(kenya):
    assert kenya["credits"] == {"zh": "", "en": ""}


@pytest.mark.parametrize(
    ("names", "chinese", "english"),
    [
        (["福州市", "三明市"], "市", "city"),
        (["成都市", "阿坝州"], "市（州）", "city"),
        (["雁江区", "安岳县"], "县（区）", "county"),
        (["桐城市", "大观区", "怀宁县"], "县（市、区）", "county"),
        (["天河区", "越秀区"], "区", "district"),
        (["安岳县", "乐至县"], "县", "county"),
        (["白水镇", "南坪乡"], "乡镇", "town"),
        (["Seme", "Nyando"], "地区", "district"),
    ],
)  # fmt: skip
def test_the_districts_of_a_new_home_are_called_what_their_names_say(names, chinese, english):
    words = county_words(names)
    assert (words["zh"], words["en"]) == (chinese, english)


def test_words_for_the_districts_fit_into_sentences():
    words = {**DEFAULTS, "county": {"zh": "县（市、区）", "en": "county"}}
    terms = dict(Wording(words, "2024-01-18", "zh", 10).terms("zh"))
    assert (terms["county-short"], terms["county-plain"]) == ("县", "县市区")
    assert [plural(one) for one in ("county", "city", "district", "bay")] == [
        "counties", "cities", "districts", "bays",
    ]  # fmt: skip


def test_the_one_file_edition_opens_in_the_language_of_its_document(kenya, report):
    titles = {}
    for name, told in (("kenya", kenya), ("report", report)):
        page = told["one file"]
        titles[name] = re.search("<title>(.*)</title>", page)[1]
        language = re.search('<html lang="([a-z]+)">', page)[1]
        pressed = re.findall('data-lang="([a-z]+)"[^>]*aria-pressed="true"', page)
        (held,) = re.findall('<template data-text="([a-z]+)">', page)
        assert pressed == [language]
        assert {language, held} == {"zh", "en"}
    assert titles == {
        "kenya": "Harlow East, Harlow Central, Harlow West planned projects", "report": "青泽县规划项目地图",
    }  # fmt: skip


def test_quotes_of_an_english_document_are_marked_as_english(kenya, report):
    for told, tag in ((kenya, "en"), (report, "zh-CN")):
        ui = re.search('id="ui">(.*?)</script>', told["one file"])[1]
        assert json.loads(ui)["text_language"] == tag
        assert f'class="pm-document" lang="{tag}"' in told["one file"]
        # The scripts take the tag from there: they name no language for a quote themselves.
        assert not re.search('(block|node|cell|words)[.]lang = "', told["one file"])


def test_segments_that_nobody_has_judged_are_counted_and_not_said_to_have_a_reason(report, dataset):
    assert "still to be judged" in report["coverage"]["en"]
    assert "个尚待判断" in report["coverage"]["zh"]
    assert "the reason is given" not in report["coverage"]["en"]
    shipped = coverage_html(dataset, Words("en"))
    assert "the reason is given" in shipped
    assert "to be judged" not in shipped


def test_one_project_is_not_counted_as_several():
    assert text("en", "map-county-count", count=1) == "1 project ›"
    assert map_words()["text"]["en"]["county_count_one"] == "1 project ›"
    assert map_words()["text"]["en"]["county_count"] == "{count} projects ›"


def test_a_place_named_in_latin_letters_has_its_kind_from_its_english_name(tmp_path):
    home = make(
        tmp_path / "kenya", "english-plan", "--place", "Kisumu", move=KENYA, names=DISTRICTS
    )
    words = json.loads(home.wording.read_text(encoding="utf-8"))
    assert words["level"] == {"zh": "域", "en": "area"}
    home = make(
        tmp_path / "again", "english-plan", "--place", "Kisumu County", move=KENYA, names=DISTRICTS
    )
    words = json.loads(home.wording.read_text(encoding="utf-8"))
    assert words["level"] == {"zh": "县", "en": "county"}
    terms = dict(Wording({**DEFAULTS, **words}, "2023-03-14", "en", 3).terms("zh"))
    assert terms["place-in-full"] == "Kisumu County"
