"""Status 404 for unknown addresses, to which Streamlit would respond with its page and status 200.

Search engines would otherwise index any mistyped address as another copy of the map.
"""

from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import Receive, Scope, Send

from geo.core.i18n import Words
from geo.views import render
from geo.web.public_address import absolute
from geo.web.responses import REVALIDATE, browser_language, error_response
from geo.web.security import FILES

FALLBACK: Final = "static-assets"
"""The name of Streamlit's last route, which responds to every path."""


class NotFoundRoute(BaseRoute):
    """A route for all addresses that belong to nothing else; it must be the last of our own.

    `base_path` is "" or "/prefix"; `front_end` is the folder of Streamlit's front-end build, whose
    files are known addresses. Streamlit's own routes come after ours, so they are asked before this
    one takes a request. Methods other than GET and HEAD are left to Streamlit.
    """

    def __init__(self, base_path: str, front_end: Path) -> None:
        self._base_path = base_path
        self._files = frozenset(
            f"{base_path}/{path.relative_to(front_end).as_posix()}"
            for path in front_end.rglob("*")
            if path.is_file()
        )

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return a full match if no file and no other route has the path."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return Match.NONE, {}
        path = scope["path"]
        # Starlette redirects the base path itself to the page.
        if path.rstrip("/") == self._base_path or path in self._files:
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
        response = not_found(Request(scope, receive), self._base_path)
        await response(scope, receive, send)


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
