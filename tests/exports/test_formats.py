"""Each format, opened by another library than the one that wrote it."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime

import openpyxl
import pyogrio
import pytest
import shapely
from lxml import etree
from openpyxl.utils.escape import unescape
from support.export_readers import (
    csv_table,
    ids,
    project_tables,
    sheet,
    tables,
    without_what_happened,
)

from geo.core.i18n import text
from geo.exports.columns import COLUMNS, LISTS, rows_of
from geo.exports.formats import export
from geo.exports.gis_files import LAYERS
from geo.exports.json_formats import feature_of
from geo.exports.spreadsheets import CSV_COLUMNS, LONGEST_CELL, _fitting
from geo.layer.codes import FAMILIES, SECTORS
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select

KML = {"k": "http://www.opengis.net/kml/2.2"}
HOSTILE = (
    '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "＝1", "</script><b>&\"'", "]]>",
    "a\u0001b", "$[id]", "two\nlines", "http://example.org", "007",
    "'=1+1", "''@x", "'quoted'", "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!D2", "\t=1",
)  # fmt: skip


@pytest.fixture(scope="module")
def whole(dataset):
    return select(dataset, ProjectFilter())


@pytest.fixture
def hostile(dataset):
    """Return a selection whose names are what would harm a careless writer.

    Some of them no reader of a layer lets in; a writer does not rely on that.
    """
    projects = dict(dataset.projects)
    for one, name in zip(dataset.projects.values(), HOSTILE, strict=False):
        projects[one.id] = replace(one, name_zh=name, name_en=name)
    return select(replace(dataset, projects=projects), ProjectFilter())


def in_file(path, content):
    path.write_bytes(content)
    return closing(sqlite3.connect(path))


def test_geojson_holds_each_feature_as_the_layer_has_it(home, whole):
    made = json.loads(export(whole, "geojson"))
    layer = json.loads(home.projects.read_text(encoding="utf-8"))
    assert without_what_happened(made["features"]) == layer["features"]
    assert made["type"] == "FeatureCollection"


def test_a_feature_is_that_of_the_layer_with_nothing_left_out(home, dataset):
    layer = json.loads(home.projects.read_text(encoding="utf-8"))["features"]
    project = dataset.projects[layer[0]["id"]]
    assert json.loads(json.dumps(feature_of(project))) == layer[0]
    del layer[0]["properties"]["basis"]
    assert json.loads(json.dumps(feature_of(project))) != layer[0]


def test_csv_begins_with_a_byte_order_mark_and_ends_lines_as_rfc_4180_says(whole):
    content = export(whole, "csv")
    assert content.startswith(b"\xef\xbb\xbfid,name_zh,")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert {len(row) for row in rows} == {len(CSV_COLUMNS)}
    assert content.count(b"\r\n") == len(rows)


def test_csv_holds_every_quote_and_reference_of_the_contract(home, whole):
    table = csv_table(export(whole, "csv"))
    for feature in json.loads(home.projects.read_text(encoding="utf-8"))["features"]:
        row = table.loc[feature["id"]]
        assert json.loads(row["anchors"]) == feature["properties"]["anchors"]
        assert json.loads(row["references"]) == feature["properties"]["references"]


def test_no_cell_of_the_csv_is_run_as_a_formula(hostile):
    content = export(hostile, "csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "＝", "\t", "\r"))]
    names = list(csv_table(content.encode())["name_zh"])
    assert names[: len(HOSTILE)] == list(HOSTILE)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_holds_the_rows_of_the_selection_typed(whole, language):
    head, *rows = sheet(export(whole, "xlsx", language))
    assert head == [text(language, column.heading) for column in COLUMNS]
    assert len(set(head)) == len(head)
    wanted = rows_of(whole, language, COLUMNS)
    kinds = [column.kind for column in COLUMNS]
    for row, values in zip(rows, wanted, strict=True):
        for kind, cell, value in zip(kinds, row, values, strict=True):
            if kind == "date":
                assert cell == datetime.fromisoformat(value)
            else:
                assert (cell or None) == (value or None)
                assert cell is None or isinstance(cell, (int, float)) == (kind != "text")


def test_the_workbook_can_be_filtered_and_keeps_its_header_in_sight(whole):
    for page in openpyxl.load_workbook(io.BytesIO(export(whole, "xlsx"))).worksheets:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref == page.dimensions


def test_the_workbook_holds_the_text_the_quotes_and_the_dictionary(dataset, whole):
    book = openpyxl.load_workbook(io.BytesIO(export(whole, "xlsx", "en")))
    named = [
        "Projects", "Quotes", "References", "Events since", "Clauses", "Codelists", "Dictionary",
        "About",
    ]  # fmt: skip
    assert book.sheetnames == named
    quotes = list(book["Quotes"].values)[1:]
    assert len(quotes) == sum(len(project.anchors) for project in whole.projects)
    for _, _, _, start, end, exact, *_ in quotes:
        assert dataset.document.text[start:end] == exact
    for _, _, start, end, words in list(book["Clauses"].values)[1:]:
        assert dataset.document.text[start:end] == words
    assert [row[0] for row in list(book["Dictionary"].values)[1:]] == [one.name for one in COLUMNS]
    assert [row[4] for row in book["Dictionary"].values if not row[4]] == []


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(hostile):
    content = export(hostile, "xlsx")
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    names = [row[1] for row in page.iter_rows(min_row=2)][: len(HOSTILE)]
    assert [unescape(cell.value) for cell in names] == list(HOSTILE)
    assert {cell.data_type for cell in names} == {"s"}
    assert [cell.hyperlink for cell in names if cell.hyperlink] == []


def test_a_text_too_long_for_a_cell_is_cut_visibly_and_never_dropped():
    assert _fitting("字" * LONGEST_CELL) == "字" * LONGEST_CELL
    cut = _fitting("字" * (LONGEST_CELL + 1))
    assert len(cut) == LONGEST_CELL
    assert cut.endswith("字…")


@pytest.mark.parametrize("asked", [ProjectFilter(), ProjectFilter(q="no such words")])
def test_the_geopackage_is_sound_and_always_has_the_same_layers(dataset, tmp_path, asked):
    content = export(select(dataset, asked), "gpkg")
    assert content[68:72] == b"GPKG"
    path = tmp_path / "made.gpkg"
    path.write_bytes(content)
    layers = [tuple(row) for row in pyogrio.list_layers(path)]
    assert layers == [
        *((layer, kind) for layer, (_, kind, _) in LAYERS.items()),
        ("projects_unmapped", None), ("events", None), ("about", None), ("layer_styles", None),
    ]  # fmt: skip
    for layer in LAYERS:
        assert pyogrio.read_info(path, layer=layer)["crs"] == "EPSG:4326"
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        day = dataset.document.about["adopted"]
        for table, column in (
            ("gpkg_contents", "last_change"),
            ("gpkg_metadata_reference", "timestamp"),
            ("layer_styles", "update_time"),
        ):
            times = file.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()  # noqa: S608
            assert times == [(f"{day}T00:00:00.000Z",)], table


def test_the_geopackage_holds_the_rows_of_the_selection(whole):
    columns = (*COLUMNS, *LISTS)
    wanted = {row[0]: row for row in rows_of(whole, "zh", columns)}
    seen = 0
    for table in project_tables("gpkg", export(whole, "gpkg")):
        for row in table[[column.name for column in columns]].itertuples(index=False):
            for value, expected in zip(row, wanted[row.id], strict=True):
                missing = value is None or value != value  # noqa: PLR0124 - NaN is not itself
                assert (None if missing else value) == expected
            seen += 1
    assert seen == len(wanted)


def test_what_is_not_mapped_is_in_the_table_without_geometry(whole):
    table = tables("gpkg", export(whole, "gpkg"))["projects_unmapped"]
    assert "geometry" not in table
    assert set(table["precision"]) == {"unlocated"}


def test_each_row_of_a_layer_meets_one_rule_of_its_style_and_each_rule_has_a_symbol(
    whole, tmp_path
):
    with in_file(tmp_path / "made.gpkg", export(whole, "gpkg")) as file:
        styles = file.execute(
            "SELECT f_table_name, f_geometry_column, styleQML FROM layer_styles WHERE useAsDefault"
        ).fetchall()
        assert [layer for layer, *_ in styles] == list(LAYERS)
        for layer, geometry, qml in styles:
            assert geometry == "geom"
            style = etree.fromstring(qml.encode())
            symbols = {one.get("name"): one for one in style.iter("symbol")}
            counts = dict.fromkeys(
                (row[0] for row in file.execute(f"SELECT id FROM {layer}")),  # noqa: S608
                0,
            )
            assert counts
            for rule in style.iter("rule"):
                # These filters of QGIS are SQL as well.
                found = file.execute(f"SELECT id FROM {layer} WHERE {rule.get('filter')}")  # noqa: S608
                for (name,) in found:
                    counts[name] += 1
                assert len(symbols[rule.get("symbol")].findall("layer")) == 1
            assert set(counts.values()) == {1}


def test_the_style_has_the_hue_of_the_family_and_dashes_only_what_is_not_exact(whole, tmp_path):
    with in_file(tmp_path / "made.gpkg", export(whole, "gpkg")) as file:
        (qml,) = file.execute(
            "SELECT styleQML FROM layer_styles WHERE f_table_name = 'projects_line'"
        ).fetchone()
    style = etree.fromstring(qml.encode())
    for rule in style.iter("rule"):
        family, look = rule.get("key").rsplit("-", 1)
        (symbol,) = style.xpath("//symbol[@name=$name]", name=rule.get("symbol"))
        options = {one.get("name"): one.get("value") for one in symbol.iter("Option")}
        hue = next(one.light for one in FAMILIES if one.code == family)
        red, green, blue, _ = map(int, options["line_color"].split(","))
        assert f"#{red:02x}{green:02x}{blue:02x}" == hue
        assert (options["line_style"] == "solid") == (look == "exact")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_kml_has_a_folder_for_each_sector_shown_and_a_style_for_each_placemark(whole, language):
    root = etree.fromstring(export(whole, "kml", language))
    folders = root.findall("k:Document/k:Folder", KML)
    shown = {project.sector for project in whole.projects}
    assert [one.findtext("k:name", namespaces=KML) for one in folders] == [
        text(language, f"sector-{one.code}") for one in SECTORS if one.code in shown
    ]
    styles = {one.get("id") for one in root.findall("k:Document/k:Style", KML)}
    family = {one.code: one.family for one in SECTORS}
    for mark in root.iter(f"{{{KML['k']}}}Placemark"):
        url = mark.findtext("k:styleUrl", namespaces=KML)
        assert url[1:] in styles
        sector = mark.findtext("k:ExtendedData/k:Data[@name='sector']/k:value", namespaces=KML)
        assert url[1:].startswith(family[sector])


def test_the_balloon_quotes_the_clause_and_marks_the_words(whole):
    root = etree.fromstring(export(whole, "kml"))
    for project in whole.projects:
        mark = root.xpath("//k:Placemark[@id=$id]", id=f"project-{project.id}", namespaces=KML)[0]
        balloon = etree.HTML(mark.findtext("k:description", namespaces=KML))
        marked = ["".join(one.itertext()) for one in balloon.iterfind(".//blockquote")]
        for anchor, sentence in zip(project.anchors, marked, strict=True):
            assert anchor.exact in sentence


def test_nothing_in_a_name_becomes_markup_in_kml(hostile):
    root = etree.fromstring(export(hostile, "kml"))
    named = {
        mark.get("id"): mark.findtext("k:name", namespaces=KML)
        for mark in root.iter(f"{{{KML['k']}}}Placemark")
    }
    for project, name in zip(hostile.projects, HOSTILE, strict=False):
        assert named[f"project-{project.id}"] == name.replace("\u0001", "\ufffd")
    for words in root.iter(f"{{{KML['k']}}}description"):
        assert etree.HTML(words.text).findall(".//script") == []


@pytest.mark.parametrize("code", ["geojson", "gpkg", "oc4ids"])
def test_a_hostile_name_is_carried_as_it_is(hostile, code):
    content = export(hostile, code)
    assert ids(code, content)
    if code == "oc4ids":
        found = {one["id"]: one["title"] for one in json.loads(content)["projects"]}
    else:
        found = {
            name: said
            for table in project_tables(code, content)
            for name, said in zip(table["id"], table["name_zh"], strict=True)
        }
    for project in hostile.projects:
        assert found[project.id] == project.name_zh


def test_the_point_that_stands_for_a_project_is_at_its_geometry(dataset):
    for project in dataset.projects.values():
        assert (project.position is None) == (project.geometry is None)
        if project.position is not None:
            # Rounding moves it by 0.0005 degrees at most in each direction.
            assert shapely.Point(project.position).distance(project.geometry) < 0.001


def test_geojson_names_the_points_that_a_geometry_was_made_from(whole, dataset):
    made = json.loads(export(whole, "geojson"))["features"]
    for feature in made:
        told = feature["properties"].get("named_points", [])
        named = dataset.named_points_of.get(feature["id"], ())
        assert [one["at"] for one in told] == [
            list(dataset.gazetteer[point.place].at) for point in named
        ]
    assert any(feature["properties"].get("named_points") for feature in made)
