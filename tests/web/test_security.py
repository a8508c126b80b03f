"""What each answer of the app allows a browser, and what no request gets out of it."""

import json
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir
from support import ROOT
from support.raw_http import ask

from geo.core.faults import DataError
from geo.layer.query import BASEMAP_CODES
from geo.map.basemaps import KEY_VARIABLE, available, basemap, tile_origins
from geo.views.assets import static_folder
from geo.web.security import (
    COMMON_HEADERS,
    EMBED_VARIABLE,
    FILE,
    FRAME,
    INDEX,
    PAGE,
    InlineScripts,
    PolicySources,
    Rule,
    SecurityHeaders,
    allowed_embedders,
    hash_of,
    policy,
    rules_for,
    sockets_of,
)

SHELL = ROOT.joinpath(get_static_dir(), "index.html")
POLICY = "Content-Security-Policy"
POLICIES = {"page": PAGE, "frame": FRAME, "index": INDEX, "file": FILE}
KEY = "0123456789abcdef"

ANSWERS = {
    "/": "page",
    "/index.html": "page",
    "/any/page": "index",
    "/any/page/": "index",
    "/../app.py": "index",
    "/robots.txt": "file",
    "/sitemap.xml": "file",
    "/preview.png?project=none": "file",
    f"/assets/{static_folder()}/map.js": "file",
    "/assets/older/none.js": "file",
    "/data/older/map.json": "file",
    "/shell/js/none.js": "file",
    "/static/js/none.js": "file",
    "/media/none": "file",
    "/_stcore/health": "file",
    "/_stcore/host-config": "file",
    "/component/none/index.html": "frame",
    "/api": "file",
    "/api/": "index",
    "/api/codelists.json": "file",
    "/api/projects.csv?sector=rail": "file",
    "/api/projects.csv?sector=magic": "file",
    "/api/none": "file",
}
"""A target for each kind of answer, errors included, and the policy it has."""

STREAMLIT = ("/_stcore/", "/media/", "/component/none/")
"""Addresses that Streamlit answers itself; it has an answer to OPTIONS."""

CLIMBING = [
    "/../app.py", "/..%2fapp.py", "/%2e%2e/app.py", "/%2e%2e%2fapp.py", "/%252e%252e/app.py",
    "/assets/../app.py", "/assets/x/..%2f..%2fapp.py", "/assets/x/..%5c..%5capp.py",
    "/assets/..%2f..%2fapp.py/x", "/assets/x/....//app.py", "/assets/x/map.js%00.css",
    "/assets/x/%00", "/assets/x/%2fetc%2fpasswd", "/data/../seeds/", "/data/x/..%2f..%2fdata%2fledger.json",
    "/shell/../../app.py", "/shell/%2e%2e/%2e%2e/app.py", "/shell/..\\..\\app.py", "/shell/js",
    "/data/%2e%2e/%2e%2e/etc/passwd", "/static/../../../app.py", "/static/%2e%2e/%2e%2e/%2e%2e/app.py",
    "/static/js/..\\..\\..\\app.py", "/static/js/%c0%ae%c0%ae/%c0%ae%c0%ae/app.py",
    "/component/streamlit_folium.st_folium/../../__init__.py",
    "/component/streamlit_folium.st_folium/%2e%2e/%2e%2e/__init__.py",
    "/component/streamlit_folium.st_folium//etc/passwd", "/media/..%2f..%2fapp.py",
    "/app/static/..%2f..%2fapp.py", "//etc/passwd", "/%2fetc%2fpasswd", "/etc/passwd",
    "/file:///etc/passwd", "/C:/Windows/win.ini", "/%5c%5chost%5cshare", "http://other.example/etc/passwd",
    "/api/..%2f..%2fapp.py", "/api/%2e%2e/app.py", "/api/projects/..%2f..%2fseeds.geojson",
    "/.git/config", "/.streamlit/config.toml", "/app.py", "/seeds/", "/data/ledger.json",
]  # fmt: skip
WITHIN = ("import streamlit", "root:", "[server]", "关于", "segment", "repositoryformatversion")
"""Words of the files that those targets are after."""


@pytest.fixture(scope="module")
def client():
    return guarded(Route("/fails", fails), raise_server_exceptions=False)


async def fails(_):
    raise RuntimeError("the secret of the server")


def guarded(*routes, **options):
    security = SecurityHeaders("", SHELL)
    app = Starlette(
        routes=routes,
        middleware=[Middleware(security.around)],
        exception_handlers={Exception: security.failed},
    )
    return TestClient(app, **options)


def directives(value):
    return dict(one.partition(" ")[::2] for one in value.split("; "))


@pytest.mark.parametrize(("target", "kind"), ANSWERS.items())
def test_every_answer_has_each_header_once_and_the_policy_of_its_kind(app, target, kind):
    told = ask(app, target).headers
    for name in COMMON_HEADERS:
        assert told.get_all(name) == [COMMON_HEADERS[name]]
    (value,) = told.get_all(POLICY)
    assert list(directives(value)) == [rule.directive for rule in POLICIES[kind]]
    embeddable = target.startswith(("/api", "/preview.png"))
    shared = "cross-origin" if embeddable else "same-origin"
    assert told.get_all("Cross-Origin-Resource-Policy") == [shared]
    assert told.get("Access-Control-Allow-Origin") == ("*" if target.startswith("/api") else None)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("end", ["", "/"])
def test_no_address_of_ours_takes_or_redirects_a_method_that_changes_something(app, method, end):
    for target in ANSWERS:
        path = target.partition("?")[0].rstrip("/") + end or "/"
        if ".." in path or path.startswith(STREAMLIT):
            continue
        answer = ask(app, path, method=method)
        assert (path, answer.status) == (path, 405)
        assert answer.headers["Allow"] == "GET, HEAD"
        assert answer.headers[POLICY]


def test_an_answer_that_fails_has_the_headers_and_tells_nothing(client):
    answer = client.get("/fails")
    assert answer.status_code == 500
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers["content-security-policy"]
    assert "secret" not in answer.text


def careless(rules):
    """Yield what a policy allows that would let a stranger's script run or send."""
    allowed = {rule.directive: rule.allows.split() for rule in rules}
    if allowed.get("default-src") != ["'none'"]:
        yield "default-src"
    for directive, sources in allowed.items():
        if {"*", "http:", "https:", "blob:", "ws:", "wss:"} & set(sources):
            yield f"{directive} everywhere"
    scripts = set(allowed.get("script-src", []))
    if {"'unsafe-inline'", "data:"} & scripts:
        yield "inline scripts"
    if "'unsafe-eval'" in scripts and rules is not FRAME:
        yield "eval"


@pytest.mark.parametrize("kind", POLICIES)
def test_no_policy_allows_inline_scripts_a_whole_scheme_or_eval_outside_the_frame(kind):
    assert list(careless(POLICIES[kind])) == []
    assert all(rule.reason for rule in POLICIES[kind])


@pytest.mark.parametrize(
    ("directive", "allows", "found"),
    [
        ("default-src", "'self'", "default-src"),
        ("script-src", "'self' 'unsafe-inline'", "inline scripts"),
        ("script-src", "'self' data:", "inline scripts"),
        ("script-src", "'self' 'unsafe-eval'", "eval"),
        ("connect-src", "ws: wss:", "connect-src everywhere"),
        ("img-src", "*", "img-src everywhere"),
    ],
)
def test_a_careless_policy_is_found(directive, allows, found):
    others = [rule for rule in PAGE if rule.directive != directive]
    assert list(careless([*others, Rule(directive, allows, "")])) == [found]


@pytest.mark.parametrize("path", ["apis", "componentx/a", "datasets/x", "Assets/x", "x/api/"])
def test_what_only_looks_like_a_file_has_the_policy_of_the_page_that_says_so(path):
    assert rules_for(path) is INDEX


def test_under_a_base_path_the_policies_are_the_same():
    security = SecurityHeaders("/map", SHELL)
    for target, kind in ANSWERS.items():
        value = security.of("/map" + target.partition("?")[0], "localhost")[POLICY]
        assert list(directives(value)) == [rule.directive for rule in POLICIES[kind]], target


@pytest.mark.parametrize("key", ["", KEY])
def test_the_frame_may_ask_exactly_the_tiles_on_offer_and_the_page_none(monkeypatch, key):
    monkeypatch.setenv(KEY_VARIABLE, key)
    needed = {
        "/".join(layer.url.replace("{s}", one).split("/")[:3])
        for code in available()
        for layer in basemap(code).layers
        for one in layer.subdomains or " "
    }
    security = SecurityHeaders("", SHELL)
    frame = directives(security.of("/component/x", "localhost")[POLICY])
    assert set(frame["img-src"].split()) - {"'self'", "data:"} == needed == set(tile_origins())
    assert any("tianditu" in origin for origin in needed) == bool(key)
    page = directives(security.of("/", "localhost")[POLICY])
    assert "//" not in page["img-src"]
    assert key == "" or key not in str(security.of("/component/x", "localhost"))
    assert set(available()) <= set(BASEMAP_CODES)


def test_the_sites_that_are_named_may_frame_page_and_map_and_no_other(monkeypatch):
    monkeypatch.setenv(EMBED_VARIABLE, " https://a.example  http://*.b.example:8080 ")
    security = SecurityHeaders("", SHELL)
    for path in ("/", "/component/x", "/api/"):
        told = directives(security.of(path, "localhost")[POLICY])
        assert told["frame-ancestors"] == "'self' https://a.example http://*.b.example:8080"
    monkeypatch.delenv(EMBED_VARIABLE)
    told = directives(SecurityHeaders("", SHELL).of("/", "localhost")[POLICY])
    assert told["frame-ancestors"] == "'self'"


@pytest.mark.parametrize(
    "named",
    [
        "*", "https:", "https://", "a.example", "https://a.example/", "https://a.example; script-src *",
        "https://a.example,https://b.example", "'none'", "javascript://a", "https://a.example:port",
        "https://u@a.example", "https://资阳.example", "https://a.*.example",
    ],
)  # fmt: skip
def test_what_is_not_an_origin_is_refused_with_the_cure(monkeypatch, named):
    monkeypatch.setenv(EMBED_VARIABLE, f"https://good.example {named}")
    with pytest.raises(DataError) as refused:
        allowed_embedders()
    for fault in refused.value.faults:
        assert fault.record == EMBED_VARIABLE
        assert "https://www.example.org" in fault.cure


@given(host=st.text(max_size=40))
@settings(max_examples=30)
def test_no_host_brings_a_word_of_its_own_into_a_policy(host):
    value = policy(PAGE, PolicySources(sockets=sockets_of(host)))
    assert [one.split()[0] for one in value.split("; ")] == [rule.directive for rule in PAGE]
    assert len(directives(value)["connect-src"].split()) in {1, 3}


@pytest.mark.parametrize("host", ["map.example.org", "localhost:8501", "[::1]:8501", "10.0.0.1"])
def test_the_websocket_of_the_host_is_named_for_browsers_that_need_it(host):
    assert sockets_of(host) == (f"ws://{host}", f"wss://{host}")


def test_a_script_is_asked_for_once_and_only_the_last_few_may_run():
    asked, scripts = [], InlineScripts()

    def script(name):
        asked.append(name)
        return f"script of {name}"

    for _ in range(2):
        for number in range(InlineScripts.ROOM):
            scripts.allow(str(number), lambda number=number: script(number))
    assert asked == list(range(InlineScripts.ROOM))
    scripts.allow("new", lambda: script("new"))
    assert hash_of("script of new") in scripts.hashes()
    assert hash_of("script of 0") not in scripts.hashes()
    assert len(scripts.hashes()) == InlineScripts.ROOM


@pytest.mark.parametrize("target", CLIMBING)
def test_no_target_reaches_a_file_that_is_not_served(app, target):
    answer = ask(app, target)
    assert answer.status in {200, 301, 308, 400, 404}
    body = answer.text.replace(SHELL.read_text(encoding="utf-8"), "")
    assert not [words for words in WITHIN if words in body]
    assert str(ROOT) not in body
    # A redirect stays here: `//host` would lead to another.
    assert not answer.headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize(
    "folder",
    ["assets", f"assets/{static_folder()}", "data", "data/x", "shell", "shell/js", "static", "static/js", "static/media",
     "component", "component/streamlit_folium.st_folium", "media", "_stcore", "seeds", "geo"],
)  # fmt: skip
def test_no_folder_is_listed(app, folder):
    for target in (f"/{folder}", f"/{folder}/"):
        answer = ask(app, target)
        assert answer.status == 404
        assert "\n" not in answer.text


def upgrade(app, *more):
    return ask(
        app, "/_stcore/stream", "Upgrade: websocket", "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", *more,
    )  # fmt: skip


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "http://[", ""]
)
def test_a_page_of_another_site_opens_no_websocket_and_makes_the_server_ask_nobody(
    app, app_log, origin
):
    assert upgrade(app, f"Origin: {origin}").status == 403
    said = app_log.read_text(encoding="utf-8")
    assert "was refused: the app is asked for as" in said
    assert "external IP" not in said


def test_nothing_is_taken_without_the_token_of_the_page(app):
    answer = ask(app, "/_stcore/upload_file/a/b", "Content-Length: 0", method="PUT")
    assert answer.status == 403


def test_no_other_site_may_read_or_steer_what_streamlit_tells(app):
    answer = ask(app, "/_stcore/host-config", "Origin: https://evil.example")
    assert answer.headers["Access-Control-Allow-Origin"] is None
    told = json.loads(answer.text)
    assert told["allowedOrigins"] == []
    assert told["metricsUrl"] == ""


def test_the_options_in_effect_are_the_closed_ones():
    closed = {
        "server.enableXsrfProtection": True,
        "server.enableCORS": True,  # Streamlit's word for keeping other origins out
        "server.corsAllowedOrigins": [],
        "server.enableAgentApi": False,
        "server.enableStaticServing": False,
        "server.maxUploadSize": 1,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.allowedOrigins": [],
        "global.developmentMode": False,
    }
    code = "import json, sys; from streamlit import config; "
    code += "print(json.dumps({name: config.get_option(name) for name in sys.argv[1:]}))"
    told = subprocess.run(
        [sys.executable, "-c", code, *closed], cwd=ROOT, check=True, capture_output=True
    )
    assert json.loads(told.stdout) == closed


def test_the_tables_of_the_documentation_are_those_of_the_code():
    page = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    for rules in POLICIES.values():
        for rule in rules:
            allows = f"`{rule.allows}`" if rule.allows else ""
            assert f"| `{rule.directive}` | {allows} | {rule.reason} |" in page
    for name, value in COMMON_HEADERS.items():
        assert f"| `{name}` | `{value}` |" in page
    for name in (KEY_VARIABLE, EMBED_VARIABLE):
        assert f"`{name}`" in page
