"""The map as files that people take away, beside the data formats: a sheet, and one HTML file."""

from typing import Final

from geo.exports.formats import Format
from geo.exports.standalone import edition_html
from geo.layer.selection import Selection
from geo.sheet import sheet_pdf, sheet_png


def _pdf(selection: Selection, language: str) -> bytes:
    return sheet_pdf(selection.dataset, selection.filter, language)


def _png(selection: Selection, language: str) -> bytes:
    """Return the page with the map; the list that does not fit on it is in the PDF."""
    return sheet_png(selection.dataset, selection.filter, language)[0]


def _html(selection: Selection, _: str) -> bytes:
    """Return the map in both languages: a switch is inside."""
    return edition_html(selection.dataset, selection.filter)


PRINTS: Final = (
    Format("pdf", "PDF A3", "pdf", "application/pdf", _pdf),
    Format("png", "PNG A3", "png", "image/png", _png),
    Format("html", "HTML", "html", "text/html", _html, least=1),
)
