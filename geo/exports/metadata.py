"""The data package descriptor, `datapackage.json` (Frictionless Data Package v2).

Made from the schema, the codelists and the files themselves, so that it cannot say anything else.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from geo.core.files import Readable
from geo.core.i18n import text
from geo.layer.base_layers import own
from geo.layer.codes import PRECISION_CODES, SECTOR_CODES, STAGE_CODES
from geo.layer.dataset import Dataset
from geo.layer.schema import PROPERTIES

PROFILES: Final = "https://datapackage.org/profiles/2.0"
LICENCE: Final = {
    "name": "ODbL-1.0",
    "title": "Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
CODELISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "sector": SECTOR_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
}
"""The codes of each field that holds one."""

OTHER_FILES: Final = {
    "documents": "Each source text: file, sha256, title, issuer, dates",
    "ledger": "What of the text names no project, and why",
    "events": "What happened to the projects since, each event with its source",
    "destinations": "Where each line leads beyond the place, by the ends of its geometry",
    "related": "Places that the decision names under several works",
    "counties": "District polygons of the place and its neighbours",
    "rivers": "Rivers, the ground of the map",
    "places": "Towns and stations, the ground of the map",
}
MEDIA_TYPES: Final = {
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".txt": "text/plain",
}


def data_package(dataset: Dataset) -> dict[str, Any]:
    """Return the descriptor of a folder; paths are relative to it."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"{dataset.document.id}-projects",
        "title": both("title"),
        "description": description(dataset),
        "version": dataset.version,
        "licenses": [LICENCE],
        "keywords": [text("en", f"sector-{code}") for code in SECTOR_CODES],
        "sources": list(_sources(dataset)),
        "resources": [_projects(dataset), *_others(dataset)],
    }


def description(dataset: Dataset) -> str:
    """Return one paragraph on what the layer is and how far it may be trusted."""
    about = dataset.document.about
    mapped = sum(project.geometry is not None for project in dataset.projects.values())
    return (
        f"{len(dataset.projects)} planned projects named in “{about['title_en']}” "
        f"({about['title']}), adopted {about['adopted']}, each bound by position to the words that "
        f"name it; {mapped} have a geometry, each with how it is known and how far off it may be. "
        "Stages are those of the day of adoption"
        + (
            f"; apart from these, {len(dataset.events)} dated and cited events tell what happened "
            f"to {len(dataset.events_of)} of the projects since."
            if dataset.events
            else "."
        )
    )


def both(key: str) -> str:
    """Return a message in both languages."""
    return f"{text('zh', key)} / {text('en', key)}"


def _projects(dataset: Dataset) -> dict[str, Any]:
    """Return the resource of the layer: a feature is a row, its properties and geometry the fields."""
    fields = [
        _field(dataset, name, schema, required=name in PROPERTIES["required"])
        for name, schema in PROPERTIES["properties"].items()
    ]
    geometry = {
        "name": "geometry",
        "type": "geojson",
        "description": "RFC 7946 geometry, longitude and latitude in WGS 84; null where not mapped",
    }
    said = "One feature per project, sorted by id"
    return _resource("projects", dataset.home.projects, said) | {
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [*fields, geometry],
            "primaryKey": ["id"],
        }
    }


def _field(
    dataset: Dataset, name: str, schema: Mapping[str, Any], *, required: bool
) -> dict[str, Any]:
    """Return a Table Schema field for a property of the contract's JSON Schema."""
    unit = f" ({schema['x-unit']})" if "x-unit" in schema else ""
    said: dict[str, Any] = {
        "name": name,
        "description": f"{schema['x-en']}{unit} / {schema['x-zh']}",
    }
    kinds = (
        [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ["string"])
    )
    constraints: dict[str, Any] = {"required": True} if required and "null" not in kinds else {}
    if name in CODELISTS:
        categories = [{"value": code, "label": both(f"{name}-{code}")} for code in CODELISTS[name]]
        return said | {"type": "string", "categories": categories, "constraints": constraints}
    if kinds[0] == "array":
        # Its own JSON Schema, beside the constraints: readers of packages refuse it among them.
        said["items"] = _counties(dataset) if name == "counties" else schema["items"]
    for key in ("minLength", "maxLength", "exclusiveMinimum"):
        if key in schema:
            constraints[key] = schema[key]
    if schema.get("pattern", "").startswith("^"):
        # Table Schema matches the whole value, without anchors.
        constraints["pattern"] = schema["pattern"].removeprefix("^").removesuffix("$")
    return said | {"type": kinds[0], "constraints": constraints}


def _counties(dataset: Dataset) -> dict[str, Any]:
    """Return the codelist of an item of a list, which Table Schema's categories cannot describe."""
    rows = own(dataset.counties)
    return {
        "oneOf": [
            {"const": code, "title": f"{row['name_zh']} / {row['name_en']}"}
            for code, row in rows.iterrows()
        ]
    }


def _others(dataset: Dataset) -> Iterator[dict[str, Any]]:
    paths = {PurePosixPath(path.name).stem: path for path in dataset.home.watched()}
    for name, said in OTHER_FILES.items():
        if name in paths:
            yield _resource(name, paths[name], said)
    for document in dataset.documents.values():
        path = dataset.home.seeds / document.about["file"]
        said = f"{document.about['title_en']} / {document.about['title']}"
        yield _resource(f"text-{document.id}", path, said)


def _resource(name: str, path: Readable, said: str) -> dict[str, Any]:
    content = path.read_bytes()
    suffix = PurePosixPath(path.name).suffix
    return {
        "name": name,
        "path": f"{path.parent.name}/{path.name}",
        "description": said,
        "format": suffix.removeprefix("."),
        "mediatype": MEDIA_TYPES.get(suffix, "text/plain"),
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _sources(dataset: Dataset) -> Iterator[dict[str, str]]:
    """Yield the documents, then each source of a place or an event once, in the order of their titles."""
    for document in dataset.documents.values():
        yield {"title": f"{document.about['title']}（{document.about['publisher']}）"}
    given = {
        (reference.title, reference.url or "")
        for project in dataset.projects.values()
        for reference in project.references
    }
    given |= {
        (f"{event.source.title}（{event.source.publisher}）", event.source.url)
        for event in dataset.events
    }
    for title, url in sorted(given):
        yield {"title": title} | ({"path": url} if url else {})
