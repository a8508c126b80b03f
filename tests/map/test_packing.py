"""The packed layer holds each property and each position of the projects, once if several share them."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.map.client_data import map_features
from geo.map.packing import ABSENT, ALPHABET, MORE, STEPS_PER_DEGREE, pack

DEGREES = st.tuples(
    st.integers(-180 * STEPS_PER_DEGREE, 180 * STEPS_PER_DEGREE),
    st.integers(-90 * STEPS_PER_DEGREE, 90 * STEPS_PER_DEGREE),
).map(lambda steps: [one / STEPS_PER_DEGREE for one in steps])
PATHS = st.lists(DEGREES, min_size=2, max_size=6)
GEOMETRIES = st.one_of(
    st.builds(lambda at: {"type": "Point", "coordinates": at}, DEGREES),
    st.builds(lambda at: {"type": "MultiPoint", "coordinates": at}, PATHS),
    st.builds(lambda at: {"type": "LineString", "coordinates": at}, PATHS),
    *(
        st.builds(lambda at, kind=kind: {"type": kind, "coordinates": at}, st.lists(PATHS, min_size=1, max_size=3))
        for kind in ("MultiLineString", "Polygon")
    ),
    st.builds(
        lambda at: {"type": "MultiPolygon", "coordinates": at},
        st.lists(st.lists(PATHS, min_size=1, max_size=3), min_size=1, max_size=3),
    ),
)  # fmt: skip
PROPERTIES = st.dictionaries(
    st.sampled_from(["name", "codes", "counties", "scope"]),
    st.one_of(st.none(), st.text(max_size=3), st.integers(0, 3), st.lists(st.integers(0, 2))),
)
COLLECTIONS = st.lists(st.tuples(PROPERTIES, st.none() | GEOMETRIES), max_size=8).map(
    lambda pairs: {
        "type": "FeatureCollection",
        "features": [{"properties": own, "geometry": shape} for own, shape in pairs],
    }
)


def numbers(text):
    value = shift = 0
    for letter in text.encode("ascii"):
        digit = int(np.flatnonzero(letter == ALPHABET)[0])
        value |= (digit & (MORE - 1)) << shift
        shift += 5
        if not digit & MORE:
            yield (value >> 1) ^ -(value & 1)
            value = shift = 0


def coordinates(kind, shape):
    at = np.zeros(2, dtype=int)
    polygons = []
    for polygon in shape.split(";"):
        polygons.append([])
        for path in polygon.split(","):
            steps = np.array(list(numbers(path))).reshape(-1, 2)
            positions = at + np.cumsum(steps, axis=0)
            at = positions[-1]
            polygons[-1].append((positions / STEPS_PER_DEGREE).tolist())
    depth = {"Point": 3, "LineString": 2, "MultiPoint": 2, "MultiPolygon": 0}.get(kind, 1)
    for _ in range(depth):
        (*polygons,) = polygons[0]
    return polygons


def cell(column, row):
    if isinstance(column, list):
        return [column[row]]
    return [] if column["rows"][row] == ABSENT else [column["table"][column["rows"][row]]]


def unpacked(packed):
    features = []
    for row in range(packed["count"]):
        properties = {
            key: value for key, column in packed["columns"].items() for value in cell(column, row)
        }
        geometry = None
        for kind in cell(packed["types"], row):
            (shape,) = cell(packed["shapes"], row)
            geometry = {"type": kind, "coordinates": coordinates(kind, shape)}
        features.append({"properties": properties, "geometry": geometry})
    return features


@given(collection=COLLECTIONS)
def test_what_is_packed_can_be_unpacked_whole(collection):
    assert unpacked(json.loads(json.dumps(pack(collection)))) == collection["features"]


def test_the_layer_arrives_whole(dataset):
    layer = json.loads(json.dumps(map_features(dataset)))
    expected = [{key: one[key] for key in ("properties", "geometry")} for one in layer["features"]]
    assert unpacked(pack(layer)) == expected


def test_a_step_that_is_lost_moves_all_that_follows(dataset):
    packed = pack(json.loads(json.dumps(map_features(dataset))))
    row = next(
        row for row in range(packed["count"]) if cell(packed["types"], row) == ["LineString"]
    )
    table, at = packed["shapes"]["table"], packed["shapes"]["rows"][row]
    before = unpacked(packed)[row]["geometry"]["coordinates"]
    letter = "B" if table[at][-1] != "B" else "C"
    table[at] = table[at][:-1] + letter
    assert unpacked(packed)[row]["geometry"]["coordinates"] != before


@given(collection=COLLECTIONS)
def test_each_box_holds_its_shape_and_touches_it_on_every_side(collection):
    packed = pack(collection)
    boxes = np.reshape(packed["boxes"], (-1, 4)) / STEPS_PER_DEGREE
    for feature, shape in zip(collection["features"], packed["shapes"]["rows"], strict=True):
        if shape != ABSENT:
            paths = np.array(_flat(feature["geometry"]["coordinates"]))
            assert boxes[shape].tolist() == [*paths.min(axis=0), *paths.max(axis=0)]


def _flat(value):
    if isinstance(value[0], float):
        return [value]
    return [position for inner in value for position in _flat(inner)]


def test_projects_of_one_place_share_its_shape():
    shape = shapely.box(104, 30, 105, 31).__geo_interface__
    feature = {"properties": {}, "geometry": json.loads(json.dumps(shape))}
    assert len(pack({"features": [feature] * 9})["shapes"]["table"]) == 1


def test_a_position_finer_than_a_step_is_rounded_to_the_nearest():
    feature = {"properties": {}, "geometry": {"type": "Point", "coordinates": [104.123456, 30.0]}}
    (found,) = unpacked(pack({"features": [feature]}))
    assert found["geometry"]["coordinates"] == pytest.approx([104.12346, 30.0], abs=1e-9)


def test_ten_copies_of_a_layer_take_far_less_than_ten_times_the_bytes(dataset):
    layer = map_features(dataset)
    copies = {"features": layer["features"] * 10}
    one, ten, plain = (len(json.dumps(each)) for each in (pack(layer), pack(copies), layer))
    assert one < plain / 3
    assert ten < 4 * one
