"""What the map is told of a filter says the same as the filter, in few bytes at any size."""

import json
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from support.map_messages import passing, rows

from geo.layer.codes import SECTOR_CODES
from geo.layer.filters import BITS, FACETS, ProjectFilter
from geo.map.client_data import encode_filter, encode_rows

MASKS = st.lists(st.booleans(), max_size=400).map(lambda rows: np.array(rows, dtype=bool))
FILTERS = st.builds(
    ProjectFilter,
    **{facet: st.lists(st.sampled_from(codes), max_size=3, unique=True).map(tuple)
       for facet, codes in FACETS.items()},
    q=st.sampled_from(["", "铁路", "czy", "资阳 机场", "nothing is called this"]),
    local=st.booleans(),
)  # fmt: skip
FEW = 40
TWO_KB = 2_000
SAFE = 2**53
"""A script holds whole numbers exactly up to here."""


@given(mask=MASKS)
def test_what_a_search_found_arrives_whole(mask):
    assert rows(encode_rows(mask), len(mask)).tolist() == mask.tolist()


@given(asked=FILTERS)
def test_the_map_is_told_what_the_filter_leaves(dataset, asked):
    filtered = asked.result(dataset.frame)
    told_again = json.loads(json.dumps(encode_filter(filtered)))
    assert (
        passing(told_again, dataset.frame["codes"].to_numpy()).tolist()
        == filtered.passed().tolist()
    )


def test_a_bit_that_is_lost_on_the_way_shows_other_projects(dataset):
    filtered = ProjectFilter(sector=("rail", "road")).result(dataset.frame)
    said = encode_filter(filtered)
    said["any"] = [said["any"][0] & ~BITS["sector", "road"]]
    assert passing(said, dataset.frame["codes"].to_numpy()).tolist() != filtered.passed().tolist()


def test_all_facets_chosen_at_once_are_told_in_a_hundred_bytes_whatever_the_layer(dataset):
    asked = ProjectFilter(
        sector=SECTOR_CODES[:7], county=("512021",), stage=("plan", "seek"),
        precision=("approximate",), local=True,
    )  # fmt: skip
    assert len(json.dumps(encode_filter(asked.result(dataset.frame)))) < 100


def test_a_few_found_among_fifty_thousand_need_few_bytes():
    mask = np.zeros(50_000, dtype=bool)
    mask[np.random.default_rng(7).integers(0, 50_000, FEW)] = True
    said = encode_rows(mask)
    assert "gaps" in said
    assert len(said["gaps"]) < 4 * FEW


def test_half_of_ten_thousand_found_need_two_kilobytes():
    said = encode_rows(np.random.default_rng(7).random(10_000) < 0.5)
    assert len(said["bits"]) < TWO_KB


def test_every_code_has_a_bit_of_its_own_that_a_script_can_hold():
    bits = sorted(BITS.values())
    assert all(low * 2 == high for low, high in pairwise(bits))
    assert sum(bits) < SAFE
