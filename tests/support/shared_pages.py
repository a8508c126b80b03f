"""Pages that stay open from one test to the next.

Loading the page costs seconds, following a link within it a fraction of one. So a test that does not ask
how the page loads gets an open page and is led to its address by such a link. Before that, what a test
may leave behind is put back: pointer, focus, scrolling, popups and the view of the map.
"""

import json
from typing import Any
from urllib.parse import parse_qs

from playwright.sync_api import Browser, Frame, Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.core.i18n import language_of
from geo.layer.dataset import Dataset
from geo.layer.query import parse_query
from support.map_page import ELSEWHERE, frame_of, settled

DESKTOP = {"viewport": {"width": 1400, "height": 900}, "locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

TIDY_PAGE = """() => {
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  for (const one of document.querySelectorAll('*')) if (one.scrollTop) one.scrollTop = 0;
}"""
TIDY_MAP = """() => {
  delete window.sameMap;
  map.closePopup();
  document.querySelector('.pm-fit a').click();
}"""

DRAWN = """() => new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
})"""
"""What has arrived is drawn."""

SIZED = """() => map.getSize().x === document.querySelector('#map_div').clientWidth
  && map.getSize().y === document.querySelector('#map_div').clientHeight
  && document.querySelector('#map_div').clientWidth === innerWidth"""

SHOWS = """([ids, language, project]) =>
  JSON.stringify(window.shownProjects().sort()) === ids
  && document.documentElement.lang === language
  && (ProjectMap.selected() || null) === project
  && !map._animatingZoom"""


class SharedPages:
    """The open pages of one server, one for each set of options."""

    def __init__(self, browser: Browser, address: str, dataset: Dataset) -> None:
        self.outside: list[str] = []
        self._browser = browser
        self._address = address
        self._dataset = dataset
        self._pages: dict[str, Page] = {}
        self._sockets: dict[Page, WebSocket] = {}

    def visit(self, query: str = "", **options: Any) -> Page:
        """Return an open page with these options that shows the answer to a query."""
        options = DESKTOP | options
        viewport = options.pop("viewport")
        key = json.dumps(options, sort_keys=True)
        page = self._pages.get(key)
        if page is None or page.is_closed():
            page = self._pages[key] = self._loaded(viewport, options)
        else:
            _tidy(page)
        frame = _map_of(page)
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        self._travel(page, frame, query or "?", language_of(options["locale"]))
        return page

    def drop(self) -> None:
        """Close all pages, so that a test that failed leaves nothing to the next."""
        for page in self._pages.values():
            page.context.close()
        self._pages.clear()
        self._sockets.clear()

    def _loaded(self, viewport: dict[str, int], options: dict[str, Any]) -> Page:
        context = self._browser.new_context(viewport=viewport, reduced_motion="reduce", **options)
        context.grant_permissions(["clipboard-read", "clipboard-write"])

        def refuse(route: Any) -> None:
            self.outside.append(route.request.url)
            route.abort()

        context.route(ELSEWHERE, refuse)
        page = context.new_page()

        def opened(socket: WebSocket) -> None:
            self._sockets[page] = socket

        page.on("websocket", opened)
        page.goto(self._address)
        frame_of(page)
        page.locator(".st-key-basemap input").wait_for(state="attached")
        settled(page)
        return page

    def _travel(self, page: Page, frame: Frame, query: str, language: str) -> None:
        state, _ = parse_query(parse_qs(query.removeprefix("?")), self._dataset.projects)
        if state.project:
            # A project is framed within what its counties frame, so these come first.
            counties = "&".join(f"county={one}" for one in state.filter.county)
            self._follow(page, f"?{counties}")
        self._follow(page, query)
        kept = state.filter.apply(self._dataset.frame)
        ids = [one for one in kept.index if self._dataset.projects[one].geometry is not None]
        expected = json.dumps(sorted(ids), separators=(",", ":"))
        frame.wait_for_function(SHOWS, arg=[expected, state.language or language, state.project])
        if not state.view:
            frame.wait_for_function(SIZED)

    def _follow(self, page: Page, query: str) -> None:
        """Follow a link, and wait until the server has answered it."""
        with self._sockets[page].expect_event("framereceived", _ends_a_run):
            page.evaluate("query => ProjectPage.travel(query)", query)
        page.evaluate(DRAWN)
        settled(page)


def _ends_a_run(payload: str | bytes) -> bool:
    message = ForwardMsg.FromString(payload)
    ended = message.WhichOneof("type") == "script_finished"
    return ended and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def _tidy(page: Page) -> None:
    settled(page)
    page.mouse.move(0, 0)
    page.evaluate(TIDY_PAGE)
    _map_of(page).evaluate(TIDY_MAP)


def _map_of(page: Page) -> Frame:
    """Return the map's frame, which is there even where a filter leaves nothing on the map."""
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)
