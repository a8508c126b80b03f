"""What search engines and messengers are answered: robots.txt, sitemap, previews, and status 404."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir
from support.memory_home import edited
from support.raw_http import ask

from geo.core.i18n import text
from geo.core.publication import (
    ADDRESS_VARIABLE,
    MOST_CHARACTERS,
    absolute,
    public_address,
    public_path,
)
from geo.layer.codes import SECTOR_CODES
from geo.layer.filters import ProjectFilter
from geo.layer.query import LANGUAGES, PageState
from geo.views import TEMPLATES
from geo.web import discovery
from geo.web.discovery import (
    SITEMAP_NAMESPACE,
    URLS_PER_SITEMAP,
    XHTML_NAMESPACE,
    discovery_routes,
    last_change,
    preview_address,
    robots_text,
    sitemap_index,
    sitemap_parts,
    sitemap_urls,
)
from geo.web.jobs import Jobs, run_here
from geo.web.responses import AssetCache
from geo.web.routes import FALLBACK, NotFoundRoute, setting_faults
from geo.web.security import SecurityHeaders, hashes_within

FRONT_END = Path(get_static_dir())
ADDRESS = "https://map.example.org/ziyang"
NAMES = {"s": SITEMAP_NAMESPACE, "x": XHTML_NAMESPACE}
MOST_URLS, MOST_BYTES = 50_000, 50_000_000
"""The limits of the protocol for one file."""
LONGEST_ID = 80
"""The longest id that the data contract allows."""
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture
def address(monkeypatch):
    monkeypatch.setenv(ADDRESS_VARIABLE, f"{ADDRESS}/")
    return ADDRESS


@pytest.fixture(autouse=True)
def _no_address(monkeypatch):
    monkeypatch.delenv(ADDRESS_VARIABLE, raising=False)


def client(base_path="", *more):
    return TestClient(Starlette(routes=[*discovery_routes(base_path), *more]))


def test_without_the_variable_addresses_are_paths_below_the_base_path():
    assert public_address() is None
    assert absolute("", "?lang=zh") == "/?lang=zh"
    assert absolute("/map", "preview.png") == "/map/preview.png"
    assert public_path("/map") == "/map"


def test_the_public_address_replaces_the_base_path(address):
    assert absolute("/map", "?lang=zh") == f"{address}/?lang=zh"
    assert absolute("", "") == f"{address}/"
    assert public_path("/map") == "/ziyang"


@pytest.mark.parametrize(
    "value",
    [
        "http://localhost:8501", "https://map.example.org", "HTTPS://Map.Example.Org/a/b-c_d~e.f/",
        "http://[::1]:8501/map", "http://10.0.0.1", "https://xn--9krs63a.example",
    ],
)  # fmt: skip
def test_an_address_may_have_a_port_and_a_path(monkeypatch, value):
    monkeypatch.setenv(ADDRESS_VARIABLE, f" {value} ")
    assert public_address() == value.rstrip("/")


@pytest.mark.parametrize(
    "value",
    [
        "map.example.org", "//map.example.org", "ftp://map.example.org", "https://", "https:///map",
        "https://map.example.org?x=1", "https://map.example.org/#top", "https://me@map.example.org",
        "https://map.example.org:port", "https://map.example.org:99999", "https://资阳.example",
        "https://map.example.org/a b", "https://map.example.org/../b", "https://map.example.org//b",
        "https://map.example.org/%2e", 'https://map.example.org/"><script>', "https://-a.example",
        "https://map.example.org/\nSitemap: x", "https://a.example https://b.example",
        "https://map.example.org/" + "a" * MOST_CHARACTERS,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_at_the_start_with_the_cure(monkeypatch, value):
    monkeypatch.setenv(ADDRESS_VARIABLE, value)
    (fault,) = setting_faults()
    assert fault.record == ADDRESS_VARIABLE
    assert "https://map.example.org/ziyang" in fault.cure
    assert value[:20].split("\n")[0] in str(fault)


def test_nothing_that_a_request_says_of_the_host_is_believed(address):
    forged = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}  # fmt: skip
    site = client("/map")
    for name in ("robots.txt", "sitemap.xml"):
        answer = site.get(f"/map/{name}", headers=forged)
        assert answer.status_code == 200
        assert address in answer.text
        assert "evil" not in answer.text


def rules(robots):
    return [tuple(line.split(": ", 1)) for line in robots.splitlines() if line]


def test_robots_may_read_the_page_but_not_the_downloads():
    assert rules(robots_text("/map")) == [
        ("User-agent", "*"),
        ("Disallow", "/map/api/"),
        ("Disallow", "/map/_stcore/"),
        ("Allow", "/map/"),
    ]


def test_robots_are_told_of_the_sitemap_by_its_whole_address(address):
    assert rules(robots_text("/map"))[1:] == [
        ("Disallow", "/ziyang/api/"),
        ("Disallow", "/ziyang/_stcore/"),
        ("Allow", "/ziyang/"),
        ("Sitemap", f"{address}/sitemap.xml"),
    ]


def sitemap(site, query=""):
    answer = site.get(f"/sitemap.xml{query}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/xml"
    return etree.fromstring(answer.content)


def pages(root):
    """Return the date and the alternates of each URL of a sitemap."""
    return {
        url.findtext("s:loc", None, NAMES): (
            url.findtext("s:lastmod", None, NAMES),
            {one.get("hreflang"): one.get("href") for one in url.findall("x:link", NAMES)},
        )
        for url in root.findall("s:url", NAMES)
    }


def test_the_sitemap_has_every_project_and_the_main_pages_in_both_languages(address, dataset):
    queries = ["", "view=document&", *(f"project={name}&" for name in dataset.projects)]
    expected = {f"{address}/?{query}lang={code}" for query in queries for code in LANGUAGES}
    root = sitemap(client())
    assert set(pages(root)) == expected
    assert len(root) == len(expected)


def test_each_page_names_the_same_page_in_each_language_and_for_any_other(address):
    found = pages(sitemap(client()))
    for url, (_, alternates) in found.items():
        assert url in (alternates["zh"], alternates["en"])
        assert alternates["zh"] == alternates["en"].removesuffix("en") + "zh"
        assert alternates["x-default"] == alternates["zh"].removesuffix("lang=zh").rstrip("?&")
        for code in LANGUAGES:
            assert found[alternates[code]][1] == alternates
    assert found[f"{address}/?lang=zh"][1]["x-default"] == f"{address}/"


def test_a_page_is_as_new_as_the_newest_date_in_its_data(address, dataset):
    found = pages(sitemap(client()))
    days = {name: last_change(dataset, one) for name, one in dataset.projects.items()}
    for name, day in days.items():
        assert found[f"{address}/?project={name}&lang=en"][0] == day
    assert found[f"{address}/?lang=en"][0] == max(days.values())
    assert found[f"{address}/?view=document&lang=en"][0] == dataset.document.about["published"]


def test_the_date_of_a_project_is_that_of_an_event_a_search_a_source_or_the_decision(dataset):
    project = next(one for one in dataset.projects.values() if one.id in dataset.events_of)
    bare = replace(project, references=())
    quiet = replace(dataset, events=(), searches=())
    adopted = dataset.document.about["adopted"]
    assert last_change(quiet, bare) == adopted
    source = replace(project.references[0], retrieved="2030-01-01")
    assert last_change(quiet, replace(project, references=(source,))) == "2030-01-01"
    event = replace(dataset.events_of[project.id][0], as_of="2031-01-01")
    assert last_change(replace(quiet, events=(event,)), project) == "2031-01-01"
    search = replace(dataset.searches[0], project=project.id, date="2032-01-01")
    assert last_change(replace(quiet, searches=(search,)), bare) == "2032-01-01"


def test_without_a_public_address_there_is_no_sitemap_for_it_must_hold_whole_urls():
    answer = client().get("/sitemap.xml")
    assert answer.status_code == 404
    assert ADDRESS_VARIABLE in answer.json()["error"]


def test_a_server_without_a_public_address_lists_its_own_machine_and_no_robot_is_told():
    site = TestClient(Starlette(routes=discovery_routes("/map", "http://localhost:8501")))
    found = site.get("/map/sitemap.xml", headers={"host": "evil.example"})
    assert "<loc>http://localhost:8501/map/?lang=zh</loc>" in found.text
    assert "evil" not in found.text
    assert "Sitemap" not in site.get("/map/robots.txt").text


def test_a_sitemap_of_too_many_urls_is_an_index_of_parts(address, dataset, monkeypatch):
    monkeypatch.setattr(discovery, "URLS_PER_SITEMAP", 100)
    monkeypatch.setattr(discovery, "sitemap_cache", AssetCache(2**20))
    site = client()
    index = sitemap(site)
    assert index.tag == f"{{{SITEMAP_NAMESPACE}}}sitemapindex"
    parts = [one.text for one in index.findall("s:sitemap/s:loc", NAMES)]
    assert len(parts) == sitemap_parts(dataset) == 3
    found = [pages(sitemap(site, part.removeprefix(f"{address}/sitemap.xml"))) for part in parts]
    assert max(map(len, found)) <= 100
    assert len({url for part in found for url in part}) == 2 * (len(dataset.projects) + 2)
    for wrong in ("0", "4", "-1", "x", "1" * 400):
        assert site.get("/sitemap.xml", params={"part": wrong}).status_code == 404


def test_a_part_stays_within_the_limits_of_the_protocol_with_the_longest_addresses(
    dataset, monkeypatch
):
    long = "https://map.example.org/" + "a" * (MOST_CHARACTERS - 24)
    monkeypatch.setenv(ADDRESS_VARIABLE, long)
    one = next(iter(dataset.projects.values()))
    names = [str(number).rjust(LONGEST_ID, "a") for number in range(500)]
    many = replace(dataset, projects={name: replace(one, id=name) for name in names})
    size = len(etree.tostring(etree.fromstring(discovery.encoded(sitemap_urls(many, "", 1)))))
    assert size / (2 * (len(names) + 2)) * URLS_PER_SITEMAP < MOST_BYTES
    assert URLS_PER_SITEMAP <= MOST_URLS
    assert sitemap_index(many, "").tag == "sitemapindex"


def test_the_sitemap_is_made_once_for_an_edition_and_sent_compressed_or_not_at_all(
    address, monkeypatch
):
    monkeypatch.setattr(discovery, "sitemap_cache", AssetCache(2**20))
    site = client()
    first = site.get("/sitemap.xml", headers={"accept-encoding": "gzip"})
    monkeypatch.setattr(discovery, "sitemap_urls", None)
    again = site.get("/sitemap.xml", headers={"if-none-match": first.headers["etag"]})
    assert first.headers["content-encoding"] == "gzip"
    assert (again.status_code, again.content) == (304, b"")
    assert address in first.text


@pytest.fixture
def made(monkeypatch):
    """Record what images are made, in an empty cache, without making them."""
    calls = []

    def picture(_, subject, language):
        calls.append((subject, language))
        return f"{subject} in {language}".encode()

    monkeypatch.setattr(discovery, "project_preview", picture)
    monkeypatch.setattr(discovery, "selection_preview", picture)
    monkeypatch.setattr(discovery, "preview_cache", AssetCache(2**20))
    # In this process, where the images are replaced.
    monkeypatch.setattr(discovery, "large_jobs", Jobs(run_here, at_once=1, waiting=8))
    return calls


def test_a_preview_is_a_png_that_other_sites_may_keep_and_ask_for_again():
    site = client("/map")
    first = site.get("/map/preview.png?project=ziyang-north-hub&lang=en")
    assert first.status_code == 200
    assert first.headers["content-type"] == "image/png"
    assert first.content.startswith(b"\x89PNG")
    again = site.get(
        "/map/preview.png?lang=en&project=ziyang-north-hub",
        headers={"if-none-match": first.headers["etag"]},
    )
    assert (again.status_code, again.content) == (304, b"")
    head = site.head("/map/preview.png?project=ziyang-north-hub&lang=en")
    assert head.headers["etag"] == first.headers["etag"]
    assert "content-encoding" not in first.headers


@pytest.mark.parametrize(
    ("query", "subject", "language"),
    [
        ("", ProjectFilter(), "zh"),
        ("lang=en", ProjectFilter(), "en"),
        ("county=512021&sector=road&sector=rail", ProjectFilter(("rail", "road"), ("512021",)), "zh"),
        ("scope=local&view=list&sort=name", ProjectFilter(local=True), "zh"),
        ("sector=rail&q=abc", ProjectFilter(), "zh"),
    ],
)  # fmt: skip
def test_a_preview_shows_what_the_filters_of_a_link_leave(made, query, subject, language):
    assert client().get(f"/preview.png?{query}").status_code == 200
    assert made == [(subject, language)]


def test_a_preview_of_a_project_does_not_depend_on_the_rest_of_its_link(made, dataset):
    site = client()
    for more in ("", "&sector=rail", "&view=document&at=1-2", "&q=words"):
        assert site.get(f"/preview.png?project=ziyang-north-hub{more}").status_code == 200
    assert made == [(dataset.projects["ziyang-north-hub"], "zh")]


def test_searches_of_endless_kinds_make_one_image(made):
    site = client()
    for number in range(50):
        assert site.get(f"/preview.png?q={number}").status_code == 200
    assert len(made) == 1


def test_the_same_choices_in_another_order_are_one_image(made):
    site = client()
    site.get("/preview.png?sector=rail&sector=road&lang=zh")
    site.get("/preview.png?lang=zh&sector=road&sector=rail&sector=road")
    assert len(made) == 1


@pytest.mark.usefixtures("made")
def test_the_cache_of_images_has_an_end(monkeypatch):
    assert discovery.PREVIEW_BYTES == 16 * 2**20
    cache = AssetCache(600)
    monkeypatch.setattr(discovery, "preview_cache", cache)
    site = client()
    sizes = [len(site.get(f"/preview.png?sector={code}").content) for code in SECTOR_CODES]
    assert sum(sizes) > 600
    assert 0 < cache.size <= 600


@pytest.mark.parametrize(
    "query",
    ["project=none", "project=%3Cb%3E", "sector=magic", "sectr=rail", "lang=fr", "sector=" + "x" * 3000],
)  # fmt: skip
def test_what_is_not_known_has_no_image(made, query):
    answer = client().get(f"/preview.png?{query}")
    assert answer.status_code == 404
    assert len(answer.json()["error"]) < 600
    assert made == []


@pytest.mark.usefixtures("made")
def test_one_image_is_made_at_a_time_and_a_finished_one_waits_for_none(monkeypatch):
    started, free, running, most = threading.Event(), threading.Event(), [], []

    def slow(_, subject, __):
        running.append(subject)
        most.append(len(running))
        started.set()
        free.wait()
        running.remove(subject)
        return b"slow"

    def ask_for(code):
        answers.append(client().get(f"/preview.png?sector={code}").content)

    site, answers = client(), []
    site.get("/preview.png?sector=rail")
    monkeypatch.setattr(discovery, "selection_preview", slow)
    readers = [threading.Thread(target=ask_for, args=(code,)) for code in ("road", "water")]
    for reader in readers:
        reader.start()
    started.wait()
    assert site.get("/preview.png?sector=rail").status_code == 200
    assert answers == []
    free.set()
    for reader in readers:
        reader.join()
    assert answers == [b"slow", b"slow"]
    assert most == [1, 1]


def test_a_page_names_the_preview_of_its_project_or_filters_but_of_no_search(address):
    rail = ProjectFilter(sector=("rail",), q="")
    of = lambda **state: preview_address("/map", PageState(**state), "en")  # noqa: E731
    assert of() == f"{address}/preview.png?lang=en"
    assert of(project="s3", filter=rail) == f"{address}/preview.png?project=s3&lang=en"
    assert of(filter=rail, view="list") == f"{address}/preview.png?sector=rail&lang=en"
    assert of(filter=replace(rail, q="words")) == f"{address}/preview.png?lang=en"


def test_without_good_data_sitemap_and_preview_say_so(address, monkeypatch):
    from geo.editions.store import Store, StoreState

    monkeypatch.setattr(Store, "read", lambda _: StoreState(None, ()))
    for name in ("sitemap.xml", "preview.png"):
        assert client().get(f"/{name}").status_code == 503
    assert client().get("/robots.txt").status_code == 200
    assert address in client().get("/robots.txt").text


async def known(_):
    return PlainTextResponse("known")


def site_with_fallback(base_path="", fallback=FALLBACK):
    """Return a site whose last route, like Streamlit's, has an answer to everything."""
    routes = [
        Route(f"{base_path}/_stcore/health", known),
        Route(f"{base_path}/_stcore/upload/{{id}}", known, methods=["PUT"]),
        Mount(base_path or "/", StaticFiles(directory=FRONT_END, html=True), name=fallback),
    ]
    return client(base_path, NotFoundRoute(base_path, FRONT_END), *routes)


@pytest.mark.parametrize("base_path", ["", "/map"])
@pytest.mark.parametrize("path", ["/nothing/here", "/nothing/", "/app.py", "/_stcore/none", "/static/js", "/robots.txt/"])  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_unknown_address_is_not_found(base_path, path, method):
    answer = site_with_fallback(base_path).request(method, base_path + path, headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("base_path", ["", "/map"])
def test_the_files_and_routes_of_streamlit_are_known(base_path):
    site = site_with_fallback(base_path)
    files = [path.relative_to(FRONT_END) for path in FRONT_END.rglob("*.*") if path.is_file()]
    assert len(files) > 50
    for name in [*files[:20], "favicon.png", "manifest.json", "index.html", "_stcore/health"]:
        assert site.get(f"{base_path}/{name}", headers=HTML).status_code == 200, name
    assert site.get(f"{base_path}/", headers=HTML).text.startswith("<!")
    assert site.put(f"{base_path}/_stcore/upload/1").text == "known"


@pytest.mark.parametrize("base_path", ["", "/map"])
def test_other_methods_are_refused_except_where_streamlit_takes_them(base_path):
    site = site_with_fallback(base_path)
    for path in ("/", "/nothing", "/nothing/", "/index.html", "/_stcore-not/"):
        for method in ("TRACE", "POST"):
            answer = site.request(method, base_path + path, follow_redirects=False)
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
            assert method in answer.json()["error"]
    assert site.put(f"{base_path}/_stcore/upload/1").status_code == 200
    assert site.get(f"{base_path}/_stcore/upload/1").status_code == 404


def test_a_fallback_of_another_name_would_be_noticed():
    assert "there is no" in site_with_fallback().get("/nothing").text
    assert "there is no" not in site_with_fallback(fallback="renamed").get("/nothing").text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("zh-CN,zh;q=0.9", "zh"), ("en-GB,en;q=0.9,zh;q=0.8", "en"), ("", "zh"), ("de", "en")],
)
def test_the_page_of_what_is_not_found_is_in_the_language_of_the_browser(accepted, language):
    answer = site_with_fallback("/map").get(
        "/map/nothing", headers=HTML | {"accept-language": accepted}
    )
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-language"] == language
    assert answer.headers["vary"] == "Accept, Accept-Language"
    page = etree.fromstring(answer.content, etree.HTMLParser())
    assert page.get("lang") == language
    assert page.findtext(".//h1") == text(language, "not-found-title")
    (link,) = page.iter("a")
    assert link.get("href") == f"/map/?lang={language}"
    assert not list(page.iter("script"))


def test_the_style_of_that_page_is_allowed_by_its_hash():
    security = SecurityHeaders("/map", FRONT_END / "index.html")
    policy = security.of("/map/nothing/here", "localhost")["Content-Security-Policy"]
    (style,) = hashes_within((TEMPLATES / "not_found.html").read_text(encoding="utf-8"), "style")
    assert style in policy
    assert "unsafe-inline" not in policy
    page = site_with_fallback().get("/nothing", headers=HTML).text
    assert hashes_within(page, "style") == (style,)


@pytest.mark.parametrize("path", ["nothing", "static/js/none.js", "assets/none"])
def test_who_does_not_ask_for_html_is_told_in_json(path):
    answer = site_with_fallback().get(f"/{path}", headers={"accept": "*/*"})
    assert answer.status_code == 404
    assert answer.json() == {"error": f"there is no {path!r} here"}


def test_what_looks_like_a_file_is_json_for_browsers_too_as_its_policy_allows_no_style():
    answer = site_with_fallback().get("/static/js/none.js", headers=HTML)
    assert answer.headers["content-type"] == "application/json"


def test_an_address_in_the_answer_cannot_bring_markup_or_be_endless():
    answer = site_with_fallback().get("/" + "<b>" * 500, headers=HTML)
    assert "<b>" not in answer.text
    assert len(json.dumps(site_with_fallback().get("/" + "x" * 5000).json())) < 200


def test_the_app_itself_answers_unknown_addresses_with_404_and_streamlits_with_theirs(app):
    page = ask(app, "/nothing/here", "Accept: text/html", "Accept-Language: en")
    assert (page.status, page.headers["Content-Language"]) == (404, "en")
    assert text("en", "not-found-title") in page.text
    for target in (
        "/", "/index.html", "/favicon.png", "/manifest.json", "/_stcore/health", "/robots.txt",
        "/_stcore/host-config", "/component/streamlit_folium.st_folium/index.html",
        "/preview.png?project=ziyang-north-hub",
    ):  # fmt: skip
        assert ask(app, target, "Accept: text/html").status == 200, target
    assert ask(app, "/nothing", method="POST").status == 405


def test_an_event_that_is_read_again_gives_its_project_a_new_date(dataset):
    def later(events):
        events[0]["as_of"] = "2040-01-01"

    changed = edited(dataset, "events.json", later)
    project = changed.projects[changed.events[0].project]
    assert last_change(changed, project) == "2040-01-01"
    assert last_change(dataset, project) != "2040-01-01"
