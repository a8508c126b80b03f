"""Metadata: a Frictionless Data Package and schema.org JSON-LD.

Both are generated from the schema, the codelists and the files, so they cannot contradict them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from geo.core.files import Readable
from geo.core.i18n import LANGUAGES, text
from geo.core.wording import wording_at_start
from geo.layer.base_layers import own
from geo.layer.codes import (
    EXTENT_CODES,
    PRECISION_CODES,
    SECTOR_CODES,
    STAGE_CODES,
)
from geo.layer.dataset import Dataset
from geo.layer.projects import PROPERTIES
from geo.layer.selection import LICENCE, LICENCE_URL

PROFILES: Final = "https://datapackage.org/profiles/2.0"
ODBL: Final = {
    "name": "ODbL-1.0",
    "title": "Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
"""The licence of the shipped data, with its name in the list that data packages use."""
CODELISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "sector": SECTOR_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
    "extent": EXTENT_CODES,
}
"""The allowed codes of each coded field."""

OTHER_FILES: Final = {
    "documents": "Each source text: file, sha256, title, issuer, dates",
    "ledger": "What of the text names no project, and why",
    "events": "What happened to the projects since, each event with its source",
    "destinations": "Where each line leads beyond the place, by the ends of its geometry",
    "named_points": "The named points that each geometry was made from",
    "searches": "The searches that found no event of a project",
    "related": "Places that the text names under several works",
    "home": "What the place, its document and its clauses are called",
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
    """Return the data package descriptor of a folder; paths are relative to the folder."""
    return {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": f"{dataset.document.id}-projects",
        "title": both("title"),
        "description": description(dataset),
        "version": dataset.version,
        **_licences(),
        "keywords": [text("en", f"sector-{code}") for code in SECTOR_CODES],
        "sources": list(_sources(dataset)),
        "resources": [_projects(dataset), *_others(dataset)],
    }


def _licences() -> dict[str, Any]:
    """Return the licence as a data package states it; {} if the home states none."""
    if not LICENCE_URL:
        return {}
    is_shipped = ODBL["path"] == LICENCE_URL
    return {"licenses": [ODBL if is_shipped else {"title": LICENCE, "path": LICENCE_URL}]}


def description(dataset: Dataset) -> str:
    """Return a paragraph on what the dataset is and how far it can be trusted."""
    about = dataset.document.about
    words = wording_at_start()
    mapped = sum(project.mapped for project in dataset.projects.values())
    return (
        f"{len(dataset.projects)} planned projects named in “{dataset.document.title('en')}” "
        f"({about['title']}), {words.issued('en')} {about['adopted']}, each bound by position to the words that "
        f"name it; {mapped} have a geometry, each with how it is known and how far off it may be. "
        f"Stages are those of the day of {words.issued('noun')}"
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
    """Return the resource of the projects: features as rows, properties and geometry as fields."""
    fields = [
        _field(dataset, name, schema, required=name in PROPERTIES["required"])
        for name, schema in PROPERTIES["properties"].items()
    ]
    geometry = {
        "name": "geometry",
        "type": "geojson",
        "description": "RFC 7946 geometry, longitude and latitude in WGS 84; null where not mapped",
    }
    about = "One feature per project, sorted by id"
    return _resource("projects", dataset.home.projects, about) | {
        "schema": {
            "$schema": f"{PROFILES}/tableschema.json",
            "fields": [*fields, geometry],
            "primaryKey": ["id"],
        }
    }


def _field(
    dataset: Dataset, name: str, schema: Mapping[str, Any], *, required: bool
) -> dict[str, Any]:
    """Return the Table Schema field for a property in the contract's JSON Schema."""
    unit = f" ({schema['x-unit']})" if "x-unit" in schema else ""
    field: dict[str, Any] = {
        "name": name,
        "description": f"{schema['x-en']}{unit} / {schema['x-zh']}",
    }
    kinds = (
        [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", ["string"])
    )
    constraints: dict[str, Any] = {"required": True} if required and "null" not in kinds else {}
    if name in CODELISTS:
        categories = [{"value": code, "label": both(f"{name}-{code}")} for code in CODELISTS[name]]
        return field | {"type": "string", "categories": categories, "constraints": constraints}
    if kinds[0] == "array":
        # Inside the constraints, package readers would reject the schema of the items.
        field["items"] = _counties(dataset) if name == "counties" else schema["items"]
    for key in ("minLength", "maxLength", "exclusiveMinimum"):
        if key in schema:
            constraints[key] = schema[key]
    if schema.get("pattern", "").startswith("^"):
        # A Table Schema pattern always matches the whole value and has no anchors.
        constraints["pattern"] = schema["pattern"].removeprefix("^").removesuffix("$")
    return field | {"type": kinds[0], "constraints": constraints}


def _counties(dataset: Dataset) -> dict[str, Any]:
    """Return the codelist for items of a list, which Table Schema categories cannot describe."""
    rows = own(dataset.counties)
    return {
        "oneOf": [
            {"const": code, "title": f"{row['name_zh']} / {row['name_en']}"}
            for code, row in rows.iterrows()
        ]
    }


def _others(dataset: Dataset) -> Iterator[dict[str, Any]]:
    paths = {PurePosixPath(path.name).stem: path for path in dataset.home.dataset_files()}
    for name, about in OTHER_FILES.items():
        if name in paths:
            yield _resource(name, paths[name], about)
    for document in dataset.documents.values():
        path = dataset.home.seeds / document.about["file"]
        about = f"{document.title('en')} / {document.title('zh')}"
        yield _resource(f"text-{document.id}", path, about)


def _resource(name: str, path: Readable, about: str) -> dict[str, Any]:
    content = path.read_bytes()
    suffix = PurePosixPath(path.name).suffix
    return {
        "name": name,
        "path": f"{path.parent.name}/{path.name}",
        "description": about,
        "format": suffix.removeprefix("."),
        "mediatype": MEDIA_TYPES.get(suffix, "text/plain"),
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _sources(dataset: Dataset) -> Iterator[dict[str, str]]:
    """Yield the documents, then the sources of locations and events, each once, sorted by title."""
    for document in dataset.documents.values():
        publisher = document.publisher("zh")
        yield {"title": document.about["title"] + (f"（{publisher}）" if publisher else "")}
    sources = {
        (reference.title, reference.url or "")
        for project in dataset.projects.values()
        for reference in project.references
    }
    sources |= {
        (f"{event.source.title}（{event.source.publisher}）", event.source.url)
        for event in dataset.events
    }
    for title, url in sorted(sources):
        yield {"title": title} | ({"path": url} if url else {})


LAYER: Final = "projects.geojson"


def dataset_jsonld(dataset: Dataset) -> dict[str, Any]:
    """Return the JSON-LD of a dataset. Its values are plain text: escape them when embedding it.

    In a script element of an HTML page, write "<" as its JSON escape.
    """
    about = dataset.document.about
    counties = own(dataset.counties)
    west, south, east, north = counties.total_bounds
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": text("en", "title"),
        "alternateName": text("zh", "title"),
        "description": description(dataset),
        "identifier": f"{dataset.document.id}-projects",
        "version": dataset.version,
        **({"license": LICENCE_URL} if LICENCE_URL else {}),
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES.values()),
        "creator": {
            "@type": "Organization",
            "name": f"{wording_at_start().place('en')} project map contributors",
        },
        "keywords": [text("en", f"sector-{code}") for code in SECTOR_CODES],
        "temporalCoverage": "/".join([about["adopted"], *_last_day(dataset)]),
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": about["title"],
            "alternateName": dataset.document.title("en"),
            **_organisation("author", dataset.document.issuer("zh")),
            **_organisation("publisher", dataset.document.publisher("zh")),
            "datePublished": about["published"],
            "sha256": dataset.document.sha256,
        },
        "spatialCoverage": {
            "@type": "Place",
            "name": ", ".join(counties["name_en"]),
            # A schema.org box has latitude before longitude.
            "geo": {"@type": "GeoShape", "box": f"{south:g} {west:g} {north:g} {east:g}"},
        },
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": field["x-en"]}
            for name, field in PROPERTIES["properties"].items()
        ]
        + [
            {"@type": "PropertyValue", "name": name, "description": heading}
            for name, heading in _since(dataset)
        ],
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/geo+json",
            "contentUrl": LAYER,
        },
    }


def _organisation(role: str, name: str) -> dict[str, Any]:
    return {role: {"@type": "Organization", "name": name}} if name else {}


def _since(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the fields that exports add to those of the contract, if there are events."""
    fields = [("since", text("en", "column-since")), ("events", text("en", "column-events"))]
    return fields if dataset.since else []


def _last_day(dataset: Dataset) -> list[str]:
    """Return a list with the date of the latest event, or an empty list if there are none."""
    return [max(event.as_of for event in dataset.events)] if dataset.events else []
