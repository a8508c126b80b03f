"""A filter is a frozen value; applied to the projects it only ever removes rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.codes import COUNTY_CODES, OUTSIDE, PRECISION_CODES, SECTOR_CODES, STAGE_CODES
from geo.search import words_of

FACETS: Final = {
    "sector": SECTOR_CODES,
    "county": COUNTY_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
}
"""The facets by the name they have in the URL and on the page, with the codes of each."""


@dataclass(frozen=True)
class ProjectFilter:
    """Which projects to show: any of the codes in each facet, and all words of `q`; empty = all."""

    sector: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    precision: tuple[str, ...] = ()
    q: str = ""
    local: bool = False
    """Set aside what stands for more than one whole county."""

    def apply(self, projects: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
        """Return the rows of `projects` (indexed by id, EPSG:4326) that pass, in their order."""
        return projects[self.mask(projects)]

    def codes(self, facet: str) -> tuple[str, ...]:
        """Return what is chosen in a facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def choosing(self, facet: str, codes: Iterable[str]) -> "ProjectFilter":
        """Return this filter with other codes chosen in one facet."""
        changes: dict[str, Any] = {facet: tuple(codes)}
        return replace(self, **changes)

    def mask(self, projects: gpd.GeoDataFrame) -> "pd.Series[bool]":
        """Return which rows pass: a boolean Series over the index of `projects`."""
        passed = np.ones(len(projects), dtype=bool)
        for facet in FACETS:
            chosen = self.codes(facet)
            if chosen:
                passed &= np.logical_or.reduce([_has(projects, facet, code) for code in chosen])
        if self.local:
            passed &= (projects["scope"] != "wide").to_numpy()
        for word in words_of(self.q):
            passed &= np.array([word in words for words in projects["words"]], dtype=bool)
        return pd.Series(passed, index=projects.index)

    def counts(self, projects: gpd.GeoDataFrame, facet: str) -> dict[str, int]:
        """Return for each code of a facet how many projects it would leave, zeros included.

        The other facets stay as they are; what is chosen in this one does not count.
        """
        others = self.choosing(facet, ()).mask(projects).to_numpy()
        return {code: int((_has(projects, facet, code) & others).sum()) for code in FACETS[facet]}

    def loosened(self, projects: gpd.GeoDataFrame) -> dict[str, int]:
        """Return for each thing asked for how many projects would pass without it alone."""
        without: dict[str, ProjectFilter] = {
            facet: self.choosing(facet, ()) for facet in FACETS if self.codes(facet)
        }
        if self.q.strip():
            without["q"] = replace(self, q="")
        if self.local:
            without["local"] = replace(self, local=False)
        return {name: int(one.mask(projects).sum()) for name, one in without.items()}

    @property
    def active(self) -> int:
        """How many values are chosen; the search and the switch count as one each."""
        return sum(len(self.codes(facet)) for facet in FACETS) + bool(self.q.strip()) + self.local


def facet_columns(projects: pd.DataFrame) -> dict[str, np.ndarray[Any, np.dtype[np.bool_]]]:
    """Return one boolean array per code, named "sector=rail": which rows of `projects` carry it.

    Made once with the frame, so that neither a filter nor its counts look at a row again.
    """
    made = {}
    for facet, codes in FACETS.items():
        for code in codes:
            if facet != "county":
                has = [own == code for own in projects[facet]]
            elif code == OUTSIDE:
                has = [not own for own in projects["counties"]]
            else:
                has = [code in own for own in projects["counties"]]
            made[f"{facet}={code}"] = np.array(has, dtype=bool)
    return made


def _has(projects: gpd.GeoDataFrame, facet: str, code: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Return which rows carry a code."""
    column: np.ndarray[Any, np.dtype[np.bool_]] = projects[f"{facet}={code}"].to_numpy()
    return column
