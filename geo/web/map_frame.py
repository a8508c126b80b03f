"""The map's frame as this page serves it: what the map needs is named in its page.

streamlit-folium's own page begins with its script alone, is told what else the map needs when it has
run, and then loads that one after another. Here Leaflet, the map's script and its data are named
in the page, so that they come together and are there when the map is asked for.
"""

import importlib.util
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from geo.map.client_data import BACKDROP, PROJECTS, WORDS
from geo.views.assets import Asset, static_folder
from geo.web.compressed_folder import PackedFolder

COMPONENT: Final = "streamlit_folium.st_folium"
"""What Streamlit calls the map's component in its addresses."""

FRAME: Final = "frame"
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


def places(data_folder: str) -> tuple[str, str]:
    """Return the addresses of our files and of the data's, as the map's frame sees them."""
    return f"../../assets/{static_folder()}", f"../../data/{data_folder}"


class Frame:
    """The component's page and its files; `folder` is the build that streamlit-folium brings."""

    def __init__(self, folder: Path) -> None:
        """Read the folder; raise ImportError where its page is not one that this can add to."""
        self._packed = PackedFolder(folder)
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
        static, data = places(data_folder)
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


class Rerouted:
    """Sends what is asked of the component below `base_path` to our route for it."""

    def __init__(self, app: ASGIApp, base_path: str) -> None:
        self._app = app
        self._theirs = f"{base_path}/component/{COMPONENT}/"
        self._ours = f"{base_path}/{FRAME}/"

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
