"""On arrival the map and the first filters come before the rest; nothing moves, nothing is kept waiting."""

import asyncio
import json
import re

import pytest
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from support.event_loop import run
from support.map_page import MARK, choose, frame_of, located, wait_for_shown
from websockets.asyncio.client import connect

from geo.core.i18n import LANGUAGES, text
from geo.views.assets import static_assets

FIRST = ("sector", "county")
LAST = "basemap"
"""What is drawn at once, and the last of what comes after."""

PAGE_SCRIPT = re.compile(r"/page\.js$")

PLACES = """(() => {
  window.seen = [];
  const names = NAMES;
  const look = () => {
    const places = {};
    for (const name of names) {
      const box = document.querySelector(name)?.getBoundingClientRect();
      if (box && box.height > 30 && box.right > 0) places[name] = [box.left, box.top, box.width];
    }
    seen.push(places);
    requestAnimationFrame(look);
  };
  if (window === top) look();
})();"""


class Visit:
    """A session without a browser: what it is sent, the map and the widgets, by key and in order, of each run."""

    def __init__(self, socket):
        self._socket = socket
        self.runs = []
        self.ended = False

    async def say(self, query=""):
        message = BackMsg()
        message.rerun_script.query_string = query
        message.rerun_script.context_info.locale = "zh-CN"
        await self._socket.send(message.SerializeToString())

    async def until(self, done):
        while not done():
            message = ForwardMsg.FromString(await self._socket.recv())
            if message.WhichOneof("type") == "new_session":
                self.runs.append([])
            self.ended = message.WhichOneof("type") == "script_finished"
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "component_instance":
                self.runs[-1].append("map")
            elif kind in {"multiselect", "selectbox"}:
                self.runs[-1].append(getattr(element, kind).id.rpartition("-")[2])


def visit(app, plan):
    async def read():
        url = app.replace("http", "ws", 1) + "/_stcore/stream"
        async with connect(url, subprotocols=["streamlit"], max_size=None) as socket:
            made = Visit(socket)
            await made.say()
            await asyncio.wait_for(plan(made), 60)
            return made

    return run(read())


def test_the_map_and_the_first_filters_come_first_and_every_widget_once(app):
    async def plan(made):
        await made.until(lambda: made.ended)

    (widgets,) = visit(app, plan).runs
    assert widgets[:3] == ["map", *FIRST]
    assert widgets[-1] == LAST
    assert len(widgets) == len(set(widgets))


def test_no_typeface_comes_but_those_of_the_icons(open_page, app):
    page = open_page("about:blank")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(app)
    frame_of(page)
    expect(page.locator(".st-key-basemap input")).to_be_visible()
    fonts = {re.split(r"[-.]", one.rpartition("/")[2])[0] for one in asked if "woff" in one}
    assert fonts == {"icons", "MaterialSymbols"}


WHERE = {
    1400: [".st-key-map iframe", ".st-key-detail", ".st-key-sector", ".st-key-county"],
    # On a phone the filters are folded, and the panel lies below the map.
    390: [".st-key-map iframe"],
}
"""What must stay where it is, by the width of the window."""


@pytest.mark.parametrize("width", WHERE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_moves_while_the_page_arrives(open_page, app, language, width):
    page = open_page("about:blank", viewport={"width": width, "height": 844})
    page.add_init_script(PLACES.replace("NAMES", json.dumps(WHERE[width])))
    page.goto(f"{app}/?lang={language}")
    frame = frame_of(page)
    frame.evaluate(MARK)
    expect(page.locator(".st-key-today button").first).to_be_visible()
    expect(page.locator(".pm-downloads a").first).to_be_visible()
    *before, last = page.evaluate("() => seen")
    assert set(last) == set(WHERE[width])
    for places in before:
        for name, place in places.items():
            # Less than a pixel is how a browser rounds.
            assert place == pytest.approx(last[name], abs=1), name
    assert frame.evaluate("() => window.sameMap")


def test_the_page_s_script_may_run_before_the_page_has_a_body(open_page, app, dataset):
    page = open_page("about:blank")
    faults = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))

    page.route(PAGE_SCRIPT, lambda route: route.abort())
    code = static_assets()["page.js"].body.decode()
    page.add_init_script(f"if (window === top && !document.body) {{ {code} }}")
    page.goto(f"{app}/?lang=en")
    frame = frame_of(page)
    choose(page, "sector", text("en", "sector-rail"))
    wait_for_shown(frame, located(dataset, sector=("rail",)))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate("() => typeof ProjectPage.travel") == "function"
    assert faults == []


def test_the_live_page_starts_when_the_page_s_script_comes_however_late(open_page, app):
    page = open_page("about:blank")
    late = []

    def keep(route):
        late.append(route)

    page.route(PAGE_SCRIPT, keep)
    page.goto(f"{app}/?lang=en", wait_until="commit")
    # Until its script is there, the page of the server stays.
    expect(page.locator("#first .pm-count")).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).to_have_count(0)
    late.pop().continue_()
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator(".st-key-basemap input")).to_be_visible()
    expect(page.locator(".pm-downloads a").first).to_have_attribute("href", re.compile("lang=en"))
