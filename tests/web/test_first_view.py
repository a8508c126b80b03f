"""The page's address is answered with its first view: the same words as the live page, no markup of others."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir
from support.hostile_text import HOSTILE
from support.strategies import filters

from geo.checks import load
from geo.core.faults import Fault
from geo.core.i18n import LANGUAGES, Words
from geo.editions.store import Edition, StoreState
from geo.layer.query import PageState, merge_query, parse_query, url_query
from geo.layer.selection import select
from geo.views import render
from geo.views.assets import data_assets, folder_of
from geo.views.detail import panel_html
from geo.web import first_view
from geo.web.first_view import MAP_BYTES, PAGE_BYTES, FirstPage, merge_links
from geo.web.routes import routes
from geo.web.streamlit_pages import StreamlitPage

FRONT_END = Path(get_static_dir())
MOST_BYTES = 60_000


@pytest.fixture(scope="module")
def client():
    return TestClient(Starlette(routes=routes("", FRONT_END)))


@pytest.fixture
def pages():
    return FirstPage(StreamlitPage(FRONT_END), "")


class Elements(HTMLParser):
    """Counts elements, and collects what a reader without scripts finds."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.links = []
        self.meta = {}
        self.scripts = []
        self.handlers = []
        self._script = False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.handlers += [name for name in found if name.startswith("on")]
        if tag == "a":
            self.links.append(found.get("href", ""))
        if tag == "meta":
            self.meta[found.get("name") or found.get("property")] = found.get("content")
        self._script = tag == "script"
        if self._script:
            self.scripts.append([found, ""])

    def handle_data(self, data):
        if self._script:
            self.scripts[-1][1] += data

    def handle_endtag(self, _tag):
        self._script = False


def first_of(page):
    return page[page.index('<div id="first"') : page.index("</section>\n</div>")]


def listed(page):
    rows = re.findall(r'<li><h3><a href="\?([^"]*)"', first_of(page))
    return [parse_qs(unescape(row))["project"][0] for row in rows]


@settings(max_examples=25)
@given(chosen=filters, language=st.sampled_from(list(LANGUAGES)))
def test_the_page_lists_exactly_the_projects_of_its_filter(client, dataset, chosen, language):
    state = PageState(filter=chosen, language=language)
    page = client.get(f"/{url_query(state)}").text
    shown = select(dataset, chosen)
    assert sorted(listed(page)) == sorted(project.id for project in shown.projects)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_projects_page_has_the_words_of_the_decision_and_is_small(client, dataset, language):
    # Every eighth in one language and every eighth in the other: a page takes a third of a second.
    start = 4 * list(LANGUAGES).index(language)
    for project in list(dataset.projects.values())[start::8]:
        answer = client.get("/", params={"project": project.id, "lang": language})
        assert answer.status_code == 200
        anchor = project.anchors[0]
        sentence = dataset.document.slice(dataset.document.sentence(anchor.span))
        panel = answer.text.partition('class="pm-first-panel"')[2].partition("</article>")[0]
        quoted = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", panel, re.DOTALL)[1]
        assert unescape(re.sub(r"<[^>]+>", "", quoted)) == sentence, project.id
        assert int(answer.headers["content-length"]) <= MOST_BYTES, project.id


@pytest.mark.parametrize("view", ["", "list", "summary", "document", "compare", "coverage"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_is_there_without_scripts_and_small(client, view, language):
    answer = client.get("/", params={"view": view, "lang": language})
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) <= MOST_BYTES
    assert ('<svg class="pm-picture' in answer.text) == (view in {"", "document"})


@pytest.mark.parametrize(
    "query", ["", "sector=rail&county=512021", "project=chengziyi-hsr", "q=高铁", "among=512022"]
)
def test_the_first_view_is_made_of_the_same_parts_as_the_live_page(client, dataset, query):
    asked = parse_qs(query)
    state, _ = parse_query(asked, dataset.projects)
    words = Words("zh")
    filtered = state.filter.result(dataset.frame)
    page = client.get(f"/?{query}").text
    assert merge_links(panel_html(dataset, filtered, state, words), state) in page
    passed = filtered.passed()
    unmapped = sum(dataset.projects[name].geometry is None for name in filtered.shown.index)
    said = {"shown": int(passed.sum()), "total": len(passed), "unmapped": unmapped}
    assert render("count", words=words, **said) in page


def test_links_carry_the_rest_of_the_state(client):
    page = client.get("/?sector=rail&lang=en&project=chengziyi-hsr").text
    assert "data-merge" not in re.sub(r"<script.*?</script>", "", first_of(page), flags=re.DOTALL)
    links = [parse_qs(link[1:]) for link in Elements(first_of(page)).links if link[:1] == "?"]
    others = [link for link in links if link.get("project", ["chengziyi-hsr"]) != ["chengziyi-hsr"]]
    assert len(others) > 10
    for link in others:
        assert link["sector"] == ["rail"], link
        assert link["lang"] == ["en"], link


def test_a_link_to_a_project_drops_the_spot_of_the_text_and_an_empty_value_its_key():
    state = PageState(project="a", view="document", at=(3, 9), language="en")
    assert parse_qs(merge_query(state, "?project=b")[1:]) == {
        "project": ["b"],
        "view": ["document"],
        "lang": ["en"],
    }
    assert "project" not in parse_qs(merge_query(state, "?project=")[1:])
    assert parse_qs(merge_query(state, "?view=document&at=1-2")[1:])["at"] == ["1-2"]


def test_a_preview_says_the_clause_of_a_project_and_the_count_of_a_filter(client, dataset):
    project = dataset.projects["chengziyi-hsr"]
    found = Elements(client.get("/?project=chengziyi-hsr&lang=zh").text)
    assert project.anchors[0].exact[:6] in found.meta["description"]
    assert project.name_zh in found.meta["og:title"]
    assert "preview.png?project=chengziyi-hsr" in found.meta["og:image"]
    filtered = Elements(client.get("/?sector=rail&lang=zh").text)
    rails = sum(one.sector == "rail" for one in dataset.projects.values())
    assert f"{rails} / {len(dataset.projects)}" in filtered.meta["description"]


def test_whole_urls_come_from_the_configured_address_and_never_from_the_request(monkeypatch):
    monkeypatch.setenv("PROJECT_MAP_ADDRESS", "https://map.example.org/ziyang")
    fresh = TestClient(Starlette(routes=routes("", FRONT_END)))
    page = fresh.get(
        "/?project=chengziyi-hsr",
        headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"},
    ).text
    assert 'rel="canonical" href="https://map.example.org/ziyang/?project=chengziyi-hsr' in page
    assert "evil" not in page
    monkeypatch.delenv("PROJECT_MAP_ADDRESS")
    # Without it, only a reader on the same machine gets whole addresses: those of the machine.
    local = TestClient(Starlette(routes=routes("/base", FRONT_END, "http://localhost:8501")))
    asked = "/base/?project=chengziyi-hsr"
    own = local.get(asked, headers={"Host": "127.0.0.1:8501"}).text
    assert f'rel="canonical" href="http://localhost:8501{asked}' in own
    other = local.get(asked, headers={"Host": "evil.example"}).text
    assert "canonical" not in other
    assert "localhost" not in other
    assert 'og:image" content="/base/preview.png?project=chengziyi-hsr' in other


def test_the_structured_data_is_json_and_names_the_project(client):
    for query, kind in (("", "Dataset"), ("?project=chengziyi-hsr", "Project")):
        scripts = Elements(client.get(f"/{query}").text).scripts
        (data,) = [
            json.loads(text)
            for found, text in scripts
            if found.get("type") == "application/ld+json"
        ]
        assert data["@type"] == kind
    assert data["identifier"] == "chengziyi-hsr"


def test_a_project_without_a_place_of_its_own_has_no_coordinates(client, dataset):
    vague = next(one for one in dataset.projects.values() if one.precision in {"area", "unlocated"})
    scripts = Elements(client.get(f"/?project={vague.id}").text).scripts
    (data,) = [
        json.loads(text) for found, text in scripts if found.get("type") == "application/ld+json"
    ]
    assert "geo" not in data["location"]


def test_an_unknown_project_is_not_found_but_answered_with_the_page_and_close_names(client):
    answer = client.get("/?project=chengziyi-hs&lang=en")
    assert answer.status_code == 404
    assert "chengziyi-hsr" in first_of(answer.text)
    assert Elements(answer.text).meta["robots"] == "noindex"
    assert client.get("/?sector=nothing").status_code == 200


HOSTILE_KEYS = ("q", "project", "sector", "at", "among", "view", "lang", "x")


@settings(max_examples=40)
@given(
    asked=st.lists(
        st.tuples(
            st.sampled_from(HOSTILE_KEYS),
            st.sampled_from([HOSTILE, '"><b onx=1>', "javascript:x", "\u202e", "’"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_nothing_in_an_address_becomes_markup(client, asked):
    plain = Elements(client.get("/?q=nothing-of-this-kind").text)
    page = client.get(f"/?{urlencode(asked)}")
    assert page.status_code in {200, 404}
    found = Elements(page.text)
    assert found.handlers == []
    assert len(found.scripts) == len(plain.scripts)
    assert "img" not in found.tags
    assert not any(link.startswith("javascript:") for link in found.links)


def test_hostile_names_in_the_data_stay_words(spoil, pages):

    def named(collection):
        collection["features"][0]["properties"]["name_en"] = HOSTILE

    home = spoil(named)
    spoiled = load(home)
    assets = data_assets(spoiled)
    stored = StoreState(Edition(spoiled, assets, folder_of(assets)), ())
    asset = pages._page(stored, {"project": [next(iter(spoiled.projects))]}, "en").asset
    found = Elements(asset.body.decode())
    assert found.handlers == []
    assert "img" not in found.tags


def test_pages_without_end_are_not_kept_and_the_caches_have_a_bound(pages):
    stored = first_view.store.read()
    for number in range(12):
        pages._page(stored, {"q": [f"nothing {number}"]}, "zh")
        pages._page(stored, {"sector": [f"no-sector-{number}"]}, "zh")
    assert pages._pages.size == 0
    # Searches that find nothing show the same map.
    assert pages._maps.size < 2 * len(pages._page(stored, {}, "zh").asset.body)
    pages._page(stored, {"sector": ["rail"]}, "zh")
    assert 0 < pages._pages.size <= PAGE_BYTES
    assert pages._maps.size <= MAP_BYTES


def test_a_page_is_made_once_for_all_who_ask_for_the_same(pages):
    stored = first_view.store.read()
    first = pages._page(stored, {"sector": ["rail", "road"]}, "zh").asset
    again = pages._page(stored, {"sector": ["road", "rail"]}, "zh").asset
    assert again is first
    other = pages._page(stored, {"sector": ["road", "rail"]}, "en").asset
    assert other is not first


def test_an_address_that_is_known_is_answered_by_the_edition_that_is_shown(spoil, monkeypatch):
    site = TestClient(Starlette(routes=routes("", FRONT_END)))
    assert site.get("/?sector=rail").text == site.get("/?sector=rail").text

    def renamed(collection):
        collection["features"][0]["properties"]["name_en"] = "Another name"

    other = load(spoil(renamed))
    assets = data_assets(other)
    newer = StoreState(Edition(other, assets, folder_of(assets)), ())
    name = next(iter(other.projects))
    before = site.get(f"/?project={name}&lang=en").text
    monkeypatch.setattr(first_view.store, "read", lambda: newer)
    after = site.get(f"/?project={name}&lang=en").text
    assert "Another name" in after
    assert "Another name" not in before


def test_the_language_is_that_of_the_address_or_else_of_the_browser(client):
    for header, query, language in (
        ("en-GB,zh;q=0.5", "", "en"),
        ("zh-CN", "", "zh"),
        ("en", "?lang=zh", "zh"),
        ("", "", "zh"),
    ):
        answer = client.get(f"/{query}", headers={"Accept-Language": header})
        assert answer.headers["content-language"] == language
        assert f'<html lang="{language}">' in answer.text
        assert "Accept-Language" in answer.headers["vary"]


def test_while_there_is_no_good_edition_who_runs_the_app_is_told_what_is_wrong(pages):
    fault = Fault("layer-json", "projects.geojson", "'<b>'", "is no JSON", "write it anew")
    answer = pages._page(StoreState(None, (fault,)), {}, "en", details=(fault,))
    page = answer.asset.body.decode()
    assert answer.status == 503
    assert "write it anew" in page
    assert "<b>" not in page
