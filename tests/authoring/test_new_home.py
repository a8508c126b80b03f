"""A folder for another decision: whole, within the contract, honest about drafts, or not there."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from support import ROOT

from geo.__main__ import main
from geo.authoring.drafts import to_do
from geo.checks import load
from geo.core.home import Home
from geo.layer.projects import DRAFT_MARKS
from geo.text.clauses import STYLE

PLAN = ROOT / "tests" / "data" / "yunze-plan.txt"
COUNTIES = ROOT / "tests" / "data" / "yunze-counties.geojson"
CLOSING = "各乡镇人民政府"


def init(target, *more, text=PLAN, counties=COUNTIES):
    ground = ["--counties", str(counties)] if counties else []
    return main(["init", str(target), "--text", str(text), *ground, *map(str, more)])


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made") / "yunze"
    assert init(folder, "--closing", CLOSING) == 0
    return folder


@pytest.fixture
def made(made_once, tmp_path):
    """Return a copy of the folder that `init` makes, free to be changed."""
    return Home(shutil.copytree(made_once, tmp_path / "yunze"))


def test_the_text_is_copied_byte_for_byte(made):
    assert (made.seeds / PLAN.name).read_bytes() == PLAN.read_bytes()


def test_the_folder_keeps_the_contract_and_maps_nothing(made):
    dataset = load(made)
    assert len(dataset.document.clauses) == 9
    assert len(dataset.projects) == 29
    assert all(project.geometry is None for project in dataset.projects.values())
    assert {project.precision for project in dataset.projects.values()} == {"unlocated"}
    assert all(project.is_draft for project in dataset.projects.values())


def test_every_segment_is_touched_by_a_draft_a_heading_or_still_to_be_judged(made):
    dataset = load(made)
    assert {entry.reason for entry in dataset.ledger.entries} == {"heading", "to-judge"}
    touched = sum(bool(segment.projects) for segment in dataset.segments)
    assert touched + len(dataset.ledger.entries) == len(dataset.segments)


def test_the_text_says_what_is_not_stated(made):
    (about,) = json.loads(made.documents.read_text(encoding="utf-8"))
    assert about["title"] == "云泽县人民政府关于加快重大项目建设的实施方案"
    assert about["issuer"] == "云泽县人民政府"
    assert about["adopted"] == about["published"] == "2021-03-18"


def test_characters_that_nobody_sees_stay_in_the_quotes_and_in_no_name(tmp_path):
    seen = PLAN.read_text(encoding="utf-8")
    text = tmp_path / "plan.txt"
    assert "龙口水库" in seen
    text.write_text("\ue5e5" + seen.replace("龙口水库", "龙\u200b口水库"), encoding="utf-8")
    assert init(tmp_path / "x", text=text) == 0
    made = load(Home(tmp_path / "x"))
    assert "\u200b" in made.projects["long-kou-shui-ku"].anchors[0].exact
    assert made.document.about["title"] == seen.splitlines()[0]


def test_what_is_stated_goes_before_what_the_text_says(tmp_path):
    stated = {
        "title": "方案", "title-en": "Plan", "issuer": "县政府", "issuer-en": "County",
        "adopted": "2021-04-01", "published": "2021-04-02", "publisher": "县报", "id": "plan-21",
    }  # fmt: skip
    options = [part for key, value in stated.items() for part in (f"--{key}", value)]
    assert init(tmp_path / "x", *options) == 0
    (about,) = json.loads(Home(tmp_path / "x").documents.read_text(encoding="utf-8"))
    assert {key: about[key.replace("-", "_")] for key in stated} == stated


def test_a_document_of_ziyang_stands_on_the_ground_of_this_project(tmp_path, home):
    source = tmp_path / "plan.txt"
    source.write_text("资阳市规划\n2021年1月2日\n一、建设甲山水库、安岳大道。\n", encoding="utf-8")
    assert init(tmp_path / "x", text=source, counties=None) == 0
    for name, path in Home(tmp_path / "x").layers().items():
        assert path.read_bytes() == home.layers()[name].read_bytes()
    projects = load(Home(tmp_path / "x")).projects
    assert projects["jia-shan-shui-ku"].counties == ("512002", "512021", "512022")
    assert projects["an-yue-da-dao"].counties == ("512021",)


def test_another_place_never_gets_the_counties_of_ziyang(tmp_path, capsys):
    assert init(tmp_path / "x", counties=None) == 1
    told = capsys.readouterr().err
    assert "[counties-given]" in told
    assert "--counties, by a name" in told
    assert not (tmp_path / "x").exists()


def test_the_english_title_is_never_the_chinese_one(made, capsys):
    (about,) = json.loads(made.documents.read_text(encoding="utf-8"))
    assert (about["title_en"], about["issuer_en"]) == ("", "")
    document = load(made).document
    assert document.title("en") == document.title("zh") == about["title"]
    main(["check", str(made.root)])
    assert "yunze-plan: title_en" in capsys.readouterr().out


def test_with_counties_the_folder_has_its_own_codes_and_window(made):
    dataset = load(made)
    assert {project.counties for project in dataset.projects.values()} == {("529901",)}
    assert dataset.window == (107.7, 26.9, 109.3, 28.4)
    assert list(dataset.counties[dataset.counties["ziyang"]].index) == ["529901"]


def test_the_same_text_makes_the_same_folder(tmp_path):
    for name in ("one", "two"):
        assert init(tmp_path / name) == 0
    one, two = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("one", "two")
    )
    assert one == two


def test_the_program_started_for_the_folder_speaks_of_its_place(made):
    script = (
        "from geo.editions.store import store; from geo.core.i18n import text; from geo.layer.codes import COUNTY_CODES\n"
        "from geo.layer.filters import has_code\n"
        "edition = store.read().edition\n"
        "print(text('en', 'title'), text('zh', 'county-529901'), text('en', 'county-outside'))\n"
        "print(COUNTY_CODES, int(has_code(edition.dataset.frame, 'county', '529901').sum()))\n"
        "import json; print(json.loads(edition.assets['backdrop.json'].body)['home'])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True,
        env=os.environ | {"PROJECT_MAP_HOME": str(made.root), "PYTHONIOENCODING": "utf-8"},
    ).stdout.splitlines()  # fmt: skip
    assert told[0] == "Yunze County planned projects 云泽县 Outside Yunze County"
    assert told[1] == "('529901', 'outside') 29"
    assert told[2] == "[[27.4, 108.2], [27.9, 108.8]]"


def broken_counties(home):
    home.counties.write_text('{"features": [{}]}', encoding="utf-8")


def test_a_folder_whose_counties_are_broken_is_reported_not_a_crash(made):
    broken_counties(made)
    told = subprocess.run(
        [sys.executable, "-m", "geo"], cwd=ROOT, capture_output=True, text=True, check=False,
        env=os.environ | {"PROJECT_MAP_HOME": str(made.root), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert told.returncode == 1
    assert "counties-readable" in told.stderr
    assert "Traceback" not in told.stderr


def test_the_check_lists_each_draft_and_segment_and_is_not_content(made, capsys):
    assert main(["check", str(made.root)]) == 1
    told = capsys.readouterr().out
    for project in load(made).projects:
        assert f"  {project}: " in told
    assert "Left to do: 29 drafts, 27 segments, 0 words beside drafts, 4 facts." in told


def test_the_check_is_content_when_every_draft_is_read_every_segment_judged_and_every_fact_stated(
    made, capsys
):
    collection = json.loads(made.projects.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        feature["properties"]["basis"] = "位置未公布。\nNo place is published."
    made.projects.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(made.root)]) == 1
    ledger = json.loads(made.ledger.read_text(encoding="utf-8"))
    for entry in ledger["segments"]:
        entry["reason"] = "policy"
    made.ledger.write_text(json.dumps(ledger, ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(made.root)]) == 1
    (about,) = json.loads(made.documents.read_text(encoding="utf-8"))
    about |= {"title_en": "Yunze county plan", "issuer_en": "Yunze county government"}
    made.documents.write_text(json.dumps([about], ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(made.root)]) == 1
    assert "  home.json: licence\n  home.json: credits\n" in capsys.readouterr().out
    words = json.loads(made.wording.read_text(encoding="utf-8"))
    words["licence"] = {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"}
    words["credits"] = {"zh": "界线：云泽县自然资源局", "en": "Boundaries: Yunze county"}
    made.wording.write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    assert main(["check", str(made.root)]) == 0
    assert "Left to do" not in capsys.readouterr().out
    assert len(to_do(load(made))) == 0


def test_the_shipped_layer_has_no_draft(dataset):
    assert len(to_do(dataset)) == 0


def test_the_words_of_a_home_can_be_given_and_find_its_drafts(tmp_path, capsys):
    words = tmp_path / "words.json"
    own = {
        "place": {"zh": "云泽", "en": "Yunze"},
        "verbs": {"start": ["开展"]},
        "nouns": {"road": ["云泽段"]},
    }
    words.write_text(json.dumps(own), encoding="utf-8")
    assert init(tmp_path / "x", "--words", words) == 0
    home = json.loads((tmp_path / "x" / "data" / "home.json").read_text(encoding="utf-8"))
    assert own.items() <= home.items()
    assert home["document"] == {"zh": "实施方案", "en": "plan"}
    assert home["clause"] == {"zh": "第{}条"}
    projects = load(Home(tmp_path / "x")).projects
    assert projects["guo-dao-512-xian-yun-ze-duan"].name_zh == "国道512线云泽段"
    assert projects["yun-ze-tong-yong-ji-chang"].stage == "study"
    words.write_text(json.dumps(own | {"verbs": {"begin": ["开展"]}}), encoding="utf-8")
    assert init(tmp_path / "y", "--words", words) == 1
    assert "verbs: begin is no code; write some of seek" in capsys.readouterr().err


SNIPPETS = {
    "article": "方案\n(2020年1月2日)\n第一条 建设甲山水库。\n第二条 建设乙河大桥。\n",
    "bracketed": "方案\n2020年1月2日\n一、总体\n（一）建设甲山水库。\n二、其他\n（二）建设乙河大桥。\n",
    "enumerated": "方案\n2020年1月2日\n一、建设甲山水库。\n二、建设乙河大桥。\n",
    "arabic": "方案\n2020年1月2日\n1.建设甲山水库。\n2.建设乙河大桥。\n",
}


@pytest.mark.parametrize("code", SNIPPETS)
def test_init_says_which_numbering_it_went_by(tmp_path, capsys, code):
    source = tmp_path / "text.txt"
    source.write_text(SNIPPETS[code], encoding="utf-8")
    assert init(tmp_path / "made", text=source) == 0
    assert f"2 clauses, numbered {STYLE[code].sample}; the last is " in capsys.readouterr().out
    names = {one.name_zh for one in load(Home(tmp_path / "made")).projects.values()}
    assert names == {"甲山水库", "乙河大桥"}


ABOUT = {
    "a report names its government below the title": (
        "政府工作报告\n——2026年1月7日在大会上\n青泽县人民政府县长　×××\n一、建设甲山水库。\n",
        {"title": "政府工作报告", "issuer": "青泽县人民政府", "adopted": "2026-01-07"},
    ),
    "an English title is not the line of who issued it": (
        "COUNTY GOVERNMENT OF HARLOW\nDevelopment Plan\nApproved on 14th March 2023\n1. Build Mill Bridge.\n",
        {
            "title": "Development Plan",
            "issuer": "COUNTY GOVERNMENT OF HARLOW",
            "adopted": "2023-03-14",
        },
    ),
}


@pytest.mark.parametrize("case", ABOUT)
def test_a_text_is_asked_what_it_says_about_itself(tmp_path, case):
    from geo.authoring.source_text import describe_document

    text, expected = ABOUT[case]
    about = describe_document(tmp_path / "plan.txt", text, {})
    assert {key: about[key] for key in expected} == expected


def test_a_check_counts_its_faults_and_does_not_speak_of_writing(tmp_path, capsys):
    assert main(["check", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert told.endswith(" faults.\n")
    assert "written" not in told


REFUSED = {
    "a text that is missing": (None, [], "text-readable"),
    "an empty text": (b"", [], "text-empty"),
    "a text of blanks": ("\ufeff \u3000\r\n".encode(), [], "text-empty"),
    "a text in another encoding": ("第一条 建设。".encode("gb18030"), [], "text-utf8"),
    "a text without clauses": ("2020年1月2日，没有编号。\n".encode(), [], "text-clauses"),
    "a text without a date": ("第一条 建设甲山水库。\n".encode(), [], "text-date"),
    "a day that is none": ("第一条 建设。\n".encode(), ["--adopted", "2020-02-30"], "text-date"),
    "counties that are missing": (b"x", ["--counties", "no-such-file.geojson"], "file-readable"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_used_is_refused_and_leaves_nothing_behind(tmp_path, capsys, case):
    content, more, check = REFUSED[case]
    source = tmp_path / "text.txt"
    if content is not None:
        source.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    assert init(tmp_path / "made", *more, text=source) == 1
    told = capsys.readouterr().err
    assert f"[{check}]" in told
    assert "Traceback" not in told
    assert sorted(tmp_path.iterdir()) == before


SQUARE = [[[108, 27], [109, 27], [109, 28], [108, 28], [108, 27]]]
BAD_COUNTIES = {
    "no features": {"type": "FeatureCollection", "features": []},
    "no collection": [],
    "no code": {"features": [{"properties": {"name_zh": "甲县"}}]},
    "a code of words": ("甲", "甲县", "Polygon", SQUARE, True),
    "no name": ("529901", " ", "Polygon", SQUARE, True),
    "a point": ("529901", "甲县", "Point", [108, 27], True),
    "metres": ("529901", "甲县", "Polygon", [[[x * 1e4, y * 1e4] for x, y in SQUARE[0]]], True),
    "no own county": ("529901", "甲县", "Polygon", SQUARE, False),
}


@pytest.mark.parametrize("case", BAD_COUNTIES)
def test_counties_that_are_none_are_refused(tmp_path, capsys, case):
    given = BAD_COUNTIES[case]
    if isinstance(given, tuple):
        code, name, kind, coordinates, own = given
        properties = {"code": code, "name_zh": name, "ziyang": own}
        geometry = {"type": kind, "coordinates": coordinates}
        feature = {"type": "Feature", "properties": properties, "geometry": geometry}
        given = {"type": "FeatureCollection", "features": [feature]}
    path = tmp_path / "counties.geojson"
    path.write_text(json.dumps(given), encoding="utf-8")
    assert init(tmp_path / "made", "--counties", path) == 1
    assert "[counties-given]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_holds_something_is_not_touched(tmp_path, capsys):
    (tmp_path / "made").mkdir()
    kept = tmp_path / "made" / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    assert init(tmp_path / "made") == 1
    assert "[folder-free]" in capsys.readouterr().err
    assert list((tmp_path / "made").iterdir()) == [kept]
    assert init(kept) == 1


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "made").mkdir()
    assert init(tmp_path / "made") == 0
    assert load(Home(tmp_path / "made")).projects


def test_a_place_that_is_not_there_is_refused(tmp_path, capsys):
    assert init(tmp_path / "no" / "such" / "folder") == 1
    assert "[folder-written]" in capsys.readouterr().err


def test_a_folder_that_fails_its_own_checks_is_not_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(DRAFT_MARKS, "en", "\n")
    assert init(tmp_path / "made") == 1
    assert "[basis-languages]" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_decision_itself_can_be_begun_anew(tmp_path, home):
    (seed,) = home.seeds.glob("*.txt")
    source = shutil.copy(seed, tmp_path / "decision.txt")
    assert init(tmp_path / "made", "--closing", "全市各级党组织", text=source) == 0
    dataset = load(Home(tmp_path / "made"))
    assert len(dataset.document.clauses) == 20
    assert len(dataset.projects) > 80


def test_the_map_of_a_town_on_the_outline_of_its_county_calls_that_a_county(tmp_path):
    assert init(tmp_path / "town", "--place", "白石镇", "--place-en", "Baishi") == 0
    words = json.loads((tmp_path / "town" / "data" / "home.json").read_text(encoding="utf-8"))
    assert words["level"] == {"zh": "镇", "en": "town"}
    assert words["county"] == {"zh": "县", "en": "county"}
    assert init(tmp_path / "county") == 0
    words = json.loads((tmp_path / "county" / "data" / "home.json").read_text(encoding="utf-8"))
    assert "county" not in words
