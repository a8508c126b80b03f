"""Projects that a link gathers into one list: a county's, those of no single county, or a few by id."""

from collections.abc import Iterable, Sequence
from typing import Final

import geopandas as gpd
import numpy as np

from geo.layer.codes import COUNTIES, COUNTY_CODES
from geo.layer.filters import BITS, Mask
from geo.layer.related import Group

WIDE: Final = "wide"
"""What a link calls the projects of no county, or of more than one."""

PLACES: Final = (*COUNTIES, WIDE)
"""The places that a link can gather by; every project belongs to exactly one of them."""

MOST_IDS: Final = 60
"""Ids of a link that are kept: more projects than any place or group of the map holds."""

_ALL_COUNTIES: Final = sum(BITS["county", code] for code in COUNTY_CODES)


def in_place(projects: gpd.GeoDataFrame, place: str) -> Mask:
    """Return which rows touch one county of these, and no other; for `WIDE`, all that do not."""
    own = projects["codes"].to_numpy() & _ALL_COUNTIES
    if place == WIDE:
        found: Mask = ~np.isin(own, [BITS["county", code] for code in COUNTIES])
    else:
        found = own == BITS["county", place]
    return found


def wider(projects: gpd.GeoDataFrame, county: str) -> Mask:
    """Return which rows touch this county and another one."""
    touching: Mask = (projects["codes"].to_numpy() & BITS["county", county]) != 0
    return touching & ~in_place(projects, county)


def gathered(projects: gpd.GeoDataFrame, among: Iterable[str]) -> Mask:
    """Return which rows belong to the places or have the ids in `among`."""
    named = set(among)
    found: Mask = np.asarray(projects.index.isin(named - set(PLACES)))
    for place in PLACES:
        if place in named:
            found = found | in_place(projects, place)
    return found


def shared_place(groups: Iterable[Group], among: Sequence[str]) -> Group | None:
    """Return the smallest group that all these ids belong to."""
    found = [one for one in groups if set(among) <= set(one.projects)]
    return min(found, key=lambda one: len(one.projects), default=None) if among else None
