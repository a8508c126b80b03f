"""Shared ground of the tests: the real dataset, folders to spoil, a database, an app, a browser."""

import functools
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyproj.database
import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, expect, sync_playwright
from support import ROOT
from support.map_page import ELSEWHERE
from support.outcome import FAILED
from support.postgis_server import Server, running_server
from support.servers import serving
from support.shared_pages import SharedPages

from geo.checks import load
from geo.core.home import Home
from geo.editions import snapshot
from geo.editions.publishing import publish
from geo.layer.dataset import Dataset
from tools.bench.browser import FULL, SHELL, find_browser

# How long a rule takes to hold says nothing about whether it holds.
settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
expect.set_options(timeout=20_000)


TOGETHER = {
    "tests/browser/test_immediate_filter.py": "a page whose answers are held back",
    "tests/browser/test_large_layer.py": "a server with a large layer",
    "tests/editions/test_database_home.py": "a PostgreSQL",
    "tests/editions/test_publishing.py": "a PostgreSQL",
    "tests/authoring/test_new_home.py": "a folder made by init",
    "tests/sheet/test_symbols.py": "sheets",
    "tests/sheet/test_sheet.py": "sheets",
    "tests/web/test_api.py": "answers that the API keeps",
    "tests/test_deploy.py": "two servers and nginx",
}
"""Which tests one worker runs, so that the other does not start the same again."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER.get(nodeid.partition("::")[0], nodeid)

    return Scheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _homes_read_in_the_process_of_the_tests() -> Iterator[None]:
    """Read homes without a process for each, which takes a second; servers of the tests start them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(snapshot, "APART_BYTES", float("inf"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _utm_zones_looked_up_once() -> Iterator[None]:
    """Keep the UTM zone of a place: pyproj takes longer to look it up than all the checks to run."""
    kept = functools.lru_cache(pyproj.database.query_utm_crs_info)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyproj.database, "query_utm_crs_info", kept)
        yield


@pytest.fixture(scope="session")
def home() -> Home:
    return Home(ROOT)


@pytest.fixture(scope="session")
def dataset(home: Home) -> Dataset:
    return load(home)


@pytest.fixture
def copy(tmp_path: Path) -> Home:
    """Return a folder with the same seeds and data, free to be spoiled."""
    for name in ("seeds", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Home(tmp_path)


@pytest.fixture
def spoil(copy: Home) -> Callable[[Callable[[dict[str, Any]], None]], Home]:
    """Return a function that changes the copied layer and gives back its folder."""

    def change(how: Callable[[dict[str, Any]], None]) -> Home:
        collection = json.loads(copy.projects.read_text(encoding="utf-8"))
        how(collection)
        copy.projects.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
        return copy

    return change


@pytest.fixture(scope="session")
def postgis() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def database(postgis: Server) -> str:
    """Return the address of a new database with PostGIS."""
    return postgis.address(postgis.create())


@pytest.fixture(scope="session")
def published_once(postgis: Server, home: Home) -> str:
    """Return the name of a database that holds the edition of this folder."""
    name = postgis.create()
    publish(home, postgis.address(name))
    return name


@pytest.fixture(scope="session")
def shown_database(postgis: Server, published_once: str) -> str:
    """Return the address of a database with an edition, which no test changes."""
    return postgis.address(postgis.create(published_once))


@pytest.fixture
def edition_database(postgis: Server, published_once: str) -> str:
    """Return the address of a new database with an edition."""
    return postgis.address(postgis.create(published_once))


@pytest.fixture(scope="session")
def app_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("app") / "server.log"


@pytest.fixture(scope="session")
def app(app_log: Path) -> Iterator[str]:
    with serving(app_log) as address:
        yield address


SECRETS = {
    "PGHIDDEN": "s3cret-of-postgres",
    "STREAMLIT_SERVER_COOKIE_SECRET": "s3cret-of-the-cookie",
    "SOME_API_TOKEN": "s3cret-of-another-program",
    "TIANDITU_KEY": "0123456789abcdef0123456789abcdef",
}


@dataclass(frozen=True)
class OwnApp:
    """The app over a folder that a test may change, with secrets around it."""

    address: str
    home: Home
    log: Path
    secrets: Mapping[str, str]


@pytest.fixture(scope="session")
def own_app_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnApp]:
    folder = tmp_path_factory.mktemp("home")
    for name in ("seeds", "data"):
        shutil.copytree(ROOT / name, folder / name)
    log = tmp_path_factory.mktemp("own_app") / "server.log"
    with serving(log, PROJECT_MAP_HOME=str(folder), **SECRETS) as address:
        yield OwnApp(address, Home(folder), log, SECRETS)


@pytest.fixture
def own_app(own_app_server: OwnApp) -> Iterator[OwnApp]:
    """Return the app over a folder of its own; the layer is put back after the test."""
    yield own_app_server
    good = (ROOT / "data" / "projects.geojson").read_bytes()
    own_app_server.home.folder.joinpath("data", "projects.geojson").write_bytes(good)


ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
"""Without a graphics card Chromium imitates one, which takes a sixth of the time of a load."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = find_browser(SHELL + FULL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def outside() -> list[str]:
    """Return the list that fills with every request that wanted to leave the machine."""
    return []


@pytest.fixture
def open_page(browser: Browser, outside: list[str]) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page whose requests to other machines are refused."""
    contexts = []

    def opened(address: str, **options: Any) -> Page:
        options = {"viewport": {"width": 1400, "height": 900}, "locale": "zh-CN"} | options
        context = browser.new_context(**options)
        contexts.append(context)

        def refuse(route: Any) -> None:
            outside.append(route.request.url)
            route.abort()

        context.route(ELSEWHERE, refuse)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shared_pages(browser: Browser, app: str, dataset: Dataset) -> Iterator[SharedPages]:
    pages = SharedPages(browser, app, dataset)
    yield pages
    pages.drop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture
def visit(
    shared_pages: SharedPages, outside: list[str], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Return a function that leads an open page to a query, without loading it anew."""
    shared_pages.outside = outside
    yield shared_pages.visit
    if request.node.stash.get(FAILED, False):
        shared_pages.drop()
