"""Security headers of every response: the content security policy, each exception with its reason.

The page is Streamlit's own, and the map's frame is streamlit-folium's; the page about the API is ours;
all other responses are files, which run nothing. docs/security.md shows the policy. Libraries that set
security headers write one policy for all paths; this app needs one for each kind of response.
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
from geo.map.basemaps import tile_origins
from geo.views import TEMPLATES
from geo.web.responses import error_response

NONE: Final = "'none'"
SELF: Final = "'self'"


@dataclass(frozen=True)
class Rule:
    """A directive of a Content-Security-Policy, what it allows, and why that much.

    Names in braces stand for what is known only when the answer is given.
    """

    directive: str
    allows: str
    reason: str


BASE_RULES: Final = (
    Rule("default-src", NONE, "whatever is not named is refused: plug-ins, media, workers"),
    Rule("object-src", NONE, "no plug-in, said again for who looks for the name"),
    Rule("base-uri", NONE, "no injected element may turn the relative addresses elsewhere"),
    Rule("form-action", NONE, "no form is sent anywhere; the page has none"),
    Rule("frame-ancestors", "{ancestors}", "who may frame the map: PROJECT_MAP_EMBED"),
)
"""What holds for every answer."""

PAGE: Final = (
    *BASE_RULES,
    Rule(
        "script-src",
        "'self' 'wasm-unsafe-eval' {page_scripts}",
        "one inline script of Streamlit's page, by hash; its 64-bit numbers are WebAssembly",
    ),
    Rule("style-src", "'self' 'unsafe-inline'", "Emotion, in Streamlit, writes styles as it draws"),
    Rule("img-src", "'self' data:", "icons in style sheets are data"),
    Rule("font-src", "'self' data:", "Streamlit's fonts, one of them within a style"),
    Rule("connect-src", "'self' {sockets}", "Safari before 16 takes no websocket for 'self'"),
    Rule("frame-src", SELF, "the map's frame"),
)

FRAME: Final = (
    *BASE_RULES,
    Rule(
        "script-src",
        "'self' 'unsafe-eval' {map_scripts}",
        "streamlit-folium runs what to show by eval, and the map's script inline, by hash",
    ),
    Rule("style-src", "'self' 'unsafe-inline'", "streamlit-folium and Folium write style elements"),
    Rule("img-src", "'self' data: {tiles}", "the basemaps on offer; Leaflet's empty tile is data"),
    Rule("font-src", SELF, "the icons of the map"),
    Rule("connect-src", SELF, "the layers, fetched by the map's script"),
)

INDEX: Final = (
    *BASE_RULES,
    Rule("style-src", "{index_styles}", "the one style of the page about the API, by hash"),
)

FILE: Final = (
    *BASE_RULES,
    Rule("sandbox", "", "opened by itself, a file runs nothing and has no origin"),
)

NO_FEATURE: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What a browser offers and the map never asks for."""

COMMON_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # Tile servers go by the origin of the page: a Tianditu key is bound to it. They learn no more.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(
        [*(f"{name}=()" for name in NO_FEATURE), "clipboard-write=(self)"]
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Headers of every answer. Copying a link or a citation needs the clipboard."""

FILES: Final = ("assets", "data", "shell", "static", "media", "_stcore", "api")
"""First parts of the paths whose answers are files."""

FRAMES: Final = ("component", "frame")
"""First parts of the paths whose answers are the map's frame: Streamlit's, and ours for the same."""

HOST: Final = re.compile(r"[\w.-]+(:\d{1,5})?|\[[0-9a-fA-F:.]+\](:\d{1,5})?", re.ASCII)


@dataclass(frozen=True)
class PolicySources:
    """What a policy is filled with: each a list of sources."""

    ancestors: tuple[str, ...] = (SELF,)
    page_scripts: tuple[str, ...] = ()
    map_scripts: tuple[str, ...] = ()
    index_styles: tuple[str, ...] = ()
    sockets: tuple[str, ...] = ()
    tiles: tuple[str, ...] = ()


class InlineScripts:
    """The inline scripts that may run in the map's frame: those of the last few editions.

    The page names the script that it sends; safe to call from many threads.
    """

    ROOM: Final = 8

    def __init__(self) -> None:
        self._lock = Lock()
        self._hashes: dict[str, str] = {}

    def allow(self, name: str, script: Callable[[], str]) -> None:
        """Let the script with this name run; it is asked for only if the name is new."""
        with self._lock:
            if name not in self._hashes:
                self._hashes[name] = hash_of(script())
            while len(self._hashes) > self.ROOM:
                del self._hashes[next(iter(self._hashes))]

    def hashes(self) -> tuple[str, ...]:
        """Return the hashes, as a policy names them."""
        with self._lock:
            return tuple(self._hashes.values())


map_scripts: Final = InlineScripts()
"""Those of this process, shared by the page and the routes."""


def hash_of(script: str) -> str:
    """Return how a policy names an inline script or style."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def hashes_within(page: str, element: str) -> tuple[str, ...]:
    """Return the hashes of what stands within a page's elements `script` or `style`."""
    found = re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL)
    return tuple(hash_of(one) for one in found)


def sockets_of(host: str) -> tuple[str, ...]:
    """Return the origins of the websockets of this host; none if it is not one."""
    return (f"ws://{host}", f"wss://{host}") if HOST.fullmatch(host) else ()


def policy(rules: Iterable[Rule], given: PolicySources) -> str:
    """Return the value of a Content-Security-Policy."""
    filled = {name: " ".join(sources) for name, sources in vars(given).items()}
    lines = (f"{rule.directive} {rule.allows.format(**filled)}" for rule in rules)
    return "; ".join(" ".join(line.split()) for line in lines)


def rules_for(path: str) -> tuple[Rule, ...]:
    """Return the rules for an answer; `path` is without the base path and its first stroke.

    Streamlit answers with its page to whatever it does not know, so what is not known here is the page.
    """
    if path == "api/":
        return INDEX
    first = path.partition("/")[0]
    if first in FRAMES:
        return FRAME
    return FILE if first in FILES else PAGE


def resource_policy(path: str) -> str:
    """Return who may take an answer into a page of theirs: the API is for any site."""
    return "cross-origin" if path.partition("/")[0] == "api" else "same-origin"


EMBED_VARIABLE: Final = "PROJECT_MAP_EMBED"
ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
POLICY_VIOLATED: Final = 1008
"""The code of RFC 6455 for a websocket that is refused."""


def allowed_embedders() -> tuple[str, ...]:
    """Return the origins of the sites that may frame the map, as PROJECT_MAP_EMBED names them.

    Raises DataError for what is not an origin: a stray word would change the policy.
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
    """Say whether a page of another origin asks; a program that is no browser names none."""
    origin, host = headers.get("origin"), headers.get("host", "")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()


def reject_other_sites(app: ASGIApp) -> ASGIApp:
    """Return the app with its websocket closed to the pages of other sites.

    Streamlit refuses them too, but asks another machine for its own address first, and answers nobody
    until that has failed: whoever could open a page could stop the server, two seconds at a time.
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
    """Gives the headers of an answer by its path, unless the answer has its own.

    `base_path` is "" or "/prefix", `shell` Streamlit's own index.html. Raises DataError when
    PROJECT_MAP_EMBED names what is not an origin.
    """

    def __init__(self, base_path: str, shell: Path) -> None:
        self._base_path = base_path
        self._ancestors = (SELF, *allowed_embedders())
        self._page_scripts = hashes_within(shell.read_text(encoding="utf-8"), "script")
        index = TEMPLATES / "api.html"
        self._index_styles = hashes_within(index.read_text(encoding="utf-8"), "style")

    def of(self, path: str, host: str) -> dict[str, str]:
        """Return the headers of an answer; `path` is as asked for, `host` as the browser knows it."""
        within = path.removeprefix(self._base_path).lstrip("/")
        given = PolicySources(
            ancestors=self._ancestors,
            page_scripts=self._page_scripts,
            map_scripts=map_scripts.hashes(),
            index_styles=self._index_styles,
            sockets=sockets_of(host),
            tiles=tile_origins(),
        )
        return COMMON_HEADERS | {
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
        return error_response("the server failed; its log says why", 500, headers)
