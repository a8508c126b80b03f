"""The data contract as a JSON Schema (draft 2020-12), built from the codelists."""

from typing import Any, Final

from geo.codes import COUNTIES, PRECISION_CODES, SECTOR_CODES, STAGE_CODES

SLUG: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 2000, "pattern": r"\S"}


def _record(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def _unique(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "uniqueItems": True}


ANCHOR: Final = _record(
    {
        "document": TEXT,
        "clause": TEXT,
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
        "exact": TEXT,
        "prefix": {"type": "string"},
        "suffix": {"type": "string"},
    }
)

REFERENCE: Final = _record(
    {
        "title": TEXT,
        "url": {"type": "string", "pattern": r"^https?://[^\s\"<>]+$"},
        "licence": TEXT,
        "retrieved": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    },
    optional=("url", "retrieved"),
)

PROPERTIES: Final = _record(
    {
        "id": {"type": "string", "pattern": SLUG, "maxLength": 80},
        "name_zh": TEXT,
        "name_en": TEXT,
        "sector": {"enum": list(SECTOR_CODES)},
        "counties": _unique({"enum": list(COUNTIES)}),
        "outside": _unique(TEXT),
        "stage": {"enum": list(STAGE_CODES)},
        "stage_term": TEXT,
        "anchors": {"type": "array", "items": ANCHOR, "minItems": 1},
        "precision": {"enum": list(PRECISION_CODES)},
        "uncertainty_m": {"type": ["number", "null"], "exclusiveMinimum": 0},
        "basis": TEXT,
        "references": {"type": "array", "items": REFERENCE},
    }
)

GEOMETRY: Final = {
    "type": ["object", "null"],
    "properties": {
        "type": {
            "enum": [
                "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
            ]
        },
        "coordinates": {"type": "array", "minItems": 1},
    },
    "required": ["type", "coordinates"],
    "additionalProperties": False,
}  # fmt: skip

FEATURE: Final = _record(
    {
        "type": {"const": "Feature"},
        "id": {"type": "string"},
        "properties": PROPERTIES,
        "geometry": GEOMETRY,
    }
)

COLLECTION: Final = _record(
    {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array"},
    }
)
"""The envelope; its features are validated one by one, so that a fault can name its record."""
