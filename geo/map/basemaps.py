"""Descriptions of the online basemaps. No tile is fetched until the user chooses a basemap."""

import os
import re
from dataclasses import dataclass
from typing import Any, Final

KEY_VARIABLE: Final = "TIANDITU_KEY"


@dataclass(frozen=True)
class TileLayer:
    """An XYZ tile layer in Web Mercator, with the attribution its provider requires.

    The attribution of a Chinese provider includes its map approval number (审图号).
    """

    url: str
    attribution: str
    subdomains: str
    max_zoom: int

    def as_leaflet(self) -> dict[str, Any]:
        """Return the URL and options for Leaflet's `L.tileLayer`."""
        options = {
            "attribution": self.attribution,
            "subdomains": self.subdomains,
            "maxZoom": self.max_zoom,
            "opacity": 0.85,
        }
        return {"url": self.url, "options": options}

    def origins(self) -> tuple[str, ...]:
        """Return the origins that serve the tiles, one per subdomain."""
        origin = "/".join(self.url.split("/")[:3])
        return tuple(origin.replace("{s}", name) for name in self.subdomains or "-")


@dataclass(frozen=True)
class Basemap:
    """Tile layers, bottom layer first, and the datum of their coordinates.

    "WGS84" needs no conversion (CGCS2000 differs by centimetres). On "GCJ02" tiles the map shifts
    the coordinates as it draws (map/static/basemap.js).
    """

    layers: tuple[TileLayer, ...] = ()
    datum: str = "WGS84"


def tianditu_key() -> str:
    """Return the Tianditu browser key, or "" if none is set or it is malformed.

    The key is part of the tile URLs, so it is visible in the user's browser.
    """
    key = os.environ.get(KEY_VARIABLE, "").strip()
    return key if re.fullmatch(r"[0-9A-Za-z]{8,64}", key) else ""


def _tianditu(layer: str) -> TileLayer:
    url = (
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0"
        f"&LAYER={layer}&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles"
        f"&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={tianditu_key()}"
    )
    return TileLayer(url, "© 天地图 GS(2024)0568号", "01234567", 18)


def basemap(code: str) -> Basemap:
    """Return the basemap with a code from `geo.layer.query.BASEMAP_CODES`.

    The basemap "none" has no layers.
    """
    if code == "osm":
        url = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
        return Basemap((TileLayer(url, "© OpenStreetMap contributors", "", 19),))
    if code == "tianditu":
        return Basemap((_tianditu("vec"), _tianditu("cva")))
    if code == "tianditu_imagery":
        return Basemap((_tianditu("img"), _tianditu("cia")))
    if code == "amap":
        url = (
            "https://webrd0{s}.is.autonavi.com/appmaptile"
            "?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}"
        )
        return Basemap((TileLayer(url, "© 高德软件 GS(2023)4677号", "1234", 18),), "GCJ02")
    return Basemap()


def available() -> tuple[str, ...]:
    """Return the codes of the basemaps on offer, the default first.

    Tianditu is included only if its key is set.
    """
    tianditu = ("tianditu", "tianditu_imagery") if tianditu_key() else ()
    return ("none", *tianditu, "amap", "osm")


def tile_origins() -> tuple[str, ...]:
    """Return the origins of the tiles of all basemaps on offer.

    The browser never requests tiles from any other origin.
    """
    layers = [layer for code in available() for layer in basemap(code).layers]
    return tuple(dict.fromkeys(origin for layer in layers for origin in layer.origins()))
