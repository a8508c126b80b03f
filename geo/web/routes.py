"""The routes other than the page itself: packaged files, data files, the API, and status 404."""

from collections.abc import Callable, Mapping
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.core.publication import approval_number, draws_district_lines
from geo.editions.store import store
from geo.views.assets import Asset, static_assets, static_folder
from geo.web.api import api_routes
from geo.web.discovery import discovery_routes
from geo.web.first_view import FirstPage
from geo.web.not_found import NotFoundRoute
from geo.web.responses import (
    IMMUTABLE,
    REVALIDATE,
    asset_response,
    error_response,
    unavailable_response,
)
from geo.web.streamlit_pages import (
    FRAME_ROUTE,
    HASHED,
    INDEX,
    SHELL_ROUTE,
    MapFrame,
    StreamlitPage,
    component_build,
)


def routes(base_path: str, front_end: Path, local: str = "") -> list[BaseRoute]:
    """Return all routes.

    `base_path` is "" or "/prefix"; `front_end` is the folder of Streamlit's front-end build;
    `local` is the origin of this server, "http://localhost:8501". Raises DataError if a setting of
    the publisher is faulty, so that the server does not start with it.
    """
    approval_number()
    draws_district_lines()
    frame = MapFrame(component_build())
    shell = StreamlitPage(front_end, frame.scripts)
    shell.compress_early()
    first = FirstPage(shell, base_path, local)
    first.prepare()

    async def assets(request: Request) -> Response:
        return _serve(request, static_folder(), static_assets())

    async def data(request: Request) -> Response:
        edition = store.read().edition
        if edition is None:
            return unavailable_response(request)
        return _serve(request, edition.folder, edition.assets)

    async def frame_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name == INDEX:
            return asset_response(request, frame.index_page(_data_folder()), REVALIDATE)
        if name not in frame.files:
            return _missing(name)
        asset = await run_in_threadpool(frame.asset, name)
        return asset_response(request, asset, IMMUTABLE if HASHED.search(name) else REVALIDATE)

    async def shell_file(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in shell.files:
            return _missing(name)
        # In a thread, because the largest files, which few pages need, take a second to compress.
        return asset_response(request, await run_in_threadpool(shell.asset, name), IMMUTABLE)

    return [
        _route(f"{base_path}/assets/{{folder}}/{{name}}", assets),
        _route(f"{base_path}/data/{{folder}}/{{name}}", data),
        _route(f"{base_path}/{SHELL_ROUTE}/{{name:path}}", shell_file),
        _route(f"{base_path}/{FRAME_ROUTE}/{{name:path}}", frame_file),
        _route(f"{base_path}/", first.respond),
        *discovery_routes(base_path, local),
        *api_routes(base_path),
        NotFoundRoute(base_path, front_end),
    ]


def _route(path: str, endpoint: Callable[[Request], object]) -> Route:
    return Route(path, endpoint, methods=["GET", "HEAD"])


def _data_folder() -> str:
    edition = store.read().edition
    return edition.folder if edition else ""


def _missing(name: str) -> Response:
    return error_response(f"there is no {name[:80]!r} here", 404)


def _serve(request: Request, folder: str, assets: Mapping[str, Asset]) -> Response:
    name = request.path_params["name"]
    asset = assets.get(name)
    if asset is None:
        return error_response(
            f"there is no {name[:80]!r} here; the files are {', '.join(assets)}", 404
        )
    # The URL of an older edition gets the current file, which must not be cached there for ever.
    current = request.path_params["folder"] == folder
    return asset_response(request, asset, IMMUTABLE if current else REVALIDATE)
