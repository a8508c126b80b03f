"""The files of deploy/ do what docs/deploy.md says: a real nginx, real processes, a real browser."""

import configparser
import gzip
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
import support.nginx
from playwright.sync_api import expect
from support import ROOT
from support.map_page import MARK, Runs, choose, frame_of, wait_for_shown
from support.nginx import CONF, running_nginx
from support.servers import unused_port

from geo.web.security import COMMON_HEADERS, EMBED_VARIABLE
from tools.bench.servers import running

UNIT = ROOT / "deploy" / "ziyang-map.service"
MOST_EXPOSED = 20
"""Tenths of systemd's own measure of exposure, of 100; an unhardened service has 96."""

READERS = 40
"""Enough that not all of them go to one of two processes by chance (1 in 2 to the 39th)."""

SOCKET = "_stcore/stream"
SMALL = 1024
"""Bytes below which nginx leaves a file as it is."""


def unit(path=UNIT):
    parsed = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    parsed.optionxform = str
    parsed.read(path, encoding="utf-8")
    return parsed


def environment():
    """Return what the unit sets for the app, but for its port."""
    lines = UNIT.read_text(encoding="utf-8").splitlines()
    settings = [line.partition("=")[2] for line in lines if line.startswith("Environment=")]
    pairs = dict(one.split("=", 1) for one in settings)
    pairs.pop("STREAMLIT_SERVER_PORT")
    return pairs


@pytest.fixture(scope="module")
def named_site():
    """The origin of another site, which may frame the map; nobody serves it yet."""
    return f"http://localhost:{unused_port()}"


@pytest.fixture(scope="module")
def processes(tmp_path_factory, named_site):
    """Two processes of the app as the unit starts them, with their ports; one site may frame them."""
    logs = tmp_path_factory.mktemp("replicas")
    with ExitStack() as stack:
        ports = []
        for number in range(2):
            port = unused_port()
            log = logs / f"{number}.log"
            # Where no folder of the user's own can be written, as under DynamicUser.
            settings = environment() | {"HOME": "/nonexistent", EMBED_VARIABLE: named_site}
            stack.enter_context(running(ROOT / "app.py", port, log, **settings))
            ports.append(port)
        yield tuple(ports)


@pytest.fixture(scope="module")
def front(processes):
    with running_nginx(unused_port(), processes[:1]) as made:
        yield made


@pytest.fixture
def front_of_two(processes):
    with running_nginx(unused_port(), processes) as made:
        yield made


def ask(address, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with urllib.request.urlopen(urllib.request.Request(address, headers=named)) as answer:
        return answer.status, answer.headers, answer.read()


def test_systemd_takes_the_unit_and_calls_it_well_closed(tmp_path):
    here = UNIT.read_text(encoding="utf-8")
    here = here.replace("/opt/ziyang-map/.venv/bin/streamlit", f"{sys.prefix}/bin/streamlit")
    here = here.replace("/opt/ziyang-map", str(ROOT))
    for name, text in {
        "ziyang-map.service": here,
        "ziyang-map@.service": re.sub(r"SERVER_PORT=\d+", "SERVER_PORT=%i", here),
    }.items():
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        sections = unit(path)
        assert set(sections) == {"DEFAULT", "Unit", "Service", "Install"}
        assert sections["Service"]["ProtectSystem"] == "strict"
        assert not sections["Service"]["CapabilityBoundingSet"]
        analyze = shutil.which("systemd-analyze")
        if analyze:
            said = subprocess.run(
                [analyze, "verify", path], check=False, capture_output=True, text=True
            )
            assert (said.returncode, said.stderr) == (0, "")
            closed = [analyze, "--offline=yes", f"--threshold={MOST_EXPOSED}", "security", path]
            assert subprocess.run(closed, capture_output=True, check=False).returncode == 0


def test_unit_and_nginx_agree_on_port_and_base_path():
    conf = CONF.read_text(encoding="utf-8")
    set_by_unit = UNIT.read_text(encoding="utf-8")
    port = re.search(r"STREAMLIT_SERVER_PORT=(\d+)", set_by_unit)[1]
    base_path = re.search(r"STREAMLIT_SERVER_BASE_URL_PATH=(\S+)", set_by_unit)[1]
    assert f"server 127.0.0.1:{port} " in conf
    places = re.findall(r"location (?:= |~ \^)?(\S+)", conf)
    others = [place for place in places if not place.startswith((f"/{base_path}", "@"))]
    assert others == ["/"]
    assert f"location = / {{\n        return 302 /{base_path}/;" in conf


def test_nginx_starts_with_no_folder_but_those_of_its_package(tmp_path, monkeypatch):
    with running_nginx(unused_port(), [1]) as started:
        assert (started.folder / "var/cache/ziyang-map").is_dir()
    spoiled = tmp_path / "nginx.conf"
    text = CONF.read_text(encoding="utf-8")
    spoiled.write_text(text.replace("/var/cache/", "/var/cache/nginx/"), encoding="utf-8")
    monkeypatch.setattr(support.nginx, "CONF", spoiled)
    refused = pytest.raises(subprocess.CalledProcessError)
    with refused, running_nginx(unused_port(), [1]):
        pytest.fail("nginx has made two folders")


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ("zh-CN,en", "地图暂时无法打开"),
        ("", "地图暂时无法打开"),
        ("en-GB,zh", "The map cannot be opened"),
    ],
)
def test_while_no_process_answers_nginx_says_so_in_the_readers_language(accepted, said):
    with (
        running_nginx(unused_port(), [unused_port()]) as front,
        pytest.raises(urllib.error.HTTPError) as refused,
    ):
        ask(f"{front.address}/?sector=rail", Accept_Language=accepted)
    assert refused.value.code == 503
    assert refused.value.headers["Retry-After"]
    page = refused.value.read().decode()
    assert said in page
    assert "nginx" not in page


class Busy(BaseHTTPRequestHandler):
    """Answers each request with status 503, and notes it."""

    asked: ClassVar[list[str]] = []

    def do_GET(self):
        self.asked.append(self.path)
        self.send_response(503)
        self.end_headers()
        self.wfile.write(b"busy")

    def log_message(self, *_):
        """Say nothing: what is asked for is no news here."""


def test_a_busy_process_is_no_reason_to_ask_the_next_one(monkeypatch):
    monkeypatch.setattr(Busy, "asked", [])
    with (
        served_by(Busy) as one,
        served_by(Busy) as two,
        running_nginx(unused_port(), [one, two]) as front,
    ):
        for path in ("/map/api/map.pdf", "/map/"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                ask(front.address.removesuffix("/map") + path)
            assert (refused.value.code, refused.value.read()) == (503, b"busy")
    assert Busy.asked == ["/map/api/map.pdf", "/map/"]


@contextmanager
def served_by(handler, port=0):
    """Serve requests with a handler; yield the port."""
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_a_process_that_refuses_a_file_is_not_taken_for_dead_and_no_other_gets_the_flood():
    conf = CONF.read_text(encoding="utf-8")
    (files,) = (one for one in re.findall(r"location [^{]+\{[^}]*\}", conf) if "api/" in one)
    assert "preview" in files
    assert re.search(r"proxy_next_upstream [^;]*error", files)
    assert "http_503" not in files
    assert "OOMPolicy=continue" in UNIT.read_text(encoding="utf-8")


def test_behind_nginx_the_page_draws_filters_and_asks_nothing_outside_its_path(
    open_page, front, dataset, outside
):
    page = open_page("about:blank")
    asked, sockets = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto(f"{front.address}/?county=512021")
    frame = frame_of(page)
    frame.evaluate(MARK)
    choose(page, "sector", "铁路与轨道")
    rail = [
        one.id
        for one in dataset.projects.values()
        if one.sector == "rail" and "512021" in one.counties and one.geometry is not None
    ]
    wait_for_shown(frame, rail)
    expect(page).to_have_url(re.compile(r"/map/\?.*sector=rail"))
    assert frame.evaluate("() => window.sameMap === true")
    assert sockets == [f"{front.address}/_stcore/stream".replace("http", "ws", 1)]
    beyond = [
        url
        for url in asked
        if not url.startswith((f"{front.address}/", "data:", "blob:", "about:"))
    ]
    assert beyond == []
    assert outside == []


def test_the_address_without_its_last_stroke_leads_to_the_page(front):
    with urllib.request.urlopen(f"{front.address}?view=list") as answer:
        assert answer.url == f"{front.address}/?view=list"
        there = answer.read() == ask(f"{front.address}/?view=list")[2]
        assert there


def test_files_named_by_their_hash_are_kept_for_a_year_and_asked_of_the_app_once(front):
    _, _, page = ask(f"{front.address}/")
    files = re.findall(r'[" ]\./((?:assets|data|shell)/[^" ]+)', page.decode())
    assert {name.split("/")[0] for name in files} == {"assets", "data", "shell"}
    for name in files:
        ask(f"{front.address}/{name}", Accept_Encoding="gzip")
        status, headers, body = ask(f"{front.address}/{name}", Accept_Encoding="gzip")
        assert status == 200
        assert "max-age=31536000" in headers["Cache-Control"], name
        assert headers["X-Cache"] == "HIT", name
        assert headers["Set-Cookie"] is None, name
        if headers["Content-Encoding"] is None:
            packed_within = name.endswith((".woff2", ".png"))
            assert packed_within or len(body) < SMALL, name
        else:
            assert len(gzip.decompress(body)) > len(body), name


def test_a_file_is_kept_once_for_all_browsers_that_accept_gzip_and_once_for_those_that_do_not(
    front,
):
    _, _, page = ask(f"{front.address}/")
    script = re.search(r'src="\./(shell/[^"]+)"', page.decode())[1]
    plain = ask(f"{front.address}/{script}", Accept_Encoding="br")
    packed = ask(f"{front.address}/{script}", Accept_Encoding="gzip, br")
    assert plain[1]["Content-Encoding"] is None
    assert packed[1]["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[2]) == plain[2]
    for others, first in (("br, gzip;q=0.5", packed), ("identity", plain)):
        _, headers, body = ask(f"{front.address}/{script}", Accept_Encoding=others)
        assert headers["X-Cache"] == "HIT"
        assert headers["Vary"] == "Accept-Encoding"
        assert body == first[2]


def test_each_security_header_comes_once_from_app_or_nginx(front):
    page = ask(f"{front.address}/")
    script = re.search(r'src="\./(shell/[^"]+)"', page[2].decode())[1]
    for name in ("", "robots.txt", "api/", "api/codelists.json", script, "_stcore/health"):
        _, headers, _ = ask(f"{front.address}/{name}")
        for header, value in COMMON_HEADERS.items():
            assert headers.get_all(header) == [value], name
        assert len(headers.get_all("Content-Security-Policy")) == 1, name


def test_the_page_itself_is_never_kept_and_allows_no_strange_frame_around_it(front, named_site):
    _, headers, _ = ask(f"{front.address}/")
    assert headers["Cache-Control"] == "no-cache"
    (policy,) = headers.get_all("Content-Security-Policy")
    assert f"frame-ancestors 'self' {named_site};" in policy
    assert headers["Set-Cookie"].startswith("ziyang_map=")
    _, headers, _ = ask(f"{front.address}/", Cookie="ziyang_map=mine")
    assert headers["Set-Cookie"] is None


def test_the_api_answers_under_the_base_path_and_the_figures_of_the_server_do_not(front):
    status, _, body = ask(f"{front.address}/api/projects.geojson?sector=rail")
    assert status == 200
    assert body
    with pytest.raises(urllib.error.HTTPError, match="403"):
        ask(f"{front.address}/_stcore/metrics")


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing: what is asked for is no news here."""


@contextmanager
def other_site(folder, port):
    """Serve a folder as another site; yield its origin."""
    with served_by(partial(QuietHandler, directory=folder), port) as taken:
        yield f"http://localhost:{taken}"


@pytest.fixture
def framed(open_page, processes, named_site, tmp_path):
    """A function that opens another site's page with the map in a frame; it gives page and nginx."""
    with ExitStack() as stack:

        def opened(*, named):
            site = int(named_site.rpartition(":")[2]) if named else 0
            origin = stack.enter_context(other_site(tmp_path, site))
            front = stack.enter_context(running_nginx(unused_port(), processes[:1]))
            address = f"{front.address}/?embed=true&amp;sector=water"
            html = f'<!doctype html><iframe src="{address}" width="1200" height="800"></iframe>'
            (tmp_path / "index.html").write_text(html, encoding="utf-8")
            return open_page(f"{origin}/index.html"), front

        yield opened


def test_a_page_of_another_site_that_is_named_may_frame_the_map(framed, dataset):
    page, _ = framed(named=True)
    before = page.url
    inner = page.frame_locator("iframe").first
    expect(inner.locator(".st-key-count")).to_contain_text(f" / {len(dataset.projects)}")
    inner.get_by_role("button", name="列表").or_(inner.get_by_role("radio", name="列表")).click()
    water = [one for one in dataset.projects.values() if one.sector == "water"]
    expect(inner.locator(".st-key-list tbody tr[data-ids]")).to_have_count(len(water))
    assert page.url == before


def test_a_page_of_another_site_that_is_not_named_never_shows_the_map(framed):
    page, front = framed(named=False)
    assert front.upstreams("embed=true", 1)
    page.wait_for_function("() => document.readyState === 'complete'")
    assert not [one for one in page.frames if one.url.startswith(front.address)]


def test_of_two_processes_each_reader_stays_on_one(open_page, front_of_two):
    page = open_page(f"{front_of_two.address}/?sector=rail")
    frame_of(page)
    for _ in range(3):
        with page.expect_websocket():
            page.reload(wait_until="commit")
    page.context.close()
    assert len(set(front_of_two.upstreams(SOCKET, 4))) == 1


def test_of_two_processes_both_serve_readers(front_of_two):
    def upstreams(reader):
        for _ in range(3):
            ask(f"{front_of_two.address}/?of={reader}.", Cookie=f"ziyang_map={reader}")
        return set(front_of_two.upstreams(f"?of={reader}.", 3))

    each = [upstreams(number) for number in range(READERS)]
    assert all(len(one) == 1 for one in each)
    assert len(set().union(*each)) == 2


def test_a_reader_who_refuses_cookies_goes_by_address(front_of_two):
    for _ in range(6):
        ask(f"{front_of_two.address}/")
    assert len(set(front_of_two.upstreams("GET", 6))) == 1


def test_when_a_process_ends_its_readers_go_on_at_another_with_what_they_had(
    open_page, processes, tmp_path, dataset
):
    spare = unused_port()
    with ExitStack() as stack:
        ending = stack.enter_context(ExitStack())
        log = tmp_path / "ending.log"
        ending.enter_context(running(ROOT / "app.py", spare, log, **environment()))
        ports = (processes[0], spare)
        front = stack.enter_context(running_nginx(unused_port(), ports))
        reader = next(one for one in map(str, range(READERS)) if goes_to(front, one, spare))
        page = open_page("about:blank")
        page.context.add_cookies([{"name": "ziyang_map", "value": reader, "url": front.address}])
        runs = Runs(page)
        page.goto(f"{front.address}/?sector=water")
        frame = frame_of(page)
        frame.evaluate(MARK)
        ending.close()
        assert front.upstreams(SOCKET, 1) == [f"127.0.0.1:{spare}"]
        runs.wait_for(sockets=2)
        choose(page, "county", "安岳县")
        both = [
            one.id
            for one in dataset.projects.values()
            if one.sector == "water" and "512021" in one.counties and one.geometry is not None
        ]
        wait_for_shown(frame, both)
        assert frame.evaluate("() => window.sameMap === true")
        page.context.close()
        assert front.upstreams(SOCKET, 2)[-1] == f"127.0.0.1:{processes[0]}"


def goes_to(front, reader, port):
    ask(f"{front.address}/?of={reader}.", Cookie=f"ziyang_map={reader}")
    return front.upstreams(f"?of={reader}.", 1) == [f"127.0.0.1:{port}"]
