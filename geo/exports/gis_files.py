"""GeoPackage (OGC) and Shapefile (Esri), written by GDAL: a layer per geometry type, and tables.

The tables of the GeoPackage hold unmapped projects, events and the stamp; its styles (QML, for
QGIS) give each family its colour, and dashed strokes to locations that are not exact. The zip of
Shapefiles has the CSV download beside the layers, because a DBF file cuts long texts.
"""

import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

from geo.core.faults import DataError
from geo.core.files import write_fault
from geo.core.i18n import LANGUAGES, text
from geo.core.xml_writer import DECLARATION, add, encoded
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
from geo.exports.spreadsheets import BYTE_ORDER_MARK, write_csv
from geo.layer.codes import FAMILIES, SECTORS
from geo.layer.projects import Project
from geo.layer.selection import Selection, Stamp

DOCTYPE: Final = b"<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
SYMBOL: Final = {"point": "marker", "line": "line", "polygon": "fill"}
FILL_ALPHA: Final = 48
"""Opacity of a polygon's fill, from 0 to 255."""

LOOKS: Final = (("exact", "=", "solid"), ("vague", "<>", "dash"))
"""Each look: name, comparison of its precision with 'exact', and stroke style."""


def layer_style(shape: str, language: str) -> str:
    """Return the QML style of a "point", "line" or "polygon" layer: a rule per family and look."""
    root = ET.Element("qgis", {"version": "3.28", "styleCategories": "Symbology|Fields"})
    renderer = add(root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0")
    rules = add(renderer, "rules", key="root")
    symbols = add(renderer, "symbols")
    for family in FAMILIES:
        sectors = ", ".join(f"'{one.code}'" for one in SECTORS if one.family == family.code)
        for look, comparison, stroke in LOOKS:
            number = str(len(symbols))
            vague = "" if look == "exact" else text(language, "export-vague")
            add(
                rules,
                "rule",
                key=f"{family.code}-{look}",
                symbol=number,
                label=f"{text(language, f'family-{family.code}')}{vague}",
                filter=f'"sector" IN ({sectors}) AND "precision" {comparison} \'exact\'',
            )
            symbol = add(symbols, "symbol", name=number, type=SYMBOL[shape], alpha="1")
            _symbol_layer(symbol, shape, family.light, stroke)
    aliases = add(root, "aliases")
    for index, column in enumerate((*COLUMNS, *LISTS), start=1):
        # Field 0 is the GeoPackage's own row id.
        heading = text(language, column.heading)
        add(aliases, "alias", field=column.name, index=str(index), name=heading)
    return encoded(root).replace(DECLARATION, DECLARATION + DOCTYPE, 1).decode()


def _symbol_layer(symbol: ET.Element, shape: str, hue: str, stroke: str) -> None:
    colour = ",".join(str(int(hue[at : at + 2], 16)) for at in (1, 3, 5))
    if shape == "line":
        kind = "SimpleLine"
        options = {"line_color": f"{colour},255", "line_style": stroke, "line_width": "0.7"}
    elif shape == "polygon":
        kind = "SimpleFill"
        options = {"color": f"{colour},{FILL_ALPHA}", "style": "solid",
                   "outline_color": f"{colour},255", "outline_style": stroke,
                   "outline_width": "0.4"}  # fmt: skip
    else:
        kind = "SimpleMarker"
        # An inexact point is a ring, so that it does not look surveyed.
        inside = 255 if stroke == "solid" else 0
        options = {"name": "circle", "color": f"{colour},{inside}", "size": "3",
                   "outline_color": f"{colour},255", "outline_style": stroke,
                   "outline_width": "0.5"}  # fmt: skip
    layer = add(symbol, "layer", **{"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    values = add(layer, "Option", type="Map")
    for name, value in options.items():
        add(values, "Option", name=name, type="QString", value=value)


LAYERS: Final = {
    "projects_point": ("point", "MultiPoint", "export-layer-point"),
    "projects_line": ("line", "MultiLineString", "export-layer-line"),
    "projects_polygon": ("polygon", "MultiPolygon", "export-layer-polygon"),
}
"""Each layer's kind, geometry type and title (message key). All types are multipart, so that a
layer's type never depends on its rows."""

KIND: Final = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
UNMAPPED: Final = "projects_unmapped"
EVENTS: Final = "events"
ABOUT: Final = "about"
TYPES: Final = {"text": "string", "date": "string", "integer": "int64", "number": "float64"}
"""The pandas dtype of each column type, which cannot be inferred for a layer without rows."""

STYLES: Final = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME
)
"""
"""The table in which QGIS looks up the default style of a layer."""


def write_geopackage(selection: Selection, language: str) -> bytes:
    """Return the file with all its layers and tables, even those without rows.

    Geometry is in the system of the selection, x first: lon, lat or easting, northing. Rows keep
    the order of the selection. Raises DataError if the disk is full: unlike most other formats,
    this one needs a temporary file.
    """
    with _temporary_folder("the GeoPackage") as folder:
        path = folder / "projects.gpkg"
        _write(path, selection, language)
        rebuilt = path.with_stem("rebuilt")
        with closing(sqlite3.connect(path)) as file:
            # GDAL counts its transactions in the file, and not always the same number of them.
            file.execute("VACUUM INTO ?", [str(rebuilt)])
        return rebuilt.read_bytes()


@contextmanager
def _temporary_folder(file: str) -> Iterator[Path]:
    """Provide a folder for GDAL to write to; raise DataError for what cannot be written."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            yield Path(folder)
        except (OSError, sqlite3.Error, DataSourceError, DataLayerError, FeatureError) as error:
            raise DataError([write_fault(f"{file}, in the temporary folder", error)]) from error


def _table(selection: Selection, language: str, columns: Sequence[Column]) -> pd.DataFrame:
    """Return a row for each project, with types that do not depend on the rows."""
    names = [column.name for column in columns]
    types = {column.name: TYPES[column.kind] for column in columns}
    return pd.DataFrame(rows_of(selection, language, columns), columns=names).astype(types)


def _write(path: Path, selection: Selection, language: str) -> None:
    table = _table(selection, language, (*COLUMNS, *LISTS))
    kinds = _kinds(selection)
    shapes = selection.geometries()
    stamp = selection.stamp(language)
    for layer, (kind, geometry_type, name) in LAYERS.items():
        rows = gpd.GeoDataFrame(table[kinds == kind], geometry=shapes[kinds == kind])
        pyogrio.write_dataframe(
            rows, path, layer=layer, driver="GPKG", geometry_type=geometry_type,
            promote_to_multi=True, append=path.exists(), GEOMETRY_NAME="geom",
            IDENTIFIER=text(language, name), DESCRIPTION=stamp.citation,
            dataset_metadata={key: str(value) for key, value in asdict(stamp).items()},
        )  # fmt: skip
    pyogrio.write_dataframe(
        table[kinds == ""], path, layer=UNMAPPED, driver="GPKG", append=True,
        IDENTIFIER=text(language, "export-layer-unmapped"), DESCRIPTION=stamp.citation,
    )  # fmt: skip
    pyogrio.write_dataframe(
        _events(selection, language), path, layer=EVENTS, driver="GPKG", append=True,
        IDENTIFIER=text(language, "sheet-events"), DESCRIPTION=stamp.citation,
    )  # fmt: skip
    pyogrio.write_dataframe(
        _about(stamp, language), path, layer=ABOUT, driver="GPKG", append=True,
        IDENTIFIER=text(language, "sheet-about"), DESCRIPTION=stamp.citation,
    )  # fmt: skip
    _finish(path, stamp, language)


def _kinds(selection: Selection) -> pd.Series:
    return pd.Series([kind_of(project) for project in selection.projects], dtype=object)


def kind_of(project: Project) -> str:
    """Return "point", "line" or "polygon", or "" for a project without geometry."""
    if project.geometry is None:
        return ""
    return KIND[project.geometry.geom_type.removeprefix("Multi")]


def _events(selection: Selection, language: str) -> pd.DataFrame:
    columns = [column.name for column in EVENT_COLUMNS]
    return pd.DataFrame(event_rows(selection, language), columns=columns, dtype="string")


def _about(stamp: Stamp, language: str) -> pd.DataFrame:
    rows: list[Sequence[Value]] = [
        (key, text(language, f"stamp-{key}"), str(value)) for key, value in asdict(stamp).items()
    ]
    return pd.DataFrame(rows, columns=["field", "heading", "value"], dtype="string")


def _finish(path: Path, stamp: Stamp, language: str) -> None:
    """Add the styles, and set every timestamp to the document's date, for reproducible bytes."""
    moment = f"{stamp.as_of}T00:00:00.000Z"
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(STYLES)
        file.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
            " owner, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, '', '', ?)",
            [
                (layer, layer, layer_style(kind, language), moment)
                for layer, (kind, *_) in LAYERS.items()
            ],
        )
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles')"
        )
        file.execute("UPDATE gpkg_contents SET last_change = ?", [moment])
        file.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", [moment])


LONGEST_TEXT: Final = 254
"""Maximum length of a text in a DBF file, in bytes."""

CUT: Final = "…"
"""The end of a text that was cut."""

SHAPES: Final = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
"""The geometry type of a Shapefile; lines and polygons may have several parts."""

EARLIEST_DAY: Final = "1980-01-01"
"""The first day that a zip file can state."""


def write_shapefile(selection: Selection, language: str) -> bytes:
    """Return a zip with a Shapefile for each geometry type, the CSV download, and a read-me.

    The layers are those of the GeoPackage, without rows if there are none; geometry is in the
    system of the selection, x first. Field names are `Column.short`. Longer texts than a DBF file
    can hold are cut there and whole in the CSV, which also has the projects without geometry.
    Raises DataError if the disk is full.
    """
    day = max(selection.stamp(language).as_of, EARLIEST_DAY)
    with _temporary_folder("the Shapefile") as folder:
        _write_shapes(folder, selection, language, day)
        (folder / "projects.csv").write_bytes(write_csv(selection, language))
        (folder / "readme.txt").write_text(
            BYTE_ORDER_MARK + _read_me(selection), encoding="utf-8", newline="\r\n"
        )
        return _zipped(sorted(folder.iterdir()), day)


def _write_shapes(folder: Path, selection: Selection, language: str, day: str) -> None:
    table = _table(selection, language, COLUMNS)
    for column in COLUMNS:
        if column.kind in {"text", "date"}:
            table[column.name] = table[column.name].map(fitting, na_action="ignore")
    table = table.rename(columns={column.name: column.short for column in COLUMNS})
    kinds = _kinds(selection)
    shapes = selection.geometries()
    for layer, (kind, *_) in LAYERS.items():
        rows = gpd.GeoDataFrame(table[kinds == kind], geometry=shapes[kinds == kind])
        # Points in one part are what most programs expect, so only real multipoints are MultiPoint.
        several = kind == "point" and "MultiPoint" in set(rows.geom_type)
        pyogrio.write_dataframe(
            rows, folder / f"{layer}.shp", driver="ESRI Shapefile", encoding="UTF-8",
            geometry_type="MultiPoint" if several else SHAPES[kind], promote_to_multi=several,
            DBF_DATE_LAST_UPDATE=day,
        )  # fmt: skip


def fitting(value: str) -> str:
    """Return the text, cut between two characters if it has more bytes than a DBF file can hold."""
    encoded_value = value.encode()
    if len(encoded_value) <= LONGEST_TEXT:
        return value
    # A character that is cut in two is dropped.
    return encoded_value[: LONGEST_TEXT - len(CUT.encode())].decode(errors="ignore") + CUT


def _read_me(selection: Selection) -> str:
    """Return the stamp, the coordinate system and the table of fields, in each language."""
    return "\n\n".join("\n".join(_about_files(selection, language)) for language in LANGUAGES)


def _about_files(selection: Selection, language: str) -> Iterator[str]:
    stamp = selection.stamp(language)
    yield stamp.title
    yield ""
    for key, value in asdict(stamp).items():
        if value != "":
            yield f"{text(language, f'stamp-{key}')}: {value}"
    yield ""
    yield selection.system.note(language)
    yield text(language, "export-shapefile-note", longest=str(LONGEST_TEXT))
    yield ""
    yield "\t".join(text(language, key) for key in ("export-short-name", *FIELD_HEAD))
    for column in COLUMNS:
        name, heading, _, unit, meaning, *_ = explained(column, language)
        yield "\t".join((column.short, name, heading, meaning + (f" ({unit})" if unit else "")))


FIELD_HEAD: Final = ("column-field", "column-heading", "column-meaning")


def _zipped(files: Iterable[Path], day: str) -> bytes:
    """Return a zip whose files have that day, for reproducible bytes."""
    made = io.BytesIO()
    year, month, date = map(int, day.split("-"))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            entry = zipfile.ZipInfo(file.name, (year, month, date, 0, 0, 0))
            entry.create_system = UNIX
            entry.external_attr = READABLE << 16
            archive.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)
    return made.getvalue()


UNIX: Final = 3
READABLE: Final = 0o100644
"""Who may read an unpacked file; stated, because the default depends on the machine."""
