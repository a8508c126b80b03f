"""The read-only API and its OpenAPI 3.1 description: downloads, the document, and the codelists.

The API takes the same query parameters as the page's URLs, and rejects unknown ones. It allows
cross-origin requests from any site. No request can change anything, and no request path is used as
a file path.
"""

import json
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from geo.core.faults import DataError
from geo.core.files import WRITE_CHECK
from geo.core.i18n import language_of, text
from geo.core.wording import wording_at_start
from geo.editions.store import store
from geo.exports.formats import FORMATS, PRINTS, Format, file_names
from geo.exports.json_formats import write_feature
from geo.layer.codes import codelists
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.layer.query import LANGUAGES, MAX_SEARCH_LENGTH, QUERY_CODES, ApiQuery, read_query
from geo.layer.selection import LICENCE, LICENCE_URL, Selection, select
from geo.text.document import Document
from geo.views import render
from geo.views.assets import Asset
from geo.web.responses import REVALIDATE, AssetCache, asset_response, error_response

PARAMETERS: Final[dict[str, str]] = {
    "sector": "Sectors to show; repeat the key for several",
    "county": f"Counties of {wording_at_start().place('en')} (GB/T 2260) to show, or outside; repeat for several",
    "stage": "Stages in the decision to show; repeat for several",
    "precision": "Precisions of place to show; repeat for several",
    "extent": "What projects are by nature, from a site to beyond the city; repeat for several",
    "since": "States since the decision, as the pages found tell; repeat for several",
    "scope": "local sets aside what stands for more than one whole county",
    "lang": "Language of labels and citation",
}


def openapi(version: str) -> dict[str, Any]:
    """Return the OpenAPI description; the data version serves as the API version."""
    filters = [_parameter(key) for key in QUERY_CODES]
    filters.append(
        {
            "name": "q", "in": "query", "description": "Words, a place or pinyin; all must be found",
            "schema": {"type": "string", "maxLength": MAX_SEARCH_LENGTH},
        }
    )  # fmt: skip
    paths = {
        f"/projects.{one.extension}": _operation(
            f"The projects that pass the filter, as {one.code}",
            one.media_type,
            filters,
            "The query or the format is not known, or no project passes where one is needed",
        )
        for one in FORMATS
    }
    for one in PRINTS:
        summary = f"The map of the projects that pass the filter, as {one.code}"
        missing = "No project passes the filter" if one.least else ""
        paths[f"/map.{one.extension}"] = _operation(summary, one.media_type, filters, missing)
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
            "title": f"{wording_at_start().place('en')} project map",
            "version": version,
            "description": "Read-only. Coordinates are longitude, latitude in WGS 84. Positions in "
            "the text count Unicode code points, end excluded.",
            "license": {"name": LICENCE, "url": LICENCE_URL},
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
    single = key in {"scope", "lang"}
    return {
        "name": key,
        "in": "query",
        "description": PARAMETERS[key],
        "schema": codes if single else {"type": "array", "items": codes},
    }


def _operation(
    summary: str, media_type: str, parameters: list[dict[str, Any]], missing: str
) -> dict[str, Any]:
    error = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    responses: dict[str, Any] = {
        "200": {"description": summary, "content": {media_type: {}}},
        "304": {"description": "Not changed since the ETag that the request names"},
        "503": {"description": "The data has faults", "content": error},
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

CACHE_BYTES: Final = 64 * 2**20
"""The size of the file cache in bytes: all formats of some twenty selections in both languages."""

file_cache = AssetCache(CACHE_BYTES)
"""The cache of exported files, shared by all requests of a server process."""

Handler = Callable[[Request, Dataset], Response]


def api_routes(base_path: str) -> list[BaseRoute]:
    """Return the routes of the API; `base_path` is "" or "/prefix"."""

    def add_slash(_: Request) -> Response:
        return RedirectResponse(f"{base_path}/api/", status_code=308, headers=ANY_ORIGIN)

    handlers: list[tuple[str, Handler]] = [
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
        _route(f"{base_path}/api/{path}", with_dataset(handler)) for path, handler in handlers
    ]
    return [_route(f"{base_path}/api", add_slash), *routes]


def _route(path: str, endpoint: Callable[[Request], Response]) -> Route:
    # Starlette runs a plain (not async) endpoint in a thread, so an export does not block the page.
    return Route(path, endpoint, methods=["GET", "HEAD"])


def with_dataset(handler: Handler) -> Callable[[Request], Response]:
    """Return an endpoint that calls a handler with the current dataset.

    It responds with status 400 to an invalid query, and with 503 if there is no good edition or a
    file cannot be written, for example because the disk is full.
    """

    def endpoint(request: Request) -> Response:
        state = store.read()
        if state.edition is None:
            faults = "; ".join(str(fault) for fault in state.faults[:10])
            return error_response(f"the data has faults: {faults}", 503, ANY_ORIGIN)
        try:
            return handler(request, state.edition.dataset)
        except DataError as error:
            # A failed write is a fault of the server, not of the query.
            write_failed = any(fault.check == WRITE_CHECK for fault in error.faults)
            return error_response(str(error), 503 if write_failed else 400, ANY_ORIGIN)

    return endpoint


def projects(request: Request, dataset: Dataset) -> Response:
    """Respond with the projects that the query selects, in the format that the path names."""
    extension = request.path_params["extension"]
    chosen = next((one for one in FORMATS if one.extension == extension), None)
    return _export(request, dataset, chosen)


def sheet(request: Request, dataset: Dataset) -> Response:
    """Respond with the printable map of the projects that the query selects."""
    extension = request.path_params["extension"]
    chosen = next((one for one in PRINTS if one.extension == extension), None)
    return _export(request, dataset, chosen)


def _export(request: Request, dataset: Dataset, chosen: Format | None) -> Response:
    if chosen is None:
        return not_found(request, dataset)
    asked = read_query(_query(request))
    selection = select(dataset, asked.filter)
    if len(selection.projects) < chosen.least:
        reason = f"no project passes the query, and a file of {chosen.code} holds one at least"
        return error_response(reason, 404, ANY_ORIGIN)
    return _file(request, selection, chosen, asked)


def _file(request: Request, selection: Selection, chosen: Format, asked: ApiQuery) -> Response:
    language = asked.language or LANGUAGE
    key = (selection.dataset.version, chosen.code, selection.query, language)
    asset = file_cache.get(key, lambda: Asset(chosen.write(selection, language), chosen.media_type))
    ascii_name, own_name = file_names(selection, chosen.extension, language)
    return asset_response(
        request, asset, REVALIDATE, ANY_ORIGIN | disposition(ascii_name, own_name)
    )


def project(request: Request, dataset: Dataset) -> Response:
    """Respond with one project as a GeoJSON Feature."""
    name = request.path_params["name"]
    if name not in dataset.projects:
        reason = f"there is no project {name[:80]!r}; api/projects.geojson lists all of them"
        return error_response(reason, 404, ANY_ORIGIN)
    asked = read_query(_query(request))
    selection = Selection(dataset, ProjectFilter(), (dataset.projects[name],))
    body = write_feature(selection, asked.language or LANGUAGE)
    file_name = f"{name}.geojson"
    more = ANY_ORIGIN | disposition(file_name, file_name)
    return asset_response(request, Asset(body, "application/geo+json"), REVALIDATE, more)


def document_json(request: Request, dataset: Dataset) -> Response:
    """Respond with the documents: text, clauses with their spans, and every anchor."""
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
        | {key: document.about[key] for key in keys}
        | {"text": document.text, "clauses": clauses, "anchors": anchors}
    )


def codelists_json(request: Request, _: Dataset) -> Response:
    """Respond with every codelist."""
    return _json(request, codelists())


def openapi_json(request: Request, dataset: Dataset) -> Response:
    """Respond with the OpenAPI description of this API."""
    return _json(request, openapi(dataset.version))


def index(request: Request, dataset: Dataset) -> Response:
    """Respond with an HTML page about the API, in the language of the query or of the browser."""
    asked = read_query(_query(request))
    accepted = request.headers.get("accept-language", "")
    language = asked.language or language_of(accepted.split(",")[0].strip() or None)

    def words(key: str, **values: Any) -> str:
        return text(language, key, **values)

    first_id = next(iter(dataset.projects), "")
    page = render(
        "api",
        words=words,
        language=language,
        files=[
            *((one, f"projects.{one.extension}") for one in FORMATS),
            *((one, f"map.{one.extension}") for one in PRINTS),
        ],
        codes=QUERY_CODES,
        version=dataset.version,
        example=urlencode({"sector": "rail", "lang": language}),
        project=first_id,
        others=[(code, words(f"language-{code}")) for code in LANGUAGES if code != language],
    )
    more = ANY_ORIGIN | {"Content-Language": language}
    more["Vary"] = "Accept-Encoding, Accept-Language"
    return asset_response(request, Asset(page.encode(), "text/html"), REVALIDATE, more)


def not_found(request: Request, _: Dataset) -> Response:
    """Respond with status 404 and the list of the paths that exist."""
    names = [f"projects.{one.extension}" for one in FORMATS]
    names += [f"map.{one.extension}" for one in PRINTS]
    names += ["projects/ID.geojson", "document.json", "codelists.json", "openapi.json"]
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
