"""Every rule of the data contract has a spoiled twin that raises that rule and names the record."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from support import ROOT
from support.layer_edits import GOOD, anchor, geometry, of, properties
from support.memory_home import edited

import geo.checks.anchors
from geo.__main__ import main
from geo.checks import CHECKS, check, load
from geo.core.faults import DataError
from geo.core.home import FolderSource
from geo.editions.store import SourceCache
from geo.layer.dataset import read_dataset


def twice_anchored(collection):
    anchors = of(collection)["properties"]["anchors"]
    anchors.append(dict(anchors[0]))


def shifted(collection):
    one = of(collection)["properties"]["anchors"][0]
    one["start"] += 1
    one["end"] += 1


def ambiguous(collection):
    # 建设 stands many times in the text, so that without context it points nowhere.
    one = of(collection)["properties"]["anchors"][0]
    one.update(start=one["end"] - 2, exact="建设", prefix="", suffix="")


BOWTIE = [[[104.6, 30.1], [104.7, 30.2], [104.7, 30.1], [104.6, 30.2], [104.6, 30.1]]]
CLOCKWISE = [[[104.6, 30.1], [104.6, 30.2], [104.7, 30.2], [104.7, 30.1], [104.6, 30.1]]]


def all_of_the_city(collection):
    one, city = of(collection), of(collection, "national-forest-city")
    one["geometry"] = city["geometry"]
    one["properties"].update(
        precision="area", uncertainty_m=None, counties=city["properties"]["counties"]
    )


SPOILED = {
    "anchor-document": [anchor(document="another"), anchor(clause="廿一")],
    "anchor-exact": [anchor(exact="资阳北高铁站"), shifted],
    "anchor-clause": [anchor(clause="十一")],
    "anchor-unique": [anchor(prefix="不在原文"), ambiguous],
    "anchor-once": [twice_anchored],
    "stage-term": [properties(GOOD, stage_term="投入运营")],
    "basis-languages": [properties(GOOD, basis="只有中文。")],
    "short-differs": [
        properties(GOOD, short_zh="资阳北站", name_zh="资阳北站"),
        properties(GOOD, short_en="Ziyang hub", name_en="Ziyang hub"),
    ],
    "short-unique": [
        properties(GOOD, short_zh="资阳线S3"),
        properties(GOOD, short_en="Ziyang Line S3"),
        # The whole name of another project, which the map writes as it is.
        properties(GOOD, short_zh="中国牙谷"),
    ],
    "precision-geometry": [
        properties(GOOD, precision="unlocated", uncertainty_m=None),
        properties(GOOD, precision="area", uncertainty_m=None),
    ],
    "precision-uncertainty": [
        properties(GOOD, uncertainty_m=None),
        properties(GOOD, uncertainty_m=501),
    ],
    "references-given": [properties(GOOD, references=[])],
    "extent-drawn": [all_of_the_city],
    "geometry-valid": [geometry("Polygon", BOWTIE)],
    "geometry-winding": [geometry("Polygon", CLOCKWISE)],
    "geometry-window": [
        geometry("Point", [30.128, 104.68]),
        geometry("Point", [121.5, 31.2]),
        geometry("Point", [float(10**300), 30]),
    ],
    "county-touched": [properties(GOOD, counties=["512002", "512021"])],
    "county-named": [properties("ziyang-line-s3", counties=[])],
    "county-known": [properties(GOOD, counties=["510104"])],
}

CASES = [
    pytest.param(name, how, id=f"{name}-{number}")
    for name, ways in SPOILED.items()
    for number, how in enumerate(ways, start=1)
]


@pytest.mark.parametrize(("rule", "how"), CASES)
def test_a_feature_spoiled_one_way_raises_that_rule_and_names_the_record(dataset, rule, how):
    faults = check(edited(dataset, "projects.geojson", how))
    found = [fault for fault in faults if fault.check == rule]
    assert found, [str(fault) for fault in faults]
    assert {fault.record for fault in found} <= {GOOD, "ziyang-line-s3"}
    assert all(fault.value and fault.rule and fault.cure for fault in found)


def test_the_shipped_data_has_no_fault(dataset):
    assert check(dataset) == []


def entry(**changes):
    def spoil(content):
        content["segments"][0].update(changes)

    return spoil


def forgotten(content):
    content["segments"].pop()


def explained_twice(content):
    content["segments"].append(content["segments"][0])


def stranger(content):
    content[0]["projects"].append("no-such-project")


def event(**changes):
    def spoil(content):
        content[0].update(changes)

    return spoil


def told_by(**changes):
    def spoil(content):
        content[0]["source"].update(changes)

    return spoil


def told_twice(content):
    content.insert(0, dict(content[0]))


def quoting(content):
    text = next((ROOT / "seeds").glob("*.txt")).read_text(encoding="utf-8")
    clause = text.partition("(十)")[2]
    content[0].update(project="chengziyi-hsr", statement_zh=clause[:40])


def drawn_off(metres):
    """Move the first entry north by so many metres."""

    def spoil(content):
        lon, lat = content[0]["at"]
        content[0]["at"] = [lon, lat + metres / 111_000]

    return spoil


SOURCE = {
    "title": "A page", "publisher": "A paper", "url": "https://example.org/1", "link": "original",
}  # fmt: skip
OPENED = {"type": "opened", "date": "2020-07", "date_precision": "month", "as_of": "2020-08-01"}
SAME_WORDS = "建成之后的第一天就有一千多人走进了这座车站"

OTHER_FILES = {
    "ledger-entry": [
        ("ledger", entry(text="别的话")),
        ("ledger", entry(reason="boredom")),
        ("ledger", lambda content: content.update(document="another")),
    ],
    "ledger-complete": [("ledger", forgotten), ("ledger", explained_twice)],
    "related-known": [("related", stranger)],
    "destination-project": [
        ("destinations", event(project="no-such-project")),
        ("destinations", event(project=GOOD)),
        ("destinations", event(project="hsr-freight-base")),
    ],
    "destination-end": [
        ("destinations", drawn_off(3100)),
        # On the line, but at no end of it.
        ("destinations", event(project="chengdawan-hsr", at=[105.0005, 30.2518])),
        ("destinations", event(at=[0, 0])),
    ],
    "destination-order": [("destinations", told_twice), ("destinations", list.reverse)],
    "named-point-known": [
        ("named_points", event(project="no-such-project")),
        ("named_points", event(project="suburban-rail-s14")),
        ("named_points", event(place="no-such-place")),
    ],
    "named-point-near": [
        ("named_points", event(place="chongqing")),
    ],
    "named-point-order": [("named_points", told_twice), ("named_points", list.reverse)],
    "search-project": [
        ("searches", event(project="no-such-project")),
        ("searches", event(project=GOOD)),
    ],
    "search-order": [("searches", told_twice), ("searches", list.reverse)],
    "event-project": [("events", event(project="no-such-project"))],
    "event-date": [
        ("events", event(date="2023-05-16", date_precision="month")),
        ("events", event(date="2023-02-30", date_precision="day")),
    ],
    "event-plausible": [
        ("events", event(**OPENED | {"date": "2020-06"})),
        ("events", event(date="2023", date_precision="year", as_of="2022-12-31")),
    ],
    "event-scope-note": [
        ("events", event(scope="part", scope_note_zh=None, scope_note_en=None)),
        ("events", event(scope="related", scope_note_zh=None, scope_note_en=None)),
    ],
    "event-languages": [
        ("events", event(scope_note_zh="一段", scope_note_en=None)),
        ("events", event(statement_en="全线开通。")),
        ("events", event(conflicts_zh=None, conflicts_en="Others name another day.")),
    ],
    "event-source": [
        ("events", told_by(url="https://localhost/a")),
        ("events", told_by(url="https://somebody@example.org/a")),
        ("events", told_by(url="https://example.org:port/a")),
    ],
    "event-order": [("events", told_twice), ("events", list.reverse)],
    "event-words": [
        (
            "events",
            event(statement_zh=SAME_WORDS, source=SOURCE | {"title": f"资阳：{SAME_WORDS}"}),
        ),
        ("events", quoting),
    ],
}


@pytest.mark.parametrize(
    ("rule", "name", "how"),
    [(rule, name, how) for rule, ways in OTHER_FILES.items() for name, how in ways],
)
def test_another_file_spoiled_one_way_raises_that_rule(dataset, rule, name, how):
    faults = check(edited(dataset, f"{name}.json", how))
    found = [fault for fault in faults if fault.check == rule]
    assert found
    assert all(fault.record and fault.cure for fault in found)


CATALOGUES = {
    "a key that the interface lacks": "no-such-message = words\n",
    "a value that the interface lacks": "title = { $mayor }\n",
    "words without a key": "just words\n",
}


@pytest.mark.parametrize("case", CATALOGUES)
def test_a_catalogue_of_another_place_holds_only_what_the_interface_knows(copy, dataset, case):
    catalogue = copy.words("en")
    spoiled = replace(dataset, home=copy)
    catalogue.write_text("title = Another map\n", encoding="utf-8")
    assert check(spoiled) == []
    catalogue.write_text(CATALOGUES[case], encoding="utf-8")
    assert {(one.check, one.record) for one in check(spoiled)} == {
        ("words-known", "data/i18n/en.ftl")
    }


def test_a_catalogue_that_is_not_utf8_is_named(copy, dataset):
    copy.words("zh").write_bytes("资阳".encode("gb18030"))
    assert [fault.check for fault in check(replace(dataset, home=copy))] == ["words-known"]


WINDOWS = {
    "wrong order": [106, 29, 103, 31],
    "too few": [103, 29, 106],
    "beyond the pole": [103, 29, 106, 91],
    "no list": "103,29,106,31",
}


@pytest.mark.parametrize("case", WINDOWS)
def test_a_window_that_is_none_is_refused(copy, case):
    collection = json.loads(copy.counties.read_text(encoding="utf-8"))
    copy.counties.write_text(json.dumps(collection | {"bbox": WINDOWS[case]}), encoding="utf-8")
    with pytest.raises(DataError, match="is no window"):
        read_dataset(copy)


def test_the_window_is_the_one_that_the_counties_state(copy):
    collection = json.loads(copy.counties.read_text(encoding="utf-8"))
    bbox = [104.6, 29, 106, 31]
    copy.counties.write_text(json.dumps(collection | {"bbox": bbox}), encoding="utf-8")
    faults = check(read_dataset(copy))
    assert faults
    assert {fault.check for fault in faults} == {"geometry-window"}


def test_a_project_taken_from_the_layer_leaves_its_segment_unexplained(dataset):
    def without(collection):
        kept = [one for one in collection["features"] if one["id"] != "hsr-freight-base"]
        collection["features"] = kept

    unsearched = tuple(one for one in dataset.searches if one.project != "hsr-freight-base")
    faults = check(edited(replace(dataset, searches=unsearched), "projects.geojson", without))
    assert ["布局高铁动货基地" in fault.value for fault in faults] == [True]
    assert faults[0].check == "ledger-complete"


def test_every_check_has_a_spoiled_twin():
    folder = Path(geo.checks.anchors.__file__).parent
    sources = sorted(folder.glob("*.py"))
    named = set()
    for source in sources:
        named |= set(re.findall(r'"((?:[a-z]+-)+[a-z]+)",\n', source.read_text(encoding="utf-8")))
    named |= {"precision-uncertainty"}
    assert named == set(SPOILED) | set(OTHER_FILES) | {"words-known"}
    assert len(CHECKS) == len(named)


def remove(key):
    def spoil(collection):
        del of(collection)["properties"][key]

    return spoil


def two_of(collection):
    collection["features"].insert(0, of(collection))


def reverse(collection):
    collection["features"].reverse()


def other_id(collection):
    of(collection)["id"] = "another-id"


SCHEMA_CASES = {
    "an unknown key": (properties(GOOD, colour="red"), "unknown key 'colour'"),
    "a missing key": (remove("stage"), "lacks 'stage'"),
    "an unknown code": (properties(GOOD, sector="railway"), "the codes are rail, road"),
    "a wrong type": (properties(GOOD, counties="512002"), "type array"),
    "an empty name": (properties(GOOD, name_zh="  "), "must match"),
    "a short name too long for the map": (
        properties(GOOD, short_zh="资阳北站综合交通枢纽站"),
        "11 characters, but at most 10",
    ),
    "an English short name too long for the map": (
        properties(GOOD, short_en="Ziyang North integrated hub 2"),
        "29 characters, but at most 28",
    ),
    "a short name that is null": (properties(GOOD, short_en=None), "type string"),
    "a mark that turns a short name round": (
        properties(GOOD, short_en="Ziyang \u202eNorth"),
        "holds U+202E",
    ),
    "an endless name": (properties(GOOD, name_en="x" * 5000), "5000 characters"),
    "a hostile address": (
        properties(GOOD, references=[{"title": "t", "licence": "l", "url": "javascript:alert(1)"}]),
        "must match",
    ),
    "an id that is no slug": (properties(GOOD, id="Ziyang North"), "must match"),
    "a negative uncertainty": (properties(GOOD, uncertainty_m=-1), "must be more than 0"),
    "two ids in one feature": (other_id, "id-same"),
    "one id twice": (two_of, "id-"),
    "ids out of order": (reverse, "id-sorted"),
    "coordinates that are no numbers": (geometry("Point", ["a", "b"]), "geometry-readable"),
    "a geometry of another kind": (geometry("Circle", [1, 2]), "the codes are Point"),
}


@pytest.mark.parametrize("case", SCHEMA_CASES)
def test_a_record_that_breaks_the_schema_is_named_with_its_cure(dataset, case):
    how, message = SCHEMA_CASES[case]
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        edited(dataset, "projects.geojson", how)
    assert all(fault.record and fault.cure for fault in caught.value.faults)


EVENT_CASES = {
    "an unknown key": (event(colour="red"), "unknown key 'colour'"),
    "a missing key": (lambda content: content[0].pop("as_of"), "lacks 'as_of'"),
    "a type that is none": (event(type="finished"), "the codes are approved, still_planned"),
    "a scope that is none": (event(scope="half"), "the codes are whole, part, related"),
    "low confidence": (event(confidence="low"), "the codes are high, medium"),
    "a source without its publisher": (
        lambda content: content[0]["source"].pop("publisher"),
        "lacks 'publisher'",
    ),
    "a hostile address": (told_by(url="javascript:alert(1)"), "must match"),
    "a day that no calendar has": (event(as_of="2023-13-01"), "2023-13-01"),
    "a date in another form": (event(date="May 2023"), "must match"),
    "a mark that turns the writing": (event(statement_zh="一句\u202e话"), "holds U+202E"),
    "an entry that is no record": (lambda content: content.insert(0, "text"), "type object"),
}


@pytest.mark.parametrize("case", EVENT_CASES)
def test_an_event_that_breaks_the_schema_is_named_with_its_cure(dataset, case):
    how, message = EVENT_CASES[case]
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        edited(dataset, "events.json", how)
    assert all(fault.record.startswith("event 1") for fault in caught.value.faults)
    assert all(fault.cure for fault in caught.value.faults)


DESTINATION_CASES = {
    "an unknown key": (event(colour="red"), "unknown key 'colour'"),
    "a missing key": (lambda content: content[0].pop("name_en"), "lacks 'name_en'"),
    "a latitude first": (event(at=[30.1, 104.5]), "maximum"),
    "three numbers": (event(at=[104.5, 30.1, 400]), "at is"),
    "a position that is none": (event(at="Chengdu"), "type array"),
    "too many places": (event(name_zh="成都、德阳、绵阳市"), "9 characters, but at most 8"),
    "a mark that turns the writing": (event(name_en="Cheng\u202edu"), "holds U+202E"),
    "an entry that is no record": (lambda content: content.insert(0, "text"), "type object"),
}


@pytest.mark.parametrize("case", DESTINATION_CASES)
def test_a_destination_that_breaks_the_schema_is_named_with_its_cure(dataset, case):
    how, message = DESTINATION_CASES[case]
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        edited(dataset, "destinations.json", how)
    assert all(fault.record.startswith("destination 1") for fault in caught.value.faults)
    assert all(fault.cure for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("name", "how", "message"),
    [
        ("named_points", event(within_m=0), "more than 0"),
        ("named_points", event(place="No Slug"), "must match"),
        ("searches", event(kinds=[]), "needs 1 at least"),
        ("searches", event(kinds=["rumours"]), "the codes are"),
        ("searches", event(date="2026-02-30"), "is no date that there is"),
    ],
)
def test_a_named_point_or_search_that_breaks_the_schema_is_named(dataset, name, how, message):
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        edited(dataset, f"{name}.json", how)
    assert all(re.match(r"(named point|search) 1 ", one.record) for one in caught.value.faults)


def test_a_folder_need_not_have_named_points_or_searches(copy):
    copy.named_points.unlink()
    copy.searches.unlink()
    dataset = load(copy)
    assert (dataset.named_points, dataset.searches) == ((), ())


def test_a_line_redrawn_a_little_keeps_its_destinations(dataset):
    assert check(edited(dataset, "destinations.json", drawn_off(2900))) == []


def test_a_server_notices_destinations_that_go_and_come(copy):
    keeper = SourceCache(FolderSource(copy.root))
    written = copy.destinations.read_bytes()
    first = keeper.read().edition.dataset
    copy.destinations.unlink()
    without = keeper.read().edition.dataset
    assert without.destinations == ()
    assert without.version != first.version
    copy.destinations.write_bytes(written)
    assert keeper.read().edition.dataset.destinations == first.destinations


def test_a_folder_need_not_say_where_its_lines_lead(copy):
    copy.destinations.unlink()
    assert load(copy).destinations == ()
    copy.destinations.write_text("[]", encoding="utf-8")
    assert load(copy).destinations == ()


FILE_CASES = {
    "no layer": ("projects.geojson", None, "cannot be read"),
    "broken JSON": ("projects.geojson", b'{"type": ', "file-json"),
    "not a number": ("projects.geojson", b'{"type": NaN}', "NaN is not a JSON number"),
    "a key twice": ("projects.geojson", b'{"type": 1, "type": 2}', "stands twice"),
    "another encoding": ("projects.geojson", "资阳".encode("gb18030"), "not UTF-8"),
    "endless nesting": ("projects.geojson", b"[" * 100_000, "file-json"),
    "a list for a layer": ("projects.geojson", b"[]", "schema"),
    "no documents": ("documents.json", None, "cannot be read"),
    "an empty listing": ("documents.json", b"[]", "documents-listed"),
    "a listing with other keys": ("documents.json", b'[{"id": "x"}]', "documents-listed"),
    "no counties": ("counties.geojson", b'{"features": []}', "counties-readable"),
    "a county without a name": ("counties.geojson", b'{"features": [{}]}', "counties-readable"),
    "no rivers": ("rivers.geojson", None, "cannot be read"),
}


@pytest.mark.parametrize("case", FILE_CASES)
def test_a_file_that_cannot_be_used_is_named_with_its_cure(copy, case):
    name, content, message = FILE_CASES[case]
    path = copy.data / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DataError, match=re.escape(message)) as caught:
        load(copy)
    assert any(name in fault.record for fault in caught.value.faults)
    assert all(fault.cure for fault in caught.value.faults)


def test_faults_of_separate_files_are_shown_together(copy):
    copy.projects.unlink()
    copy.counties.unlink()
    with pytest.raises(DataError) as caught:
        load(copy)
    assert len(caught.value.faults) == 2


def test_the_command_line_passes_the_shipped_data(capsys):
    assert main([]) == 0
    assert "checks passed" in capsys.readouterr().out


def test_the_command_line_exits_1_and_writes_nothing(spoil, monkeypatch, capsys):
    spoiled = spoil(anchor(exact="别的话"))
    before = {path: path.read_bytes() for path in spoiled.data.rglob("*") if path.is_file()}
    monkeypatch.setenv("PROJECT_MAP_HOME", str(spoiled.root))
    assert main([]) == 1
    error = capsys.readouterr().err
    assert GOOD in error
    assert "Traceback" not in error
    assert before == {path: path.read_bytes() for path in spoiled.data.rglob("*") if path.is_file()}


def test_format_sorts_the_layer_and_changes_nothing_else(spoil, monkeypatch, dataset):
    copied = spoil(reverse)
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copied.root))
    assert main(["format"]) == 0
    assert copied.projects.read_bytes() == dataset.home.projects.read_bytes()


@pytest.mark.parametrize("name", ["events.json", "destinations.json"])
def test_format_sorts_a_list_and_changes_nothing_else(copy, monkeypatch, dataset, name):
    path = copy.data / name
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(content[::-1]), encoding="utf-8")
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    assert main(["format"]) == 0
    assert path.read_bytes() == (dataset.home.data / name).read_bytes()


def test_format_refuses_a_layer_that_breaks_the_schema(spoil, monkeypatch):
    copied = spoil(properties(GOOD, sector="x"))
    before = copied.projects.read_bytes()
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copied.root))
    assert main(["format"]) == 1
    assert copied.projects.read_bytes() == before


def test_quote_prints_an_anchor_that_the_checks_accept(capsys, dataset):
    assert main(["quote", "十", "布局高铁动货基地"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert dataset.document.text[printed["start"] : printed["end"]] == "布局高铁动货基地"
