"""Streamlit's pages as this server sends them: compressed once, with what they need named early.

Streamlit sends its scripts uncompressed and asks for those of each widget only when the first one is
drawn: some forty small requests, one after another. streamlit-folium's page loads Leaflet, the map's
script and its data one after another once its own script has run. Here both pages name what they will
need in their HTML, so that the browser fetches it at once.
"""

import importlib.util
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from geo.core.i18n import text
from geo.map.client_data import BACKDROP, PROJECTS, WORDS
from geo.views.assets import Asset, static_folder
from geo.web.responses import CompressedFolder

COMPONENT: Final = "streamlit_folium.st_folium"
"""What Streamlit calls the map's component in its addresses."""

FRAME_ROUTE: Final = "frame"
"""The first part of our addresses for the same: Streamlit lets no route begin with its own."""

INDEX: Final = "index.html"
SCRIPT: Final = "<script"
BODY: Final = "<body>"
"""Where the component's page is added to."""

STYLES: Final = ("leaflet.css", "map.css")
SCRIPTS: Final = ("leaflet.js", "map.js")
"""In the order they need each other, and before the component's own, which makes the map."""

DATA: Final = (PROJECTS, BACKDROP)
HASHED: Final = re.compile(r"\.[0-9a-f]{8}\.(js|css)$")
"""How the component's build names a file by its content."""


def asset_urls(data_folder: str) -> tuple[str, str]:
    """Return the addresses of our files and of the data's, as the map's frame sees them."""
    return f"../../assets/{static_folder()}", f"../../data/{data_folder}"


class MapFrame:
    """The component's page and its files; `folder` is the build that streamlit-folium brings."""

    def __init__(self, folder: Path) -> None:
        """Read the folder; raise ImportError where its page is not one that this can add to."""
        self._packed = CompressedFolder(folder)
        self.files = self._packed.files
        self.asset = self._packed.asset
        self.scripts: Sequence[str] = [
            name for name in self.files if re.fullmatch(r"static/js/main\.\w+\.js", name)
        ]
        self._page = self.asset(INDEX).body.decode()
        if not all(place in self._page for place in (SCRIPT, BODY)):
            raise ImportError(
                f"{folder / INDEX} has no {SCRIPT} or no {BODY}; install the pinned one"
            )

    @lru_cache(maxsize=4)  # noqa: B019 - one frame lives as long as its server
    def index_page(self, data_folder: str) -> Asset:
        """Return the component's page with what the map needs; its scripts come before the component's own.

        `data_folder` is "" where there is no good edition.
        """
        static, data = asset_urls(data_folder)
        early = [f"{static}/{WORDS}"]
        if data_folder:
            early += [f"{data}/{name}" for name in DATA]
        scripts = [f'<script defer src="{static}/{name}"></script>' for name in SCRIPTS]
        # Not in the head: the component writes that anew once it runs, and its links would load again.
        links = [f'<link rel="preload" as="fetch" crossorigin href="{href}">' for href in early]
        links += [f'<link rel="stylesheet" href="{static}/{name}">' for name in STYLES]
        page = self._page.replace(SCRIPT, "\n".join([*scripts, SCRIPT]), 1)
        page = page.replace(BODY, "\n".join([BODY, *links]), 1)
        return Asset(page.encode(), "text/html")


class ComponentRewrite:
    """Sends what is asked of the component below `base_path` to our route for it."""

    def __init__(self, app: ASGIApp, base_path: str) -> None:
        self._app = app
        self._theirs = f"{base_path}/component/{COMPONENT}/"
        self._ours = f"{base_path}/{FRAME_ROUTE}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, under the path that our routes know."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(self._theirs):
            scope = {**scope, "path": self._ours + path.removeprefix(self._theirs)}
        await self._app(scope, receive, send)


def component_build() -> Path:
    """Return the folder that streamlit-folium's page lies in.

    Raises ImportError where the package is not installed.
    """
    # Found, not imported: the package brings all of Folium along.
    package = importlib.util.find_spec(COMPONENT.partition(".")[0])
    if package is None or package.origin is None:
        raise ImportError(f"{COMPONENT.partition('.')[0]} is not installed; run make run")
    return Path(package.origin).parent / "frontend" / "build"


WIDGETS: Final = (
    "Html", "ButtonGroup", "Button", "TextInput", "Multiselect", "Checkbox", "Selectbox",
    "ComponentInstance",
)  # fmt: skip
"""What the first screen is made of, by the names of Streamlit's scripts."""

SHELL_ROUTE: Final = "shell"
"""The first part of these addresses: Streamlit keeps "static" to itself. Its scripts name each other
by relative addresses, so that all follow the first one here."""

IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
"""A module that another one cannot do without; an `import()` is one that it may ask for later."""


FONT: Final = re.compile(r"""<link\s[^>]*\bas="font"[^>]*>\s*""")
"""Streamlit's page asks first of all for its own typeface, in which none of our words is set."""


class StreamlitPage:
    """Streamlit's front end in `folder`: index.html and static/; `frame_scripts` are the map's own."""

    def __init__(self, folder: Path, frame_scripts: Sequence[str] = ()) -> None:
        self._folder = folder
        self._frame_scripts = frame_scripts
        self._packed = CompressedFolder(folder / "static")
        self.files = self._packed.files
        self.asset = self._packed.asset

    @cached_property
    def html(self) -> str:
        """Streamlit's index.html."""
        return (self._folder / "index.html").read_text(encoding="utf-8")

    @cached_property
    def needed_scripts(self) -> Sequence[str]:
        """The scripts that the first screen needs and index.html does not name, e.g. "js/Html.x.js"."""
        named = set(re.findall(r"\./static/(js/[\w.-]+\.js)", self.html))
        found: dict[str, None] = {}
        waiting = [
            name
            for widget in WIDGETS
            for name in self.files
            if re.fullmatch(rf"js/{widget}\.[\w-]+\.js", name)
        ]
        while waiting:
            name = waiting.pop(0)
            if name in named or name in found or name not in self.files:
                continue
            found[name] = None
            code = self.files[name].read_text(encoding="utf-8")
            waiting += [f"js/{other}" for other in IMPORT.findall(code)]
        return tuple(found)

    def compress_early(self) -> None:
        """Compress, before the first reader comes, what every reader fetches."""
        for name in [*re.findall(r"\./static/([\w./-]+)", self.html), *self.needed_scripts]:
            self.asset(name)

    @lru_cache(maxsize=4)  # noqa: B019 - one shell lives as long as its server
    def index_page(self, data_folder: str) -> Asset:
        """Return Streamlit's page with our title and style in its head.

        A style that came with the first rerun would let the page flash without it.
        """
        ours = f"./assets/{static_folder()}"
        head = [
            f"<title>{escape(text('zh', 'title'))}</title>",
            f'<link rel="stylesheet" href="{ours}/page.css">',
            f'<script src="{ours}/page.js" async></script>',
        ]
        # The map's frame begins late in the load; what it needs is there by then.
        wanted = [f"{ours}/{name}" for name in (*SCRIPTS, WORDS)]
        wanted += [f"./component/{COMPONENT}/{name}" for name in self._frame_scripts]
        if data_folder:
            wanted += [f"./data/{data_folder}/{name}" for name in DATA]
        after = [
            *(
                f'<link rel="modulepreload" crossorigin href="./{SHELL_ROUTE}/{one}">'
                for one in self.needed_scripts
            ),
            *(f'<link rel="prefetch" href="{href}">' for href in wanted),
        ]
        page = FONT.sub("", self.html).replace('"./static/', f'"./{SHELL_ROUTE}/')
        page = page.replace("<title>Streamlit</title>", _lines(head))
        # After Streamlit's own: what the page cannot begin without comes first.
        page = page.replace("</head>", f"{_lines(after)}\n  </head>")
        page = page.replace('<html lang="en">', '<html lang="zh">')
        return Asset(page.encode(), "text/html")


def _lines(tags: Iterable[str]) -> str:
    return "\n    ".join(tags)
