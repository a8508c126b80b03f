"""The sheet of a map that has few places yet, or none, and of counties that are named alike."""

import io
from dataclasses import replace

import geopandas as gpd
import pytest
from pypdf import PdfReader
from shapely import Point

from geo.layer.base_layers import short_names
from geo.layer.filters import ProjectFilter
from geo.sheet.composition import CELL, MOST_CLAUSE, SMALL, clause_width, compose, pdf
from geo.sheet.frames import numbered

ALL = ProjectFilter()
FEW = 5


def mapping_only(dataset, count):
    """Return the dataset with all but so many projects taken off the map."""
    projects = {}
    mapped = [name for name, one in dataset.projects.items() if one.precision == "exact"][:count]
    for name, project in dataset.projects.items():
        off = {"geometry": None, "precision": "unlocated", "uncertainty_m": None}
        projects[name] = project if name in mapped else replace(project, **off)
    return replace(dataset, projects=projects)


def pages_of(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf(content))).pages]


def test_beside_a_map_of_few_projects_stand_those_and_all_on_the_next_page(dataset):
    content = compose(mapping_only(dataset, FEW), ALL, "zh")
    first, second = pages_of(content)
    rows = [row for group in content["groups"] for row in group["rows"]]
    names = {row["name"] for row in rows if row["mapped"]}
    assert len(names) == FEW
    assert [name for name in names if name not in first] == []
    assert content["words"]["rest"] in first
    assert "".join(rows[-1]["name"].split()) in "".join(second.split())


def test_beside_a_map_of_no_projects_the_list_begins_and_goes_on_without_a_gap(dataset):
    content = compose(mapping_only(dataset, 0), ALL, "zh")
    first, second = ("".join(page.split()) for page in pages_of(content))
    assert content["words"]["goes-on"] in first
    rows = [row for group in content["groups"] for row in group["rows"]]
    for row in rows:
        name = "".join(row["name"].split())
        assert (name in first) or (name in second), name
    begun = [row for row in rows if "".join(row["name"].split()) in first]
    assert len(begun) > len(rows) / 4
    # There are no signs to explain: neither a line nor a stage stands in the legend.
    assert content["words"]["stages"] not in first
    assert not any("虚线框" in note for note in content["notes"])


def test_a_short_list_of_unmapped_projects_stands_beside_the_map(dataset):
    some = compose(mapping_only(dataset, 0), ProjectFilter(sector=("rail",)), "en")
    assert len(pages_of(some)) == 1


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_column_of_clauses_holds_the_longest_path_on_one_line(dataset, language):
    rows = numbered(dataset.projects.values())
    usual = clause_width(rows, language)
    assert usual == {"zh": 2.8, "en": 3.2}[language]
    (first, *others) = rows
    anchor = replace(first.project.anchors[0], clause="三(一)12")
    long = replace(first, project=replace(first.project, anchors=(anchor,)))
    # Two characters and four digits and brackets of a small size.
    assert clause_width([long, *others], language) == pytest.approx(SMALL * (2 + 4 * 0.6) + CELL)
    endless = replace(
        first, project=replace(first.project, anchors=(replace(anchor, clause="三" * 30),))
    )
    assert clause_width([endless], language) == MOST_CLAUSE


def test_a_county_loses_its_kind_on_the_map_only_if_its_name_stays_unique():
    names = {
        "1": ("Kisumu East", True), "2": ("Kisumu West", True), "3": ("Seme Sub-County", True),
        "4": ("Fuzhou City", True), "5": ("Fuzhou City", False), "6": ("Hill District", True), "7": ("Hill County", True),
    }  # fmt: skip
    counties = gpd.GeoDataFrame(
        {
            "name_en": [name for name, _ in names.values()],
            "ziyang": [is_own for _, is_own in names.values()],
        },
        index=list(names), geometry=[Point(0, 0)] * len(names),
    )  # fmt: skip
    assert list(short_names(counties).values()) == [
        "Kisumu East", "Kisumu West", "Seme", "Fuzhou", "Fuzhou", "Hill District", "Hill County",
    ]  # fmt: skip


def test_the_counties_of_the_shipped_map_are_called_as_before(dataset):
    short = short_names(dataset.counties)
    assert [short[code] for code in ("512002", "512021", "512022")] == [
        "Yanjiang",
        "Anyue",
        "Lezhi",
    ]
