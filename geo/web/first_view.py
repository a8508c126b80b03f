"""Answers the page's address with its first view in the HTML, inside Streamlit's page.

The address says what will be shown (`geo.layer.query`), so the server can draw it before any
script runs. When the live page is ready, it takes the place of the first view
(views/static/first_view.js).

Pages are made once per edition, state and language and kept in a cache of a fixed size. Pages with
a search or with unknown values are not kept, because there is no end of them; but their map is, if
others show the same projects.
"""

import hashlib
import html
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs

import anyio
import numpy as np
from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response

from geo.core.faults import Fault
from geo.core.i18n import Words
from geo.editions.store import Edition, StoreState, store
from geo.exports.formats import FORMATS, PRINTS
from geo.layer.filters import FilterResult
from geo.layer.query import PageState, UnknownValue, merge_query, parse_query, url_query
from geo.layer.selection import select
from geo.sheet.screen_map import screen_map
from geo.views import render
from geo.views.assets import Asset, PackedAsset
from geo.views.first_view import first_view_html
from geo.views.notices import data_notice_html, header_html, unknown_html
from geo.web.feed import FEED
from geo.web.link_preview import head_html
from geo.web.responses import (
    RETRY_AFTER_S,
    REVALIDATE,
    AssetCache,
    asset_response,
    browser_language,
)
from geo.web.same_machine import is_marked, is_own_host
from geo.web.security import allowed_embedders
from geo.web.streamlit_pages import StreamlitPage

PAGE_BYTES: Final = 32 * 2**20
MAP_BYTES: Final = 16 * 2**20
NAMES_BYTES: Final = 8 * 2**20
"""The sizes of the caches: a thousand pages, compressed, a hundred maps, and the names of as many
maps, which take the most time and do not depend on the selected project."""

SVG: Final = "image/svg+xml"

AT_ONCE: Final = 2
"""How many pages are made at the same time; further requests wait. Making one is pure computation,
and more at once would only slow down everything else."""

KNOWN: Final = 2000
LONGEST_KNOWN: Final = 500
"""How many addresses of kept pages are remembered as they were written, and the longest in bytes.
What an address means then need not be found out again."""

NOTHING: Final = Asset(b"", "text/html")

MOST_FIELDS: Final = 400
"""The most values in an address that are read; all codes of all facets are fewer."""

MERGED_LINK: Final = re.compile(r'href="(\?[^"]*)" data-merge')
"""A link that changes only a part of the state, as templates write it."""


@dataclass(frozen=True)
class Answer:
    """A page with its status and language.

    `key` is its key in the cache, or None if it is not kept; `folder` names the
    edition.
    """

    asset: Asset
    status: int
    language: str
    key: Hashable = None
    folder: str = ""


class FirstPage:
    """The page's HTML for every address.

    `base_path` is "" or "/prefix"; `local` is the origin of this server, such as
    "http://localhost:8501".
    """

    def __init__(self, shell: StreamlitPage, base_path: str, local: str = "") -> None:
        self._shell = shell
        self._base_path = base_path
        self._local = local
        self._pages = AssetCache(PAGE_BYTES)
        self._maps = AssetCache(MAP_BYTES)
        self._names = AssetCache(NAMES_BYTES)
        self._known: LRUCache[Hashable, Answer] = LRUCache(KNOWN)
        self._limiter = anyio.CapacityLimiter(AT_ONCE)

    def prepare(self) -> None:
        """Make the pages of the address without a query, before the first request."""
        for language in ("zh", "en"):
            self._page(store.read(), {}, language, self._base_path)

    async def respond(self, request: Request) -> Response:
        """Respond with the page.

        The status is 404 if the address names an unknown project, and 503 if there is no edition.
        """
        stored = store.read()
        asked: bytes = request.scope["query_string"]
        fields = asked.decode("utf-8", "replace").split("&", MOST_FIELDS)[:MOST_FIELDS]
        query = parse_qs("&".join(fields))
        language = browser_language(request)
        # A reader on this machine gets its own address. Otherwise nothing of the header is used.
        base = self._local + self._base_path if is_own_host(request.headers) else self._base_path
        details = stored.faults if is_marked(request.headers) else ()
        means = (asked, language, base, stored.current_on)
        answer = None if details else self._kept(stored, means)
        if answer is None:
            answer = await anyio.to_thread.run_sync(
                self._page, stored, query, language, base, details, limiter=self._limiter
            )
            if answer.key is not None and len(asked) <= LONGEST_KNOWN:
                self._known[means] = replace(answer, asset=NOTHING)
        more = {"Content-Language": answer.language, "Vary": "Accept-Encoding, Accept-Language"}
        if answer.status == UNAVAILABLE:
            more["Retry-After"] = str(RETRY_AFTER_S)
        response = asset_response(request, answer.asset, REVALIDATE, more)
        if answer.status != OK and response.status_code == OK:
            response.status_code = answer.status
        return response

    def _kept(self, stored: StoreState, asked: Hashable) -> Answer | None:
        """Return the page of an address that was asked for before, if it is still in the cache."""
        known = self._known.get(asked)
        if known is None or stored.edition is None:
            return None
        if known.folder != stored.edition.folder:
            return None
        asset = self._pages.find(known.key)
        return replace(known, asset=asset) if asset else None

    def _page(
        self,
        stored: StoreState,
        query: dict[str, list[str]],
        accepted: str,
        base: str = "",
        details: tuple[Fault, ...] = (),
    ) -> Answer:
        """Return the page; `accepted` is the language of the browser.

        `base` is the base path, with the origin of this server before it for its own machine.
        `details` are the faults of the data, for the person who runs the app.
        """
        edition = stored.edition
        projects = edition.dataset.projects if edition else {}
        state, unknown = parse_query(query, projects)
        words = Words(state.language or accepted)
        missing = any(one.key == "project" for one in unknown) and not state.project
        if edition is None:
            return Answer(self._away(details, words), UNAVAILABLE, words.language)
        status = NOT_FOUND if missing else OK
        # In canonical form, so that the same choices in another order are the same page.
        state = replace(state, filter=select(edition.dataset, state.filter).filter)

        def make() -> Asset:
            notes = [data_notice_html(stored.current_on, details, words)] if stored.faults else []
            return self._made(edition, state, unknown, words, base=base, notes=notes)

        if state.filter.q or unknown or details:
            return Answer(make(), status, words.language)
        # With the day that the notice names, so that an outage costs no more than usual.
        key = (edition.folder, url_query(state), words.language, base, stored.current_on)
        page = self._pages.get(key, lambda: PackedAsset(make()))
        return Answer(page, status, words.language, key, edition.folder)

    def _made(
        self,
        edition: Edition,
        state: PageState,
        unknown: tuple[UnknownValue, ...],
        words: Words,
        *,
        base: str,
        notes: list[str],
    ) -> Asset:
        dataset = edition.dataset
        filtered = state.filter.result(dataset.frame)
        if unknown:
            notes = [*notes, unknown_html(unknown, dataset.projects, words)]
        asked = url_query(PageState(filter=state.filter, language=words.language))
        body = first_view_html(
            dataset,
            filtered,
            state,
            words,
            picture="" if state.view in NO_MAP else self._map(edition, filtered, state, words),
            notes=notes,
            offered=[
                *((one, f"./api/projects.{one.extension}{asked}") for one in FORMATS),
                *((one, f"./api/map.{one.extension}{asked}") for one in PRINTS),
            ],
            feed=f"./api/{FEED}{asked}",
            embeds=bool(allowed_embedders()),
        )
        head = head_html(dataset, filtered, state, words, base, known=not unknown)
        return self._shell.page(head, merge_links(body, state), words.language, edition.folder)

    def _map(self, edition: Edition, filtered: FilterResult, state: PageState, words: Words) -> str:
        """Return the map of a state, from the cache if a page with the same map was made before."""
        passed = filtered.passed()
        shown = hashlib.sha256(np.packbits(passed).tobytes()).hexdigest()
        key = (
            edition.folder, shown, state.project, state.filter.county, state.today, words.language,
        )  # fmt: skip

        def keep(what: Hashable, write: Callable[[], str]) -> str:
            key = (edition.folder, what)
            return self._names.get(key, lambda: Asset(write().encode(), SVG)).body.decode()

        def draw() -> Asset:
            ids: Sequence[str] = list(filtered.shown.index)
            drawn = screen_map(edition.dataset, ids, state, words, keep)
            return Asset(drawn.encode(), SVG)

        return self._maps.get(key, draw).body.decode()

    def _away(self, details: tuple[Fault, ...], words: Words) -> Asset:
        """Return the page while there is no good edition."""
        title = render("first_title", title=words("title"))
        body = render(
            "first_away",
            header=header_html(words),
            notice=data_notice_html(None, details, words),
        )
        return self._shell.page(title, body, words.language, "")


OK, NOT_FOUND, UNAVAILABLE = 200, 404, 503
NO_MAP: Final = ("list", "summary", "compare", "coverage")
"""The views that replace the map."""


def merge_links(body: str, state: PageState) -> str:
    """Return HTML in which the links that change a part of the state have the whole state."""

    def merged(match: re.Match[str]) -> str:
        return f'href="{html.escape(merge_query(state, html.unescape(match[1])))}"'

    return MERGED_LINK.sub(merged, body)
