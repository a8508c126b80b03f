"""Whatever goes in, only the project's own words come out: faults, a reason, or the text as it was."""

import asyncio
import copy
import csv
import io
import json
from dataclasses import replace
from urllib.parse import quote_from_bytes

import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from openpyxl.utils.escape import unescape
from starlette.applications import Starlette
from support.event_loop import run
from support.export_readers import bare

from geo.checks import check
from geo.core.faults import INVISIBLE, DataError, first_invisible, quoted
from geo.core.files import InMemoryPath, parse_json
from geo.core.i18n import Words
from geo.core.validation import LIST_DEPTH, coordinate_faults
from geo.exports.formats import export
from geo.exports.spreadsheets import FORMULA, _cell
from geo.exports.standalone import script_json
from geo.layer.filters import ProjectFilter
from geo.layer.projects import parse_project, read_features
from geo.layer.query import MAX_REPORTED, QUERY_CODES, parse_query, url_query, write_query
from geo.layer.selection import Selection
from geo.views import render
from geo.web.api import api_routes

LAYER = "data/projects.geojson"

any_text = st.text(st.characters(exclude_categories=()), max_size=30)
"""Halves of surrogate pairs and control characters included."""

nasty = st.sampled_from(
    ["</script>", "<!--", "]]>", "&amp;", "=1+1", "'=1", "\u202e", "\ufeff", "\0", "%00", "[x](y)"]
)
words = st.lists(any_text | nasty, max_size=4).map("".join)
plain_words = words.map(lambda text: INVISIBLE.sub("x", text)).filter(str.strip)

numbers = st.integers() | st.floats() | st.just(10**400) | st.booleans()
values = st.recursive(
    st.none() | numbers | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=12,
)
"""What a JSON file could hold, and what only Python's writer lets into one."""

positions = st.lists(st.floats(allow_nan=False, allow_infinity=False) | values, max_size=4)
coordinates = st.recursive(positions, lambda inner: st.lists(inner, max_size=5), max_leaves=10)


@pytest.fixture(scope="module")
def feature(home):
    """A feature of the layer with a polygon, and all that a feature can have."""
    layer = json.loads(home.projects.read_text(encoding="utf-8"))
    return next(
        one
        for one in layer["features"]
        if one["geometry"]
        and one["geometry"]["type"] == "Polygon"
        and one["properties"]["references"]
    )


def told(faults):
    """Say whether each fault has all its parts and can be shown on a line of a terminal."""
    return all(
        fault.value and fault.rule and fault.cure and not first_invisible(str(fault))
        for fault in faults
    )


def attempted(kind, attempt):
    """Return what an attempt gives and None, or None and the error of a kind that it raised."""
    try:
        return attempt(), None
    except kind as error:
        return None, error


def layer_of(*features):
    content = {"type": "FeatureCollection", "features": list(features)}
    return InMemoryPath({LAYER: json.dumps(content).encode()}) / "data" / "projects.geojson"


@given(written=words | values.map(json.dumps))
def test_a_text_is_json_that_every_program_reads_alike_or_it_is_refused(written):
    value, reason = attempted(ValueError, lambda: parse_json(written))
    if reason:
        assert str(reason)
        return
    again = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    assert json.loads(again) == value


@given(value=values)
def test_whatever_stands_in_the_place_of_the_layer_it_is_read_or_refused(value):
    written = InMemoryPath({LAYER: json.dumps(value).encode()}) / "data" / "projects.geojson"
    with pytest.raises(DataError) as caught:
        read_features(written)
    assert told(caught.value.faults)


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_a_feature_spoiled_anywhere_is_checked_or_refused_and_nothing_else(data, dataset, feature):
    spoiled = copy.deepcopy(feature)
    place, key = spoiled, None
    while isinstance(place, dict | list) and place:
        inside = place
        key = data.draw(
            st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))
        )
        place = inside[key]
        if data.draw(st.booleans()):
            break
    inside[key] = data.draw(values | coordinates)
    project, reason = attempted(
        DataError, lambda: parse_project(read_features(layer_of(spoiled))[0])
    )
    if reason:
        assert told(reason.faults)
        return
    assert told(check(replace(dataset, projects={project.id: project})))


@given(kind=st.sampled_from(list(LIST_DEPTH)), made=coordinates)
def test_coordinates_without_a_fault_make_a_geometry(kind, made):
    geometry = {"type": kind, "coordinates": made}
    faults = list(coordinate_faults("check", "record", geometry))
    assert told(faults)
    if not faults:
        assert shapely.geometry.shape(geometry).geom_type == kind


@given(
    kind=st.sampled_from(["Polygon", "LineString", "Point"]),
    places=st.lists(st.tuples(*[st.floats(-180, 180)] * 2).map(list), min_size=4, max_size=9),
)
def test_coordinates_as_they_should_be_have_no_fault(kind, places):
    made = {"Polygon": [[*places, places[0]]], "LineString": places, "Point": places[0]}[kind]
    assert list(coordinate_faults("check", "record", {"type": kind, "coordinates": made})) == []


@given(
    query=st.dictionaries(
        st.sampled_from(
            [*QUERY_CODES, "q", "project", "view", "at", "left", "sort", "page", "compare"]
        )
        | any_text,
        st.lists(words | st.sampled_from(["rail", "list", "document", "1-2", "2"]), max_size=4),
    )
)
def test_no_link_breaks_the_page_and_what_it_leaves_is_a_link_again(query):
    state, unknown = parse_query(query, ("chengziyi-hsr",))
    assert len(unknown) <= MAX_REPORTED
    assert not any(first_invisible(one.value) for one in unknown)
    assert url_query(state).isascii()
    again, rest = parse_query(write_query(state), ("chengziyi-hsr",))
    assert rest == ()
    assert write_query(again) == write_query(state)


def answer(app, path, query):
    """Return status and body of a GET request, whose path and query are bytes as they come."""
    sent = []
    to_come = [{"type": "http.request", "body": b""}]

    async def receive():
        # The reader stays until the answer has come.
        return to_come.pop() if to_come else await asyncio.Event().wait()

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "root_path": "",
        "query_string": query, "headers": [(b"host", query[:20])], "scheme": "http",
        "server": ("localhost", 80), "client": ("localhost", 1), "http_version": "1.1",
    }  # fmt: skip
    run(app(scope, receive, send))
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent[1:])


paths = st.sampled_from(["/api/projects.csv", "/api/projects.geojson", "/api/"]) | st.builds(
    "/api/{}{}".format,
    st.sampled_from(["", "projects/", "projects.", "map."]),
    st.text(max_size=20).map(lambda text: text.replace("\n", "")),
)
queries = st.binary(max_size=60) | st.lists(
    st.builds("{}={}".format, st.sampled_from([*QUERY_CODES, "q"]), st.text(max_size=8)), max_size=5
).map(lambda pairs: quote_from_bytes("&".join(pairs).encode(), safe="=&").encode())


@given(path=paths, query=queries)
@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
def test_every_request_is_answered_or_refused_with_a_reason(path, query):
    status, body = answer(Starlette(routes=api_routes("")), path, query)
    assert status in {200, 400, 404, 414}
    if status != 200:
        assert json.loads(body)["error"]


@given(value=words)
def test_no_cell_of_a_csv_is_a_formula_and_each_is_read_back_as_it_was(value):
    file = io.StringIO(newline="")
    assume("\0" not in value)
    csv.writer(file).writerow([_cell(value)])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert not row or not row[0].startswith(FORMULA)
    assert bare(row[0] if row else "") == value


@given(name=plain_words)
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_a_name_is_the_same_words_in_every_file(dataset, name):
    project = replace(dataset.projects["chengziyi-hsr"], name_zh=name, name_en=name)
    chosen = Selection(dataset, ProjectFilter(), (project,))
    kml = etree.fromstring(export(chosen, "kml"))
    assert name in [one.text for one in kml.iter("{*}Placemark/{*}name", "{*}name")]
    assert json.loads(export(chosen, "geojson"))["features"][0]["properties"]["name_zh"] == name
    assert json.loads(export(chosen, "oc4ids"))["projects"][0]["title"] == name
    cell = openpyxl.load_workbook(io.BytesIO(export(chosen, "xlsx"))).worksheets[0]["B2"]
    assert (cell.data_type, unescape(cell.value)) == ("s", name)
    rows = list(csv.reader(io.StringIO(export(chosen, "csv").decode("utf-8-sig"), newline="")))
    assert bare(rows[1][1]) == name


@given(name=plain_words)
def test_a_name_is_the_same_words_on_the_page_and_no_markup(name):
    offered = [{"id": "x", "name": name, "place": name}]
    page = lxml_html.fromstring(render("related", words=Words("en"), found=offered))
    (link,) = page.iter("a")
    assert link.text == name
    assert {one.tag for one in page.iter()} == {"section", "h3", "ul", "li", "a", "span"}


@given(value=st.recursive(plain_words, st.lists, max_leaves=5))
def test_no_text_can_end_the_script_that_it_stands_in(value):
    written = script_json(value)
    assert "<" not in written
    assert json.loads(written) == value


@given(value=any_text | values)
def test_what_is_quoted_is_one_short_line_with_nothing_hidden_in_it(value):
    assume(value is not None)
    shown = quoted(value if isinstance(value, str) else repr(value)[:500])
    assert first_invisible(shown) is None
    assert len(shown.splitlines()) == 1
    assert len(shown) <= 60 * 10 + 3
