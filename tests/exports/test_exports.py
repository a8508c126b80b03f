"""What people take away is what they see, in every format, and the same each time."""

import dataclasses
import hashlib
import subprocess
import sys

import pytest
from hypothesis import given, settings
from support import ROOT
from support.export_readers import geometries, ids, same, zipped
from support.strategies import filters

from geo.checks import load
from geo.core import i18n
from geo.core.faults import DataError
from geo.exports.formats import FORMAT, FORMATS, export, file_names
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.query import parse_query
from geo.layer.selection import Stamp, select
from tools.bench.synthetic_layers import write_layer

CODES = list(FORMAT)
LANGUAGES = list(i18n.LANGUAGES)


@given(asked=filters)
@settings(max_examples=20, deadline=None)
def test_every_download_holds_the_projects_shown_and_no_other(dataset, asked):
    shown = list(asked.apply(dataset.frame).index)
    selection = select(dataset, asked)
    assert [project.id for project in selection.projects] == shown
    for one in FORMATS:
        if len(shown) >= one.least:
            found = ids(one.code, export(selection, one.code))
            # These part the rows by geometry or by sector; within the parts they are in order.
            parted = one.code in {"gpkg", "shp", "dxf", "kml"}
            assert (sorted(found) if parted else found) == shown, one.code


@given(asked=filters)
def test_the_stamp_says_how_to_ask_for_the_same_again(dataset, asked):
    from urllib.parse import parse_qs

    selection = select(dataset, asked)
    state, unknown = parse_query(parse_qs(selection.query), ())
    assert not unknown
    assert state.filter == selection.filter
    assert select(dataset, state.filter) == selection


@given(asked=filters)
def test_the_order_and_number_of_times_a_value_is_chosen_do_not_matter(dataset, asked):
    turned = asked
    for facet in FACETS:
        turned = turned.with_codes(facet, [*reversed(asked.codes(facet)), *asked.codes(facet)])
    assert select(dataset, turned) == select(dataset, asked)


@pytest.mark.parametrize("code", [code for code in CODES if code != "xlsx"])
def test_every_geometry_is_that_of_the_layer_point_for_point(dataset, code):
    crs = "EPSG:4326" if FORMAT[code].takes_crs else None
    found = geometries(code, export(select(dataset, ProjectFilter()), code, crs=crs))
    assert found.keys() == dataset.projects.keys()
    assert [n for n, shape in found.items() if not same(shape, dataset.projects[n].geometry)] == []


def test_a_geometry_that_is_moved_is_seen_to_differ(dataset):
    import shapely

    shape = dataset.projects["chengziyi-hsr"].geometry
    moved = shapely.transform(shape, lambda points: points + 1e-9)
    assert same(shape, shape)
    assert not same(shape, moved)
    assert not same(shape, None)


LATER = """
import hashlib, time
time.time = lambda: 2_000_000_000.0
from geo.checks import load
from geo.exports.formats import FORMAT, export
from geo.layer.filters import ProjectFilter
from geo.core.home import find_home
from geo.layer.selection import select
chosen = select(load(find_home()), ProjectFilter(sector=("water", "rail")))
for code in FORMAT:
    for language in ("zh", "en"):
        print(code, language, hashlib.sha256(export(chosen, code, language)).hexdigest())
"""


def test_the_same_selection_gives_the_same_bytes_on_another_day(dataset):
    chosen = select(dataset, ProjectFilter(sector=("rail", "water")))
    made = [
        f"{code} {language} {hashlib.sha256(export(chosen, code, language)).hexdigest()}"
        for code in CODES
        for language in LANGUAGES
    ]
    # Another process and another time: what a clock or a random seed had written would differ.
    again = subprocess.run(
        [sys.executable, "-c", LATER], cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert again.stdout.splitlines() == made


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", [code for code in CODES if code != "csv"])
def test_every_download_carries_its_stamp(dataset, code, language):
    import io
    import zipfile

    selection = select(dataset, ProjectFilter(sector=("rail",)))
    stamp = dataclasses.asdict(selection.stamp(language))
    content = export(selection, code, language)
    if code == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    if code == "shp":
        content = zipped(content)["readme.txt"]
    text = content.decode("utf-8", errors="ignore")
    for key in ("data_version", "document_sha256", "query", "as_of", "licence_url"):
        assert str(stamp[key]) in text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_the_stamp_has_a_label(language):
    for field in dataclasses.fields(Stamp):
        assert i18n.text(language, f"stamp-{field.name}")
    assert {f"stamp-{field.name}" for field in dataclasses.fields(Stamp)} == {
        key for key in i18n.keys(language) if key.startswith("stamp-")
    }


def test_the_stamp_counts_what_the_file_holds(dataset):
    stamp = select(dataset, ProjectFilter(precision=("unlocated",))).stamp("en")
    assert stamp.projects == stamp.unmapped > 0
    assert stamp.as_of == dataset.document.about["adopted"]
    assert stamp.document_sha256 == dataset.document.sha256


def test_labels_follow_the_language_and_codes_do_not(dataset):
    selection = select(dataset, ProjectFilter(sector=("rail",)))
    for code in ("csv", "xlsx", "gpkg", "shp", "dxf", "kml", "oc4ids"):
        chinese, english = (export(selection, code, language) for language in ("zh", "en"))
        assert chinese != english
        assert ids(code, chinese) == ids(code, english)


def test_a_format_that_is_not_there_is_refused_with_those_that_are(dataset):
    with pytest.raises(DataError, match="geojson, csv, xlsx, gpkg, shp, dxf, kml, oc4ids"):
        export(select(dataset, ProjectFilter()), "tab")


def test_a_package_without_projects_is_refused_where_it_would_not_be_valid(dataset):
    none = select(dataset, ProjectFilter(q="no such words"))
    with pytest.raises(DataError, match="at least 1"):
        export(none, "oc4ids")
    assert ids("csv", export(none, "csv")) == []


@pytest.mark.parametrize("one", FORMATS, ids=CODES)
def test_a_file_name_tells_the_version_and_whether_it_holds_all(dataset, one):
    whole = file_names(select(dataset, ProjectFilter()), one.extension)
    part = file_names(select(dataset, ProjectFilter(sector=("rail",))), one.extension)
    for name in (*whole, *part):
        assert dataset.version in name
        assert name.endswith(f".{one.extension}")
        assert not set(name) & set('/\\ "\n')
    assert whole[0].isascii()
    assert whole != part


@pytest.mark.parametrize("code", CODES)
def test_the_command_line_writes_the_same_file(dataset, code, tmp_path, capsys):
    from geo.__main__ import main

    path = tmp_path / "out"
    asked = [
        "export",
        code,
        "-o",
        str(path),
        "--query",
        "county=512021&sector=rail",
        "--lang",
        "en",
    ]
    assert main(asked) == 0
    selection = select(dataset, ProjectFilter(sector=("rail",), county=("512021",)))
    assert path.read_bytes() == export(selection, code, "en")
    assert f"{len(selection.projects)} projects" in capsys.readouterr().out


def test_the_command_line_refuses_an_unknown_value_and_writes_nothing(tmp_path, capsys):
    from geo.__main__ import main

    path = tmp_path / "out.csv"
    assert main(["export", "csv", "-o", str(path), "--query", "sector=magic"]) == 1
    assert "sector is one of rail, road" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_large_layer_of_the_benchmark_keeps_the_contract(dataset, tmp_path):
    large = load(write_layer(tmp_path, 500))
    assert len(large.projects) == 500
    assert dataset.projects.keys() <= large.projects.keys()
    selection = select(large, ProjectFilter(sector=("rail",)))
    for code in CODES:
        assert sorted(ids(code, export(selection, code))) == [one.id for one in selection.projects]
