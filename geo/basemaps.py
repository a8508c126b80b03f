"""Online basemaps, as data: none is fetched until the reader chooses it."""

import os
import re
from dataclasses import dataclass
from typing import Any, Final

KEY_VARIABLE: Final = "TIANDITU_KEY"


@dataclass(frozen=True)
class TileLayer:
    """An XYZ tile layer in Web Mercator, with the attribution its provider asks for."""

    url: str
    attribution: str
    subdomains: str
    max_zoom: int

    def as_leaflet(self) -> dict[str, Any]:
        """Return the arguments of Leaflet's `L.tileLayer`."""
        options = {
            "attribution": self.attribution,
            "subdomains": self.subdomains,
            "maxZoom": self.max_zoom,
            "opacity": 0.85,
        }
        return {"url": self.url, "options": options}


def tianditu_key() -> str:
    """Return the Tianditu browser key, or "" where none is set; the reader's browser sees it."""
    key = os.environ.get(KEY_VARIABLE, "").strip()
    return key if re.fullmatch(r"[0-9A-Za-z]{8,64}", key) else ""


def _tianditu(layer: str) -> TileLayer:
    # CGCS2000 differs from WGS 84 by centimetres, so these tiles need no shift.
    url = (
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={tianditu_key()}"
    )
    return TileLayer(url, "© 天地图 GS(2024)0568号", "01234567", 18)


def tile_layers(code: str) -> tuple[TileLayer, ...]:
    """Return the tile layers of a basemap, lowest first; "none" has none."""
    if code == "osm":
        url = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
        return (TileLayer(url, "© OpenStreetMap contributors", "", 19),)
    if code == "tianditu":
        return (_tianditu("vec"), _tianditu("cva"))
    return ()


def available() -> tuple[str, ...]:
    """Return the codes of the basemaps that can be offered here, the default first."""
    return ("none", "tianditu", "osm") if tianditu_key() else ("none", "osm")
