"""Filters: a frozen value, applied to the projects; it only ever removes rows.

A link can also gather projects into a list without filtering (`among`): those of one county, those of
no single county, or a few by id.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.layer.codes import (
    COUNTIES,
    COUNTY_CODES,
    OUTSIDE,
    PRECISION_CODES,
    SECTOR_CODES,
    SINCE_CODES,
    STAGE_CODES,
)
from geo.layer.projects import RelatedGroup
from geo.layer.search import words_of

Mask = np.ndarray[Any, np.dtype[np.bool_]]
"""Which rows of the projects, in their order."""

Codes = np.ndarray[Any, np.dtype[np.int64]]
"""What each row carries, as bits."""

FACETS: Final = {
    "sector": SECTOR_CODES,
    "county": COUNTY_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
    "since": SINCE_CODES,
}
"""The facets by the name they have in the URL and on the page, with the codes of each."""

WIDE_SCOPE: Final = ("scope", "wide")
"""What the switch sets aside: what stands for more than one whole county."""

BITS: Final = {
    pair: 1 << number
    for number, pair in enumerate(
        [*((facet, code) for facet, codes in FACETS.items() for code in codes), WIDE_SCOPE]
    )
}
"""The bit of each (facet, code) in the column "codes"."""


@dataclass(frozen=True)
class ProjectFilter:
    """Which projects to show: any of the codes in each facet, and all words of `q`; empty = all."""

    sector: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    q: str = ""
    local: bool = False
    """Set aside what stands for more than one whole county."""

    def apply(self, projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the rows of `projects` (indexed by id, EPSG:4326) that pass, in their order."""
        return self.result(projects).shown

    def codes(self, facet: str) -> tuple[str, ...]:
        """Return what is chosen in a facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def with_codes(self, facet: str, codes: Iterable[str]) -> "ProjectFilter":
        """Return this filter with other codes chosen in one facet."""
        changes: dict[str, Any] = {facet: tuple(codes)}
        return replace(self, **changes)

    def mask(self, projects: gpd.GeoDataFrame) -> "pd.Series[bool]":
        """Return which rows pass: a boolean Series over the index of `projects`."""
        return pd.Series(self.result(projects).passed(), index=projects.index)

    def counts(self, projects: gpd.GeoDataFrame, facet: str) -> dict[str, int]:
        """Return what `FilterResult.counts` does."""
        return self.result(projects).counts(facet)

    def counts_without_each(self, projects: gpd.GeoDataFrame) -> dict[str, int]:
        """Return what `FilterResult.loosened` does."""
        return self.result(projects).counts_without_each()

    def result(self, projects: gpd.GeoDataFrame) -> "FilterResult":
        """Return this filter laid over projects: for those who ask for more than one answer."""
        return FilterResult(self, projects)

    @property
    def active(self) -> int:
        """How many values are chosen; the search and the switch count as one each."""
        return sum(len(self.codes(facet)) for facet in FACETS) + bool(self.q.strip()) + self.local


class FilterResult:
    """A filter over projects, each of its parts tried on each row once.

    `projects` are indexed by id. A part is a facet, "q" (the search) or "local" (the switch).
    """

    def __init__(self, asked: ProjectFilter, projects: gpd.GeoDataFrame) -> None:
        self._projects = projects
        self._codes: Codes = projects["codes"].to_numpy()
        self._parts: dict[str, Mask] = {}
        wanted = {
            facet: sum(BITS[facet, code] for code in set(asked.codes(facet))) for facet in FACETS
        }
        self.wanted = tuple(bits for bits in wanted.values() if bits)
        """For each facet with a choice its bits: a row must carry one of them."""
        self.unwanted = BITS[WIDE_SCOPE] if asked.local else 0
        """Bits that a row must not carry."""
        for facet, bits in wanted.items():
            if bits:
                self._parts[facet] = (self._codes & bits) != 0
        words = words_of(asked.q)
        if words:
            texts = projects["words"].to_numpy()
            found = [[word in text for text in texts] for word in words]
            self._parts["q"] = np.logical_and.reduce(np.array(found, dtype=bool))
        if asked.local:
            self._parts["local"] = ~self._wide()

    def passed(self, without: str = "") -> Mask:
        """Return which rows pass, or would without one part."""
        parts = [mask for name, mask in self._parts.items() if name != without]
        mask: Mask = np.logical_and.reduce([np.ones(len(self._codes), dtype=bool), *parts])
        return mask

    @property
    def matched(self) -> Mask | None:
        """Which rows the search found, whatever the facets say; None where nothing is searched."""
        return self._parts.get("q")

    @cached_property
    def shown(self) -> gpd.GeoDataFrame:
        """The rows that pass, in their order."""
        return self._projects[self.passed()]

    def passes(self, project: str) -> bool:
        """Say whether the project of this id passes."""
        return bool(self.passed()[self._projects.index.get_loc(project)])

    def counts(self, facet: str) -> dict[str, int]:
        """Return for each code of a facet how many projects it would leave, zeros included.

        The other facets stay as they are; what is chosen in this one does not count.
        """
        left = self._codes[self.passed(without=facet)]
        return {code: int(np.count_nonzero(left & BITS[facet, code])) for code in FACETS[facet]}

    def counts_without_each(self) -> dict[str, int]:
        """Return for each part how many projects would pass without it alone."""
        return {name: int(self.passed(without=name).sum()) for name in self._parts}

    def wide(self) -> int:
        """Return how many projects the switch sets aside, or would."""
        return int((self.passed(without="local") & self._wide()).sum())

    def _wide(self) -> Mask:
        wide: Mask = (self._codes & BITS[WIDE_SCOPE]) != 0
        return wide


def code_bits(projects: pd.DataFrame) -> Codes:
    """Return what each row carries, one bit per code of each facet, and one for the switch.

    Made once with the frame, as its column "codes", so that neither a filter nor its counts look at
    a row again; one column, because to take thirty from a frame costs more than to count in them.
    """
    made = np.zeros(len(projects), dtype=np.int64)
    for (facet, code), bit in BITS.items():
        if facet == "scope":
            has = [own == code for own in projects["scope"]]
        elif facet != "county":
            has = [own == code for own in projects[facet]]
        elif code == OUTSIDE:
            has = [not own for own in projects["counties"]]
        else:
            has = [code in own for own in projects["counties"]]
        made |= np.where(has, bit, 0)
    return made


def has_code(projects: gpd.GeoDataFrame, facet: str, code: str) -> Mask:
    """Return which rows carry a code of a facet."""
    mask: Mask = (projects["codes"].to_numpy() & BITS[facet, code]) != 0
    return mask


WIDE_PLACE: Final = "wide"
"""What a link calls the projects of no county, or of more than one."""

PLACES: Final = (*COUNTIES, WIDE_PLACE)
"""The places that a link can gather by; every project belongs to exactly one of them."""

MOST_IDS: Final = 60
"""Ids of a link that are kept: more projects than any place or group of the map holds."""

_ALL_COUNTIES: Final = sum(BITS["county", code] for code in COUNTY_CODES)


def in_place(projects: gpd.GeoDataFrame, place: str) -> Mask:
    """Return which rows touch one county of these, and no other; for `WIDE_PLACE`, all that do not."""
    own = projects["codes"].to_numpy() & _ALL_COUNTIES
    if place == WIDE_PLACE:
        found: Mask = ~np.isin(own, [BITS["county", code] for code in COUNTIES])
    else:
        found = own == BITS["county", place]
    return found


def in_county_and_beyond(projects: gpd.GeoDataFrame, county: str) -> Mask:
    """Return which rows touch this county and another one."""
    touching: Mask = (projects["codes"].to_numpy() & BITS["county", county]) != 0
    return touching & ~in_place(projects, county)


def in_list(projects: gpd.GeoDataFrame, among: Iterable[str]) -> Mask:
    """Return which rows belong to the places or have the ids in `among`."""
    named = set(among)
    found: Mask = np.asarray(projects.index.isin(named - set(PLACES)))
    for place in PLACES:
        if place in named:
            found = found | in_place(projects, place)
    return found


def shared_group(groups: Iterable[RelatedGroup], among: Sequence[str]) -> RelatedGroup | None:
    """Return the smallest group that all these ids belong to."""
    found = [one for one in groups if set(among) <= set(one.projects)]
    return min(found, key=lambda one: len(one.projects), default=None) if among else None
