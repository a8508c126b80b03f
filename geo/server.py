"""The routes beside the page: packaged files and the layers, cached for ever under their hash."""

from collections.abc import Callable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.answers import ASK_AGAIN, FOR_EVER, refuse, respond
from geo.api import api_routes
from geo.assets import Asset, static_assets, static_folder
from geo.i18n import text
from geo.store import store

PRELOADED: Final = ("leaflet.js", "map.js", "ui.json")
PRELOADED_DATA: Final = ("map.json", "backdrop.json")
"""Files the map's frame asks for late in the load; named early, they are there by then."""


def routes(base_path: str, shell: Path) -> list[BaseRoute]:
    """Return the routes; `base_path` is "" or "/prefix", `shell` Streamlit's own index.html."""

    async def assets(request: Request) -> Response:
        return _serve(request, static_folder(), static_assets())

    async def data(request: Request) -> Response:
        edition = store.read().edition
        if edition is None:
            return refuse("the data has faults; run python -m geo to see them", 503)
        return _serve(request, edition.folder, edition.assets)

    async def index(request: Request) -> Response:
        edition = store.read().edition
        return respond(request, index_page(shell, edition.folder if edition else ""), ASK_AGAIN)

    return [
        _route(f"{base_path}/assets/{{folder}}/{{name}}", assets),
        _route(f"{base_path}/data/{{folder}}/{{name}}", data),
        _route(f"{base_path}/", index),
        *api_routes(base_path),
    ]


def _route(path: str, endpoint: Callable[[Request], object]) -> Route:
    return Route(path, endpoint, methods=["GET", "HEAD"])


@cache
def index_page(shell: Path, data_folder: str) -> Asset:
    """Return Streamlit's page with our title and style in its head.

    A style that came with the first rerun would let the page flash without it.
    """
    folder = f"./assets/{static_folder()}"
    head = [
        f"<title>{escape(text('zh', 'title'))}</title>",
        f'<link rel="stylesheet" href="{folder}/page.css">',
        f'<script src="{folder}/page.js" defer></script>',
    ]
    late = [f"{folder}/{name}" for name in PRELOADED]
    if data_folder:
        late += [f"./data/{data_folder}/{name}" for name in PRELOADED_DATA]
    head += [f'<link rel="prefetch" href="{href}">' for href in late]
    page = shell.read_text(encoding="utf-8")
    page = page.replace("<title>Streamlit</title>", "\n    ".join(head))
    page = page.replace('<html lang="en">', '<html lang="zh">')
    return Asset(page.encode(), "text/html")


def _serve(request: Request, folder: str, assets: Mapping[str, Asset]) -> Response:
    name = request.path_params["name"]
    asset = assets.get(name)
    if asset is None:
        return refuse(f"there is no {name[:80]!r} here; the files are {', '.join(assets)}", 404)
    # A link of an older edition is answered with today's file, but not for ever.
    current = request.path_params["folder"] == folder
    return respond(request, asset, FOR_EVER if current else ASK_AGAIN)
