"""What the file says of itself to machines: schema.org as JSON-LD."""

from typing import Any, Final

from geo.codes import COUNTIES
from geo.dataset import Dataset
from geo.i18n import LANGUAGES, text

LICENCE_URL: Final = "https://opendatacommons.org/licenses/odbl/1-0/"


def json_ld(dataset: Dataset) -> dict[str, Any]:
    """Return a schema.org Dataset; its box is "south west north east" in degrees (EPSG:4326)."""
    about = dataset.document.about
    west, south, east, north = dataset.counties.loc[list(COUNTIES)].total_bounds
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": [_said("title", language) for language in LANGUAGES],
        "description": [_said("subtitle", language) for language in LANGUAGES],
        "license": LICENCE_URL,
        "version": dataset.version,
        "temporalCoverage": about["adopted"],
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{south:.4f} {west:.4f} {north:.4f} {east:.4f}"},
        },
        "citation": {
            "@type": "CreativeWork",
            "name": about["title"],
            "author": about["issuer"],
            "datePublished": about["published"],
        },
    }


def _said(key: str, language: str) -> dict[str, str]:
    return {"@language": LANGUAGES[language], "@value": text(language, key)}
