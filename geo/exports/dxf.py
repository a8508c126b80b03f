"""DXF (AutoCAD 2004 and later): a drawing with a layer per sector, and the names as text.

A drawing has no table of attributes. What the columns of the other formats say of a project is
attached to its entities as extended data (XDATA). How its place is known is also visible: a dashed
line is not exact, and a line of text below each name says how far off the place may be.
"""

import codecs
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Final
from unicodedata import east_asian_width

import ezdxf
import shapely
from ezdxf import units
from ezdxf.colors import RGB
from ezdxf.document import Drawing
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.lldxf.const import INVALID_LAYER_NAME_CHARACTERS
from shapely.geometry.base import BaseGeometry

from geo.core.faults import replace_invisible
from geo.core.i18n import text
from geo.exports.columns import COLUMNS, Value, rows_of
from geo.layer.codes import FAMILIES, SECTORS
from geo.layer.projects import Project
from geo.layer.selection import Selection

# Otherwise the file would hold the time at which it was made, and random identifiers.
ezdxf.options.write_fixed_meta_data_for_testing = True  # type: ignore[attr-defined]

VERSION: Final = "R2004"
ENCODING: Final = "gbk"
"""The version and encoding in which most programs read Chinese. From R2007 on, the format is UTF-8,
but GDAL, and with it QGIS, reads such a file as Latin-1. The header names the code page (936), so
it does not matter which one a computer uses.
"""

ESCAPED: Final = "dxf-escaped"
SUBSTITUTE: Final = "〓"
"""Stands for a character that the format cannot express: one beyond U+FFFF."""

SPELLED: Final = {"©": "(C)"}
"""Characters that are written in another way, because few programs decode escapes."""


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Return how characters are written that the code page lacks.

    The error handler of ezdxf writes those below U+0100 in a way that no program reads.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    written = ""
    for one in error.object[error.start : error.end]:
        escape = f"\\U+{ord(one):04X}" if one <= "\uffff" else SUBSTITUTE
        written += SPELLED.get(one, escape)
    return written, error.end


codecs.register_error(ESCAPED, _escape)

TEXT_HEIGHT_M: Final = 500.0
"""Height of a name: 2.5 mm on a print at 1:200 000, on which Ziyang fits A1."""

TEXT_HEIGHT_DEGREES: Final = 0.005
"""About the same in degrees, for a drawing in longitude and latitude."""

NOTE_SCALE: Final = 0.6
"""Height of the line on the place below a name, as a part of the name's height."""

CHINESE_WIDTH: Final = 1.4
LATIN_WIDTH: Final = 0.8
"""Widths of a character, as multiples of the height of the text, which is that of a capital."""

NOTES_BELOW: Final = 4
"""Distance of the notes from the drawing, as a multiple of the height of a name."""

LINE_SPACING: Final = 1.5
"""Distance between two lines of text, as a multiple of the height of the upper one."""

FONT: Final = "simhei.ttf"
FONT_FAMILY: Final = "SimHei"
"""A Chinese font that every Windows with Chinese has."""

STYLE: Final = "CHINESE"
DASHED: Final = "DASHED"
APPLICATION: Final = "PROJECT_MAP"
"""The name under which the extended data is registered."""

STRING: Final = 1000
"""The group code of a string in extended data."""

METRIC: Final = 1
"""The value of $MEASUREMENT for metric line patterns."""

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


Point = tuple[float, float]
"""x, y: easting, northing in metres, or longitude, latitude in degrees."""


def write_dxf(selection: Selection, language: str) -> bytes:
    """Return the drawing; x, y are easting, northing in metres, or lon, lat in degrees.

    Polygons are closed polylines, one for each ring. Projects without geometry are listed below
    the drawing, with the same extended data as the others, above the stamp and a note on the
    coordinate system. The stamp is also in the properties of the drawing.
    """
    plan = Plan(selection, language)
    shapes = list(selection.geometries())
    unmapped = []
    rows = rows_of(selection, language, DATA_COLUMNS)
    for project, shape, row in zip(selection.projects, shapes, rows, strict=True):
        data = extended_data(row)
        if shape is None:
            unmapped.append((project.name(language), data))
        else:
            plan.add_shape(project, shape, data)
            plan.add_name(project, shape, data)
    left, bottom, right, top = _bounds(shapes)
    lowest = plan.add_notes((left, bottom), unmapped)
    plan.show((left, lowest), (right, top))
    return plan.written()


class Plan:
    """A drawing in progress: its layers, the height of its text, and which parts of its rows have names."""

    def __init__(self, selection: Selection, language: str) -> None:
        self.selection, self.language = selection, language
        metric = selection.system.metric
        self.height = TEXT_HEIGHT_M if metric else TEXT_HEIGHT_DEGREES
        self.drawing = ezdxf.new(VERSION)  # type: ignore[attr-defined]
        self.space = self.drawing.modelspace()
        self.notes = layer_name(text(language, "export-dxf-notes"))
        self.names_in: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
        _set_up(self.drawing, self.height, units.M if metric else 0)
        self.layers = dict(self._add_layers())

    def _add_layers(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Add a layer for shapes and one for names for each sector shown; yield their names."""
        self.drawing.layers.add(self.notes)
        shown = {project.sector for project in self.selection.projects}
        hues = {family.code: family.light for family in FAMILIES}
        for sector in SECTORS:
            if sector.code not in shown:
                continue
            label = text(self.language, f"sector-{sector.code}")
            names = text(self.language, "export-dxf-names", sector=label)
            for name in (label, names):
                layer = self.drawing.layers.add(layer_name(name))
                layer.rgb = RGB.from_hex(hues[sector.family])
                layer.description = sector.code
            yield sector.code, (layer_name(label), layer_name(names))

    def add_shape(self, project: Project, shape: BaseGeometry, data: list[str]) -> None:
        """Add the geometry, dashed unless it is exact."""
        linetype = "BYLAYER" if project.precision == "exact" else DASHED
        style = {"layer": self.layers[project.sector][0], "linetype": linetype}
        entities: list[DXFGraphic]
        for part in shapely.get_parts(shape):
            if part.geom_type == "Point":
                entities = [self.space.add_point(part.coords[0], style)]
            elif part.geom_type == "LineString":
                entities = [self.space.add_lwpolyline(part.coords, dxfattribs=style)]
            else:
                entities = [
                    self.space.add_lwpolyline(ring.coords[:-1], close=True, dxfattribs=style)
                    for ring in (part.exterior, *part.interiors)
                ]
            for entity in entities:
                _attach(entity, data)

    def add_name(self, project: Project, shape: BaseGeometry, data: list[str]) -> None:
        """Add the name, and below it how the place is known, where no other name stands yet."""
        name = project.name(self.language)
        known = text(self.language, project.place_key)
        if project.uncertainty_m is not None:
            metres = f"{project.uncertainty_m:g}"
            known = text(self.language, "export-dxf-place", place=known, metres=metres)
        small = self.height * NOTE_SCALE
        point = shape.representative_point()
        width = max(_width(name) * self.height, _width(known) * small)
        x, y = self._free_place(point.x + self.height, point.y, width)
        layer = self.layers[project.sector][1]
        _attach(self._add_text(name, layer, (x, y), self.height), data)
        self._add_text(known, layer, (x, y - small * LINE_SPACING), small)

    def _free_place(self, x: float, y: float, width: float) -> Point:
        """Return the nearest place below a point that is free for a name and the line below it."""
        step = self.height * (1 + NOTE_SCALE) * LINE_SPACING
        row = round(y / step)
        while any(left < x + width and x < right for left, right in self.names_in[row]):
            row -= 1
        self.names_in[row].append((x, x + width))
        return x, row * step

    def add_notes(self, corner: Point, unmapped: list[tuple[str, list[str]]]) -> float:
        """Add the unmapped projects, the stamp and a note below a corner; return the lowest y."""
        lines: list[tuple[str, list[str]]] = []
        if unmapped:
            heading = text(self.language, "export-dxf-unmapped", count=len(unmapped))
            lines = [(heading, []), *unmapped, ("", [])]
        for key, value in asdict(self.selection.stamp(self.language)).items():
            self.drawing.header.custom_vars.append(key, replace_invisible(str(value)))
            if value != "":
                lines.append((f"{text(self.language, f'stamp-{key}')}: {value}", []))
        system = self.selection.system.note(self.language)
        for note in (system, text(self.language, "export-dxf-note")):
            lines += [(line, []) for line in note.splitlines()]
        x, y = corner[0], corner[1] - NOTES_BELOW * self.height
        for words, data in lines:
            y -= self.height * LINE_SPACING
            if words:
                _attach(self._add_text(words, self.notes, (x, y), self.height), data)
        return y

    def _add_text(self, words: str, layer: str, at: Point, height: float) -> DXFGraphic:
        attributes = {"layer": layer, "style": STYLE, "insert": at}
        return self.space.add_text(replace_invisible(words), height=height, dxfattribs=attributes)

    def show(self, lower_left: Point, upper_right: Point) -> None:
        """Let the drawing open with this part of it in view."""
        (left, bottom), (right, top) = lower_left, upper_right
        self.space.reset_extents((left, bottom, 0), (right, top, 0))
        self.drawing.set_modelspace_vport(top - bottom, ((left + right) / 2, (top + bottom) / 2))

    def written(self) -> bytes:
        """Return the file."""
        # ezdxf would declare them in the order of a set, which is another in each process.
        for kind in sorted(self.drawing.entitydb.dxf_types_in_use()):
            self.drawing.classes.add_class(kind)
        file = io.StringIO()
        self.drawing.write(file)
        return file.getvalue().encode(ENCODING, errors=ESCAPED)


def _set_up(drawing: Drawing, height: float, unit: int) -> None:
    """Set the unit, the signs and the line pattern, which follow the height of the text."""
    drawing.encoding = ENCODING
    drawing.units = unit
    drawing.header["$MEASUREMENT"] = METRIC
    drawing.header["$PDMODE"] = POINT_STYLE
    drawing.header["$PDSIZE"] = height
    drawing.header["$LTSCALE"] = height
    drawing.linetypes.add(DASHED, [1.5, 1.0, -0.5], description="Dashed __ __ __")
    drawing.appids.add(APPLICATION)
    drawing.styles.add(STYLE, font=FONT).set_extended_font_data(FONT_FAMILY)


def layer_name(label: str) -> str:
    """Return a label as a layer name, with a hyphen for each character that AutoCAD refuses."""
    name = replace_invisible(label)
    return "".join("-" if one in INVALID_LAYER_NAME_CHARACTERS else one for one in name).strip()


def extended_data(row: Iterable[Value]) -> list[str]:
    """Return "column=value" for each value of a row of `DATA_COLUMNS`, a line of it at a time.

    A string that begins with "=" continues the one before it.
    """
    strings: list[str] = []
    size = 0
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
    if _length(value) <= LONGEST_STRING:
        yield value
        return
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
    return len(words.encode(ENCODING, errors=ESCAPED))


def _width(words: str) -> float:
    """Return the width of a line of text, roughly, as a multiple of its height."""
    return sum(
        CHINESE_WIDTH if east_asian_width(one) in {"W", "F"} else LATIN_WIDTH for one in words
    )


def _attach(entity: DXFGraphic, data: list[str]) -> None:
    if data:
        entity.set_xdata(APPLICATION, [(STRING, string) for string in data])


def _bounds(shapes: Iterable[BaseGeometry | None]) -> tuple[float, float, float, float]:
    """Return left, bottom, right, top of all shapes; zeros if there are none."""
    boxes = [shape.bounds for shape in shapes if shape is not None]
    if not boxes:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)
