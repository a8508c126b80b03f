"""Streamlit's and streamlit-folium's HTML pages, with preload links and compressed files.

Streamlit serves its scripts uncompressed, and loads the scripts of a widget only when it first
draws one: some forty small requests, one after another. streamlit-folium's page loads Leaflet, the
map's script and its data one after another, after its own script has run. Here the HTML of both
pages links to what it will need, so that the browser fetches everything at once.
"""

import importlib.util
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from geo.map.client_data import BACKDROP, PROJECTS, WORDS
from geo.views.assets import Asset, static_folder
from geo.web.responses import CompressedFolder

COMPONENT: Final = "streamlit_folium.st_folium"
"""The map component's name in Streamlit's URLs."""

FRAME_ROUTE: Final = "frame"
"""The first segment of our URLs for the component's files. It cannot be "component", because
Streamlit reserves that prefix."""

INDEX: Final = "index.html"
SCRIPT: Final = "<script"
BODY: Final = "<body>"
"""The places in the component's page where tags are inserted."""

STYLES: Final = ("leaflet.css", "map.css")
SCRIPTS: Final = ("leaflet.js", "map.js")
"""In order of dependency. They must run before the component's own script, which creates the
map."""

DATA: Final = (PROJECTS, BACKDROP)
HASHED: Final = re.compile(r"\.[0-9a-f]{8}\.(js|css)$")
"""A content hash in a file name of the component's build."""


def asset_urls(data_folder: str) -> tuple[str, str]:
    """Return the URLs of the static and the data assets, relative to the map's iframe."""
    return f"../../assets/{static_folder()}", f"../../data/{data_folder}"


class MapFrame:
    """The component's page and files. `folder` is the front-end build in streamlit-folium."""

    def __init__(self, folder: Path) -> None:
        """Read the folder; raise ImportError if its page lacks the tags that `index_page` needs."""
        compressed = CompressedFolder(folder)
        self.files = compressed.files
        self.asset = compressed.asset
        self.scripts: Sequence[str] = [
            name for name in self.files if re.fullmatch(r"static/js/main\.\w+\.js", name)
        ]
        self._page = self.asset(INDEX).body.decode()
        if not all(place in self._page for place in (SCRIPT, BODY)):
            raise ImportError(
                f"{folder / INDEX} has no {SCRIPT} or no {BODY}; install the pinned one"
            )

    @lru_cache(maxsize=4)  # noqa: B019 - the frame lives as long as the server
    def index_page(self, data_folder: str) -> Asset:
        """Return the component's page with the map's scripts, styles and preload links added.

        The map's scripts come before the component's own. `data_folder` is "" if there is no good
        edition.
        """
        static, data = asset_urls(data_folder)
        preloads = [f"{static}/{WORDS}"]
        if data_folder:
            preloads += [f"{data}/{name}" for name in DATA]
        scripts = [f'<script defer src="{static}/{name}"></script>' for name in SCRIPTS]
        # In the body, because the component rewrites the head, which would load the links again.
        links = [f'<link rel="preload" as="fetch" crossorigin href="{href}">' for href in preloads]
        links += [f'<link rel="stylesheet" href="{static}/{name}">' for name in STYLES]
        page = self._page.replace(SCRIPT, "\n".join([*scripts, SCRIPT]), 1)
        page = page.replace(BODY, "\n".join([BODY, *links]), 1)
        return Asset(page.encode(), "text/html")


class ComponentRewrite:
    """ASGI middleware that rewrites the component's URLs to our own route for its files."""

    def __init__(self, app: ASGIApp, base_path: str) -> None:
        self._app = app
        self._streamlit_prefix = f"{base_path}/component/{COMPONENT}/"
        self._our_prefix = f"{base_path}/{FRAME_ROUTE}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with its path rewritten if it is for the component."""
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith(self._streamlit_prefix):
            rest = path.removeprefix(self._streamlit_prefix)
            scope = {**scope, "path": self._our_prefix + rest}
        await self._app(scope, receive, send)


def component_build() -> Path:
    """Return the folder of streamlit-folium's front-end build.

    Raises ImportError if the package is not installed.
    """
    # Located without importing it, because importing it would import all of Folium.
    package = importlib.util.find_spec(COMPONENT.partition(".")[0])
    if package is None or package.origin is None:
        raise ImportError(
            f"{COMPONENT.partition('.')[0]} is not installed; install requirements.txt"
        )
    return Path(package.origin).parent / "frontend" / "build"


WIDGETS: Final = (
    "Html", "ButtonGroup", "Button", "TextInput", "Multiselect", "Checkbox", "Selectbox",
    "ComponentInstance",
)  # fmt: skip
"""The widgets on the first screen, by the names of Streamlit's scripts."""

SHELL_ROUTE: Final = "shell"
"""The first segment of our URLs for Streamlit's scripts, because Streamlit reserves "static". The
scripts import each other by relative URLs, so they all load from here once the first one does."""

IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
"""A static import. A dynamic `import()` is not matched, because it may never be loaded."""


class PageParts(HTMLParser):
    """The parts of Streamlit's index.html: its scripts and links, and what else is in its body.

    Nothing is assumed about the page but that it is HTML, so that another version of Streamlit
    still starts. Its title and its words for readers without scripts are replaced by ours, and its
    own font is left out, because this page does not use it.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.icons: list[str] = []
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.body: list[str] = []
        self.notice = ""
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Sort an element into the list that it belongs to."""
        text, known = self.get_starttag_text() or "", dict(attrs)
        if tag in {"noscript", "title", "script"}:
            self._inside = tag
            if tag == "script":
                self.scripts.append(text)
        elif tag == "link":
            self._sort_link(known.get("rel") or "", known.get("as"), text)
        elif tag not in {"html", "head", "body", "meta"} and not self._inside:
            self.body.append(text)

    def _sort_link(self, kind: str, use: str | None, text: str) -> None:
        if "icon" in kind:
            self.icons.append(text)
        elif kind == "stylesheet":
            self.styles.append(text)
        elif use != "font":
            self.scripts.append(text)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Treat an element like <link/> as one that is opened."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag == self._inside:
            self._inside = ""
            if tag == "script":
                self.scripts[-1] += "</script>"
        elif tag not in {"html", "head", "body"} and not self._inside:
            self.body.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        """Keep the text of scripts and of the body."""
        if self._inside == "script":
            self.scripts[-1] += data
        elif not self._inside and data.strip():
            self.body.append(data)

    def handle_comment(self, data: str) -> None:
        """Keep the first comment, which names the authors and the licence."""
        self.notice = self.notice or f"<!--{data}-->"


class StreamlitPage:
    """Streamlit's page and scripts.

    `folder` is Streamlit's front-end build, with index.html and static/. `frame_scripts` are the
    component's scripts, to prefetch.
    """

    def __init__(self, folder: Path, frame_scripts: Sequence[str] = ()) -> None:
        self._folder = folder
        self._frame_scripts = frame_scripts
        compressed = CompressedFolder(folder / "static")
        self.files = compressed.files
        self.asset = compressed.asset

    @cached_property
    def html(self) -> str:
        """Streamlit's index.html."""
        return (self._folder / "index.html").read_text(encoding="utf-8")

    @cached_property
    def needed_scripts(self) -> Sequence[str]:
        """The scripts that the first screen needs but index.html does not name.

        They are paths below static/, for example "js/Html.x.js".
        """
        named = set(re.findall(r"\./static/(js/[\w.-]+\.js)", self.html))
        needed: dict[str, None] = {}
        queue = [
            name
            for widget in WIDGETS
            for name in self.files
            if re.fullmatch(rf"js/{widget}\.[\w-]+\.js", name)
        ]
        while queue:
            name = queue.pop(0)
            if name in named or name in needed or name not in self.files:
                continue
            needed[name] = None
            code = self.files[name].read_text(encoding="utf-8")
            queue += [f"js/{imported}" for imported in IMPORT.findall(code)]
        return tuple(needed)

    def compress_early(self) -> None:
        """Compress the files that every user fetches, before the first request."""
        for name in [*re.findall(r"\./static/([\w./-]+)", self.html), *self.needed_scripts]:
            self.asset(name)

    @cached_property
    def _parts(self) -> PageParts:
        return PageParts(self.html.replace('"./static/', f'"./{SHELL_ROUTE}/'))

    def page(self, head: str, body: str, language: str, data_folder: str) -> Asset:
        """Return the page with the first view in its body.

        `head` are elements such as the title. Streamlit's scripts and styles wait in a template
        until the first view has been painted (static/first_view.js); a hundred files at once would
        delay it on a slow line or machine. `data_folder` is "" if there is no good edition.
        """
        static = f"./assets/{static_folder()}"
        parts = self._parts
        # The map's frame loads late; page.js fetches what it will need while nothing else is.
        early = [f"{static}/{name}" for name in (*SCRIPTS, WORDS)]
        early += [f"./component/{COMPONENT}/{name}" for name in self._frame_scripts]
        if data_folder:
            early += [f"./data/{data_folder}/{name}" for name in DATA]
        modules = [
            f'<link rel="modulepreload" crossorigin href="./{SHELL_ROUTE}/{name}">'
            for name in self.needed_scripts
        ]
        lines = [
            "<!DOCTYPE html>",
            f'<html lang="{language}">',
            "<head>",
            '<meta charset="UTF-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            head,
            f'<link rel="stylesheet" href="{static}/page.css">',
            f'<script src="{static}/page.js" async></script>',
            f'<meta name="pm-early" content="{" ".join(early)}">',
            *parts.icons,
            "</head>",
            "<body>",
            body,
            "".join(parts.body),
            '<template id="pm-live">',
            *parts.styles,
            *parts.scripts,
            "</template>",
            '<template id="pm-live-widgets">',
            *modules,
            "</template>",
            parts.notice,
            "</body>",
            "</html>",
        ]
        return Asset("\n".join(lines).encode(), "text/html")
