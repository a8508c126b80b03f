"""A filter is a frozen value; applied to the projects it only ever removes rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.codes import COUNTY_CODES, OUTSIDE, PRECISION_CODES, SECTOR_CODES, SINCE_CODES, STAGE_CODES
from geo.search import words_of

Mask = np.ndarray[Any, np.dtype[np.bool_]]
"""Which rows of the projects, in their order."""

FACETS: Final = {
    "sector": SECTOR_CODES,
    "county": COUNTY_CODES,
    "stage": STAGE_CODES,
    "precision": PRECISION_CODES,
    "since": SINCE_CODES,
}
"""The facets by the name they have in the URL and on the page, with the codes of each."""


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
        return pd.Series(self.sieve(projects).passed(), index=projects.index)

    def counts(self, projects: gpd.GeoDataFrame, facet: str) -> dict[str, int]:
        """Return what `Sieve.counts` does."""
        return self.sieve(projects).counts(facet)

    def loosened(self, projects: gpd.GeoDataFrame) -> dict[str, int]:
        """Return what `Sieve.loosened` does."""
        return self.sieve(projects).loosened()

    def sieve(self, projects: gpd.GeoDataFrame) -> "Sieve":
        """Return this filter laid over projects: for those who ask for more than one answer."""
        return Sieve(self, projects)

    @property
    def active(self) -> int:
        """How many values are chosen; the search and the switch count as one each."""
        return sum(len(self.codes(facet)) for facet in FACETS) + bool(self.q.strip()) + self.local


class Sieve:
    """A filter over projects, each of its parts tried on each row once.

    `projects` are indexed by id. A part is a facet, "q" (the search) or "local" (the switch).
    """

    def __init__(self, asked: ProjectFilter, projects: gpd.GeoDataFrame) -> None:
        self._projects = projects
        self._parts: dict[str, Mask] = {}
        for facet in FACETS:
            chosen = asked.codes(facet)
            if chosen:
                held = [_has(projects, facet, code) for code in chosen]
                self._parts[facet] = np.logical_or.reduce(held)
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
        mask: Mask = np.logical_and.reduce([np.ones(len(self._projects), dtype=bool), *parts])
        return mask

    def counts(self, facet: str) -> dict[str, int]:
        """Return for each code of a facet how many projects it would leave, zeros included.

        The other facets stay as they are; what is chosen in this one does not count.
        """
        others = self.passed(without=facet)
        return {
            code: int((_has(self._projects, facet, code) & others).sum()) for code in FACETS[facet]
        }

    def loosened(self) -> dict[str, int]:
        """Return for each part how many projects would pass without it alone."""
        return {name: int(self.passed(without=name).sum()) for name in self._parts}

    def wide(self) -> int:
        """Return how many projects the switch sets aside, or would."""
        return int((self.passed(without="local") & self._wide()).sum())

    def _wide(self) -> Mask:
        wide: Mask = (self._projects["scope"] == "wide").to_numpy()
        return wide


def facet_columns(projects: pd.DataFrame) -> dict[str, Mask]:
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


def _has(projects: gpd.GeoDataFrame, facet: str, code: str) -> Mask:
    """Return which rows carry a code."""
    column: Mask = projects[f"{facet}={code}"].to_numpy()
    return column
