"""What search engines and messengers ask for: robots.txt, the sitemap and the preview images.

The sitemap follows sitemaps.org, with the alternate languages of each page as Google reads them.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from geo.core.faults import DataError, quoted
from geo.core.publication import absolute, public_address, public_path
from geo.core.xml_writer import add, encoded
from geo.editions.store import store
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.layer.projects import Project
from geo.layer.query import LANGUAGES, PageState, read_query, url_query
from geo.layer.selection import select
from geo.sheet.preview import project_preview, selection_preview
from geo.views.assets import Asset
from geo.web.jobs import READER_GONE, fault_response, large_jobs, unless_gone
from geo.web.responses import (
    REVALIDATE,
    AssetCache,
    asset_response,
    error_response,
    unavailable_response,
)

ROBOTS, SITEMAP, PREVIEW = "robots.txt", "sitemap.xml", "preview.png"
NOT_CRAWLED: Final = ("api/", "_stcore/")
"""Paths that robots should leave alone: large downloads, and what only Streamlit's page uses."""


def discovery_routes(base_path: str, local: str = "") -> list[BaseRoute]:
    """Return the routes of robots.txt, the sitemap and the preview images.

    `base_path` is "" or "/prefix"; `local` is the origin of this server, such as
    "http://localhost:8501", for a sitemap while there is no public address.
    """

    async def robots(request: Request) -> Response:
        asset = Asset(robots_text(base_path).encode(), "text/plain")
        return asset_response(request, asset, REVALIDATE)

    # Starlette runs a plain (not async) endpoint in a thread.
    def sitemap(request: Request) -> Response:
        edition = store.read().edition
        if edition is None:
            return unavailable_response(request)
        return sitemap_response(request, edition.dataset, base_path, local)

    async def preview(request: Request) -> Response:
        edition = store.read().edition
        if edition is None:
            return unavailable_response(request)
        return await preview_response(request, edition.dataset)

    endpoints = ((ROBOTS, robots), (SITEMAP, sitemap), (PREVIEW, preview))
    return [
        Route(f"{base_path}/{name}", endpoint, methods=["GET", "HEAD"])
        for name, endpoint in endpoints
    ]


def robots_text(base_path: str) -> str:
    """Return the content of robots.txt, which names the sitemap if there is a public address."""
    path = public_path(base_path)
    lines = ["User-agent: *", *(f"Disallow: {path}/{name}" for name in NOT_CRAWLED)]
    lines.append(f"Allow: {path}/")
    if public_address() is not None:
        # The protocol requires a whole URL.
        lines += ["", f"Sitemap: {absolute(base_path, SITEMAP)}"]
    return "\n".join(lines) + "\n"


SITEMAP_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML_NAMESPACE: Final = "http://www.w3.org/1999/xhtml"
URLS_PER_SITEMAP: Final = 20_000
"""Maximum number of URLs in one file. The protocol allows 50,000, but also at most 50 MB, which so
many could exceed with the longest ids and the longest public address."""
SITEMAP_BYTES: Final = 64 * 2**20

sitemap_cache = AssetCache(SITEMAP_BYTES)
"""The sitemaps of the current edition: a file of the largest size, and its index."""


def sitemap_response(
    request: Request, dataset: Dataset, base_path: str, local: str = ""
) -> Response:
    """Respond with the sitemap, or its index if it has several parts; `?part=1` is the first part.

    A sitemap must contain whole URLs. Without a public address they are those of this machine,
    which robots.txt does not name; they let an operator see what would be listed.
    """
    address = public_address() or local
    if not address:
        return error_response("a sitemap needs the public address; set PROJECT_MAP_ADDRESS", 404)
    if public_address() is None:
        base_path = local + base_path
    parts = sitemap_parts(dataset)
    asked = request.query_params.get("part", "")
    if asked not in {"", *map(str, range(1, parts + 1))}:
        return error_response(f"there is no part {asked[:20]!r}; the parts are 1 to {parts}", 404)

    def make() -> Asset:
        if asked == "" and parts > 1:
            root = sitemap_index(dataset, base_path)
        else:
            root = sitemap_urls(dataset, base_path, int(asked or 1))
        return Asset(encoded(root), "application/xml")

    asset = sitemap_cache.get((dataset.version, address, base_path, asked), make)
    return asset_response(request, asset, REVALIDATE)


def sitemap_pages(dataset: Dataset) -> list[tuple[PageState, str]]:
    """Return the pages to index, each as a state without a language and its date (YYYY-MM-DD).

    These are the first page, the text of the decision, and every project.
    """
    dates = {project.id: last_change(dataset, project) for project in dataset.projects.values()}
    about = dataset.document.about
    newest = max(dates.values(), default=about["adopted"])
    return [
        (PageState(), newest),
        (PageState(view="document"), about["published"]),
        *((PageState(project=name), day) for name, day in dates.items()),
    ]


def last_change(dataset: Dataset, project: Project) -> str:
    """Return the newest date (YYYY-MM-DD) in the data of a project.

    It is that of an event, of a search for events, or of a reference, else of the decision.
    """
    dates = [event.as_of for event in dataset.events_of.get(project.id, ())]
    dates += [one.retrieved for one in project.references if one.retrieved is not None]
    if project.id in dataset.search_of:
        dates.append(dataset.search_of[project.id].date)
    return max(dates, default=dataset.document.about["adopted"])


def sitemap_parts(dataset: Dataset) -> int:
    """Return the number of files that the URLs of a dataset need."""
    urls = (len(dataset.projects) + 2) * len(LANGUAGES)
    return -(-urls // URLS_PER_SITEMAP)


def sitemap_index(dataset: Dataset, base_path: str) -> ET.Element:
    """Return the index of a sitemap that needs several files."""
    root = ET.Element("sitemapindex", {"xmlns": SITEMAP_NAMESPACE})
    newest = sitemap_pages(dataset)[0][1]
    for number in range(1, sitemap_parts(dataset) + 1):
        entry = add(root, "sitemap")
        add(entry, "loc", absolute(base_path, f"{SITEMAP}?part={number}"))
        add(entry, "lastmod", newest)
    return root


def sitemap_urls(dataset: Dataset, base_path: str, part: int) -> ET.Element:
    """Return one file of the sitemap; `part` counts from 1."""
    root = ET.Element("urlset", {"xmlns": SITEMAP_NAMESPACE, "xmlns:xhtml": XHTML_NAMESPACE})
    pages = URLS_PER_SITEMAP // len(LANGUAGES)
    for state, day in sitemap_pages(dataset)[(part - 1) * pages : part * pages]:
        alternates = dict(_alternates(state, base_path))
        for language in LANGUAGES:
            entry = add(root, "url")
            add(entry, "loc", alternates[language])
            add(entry, "lastmod", day)
            for code, href in alternates.items():
                add(entry, "xhtml:link", rel="alternate", hreflang=code, href=href)
    return root


def _alternates(state: PageState, base_path: str) -> Iterator[tuple[str, str]]:
    """Yield the URL of a page in each language, and without one, where the browser's is used."""
    for code, language in (*zip(LANGUAGES, LANGUAGES, strict=True), ("x-default", None)):
        query = url_query(replace(state, language=language))
        yield code, absolute(base_path, "" if query == "?" else query)


PREVIEW_BYTES: Final = 16 * 2**20
"""The size of the cache in bytes: two hundred images of the usual size."""
LANGUAGE: Final = "zh"
"""The language of an image whose URL names none, as in the API."""

preview_cache = AssetCache(PREVIEW_BYTES)
"""The preview images of this process."""


def preview_address(base_path: str, state: PageState, language: str) -> str:
    """Return the URL of the preview image of a state of the page, with its texts in "zh" or "en".

    It shows the selected project, else what the filters leave. Searches have no image of their own,
    because there are endlessly many.
    """
    shown = PageState(language=language)
    if state.project is not None:
        shown = replace(shown, project=state.project)
    elif not state.filter.q:
        shown = replace(shown, filter=state.filter)
    return absolute(base_path, PREVIEW + url_query(shown))


async def preview_response(request: Request, dataset: Dataset) -> Response:
    """Respond with the preview image that the query asks for; with 404 to what is not known."""
    sent: bytes = request.scope["query_string"]
    query = sent.decode("utf-8", "replace")
    try:
        asked = read_query(query)
    except DataError as error:
        return error_response(str(error), 404)
    language = asked.language or LANGUAGE
    name = parse_qs(query).get("project", [""])[-1]
    if name and name not in dataset.projects:
        return error_response(f"there is no project {quoted(name)}", 404)
    selection = select(dataset, ProjectFilter() if asked.filter.q else asked.filter)
    key = (dataset.version, language, name, "" if name else selection.query)

    async def make() -> Asset:
        subject = (project_preview, dataset, dataset.projects[name]) if name else (
            selection_preview, dataset, selection.filter,
        )  # fmt: skip
        body = await large_jobs.make(("preview", *key), *subject, language)
        return preview_cache.keep(key, Asset(body, "image/png"))

    asset = preview_cache.find(key)
    if asset is None:
        try:
            asset = await unless_gone(request, make())
        except DataError as error:
            return fault_response(request, error, 503)
    if asset is None:
        return Response(status_code=READER_GONE)
    return asset_response(request, asset, REVALIDATE)
