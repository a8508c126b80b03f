"""All download formats by code: data files, the printed sheet, and the one-file map.

A writer takes a `Selection`, which is already filtered, and a language. The same selection and
language always give the same bytes.
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
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from geo.layer.selection import Selection, select
from geo.sheet.composition import sheet_pdf
from geo.sheet.raster import page_png

Writer = Callable[[Selection, str], bytes]


@dataclass(frozen=True)
class Format:
    """A format: its code, name, file extension, media type, and writer.

    `least` is the minimum number of projects in a valid file. `is_costly` says that even a file of a
    few projects takes so much time or memory that a server makes it in a process of its own. A
    format with `convert` is made from the file of the format with the code `source`.
    """

    code: str
    name: str
    extension: str
    media_type: str
    write: Writer
    least: int = 0
    is_costly: bool = False
    source: str = ""
    convert: Callable[[bytes], bytes] | None = None


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
    return f"ziyang-projects{end}", f"{text(language, 'title').replace(' ', '-')}{end}"


def _pdf(selection: Selection, language: str) -> bytes:
    return sheet_pdf(selection.dataset, selection.filter, language)


def _png(selection: Selection, language: str) -> bytes:
    """Return only the page with the map; a list that is too long for it is in the PDF."""
    return page_png(_pdf(selection, language))


def _html(selection: Selection, _: str) -> bytes:
    """Return the map in both languages; the page has a language switch."""
    return edition_html(selection.dataset, selection.filter)


PRINTS: Final = (
    Format("pdf", "PDF A3", "pdf", "application/pdf", _pdf, is_costly=True),
    Format(
        "png", "PNG A3", "png", "image/png", _png, is_costly=True, source="pdf", convert=page_png
    ),
    Format("html", "HTML", "html", "text/html", _html, least=1, is_costly=True),
)


def write_filtered(write: Writer, dataset: Dataset, chosen: ProjectFilter, language: str) -> bytes:
    """Return the file of the projects that a filter shows; for a process that gets the filter only."""
    return write(select(dataset, chosen), language)
