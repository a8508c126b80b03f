"""Downloads opened as their readers open them: by another library than the one that wrote them."""

import io
import json
import re
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

import ezdxf
import openpyxl
import pandas as pd
import pyogrio
import shapely
from ezdxf.lldxf.encoding import decode_dxf_unicode

from geo.exports.columns import COLUMNS
from geo.exports.formats import FORMAT

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def bare(cell):
    """Return a cell of the CSV without the apostrophe that disarms it."""
    armed = cell.startswith("'") and cell.lstrip("'").startswith(FORMULAS)
    return cell[1:] if armed else cell


def csv_table(content):
    table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    return table.map(bare).set_index("id", drop=False)


def sheet(content, number=0):
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[number].values)
    return [list(rows[0]), *map(list, rows[1:])]


def tables(code, content):
    """Return what GDAL reads of a file: one table per layer, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        # GDAL wants the end of a name to be that of the format.
        path = Path(folder) / f"made.{FORMAT[code].extension}"
        path.write_bytes(content)
        return {
            name: pyogrio.read_dataframe(path, layer=name) for name, _ in pyogrio.list_layers(path)
        }


def without_what_happened(features):
    """Return features with the properties of the contract alone."""
    more = {"since", "since_as_of", "events", "named_points"}
    return [
        one | {"properties": {key: it for key, it in one["properties"].items() if key not in more}}
        for one in features
    ]


def project_tables(code, content):
    """Return the tables with a row for each project, under the names of the columns."""
    found = [table for table in tables(code, content).values() if "id" in table]
    if code != "shp":
        return found
    renamed = [
        one.rename(columns={column.short: column.name for column in COLUMNS}) for one in found
    ]
    rings = [one.set_geometry(shapely.orient_polygons(one.geometry)) for one in renamed]
    whole = csv_table(zipped(content)["projects.csv"])
    return [*rings, whole[whole["geometry_type"] == ""]]


def zipped(content):
    """Return the files in a zip by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawing(content):
    """Return a DXF document, as another program reads it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.dxf"
        path.write_bytes(content)
        return ezdxf.readfile(path)


def entity_data(entity):
    """Return the extended data of an entity of a drawing as text by column; {} if it has none."""
    if not entity.has_xdata("PROJECT_MAP"):
        return {}
    lines = []
    for _, value in entity.get_xdata("PROJECT_MAP"):
        name, _, text = decode_dxf_unicode(value).partition("=")
        if name:
            lines.append([name, text])
        else:
            lines[-1][1] += text
    found = defaultdict(list)
    for name, text in lines:
        found[name].append(text)
    return {name: "\n".join(texts) for name, texts in found.items()}


def drawn_projects(document):
    """Return the extended data of each project in a drawing, by its id."""
    data = [entity_data(one) for one in document.modelspace()]
    return {one["id"]: one for one in data if one}


def drawn_geometries(content):
    """Return the geometry of each project in a drawing; a ring within another one is a hole."""
    parts = {name: [] for name in ids("dxf", content)}
    for one in drawing(content).modelspace():
        if one.dxftype() == "POINT":
            parts[entity_data(one)["id"]].append(shapely.Point(list(one.dxf.location)[:2]))
        elif one.dxftype() == "LWPOLYLINE":
            points = [point[:2] for point in one.get_points()]
            shape = shapely.LinearRing if one.closed else shapely.LineString
            parts[entity_data(one)["id"]].append(shape(points))
    return {name: _assembled(shapes) for name, shapes in parts.items()}


def _assembled(shapes):
    if not shapes:
        return None
    if shapes[0].geom_type != "LinearRing":
        return shapely.geometrycollections(shapes)
    polygons = []
    for ring in shapes:
        if polygons and shapely.Polygon(polygons[-1].exterior).contains(ring):
            holes = [*polygons[-1].interiors, ring]
            polygons[-1] = shapely.Polygon(polygons[-1].exterior, holes)
        else:
            polygons.append(shapely.Polygon(ring))
    return shapely.multipolygons(polygons)


def ids(code, content):
    """Return the ids in a download, in its own order."""
    if code == "csv":
        return list(csv_table(content).index)
    if code == "xlsx":
        return [row[0] for row in sheet(content)[1:]]
    if code == "oc4ids":
        return [one["id"] for one in json.loads(content)["projects"]]
    if code == "dxf":
        # By the text of the file, because a drawing takes long to read.
        found = re.findall(r"\n1000\nid=(.+)\n", content.decode("gbk"))
        return list(dict.fromkeys(found))
    found = [name for table in project_tables(code, content) for name in table["id"]]
    return [name.removeprefix("project-") for name in found] if code == "kml" else found


def geometries(code, content):
    """Return the geometry of each project in a download, None where it has none."""
    if code == "dxf":
        return drawn_geometries(content)
    if code == "csv":
        table = csv_table(content)
        return {
            name: shapely.from_wkt(wkt) if wkt else None
            for name, wkt in zip(table.index, table["wkt"], strict=True)
        }
    if code == "oc4ids":
        places = {one["id"]: one["locations"][0] for one in json.loads(content)["projects"]}
        return {
            name: shapely.geometry.shape(place["geometry"]) if "geometry" in place else None
            for name, place in places.items()
        }
    found = {}
    for table in project_tables(code, content):
        shapes = table.geometry if "geometry" in table else [None] * len(table)
        names = table["id"].str.removeprefix("project-") if code == "kml" else table["id"]
        found |= dict(zip(names, shapes, strict=True))
    return found


def same(one, other):
    """Say whether two geometries are the same, point for point; single or multipart is one."""
    if one is None or other is None:
        return one is None and other is None
    parts, others = shapely.get_parts(one), shapely.get_parts(other)
    return len(parts) == len(others) and bool(shapely.equals_exact(parts, others, 0).all())
