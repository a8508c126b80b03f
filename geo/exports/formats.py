"""Every format that people can download, by code: data files, the printed sheet, and the one-file map.

A writer takes a `Selection` and a language, and knows nothing of filters: what is in the file was
decided before. Same selection and language, same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from geo.core.faults import DataError, Fault
from geo.core.i18n import text
from geo.exports.geopackage import write_geopackage
from geo.exports.json_formats import write_geojson, write_oc4ids
from geo.exports.kml import write_kml
from geo.exports.spreadsheets import write_csv, write_xlsx
from geo.exports.standalone import edition_html
from geo.layer.selection import Selection
from geo.sheet.composition import sheet_pdf, sheet_png


@dataclass(frozen=True)
class Format:
    """A format: its code, its own name, the end of its file names, its media type, and its writer.

    `least` is how many projects a file of it must hold to be valid.
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

FORMAT: Final = {one.code: one for one in FORMATS}


def export(selection: Selection, code: str, language: str = "zh") -> bytes:
    """Return a selection as a file of a format; same selection and language, same bytes.

    Raises DataError for a format that is not there, or one that cannot hold so few projects.
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
    """Return the name of a file in ASCII, and in the reader's language."""
    part = "-selection" if selection.query else ""
    end = f"-{selection.dataset.version}{part}.{extension}"
    return f"ziyang-projects{end}", f"{text(language, 'title').replace(' ', '-')}{end}"


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
