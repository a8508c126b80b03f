"""The read-only API and its OpenAPI 3.1 description: downloads, the document, and the codelists.

The API takes the same query parameters as the page's URLs, and rejects unknown ones. It allows
cross-origin requests from any site. No request can change anything, and no request path is used as
a file path.
"""

import json
from asyncio import get_running_loop
from collections.abc import Awaitable, Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo.core.faults import DataError
from geo.core.i18n import text
from geo.core.wording import wording_at_start
from geo.editions.store import Edition, store
from geo.exports.formats import FORMAT, FORMATS, PRINTS, Format, file_names, write_filtered
from geo.exports.json_formats import write_feature
from geo.layer.codes import COUNTY_CODES_OF, METRES, codelists
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.layer.query import LANGUAGES, MAX_SEARCH_LENGTH, QUERY_CODES, read_query
from geo.layer.selection import LICENCE, LICENCE_URL, Selection, select
from geo.text.document import Document, stated
from geo.views import render
from geo.views.assets import Asset, PackedAsset
from geo.web.feed import FEED, MEDIA_TYPE, MOST_ENTRIES, feed_xml
from geo.web.jobs import READER_GONE, Jobs, fault_response, large_jobs, small_jobs, unless_gone
from geo.web.responses import (
    REVALIDATE,
    AssetCache,
    asset_response,
    browser_language,
    error_response,
    is_compressible,
    unavailable_response,
)

WORDS: Final = wording_at_start()
PARAMETERS: Final[dict[str, str]] = {
    "sector": "Sectors to show; repeat the key for several",
    "county": f"{WORDS.counties.capitalize()} of {WORDS.place('en')} ({COUNTY_CODES_OF}) to show, or outside; "
    "repeat for several",
    "stage": f"Stages in the {WORDS.document('en')} to show; repeat for several",
    "precision": "Precisions of place to show; repeat for several",
    "extent": f"What projects are by nature, from a site to beyond the {WORDS.level('en')}; repeat for several",
    "since": f"States since the {WORDS.document('en')}, as the pages found tell; repeat for several",
    "scope": f"local sets aside what stands for more than one whole {WORDS.county('en')}",
    "lang": "Language of labels and citation",
    "crs": "Coordinate reference system; x comes first: longitude, latitude in degrees, or easting, "
    f"northing in metres for {METRES.code} ({METRES.name('en')})",
}


def openapi(version: str) -> dict[str, Any]:
    """Return the OpenAPI description; the data version serves as the API version."""
    filters = [_parameter(key) for key in QUERY_CODES if key != "crs"]
    filters.append(
        {
            "name": "q", "in": "query", "description": "Words, a place or pinyin; all must be found. Traditional and simplified "
            "characters are the same. A word of one Latin letter is left out",
            "schema": {"type": "string", "maxLength": MAX_SEARCH_LENGTH},
        }
    )  # fmt: skip
    paths = {
        f"/projects.{one.extension}": _operation(
            f"The projects that pass the filter, as {one.code}",
            one.media_type,
            [*filters, _crs_parameter(one)] if one.takes_crs else filters,
            "The query or the format is not known, or no project passes where one is needed",
        )
        for one in FORMATS
    }
    for one in PRINTS:
        summary = f"The map of the projects that pass the filter, as {one.code}"
        missing = "No project passes the filter" if one.least else ""
        paths[f"/map.{one.extension}"] = _operation(summary, one.media_type, filters, missing)
    paths[f"/{FEED}"] = _operation(
        f"The newest {MOST_ENTRIES} events, and changes between editions, as an Atom feed",
        MEDIA_TYPE,
        filters,
        "",
    )
    slug = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    paths["/projects/{id}.geojson"] = _operation(
        "One project as a GeoJSON Feature",
        "application/geo+json",
        [slug, _parameter("lang")],
        "There is no such project",
    )
    for name, summary in (
        ("document", "The documents: text, clauses with their spans, and every anchor"),
        ("codelists", "Every codelist, with labels and crosswalks"),
        ("openapi", "This description"),
    ):
        paths[f"/{name}.json"] = _operation(summary, "application/json", [], "")
    paths["/"] = _operation(
        "A page about this API, for people", "text/html", [_parameter("lang")], ""
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{WORDS.place('en')} project map",
            "version": version,
            "description": "Read-only. Coordinates are longitude, latitude in WGS 84, except in the "
            "files that take crs. Positions in the text count Unicode code points, end excluded.",
            **({"license": {"name": LICENCE, "url": LICENCE_URL}} if LICENCE else {}),
        },
        "servers": [{"url": "./"}],
        "paths": paths,
        "components": {
            "schemas": {
                "Error": {
                    "type": "object",
                    "required": ["error"],
                    "properties": {"error": {"type": "string"}},
                }
            }
        },
    }


def _parameter(key: str) -> dict[str, Any]:
    codes = {"type": "string", "enum": list(QUERY_CODES[key])}
    single = key in {"scope", "lang", "crs"}
    return {
        "name": key,
        "in": "query",
        "description": PARAMETERS[key],
        "schema": codes if single else {"type": "array", "items": codes},
    }


def _crs_parameter(one: Format) -> dict[str, Any]:
    parameter = _parameter("crs")
    parameter["schema"]["default"] = one.systems[0].code
    return parameter


def _operation(
    summary: str, media_type: str, parameters: list[dict[str, Any]], missing: str
) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": {media_type: {}}},
        "304": {"description": "Not changed since the ETag that the request names"},
        "503": {
            "description": "Nothing can be served now; Retry-After says when to ask again",
            "content": error,
        },
    }
    if parameters:
        responses["400"] = {"description": "The query is not known", "content": error}
    if missing:
        responses["404"] = {"description": missing, "content": error}
    return {"get": {"summary": summary, "parameters": parameters, "responses": responses}}


ANY_ORIGIN: Final = {"Access-Control-Allow-Origin": "*"}
LANGUAGE: Final = "zh"
"""The language of a file whose URL names none. It does not depend on the user's settings, so that a
URL gives everyone the same file."""

CACHE_BYTES: Final = 24 * 2**20
"""The size of the file cache in bytes: all formats of some ten selections in both languages."""

file_cache = AssetCache(CACHE_BYTES)
"""The cache of exported files, shared by all requests of a server process."""

MANY: Final = 500
"""Of more projects than this, a file in any format is made in a process of its own."""

SELECTING: Final = ThreadPoolExecutor(2, thread_name_prefix="selecting")
"""The threads in which requests select projects. In forty at once, Starlette's limit, a flood of
requests would take hundreds of megabytes to select from ten thousand, and most would be refused then."""


@dataclass(frozen=True)
class FileOrder:
    """A file to make: its key in the cache, its media type, how it is made, and its headers.

    `source` is the order of the file that it is made from, which is the last of the values.
    """

    key: Hashable
    media_type: str
    jobs: Jobs
    call: tuple[Any, ...]
    headers: Mapping[str, str]
    source: "FileOrder | None" = None

    async def make(self) -> Asset:
        """Return the file, from the cache if it is there; raises DataError if it cannot be made."""
        made = file_cache.find(self.key)
        if made is None:
            last = [(await self.source.make()).body] if self.source else []
            body = await self.jobs.make(self.key, *self.call, *last, is_second=bool(last))
            made = Asset(body, self.media_type)
            if is_compressible(self.media_type):
                # In a thread, because a large file takes a while to compress.
                made = await run_in_threadpool(PackedAsset, made)
            file_cache.keep(self.key, made)
        return made


Handler = Callable[[Request, Edition], Response | FileOrder]


def api_routes(base_path: str) -> list[BaseRoute]:
    """Return the routes of the API; `base_path` is "" or "/prefix"."""

    def add_slash(_: Request) -> Response:
        return RedirectResponse(f"{base_path}/api/", status_code=308, headers=ANY_ORIGIN)

    handlers: list[tuple[str, Handler]] = [
        (FEED, feed),
        ("", index),
        ("document.json", document_json),
        ("codelists.json", codelists_json),
        ("openapi.json", openapi_json),
        ("projects.{extension}", projects),
        ("map.{extension}", sheet),
        ("projects/{name}.geojson", project),
        ("{rest:path}", not_found),
    ]
    routes = [
        _route(f"{base_path}/api/{path}", with_edition(handler)) for path, handler in handlers
    ]
    return [_route(f"{base_path}/api", add_slash), *routes]


def _route(path: str, endpoint: Callable[[Request], Any]) -> Route:
    return Route(path, endpoint, methods=["GET", "HEAD"])


def with_edition(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that calls a handler with the current edition.

    It responds with status 400 to an invalid query, and with 503 if there is no good edition, if too
    many files are being made, or if one cannot be written, for example because the disk is full.
    """

    def handled(request: Request) -> Response | FileOrder:
        state = store.read()
        if state.edition is None:
            return unavailable_response(request, ANY_ORIGIN)
        return handler(request, state.edition)

    async def endpoint(request: Request) -> Response:
        try:
            # In a thread, so that a filter of many projects does not block the page.
            response = await get_running_loop().run_in_executor(SELECTING, handled, request)
            if isinstance(response, FileOrder):
                asset = await unless_gone(request, response.make())
                if asset is None:
                    return Response(status_code=READER_GONE)
                # Likewise, because a large file takes a while to unpack and to hash.
                return await run_in_threadpool(
                    asset_response, request, asset, REVALIDATE, response.headers
                )
        except DataError as error:
            return fault_response(request, error, 400, ANY_ORIGIN)
        return response

    return endpoint


def projects(request: Request, edition: Edition) -> Response | FileOrder:
    """Respond with the projects that the query selects, in the format that the path names."""
    extension = request.path_params["extension"]
    chosen = next((one for one in FORMATS if one.extension == extension), None)
    return _export(request, edition, chosen)


def sheet(request: Request, edition: Edition) -> Response | FileOrder:
    """Respond with the printable map of the projects that the query selects."""
    extension = request.path_params["extension"]
    chosen = next((one for one in PRINTS if one.extension == extension), None)
    return _export(request, edition, chosen)


def _export(request: Request, edition: Edition, chosen: Format | None) -> Response | FileOrder:
    if chosen is None:
        return not_found(request, edition)
    asked = read_query(_query(request))
    selection = chosen.placed(select(edition.dataset, asked.filter), asked.crs)
    if len(selection.projects) < chosen.least:
        reason = f"no project passes the query, and a file of {chosen.code} holds one at least"
        return error_response(reason, 404, ANY_ORIGIN)
    return _order(selection, chosen, asked.language or LANGUAGE)


def _order(selection: Selection, chosen: Format, language: str) -> FileOrder:
    """Return how a file is made: by whom, from what, and what it is called."""
    source = None
    call: tuple[Any, ...] = (chosen.write, selection, language)
    jobs = large_jobs if chosen.is_costly or len(selection.projects) > MANY else small_jobs
    if chosen.convert is not None:
        first = next(one for one in PRINTS if one.code == chosen.source)
        source, call = _order(selection, first, language), (chosen.convert,)
    elif jobs is large_jobs:
        call = (
            write_filtered, chosen.write, selection.dataset, selection.filter, selection.system, language,
        )  # fmt: skip
    return FileOrder(
        (selection.dataset.version, chosen.code, selection.query, language, selection.system.code),
        chosen.media_type,
        jobs,
        call,
        ANY_ORIGIN | disposition(*file_names(selection, chosen.extension, language)),
        source,
    )


def feed(request: Request, edition: Edition) -> Response:
    """Respond with the Atom feed of the projects that the query selects."""
    asked = read_query(_query(request))
    selection = select(edition.dataset, asked.filter)
    language = asked.language or LANGUAGE
    key = (edition.folder, edition.changes and edition.changes[0], selection.query, language)
    asset = file_cache.get(
        (FEED, *key), lambda: Asset(feed_xml(selection, edition.changes, language), MEDIA_TYPE)
    )
    return asset_response(request, asset, REVALIDATE, ANY_ORIGIN)


def project(request: Request, edition: Edition) -> Response:
    """Respond with one project as a GeoJSON Feature."""
    dataset = edition.dataset
    name = request.path_params["name"]
    if name not in dataset.projects:
        reason = f"there is no project {name[:80]!r}; api/projects.geojson lists all of them"
        return error_response(reason, 404, ANY_ORIGIN)
    asked = read_query(_query(request))
    selection = FORMAT["geojson"].placed(
        Selection(dataset, ProjectFilter(), (dataset.projects[name],)), asked.crs
    )
    body = write_feature(selection, asked.language or LANGUAGE)
    file_name = f"{name}.geojson"
    more = ANY_ORIGIN | disposition(file_name, file_name)
    return asset_response(request, Asset(body, "application/geo+json"), REVALIDATE, more)


def document_json(request: Request, edition: Edition) -> Response:
    """Respond with the documents: text, clauses with their spans, and every anchor."""
    dataset = edition.dataset
    documents = [_document(one, dataset) for one in dataset.documents.values()]
    return _json(request, {"data_version": dataset.version, "documents": documents})


def _document(document: Document, dataset: Dataset) -> dict[str, Any]:
    keys = ("title", "title_en", "issuer", "issuer_en", "adopted", "published", "publisher")
    clauses = [
        {
            "clause": clause.numeral,
            "paragraphs": [
                {"start": span.start, "end": span.end, "text": document.slice(span)}
                for span in clause.paragraphs
            ],
        }
        for clause in document.clauses
    ]
    anchors = [
        {"project": project.id} | vars(anchor)
        for project in dataset.projects.values()
        for anchor in project.anchors
        if anchor.document == document.id
    ]
    return (
        {"id": document.id, "sha256": document.sha256}
        | {key: stated(document.about[key]) for key in keys}
        | {"text": document.text, "clauses": clauses, "anchors": anchors}
    )


def codelists_json(request: Request, _: Edition) -> Response:
    """Respond with every codelist."""
    return _json(request, codelists())


def openapi_json(request: Request, edition: Edition) -> Response:
    """Respond with the OpenAPI description of this API."""
    return _json(request, openapi(edition.dataset.version))


def index(request: Request, edition: Edition) -> Response:
    """Respond with an HTML page about the API, in the language of the query or of the browser."""
    asked = read_query(_query(request))
    language = asked.language or browser_language(request)

    def words(key: str, **values: Any) -> str:
        return text(language, key, **values)

    dataset = edition.dataset
    first_id = next(iter(dataset.projects), "")
    page = render(
        "api",
        words=words,
        language=language,
        files=[
            *((one, f"projects.{one.extension}") for one in FORMATS),
            *((one, f"map.{one.extension}") for one in PRINTS),
        ],
        feed=FEED,
        codes=QUERY_CODES,
        version=dataset.version,
        example=urlencode({"sector": "rail", "lang": language}),
        project=first_id,
        others=[(code, words(f"language-{code}")) for code in LANGUAGES if code != language],
    )
    more = ANY_ORIGIN | {"Content-Language": language}
    more["Vary"] = "Accept-Encoding, Accept-Language"
    return asset_response(request, Asset(page.encode(), "text/html"), REVALIDATE, more)


def not_found(request: Request, _: Edition) -> Response:
    """Respond with status 404 and the list of the paths that exist."""
    names = [f"projects.{one.extension}" for one in FORMATS]
    names += [f"map.{one.extension}" for one in PRINTS]
    names += [FEED, "projects/ID.geojson", "document.json", "codelists.json", "openapi.json"]
    asked = request.scope["path"].rpartition("/api/")[2]
    return error_response(
        f"there is no {asked[:80]!r} here; there are {', '.join(names)}", 404, ANY_ORIGIN
    )


def _query(request: Request) -> str:
    """Return the query string as it was sent, with U+FFFD for bytes that are not UTF-8."""
    # `request.url` also uses the Host header, and raises an error if that is malformed.
    sent: bytes = request.scope["query_string"]
    return sent.decode("utf-8", "replace")


def _json(request: Request, value: Any) -> Response:
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return asset_response(request, Asset(body.encode(), "application/json"), REVALIDATE, ANY_ORIGIN)


def disposition(ascii_name: str, own_name: str) -> dict[str, str]:
    """Return the Content-Disposition header with both file names (RFC 6266, RFC 5987)."""
    named = f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(own_name, safe='')}"
    return {"Content-Disposition": named}
