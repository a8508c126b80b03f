"""CSV (RFC 4180) for Excel and for scripts: UTF-8 with a byte order mark, one row per project."""

import csv
import io
from typing import Final

from geo.exports.columns import COLUMNS, LISTS, Column, Value, rows_of
from geo.layer.selection import Selection

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it Excel on a Chinese Windows reads the file as GBK."""

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins like this is run by a spreadsheet, the full-width forms included."""

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
    """Return the value; a text that a spreadsheet would run gets an apostrophe before it.

    So does one that has apostrophes there already: whoever takes one away has the text as it was.
    """
    harmful = isinstance(value, str) and value.lstrip("'").startswith(FORMULA)
    return f"'{value}" if harmful else value
