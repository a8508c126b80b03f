"""The description of the API (OpenAPI 3.1), made from the formats and the codelists."""

from typing import Any, Final

from geo.exports.formats import FORMATS
from geo.exports.prints import PRINTS
from geo.layer.query import CODES, LONGEST_SEARCH
from geo.layer.selection import LICENCE, LICENCE_URL

PARAMETERS: Final[dict[str, str]] = {
    "sector": "Sectors to show; repeat the key for several",
    "county": "Counties of Ziyang (GB/T 2260) to show, or outside; repeat for several",
    "stage": "Stages in the decision to show; repeat for several",
    "precision": "Precisions of place to show; repeat for several",
    "since": "States since the decision, as the pages found tell; repeat for several",
    "scope": "local sets aside what stands for more than one whole county",
    "lang": "Language of labels and citation",
}


def openapi(version: str) -> dict[str, Any]:
    """Return the description; `version` is the data's, which the API shares."""
    filters = [_parameter(key) for key in CODES]
    filters.append(
        {
            "name": "q", "in": "query", "description": "Words, a place or pinyin; all must be found",
            "schema": {"type": "string", "maxLength": LONGEST_SEARCH},
        }
    )  # fmt: skip
    paths = {
        f"/projects.{one.extension}": _get(
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
        paths[f"/map.{one.extension}"] = _get(summary, one.media_type, filters, missing)
    slug = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
    paths["/projects/{id}.geojson"] = _get(
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
        paths[f"/{name}.json"] = _get(summary, "application/json", [], "")
    paths["/"] = _get("A page about this API, for people", "text/html", [_parameter("lang")], "")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Ziyang project map",
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
    codes = {"type": "string", "enum": list(CODES[key])}
    single = key in {"scope", "lang"}
    return {
        "name": key,
        "in": "query",
        "description": PARAMETERS[key],
        "schema": codes if single else {"type": "array", "items": codes},
    }


def _get(
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
