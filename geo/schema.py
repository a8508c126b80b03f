"""The data contract as a JSON Schema (draft 2020-12), built from the codelists."""

from typing import Any, Final

from geo.codes import (
    CONFIDENCES,
    DATE_PRECISIONS,
    EVENT_SCOPES,
    EVENT_TYPE_CODES,
    PRECISION_CODES,
    SECTOR_CODES,
    STAGE_CODES,
)

SLUG: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"
COUNTY_CODE: Final = {"type": "string", "pattern": "^[0-9]{6}$"}
"""Which codes there are is a matter of the place; a check knows them."""
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


def _field(
    schema: dict[str, Any],
    zh: str,
    en: str,
    *,
    unit: str = "",
    codelist: str = "",
    oc4ids: str = "",
) -> dict[str, Any]:
    """Return a schema with its entry in the data dictionary."""
    told = {"unit": unit, "zh": zh, "en": en, "codelist": codelist, "oc4ids": oc4ids}
    return schema | {f"x-{key}": value for key, value in told.items() if value}


POSITION: Final = {"type": "integer", "minimum": 0}
ANY_TEXT: Final = {"type": "string"}
DATE: Final = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
ADDRESS: Final = {"type": "string", "pattern": r"^https?://[^\s\"<>]+$"}
CODE_POINTS: Final = "code points"

ANCHOR: Final = _record(
    {
        "document": _field(TEXT, "文件编号", "id of the document", oc4ids="documents[].id"),
        "clause": _field(TEXT, "条款的汉字序号", "numeral of the clause, without brackets"),
        "start": _field(POSITION, "起点", "first position", unit=CODE_POINTS),
        "end": _field(POSITION, "终点（不含）", "position after the last", unit=CODE_POINTS),
        "exact": _field(TEXT, "原文", "the words", oc4ids="documents[].description"),
        "prefix": _field(ANY_TEXT, "前文", "the words before, so that the quote is unique"),
        "suffix": _field(ANY_TEXT, "后文", "the words after, likewise"),
    }
)

REFERENCE: Final = _record(
    {
        "title": _field(TEXT, "资料名称", "what the source is called"),
        "url": _field(ADDRESS, "网址", "its address"),
        "licence": _field(TEXT, "许可", "the terms it is used under"),
        "retrieved": _field(DATE, "取用日期", "the day it was read"),
    },
    optional=("url", "retrieved"),
)

PROPERTIES: Final = _record(
    {
        "id": _field(
            {"type": "string", "pattern": SLUG, "maxLength": 80},
            "永久编号，不重复使用", "permanent slug, never reused", oc4ids="id",
        ),
        "name_zh": _field(TEXT, "名称，用决定原文的字", "name, in the decision's own words", oc4ids="title"),
        "name_en": _field(TEXT, "英文名称", "name in English", oc4ids="title (translation)"),
        "sector": _field(
            {"enum": list(SECTOR_CODES)}, "领域", "what it is for",
            codelist="sector", oc4ids="sector[]",
        ),
        "counties": _field(
            _unique(COUNTY_CODE), "所涉资阳县（区）；全市则三个都列，全在市外则为空",
            "counties of Ziyang it touches; all three when city-wide; none when wholly outside",
            codelist="county (GB/T 2260)", oc4ids="locations[].gazetteers",
        ),
        "outside": _field(
            _unique(TEXT), "所涉市外地方", "places outside Ziyang it touches",
            oc4ids="locations[].description",
        ),
        "stage": _field(
            {"enum": list(STAGE_CODES)}, "阶段，依原文动词，截至决定通过之日",
            "stage by the governing verb, as of the adoption",
            codelist="stage", oc4ids="status, type",
        ),
        "stage_term": _field(TEXT, "该动词原文", "that verb, verbatim, inside an anchor"),
        "anchors": _field(
            {"type": "array", "items": ANCHOR, "minItems": 1},
            "原文引文，主要的在前", "the quotes, the operative one first", oc4ids="documents[]",
        ),
        "precision": _field(
            {"enum": list(PRECISION_CODES)}, "位置精度", "how the place is known",
            codelist="precision", oc4ids="locations[].description / IATI exactness",
        ),
        "uncertainty_m": _field(
            {"type": ["number", "null"], "exclusiveMinimum": 0},
            "位置可能的误差（半径或半宽）", "how far off the place may be (radius or half-width)",
            unit="m", oc4ids="locations[].description",
        ),
        "basis": _field(
            TEXT, "图形的依据：首行中文，次行英文",
            "how the geometry was made: a line in Chinese, a line in English",
            oc4ids="locations[].description",
        ),
        "references": _field(
            {"type": "array", "items": REFERENCE}, "位置的资料来源", "sources of the place",
            oc4ids="documents[]",
        ),
    }
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

FEATURE: Final = _record(
    {
        "type": {"const": "Feature"},
        "id": {"type": "string"},
        "properties": PROPERTIES,
        "geometry": GEOMETRY,
    }
)

ENTRY: Final = _record(
    {
        "clause": _field(TEXT, "条款", "the clause"),
        "start": _field(POSITION, "起点", "first position", unit=CODE_POINTS),
        "end": _field(POSITION, "终点（不含）", "position after the last", unit=CODE_POINTS),
        "text": _field(TEXT, "语段原文", "the words of the segment"),
        "reason": _field(TEXT, "类别", "why it is no project", codelist="reason"),
        "note_zh": _field(TEXT, "一句中文说明", "one line of reason in Chinese"),
        "note_en": _field(TEXT, "一句英文说明", "one line of reason in English"),
    }
)

LEDGER: Final = _record(
    {
        "document": TEXT,
        "clauses": _unique(TEXT),
        "reasons": {
            "type": "object",
            "additionalProperties": _record({"zh": TEXT, "en": TEXT}),
        },
        "segments": {"type": "array", "items": ENTRY},
    }
)

RELATED: Final = {
    "type": "array",
    "items": _record(
        {"place_zh": TEXT, "place_en": TEXT, "projects": _unique(TEXT) | {"minItems": 2}}
    ),
}

OPTIONAL_TEXT: Final = TEXT | {"type": ["string", "null"]}

EVENT_SOURCE: Final = _record(
    {
        "title": _field(TEXT, "报道标题", "title of the page"),
        "publisher": _field(TEXT, "发布者", "who published it"),
        "url": _field(ADDRESS, "网址", "its address"),
        "link": _field({"enum": ["original", "repost"]}, "原页或转载", "the original or a repost"),
    }
)

EVENT: Final = _record(
    {
        "project": _field({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "type": _field(
            {"enum": list(EVENT_TYPE_CODES)}, "事件类型", "what happened", codelist="event-type",
        ),
        "date": _field(
            {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
            "事件日期，已知到哪一级写到哪一级", "its date, as far as it is known",
            oc4ids="completion.endDate",
        ),
        "date_precision": _field(
            {"enum": list(DATE_PRECISIONS)}, "日期精度：日、月、年", "day, month or year",
        ),
        "as_of": _field(DATE, "报道所说的截至日期", "the day for which the page says so"),
        "scope": _field(
            {"enum": list(EVENT_SCOPES)}, "全部、部分或仅相关", "the whole, a part, or only related",
            codelist="event-scope",
        ),
        "scope_note_zh": _field(OPTIONAL_TEXT, "是哪一部分，或为何相关", "which part, or why (Chinese)"),
        "scope_note_en": _field(OPTIONAL_TEXT, "同上（英文）", "which part, or why (English)"),
        "statement_zh": _field(TEXT, "一句自己的话", "one sentence of our own, in Chinese"),
        "statement_en": _field(TEXT, "同上（英文）", "the same in English"),
        "source": _field(EVENT_SOURCE, "出处", "where it was found", oc4ids="documents[]"),
        "confidence": _field(
            {"enum": list(CONFIDENCES)}, "可信度", "how sure it is", codelist="confidence",
        ),
        "conflicts_zh": _field(OPTIONAL_TEXT, "其他报道的不同说法", "what others say (Chinese)"),
        "conflicts_en": _field(OPTIONAL_TEXT, "同上（英文）", "what others say (English)"),
    }
)  # fmt: skip

EVENTS: Final = {"type": "array"}
"""The list; its entries are validated one by one, so that a fault can name its record."""

COLLECTION: Final = _record(
    {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array"},
    }
)
"""The envelope; its features are validated one by one, so that a fault can name its record."""
