"""District outlines by name: the counties that are meant, their neighbours, and no guess."""

import json

import pytest
import shapely

from geo.authoring.place_layers import english_name, outlines
from geo.core.faults import DataError


def square(code, name, x, y, size=1.0):
    ring = [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]
    return {
        "type": "Feature",
        "properties": {"gb": f"156{code}", "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


@pytest.fixture
def folder(tmp_path):
    layers = {
        "district": [
            square("510101", "甲县", 100, 30), square("510102", "乙区", 101, 30), square("510201", "丙县", 102, 30),
            square("530101", "甲县", 110, 30), square("530102", "丁县", 120, 30),
        ],
        "city": [square("510100", "东市", 100, 30, 2), square("510200", "西市", 102, 30)],
        "province": [square("510000", "川省", 100, 30, 3)],
    }  # fmt: skip
    for level, features in layers.items():
        content = json.dumps({"type": "FeatureCollection", "features": features})
        (tmp_path / f"{level}.geojson").write_text(content, encoding="utf-8")
    return tmp_path


def own(collection):
    return [one["properties"]["code"] for one in collection["features"] if one["properties"]["own"]]


@pytest.mark.parametrize(
    ("names", "codes"),
    [
        (["乙区"], ["510102"]),
        (["510101"], ["510101"]),
        (["东市"], ["510101", "510102"]),
        (["乙区", "丙县"], ["510102", "510201"]),
        (["川省"], ["510100", "510200"]),
    ],
)
def test_the_counties_of_a_place_are_its_own_and_those_near_it_are_ground(folder, names, codes):
    collection = outlines(names, folder)
    assert own(collection) == codes
    every = {one["properties"]["code"] for one in collection["features"]}
    assert not every & {"530101", "530102"}
    for feature in collection["features"]:
        assert shapely.geometry.shape(feature["geometry"]).is_valid


def test_of_a_province_it_is_known_which_districts_a_city_has(folder):
    assert outlines(["川省"], folder)["districts"] == {
        "510100": ("甲县", "乙区"),
        "510200": ("丙县",),
    }
    assert outlines(["东市"], folder)["districts"] == {}


@pytest.mark.parametrize(
    ("name", "cure"),
    [("甲县", "510101, 530101"), ("甲", "such as 甲县"), ("白石镇", "with --place")],
)
def test_a_name_that_is_not_clear_is_refused_with_the_cure(folder, name, cure):
    with pytest.raises(DataError, match=cure):
        outlines([name], folder)


def test_a_county_is_named_in_english_by_its_pinyin_and_its_kind():
    assert english_name("安岳县") == "Anyue County"
    assert english_name("达县") == "Daxian"
