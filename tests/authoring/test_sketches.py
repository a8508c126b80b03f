"""Sketched areas have the size, the place and the rounded form that they were asked for."""

import json
import math

import pytest
import shapely
from support.outlines import in_metres, sharp_corners

from geo.__main__ import main
from geo.authoring.sketches import sketch

SHAPES = {
    "circle": ({"center": [104.65, 30.13], "radius_m": 3000}, math.pi * 3**2),
    "ellipse": (
        {"center": [104.65, 30.13], "semi_axes_m": [4000, 2000], "bearing_deg": 30},
        math.pi * 4 * 2,
    ),
    "corridor": (
        {"line": [[104.6, 30.1], [104.65, 30.13], [104.7, 30.13]], "half_width_m": 1000},
        2 * (5.86 + 4.82) + math.pi,
    ),
    "rounded": (
        {
            "ring": [[104.6, 30.1], [104.7, 30.1], [104.7, 30.2], [104.6, 30.2], [104.6, 30.1]],
            "radius_m": 1500,
        },
        9.64 * 11.09 - (4 - math.pi) * 1.5**2,
    ),
}
"""For each shape its keys, and its area in km²."""


@pytest.mark.parametrize("name", SHAPES)
def test_a_sketch_has_the_area_that_was_asked_for_and_no_sharp_corner(dataset, name):
    keys, area = SHAPES[name]
    shape = sketch({"shape": name} | keys, dataset.counties)
    assert in_metres(shape).area / 1e6 == pytest.approx(area, rel=0.01)
    assert shape.is_valid
    assert shape.exterior.is_ccw
    assert sharp_corners(shape, borders=shapely.Point(0, 0)) == []


def test_the_bearing_of_an_ellipse_runs_clockwise_from_north(dataset):
    keys = {"center": [104.65, 30.13], "semi_axes_m": [4000, 500], "bearing_deg": 60}
    shape = sketch({"shape": "ellipse"} | keys, dataset.counties)
    east = shapely.Point(104.65 + 0.0311, 30.13 + 0.0155)  # 3 km east, 1.7 km north
    west = shapely.Point(104.65 - 0.0311, 30.13 + 0.0155)
    assert shape.covers(east)
    assert not shape.covers(west)


def test_a_clipped_sketch_stays_in_its_county(dataset):
    keys = {"center": [104.9, 30.2], "radius_m": 12000, "clip": "512022"}
    whole = sketch({"shape": "circle"} | keys | {"clip": None}, dataset.counties)
    part = sketch({"shape": "circle"} | keys, dataset.counties)
    county = in_metres(dataset.counties.geometry["512022"])
    assert 0 < part.area < whole.area
    assert in_metres(part).difference(county.buffer(5)).area == 0


def test_the_command_prints_the_geometry(capsys, dataset):
    keys, _ = SHAPES["circle"]
    assert main(["sketch", json.dumps({"shape": "circle"} | keys)]) == 0
    printed = shapely.geometry.shape(json.loads(capsys.readouterr().out))
    assert printed.equals(sketch({"shape": "circle"} | keys, dataset.counties))


@pytest.mark.parametrize(
    "spec",
    ['{"shape": "star"}', '{"shape": "circle"}', "no JSON", '{"shape": "circle", "center": 3}'],
)
def test_a_shape_that_cannot_be_drawn_is_refused_with_the_cure(capsys, spec):
    assert main(["sketch", spec]) == 1
    assert "sketch --help" in capsys.readouterr().err


def test_a_square_has_four_sharp_corners():
    square = shapely.box(104.6, 30.1, 104.7, 30.2)
    assert len(sharp_corners(square, borders=shapely.Point(0, 0))) == 4
