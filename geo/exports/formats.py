"""All download formats by code: data files, the printed sheet, and the one-file map.

A writer takes a `Selection`, which is already filtered, and a language. The same selection and
language always give the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo.core.faults import DataError, Fault
from geo.core.i18n import text
from geo.core.wording import wording_at_start
from geo.exports.geopackage import write_geopackage
from geo.exports.json_formats import write_geojson, write_oc4ids
from geo.exports.kml import write_kml
from geo.exports.spreadsheets import write_csv, write_xlsx
from geo.exports.standalone import edition_html
from geo.layer.selection import Selection
from geo.sheet.composition import sheet_pdf, sheet_png


@dataclass(frozen=True)
class Format:
    """A format: its code, name, file extension, media type, and writer.

    `least` is the minimum number of projects in a valid file.
    """

    code: str
    name: str
    extension: str
    media_type: str
    write: Callable[[Selection, str], bytes]
    least: int = 0


FORMATS: Final = (
    Format("geojson", "GeoJSON", "geojson", "application/geo+json", write_geojson),
    Format("csv", "CSV", "csv", "text/csv", write_csv),
    Format(
        "xlsx",
        "XLSX",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
    ),
    Format("gpkg", "GeoPackage", "gpkg", "application/geopackage+sqlite3", write_geopackage),
    Format("kml", "KML", "kml", "application/vnd.google-earth.kml+xml", write_kml),
    Format("oc4ids", "OC4IDS", "oc4ids.json", "application/json", write_oc4ids, least=1),
)

FORMAT: Final = {entry.code: entry for entry in FORMATS}


def export(selection: Selection, code: str, language: str = "zh") -> bytes:
    """Return a selection as a file; the same selection and language give the same bytes.

    Raises DataError if the format does not exist, or the selection has too few projects for it.
    """
    chosen = FORMAT.get(code)
    if chosen is None:
        fault = Fault(
            "export-format", "the export", f"format '{code}'", "does not exist",
            f"the formats are {', '.join(FORMAT)}",
        )  # fmt: skip
        raise DataError([fault])
    if len(selection.projects) < chosen.least:
        fault = Fault(
            "export-least", "the export", f"a {code} file of {len(selection.projects)} projects",
            f"is not valid: it holds at least {chosen.least}",
            "loosen the filter, or take another format",
        )  # fmt: skip
        raise DataError([fault])
    return chosen.write(selection, language)


def file_names(selection: Selection, extension: str, language: str = "zh") -> tuple[str, str]:
    """Return the file name in ASCII, and in the reader's language."""
    part = "-selection" if selection.query else ""
    end = f"-{selection.dataset.version}{part}.{extension}"
    return (
        f"{wording_at_start().slug}-projects{end}",
        f"{text(language, 'title').replace(' ', '-')}{end}",
    )


def _pdf(selection: Selection, language: str) -> bytes:
    return sheet_pdf(selection.dataset, selection.filter, language)


def _png(selection: Selection, language: str) -> bytes:
    """Return only the page with the map; a list that is too long for it is in the PDF."""
    return sheet_png(selection.dataset, selection.filter, language)[0]


def _html(selection: Selection, _: str) -> bytes:
    """Return the map in both languages; the page has a language switch."""
    return edition_html(selection.dataset, selection.filter)


PRINTS: Final = (
    Format("pdf", "PDF A3", "pdf", "application/pdf", _pdf),
    Format("png", "PNG A3", "png", "image/png", _png),
    Format("html", "HTML", "html", "text/html", _html, least=1),
)
