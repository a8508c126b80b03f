"""The addresses that stay: what they answer, what they refuse, and how they are cached."""

import asyncio
import gzip
import io
import json
import re
import threading
from html.parser import HTMLParser
from io import BytesIO
from urllib.parse import parse_qs, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openapi_spec_validator import OpenAPIV31SpecValidator
from pypdf import PdfReader
from starlette.applications import Starlette
from starlette.testclient import TestClient
from support import ROOT
from support.export_readers import ids, without_what_happened
from support.strategies import filters

from geo.core.faults import DataError
from geo.core.i18n import text
from geo.exports.formats import FORMAT, FORMATS, PRINTS, Format, export
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.query import (
    MAX_QUERY_LENGTH,
    PAGE_ONLY_KEYS,
    QUERY_CODES,
    PageState,
    read_query,
    url_query,
)
from geo.layer.selection import select
from geo.views.assets import Asset
from geo.web import api
from geo.web.api import api_routes, disposition
from geo.web.responses import AssetCache
from geo.web.routes import routes

EACH = pytest.mark.parametrize("one", FORMATS, ids=list(FORMAT))
FILES = [f"projects.{one.extension}" for one in FORMATS]
FILES += [
    "events.atom",
    "document.json",
    "codelists.json",
    "openapi.json",
    "projects/chengziyi-hsr.geojson",
    "",
]


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=api_routes("")))


@pytest.mark.parametrize("name", FILES)
def test_each_address_answers_with_headers_that_let_anyone_read_it(client, name):
    answer = client.get(f"/api/{name}")
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", FILES)
def test_whoever_has_the_file_is_not_sent_it_again(client, name):
    etag = client.get(f"/api/{name}").headers["etag"]
    again = client.get(f"/api/{name}", headers={"if-none-match": etag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
    assert client.get(f"/api/{name}", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("name", FILES)
def test_head_tells_the_same_as_get_without_a_body(client, name):
    got, head = client.get(f"/api/{name}"), client.head(f"/api/{name}")
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers == got.headers


@EACH
def test_a_download_is_the_export_of_the_same_filter(client, dataset, one):
    asked = ProjectFilter(sector=("rail", "road"), county=("512021",))
    answer = client.get(f"/api/projects.{one.extension}{url_query(PageState(filter=asked))}")
    assert answer.content == export(select(dataset, asked), one.code)
    assert answer.headers["content-type"].split(";")[0] == one.media_type


@given(asked=filters)
@settings(max_examples=25, deadline=None)
def test_a_link_to_the_page_with_another_path_downloads_what_the_page_shows(client, dataset, asked):
    state = PageState(filter=asked, project="chengziyi-hsr", view="list", basemap="osm")
    answer = client.get("/api/projects.csv" + url_query(state))
    assert ids("csv", answer.content) == list(asked.apply(dataset.frame).index)


def test_the_language_is_chosen_by_the_address_alone(client):
    plain = client.get("/api/projects.kml", headers={"accept-language": "en"}).content
    assert plain == client.get("/api/projects.kml?lang=zh").content
    assert plain != client.get("/api/projects.kml?lang=en").content


@EACH
def test_a_file_has_a_name_in_ascii_and_in_the_language_asked_for(client, one):
    named = client.get(f"/api/projects.{one.extension}").headers["content-disposition"]
    plain, full = re.fullmatch(
        r"attachment; filename=\"(.+)\"; filename\*=UTF-8''(.+)", named
    ).groups()
    assert named.isascii()
    assert plain.endswith(f".{one.extension}")
    assert unquote(full).startswith("资阳规划项目地图-")


@EACH
@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("&".join(f"sector={code}" for code in FACETS["sector"]), ""),
        ("q=z", ""),
        ("q=z+高铁", "q=高铁"),
    ],
)
def test_what_does_not_filter_leaves_no_trace_in_a_file(client, one, query, same):
    asked, plain = (client.get(f"/api/projects.{one.extension}?{some}") for some in (query, same))
    assert asked.content == plain.content
    assert asked.headers["content-disposition"] == plain.headers["content-disposition"]


def test_traditional_characters_give_the_same_projects_as_simplified_ones(client):
    for traditional, simple in (("鐵路", "铁路"), ("天府國際", "天府国际")):
        found = [client.get(f"/api/projects.geojson?q={q}") for q in (traditional, simple)]
        first, second = ([one["id"] for one in made.json()["features"]] for made in found)
        assert first == second != []


def test_a_name_cannot_break_out_of_its_header():
    (value,) = disposition("a.csv", '资阳"; x\r\ny').values()
    assert not set(value) & set("\r\n")
    assert value.count('"') == 2


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("sector=magic", "rail, road"),
        ("sector=rail&sector=", "rail, road"),
        ("county=510000", "512002, 512021, 512022, outside"),
        ("scope=none", "all, local"),
        ("lang=fr", "zh, en"),
        ("colour=red", "sector, county, stage, precision, extent, since, scope, lang, crs, q"),
        ("crs=EPSG:4545", "EPSG:4326, EPSG:4490, EPSG:4544"),
        ("crs=", "EPSG:4326, EPSG:4490, EPSG:4544"),
        ("crs=EPSG:4490", "gpkg, shp, dxf"),
        ("q=" + "x" * 101, "100"),
        ("q=" + "x" * 2001, str(MAX_QUERY_LENGTH)),
        ("sector=%00%ff", "rail"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(client, query, allowed):
    for name in ("projects.csv", "projects.oc4ids.json"):
        answer = client.get(f"/api/{name}?{query}")
        assert answer.status_code == 400
        assert allowed in answer.json()["error"]
        assert answer.headers["access-control-allow-origin"] == "*"


def test_what_only_the_page_knows_is_passed_over(client):
    plain = client.get("/api/projects.csv?sector=rail").content
    for more in ("project=gone", "view=none", "at=x", "basemap=moon"):
        assert client.get(f"/api/projects.csv?sector=rail&{more}").content == plain


@given(query=st.text(max_size=60))
def test_no_query_breaks_the_strict_reading(query):
    refused = ()
    try:
        asked = read_query(query)
    except DataError as error:
        refused = error.faults
    assert all(fault.value and fault.cure for fault in refused)
    if not refused:
        told = parse_qs(query, keep_blank_values=True)
        assert told.keys() <= {*QUERY_CODES, *PAGE_ONLY_KEYS, "q"}
        for facet in FACETS:
            assert set(asked.filter.codes(facet)) == set(told.get(facet, ()))


@given(asked=filters)
def test_what_the_page_writes_is_read_strictly_and_whole(asked):
    query = url_query(PageState(filter=asked, language="en")).removeprefix("?")
    read = read_query(query)
    assert read.language == "en"
    for facet in FACETS:
        assert read.filter.codes(facet) == tuple(dict.fromkeys(asked.codes(facet)))


def test_the_longest_query_that_a_page_can_write_is_not_too_long():
    most = {facet: codes[1:] for facet, codes in FACETS.items()}
    every = ProjectFilter(**most, q="资" * 100, local=True)
    assert (
        len(url_query(PageState(filter=every, language="zh", project="x" * 80))) <= MAX_QUERY_LENGTH
    )


@pytest.mark.parametrize(
    "path",
    [
        "projects.shp", "projects", "projects.geojson/", "nothing", "projects/gone.geojson",
        "projects/%2e%2e/%2e%2e/seeds/000_bde1b92a6f64f7a1.txt", "..%2f..%2fapp.py", "%2e%2e/app.py",
        "projects/..%2f..%2fdata%2fledger.geojson", "projects/%00.geojson", "document.json/x",
        "....//app.py", "projects/chengziyi-hsr", "a" * 3000,
    ],
)  # fmt: skip
def test_a_path_that_is_not_there_is_a_404_that_names_what_is(client, path):
    answer = client.get(f"/api/{path}")
    assert answer.status_code == 404
    reason = answer.json()["error"]
    assert "projects.geojson" in reason
    assert len(reason) < 500
    assert str(ROOT) not in answer.text


def test_a_package_of_no_projects_is_a_404_with_the_reason(client):
    answer = client.get("/api/projects.oc4ids.json?q=no+such+words")
    assert answer.status_code == 404
    assert "at least" in answer.json()["error"]
    assert client.get("/api/projects.csv?q=no+such+words").status_code == 200


def test_nothing_can_be_changed(client):
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert client.request(method, "/api/projects.csv").status_code == 405


def test_one_project_is_the_feature_of_the_layer(client, home):
    layer = json.loads(home.projects.read_text(encoding="utf-8"))["features"]
    for feature in layer:
        made = client.get(f"/api/projects/{feature['id']}.geojson").json()
        assert made.pop("stamp")["projects"] == 1
        assert without_what_happened([made]) == [feature]


def test_the_document_holds_its_text_its_clauses_and_every_anchor(client, dataset):
    answer = client.get("/api/document.json").json()
    assert answer["data_version"] == dataset.version
    (document,) = answer["documents"]
    assert document["sha256"] == dataset.document.sha256
    for clause in document["clauses"]:
        for one in clause["paragraphs"]:
            assert document["text"][one["start"] : one["end"]] == one["text"]
    for anchor in document["anchors"]:
        assert document["text"][anchor["start"] : anchor["end"]] == anchor["exact"]
    assert [one["clause"] for one in document["clauses"]][:3] == ["一", "二", "三"]
    assert {one["project"] for one in document["anchors"]} == set(dataset.projects)
    assert "file" not in document


def test_every_code_of_the_contract_is_in_the_codelists_with_both_labels(client):
    lists = client.get("/api/codelists.json").json()
    for facet, codes in FACETS.items():
        assert [entry["code"] for entry in lists[facet]] == list(codes)
    for entries in lists.values():
        assert all(entry["zh"] and entry["en"] for entry in entries)
    families = {entry["code"] for entry in lists["family"]}
    assert {entry["family"] for entry in lists["sector"]} == families


def test_the_description_is_valid_and_tells_every_route_and_code(client):
    described = client.get("/api/openapi.json").json()
    OpenAPIV31SpecValidator(described).validate()
    told = {f"/api{path}".replace("{id}", "{name}") for path in described["paths"]}
    there = {route.path for route in api_routes("")} - {"/api", "/api/{rest:path}"}
    there -= {"/api/projects.{extension}", "/api/map.{extension}"}
    there |= {f"/api/projects.{one.extension}" for one in FORMATS}
    assert told == there | {f"/api/map.{one.extension}" for one in PRINTS}
    parameters = described["paths"]["/projects.gpkg"]["get"]["parameters"]
    enums = {
        one["name"]: one["schema"].get("enum") or one["schema"].get("items", {}).get("enum")
        for one in parameters
    }
    assert enums == {key: list(codes) for key, codes in QUERY_CODES.items()} | {"q": None}
    for path, methods in described["paths"].items():
        answer = client.get(f"/api{path.replace('{id}', 'chengziyi-hsr')}")
        (kind,) = methods["get"]["responses"]["200"]["content"]
        assert answer.headers["content-type"].split(";")[0] == kind


class Links(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.found, self.tags = [], set()
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.found += [value for name, value in attributes if name == "href"]


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", None, "zh"), ("", "en-GB,en;q=0.9", "en"), ("", "zh-TW,en;q=0.5", "zh"),
        ("?lang=en", "zh", "en"), ("?lang=zh", "en", "zh"),
    ],
)  # fmt: skip
def test_the_page_about_the_api_is_in_the_language_asked_for(client, query, header, language):
    answer = client.get(f"/api/{query}", headers={"accept-language": header} if header else {})
    assert answer.headers["content-language"] == language
    assert f'<html lang="{language}">' in answer.text
    assert "Accept-Language" in answer.headers["vary"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_link_of_the_page_about_the_api_answers_and_it_has_no_script(client, language):
    answer = client.get(f"/api/?lang={language}")
    links = Links(answer.text)
    assert "script" not in links.tags
    here = [link for link in links.found if not link.startswith("../")]
    assert {link.partition("?")[0] for link in here} >= {name for name in FILES if "/" not in name}
    for link in here:
        assert not link.startswith(("/", "http"))
        assert client.get(f"/api/{link}").status_code == 200


def test_the_routes_stand_beside_the_page_and_under_its_base_path(tmp_path):
    shell = tmp_path / "index.html"
    shell.write_text("<title>Streamlit</title>", encoding="utf-8")
    client = TestClient(Starlette(routes=routes("/prefix", tmp_path)))
    assert client.get("/prefix/api/projects.csv?sector=rail").status_code == 200
    assert client.get("/api/projects.csv").status_code == 404
    moved = client.get("/prefix/api", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/prefix/api/")


def test_broken_data_is_a_503_in_the_readers_language_without_a_detail(client, copy, monkeypatch):
    copy.projects.write_text("{", encoding="utf-8")
    monkeypatch.setenv("PROJECT_MAP_HOME", str(copy.root))
    for name in FILES:
        for query, accepted, language in (
            ("", "de", "en"), ("", "zh-CN,en;q=0.5", "zh"), ("?lang=zh", "en", "zh"),
        ):  # fmt: skip
            answer = client.get(f"/api/{name}{query}", headers={"accept-language": accepted})
            assert answer.status_code == 503
            assert answer.json() == {"error": text(language, "data-away")}
            assert answer.headers["content-language"] == language
            assert int(answer.headers["retry-after"]) > 0
            assert answer.headers["access-control-allow-origin"] == "*"
    copy.projects.write_bytes((ROOT / "data" / "projects.geojson").read_bytes())
    assert client.get("/api/projects.csv").status_code == 200


def test_what_compresses_well_is_sent_compressed_and_what_is_compressed_is_not(client):
    with client.stream(
        "GET", "/api/projects.geojson", headers={"accept-encoding": "gzip"}
    ) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    plain = client.get("/api/projects.geojson", headers={"accept-encoding": "identity"})
    assert gzip.GzipFile(fileobj=io.BytesIO(raw)).read() == plain.content
    assert "content-encoding" not in client.get("/api/projects.xlsx").headers


def counting(monkeypatch):
    """Replace the CSV writer by one that counts, and empty the shelf; return the calls."""
    calls = []

    def write(selection, language):
        with pytest.raises(RuntimeError):
            asyncio.get_running_loop()
        calls.append((selection.query, language, threading.current_thread()))
        return f"{selection.query} {language}".encode()

    counted = Format("csv", "CSV", "csv", "text/csv", write)
    formats = [counted if one.code == "csv" else one for one in FORMATS]
    monkeypatch.setattr(api, "FORMATS", tuple(formats))
    monkeypatch.setattr(api, "file_cache", AssetCache(api.CACHE_BYTES))
    return calls


def test_a_file_is_made_once_for_each_selection_and_language(client, monkeypatch):
    calls = counting(monkeypatch)
    for _ in range(3):
        client.get("/api/projects.csv?sector=rail&sector=road")
        client.get("/api/projects.csv?sector=road&sector=rail&view=list")
    client.get("/api/projects.csv?sector=road&sector=rail&lang=en")
    assert [call[:2] for call in calls] == [
        ("sector=rail&sector=road", "zh"), ("sector=rail&sector=road", "en"),
    ]  # fmt: skip


def test_no_writer_runs_on_the_event_loop(client, monkeypatch):
    calls = counting(monkeypatch)
    assert client.get("/api/projects.csv").status_code == 200
    assert len(calls) == 1


@given(
    sizes=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=30),
    room=st.integers(0, 100),
)
def test_the_shelf_never_holds_more_than_its_room_and_always_gives_what_was_asked(sizes, room):
    shelf = AssetCache(room)
    for key, size in sizes:
        body = bytes([key]) * size
        given_back = shelf.get((key, size), lambda body=body: Asset(body, "x"))
        assert given_back.body == body
        assert shelf.size <= room


def test_the_shelf_gives_up_what_was_not_asked_for_longest():
    shelf, made = AssetCache(2), []

    def get(key):
        return shelf.get(key, lambda: made.append(key) or Asset(b"x", "x"))

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    assert made == ["a", "b", "c", "b"]


def test_every_address_in_the_docs_answers(client):
    told = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    addresses = re.findall(r"`(?:http://localhost:8501)?(/api/[^`\s]*)`", told)
    assert {f"/api/{name}" for name in FILES} <= {one.partition("?")[0] for one in addresses}
    for one in addresses:
        assert client.get(one).status_code == 200, one


def test_the_docs_name_every_format_column_and_key():
    from geo.exports.spreadsheets import CSV_COLUMNS

    told = (ROOT / "docs" / "exports.md").read_text(encoding="utf-8")
    for word in (*FORMAT, *(column.name for column in CSV_COLUMNS), *QUERY_CODES, "q"):
        assert f"`{word}`" in told, word


def test_the_sheet_for_the_wall_is_that_of_the_query_and_a_wrong_ending_is_refused(client):
    answer = client.get("/api/map.pdf?sector=aviation&lang=en")
    assert answer.headers["content-type"] == "application/pdf"
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "airport" in said.casefold()
    assert client.get("/api/map.gif").status_code == 404
    assert client.get("/api/map.pdf?sector=magic").status_code == 400
