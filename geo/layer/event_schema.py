"""The contract of `data/events.json`: what is written down of an event, and of its source."""

from typing import Final

from geo.layer.codes import CONFIDENCES, DATE_PRECISIONS, EVENT_SCOPES, EVENT_TYPE_CODES
from geo.layer.schema import ADDRESS, DATE, SLUG, TEXT, field, record

OPTIONAL_TEXT: Final = TEXT | {"type": ["string", "null"]}

EVENT_SOURCE: Final = record(
    {
        "title": field(TEXT, "报道标题", "title of the page"),
        "publisher": field(TEXT, "发布者", "who published it"),
        "url": field(ADDRESS, "网址", "its address"),
        "link": field({"enum": ["original", "repost"]}, "原页或转载", "the original or a repost"),
    }
)

EVENT: Final = record(
    {
        "project": field({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "type": field(
            {"enum": list(EVENT_TYPE_CODES)}, "事件类型", "what happened", codelist="event-type",
        ),
        "date": field(
            {"type": "string", "pattern": r"^[0-9]{4}(-[0-9]{2}){0,2}$"},
            "事件日期，已知到哪一级写到哪一级", "its date, as far as it is known",
            oc4ids="completion.endDate",
        ),
        "date_precision": field(
            {"enum": list(DATE_PRECISIONS)}, "日期精度：日、月、年", "day, month or year",
        ),
        "as_of": field(DATE, "报道所说的截至日期", "the day for which the page says so"),
        "scope": field(
            {"enum": list(EVENT_SCOPES)}, "全部、部分或仅相关", "the whole, a part, or only related",
            codelist="event-scope",
        ),
        "scope_note_zh": field(OPTIONAL_TEXT, "是哪一部分，或为何相关", "which part, or why (Chinese)"),
        "scope_note_en": field(OPTIONAL_TEXT, "同上（英文）", "which part, or why (English)"),
        "statement_zh": field(TEXT, "一句自己的话", "one sentence of our own, in Chinese"),
        "statement_en": field(TEXT, "同上（英文）", "the same in English"),
        "source": field(EVENT_SOURCE, "出处", "where it was found", oc4ids="documents[]"),
        "confidence": field(
            {"enum": list(CONFIDENCES)}, "可信度", "how sure it is", codelist="confidence",
        ),
        "conflicts_zh": field(OPTIONAL_TEXT, "其他报道的不同说法", "what others say (Chinese)"),
        "conflicts_en": field(OPTIONAL_TEXT, "同上（英文）", "what others say (English)"),
    }
)  # fmt: skip

EVENTS: Final = {"type": "array"}
"""The list; its entries are validated one by one, so that a fault can name its record."""
