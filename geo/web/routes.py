"""The routes other than the page itself: packaged files, data files, the API, and status 404 and 405.

To an unknown address Streamlit would respond with its page and status 200, so that search engines
would index any mistyped address as another copy of the map. It would redirect other methods, such
as TRACE, from an address that ends in a slash, instead of refusing them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount, Route
from starlette.types import Receive, Scope, Send

from geo.core.faults import DataError, Fault
from geo.core.i18n import Words
from geo.core.publication import (
    absolute,
    approval_number,
    draws_district_lines,
    public_address,
)
from geo.editions.store import store
from geo.views import render
from geo.views.assets import Asset, static_assets, static_folder
from geo.web.api import api_routes
from geo.web.discovery import discovery_routes
from geo.web.first_view import FirstPage
from geo.web.responses import (
    IMMUTABLE,
    REVALIDATE,
    asset_response,
    browser_language,
    error_response,
    unavailable_response,
)
from geo.web.security import FILES, allowed_embedders
from geo.web.streamlit_pages import (
    FRAME_ROUTE,
    HASHED,
    INDEX,
    SHELL_ROUTE,
    MapFrame,
    StreamlitPage,
    component_build,
)

SETTINGS: Final = (approval_number, draws_district_lines, public_address, allowed_embedders)
"""What reads each setting of the publisher, and raises DataError for a faulty value."""


def setting_faults() -> tuple[Fault, ...]:
    """Return the faults of all settings of the publisher, with which the server must not start."""
    faults: list[Fault] = []
    for read in SETTINGS:
        try:
            read()
        except DataError as error:
            faults += error.faults
    return tuple(faults)


def routes(base_path: str, front_end: Path, local: str = "") -> list[BaseRoute]:
    """Return all routes.

    `base_path` is "" or "/prefix"; `front_end` is the folder of Streamlit's front-end build;
    `local` is the origin of this server, "http://localhost:8501".
    """
    frame = MapFrame(component_build())
    shell = StreamlitPage(front_end, frame.scripts)
    shell.compress_early()
    first = FirstPage(shell, base_path, local)
    first.prepare()

    async def assets(request: Request) -> Response:
        return _serve(request, static_folder(), static_assets())

    async def data(request: Request) -> Response:
        edition = store.read().edition
        if edition is None:
            return unavailable_response(request)
        return _serve(request, edition.folder, edition.assets)

    async def frame_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name == INDEX:
            return asset_response(request, frame.index_page(_data_folder()), REVALIDATE)
        if name not in frame.files:
            return _missing(name)
        asset = await run_in_threadpool(frame.asset, name)
        return asset_response(request, asset, IMMUTABLE if HASHED.search(name) else REVALIDATE)

    async def shell_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in shell.files:
            return _missing(name)
        # In a thread, because the largest files, which few pages need, take a second to compress.
        return asset_response(request, await run_in_threadpool(shell.asset, name), IMMUTABLE)

    return [
        _route(f"{base_path}/assets/{{folder}}/{{name}}", assets),
        _route(f"{base_path}/data/{{folder}}/{{name}}", data),
        _route(f"{base_path}/{SHELL_ROUTE}/{{name:path}}", shell_file),
        _route(f"{base_path}/{FRAME_ROUTE}/{{name:path}}", frame_file),
        _route(f"{base_path}/", first.respond),
        *discovery_routes(base_path, local),
        *api_routes(base_path),
        NotFoundRoute(base_path, front_end),
    ]


def _route(path: str, endpoint: Callable[[Request], object]) -> Route:
    return Route(path, endpoint, methods=["GET", "HEAD"])


def _data_folder() -> str:
    edition = store.read().edition
    return edition.folder if edition else ""


def _missing(name: str) -> Response:
    return error_response(f"there is no {name[:80]!r} here", 404)


def _serve(request: Request, folder: str, assets: Mapping[str, Asset]) -> Response:
    name = request.path_params["name"]
    asset = assets.get(name)
    if asset is None:
        return error_response(
            f"there is no {name[:80]!r} here; the files are {', '.join(assets)}", 404
        )
    # The URL of an older edition gets the current file, which must not be cached there for ever.
    current = request.path_params["folder"] == folder
    return asset_response(request, asset, IMMUTABLE if current else REVALIDATE)


FALLBACK: Final = "static-assets"
"""The name of Streamlit's last route, which responds to every path."""

STREAMLIT: Final = "_stcore/"
"""The folder of Streamlit's own addresses, which take other methods and redirect them."""

READING: Final = ("GET", "HEAD")
"""The methods that an address of ours takes: no request can change anything."""


class NotFoundRoute(BaseRoute):
    """A route for all requests that no other route takes; it must be the last of our own.

    `base_path` is "" or "/prefix"; `front_end` is the folder of Streamlit's front-end build, whose
    files are known addresses. Streamlit's own routes come after ours, so they are asked before this
    one takes a request.
    """

    def __init__(self, base_path: str, front_end: Path) -> None:
        self._base_path = base_path
        self._files = frozenset(
            f"{base_path}/{path.relative_to(front_end).as_posix()}"
            for path in front_end.rglob("*")
            if path.is_file()
        )

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return a full match if no file and no other route has the path with this method."""
        if scope["type"] != "http":
            return Match.NONE, {}
        path = scope["path"]
        if scope["method"] in READING:
            # Starlette redirects the base path itself to the page.
            elsewhere = path.rstrip("/") == self._base_path or path in self._files
        else:
            elsewhere = path.startswith(f"{self._base_path}/{STREAMLIT}")
        if elsewhere:
            return Match.NONE, {}
        for route in scope["app"].routes:
            is_fallback = isinstance(route, Mount) and route.name == FALLBACK
            if route is self or is_fallback:
                continue
            # A route that only has other methods is no reason to show the page either.
            if route.matches(scope)[0] is Match.FULL:
                return Match.NONE, {}
        return Match.FULL, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the response."""
        request = Request(scope, receive)
        reading = scope["method"] in READING
        response = not_found(request, self._base_path) if reading else not_allowed(request)
        await response(scope, receive, send)


def not_allowed(request: Request) -> Response:
    """Respond with status 405 and the methods that are allowed."""
    allowed = ", ".join(READING)
    reason = f"the method {request.method[:20]!r} is not allowed; the methods are {allowed}"
    return error_response(reason, 405, {"Allow": allowed})


def not_found(request: Request, base_path: str) -> Response:
    """Respond with status 404: a page with a link to the map, or JSON if HTML is not accepted.

    The page is in the browser's language. Below the paths of files it is JSON always, because the
    policy of files allows no styles.
    """
    path: str = request.scope["path"]
    below = path.removeprefix(base_path).lstrip("/")
    more = {"Cache-Control": REVALIDATE, "Vary": "Accept, Accept-Language"}
    if below.partition("/")[0] in FILES or not accepts_html(request.headers):
        return error_response(f"there is no {below[:80]!r} here", 404, more)
    language = browser_language(request)
    page = render(
        "not_found",
        language=language,
        words=Words(language),
        map=absolute(base_path, f"?lang={language}"),
    )
    more["Content-Language"] = language
    return Response(page, 404, more, media_type="text/html")


def accepts_html(headers: Headers) -> bool:
    """Return whether a request is from a browser that wants a page; others do not name HTML."""
    return "text/html" in headers.get("accept", "").lower()
