"""Shapefile and DXF, the formats of planning offices, opened by another library."""

import re
from dataclasses import replace

import pytest
from ezdxf.lldxf.validator import is_valid_layer_name
from support.export_readers import csv_table, drawing, drawn_projects, entity_data, tables, zipped

from geo.core import i18n
from geo.exports.columns import COLUMNS, rows_of
from geo.exports.dxf import LONGEST_STRING, MOST_DATA, extended_data, layer_name
from geo.exports.formats import export
from geo.exports.gis_files import LAYERS, LONGEST_TEXT, fitting
from geo.layer.codes import SECTORS
from geo.layer.filters import ProjectFilter
from geo.layer.selection import select

HOSTILE = ("two\nlines", "  0\nEOF\n", "a\u0001b", "100%%d", "𠮷野家", "a;b|c", "©²é", "x" * 400)


@pytest.fixture(scope="module")
def whole(dataset):
    return select(dataset, ProjectFilter())


@pytest.fixture(scope="module")
def drawn(whole):
    """Return the drawing in each language; reading one takes long."""
    return {language: drawing(export(whole, "dxf", language)) for language in i18n.LANGUAGES}


@pytest.fixture
def hostile(dataset):
    projects = dict(dataset.projects)
    for one, name in zip(dataset.projects.values(), HOSTILE, strict=False):
        projects[one.id] = replace(one, name_zh=name, name_en=name)
    return select(replace(dataset, projects=projects), ProjectFilter())


@pytest.mark.parametrize("asked", [ProjectFilter(), ProjectFilter(q="no such words")])
def test_the_zip_always_has_the_same_files_and_gdal_opens_it_as_it_is(dataset, asked):
    selection = select(dataset, asked)
    content = export(selection, "shp")
    files = zipped(content)
    ends = ("cpg", "dbf", "prj", "shp", "shx")
    assert sorted(files) == sorted(
        ["projects.csv", "readme.txt", *(f"{layer}.{end}" for layer in LAYERS for end in ends)]
    )
    assert {files[f"{layer}.cpg"] for layer in LAYERS} == {b"UTF-8"}
    found = tables("shp", content)
    assert found.keys() == LAYERS.keys()
    mapped = [one for one in selection.projects if one.geometry is not None]
    assert sum(map(len, found.values())) == len(mapped)
    # The table has those that no layer can have, so its rows are the projects on the screen.
    assert files["projects.csv"] == export(selection, "csv")
    assert len(csv_table(files["projects.csv"])) == len(selection.projects)


def test_every_field_of_a_shapefile_has_a_short_name_of_its_own_that_the_read_me_explains(whole):
    shorts = [column.short for column in COLUMNS]
    assert len(set(shorts)) == len(shorts)
    assert [one for one in shorts if not re.fullmatch("[a-z][a-z0-9_]{0,9}", one)] == []
    content = export(whole, "shp")
    for table in tables("shp", content).values():
        assert list(table.columns) == [*shorts, "geometry"]
    lines = zipped(content)["readme.txt"].decode("utf-8-sig").splitlines()
    for language in i18n.LANGUAGES:
        for column in COLUMNS:
            heading = i18n.text(language, column.heading)
            assert [
                one for one in lines if one.startswith(f"{column.short}\t{column.name}\t{heading}")
            ]


def test_a_shapefile_has_the_values_of_the_table_cut_only_where_they_are_too_long(whole):
    wanted = {row[0]: row for row in rows_of(whole, "zh", COLUMNS)}
    cut = 0
    for table in tables("shp", export(whole, "shp")).values():
        for row in table[[column.short for column in COLUMNS]].itertuples(index=False):
            for value, expected in zip(row, wanted[row.id], strict=True):
                if isinstance(expected, str) and len(expected.encode()) > LONGEST_TEXT:
                    assert value.endswith("…")
                    assert expected.startswith(value[:-1])
                    assert len(value.encode()) > LONGEST_TEXT - 4
                    cut += 1
                elif expected is None or expected == "":
                    assert value is None or value != value  # noqa: PLR0124 - NaN is not itself
                else:
                    assert value == expected
    assert cut
    quotes = [project.anchors[0].exact for project in whole.projects]
    assert max(len(quote.encode()) for quote in quotes) <= LONGEST_TEXT


@pytest.mark.parametrize("length", range(80, 90))
def test_a_text_is_cut_between_two_characters(length):
    text = "a" * (length % 3) + "字" * length
    assert fitting(text) == (text if len(text.encode()) <= 254 else fitting(text))
    assert len(fitting(text).encode()) <= 254
    assert "\ufffd" not in fitting(text)
    assert text.startswith(fitting(text).removesuffix("…"))


def test_points_of_several_parts_are_written_whole(dataset):
    import shapely

    one = next(iter(dataset.projects.values()))
    several = replace(one, geometry=shapely.MultiPoint([(104.6, 30.1), (104.7, 30.2)]))
    selection = select(
        replace(dataset, projects=dataset.projects | {one.id: several}), ProjectFilter()
    )
    table = tables("shp", export(selection, "shp"))["projects_point"].set_index("id")
    assert len(table.loc[one.id].geometry.geoms) == 2


@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_a_drawing_has_two_layers_for_each_sector_with_valid_names(whole, drawn, language):
    shown = [one.code for one in SECTORS if one.code in {p.sector for p in whole.projects}]
    labels = [i18n.text(language, f"sector-{code}") for code in shown]
    document = drawn[language]
    assert document.audit().errors == []
    names = [layer.dxf.name for layer in document.layers]
    assert all(is_valid_layer_name(name) for name in names)
    assert set(labels) <= set(names)
    sectors = {layer.dxf.name: layer.description for layer in document.layers}
    used = set()
    for one in document.modelspace():
        data = entity_data(one)
        if data.get("geometry_type"):
            assert sectors[one.dxf.layer] == data["sector"]
            used.add(one.dxf.layer)
    assert len(used) == 2 * len(shown)
    assert not is_valid_layer_name("a/b:c")
    assert is_valid_layer_name(layer_name("a/b:c\n*?"))


def test_names_stand_as_text_in_a_chinese_font_with_how_the_place_is_known(whole, drawn):
    document = drawn["zh"]
    style = document.styles.get("CHINESE")
    assert style.dxf.font == "simhei.ttf"
    assert document.units == 6
    texts = [one for one in document.modelspace() if one.dxftype() == "TEXT"]
    assert {one.dxf.style for one in texts} == {"CHINESE"}
    said = [one.dxf.text for one in texts]
    for project in whole.projects:
        assert said.count(project.name_zh) >= 1
        if project.geometry is not None:
            below = said[said.index(project.name_zh) + 1]
            assert i18n.text("zh", project.place_key) in below
            assert project.uncertainty_m is None or f"{project.uncertainty_m:g}" in below


def test_no_two_names_of_a_drawing_overlap(drawn):
    document = drawn["zh"]
    boxes = [
        (one.dxf.insert.x, one.dxf.insert.y, len(one.dxf.text))
        for one in document.modelspace()
        if one.dxftype() == "TEXT" and entity_data(one).get("geometry_type")
    ]
    high, wide = 500, 500
    for number, (x, y, letters) in enumerate(boxes):
        for other_x, other_y, other_letters in boxes[number + 1 :]:
            beside = x + letters * wide <= other_x or other_x + other_letters * wide <= x
            assert beside or abs(y - other_y) >= high


def test_only_what_is_exact_is_drawn_with_a_continuous_line(drawn):
    lines = [one for one in drawn["zh"].modelspace() if one.dxftype() != "TEXT"]
    for one in lines:
        exact = entity_data(one)["precision"] == "exact"
        assert one.dxf.linetype == ("BYLAYER" if exact else "DASHED")
    assert {one.dxf.linetype for one in lines} == {"BYLAYER", "DASHED"}


def test_the_extended_data_has_every_column_and_the_exact_words(whole, drawn):
    found = drawn_projects(drawn["zh"])
    assert found.keys() == {project.id for project in whole.projects}
    names = {column.name for column in COLUMNS}
    for project in whole.projects:
        data = found[project.id]
        assert data["quote"] == project.anchors[0].exact
        assert data.keys() <= names
        assert data["precision"] == project.precision
        assert data.get("uncertainty_m") == (
            None if project.uncertainty_m is None else str(project.uncertainty_m)
        )


def test_no_string_of_extended_data_is_too_long_for_autocad():
    def length(one):
        return len(one.encode("gbk", "dxf-escaped"))

    long = extended_data(["字²" * 500, *[None] * (len(COLUMNS) - 1)])
    assert max(map(length, long)) <= LONGEST_STRING
    assert "".join(one.removeprefix("=") for one in long) == "id=" + "字²" * 500
    endless = extended_data(["字" * 1000] * len(COLUMNS))
    assert sum(map(length, endless)) <= MOST_DATA + 10
    assert endless[-1] == "=…"


def test_no_name_breaks_a_drawing(hostile):
    document = drawing(export(hostile, "dxf"))
    assert document.audit().errors == []
    found = drawn_projects(document)
    for project, name in zip(hostile.projects, HOSTILE, strict=False):
        written = name.replace("©", "(C)").replace("𠮷", "〓").replace("\u0001", " ")
        assert found[project.id]["name_zh"] == written.rstrip("\n")


def test_a_drawing_without_projects_is_a_drawing(dataset):
    document = drawing(export(select(dataset, ProjectFilter(q="no such words")), "dxf"))
    assert document.audit().errors == []
    assert {one.dxf.layer for one in document.modelspace()} == {"说明"}


def test_the_properties_of_a_drawing_are_its_stamp(whole, drawn):
    stamp = vars(whole.stamp("en"))
    document = drawn["en"]
    told = dict(document.header.custom_vars.properties)
    assert told.keys() == stamp.keys()
    assert told["crs"].startswith("EPSG:4544")
    assert told["document_sha256"] == stamp["document_sha256"]
    notes = [one.dxf.text for one in document.modelspace() if one.dxf.layer == "Notes"]
    assert any("false easting is 500000 m" in one for one in notes)
