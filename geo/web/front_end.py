"""Streamlit's own front end as this page serves it: compressed once, named early, in our dress.

Streamlit sends its scripts uncompressed, and asks for those of each widget only when the first one
is to be drawn: some forty small requests, one after another, while the reader waits. Here the page
names them in its head, so that they come while the large ones are read, and each is compressed
once and kept in memory.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from html import escape
from pathlib import Path
from typing import Final

from geo.core.i18n import text
from geo.map.client_data import WORDS
from geo.views.assets import Asset, static_folder
from geo.web.compressed_folder import PackedFolder
from geo.web.map_frame import COMPONENT, DATA, SCRIPTS

WIDGETS: Final = (
    "Html", "ButtonGroup", "Button", "TextInput", "Multiselect", "Checkbox", "Selectbox",
    "ComponentInstance",
)  # fmt: skip
"""What the first screen is made of, by the names of Streamlit's scripts."""

SHELL: Final = "shell"
"""The first part of these addresses: Streamlit keeps "static" to itself. Its scripts name each other
by relative addresses, so that all follow the first one here."""

IMPORT: Final = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([\w.-]+\.js)["']""")
"""A module that another one cannot do without; an `import()` is one that it may ask for later."""


FONT: Final = re.compile(r"""<link\s[^>]*\bas="font"[^>]*>\s*""")
"""Streamlit's page asks first of all for its own typeface, in which none of our words is set."""


class Shell:
    """Streamlit's front end in `folder`: index.html and static/; `frame_scripts` are the map's own."""

    def __init__(self, folder: Path, frame_scripts: Sequence[str] = ()) -> None:
        self._folder = folder
        self._frame_scripts = frame_scripts
        self._packed = PackedFolder(folder / "static")
        self.files = self._packed.files
        self.asset = self._packed.asset

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
        # The map's frame begins late in the load; what it needs is there by then.
        wanted = [f"{ours}/{name}" for name in (*SCRIPTS, WORDS)]
        wanted += [f"./component/{COMPONENT}/{name}" for name in self._frame_scripts]
        if data_folder:
            wanted += [f"./data/{data_folder}/{name}" for name in DATA]
        after = [
            *(
                f'<link rel="modulepreload" crossorigin href="./{SHELL}/{one}">'
                for one in self.late
            ),
            *(f'<link rel="prefetch" href="{href}">' for href in wanted),
        ]
        page = FONT.sub("", self.html).replace('"./static/', f'"./{SHELL}/')
        page = page.replace("<title>Streamlit</title>", _lines(head))
        # After Streamlit's own: what the page cannot begin without comes first.
        page = page.replace("</head>", f"{_lines(after)}\n  </head>")
        page = page.replace('<html lang="en">', '<html lang="zh">')
        return Asset(page.encode(), "text/html")


def _lines(tags: Iterable[str]) -> str:
    return "\n    ".join(tags)
