"""Streamlit's own front end as this page serves it: compressed once, named early, in our dress.

Streamlit sends its scripts uncompressed, and asks for those of each widget only when the first one
is to be drawn: some forty small requests, one after another, while the reader waits. Here the page
names them in its head, so that they come while the large ones are read, and each is compressed
once and kept in memory.
"""

import importlib.util
import mimetypes
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import Final

from geo.assets import Asset, static_folder
from geo.i18n import text

WIDGETS: Final = (
    "Html", "ButtonGroup", "Button", "TextInput", "Multiselect", "Checkbox", "Selectbox",
    "ComponentInstance",
)  # fmt: skip
"""What the first screen is made of, by the names of Streamlit's scripts."""

PREFETCHED: Final = ("leaflet.js", "map.js", "ui.json")
PREFETCHED_DATA: Final = ("map.json", "backdrop.json")
"""Files the map's frame asks for late in the load; named early, they are there by then."""

SHELL: Final = "shell"
"""The first part of these addresses: Streamlit keeps "static" to itself. Its scripts name each other
by relative addresses, so that all follow the first one here."""

COMPONENT: Final = "streamlit_folium.st_folium"
"""What Streamlit calls the map's component in its addresses."""

IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
"""A module that another one cannot do without; an `import()` is one that it may ask for later."""


class Shell:
    """The folder of Streamlit's front end; `folder` holds index.html and static/."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: Mapping[str, Path] = {
            path.relative_to(folder / "static").as_posix(): path
            for path in sorted((folder / "static").rglob("*"))
            if path.is_file()
        }
        # Bound to this one, so that what is kept goes when it goes.
        self.asset = lru_cache(maxsize=None)(self._asset)

    def _asset(self, name: str) -> Asset:
        """Return a file by its path below static/, with the compressed bytes made.

        Raises KeyError where there is no such file: only what was there at the start is served.
        """
        path = self.files[name]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        asset = Asset(path.read_bytes(), kind)
        _ = asset.compressed
        return asset

    @cached_property
    def html(self) -> str:
        """Streamlit's index.html."""
        return (self._folder / "index.html").read_text(encoding="utf-8")

    @cached_property
    def late(self) -> Sequence[str]:
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

    def warm(self) -> None:
        """Compress, before the first reader comes, what every reader fetches."""
        for name in [*re.findall(r"\./static/([\w./-]+)", self.html), *self.late]:
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
        wanted = [f"{ours}/{name}" for name in PREFETCHED]
        wanted += [f"./component/{COMPONENT}/{name}" for name in component_scripts()]
        if data_folder:
            wanted += [f"./data/{data_folder}/{name}" for name in PREFETCHED_DATA]
        after = [
            *(
                f'<link rel="modulepreload" crossorigin href="./{SHELL}/{one}">'
                for one in self.late
            ),
            *(f'<link rel="prefetch" href="{href}">' for href in wanted),
        ]
        page = self.html.replace('"./static/', f'"./{SHELL}/')
        page = page.replace("<title>Streamlit</title>", _lines(head))
        # After Streamlit's own: what the page cannot begin without comes first.
        page = page.replace("</head>", f"{_lines(after)}\n  </head>")
        page = page.replace('<html lang="en">', '<html lang="zh">')
        return Asset(page.encode(), "text/html")


def component_scripts() -> Sequence[str]:
    """Return the scripts of the map's frame, by their path below the component's address."""
    # Found, not imported: the package brings all of Folium along.
    package = importlib.util.find_spec(COMPONENT.partition(".")[0])
    if package is None or package.origin is None:
        return ()
    build = Path(package.origin).parent / "frontend" / "build"
    scripts = sorted((build / "static" / "js").glob("main.*.js"))
    return tuple(path.relative_to(build).as_posix() for path in scripts)


def _lines(tags: Iterable[str]) -> str:
    return "\n    ".join(tags)
