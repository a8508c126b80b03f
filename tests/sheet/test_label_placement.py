"""Labels on a printed map: none on another, none outside, each near what it names."""

from math import hypot

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.sheet.frames import (
    FEWEST,
    Frame,
    Row,
    bar_km,
    crowded_square,
    fit_frame,
    ranges,
    round_scale,
    wholly_inside,
)
from geo.sheet.label_placement import Box, Label, number_label, place_labels

FRAME = Box(0, 0, 50, 40)
ACROSS, DOWN = st.floats(-10, 60), st.floats(-10, 50)
unhurried = settings(deadline=None, max_examples=50)


@st.composite
def labels(draw):
    found = []
    for number in range(draw(st.integers(0, 12))):
        spots = tuple(draw(st.lists(st.tuples(ACROSS, DOWN), max_size=3)))
        size = draw(st.floats(2, 20)), draw(st.floats(2, 8))
        anchor = draw(st.tuples(ACROSS, DOWN))
        found.append(Label(str(number), *size, anchor, spots, fixed=draw(st.booleans())))
    return found


boxes = st.lists(
    st.builds(Box.around, st.tuples(ACROSS, DOWN), st.floats(1, 15), st.floats(1, 15)), max_size=6
)


@unhurried
@given(labels(), boxes)
def test_no_label_lies_on_another_or_on_what_was_there_before(wanted, taken):
    placed = place_labels(wanted, FRAME, taken)
    for number, one in enumerate(placed):
        assert not any(one.box.meets(other.box) for other in placed[:number])
        assert not any(one.box.meets(box) for box in taken)


@unhurried
@given(labels(), boxes)
def test_every_label_lies_inside_the_frame_in_its_own_size(wanted, taken):
    sizes = {one.key: (one.width, one.height) for one in wanted}
    for one in place_labels(wanted, FRAME, taken):
        assert one.box.within(FRAME)
        width, height = sizes[one.key]
        assert abs(one.box.right - one.box.left - width) < 1e-9
        assert abs(one.box.bottom - one.box.top - height) < 1e-9


@unhurried
@given(labels(), boxes)
def test_a_label_stands_on_a_spot_of_its_own_or_has_a_line_that_leads_to_what_it_names(
    wanted, taken
):
    by_key = {one.key: one for one in wanted}
    for one in place_labels(wanted, FRAME, taken):
        asked = by_key[one.key]
        if one.leader:
            assert not asked.fixed
            assert one.leader[1] == asked.anchor
        else:
            assert any(
                hypot(x - one.box.middle[0], y - one.box.middle[1]) < 1e-6 for x, y in asked.spots
            )


@unhurried
@given(labels())
def test_the_same_labels_get_the_same_places(wanted):
    assert place_labels(wanted, FRAME) == place_labels(wanted, FRAME)


def test_a_label_for_which_there_is_no_room_is_left_out_and_the_next_one_is_not():
    large = Label("large", 100, 100, (25, 20), ((25, 20),))
    small = Label("small", 5, 3, (25, 20), ((25, 20),))
    assert [one.key for one in place_labels([large, small], FRAME)] == ["small"]


def test_where_its_spot_is_taken_a_label_moves_aside_with_a_leader():
    spot = ((25.0, 20.0),)
    first, second = place_labels([Label(key, 6, 3, spot[0], spot) for key in "ab"], FRAME)
    assert first.leader is None
    assert second.leader is not None
    assert hypot(second.box.middle[0] - 25, second.box.middle[1] - 20) < 10


@unhurried
@given(st.floats(1, 1e8))
def test_a_round_scale_is_never_too_large_for_what_it_must_show(needed):
    assert needed <= round_scale(needed) <= 2 * needed


@unhurried
@given(st.floats(4e5, 6e5), st.floats(3.2e6, 3.5e6), st.floats(100, 3e5), st.floats(100, 3e5))
def test_a_frame_shows_all_that_it_was_made_for_and_measures_true(west, south, wide, high):
    bounds = west, south, west + wide, south + high
    frame = fit_frame(bounds, 262, 254, 4)
    assert frame.ground.covers(shapely.box(*bounds))
    left, top = frame.at((west, south + high))
    right, bottom = frame.at((west + wide, south))
    assert abs((right - left) * frame.scale / 1000 - wide) < 1e-3
    assert abs((bottom - top) * frame.scale / 1000 - high) < 1e-3
    assert left >= 3.99
    assert top >= 3.99


def test_a_scale_bar_is_round_and_fits_its_plate():
    frame = Frame((0, 0), 262, 254, 500_000)
    assert bar_km(frame, 45) == 20
    assert bar_km(frame, 39) == 10


def test_the_closer_map_shows_the_square_that_holds_the_most():
    crowd = {f"a{n}": shapely.Point(1000 * n, 0).buffer(200) for n in range(FEWEST)}
    alone = {f"b{n}": shapely.Point(100_000 + 30_000 * n, 0).buffer(200) for n in range(20)}
    window = crowded_square(crowd | alone)
    assert set(wholly_inside(window, crowd | alone)) == set(crowd)


def test_there_is_no_closer_map_where_nothing_is_crowded():
    assert crowded_square({}) is None
    assert crowded_square({f"b{n}": shapely.Point(30_000 * n, 0) for n in range(20)}) is None


@unhurried
@given(st.sets(st.integers(1, 300)))
def test_ranges_say_every_number_and_no_other(numbers):
    said = set()
    for part in filter(None, ranges(numbers).split(", ")):
        first, _, last = part.partition("–")
        said |= set(range(int(first), int(last or first) + 1))
    assert said == numbers


def test_what_a_map_does_not_show_has_no_number_on_it(dataset):
    frame = Frame((0, 0), 100, 100, 100_000)
    row = Row(1, next(iter(dataset.projects.values())))
    far = shapely.LineString([(90_000, 0), (95_000, 0)])
    assert number_label(row, far, frame, None) is None
    near = shapely.LineString([(-3000, 0), (3000, 0)])
    assert number_label(row, near, frame, None) is not None
    assert number_label(row, near, frame, shapely.box(-4000, -4000, 4000, 4000)) is None
