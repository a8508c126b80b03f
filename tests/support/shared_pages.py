"""Pages that stay open from one test to the next.

Loading the page costs seconds, following a link within it a fraction of one. So a test that does not ask
how the page loads gets an open page and is led to its address by such a link. Before that, what a test
may leave behind is put back: pointer, focus, scrolling, popups and the view of the map.
"""

import json
from typing import Any
from urllib.parse import parse_qs, urlencode

from playwright.sync_api import Browser, Frame, Page, WebSocket
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from geo.core.i18n import language_of
from geo.layer.dataset import Dataset
from geo.layer.query import PageState, parse_query
from support.map_page import ELSEWHERE, settled

DESKTOP = {"viewport": {"width": 1400, "height": 900}, "locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}

TIDY_PAGE = """() => {
  if (document.documentElement.dataset.filters === 'open') document.querySelector('.pm-show').click();
  document.activeElement?.blur();
  getSelection().removeAllRanges();
  document.dispatchEvent(new CustomEvent('page-points', { detail: [] }));
  for (const one of document.querySelectorAll('*')) if (one.scrollTop) one.scrollTop = 0;
}"""
TIDY_MAP = """() => {
  delete window.sameMap;
  map.closePopup();
  map.fire('mouseout');
  const view = () => [map.getCenter(), map.getZoom(), map.getSize()].join();
  if (window.fitted !== view()) document.querySelector('.pm-fit a').click();
  window.fitted = view();
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
    """The open pages of one server, one for each language and set of options."""

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
        state = self._state(query)
        language = state.language or language_of(options["locale"])
        key = json.dumps([language, options], sort_keys=True)
        page = self._pages.get(key)
        if page is None or page.is_closed():
            page = self._pages[key] = self._loaded(query, viewport, options)
        else:
            _tidy(page)
            if page.viewport_size != viewport:
                page.set_viewport_size(viewport)
            if state.project and self._state(page.url).filter.county != state.filter.county:
                # A project is framed within what its counties frame, so these come first.
                self._follow(page, "?" + urlencode({"county": state.filter.county}, doseq=True))
            self._follow(page, query or "?")
        kept = state.filter.apply(self._dataset.frame)
        ids = [one for one in kept.index if self._dataset.projects[one].geometry is not None]
        expected = json.dumps(sorted(ids), separators=(",", ":"))
        frame = _map_of(page)
        frame.wait_for_function(SHOWS, arg=[expected, language, state.project])
        if not state.view:
            frame.wait_for_function(SIZED)
        return page

    def drop(self) -> None:
        """Close all pages, so that a test that failed leaves nothing to the next."""
        for page in self._pages.values():
            page.context.close()
        self._pages.clear()
        self._sockets.clear()

    def _state(self, link: str) -> PageState:
        """Return the state of the page that a link, or a query alone, asks for."""
        return parse_query(parse_qs(link.partition("?")[2]), self._dataset.projects)[0]

    def _loaded(self, query: str, viewport: dict[str, int], options: dict[str, Any]) -> Page:
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
        page.goto(f"{self._address}/{query}")
        page.locator(".st-key-map iframe").wait_for(state="attached")
        page.locator(".st-key-basemap input").wait_for(state="attached")
        settled(page)
        while not any("streamlit_folium" in frame.url for frame in page.frames):
            page.wait_for_timeout(20)  # pumps the browser's events; the loop waits on a condition
        _map_of(page).wait_for_function(
            "() => window.shownProjects && document.querySelector('.pm-fit a')"
        )
        return page

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
