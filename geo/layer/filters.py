"""Filters: immutable values that, applied to the projects, select some of the rows.

A link can also gather projects in a list without filtering (`among`): those of one county, those of
no single county, or individual ids.
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
    EXTENT_FACET,
    OUTSIDE,
    PRECISION_CODES,
    SECTOR_CODES,
    SINCE_CODES,
    STAGE_CODES,
)
from geo.layer.projects import RelatedGroup
from geo.layer.search import searched, words_of

Mask = np.ndarray[Any, np.dtype[np.bool_]]
"""One boolean per row of the projects, in row order."""

Codes = np.ndarray[Any, np.dtype[np.int64]]
"""One bit mask of codes per row of the projects, in row order."""

FACETS: Final = {
    "sector": SECTOR_CODES,
    "county": COUNTY_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
    "extent": EXTENT_FACET,
    "since": SINCE_CODES,
}
"""The codes of each facet; facets have these names in URLs and on the page."""

OFFERED: Final = tuple(facet for facet in FACETS if facet != "county" or len(COUNTIES) > 1)
"""The facets that a page offers to choose from; a single county is no choice. Links may have all."""

WIDE_SCOPE: Final = ("scope", "wide")
"""The (facet, code) pair of projects that cover more than one whole county. The `local` switch hides
them."""

BITS: Final = {
    pair: 1 << number
    for number, pair in enumerate(
        [*((facet, code) for facet, codes in FACETS.items() for code in codes), WIDE_SCOPE]
    )
}
"""The bit of each (facet, code) pair in the masks of the column "codes"."""


@dataclass(frozen=True)
class ProjectFilter:
    """Which projects to show: those with a chosen code in each facet, and with all words of `q`.

    Where nothing is chosen, all projects pass. To choose every code of a facet means the same, so a
    filter with every code becomes one with none: links, counts and files know only one form.
    """

    sector: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    extent: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    q: str = ""
    """What is typed in the search box; `search` is the part of it that filters."""
    local: bool = False
    """Hide projects that cover more than one whole county."""

    def __post_init__(self) -> None:
        for facet, codes in FACETS.items():
            if set(codes) <= set(self.codes(facet)):
                object.__setattr__(self, facet, ())

    @property
    def search(self) -> str:
        """The words of `q` that are searched, as typed, with one space between; "" if there are none."""
        return searched(self.q)

    @property
    def has_single_letter(self) -> bool:
        """Whether `q` has a word that is not searched, because it is one Latin letter."""
        return self.search != " ".join(self.q.split())

    def apply(self, projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the rows of `projects` (indexed by id, EPSG:4326) that pass, in row order."""
        return self.result(projects).shown

    def codes(self, facet: str) -> tuple[str, ...]:
        """Return the codes chosen in a facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def with_codes(self, facet: str, codes: Iterable[str]) -> "ProjectFilter":
        """Return a copy of this filter with other codes chosen in one facet."""
        changes: dict[str, Any] = {facet: tuple(codes)}
        return replace(self, **changes)

    def mask(self, projects: gpd.GeoDataFrame) -> "pd.Series[bool]":
        """Return which rows pass, as a boolean Series with the index of `projects`."""
        return pd.Series(self.result(projects).passed(), index=projects.index)

    def counts(self, projects: gpd.GeoDataFrame, facet: str) -> dict[str, int]:
        """Return `FilterResult.counts` for one facet."""
        return self.result(projects).counts(facet)

    def counts_without_each(self, projects: gpd.GeoDataFrame) -> dict[str, int]:
        """Return `FilterResult.counts_without_each`."""
        return self.result(projects).counts_without_each()

    def result(self, projects: gpd.GeoDataFrame) -> "FilterResult":
        """Return the result of this filter, for callers that need more than one answer from it."""
        return FilterResult(self, projects)

    @property
    def active(self) -> int:
        """The number of chosen values; the search and the switch count as one each."""
        return sum(len(self.codes(facet)) for facet in FACETS) + bool(self.search) + self.local


class FilterResult:
    """A filter applied to projects; each part of it is evaluated only once per row.

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
        """One bit mask per facet with a choice: a row must have one of its bits."""
        self.unwanted = BITS[WIDE_SCOPE] if asked.local else 0
        """A mask of bits that a row must not have."""
        for facet, bits in wanted.items():
            if bits:
                self._parts[facet] = (self._codes & bits) != 0
        words = words_of(asked.q)
        if words:
            texts = projects["words"].to_numpy()
            matches = [[word in text for text in texts] for word in words]
            self._parts["q"] = np.logical_and.reduce(np.array(matches, dtype=bool))
        if asked.local:
            self._parts["local"] = ~self._wide()

    def passed(self, without: str = "") -> Mask:
        """Return which rows pass; `without` names a part to leave out."""
        parts = [mask for name, mask in self._parts.items() if name != without]
        mask: Mask = np.logical_and.reduce([np.ones(len(self._codes), dtype=bool), *parts])
        return mask

    @property
    def matched(self) -> Mask | None:
        """Which rows match the search, whatever the facets; None if there is no search."""
        return self._parts.get("q")

    @cached_property
    def shown(self) -> gpd.GeoDataFrame:
        """The rows that pass, in row order."""
        return self._projects[self.passed()]

    @property
    def unmapped(self) -> int:
        """How many of the projects that pass have no place on the map."""
        return int((self.passed() & has_code(self._projects, "precision", "unlocated")).sum())

    def passes(self, project: str) -> bool:
        """Return whether the project with this id passes."""
        return bool(self.passed()[self._projects.index.get_loc(project)])

    def counts(self, facet: str) -> dict[str, int]:
        """Return how many projects each code of a facet would show on its own, zeros included.

        The other parts of the filter apply; the codes chosen in this facet do not.
        """
        masks = self._codes[self.passed(without=facet)]
        return {code: int(np.count_nonzero(masks & BITS[facet, code])) for code in FACETS[facet]}

    def counts_without_each(self) -> dict[str, int]:
        """Return, for each part, how many projects would pass if that part were removed."""
        return {name: int(self.passed(without=name).sum()) for name in self._parts}

    def wide(self) -> int:
        """Return how many projects the switch hides, or would hide if it were on."""
        return int((self.passed(without="local") & self._wide()).sum())

    def _wide(self) -> Mask:
        wide: Mask = (self._codes & BITS[WIDE_SCOPE]) != 0
        return wide


def code_bits(projects: pd.DataFrame) -> Codes:
    """Return the bit mask of each row: one bit per code of each facet, and one for the switch.

    Computed once, as the column "codes" of the frame, so that filters and counts need no other
    column. It is a single column, because fetching thirty costs more than the counting itself.
    """
    masks = np.zeros(len(projects), dtype=np.int64)
    for (facet, code), bit in BITS.items():
        if facet == "scope":
            has_bit = [scope == code for scope in projects["scope"]]
        elif facet == "extent":
            # Of one county, the whole is the whole place; see `EXTENT_FACET`.
            same = {code, "county"} if code == "city" and len(COUNTIES) == 1 else {code}
            has_bit = [value in same for value in projects[facet]]
        elif facet != "county":
            has_bit = [value == code for value in projects[facet]]
        elif code == OUTSIDE:
            has_bit = [not counties for counties in projects["counties"]]
        else:
            has_bit = [code in counties for counties in projects["counties"]]
        masks |= np.where(has_bit, bit, 0)
    return masks


def has_code(projects: gpd.GeoDataFrame, facet: str, code: str) -> Mask:
    """Return which rows have a code of a facet."""
    mask: Mask = (projects["codes"].to_numpy() & BITS[facet, code]) != 0
    return mask


WIDE_PLACE: Final = "wide"
"""The name in a link for the projects that touch no county of the place, or several."""

PLACES: Final = (*COUNTIES, WIDE_PLACE)
"""The places by which a link can gather projects; each project belongs to exactly one."""

MOST_IDS: Final = 60
"""Maximum number of ids taken from a link; no place or group on the map has as many projects."""

_ALL_COUNTIES: Final = sum(BITS["county", code] for code in COUNTY_CODES)


def in_place(projects: gpd.GeoDataFrame, place: str) -> Mask:
    """Return which rows touch only this county; for `WIDE_PLACE`, which touch none or several."""
    counties = projects["codes"].to_numpy() & _ALL_COUNTIES
    if place == WIDE_PLACE:
        mask: Mask = ~np.isin(counties, [BITS["county", code] for code in COUNTIES])
    else:
        mask = counties == BITS["county", place]
    return mask


def in_county_and_beyond(projects: gpd.GeoDataFrame, county: str) -> Mask:
    """Return which rows touch this county and at least one other."""
    touching: Mask = (projects["codes"].to_numpy() & BITS["county", county]) != 0
    return touching & ~in_place(projects, county)


def in_list(projects: gpd.GeoDataFrame, among: Iterable[str]) -> Mask:
    """Return which rows have an id in `among`, or belong to a place in it."""
    listed = set(among)
    mask: Mask = np.asarray(projects.index.isin(listed - set(PLACES)))
    for place in PLACES:
        if place in listed:
            mask = mask | in_place(projects, place)
    return mask


def shared_group(groups: Iterable[RelatedGroup], among: Sequence[str]) -> RelatedGroup | None:
    """Return the smallest group that contains all these ids, or None."""
    shared = [group for group in groups if set(among) <= set(group.projects)]
    return min(shared, key=lambda group: len(group.projects), default=None) if among else None
