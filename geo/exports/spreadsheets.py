"""CSV (RFC 4180) and XLSX: tables to filter and sort, one row per project.

Both guard against formula injection: a spreadsheet never evaluates text from the data.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format as CellFormat
from xlsxwriter.worksheet import Worksheet

from geo.core.i18n import text
from geo.exports.columns import (
    COLUMNS,
    EVENT_COLUMNS,
    LISTS,
    Column,
    Value,
    event_rows,
    explained,
    rows_of,
)
from geo.layer.codes import codelists
from geo.layer.selection import Selection

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel on a Chinese Windows reads the file as GBK."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet evaluate a cell, full-width ones included."""

WKT: Final = Column(
    "wkt", "text", "column-wkt", "geometry",
    lambda row: None if row.project.geometry is None else row.project.geometry.wkt,
)  # fmt: skip

CSV_COLUMNS: Final = (*COLUMNS, *LISTS, WKT)


def write_csv(selection: Selection, language: str) -> bytes:
    """Return the table with field names as its header; geometry is WKT (lon lat, EPSG:4326)."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow([column.name for column in CSV_COLUMNS])
    for row in rows_of(selection, language, CSV_COLUMNS):
        writer.writerow([_cell(value) for value in row])
    return (BYTE_ORDER_MARK + file.getvalue()).encode()


def _cell(value: Value) -> Value:
    """Return the value, with an apostrophe before any text that a spreadsheet would evaluate.

    A text that already has apostrophes there gets one more, so removing one always restores it.
    """
    harmful = isinstance(value, str) and value.lstrip("'").startswith(FORMULA)
    return f"'{value}" if harmful else value


LONGEST_CELL: Final = 32_767
"""Maximum number of characters in an XLSX cell; xlsxwriter drops a longer text entirely."""

EARLIEST_YEAR: Final = 1900
"""The first year of the XLSX calendar."""

WIDTHS: Final = {"text": 22, "integer": 10, "number": 12, "date": 12}
"""Column width in characters, by column type."""


@dataclass(frozen=True)
class Sheet:
    """A worksheet: the message key of its name, its (heading, type) columns, and its rows."""

    name: str
    head: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[Value]]


def write_xlsx(selection: Selection, language: str) -> bytes:
    """Return a workbook with headings and labels in the reader's language.

    No text becomes a formula, a number or a link, whatever its first characters.
    """
    file = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    stamp = selection.stamp(language)
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        made = _date(stamp.as_of) or date(EARLIEST_YEAR, 1, 1)
        # The document's date instead of today's, so that the same selection gives the same bytes.
        book.set_properties(
            {
                "title": stamp.title,
                "subject": stamp.citation,
                "comments": stamp.query,
                "created": datetime.combine(made, time()),
            }
        )
        for sheet in _sheets(selection, language):
            _fill(book.add_worksheet(text(language, sheet.name)), sheet, bold, day)
    return file.getvalue()


def _sheets(selection: Selection, language: str) -> Iterator[Sheet]:
    def head(*columns: tuple[str, str]) -> list[tuple[str, str]]:
        return [(text(language, key), kind) for key, kind in columns]

    identity = ("column-id", "text")
    place = (("column-start", "integer"), ("column-end", "integer"))
    yield Sheet(
        "sheet-projects",
        head(*((column.heading, column.kind) for column in COLUMNS)),
        rows_of(selection, language, COLUMNS),
    )
    yield Sheet(
        "sheet-quotes",
        head(identity, ("column-document", "text"), ("column-clause", "text"), *place,
             ("column-exact", "text"), ("column-prefix", "text"), ("column-suffix", "text")),
        [
            (project.id, anchor.document, anchor.clause, anchor.start, anchor.end, anchor.exact,
             anchor.prefix, anchor.suffix)
            for project in selection.projects
            for anchor in project.anchors
        ],
    )  # fmt: skip
    yield Sheet(
        "sheet-references",
        head(identity, ("column-title", "text"), ("column-url", "text"),
             ("column-licence", "text"), ("column-retrieved", "date")),
        [
            (project.id, reference.title, reference.url, reference.licence, reference.retrieved)
            for project in selection.projects
            for reference in project.references
        ],
    )  # fmt: skip
    yield Sheet(
        "sheet-events",
        head(*((column.heading, column.kind) for column in EVENT_COLUMNS)),
        event_rows(selection, language),
    )
    yield Sheet(
        "sheet-clauses",
        head(("column-document", "text"), ("column-clause", "text"), *place,
             ("column-text", "text")),
        [
            (document.id, clause.numeral, span.start, span.end, document.slice(span))
            for document in selection.dataset.documents.values()
            for clause in document.clauses
            for span in clause.paragraphs
        ],
    )  # fmt: skip
    yield Sheet(
        "sheet-codelists",
        head(("column-codelist", "text"), ("column-code", "text"),
             ("column-label-zh", "text"), ("column-label-en", "text")),
        [
            (codelist, entry["code"], entry["zh"], entry["en"])
            for codelist, entries in codelists().items()
            for entry in entries
        ],
    )  # fmt: skip
    yield Sheet(
        "sheet-dictionary",
        head(("column-field", "text"), ("column-heading", "text"), ("column-type", "text"),
             ("column-unit", "text"), ("column-meaning", "text"), ("column-codelist", "text"),
             ("column-oc4ids", "text")),
        [explained(column, language) for column in COLUMNS],
    )  # fmt: skip
    stamp = asdict(selection.stamp(language))
    yield Sheet(
        "sheet-about",
        head(("column-field", "text"), ("column-heading", "text"), ("column-text", "text")),
        [(key, text(language, f"stamp-{key}"), value) for key, value in stamp.items()],
    )


def _fill(page: Worksheet, sheet: Sheet, bold: CellFormat, day: CellFormat) -> None:
    last = 0
    for column, (heading, kind) in enumerate(sheet.head):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, WIDTHS[kind])
    for last, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            when = _date(value) if sheet.head[column][1] == "date" else None
            if when is not None:
                page.write_datetime(last, column, datetime.combine(when, time()), day)
            elif isinstance(value, str):
                page.write_string(last, column, _fitting(value))
            elif value is not None:
                page.write_number(last, column, value)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, last, len(sheet.head) - 1)


def _date(value: Value) -> date | None:
    """Return the date in an ISO 8601 text; None if it is no date or too early for XLSX."""
    try:
        day = date.fromisoformat(str(value))
    except ValueError:
        return None
    return day if day.year >= EARLIEST_YEAR else None


def _fitting(value: str) -> str:
    """Return the text, shortened with an ellipsis if it is too long for a cell."""
    return value if len(value) <= LONGEST_CELL else value[: LONGEST_CELL - 1] + "…"
