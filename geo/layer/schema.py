"""The data contract as a JSON Schema (draft 2020-12), built from the codelists."""

from typing import Final

from geo.core.validation import (
    ADDRESS,
    ANY_TEXT,
    CODE_POINTS,
    COUNTY_CODE,
    DATE,
    NAME,
    POSITION,
    SLUG,
    TEXT,
    _unique,
    field,
    record,
)
from geo.layer.codes import PRECISION_CODES, SECTOR_CODES, STAGE_CODES

SHORT_ZH: Final = TEXT | {"maxLength": 10}
SHORT_EN: Final = TEXT | {"maxLength": 28}
"""As long as a line on the map that is read at one glance: about as wide in both languages."""
SHORT_NAMES: Final = ("short_zh", "short_en")
TERM: Final = TEXT | {"maxLength": 40}

ANCHOR: Final = record(
    {
        "document": field(TEXT, "文件编号", "id of the document", oc4ids="documents[].id"),
        "clause": field(TEXT, "条款的汉字序号", "numeral of the clause, without brackets"),
        "start": field(POSITION, "起点", "first position", unit=CODE_POINTS),
        "end": field(POSITION, "终点（不含）", "position after the last", unit=CODE_POINTS),
        "exact": field(TEXT, "原文", "the words", oc4ids="documents[].description"),
        "prefix": field(ANY_TEXT, "前文", "the words before, so that the quote is unique"),
        "suffix": field(ANY_TEXT, "后文", "the words after, likewise"),
    }
)

REFERENCE: Final = record(
    {
        "title": field(TEXT, "资料名称", "what the source is called"),
        "url": field(ADDRESS, "网址", "its address"),
        "licence": field(TEXT, "许可", "the terms it is used under"),
        "retrieved": field(DATE, "取用日期", "the day it was read"),
    },
    optional=("url", "retrieved"),
)

PROPERTIES: Final = record(
    {
        "id": field(
            {"type": "string", "pattern": SLUG, "maxLength": 80},
            "永久编号，不重复使用", "permanent slug, never reused", oc4ids="id",
        ),
        "name_zh": field(NAME, "名称，用决定原文的字", "name, in the decision's own words", oc4ids="title"),
        "name_en": field(NAME, "英文名称", "name in English", oc4ids="title (translation)"),
        "short_zh": field(
            SHORT_ZH, "地图上写的简称；没有时写全名",
            "the name as the map writes it, in Chinese; without it the map writes the whole name",
        ),
        "short_en": field(SHORT_EN, "地图上写的英文简称", "the same in English"),
        "sector": field(
            {"enum": list(SECTOR_CODES)}, "领域", "what it is for",
            codelist="sector", oc4ids="sector[]",
        ),
        "counties": field(
            _unique(COUNTY_CODE), "所涉资阳县（区）；全市则三个都列，全在市外则为空",
            "counties of Ziyang it touches; all three when city-wide; none when wholly outside",
            codelist="county (GB/T 2260)", oc4ids="locations[].gazetteers",
        ),
        "outside": field(
            _unique(NAME), "所涉市外地方", "places outside Ziyang it touches",
            oc4ids="locations[].description",
        ),
        "stage": field(
            {"enum": list(STAGE_CODES)}, "阶段，依原文动词，截至决定通过之日",
            "stage by the governing verb, as of the adoption",
            codelist="stage", oc4ids="status, type",
        ),
        "stage_term": field(TERM, "该动词原文", "that verb, verbatim, inside an anchor"),
        "anchors": field(
            {"type": "array", "items": ANCHOR, "minItems": 1},
            "原文引文，主要的在前", "the quotes, the operative one first", oc4ids="documents[]",
        ),
        "precision": field(
            {"enum": list(PRECISION_CODES)}, "位置精度", "how the place is known",
            codelist="precision", oc4ids="locations[].description / IATI exactness",
        ),
        "uncertainty_m": field(
            {"type": ["number", "null"], "exclusiveMinimum": 0},
            "位置可能的误差（半径或半宽）", "how far off the place may be (radius or half-width)",
            unit="m", oc4ids="locations[].description",
        ),
        "basis": field(
            TEXT, "图形的依据：首行中文，次行英文",
            "how the geometry was made: a line in Chinese, a line in English",
            oc4ids="locations[].description",
        ),
        "references": field(
            {"type": "array", "items": REFERENCE}, "位置的资料来源", "sources of the place",
            oc4ids="documents[]",
        ),
    },
    optional=SHORT_NAMES,
)  # fmt: skip

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

FEATURE: Final = record(
    {
        "type": {"const": "Feature"},
        "id": {"type": "string"},
        "properties": PROPERTIES,
        "geometry": GEOMETRY,
    }
)


COLLECTION: Final = record(
    {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array"},
    }
)
"""The envelope; its features are validated one by one, so that a fault can name its record."""
