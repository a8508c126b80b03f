"""Security headers on every answer of the app, errors and Streamlit's own files included."""

from pathlib import Path

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo.map.basemaps import tile_origins
from geo.views.templates import TEMPLATES
from geo.web.origins import embedders
from geo.web.responses import refuse
from geo.web.security import (
    ALWAYS,
    SELF,
    Given,
    hashes_within,
    map_scripts,
    policy,
    resource_policy,
    rules_for,
    sockets_of,
)


class SecurityHeaders:
    """Gives the headers of an answer by its path, unless the answer has its own.

    `base_path` is "" or "/prefix", `shell` Streamlit's own index.html. Raises DataError when
    PROJECT_MAP_EMBED names what is not an origin.
    """

    def __init__(self, base_path: str, shell: Path) -> None:
        self._base_path = base_path
        self._ancestors = (SELF, *embedders())
        self._page_scripts = hashes_within(shell.read_text(encoding="utf-8"), "script")
        index = TEMPLATES / "api.html"
        self._index_styles = hashes_within(index.read_text(encoding="utf-8"), "style")

    def of(self, path: str, host: str) -> dict[str, str]:
        """Return the headers of an answer; `path` is as asked for, `host` as the browser knows it."""
        within = path.removeprefix(self._base_path).lstrip("/")
        given = Given(
            ancestors=self._ancestors,
            page_scripts=self._page_scripts,
            map_scripts=map_scripts.hashes(),
            index_styles=self._index_styles,
            sockets=sockets_of(host),
            tiles=tile_origins(),
        )
        return ALWAYS | {
            "Content-Security-Policy": policy(rules_for(within), given),
            "Cross-Origin-Resource-Policy": resource_policy(within),
        }

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return the app with the headers on each of its answers; websockets have none."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            headers = self.of(scope["path"], Headers(scope=scope).get("host", ""))

            async def sending(message: Message) -> None:
                if message["type"] == "http.response.start":
                    told = MutableHeaders(scope=message)
                    for name, value in headers.items():
                        told.setdefault(name, value)
                await send(message)

            await app(scope, receive, sending)

        return guarded

    def failed(self, request: Request, _: Exception) -> Response:
        """Answer where an answer failed: Starlette gives it outside all that stands around the app."""
        headers = self.of(request.url.path, request.headers.get("host", ""))
        return refuse("the server failed; its log says why", 500, headers)
