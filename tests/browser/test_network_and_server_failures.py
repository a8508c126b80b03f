"""What goes wrong around the page, in a real browser: each test names what must not happen."""

import datetime as dt
import re
import urllib.request
from contextlib import ExitStack
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from support import ROOT
from support.map_page import MARK, PROJECTS, Runs, choose, frame_of, settled, spot, wait_for_shown
from support.servers import serving, unused_port
from support.tcp_proxy import proxy

from tools.bench.servers import running

TILE = re.compile(r"^https://tile\.openstreetmap\.org/")
FAKETIME = (ROOT / ".venv/faketime", Path("/usr/lib"))
"""Where a library that gives a program another date may lie; see tests/support/install_faketime.sh."""


@pytest.fixture
def proxied(app):
    """A proxy to the app that can be broken, and its own address."""
    with proxy(urlsplit(app).port) as made:
        yield made, f"http://localhost:{made.port}"


def located(dataset, **wanted):
    return [
        one.id
        for one in dataset.projects.values()
        if one.geometry is not None
        and ("sector" not in wanted or one.sector == wanted["sector"])
        and ("county" not in wanted or wanted["county"] in one.counties)
    ]


def test_a_tile_server_that_is_down_is_said_once_and_takes_nothing_from_the_map(
    open_page, app, dataset
):
    page = open_page(f"{app}/?basemap=osm")
    frame = frame_of(page)
    said = frame.locator(".pm-message[role=status]")
    expect(said).to_have_count(1)
    choose(page, "sector", "水利")
    wait_for_shown(frame, located(dataset, sector="water"))
    frame.evaluate("() => void map.setZoom(map.getZoom() + 1, {animate: false})")
    assert said.count() <= 1
    expect(said).to_have_count(0, timeout=30_000)
    frame.evaluate("() => void map.setZoom(map.getZoom() + 1, {animate: false})")
    settled(page)
    assert said.count() == 0


def test_a_tile_server_that_never_answers_holds_up_neither_filter_nor_click(
    open_page, app, dataset
):
    page = open_page("about:blank")
    waiting = []

    def hold(route):
        waiting.append(route)

    page.context.route(TILE, hold)
    page.goto(f"{app}/?basemap=osm")
    frame = frame_of(page)
    frame.evaluate(MARK)
    choose(page, "sector", "铁路与轨道")
    wait_for_shown(frame, located(dataset, sector="rail"))
    page.mouse.click(*spot(page, frame, "miansuinei-railway"))
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    expect(frame.locator(".pm-message[role=status]")).to_have_count(1, timeout=30_000)
    assert waiting
    assert frame.evaluate("() => window.sameMap === true")
    for route in waiting:
        route.abort()


def test_a_cut_connection_comes_back_to_the_same_session_with_nothing_lost(
    open_page, proxied, dataset
):
    connection, address = proxied
    page = open_page("about:blank")
    runs = Runs(page)
    page.goto(f"{address}/?sector=rail&project=miansuinei-railway")
    frame = frame_of(page)
    frame.evaluate(MARK)
    connection.disconnect()
    cut_off(page)
    # Without a server the map still answers.
    frame.evaluate("() => void map.setZoom(11, {animate: false})")
    assert sorted(frame.evaluate(PROJECTS)) == sorted(located(dataset, sector="rail"))
    connection.reconnect()
    runs.wait_for(sockets=2)
    choose(page, "county", "安岳县")
    wait_for_shown(frame, located(dataset, sector="rail", county="512021"))
    expect(page).to_have_url(re.compile("sector=rail.*county=512021.*project=miansuinei-railway"))
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
    assert frame.evaluate("() => window.sameMap === true")


def test_a_lost_connection_is_said_in_the_language_of_the_page_and_locks_nothing(
    open_page, proxied
):
    connection, address = proxied
    page = open_page(f"{address}/?sector=rail")
    frame = frame_of(page)
    page.evaluate(
        """() => {
          window.dialogs = [];
          const note = () => document.querySelectorAll(".stDialog h2").forEach((one) => dialogs.push(one.textContent));
          new MutationObserver(note).observe(document.body, { childList: true });
        }"""
    )
    at = spot(page, frame, "miansuinei-railway")
    said = page.locator("[data-testid=stApp] .pm-reconnecting")
    expect(said).to_be_hidden()
    connection.disconnect()
    page.wait_for_function("() => window.dialogs.includes('Connection error')", timeout=60_000)
    expect(said).to_be_visible()
    expect(said).to_have_text("连接中断，正在重新连接。筛选条件会保留。")
    expect(page.locator(".stDialog")).to_have_count(0)
    page.mouse.click(*at)
    expect(frame.locator(".pm-card .leaflet-popup-content h3")).to_contain_text("绵遂内铁路")
    connection.reconnect()
    expect(said).to_be_hidden(timeout=60_000)
    expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")


def test_a_connection_cut_again_and_again_leaves_one_page_and_no_error(open_page, proxied, dataset):
    connection, address = proxied
    page = open_page("about:blank")
    runs = Runs(page)
    errors = []

    def note(error):
        errors.append(error)

    page.on("pageerror", note)
    page.goto(f"{address}/?sector=rail")
    frame = frame_of(page)
    for turn in range(3):
        connection.disconnect()
        cut_off(page)
        connection.reconnect()
        runs.wait_for(sockets=turn + 2)
    choose(page, "county", "安岳县")
    wait_for_shown(frame, located(dataset, sector="rail", county="512021"))
    assert page.locator(".st-key-map iframe").count() == 1
    assert errors == []


def test_a_server_restarted_under_its_readers_loses_neither_their_state_nor_their_next_choice(
    open_page, tmp_path, dataset
):
    port = unused_port()
    page = open_page("about:blank")
    runs = Runs(page)
    with ExitStack() as first:
        address = first.enter_context(running(ROOT / "app.py", port, tmp_path / "first.log"))
        page.goto(f"{address}/?sector=rail&lang=en&project=miansuinei-railway")
        frame = frame_of(page)
        frame.evaluate(MARK)
    cut_off(page)
    with running(ROOT / "app.py", port, tmp_path / "second.log"):
        runs.wait_for(sockets=2)
        expect(page.locator(".st-key-detail h2")).to_contain_text("Neijiang railway")
        choose(page, "county", "Anyue")
        wait_for_shown(frame, located(dataset, sector="rail", county="512021"))
        expect(page).to_have_url(re.compile("sector=rail.*county=512021.*lang=en"))
        assert frame.evaluate("() => window.sameMap === true")
        assert page.get_by_text("Traceback").count() == 0


def test_data_mended_after_a_fault_is_shown_and_the_fault_is_no_longer_said(
    open_page, own_app, dataset
):
    layer = own_app.home.projects
    good = layer.read_text(encoding="utf-8")
    page = open_page(own_app.address)
    frame = frame_of(page)
    frame.evaluate(MARK)
    layer.write_text(good[: len(good) // 2], encoding="utf-8")
    choose(page, "sector", "水利")
    expect(page.locator(".pm-faults")).to_contain_text("projects.geojson")
    wait_for_shown(frame, located(dataset, sector="water"))
    layer.write_text(good, encoding="utf-8")
    choose(page, "county", "安岳县")
    expect(page.locator(".pm-faults")).to_have_count(0)
    wait_for_shown(frame, located(dataset, sector="water", county="512021"))
    # The data is as it was, byte for byte: the map that drew it need not be made again.
    assert frame.evaluate("() => window.sameMap === true")


def test_a_layer_that_breaks_while_running_leaves_the_last_good_one(open_page, own_app, dataset):
    frame_of(open_page(own_app.address))
    own_app.home.projects.write_text("{", encoding="utf-8")
    page = open_page(own_app.address)
    expect(page.locator(".pm-faults")).to_contain_text("projects.geojson")
    wait_for_shown(frame_of(page), located(dataset))
    assert page.get_by_text("Traceback").count() == 0


def test_a_server_that_starts_with_broken_data_names_record_and_cure_and_shows_it_once_mended(
    open_page, spoil, tmp_path, dataset
):
    first = "airport-economic-zone-clustering"

    def change(collection):
        assert collection["features"][0]["id"] == first
        collection["features"][0]["properties"]["stage"] = "finished"

    home = spoil(change)
    log = tmp_path / "server.log"
    with serving(log, PROJECT_MAP_HOME=str(home.root)) as address:
        page = open_page(address)
        faults = page.locator(".pm-faults")
        expect(faults).to_contain_text("'finished'")
        expect(faults).to_contain_text(first)
        assert page.get_by_text("Traceback").count() == 0
        assert page.locator(".st-key-map").count() == 0
        home.projects.write_bytes(dataset.home.projects.read_bytes())
        page.reload()
        wait_for_shown(frame_of(page), located(dataset))
        assert faults.count() == 0
    assert "Traceback" not in log.read_text(encoding="utf-8")


SURROUNDINGS = {
    "the far east, in the old C locale, 27 years ago": (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}, -27,
    ),
    "the far west, in a locale that is not there, in 43 years": (
        {"TZ": "Etc/GMT+12", "LC_ALL": "xx_XX.UTF-8"}, 43,
    ),
    "without UTF-8 mode": ({"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, 0),
}  # fmt: skip
"""Where a server may stand: variables of its environment, and by how many years its clock is off."""


@pytest.mark.parametrize("where", SURROUNDINGS)
def test_place_locale_and_clock_of_the_server_change_no_byte_and_keep_no_reader_out(
    open_page, app, tmp_path, dataset, where
):
    variables, years = SURROUNDINGS[where]
    if years:
        clock = {"LD_PRELOAD": str(faketime()), "FAKETIME": f"{years:+}y", "NO_FAKE_STAT": "1"}
        variables = variables | clock
    with serving(tmp_path / "server.log", **variables) as address:
        for name in ("projects.geojson", "projects.csv", "projects.xlsx"):
            body, headers = fetched(address, name)
            off = parsedate_to_datetime(headers["Date"]) - dt.datetime.now(dt.UTC)
            assert abs(off.days - 365 * years) < 15, "the clock of the server is not as set"
            assert body == fetched(app, name)[0], name
        page = open_page(
            f"{address}/?sector=rail&project=miansuinei-railway", timezone_id="Asia/Tokyo"
        )
        frame = frame_of(page)
        expect(page.locator(".st-key-detail h2")).to_have_text("绵遂内铁路")
        choose(page, "county", "安岳县")
        wait_for_shown(frame, located(dataset, sector="rail", county="512021"))
        assert page.locator(".stAlert, .pm-note").count() == 0
    assert "Traceback" not in (tmp_path / "server.log").read_text(encoding="utf-8")


def faketime():
    """Return the library that tests/support/install_faketime.sh has found or unpacked."""
    found = [path for root in FAKETIME for path in root.rglob("libfaketimeMT.so.1")]
    assert found, "there is no libfaketime; run make faketime, which finds or unpacks it"
    return found[0]


def fetched(address, name):
    with urllib.request.urlopen(f"{address}/api/{name}") as answer:
        return answer.read(), answer.headers


def cut_off(page):
    """Wait until the page has noticed that its server is gone."""
    page.locator("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])").wait_for()
