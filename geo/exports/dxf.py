"""DXF (AutoCAD 2004 and later): a drawing with a layer per sector, and the names as text.

A drawing has no table of attributes. What the columns of the other formats say of a project is
attached to its entities as extended data (XDATA). How its place is known is also visible: a dashed
line is not exact, and a line of text below each name says how far off the place may be.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import ezdxf
from ezdxf import units
from ezdxf.addons import geo
from ezdxf.document import Drawing
from ezdxf.entities import DXFGraphic, LWPolyline
from ezdxf.layouts import Modelspace
from ezdxf.lldxf.const import INVALID_LAYER_NAME_CHARACTERS
from shapely.geometry.base import BaseGeometry

from geo.core.faults import replace_invisible
from geo.core.i18n import text
from geo.exports.columns import COLUMNS, Value, rows_of
from geo.layer.codes import FAMILIES, SECTOR, SECTORS
from geo.layer.projects import Project
from geo.layer.selection import Selection

# Otherwise the file would hold the time at which it was made, and random identifiers.
ezdxf.options.write_fixed_meta_data_for_testing = True

VERSION: Final = "R2004"
ENCODING: Final = "gbk"
"""The version and encoding in which most programs read Chinese. From R2007 on, the format is UTF-8,
but GDAL, and with it QGIS, reads such a file as Latin-1. The header names the code page (936), so
it does not matter which one a computer uses; characters beyond it are escaped as the format says.
"""

TEXT_HEIGHT_M: Final = 500.0
"""Height of a name: 2.5 mm on a print at 1:200 000, on which Ziyang fits A1."""

TEXT_HEIGHT_DEGREES: Final = 0.005
"""About the same in degrees, for a drawing in longitude and latitude."""

NOTE_SCALE: Final = 0.6
"""Height of the line on the place below a name, as a part of the name's height."""

LINE_SPACING: Final = 1.5
"""Distance between two lines of text, as a multiple of the height of the upper one."""

FONT: Final = "simhei.ttf"
FONT_FAMILY: Final = "SimHei"
"""A Chinese font that every Windows with Chinese has."""

STYLE: Final = "CHINESE"
DASHED: Final = "DASHED"
APPLICATION: Final = "PROJECT_MAP"
"""The name under which the extended data is registered."""

POINT_STYLE: Final = 34
"""How points are drawn ($PDMODE): a cross in a circle, where the default is a dot of one pixel."""

LONGEST_STRING: Final = 250
"""Maximum length of a string of extended data in encoded bytes; AutoCAD allows 255."""

MOST_DATA: Final = 15_000
"""Maximum size of the extended data of an entity in bytes; AutoCAD allows 16 383."""

DATA_COLUMNS: Final = (
    *(column for column in COLUMNS if column.name != "events"),
    *(column for column in COLUMNS if column.name == "events"),
)
"""The columns of the extended data. Events come last, because they alone can be too long for it."""


@dataclass(frozen=True)
class Label:
    """A line of text in the drawing: its words, layer, lower left corner (x, y) and height."""

    words: str
    layer: str
    at: tuple[float, float]
    height: float


def write_dxf(selection: Selection, language: str) -> bytes:
    """Return the drawing; x, y are easting, northing in metres, or lon, lat in degrees.

    Polygons are closed polylines, one for each ring. Projects without geometry are listed below
    the drawing, with the same extended data as the others, above the stamp and a note on the
    coordinate system. The stamp is also in the properties of the drawing.
    """
    metric = selection.system.metric
    height = TEXT_HEIGHT_M if metric else TEXT_HEIGHT_DEGREES
    drawing = ezdxf.new(VERSION)
    _set_up(drawing, height, metric=metric)
    space = drawing.modelspace()
    shapes = list(selection.geometries())
    layers = _add_layers(drawing, selection, language)
    values = rows_of(selection, language, DATA_COLUMNS)
    data = {
        project.id: _extended_data(row)
        for project, row in zip(selection.projects, values, strict=True)
    }
    taken: Counter[tuple[int, int]] = Counter()
    for project, shape in zip(selection.projects, shapes, strict=True):
        if shape is not None:
            _add_shape(space, project, shape, layers[project.sector][0], data[project.id])
            _add_name(
                space, project, shape, layers[project.sector][1], data[project.id],
                height=height, language=language, taken=taken,
            )  # fmt: skip
    left, bottom, right, top = _bounds(shapes)
    lowest = _add_notes(space, selection, language, (left, bottom - 4 * height), height, data)
    space.reset_extents((left, lowest, 0), (right, top, 0))
    drawing.set_modelspace_vport(top - lowest, ((left + right) / 2, (top + lowest) / 2))
    written = io.StringIO()
    drawing.write(written)
    return drawing.encode(written.getvalue())


def _set_up(drawing: Drawing, height: float, *, metric: bool) -> None:
    """Set units, signs and line patterns, which follow the height of the text."""
    drawing.encoding = ENCODING
    drawing.units = units.M if metric else 0
    drawing.header["$MEASUREMENT"] = 1
    drawing.header["$PDMODE"] = POINT_STYLE
    drawing.header["$PDSIZE"] = height
    drawing.header["$LTSCALE"] = height
    drawing.linetypes.add(DASHED, [1.5, 1.0, -0.5], description="Dashed __ __ __")
    drawing.appids.add(APPLICATION)
    drawing.styles.add(STYLE, font=FONT).set_extended_font_data(FONT_FAMILY)


def _add_layers(
    drawing: Drawing, selection: Selection, language: str
) -> Mapping[str, tuple[str, str]]:
    """Add two layers for each sector shown, and one for notes; return both names by sector."""
    shown = {project.sector for project in selection.projects}
    hues = {family.code: family.light for family in FAMILIES}
    layers = {}
    for sector in SECTORS:
        if sector.code not in shown:
            continue
        label = text(language, f"sector-{sector.code}")
        names = text(language, "export-dxf-names", sector=label)
        layers[sector.code] = (layer_name(label), layer_name(names))
        hue = hues[SECTOR[sector.code].family]
        for name in layers[sector.code]:
            layer = drawing.layers.add(name)
            layer.rgb = tuple(int(hue[at : at + 2], 16) for at in (1, 3, 5))
            layer.description = sector.code
    drawing.layers.add(_notes_layer(language))
    return layers


def layer_name(label: str) -> str:
    """Return a label as a layer name, with a hyphen for each character that AutoCAD refuses."""
    name = replace_invisible(label)
    return "".join("-" if one in INVALID_LAYER_NAME_CHARACTERS else one for one in name).strip()


def _notes_layer(language: str) -> str:
    return layer_name(text(language, "export-dxf-notes"))


def _add_shape(
    space: Modelspace, project: Project, shape: BaseGeometry, layer: str, data: list[str]
) -> None:
    linetype = "BYLAYER" if project.precision == "exact" else DASHED
    attributes = {"layer": layer, "linetype": linetype}
    entities: Iterable[DXFGraphic] = geo.dxf_entities(
        shape.__geo_interface__, geo.PolygonConversion.POLYLINE, attributes
    )
    for entity in entities:
        if isinstance(entity, LWPolyline):
            entity.close("Polygon" in shape.geom_type)
        space.add_entity(entity)
        _attach(entity, data)


def _add_name(
    space: Modelspace,
    project: Project,
    shape: BaseGeometry,
    layer: str,
    data: list[str],
    *,
    height: float,
    language: str,
    taken: Counter[tuple[int, int]],
) -> None:
    """Add the name, and below it how the place is known. Names at one place are stacked."""
    point = shape.representative_point()
    place = round(point.x / height), round(point.y / height)
    step = height * LINE_SPACING * (1 + NOTE_SCALE)
    x, y = point.x + height, point.y - taken[place] * step
    taken[place] += 1
    name = Label(project.name(language), layer, (x, y), height)
    _attach(_add_text(space, name), data)
    known = text(language, project.place_key)
    if project.uncertainty_m is not None:
        known = text(language, "export-dxf-place", place=known, metres=f"{project.uncertainty_m:g}")
    small = height * NOTE_SCALE
    _add_text(space, Label(known, layer, (x, y - small * LINE_SPACING), small))


def _add_text(space: Modelspace, label: Label) -> DXFGraphic:
    attributes = {"layer": label.layer, "style": STYLE, "insert": label.at}
    return space.add_text(
        replace_invisible(label.words), height=label.height, dxfattribs=attributes
    )


def _extended_data(row: Iterable[Value]) -> list[str]:
    """Return "column=value" for each value of a row, a line of it at a time.

    A string that begins with "=" continues the one before it.
    """
    strings, size = [], 0
    for column, value in zip(DATA_COLUMNS, row, strict=True):
        for line in () if value is None else str(value).splitlines():
            for string in _pieces(f"{column.name}={replace_invisible(line)}"):
                size += _length(string)
                if size > MOST_DATA:
                    return [*strings, "=…"]
                strings.append(string)
    return strings


def _pieces(value: str) -> Iterator[str]:
    """Split a text between characters into strings that are short enough for extended data."""
    piece, size = "", 0
    for character in value:
        length = _length(character)
        if size + length > LONGEST_STRING:
            yield piece
            piece, size = "=", 1
        piece += character
        size += length
    yield piece


def _length(words: str) -> int:
    return len(words.encode(ENCODING, errors="dxfreplace"))


def _attach(entity: DXFGraphic, data: list[str]) -> None:
    entity.set_xdata(APPLICATION, [(1000, string) for string in data])


def _bounds(shapes: Iterable[BaseGeometry | None]) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of all shapes; zeros if there are none."""
    boxes = [shape.bounds for shape in shapes if shape is not None]
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _add_notes(
    space: Modelspace,
    selection: Selection,
    language: str,
    start: tuple[float, float],
    height: float,
    data: Mapping[str, list[str]],
) -> float:
    """Add the projects without geometry, the stamp and the note below a point; return the lowest y.

    The stamp also becomes the custom properties of the drawing.
    """
    layer = _notes_layer(language)
    x, y = start
    unmapped = [project for project in selection.projects if project.geometry is None]
    lines: list[tuple[str, list[str]]] = []
    if unmapped:
        heading = text(language, "export-dxf-unmapped", count=len(unmapped))
        lines = [(heading, []), *((one.name(language), data[one.id]) for one in unmapped), ("", [])]
    for key, value in asdict(selection.stamp(language)).items():
        space.doc.header.custom_vars.append(key, replace_invisible(str(value)))
        if value != "":
            lines.append((f"{text(language, f'stamp-{key}')}: {value}", []))
    note = text(language, f"{selection.system.key}-note")
    for line in (*note.splitlines(), *text(language, "export-dxf-note").splitlines()):
        lines.append((line, []))
    for words, own in lines:
        y -= height * LINE_SPACING
        if words:
            entity = _add_text(space, Label(words, layer, (x, y), height))
            if own:
                _attach(entity, own)
    return y
