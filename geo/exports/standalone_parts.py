"""What stands inside the file: scripts and styles as one text each, and the rules that bind them."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

import xstatic.pkg.leaflet
from markupsafe import Markup

from geo.exports.standalone_icons import icon_font
from geo.map.symbology import family_css, theme_css
from geo.views.assets import MAP_SCRIPTS, PAGE_STYLES, STATIC

APP_ONLY: Final = ("streamlit_bridge.js",)
"""Scripts of the map that talk to Streamlit; the edition has its own in their place."""

OWN_SCRIPTS: Final = (
    "router.js", "i18n.js", "search.js", "filters.js", "list.js", "guide.js", "detail_panel.js",
    "document_view.js", "main.js",
)  # fmt: skip
SHARED_SCRIPTS: Final = ("copy_and_report.js", "highlighting.js", "print.js", "document.js")
"""Scripts of the app's page that serve here as they are."""

FONT_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")
FETCHING: Final = re.compile(r"[\w-]+\s*:\s*url\((?!#?\"?data:)[^)]*\);?")
"""A declaration of a style sheet that would fetch a file."""


@cache
def scripts() -> tuple[Markup, ...]:
    """Return Leaflet, and every script of map and page in the order they need each other."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR) / "leaflet.js"
    drawing = [STATIC["map"] / name for name in MAP_SCRIPTS if name not in APP_ONLY]
    # The scripts that are shared with the app need the router, and the last one starts them all.
    *own, last = (STATIC["edition"] / name for name in OWN_SCRIPTS)
    shared = [STATIC["page"] / name for name in SHARED_SCRIPTS]
    return _inline([leaflet]), _inline([*drawing, *own, *shared, last])


@cache
def styles() -> Markup:
    """Return every style sheet as one, the icon font inside it and nothing fetched."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR) / "leaflet.css"
    page = [STATIC["page"] / name for name in PAGE_STYLES]
    sheets = [leaflet, STATIC["map"] / "map.css", *page, STATIC["edition"] / "edition.css"]
    text = FETCHING.sub("", FONT_FACE.sub("", _inline(sheets)))
    font = base64.b64encode(icon_font()).decode("ascii")
    return Markup(  # noqa: S704 - our own files and a font in base64
        '@font-face { font-family: "pm-icons"; font-weight: 900; font-display: block; '
        f'src: url("data:font/woff;base64,{font}") format("woff"); }}\n{theme_css() + family_css()}{text}'
    )


def policy(running: Iterable[str]) -> str:
    """Return a Content-Security-Policy that lets these scripts run and nothing be fetched."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(one.encode()).digest()).decode('ascii')}'"
        for one in running
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def as_json(value: Any) -> Markup:
    """Return JSON for a script element: no "<", so that no text of it can end the element."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(body.replace("<", "\\u003c"))  # noqa: S704 - no "<" is left in it


def _inline(paths: Iterable[Path]) -> Markup:
    """Return files as one text, as an HTML parser will see it, so that its hash is right."""
    lines = "\n".join(path.read_text(encoding="utf-8") for path in paths).split("\n")
    return Markup("\n".join(line.strip() for line in lines if line.strip()))  # noqa: S704 - our own
