"""All download formats by code: data files, the printed sheet, and the one-file map.

A writer takes a `Selection`, which is already filtered, and a language. The same selection and
language always give the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from typing import Final, cast

from geo.core.faults import DataError, Fault
from geo.core.i18n import text
from geo.core.wording import wording_at_start
from geo.exports.json_formats import write_geojson, write_oc4ids
from geo.exports.kml import write_kml
from geo.exports.spreadsheets import write_csv, write_xlsx
from geo.exports.standalone import edition_html
from geo.layer.base_layers import METRIC_ZONE
from geo.layer.codes import SYSTEMS, WGS84, CoordinateSystem
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
    format with `convert` is made from the file of the format with the code `source`. `systems` are the coordinate
    reference systems in which it can be written, the default first. If there is only one,
    `one_system` says why.
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
    systems: tuple[CoordinateSystem, ...] = (WGS84,)
    one_system: str = ""

    @property
    def takes_crs(self) -> bool:
        """Whether there is a choice of coordinate reference systems."""
        return len(self.systems) > 1

    def placed(self, selection: Selection, crs: str | None) -> Selection:
        """Return the selection in the system with this EPSG code, or in the format's default.

        Raises DataError if the format cannot be written in it.
        """
        if crs is None:
            return replace(selection, system=self.systems[0])
        system = next((one for one in self.systems if one.code == crs), None)
        if system is None or not self.takes_crs:
            others = ", ".join(one.code for one in FORMATS if one.takes_crs)
            fault = Fault(
                "export-crs", f"a {self.name} file", f"crs={crs}",
                f"cannot be chosen: {self.one_system}",
                f"leave crs out, or take one of the formats {others}",
            )  # fmt: skip
            raise DataError([fault])
        return replace(selection, system=system)


def _write_by(module: str, name: str, selection: Selection, language: str) -> bytes:
    return cast("Writer", getattr(import_module(module), name))(selection, language)


def _writer_of(module: str, name: str) -> Writer:
    """Return a writer that is imported when it is first called.

    GDAL and ezdxf take 40 MB, which only the processes that make such files have to afford.
    """
    return partial(_write_by, f"geo.exports.{module}", name)


DRAWING_SYSTEMS: Final = tuple(reversed(SYSTEMS))
"""A CAD drawing is in metres by default, because CAD measures, prints and sets text in them."""

FORMATS: Final = (
    Format(
        "geojson", "GeoJSON", "geojson", "application/geo+json", write_geojson,
        one_system="GeoJSON is always in WGS 84 (RFC 7946, section 4)",
    ),
    Format(
        "csv", "CSV", "csv", "text/csv", write_csv,
        one_system="a CSV file has no place to say it, and its columns are named lon and lat",
    ),
    Format(
        "xlsx",
        "XLSX",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
        one_system="a workbook has no geometry, and its columns are named lon and lat",
    ),
    Format(
        "gpkg", "GeoPackage", "gpkg", "application/geopackage+sqlite3",
        _writer_of("gis_files", "write_geopackage"), is_costly=True, systems=SYSTEMS,
    ),
    Format(
        "shp", "Shapefile", "shp.zip", "application/zip",
        _writer_of("gis_files", "write_shapefile"), is_costly=True, systems=SYSTEMS,
    ),
    Format(
        "dxf", "DXF", "dxf", "image/vnd.dxf", _writer_of("dxf", "write_dxf"), is_costly=True,
        systems=DRAWING_SYSTEMS,
    ),
    Format(
        "kml", "KML", "kml", "application/vnd.google-earth.kml+xml", write_kml,
        one_system="KML is always in WGS 84 (OGC 12-007r2)",
    ),
    Format(
        "oc4ids", "OC4IDS", "oc4ids.json", "application/json", write_oc4ids, least=1,
        one_system="OC4IDS gives geometry as GeoJSON, which is always in WGS 84",
    ),
)  # fmt: skip

FORMAT: Final = {entry.code: entry for entry in FORMATS}


def export(selection: Selection, code: str, language: str = "zh", crs: str | None = None) -> bytes:
    """Return a selection as a file; the same selection, language and CRS give the same bytes.

    Raises DataError if the format does not exist or cannot be written in the CRS ("EPSG:4544"), or
    if the selection has too few projects for it.
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
    return chosen.write(chosen.placed(selection, crs), language)


def file_names(selection: Selection, extension: str, language: str = "zh") -> tuple[str, str]:
    """Return the file name in ASCII, and in the reader's language.

    It names the coordinate reference system unless that is WGS 84.
    """
    part = "-selection" if selection.query else ""
    system = f"-{selection.system.slug}" if selection.system.slug else ""
    end = f"{system}-{selection.dataset.version}{part}.{extension}"
    return (
        f"{wording_at_start().slug}-projects{end}",
        f"{text(language, 'title').replace(' ', '-')}{end}",
    )


def _pdf(selection: Selection, language: str) -> bytes:
    return sheet_pdf(selection.dataset, selection.filter, language)


def _png(selection: Selection, language: str) -> bytes:
    """Return only the page with the map; a list that is too long for it is in the PDF."""
    return page_png(_pdf(selection, language))


def _html(selection: Selection, _: str) -> bytes:
    """Return the map in both languages; the page has a language switch."""
    return edition_html(selection.dataset, selection.filter)


SHEET_SYSTEM: Final = f"the sheet is drawn in UTM zone {METRIC_ZONE.name}"

PRINTS: Final = (
    Format(
        "pdf", "PDF A3", "pdf", "application/pdf", _pdf, is_costly=True, one_system=SHEET_SYSTEM,
    ),
    Format(
        "png", "PNG A3", "png", "image/png", _png, is_costly=True, source="pdf", convert=page_png,
        one_system=SHEET_SYSTEM,
    ),
    Format(
        "html", "HTML", "html", "text/html", _html, least=1, is_costly=True,
        one_system="the map for the browser is drawn in Web Mercator",
    ),
)  # fmt: skip


def write_filtered(
    write: Writer, dataset: Dataset, chosen: ProjectFilter, system: CoordinateSystem, language: str
) -> bytes:
    """Return the file of the projects that a filter shows; for a process that gets the filter only."""
    return write(replace(select(dataset, chosen), system=system), language)
