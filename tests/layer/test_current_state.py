"""What became of a project follows from its events alone, and never says more than they do."""

import io
import itertools
import json
from dataclasses import fields, replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.export_readers import (
    csv_table,
    drawing,
    drawn_projects,
    project_tables,
    sheet,
    tables,
    zipped,
)

from geo.checks import load
from geo.core.home import FolderSource
from geo.core.i18n import Words
from geo.editions.store import SourceCache
from geo.exports.columns import COLUMNS, EVENT_COLUMNS
from geo.exports.formats import FORMAT, export
from geo.layer.codes import EVENT_SCOPES, EVENT_TYPES, LOOKS, SINCE, SINCE_CODES, codelists
from geo.layer.events import EVENT, Event, EventSource, current_state, date_range, timeline_entry
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select
from geo.map.client_data import map_features
from geo.map.symbology import TODAY

SOURCE = EventSource("A page", "A paper", "https://example.org/1", "original")
LENGTHS = {4: "year", 7: "month", 10: "day"}
SEARCHED = "2026-03-04"


def event(kind, date, scope="whole"):
    note = None if scope == "whole" else "a note"
    return Event(
        "a-project", kind, date, LENGTHS[len(date)], "2026-01-01", scope, note, note,
        "一句话。", "A sentence.", SOURCE, "high", None, None,
    )  # fmt: skip


CASES = {
    "nothing": [],
    "open": [("under_construction", "2020-10-03"), ("in_operation", "2020-12-24")],
    "part_open": [("under_construction", "2022"), ("opened", "2025-02", "part")],
    "building": [("approved", "2021-08"), ("started", "2022-11-28"), ("started", "2023", "part")],
    "part_building": [("still_planned", "2021-07-06"), ("under_construction", "2024", "part")],
    "planned": [("started", "2020-08"), ("still_planned", "2022-10")],
    "part_planned": [("approved", "2025", "part")],
    "related": [("opened", "2023", "related"), ("renamed", "2023"), ("superseded", "2024", "part")],
}


@pytest.mark.parametrize("code", CASES)
def test_each_state_follows_from_events(code):
    assert current_state(tuple(event(*one) for one in CASES[code]), SEARCHED).code == code


def test_every_state_has_a_case():
    assert set(CASES) == set(SINCE_CODES)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ([("started", "2021-05-03"), ("opened", "2021")], "open"),
        ([("opened", "2021"), ("under_construction", "2021-12-31")], "open"),
        ([("opened", "2021"), ("under_construction", "2022")], "building"),
        ([("started", "2021"), ("still_planned", "2021-03")], "building"),
        ([("started", "2022-12-30", "part"), ("approved", "2025", "part")], "part_building"),
        ([("opened", "2023", "part"), ("in_operation", "2024")], "open"),
        ([("in_operation", "2023", "part"), ("started", "2025", "part")], "part_open"),
        ([("started", "2021"), ("in_operation", "2023", "part")], "part_open"),
    ],
)
def test_dates_that_may_be_the_same_count_for_what_is_further_on(told, code):
    assert current_state(tuple(event(*one) for one in told), SEARCHED).code == code


dates = st.one_of(
    st.dates().filter(lambda day: day.year > 999).map(lambda day: day.isoformat()),
    st.integers(2020, 2026).map(str),
    st.tuples(st.integers(2020, 2026), st.integers(1, 12)).map(lambda two: "{}-{:02}".format(*two)),
)
told = st.builds(
    event,
    st.sampled_from([one.code for one in EVENT_TYPES]), dates, st.sampled_from(EVENT_SCOPES),
)  # fmt: skip


@given(own=st.lists(told, max_size=6))
def test_a_part_is_never_shown_as_the_whole(own):
    found = current_state(tuple(own), SEARCHED).code
    scope = next(one.scope for one in SINCE if one.code == found)
    state = next(one.state for one in SINCE if one.code == found)
    shown = {one.code: one.shows for one in EVENT_TYPES}
    if scope:
        assert any(one.scope == scope and shown[one.type] == state for one in own)
    else:
        assert not [one for one in own if one.scope != "related" and shown[one.type]]


@given(own=st.lists(told, max_size=5), order=st.randoms(use_true_random=False))
def test_the_order_of_events_does_not_matter(own, order):
    turned = order.sample(own, len(own))
    assert current_state(tuple(own), SEARCHED) == current_state(tuple(turned), SEARCHED)


@given(written=dates)
def test_a_date_means_days_that_begin_with_it(written):
    first, last = date_range(written)
    assert first <= last
    assert first.isoformat().startswith(written)
    assert last.isoformat().startswith(written)


def test_the_stage_of_the_decision_is_what_the_text_says_whatever_happened(copy, dataset):
    copy.events.unlink()
    without = load(copy)
    assert {one.id: one.stage for one in without.projects.values()} == {
        one.id: one.stage for one in dataset.projects.values()
    }
    assert any(one.code == "open" for one in dataset.since.values())


def test_a_folder_without_events_says_nothing_of_what_happened_since(copy):
    copy.events.unlink()
    without = load(copy)
    assert without.since == {}
    for code in SINCE_CODES:
        assert ProjectFilter(since=(code,)).apply(without.frame).empty


def test_an_empty_list_of_events_is_no_claim_that_nothing_was_found(copy):
    copy.events.write_text("[]", encoding="utf-8")
    assert load(copy).since == {}


def test_a_new_events_file_makes_a_new_edition(copy, dataset):
    before = load(copy).version
    content = json.loads(copy.events.read_text(encoding="utf-8"))
    copy.events.write_text(json.dumps(content[1:]), encoding="utf-8")
    assert load(copy).version != before
    copy.events.unlink()
    assert load(copy).version not in {before, dataset.version}


def test_a_server_notices_events_that_go_and_come_and_keeps_the_last_good_ones(copy):
    keeper = SourceCache(FolderSource(copy.root))
    written = copy.events.read_bytes()
    first = keeper.read().edition.dataset
    copy.events.write_bytes(written.replace(b'"type"', b'"kind"', 1))
    reading = keeper.read()
    assert reading.edition.dataset is first
    assert any("kind" in str(fault) for fault in reading.faults)
    copy.events.unlink()
    assert keeper.read().edition.dataset.since == {}
    copy.events.write_bytes(written)
    again = keeper.read().edition.dataset
    assert (again.since, again.version) == (first.since, first.version)


def test_where_no_page_was_found_the_day_is_that_of_the_search(dataset):
    for name, state in dataset.since.items():
        if state.code == "nothing":
            assert state.as_of == dataset.search_of[name].date


def test_without_a_recorded_search_the_day_is_the_last_that_any_page_tells_of(dataset):
    last = max(one.as_of for one in dataset.events)
    silent = replace(dataset, searches=())
    found = {one.as_of for one in silent.since.values() if one.code == "nothing"}
    assert found == {last}


def test_the_panel_says_when_and_where_a_search_found_nothing(dataset):
    for search in dataset.searches:
        for language in ("zh", "en"):
            words = Words(language)
            nothing = dataset.timeline(search.project, words).nothing
            assert search.date in nothing
            assert all(words.label("searched", kind) in nothing for kind in search.kinds)
    with_events = next(iter(dataset.events_of))
    assert dataset.timeline(with_events, Words("zh")).nothing == ""


def test_every_event_is_about_a_project_and_decides_its_state_with_the_others(dataset):
    for name, own in dataset.events_of.items():
        assert dataset.since[name].as_of == max(one.as_of for one in own)
        assert current_state(own, SEARCHED) == dataset.since[name]


def test_the_contract_names_the_fields_of_an_event_in_their_order(dataset):
    assert list(EVENT["properties"]) == [one.name for one in fields(Event)]
    one = dataset.events[0]
    assert replace(one) == Event(project=one.project, **(one.values() | {"source": one.source}))


def test_the_map_is_told_the_state_of_each_project_beside_its_stage(dataset):
    for feature in map_features(dataset)["features"]:
        told = feature["properties"]
        own = dataset.since[told["id"]]
        assert (told["since"], told["since_as_of"]) == (own.code, own.as_of)
        assert told["stage"] == dataset.projects[told["id"]].stage


def test_the_map_of_a_folder_without_events_is_told_nothing(copy):
    copy.events.unlink()
    assert all("since" not in one["properties"] for one in map_features(load(copy))["features"])


def alike(symbols):
    """Return the pairs of symbols that share the dashes of lines, or all that tells points apart."""
    return [
        (one, other)
        for one, other in itertools.combinations(symbols, 2)
        if symbols[one].dash == symbols[other].dash
        or (
            (symbols[one].rim, symbols[one].badge, symbols[one].built)
            == (symbols[other].rim, symbols[other].badge, symbols[other].built)
            and "open" not in (one, other)
        )
    ]


def test_states_differ_in_more_than_colour():
    assert {one.look for one in SINCE} == set(LOOKS) == set(TODAY)
    assert alike(TODAY) == []
    assert alike(TODAY | {"related": TODAY["unknown"]}) == [("related", "unknown")]
    # Two states of one look have different words beside the name, or none and so one of them no news.
    told = [(one.look, one.note) for one in SINCE]
    assert len(set(told)) == len(told)
    assert all(one.note for one in SINCE if one.scope == "part")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_timeline_cites_each_event_and_marks_what_is_not_the_whole(dataset, language):
    words = Words(language)
    for name, own in dataset.events_of.items():
        found = dataset.timeline(name, words)
        assert [one.date for one in found.entries] == sorted(one.date for one in own)
        for one, said in zip(own, found.entries, strict=True):
            assert said.url == one.source.url
            assert one.source.publisher in said.told
            assert one.as_of in said.told
            assert bool(said.scope) == (one.scope != "whole")
            assert said.scope == "" or (said.note and said.note in said.line())
            assert (words("event-repost") in said.asides) == (one.source.link == "repost")
            assert one.conflicts(language) in "".join(said.asides)


def test_where_nothing_was_found_the_timeline_says_just_that(dataset):
    silent = next(name for name in dataset.projects if name not in dataset.events_of)
    found = dataset.timeline(silent, Words("en"))
    assert (found.code, found.entries) == ("nothing", ())


@pytest.mark.parametrize("code", list(FORMAT))
def test_every_file_tells_what_became_of_each_project_under_the_same_names(dataset, code):
    names = ["since", "since_as_of"]
    content = export(select(dataset, ProjectFilter()), code, "en")
    if code == "oc4ids":
        told = {one["id"]: one for one in json.loads(content)["projects"]}
    elif code == "geojson":
        told = {one["id"]: one["properties"] for one in json.loads(content)["features"]}
    elif code in {"csv", "shp"}:
        # A Shapefile cuts long texts, so the table is in the zip as well.
        table = csv_table(content if code == "csv" else zipped(content)["projects.csv"])
        told = {one["id"]: one for one in table.to_dict("records")}
    elif code == "dxf":
        told = drawn_projects(drawing(content))
    elif code == "xlsx":
        columns = [column.name for column in COLUMNS]
        told = {row[0]: dict(zip(columns, row, strict=True)) for row in sheet(content)[1:]}
    else:
        rows = [row for table in project_tables(code, content) for row in table.to_dict("records")]
        told = {row["id"].removeprefix("project-"): row for row in rows}
    assert set(told) == set(dataset.projects)
    for name, own in dataset.since.items():
        found = told[name]
        assert [str(found[key])[:10] for key in names] == [own.code[:10], own.as_of]
        # GDAL leaves a field out of a folder of the KML in which no project has it.
        events = found.get("events")
        lines = events.splitlines() if isinstance(events, str) else events
        cited = dataset.events_of.get(name, ())
        assert len(lines if isinstance(lines, list) else []) == len(cited)
        for event in cited:
            assert event.source.url in str(events)
            assert event.statement_en in str(events)


def test_the_events_have_a_sheet_and_a_table_of_their_own(dataset):
    shown = ProjectFilter(sector=("rail",))
    selection = select(dataset, shown)
    cited = [one for project in selection.projects for one in dataset.events_of.get(project.id, ())]
    table = tables("gpkg", export(selection, "gpkg"))["events"]
    book = openpyxl.load_workbook(io.BytesIO(export(selection, "xlsx", "en")))
    rows = list(book["Events since"].values)[1:]
    assert list(table.columns) == [column.name for column in EVENT_COLUMNS]
    for found in (table["source_url"].tolist(), [row[14] for row in rows]):
        assert found == [one.source.url for one in cited]
    assert table["scope"].tolist() == [one.scope for one in cited]
    assert [row[6] for row in rows] == [one.scope for one in cited]


def test_a_folder_without_events_has_files_that_claim_nothing(copy):
    copy.events.unlink()
    selection = select(load(copy), ProjectFilter())
    for code in ("geojson", "oc4ids"):
        assert b'"since"' not in export(selection, code)
    table = csv_table(export(selection, "csv", "en"))
    assert set(table["since"]) == set(table["since_label"]) == set(table["events"]) == {""}
    assert tables("gpkg", export(selection, "gpkg"))["events"].empty


def test_the_codelists_tell_what_each_state_and_type_means():
    lists = codelists()
    assert [one["code"] for one in lists["since"]] == list(SINCE_CODES)
    assert {one["state"] for one in lists["event-type"]} <= {"planned", "building", "open", None}


def test_a_break_in_a_text_does_not_make_two_lines_of_one_event(dataset):
    broken = replace(dataset.events[0], statement_en="One.\nTwo.", statement_zh="一。\n二。")
    for language in ("zh", "en"):
        assert "\n" not in timeline_entry(broken, Words(language)).line()
