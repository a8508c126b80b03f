"""The layer described for search engines and catalogues: a schema.org Dataset as JSON-LD."""

from typing import Any, Final

from geo.core.i18n import LANGUAGES, text
from geo.exports.metadata import LICENCE, description
from geo.layer.base_layers import own
from geo.layer.codes import SECTOR_CODES
from geo.layer.dataset import Dataset
from geo.layer.schema import PROPERTIES

CREATOR: Final = "Ziyang project map contributors"
LAYER: Final = "projects.geojson"


def dataset_jsonld(dataset: Dataset) -> dict[str, Any]:
    """Return the JSON-LD of a dataset; values are plain text, so escape them where they are embedded.

    In a script element of an HTML page that means writing "<" as its JSON escape.
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
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "inLanguage": list(LANGUAGES.values()),
        "creator": {"@type": "Organization", "name": CREATOR},
        "keywords": [text("en", f"sector-{code}") for code in SECTOR_CODES],
        "temporalCoverage": "/".join([about["adopted"], *_last_day(dataset)]),
        "isBasedOn": {
            "@type": "CreativeWork",
            "name": about["title"],
            "alternateName": about["title_en"],
            "author": {"@type": "Organization", "name": about["issuer"]},
            "publisher": {"@type": "Organization", "name": about["publisher"]},
            "datePublished": about["published"],
            "sha256": dataset.document.sha256,
        },
        "spatialCoverage": {
            "@type": "Place",
            "name": ", ".join(counties["name_en"]),
            # schema.org writes a box latitude first.
            "geo": {"@type": "GeoShape", "box": f"{south:g} {west:g} {north:g} {east:g}"},
        },
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": field["x-en"]}
            for name, field in PROPERTIES["properties"].items()
        ]
        + [
            {"@type": "PropertyValue", "name": name, "description": said}
            for name, said in _since(dataset)
        ],
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "application/geo+json",
            "contentUrl": LAYER,
        },
    }


def _since(dataset: Dataset) -> list[tuple[str, str]]:
    """Return the fields that every file has beside the contract's, where there are events."""
    fields = [("since", text("en", "column-since")), ("events", text("en", "column-events"))]
    return fields if dataset.since else []


def _last_day(dataset: Dataset) -> list[str]:
    """Return the last day of which an event tells, in a list that is empty where there is none."""
    return [max(event.as_of for event in dataset.events)] if dataset.events else []
