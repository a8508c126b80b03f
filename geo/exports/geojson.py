"""GeoJSON (RFC 7946): every property of the data contract, what happened since, and the stamp as a foreign member."""

from dataclasses import asdict
from typing import Any

from geo.exports.columns import as_json, reference_values, since_values
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.layer.schema import SHORT_NAMES
from geo.layer.selection import Selection


def write_geojson(selection: Selection, language: str) -> bytes:
    """Return a FeatureCollection of the projects shown (lon, lat, WGS 84); null geometry is kept."""
    collection = {
        "type": "FeatureCollection",
        "stamp": asdict(selection.stamp(language)),
        "features": [told(selection.dataset, project) for project in selection.projects],
    }
    return as_json(collection).encode()


def write_feature(selection: Selection, language: str) -> bytes:
    """Return the first project of a selection as one Feature, with the stamp."""
    stamp = {"stamp": asdict(selection.stamp(language))}
    return as_json(told(selection.dataset, selection.projects[0]) | stamp).encode()


def told(dataset: Dataset, project: Project) -> dict[str, Any]:
    """Return a project as a Feature with what happened since beside what the contract holds."""
    feature = feature_of(project)
    feature["properties"] |= since_values(dataset, project.id)
    return feature


def feature_of(project: Project) -> dict[str, Any]:
    """Return a project as the Feature that it was read from."""
    # Not `asdict`, which would copy every geometry only to throw it away.
    properties = {
        key: value
        for key, value in vars(project).items()
        if key != "geometry" and not (key in SHORT_NAMES and value is None)
    }
    properties["anchors"] = [asdict(one) for one in project.anchors]
    properties["references"] = [reference_values(one) for one in project.references]
    shape = project.geometry
    return {
        "type": "Feature",
        "id": project.id,
        "properties": properties,
        "geometry": None if shape is None else shape.__geo_interface__,
    }
