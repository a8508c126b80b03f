"""Security headers for every response, above all the content security policy (CSP).

There are four kinds of response, each with its own policy: Streamlit's page, the map's iframe
(streamlit-folium's page), pages without scripts, and files, which run no scripts. Libraries that
set security headers support only one policy for all paths. docs/security.md shows the policies.
"""

import base64
import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from geo.core.faults import DataError, Fault, quoted
from geo.core.i18n import text
from geo.map.basemaps import tile_origins
from geo.views import TEMPLATES
from geo.web.responses import error_response, reader_language

NONE: Final = "'none'"
SELF: Final = "'self'"


@dataclass(frozen=True)
class Rule:
    """A CSP directive, the sources it allows, and the reason for them.

    A name in braces is replaced with a field of `PolicySources` when the response is sent.
    """

    directive: str
    allows: str
    reason: str


BASE_RULES: Final = (
    Rule("default-src", NONE, "everything that is not named is refused: plug-ins, media, workers"),
    Rule(
        "object-src",
        NONE,
        "no plug-ins; covered by default-src, but repeated for people who look for it",
    ),
    Rule("base-uri", NONE, "an injected base element cannot redirect relative addresses"),
    Rule("frame-ancestors", "{ancestors}", "who may frame the map: PROJECT_MAP_EMBED"),
)
"""The rules of every policy."""

NO_FORM: Final = Rule("form-action", NONE, "no form is sent anywhere; there is none")

PAGE: Final = (
    *BASE_RULES,
    Rule("form-action", SELF, "without scripts, the search is a form that asks for the page"),
    Rule(
        "script-src",
        "'self' 'wasm-unsafe-eval' {page_scripts}",
        "one inline script of Streamlit's page, by hash; it uses WebAssembly for 64-bit numbers",
    ),
    Rule("style-src", "'self' 'unsafe-inline'", "Emotion, in Streamlit, writes styles as it draws"),
    Rule("img-src", "'self' data:", "icons in style sheets are data"),
    Rule("font-src", "'self' data:", "Streamlit's fonts, one of them within a style"),
    Rule(
        "connect-src",
        "'self' {sockets}",
        "before version 16, Safari does not count WebSockets as 'self'",
    ),
    Rule("frame-src", SELF, "the map's frame"),
)

FRAME: Final = (
    *BASE_RULES,
    NO_FORM,
    Rule(
        "script-src",
        "'self' 'unsafe-eval' {map_scripts}",
        "streamlit-folium uses eval for the code it is sent; the map's inline script is allowed by hash",
    ),
    Rule("style-src", "'self' 'unsafe-inline'", "streamlit-folium and Folium write style elements"),
    Rule("img-src", "'self' data: {tiles}", "the basemaps on offer; Leaflet's empty tile is data"),
    Rule("font-src", SELF, "the icons of the map"),
    Rule("connect-src", SELF, "the layers, fetched by the map's script"),
)

INDEX: Final = (
    *BASE_RULES,
    NO_FORM,
    Rule(
        "style-src",
        "{index_styles}",
        "the styles of the page about the API and of the page of status 404, by hash",
    ),
)

FILE: Final = (
    *BASE_RULES,
    NO_FORM,
    Rule("sandbox", "", "opened by itself, a file runs nothing and has no origin"),
)

NO_FEATURE: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""Browser features that the app never uses."""

COMMON_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Tile servers need the page's origin, because a Tianditu key is bound to it, but no more.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in NO_FEATURE), "clipboard-write=(self)"]
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every response. Copying a link or a citation needs the clipboard."""

FILES: Final = (
    "assets", "data", "shell", "static", "media", "_stcore", "api",
    "robots.txt", "sitemap.xml", "preview.png",
)  # fmt: skip
"""First path segments of responses that are files."""

PAGES: Final = ("", "index.html")
"""Paths of Streamlit's page: ours, and the file of its front-end build."""

STATIC_PAGES: Final = ("api.html", "not_found.html")
"""The templates of the pages without scripts, each with one inline style."""

EMBEDDABLE: Final = ("api", "preview.png")
"""First path segments of what pages of other sites may embed."""

FRAMES: Final = ("component", "frame")
"""First path segments of the map's iframe: Streamlit's URL, and the one it is rewritten to
(`geo.web.streamlit_pages.ComponentRewrite`)."""

HOST: Final = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?", re.ASCII)


@dataclass(frozen=True)
class PolicySources:
    """The CSP sources that fill the placeholders of the rules."""

    ancestors: tuple[str, ...] = (SELF,)
    page_scripts: tuple[str, ...] = ()
    map_scripts: tuple[str, ...] = ()
    index_styles: tuple[str, ...] = ()
    sockets: tuple[str, ...] = ()
    tiles: tuple[str, ...] = ()


class InlineScripts:
    """Hashes of the inline scripts that may run in the map's iframe, up to `ROOM` of them.

    Each edition has its own script. The page allows it here before sending it to the browser. The class is
    thread-safe.
    """

    ROOM: Final = 8

    def __init__(self) -> None:
        self._lock = Lock()
        self._hashes: dict[str, str] = {}

    def allow(self, name: str, script: Callable[[], str]) -> None:
        """Allow the script with this name; `script` is called only if the name is new."""
        with self._lock:
            if name not in self._hashes:
                self._hashes[name] = hash_of(script())
            while len(self._hashes) > self.ROOM:
                del self._hashes[next(iter(self._hashes))]

    def hashes(self) -> tuple[str, ...]:
        """Return the hashes in CSP syntax."""
        with self._lock:
            return tuple(self._hashes.values())


map_scripts: Final = InlineScripts()
"""The allowed scripts of this process, shared by the page and the middleware."""


def hash_of(script: str) -> str:
    """Return the hash of an inline script or style in CSP syntax."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def hashes_within(page: str, element: str) -> tuple[str, ...]:
    """Return the hashes of a page's inline elements; `element` is "script" or "style"."""
    contents = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
    return tuple(hash_of(content) for content in contents)


def sockets_of(host: str) -> tuple[str, ...]:
    """Return the WebSocket origins of a host; none if it is not a valid host."""
    return (f"ws://{host}", f"wss://{host}") if HOST.fullmatch(host) else ()


def policy(rules: Iterable[Rule], given: PolicySources) -> str:
    """Return the value of the Content-Security-Policy header."""
    values = {name: " ".join(sources) for name, sources in vars(given).items()}
    lines = (f"{rule.directive} {rule.allows.format(**values)}" for rule in rules)
    return "; ".join(" ".join(line.split()) for line in lines)


def rules_for(path: str) -> tuple[Rule, ...]:
    """Return the rules for a path, which is given without the base path and the leading slash.

    Unknown paths have the rules of the page of status 404.
    """
    if path in PAGES:
        return PAGE
    first = path.partition("/")[0]
    if first in FRAMES:
        return FRAME
    return FILE if first in FILES and path != "api/" else INDEX


def resource_policy(path: str) -> str:
    """Return the Cross-Origin-Resource-Policy of a path: what other sites may embed."""
    return "cross-origin" if path.partition("/")[0] in EMBEDDABLE else "same-origin"


EMBED_VARIABLE: Final = "PROJECT_MAP_EMBED"
ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
POLICY_VIOLATED: Final = 1008
"""The close code "policy violation" of RFC 6455."""


def allowed_embedders() -> tuple[str, ...]:
    """Return the origins in PROJECT_MAP_EMBED, whose sites may embed the map in an iframe.

    Raises DataError for a value that is not an origin, because it could change the policy.
    """
    named = os.environ.get(EMBED_VARIABLE, "").split()
    faults = [
        Fault(
            "embed-origin",
            EMBED_VARIABLE,
            quoted(one),
            "is not the origin of a site",
            "write origins with a space between them: https://www.example.org https://*.example.net",
        )
        for one in named
        if not ORIGIN.fullmatch(one)
    ]
    if faults:
        raise DataError(faults)
    return tuple(named)


def is_cross_origin(headers: Headers) -> bool:
    """Say whether a request comes from a page of another origin.

    A request without an Origin header does not come from a browser, and counts as same-origin.
    """
    origin, host = headers.get("origin"), headers.get("host", "")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()


def reject_other_sites(app: ASGIApp) -> ASGIApp:
    """Return the app with a middleware that rejects WebSocket connections from other sites.

    Streamlit rejects them too, but first asks another machine for the server's external address. It
    answers no request until that lookup fails, so any web page could block the server for two
    seconds at a time.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "websocket" else None
        if headers is None or not is_cross_origin(headers):
            await app(scope, receive, send)
            return
        origin, host = quoted(headers["origin"]), quoted(headers.get("host", ""))
        logging.getLogger(__name__).warning(
            "a websocket of the origin %s was refused: the app is asked for as %s", origin, host
        )
        await WebSocketClose(POLICY_VIOLATED)(scope, receive, send)

    return guarded


class SecurityHeaders:
    """Sets the security headers of each response by its path, unless the response sets its own.

    `base_path` is "" or "/prefix"; `shell` is the path of Streamlit's own index.html. Raises
    DataError if PROJECT_MAP_EMBED has a value that is not an origin.
    """

    def __init__(self, base_path: str, shell: Path) -> None:
        self._base_path = base_path
        self._ancestors = (SELF, *allowed_embedders())
        self._page_scripts = hashes_within(shell.read_text(encoding="utf-8"), "script")
        pages = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in STATIC_PAGES)
        self._index_styles = hashes_within(pages, "style")

    def of(self, path: str, host: str) -> dict[str, str]:
        """Return the headers for a request path and its Host header."""
        path_in_app = path.removeprefix(self._base_path).lstrip("/")
        sources = PolicySources(
            ancestors=self._ancestors,
            page_scripts=self._page_scripts,
            map_scripts=map_scripts.hashes(),
            index_styles=self._index_styles,
            sockets=sockets_of(host),
            tiles=tile_origins(),
        )
        return COMMON_HEADERS | {
            "Content-Security-Policy": policy(rules_for(path_in_app), sources),
            "Cross-Origin-Resource-Policy": resource_policy(path_in_app),
        }

    def around(self, app: ASGIApp) -> ASGIApp:
        """Return the app with a middleware that adds the headers to each HTTP response."""

        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            headers = self.of(scope["path"], Headers(scope=scope).get("host", ""))

            async def send_with_headers(message: Message) -> None:
                if message["type"] == "http.response.start":
                    response_headers = MutableHeaders(scope=message)
                    for name, value in headers.items():
                        response_headers.setdefault(name, value)
                await send(message)

            await app(scope, receive, send_with_headers)

        return guarded

    def failed(self, request: Request, _: Exception) -> Response:
        """Respond with status 500 after an unhandled exception.

        Starlette sends this response from outside all middleware, so the headers are added here.
        """
        headers = self.of(request.url.path, request.headers.get("host", ""))
        words = text(reader_language(request), "error-unexpected")
        return error_response(words, 500, headers)
