"""GeoJSON (RFC 7946) and OC4IDS 0.9.5: the projects as JSON, each with the stamp of the download.

GeoJSON holds every property of the data contract, and the events since the decision. OC4IDS
expresses the projects in terms of the Open Contracting for Infrastructure Data Standard, with the
crosswalks of the codelists. A `status` is as of the day of the decision; later events are in
`implementationPeriod`, `completion` and `documents`, and under our own keys beside them. The
standard has no field for the precision of a location, so `locations[].description` states it. It
has no field for the date of a status either, so `updated` and `description` state that.
"""

import uuid
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import quote

from geo.core.i18n import Words, text
from geo.exports.columns import (
    PRECISION,
    STAGE,
    as_json,
    county_names,
    label_text,
    reference_values,
    since_values,
)
from geo.layer.codes import CGCS2000, SECTOR, SYSTEMS
from geo.layer.dataset import Dataset
from geo.layer.events import EVENT_TYPE, timeline_entry
from geo.layer.projects import SHORT_NAMES, Project
from geo.layer.selection import LICENCE_URL, Selection


def write_geojson(selection: Selection, language: str) -> bytes:
    """Return a FeatureCollection of the selection (lon, lat, WGS 84); null geometry is kept."""
    collection = {
        "type": "FeatureCollection",
        "stamp": asdict(selection.stamp(language)),
        "features": [
            feature_with_events(selection.dataset, project) for project in selection.projects
        ],
    }
    return as_json(collection).encode()


def write_feature(selection: Selection, language: str) -> bytes:
    """Return the first project of a selection as a single Feature, with the stamp."""
    stamp = {"stamp": asdict(selection.stamp(language))}
    return as_json(feature_with_events(selection.dataset, selection.projects[0]) | stamp).encode()


def feature_with_events(dataset: Dataset, project: Project) -> dict[str, Any]:
    """Return a project as a Feature with the properties of the contract and the events since."""
    feature = feature_of(project)
    feature["properties"] |= since_values(dataset, project.id) | named_points_of(
        dataset, project.id
    )
    return feature


def named_points_of(dataset: Dataset, project: str) -> dict[str, Any]:
    """Return the places that a project's geometry was made from; {} if it has none.

    `at` is lon, lat (EPSG:4326), `error_m` how far off the place itself may be.
    """
    places = [dataset.gazetteer[one.place] for one in dataset.named_points_of.get(project, ())]
    keys = ("name_zh", "name_en", "at", "error_m", "source")
    return (
        {"named_points": [{key: getattr(place, key) for key in keys} for place in places]}
        if places
        else {}
    )


def feature_of(project: Project) -> dict[str, Any]:
    """Return a project as the Feature from which it was read."""
    # Not `asdict`, which would needlessly copy every geometry.
    properties = {
        key: value
        for key, value in vars(project).items()
        if key != "geometry" and not (key in SHORT_NAMES and value is None)
    }
    properties["anchors"] = [asdict(anchor) for anchor in project.anchors]
    properties["references"] = [reference_values(reference) for reference in project.references]
    shape = project.geometry
    return {
        "type": "Feature",
        "id": project.id,
        "properties": properties,
        "geometry": None if shape is None else shape.__geo_interface__,
    }


VERSION: Final = "0.9"
"""The version as the schema of 0.9.5 requires it: major.minor."""

URI_SAFE: Final = ":/?#[]@!$&'()*+,;=%~"
"""Characters allowed in a URI (RFC 3986); all others, mainly Chinese, are percent-encoded."""

GAZETTEER: Final = "GB/T 2260"
PROGRESS: Final = "physicalProgressReport"
"""The document type of a page that reports on the progress of a project."""

EXACTNESS: Final = "IATI GeographicExactness"


def write_oc4ids(selection: Selection, language: str) -> bytes:
    """Return a project package that satisfies the official schema; needs at least one project."""
    stamp = selection.stamp(language)
    name = f"{stamp.document_sha256}/{stamp.data_version}?{stamp.query}&lang={language}"
    package = {
        "uri": uuid.uuid5(uuid.NAMESPACE_URL, name).urn,
        "version": VERSION,
        "publishedDate": _moment(last_change(selection.dataset)),
        "publisher": {"name": stamp.title},
        **({"license": LICENCE_URL} if LICENCE_URL else {}),
        "stamp": asdict(stamp),
        "projects": [
            _project(project, selection.dataset, language) for project in selection.projects
        ],
    }
    return as_json(package).encode()


def last_change(dataset: Dataset) -> str:
    """Return the latest date in the data: a publication, an event, or the retrieval of a source."""
    published = [document.about["published"] for document in dataset.documents.values()]
    retrieved = [
        reference.retrieved
        for project in dataset.projects.values()
        for reference in project.references
        if reference.retrieved
    ]
    events = [event.as_of for event in dataset.events]
    return max(published + retrieved + events)


def _project(project: Project, dataset: Dataset, language: str) -> dict[str, Any]:
    anchor = project.anchors[0]
    about = dataset.documents[anchor.document].about
    stage = STAGE[project.stage]
    values = {
        "id": project.id,
        "updated": _moment(about["adopted"]),
        "language": language,
        "title": project.name_en if language == "en" else project.name_zh,
        "description": text(
            language,
            "oc4ids-description",
            exact=anchor.exact,
            clause=anchor.clause,
            stage=label_text(language, f"stage-{project.stage}"),
            term=project.stage_term,
            adopted=about["adopted"],
        ),
        "status": stage.oc4ids_status,
        "type": stage.oc4ids_type,
        "sector": [SECTOR[project.sector].oc4ids],
        "additionalClassifications": list(_classifications(project, dataset, language)),
        "locations": list(_locations(project, language)),
        "documents": list(_documents(project, dataset, language)),
    }
    return values | _periods(project, dataset, language) | since_values(dataset, project.id)


def _periods(project: Project, dataset: Dataset, language: str) -> dict[str, Any]:
    """Return when works on the whole project began and ended, if a source names the exact day."""
    days = {
        kind: event
        for kind in ("started", "opened")
        for event in reversed(dataset.events_of.get(project.id, ()))
        if (event.type, event.scope, event.date_precision) == (kind, "whole", "day")
    }
    periods: dict[str, Any] = {}
    if "started" in days:
        periods["implementationPeriod"] = {"startDate": _moment(days["started"].date)}
    if "opened" in days:
        opened = days["opened"]
        periods["completion"] = {
            "endDate": _moment(opened.date), "endDateDetails": opened.statement(language),
        }  # fmt: skip
    return periods


def _classifications(project: Project, dataset: Dataset, language: str) -> Iterator[dict[str, str]]:
    state = dataset.since.get(project.id)
    for codelist, code in (
        ("sector", project.sector),
        ("stage", project.stage),
        ("precision", project.precision),
        ("extent", project.extent),
        *([("since", state.code)] if state else []),
    ):
        yield {
            "scheme": codelist,
            "id": code,
            "description": label_text(language, f"{codelist}-{code}"),
        }
    yield {"scheme": EXACTNESS, "id": PRECISION[project.precision].iati}


def _locations(project: Project, language: str) -> Iterator[dict[str, Any]]:
    metres = project.uncertainty_m
    parts = [
        label_text(language, f"precision-{project.precision}"),
        *([f"±{metres:g} m"] if metres is not None else []),
        label_text(language, project.place_note),
        label_text(language, f"extent-{project.extent}"),
        project.basis_in(language),
        county_names(project, language),
        *project.outside,
    ]
    place: dict[str, Any] = {
        "id": f"{project.id}/place",
        "description": label_text(language, "map-separator").join(parts),
    }
    shape = project.geometry
    if shape is not None:
        place["geometry"] = shape.__geo_interface__
    yield place
    for code in project.counties:
        yield {
            "id": f"{project.id}/{code}",
            "description": label_text(language, f"county-{code}"),
            "gazetteer": {"scheme": GAZETTEER, "identifiers": [code]},
        }


def _documents(project: Project, dataset: Dataset, language: str) -> Iterator[dict[str, Any]]:
    for name in dict.fromkeys(anchor.document for anchor in project.anchors):
        document = dataset.documents[name]
        quotes = [
            text(language, "oc4ids-quote", clause=anchor.clause, exact=anchor.exact)
            for anchor in project.anchors
            if anchor.document == name
        ]
        yield {
            "id": name,
            "documentType": "projectPlan",
            "title": document.title(language),
            "description": "\n".join(quotes),
            "datePublished": _moment(document.about["published"]),
            "format": "text/plain",
            "language": document.language,
            **({"author": issuer} if (issuer := document.issuer(language)) else {}),
        }
    for number, reference in enumerate(project.references, start=1):
        entry = {
            "id": f"{project.id}/reference-{number}",
            "title": reference.title,
            "accessDetails": text(language, "detail-licence", licence=reference.licence),
        }
        if reference.url:
            entry["url"] = quote(reference.url, safe=URI_SAFE)
        yield entry
    for number, event in enumerate(dataset.events_of.get(project.id, ()), start=1):
        event_entry = timeline_entry(event, Words(language))
        kind = (
            {"documentType": PROGRESS}
            if EVENT_TYPE[event.type].shows in {"building", "open"}
            else {}
        )
        yield kind | {
            "id": f"{project.id}/event-{number}",
            "title": event.source.title,
            "description": event_entry.line(),
            "url": quote(event.source.url, safe=URI_SAFE),
            "datePublished": _moment(event.as_of),
            "author": event.source.publisher,
        }


def _moment(day: str) -> str:
    """Return a date as a date-time: midnight in China, where the documents were adopted."""
    # Midnight in China; what day begins when elsewhere is not known.
    return f"{day}T00:00:00{'+08:00' if CGCS2000 in SYSTEMS else 'Z'}"
