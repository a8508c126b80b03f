"""Downloads opened as their readers open them: by another library than the one that wrote them."""

import io
import json
import tempfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyogrio
import shapely

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
        path = Path(folder) / f"made.{code}"
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
    return [table for table in tables(code, content).values() if "id" in table]


def ids(code, content):
    """Return the ids in a download, in its own order."""
    if code == "csv":
        return list(csv_table(content).index)
    if code == "xlsx":
        return [row[0] for row in sheet(content)[1:]]
    if code == "oc4ids":
        return [one["id"] for one in json.loads(content)["projects"]]
    found = [name for table in project_tables(code, content) for name in table["id"]]
    return [name.removeprefix("project-") for name in found] if code == "kml" else found


def geometries(code, content):
    """Return the geometry of each project in a download, None where it has none."""
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
