"""What a browser may do with each answer: the security headers, each exception with its reason.

The page is Streamlit's own, the map's frame is streamlit-folium's; the page about the API is ours; all
other answers are files, which run nothing. `geo/web/headers.py` puts the headers on, docs/security.md shows them.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Final

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


CLOSED: Final = (
    Rule("default-src", NONE, "whatever is not named is refused: plug-ins, media, workers"),
    Rule("object-src", NONE, "no plug-in, said again for who looks for the name"),
    Rule("base-uri", NONE, "no injected element may turn the relative addresses elsewhere"),
    Rule("form-action", NONE, "no form is sent anywhere; the page has none"),
    Rule("frame-ancestors", "{ancestors}", "who may frame the map: PROJECT_MAP_EMBED"),
)
"""What holds for every answer."""

PAGE: Final = (
    *CLOSED,
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
    *CLOSED,
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
    *CLOSED,
    Rule("style-src", "{index_styles}", "the one style of the page about the API, by hash"),
)

FILE: Final = (
    *CLOSED,
    Rule("sandbox", "", "opened by itself, a file runs nothing and has no origin"),
)

NO_FEATURE: Final = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
"""What a browser offers and the map never asks for."""

ALWAYS: Final = {
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
class Given:
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

    def admit(self, name: str, script: Callable[[], str]) -> None:
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


def policy(rules: Iterable[Rule], given: Given) -> str:
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
