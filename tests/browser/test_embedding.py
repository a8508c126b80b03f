"""The map within a page of another site: where that is allowed, as the copied code says, and nowhere else."""

import re
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from lxml import html
from playwright.sync_api import expect
from support.map_page import frame_of
from support.servers import serving, unused_port

from geo.web.security import EMBED_VARIABLE

HIDDEN = (".st-key-mast", ".st-key-views", ".st-key-detail", ".st-key-downloads", ".pm-copy")
"""What the page has besides the map and its filters."""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing of each request."""


@contextmanager
def site(folder, port):
    """Serve a folder as another site, which `localhost` is to 127.0.0.1; yield its origin."""
    handler = partial(QuietHandler, directory=folder)
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{port}"
        server.shutdown()


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """Return the app, the folder of two sites, and their origins, of which only the first is named."""
    folder, named, other = tmp_path_factory.mktemp("site"), unused_port(), unused_port()
    log = folder / "server.log"
    settings = {EMBED_VARIABLE: f"http://127.0.0.1:{named}"}
    with (
        site(folder, named) as allowed,
        site(folder, other) as refused,
        serving(log, **settings) as app,
    ):
        yield app, folder, allowed, refused


def visited(browser, address, size=(1400, 900)):
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    page.goto(address)
    return page


@pytest.fixture(scope="module")
def snippet(browser, sites):
    """Return the code that the page copies while it shows the railways."""
    page = visited(browser, f"{sites[0]}/?sector=rail&view=summary")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".st-key-downloads .pm-embed").click()
    expect(page.locator(".st-key-downloads .pm-embed")).to_have_text("已复制")
    code = page.evaluate("() => navigator.clipboard.readText()")
    page.context.close()
    return code


def test_the_code_is_one_frame_with_a_title_that_loads_late_and_may_do_little(snippet, sites):
    (frame,) = html.fragments_fromstring(snippet)
    assert frame.tag == "iframe"
    assert frame.get("src") == f"{sites[0]}/?sector=rail&lang=zh&frame=map"
    assert frame.get("title") == "资阳规划项目地图"
    assert frame.get("loading") == "lazy"
    assert "allow-top-navigation" not in frame.get("sandbox")


def test_a_named_site_shows_the_map_and_its_filters_and_nothing_else_of_the_page(
    browser, sites, snippet, dataset
):
    _, folder, allowed, _ = sites
    (folder / "index.html").write_text(f"<!doctype html><p>{snippet}</p>", encoding="utf-8")
    # Narrow enough for the filters to be a drawer that is closed at first.
    page = visited(browser, f"{allowed}/index.html", size=(1000, 700))
    inner = page.frame_locator("iframe").first
    shown = [one for one in dataset.projects.values() if one.sector == "rail"]
    expect(inner.locator(".st-key-count")).to_contain_text(
        f"{len(shown)} / {len(dataset.projects)}"
    )
    drawn = inner.frame_locator(".st-key-map iframe").locator("body")
    expect(drawn.locator(".pm-legend-box")).to_be_visible()
    ids = drawn.evaluate("() => shownProjects()")
    assert ids
    assert set(ids) <= {one.id for one in shown}
    for part in HIDDEN:
        expect(inner.locator(f"[data-testid=stMain] {part}").first).to_be_hidden()
    inner.locator(".pm-unfold").click()
    expect(inner.locator(".st-key-sector")).to_be_visible()
    inner.locator(".pm-show").click()
    with page.context.expect_page() as opened:
        inner.locator(".pm-open").click()
    expect(opened.value.locator(".st-key-views")).to_be_visible()
    assert "frame" not in opened.value.url
    assert page.url == f"{allowed}/index.html"
    page.context.close()


def test_a_site_that_is_not_named_never_shows_the_map(browser, sites, snippet):
    app, folder, _, refused = sites
    (folder / "index.html").write_text(f"<!doctype html><p>{snippet}</p>", encoding="utf-8")
    page = visited(browser, "about:blank")
    # The browser says why it shows nothing.
    with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        page.goto(f"{refused}/index.html")
    assert not [one for one in page.frames if one.url.startswith(app)]
    page.context.close()


def test_a_link_in_the_frame_keeps_the_frame_and_the_page_without_it_offers_no_code(
    browser, sites, visit
):
    page = visited(browser, f"{sites[0]}/?county=512021&frame=map", size=(700, 600))
    frame_of(page)
    expect(page.locator("#first")).to_have_count(0)
    page.locator(".st-key-chips .pm-chip").click()
    expect(page.locator(".st-key-chips .pm-chip")).to_have_count(0)
    assert re.search(r"[?&]frame=map", page.url)
    expect(page.locator(".st-key-mast")).to_be_hidden()
    page.context.close()
    # Where no site may embed the map, the code would only lead to an empty frame.
    plain = visit("?sector=rail")
    expect(plain.locator(".st-key-downloads a").first).to_be_visible()
    expect(plain.locator(".pm-embed")).to_have_count(0)
