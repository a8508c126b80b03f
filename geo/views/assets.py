"""The static files that the browser fetches: from packages, our own, and derived from the data.

Their URLs contain a folder named by a hash of its files, so that browsers can cache them for ever.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import xstatic.pkg.font_awesome
import xstatic.pkg.leaflet

from geo.core.files import format_collection
from geo.layer.dataset import Dataset
from geo.layer.projects import read_features
from geo.map.client_data import BACKDROP, PROJECTS, WORDS, backdrop, map_features, map_words
from geo.map.packing import pack
from geo.map.symbology import family_css, font_css, page_theme_css, theme_css

ROOMS: Final = Path(__file__).resolve().parents[1]
STATIC: Final = {
    "map": ROOMS / "map" / "static",
    "page": ROOMS / "views" / "static",
    "standalone": ROOMS / "exports" / "static",
}
MAP_SCRIPTS: Final = (
    "dom.js", "level_of_detail.js", "symbol_drawing.js", "basemap.js", "canvas_renderer.js",
    "occupancy_grid.js", "label_renderer.js", "line_labels.js", "labels.js", "viewport.js",
    "client_filter.js", "project_data.js", "project_layers.js", "popups.js", "controls.js",
    "legend.js", "input.js", "streamlit_bridge.js", "map.js",
)  # fmt: skip
"""In order of dependency. They are concatenated, so that the browser makes one request."""

PAGE_SCRIPTS: Final = (
    "layout.js", "leaving.js", "filters.js", "print.js", "copy_and_report.js", "citation.js", "links.js", "highlighting.js",
    "document.js", "first_view.js",
)  # fmt: skip
PAGE_STYLES: Final = (
    "page.css",
    "panel.css",
    "document.css",
    "views.css",
    "first_view.css",
    "responsive.css",
    "frame.css",
    "print.css",
)
"""The scripts and styles of the page around the map, concatenated too. Later styles override
earlier ones."""


@dataclass(frozen=True)
class Asset:
    """A file to serve: its bytes and their media type."""

    body: bytes
    media_type: str

    @property
    def length(self) -> int:
        """The length of the body in bytes."""
        return len(self.body)

    @property
    def kept_bytes(self) -> int:
        """About how much memory it takes."""
        return len(self.body)

    @cached_property
    def compressed(self) -> bytes:
        """The body compressed with gzip, computed once."""
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    @cached_property
    def etag(self) -> str:
        """A strong ETag."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


class PackedAsset(Asset):
    """An asset that is kept compressed, for pages of which there are many and nearly all are sent so.

    Its body is unpacked each time it is asked for.
    """

    def __init__(self, asset: Asset) -> None:
        # The fields of a frozen dataclass cannot be assigned to.
        self.__dict__.update(
            media_type=asset.media_type,
            compressed=asset.compressed,
            etag=asset.etag,
            _length=asset.length,
        )

    @property
    def body(self) -> bytes:
        """The body, unpacked."""
        return gzip.decompress(self.compressed)

    @property
    def length(self) -> int:
        """The length of the body in bytes."""
        length: int = self.__dict__["_length"]
        return length

    @property
    def kept_bytes(self) -> int:
        """About how much memory it takes."""
        return len(self.compressed)


def folder_of(assets: Mapping[str, Asset]) -> str:
    """Return the folder name for these assets, a hash of all names and bodies."""
    digest = hashlib.sha256()
    for name in sorted(assets):
        digest.update(name.encode())
        digest.update(assets[name].body)
    return digest.hexdigest()[:12]


@cache
def static_assets() -> Mapping[str, Asset]:
    """Return Leaflet, the icon font, and our scripts and styles, by file name."""
    leaflet = Path(xstatic.pkg.leaflet.BASE_DIR)
    icons = Path(xstatic.pkg.font_awesome.BASE_DIR) / "webfonts" / "fa-solid-900.woff2"
    return {
        "leaflet.js": Asset((leaflet / "leaflet.js").read_bytes(), "text/javascript"),
        "leaflet.css": Asset((leaflet / "leaflet.css").read_bytes(), "text/css"),
        "icons.woff2": Asset(icons.read_bytes(), "font/woff2"),
        "map.js": Asset(_joined("map", MAP_SCRIPTS), "text/javascript"),
        "map.css": Asset(theme_css().encode() + _styled("map", ["map.css"]), "text/css"),
        "page.css": Asset(page_theme_css().encode() + _styled("page", PAGE_STYLES), "text/css"),
        "page.js": Asset(_joined("page", PAGE_SCRIPTS), "text/javascript"),
        WORDS: _json(map_words()),
    }


def _joined(folder: str, names: Iterable[str]) -> bytes:
    return b"\n".join((STATIC[folder] / name).read_bytes() for name in names)


def _styled(folder: str, names: Iterable[str]) -> bytes:
    return (font_css() + family_css()).encode() + _joined(folder, names)


@cache
def static_folder() -> str:
    """Return the folder name of the static assets."""
    return folder_of(static_assets())


def data_assets(dataset: Dataset) -> Mapping[str, Asset]:
    """Return the map's data and a copy of the projects' GeoJSON file, by file name."""
    return {
        PROJECTS: _json(pack(map_features(dataset))),
        BACKDROP: _json(backdrop(dataset)),
        "projects.geojson": Asset(_layer_file(dataset), "application/geo+json"),
    }


def _layer_file(dataset: Dataset) -> bytes:
    """Return the projects' file as it is, or with the geometries as they are published."""
    if dataset.district_lines:
        return dataset.home.projects.read_bytes()
    features = read_features(dataset.home.projects)
    for feature in features:
        shape = dataset.projects[feature["id"]].geometry
        feature["geometry"] = None if shape is None else shape.__geo_interface__
    return format_collection(features).encode()


def _json(value: Any) -> Asset:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Asset(body.encode(), "application/json")
