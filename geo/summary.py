"""The layer counted: sector by county and by stage, and one facet for two selections."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd

from geo.filters import FACETS, carrying


@dataclass(frozen=True)
class Crosstab:
    """Counts of projects by sector (rows, only those that occur) and by the codes of a facet.

    A project in two counties counts in both columns, and once in its row's total; `totals` are
    those of the columns, and `total` is the number of projects.
    """

    facet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    total: int

    @property
    def most(self) -> int:
        """The largest count in a cell, by which bars are drawn."""
        return max((count for _, counts, _ in self.rows for count in counts), default=0)


def crosstab(projects: gpd.GeoDataFrame, facet: str) -> Crosstab:
    """Return the counts of the projects given, for "county", "stage" or "precision"."""
    columns = tuple(FACETS[facet])
    rows = []
    carried = [carrying(projects, facet, code) for code in columns]
    for sector in FACETS["sector"]:
        own = carrying(projects, "sector", sector)
        total = int(own.sum())
        if total:
            rows.append((sector, tuple(int((own & one).sum()) for one in carried), total))
    totals = tuple(tally(projects, facet).values())
    return Crosstab(facet, columns, tuple(rows), totals, len(projects))


def tally(projects: gpd.GeoDataFrame, facet: str) -> Mapping[str, int]:
    """Return how many of the projects carry each code of a facet, zeros included."""
    return {code: int(carrying(projects, facet, code).sum()) for code in FACETS[facet]}
