"""The layer counted two ways: sector by county, and sector by stage."""

from dataclasses import dataclass

import geopandas as gpd

from geo.filters import FACETS


@dataclass(frozen=True)
class Crosstab:
    """Counts of projects by sector (rows, only those that occur) and by the codes of a facet.

    A project in two counties counts in both columns, and once in its row's total.
    """

    facet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]

    @property
    def most(self) -> int:
        """The largest count in a cell, by which bars are drawn."""
        return max((count for _, counts, _ in self.rows for count in counts), default=0)


def crosstab(projects: gpd.GeoDataFrame, facet: str) -> Crosstab:
    """Return the counts of the projects given, for "county" or "stage"."""
    columns = FACETS[facet]
    rows = []
    for sector in FACETS["sector"]:
        own = projects[projects["sector"] == sector]
        counts = tuple(int(own[f"{facet}={code}"].sum()) for code in columns)
        if len(own):
            rows.append((sector, counts, len(own)))
    return Crosstab(facet, tuple(columns), tuple(rows))
