"""The layer counted: one facet by another, how much was realised, and one facet for two selections."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd

from geo.layer.codes import SINCE, STATES
from geo.layer.filters import FACETS, carrying


@dataclass(frozen=True)
class Crosstab:
    """Counts of projects by the codes of one facet (rows, only those that occur) and of another.

    A project in two counties counts in both, and once in a total; `totals` are those of the
    columns, and `total` is the number of projects. `by` is the facet of the rows.
    """

    facet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    total: int
    by: str = "sector"

    @property
    def most(self) -> int:
        """The largest count in a cell, by which bars are drawn."""
        return max((count for _, counts, _ in self.rows for count in counts), default=0)


@dataclass(frozen=True)
class Realised:
    """How much of some projects was realised, as far as a page tells.

    Of `total` projects `told` have a page that tells of their state; of these `whole` are open, and
    of `part` a part is. The others are not known to be unbuilt: nobody was found to say.
    """

    code: str
    whole: int
    part: int
    told: int
    total: int

    @property
    def of_all(self) -> int:
        """The share of all that is open, in percent."""
        return round(100 * self.whole / self.total) if self.total else 0

    @property
    def of_told(self) -> int:
        """The share that is open of those of which a page tells, in percent."""
        return round(100 * self.whole / self.told) if self.told else 0


def crosstab(projects: gpd.GeoDataFrame, facet: str, by: str = "sector") -> Crosstab:
    """Return the counts of the projects given by the codes of two facets."""
    columns = tuple(FACETS[facet])
    rows = []
    carried = [carrying(projects, facet, code) for code in columns]
    for code in FACETS[by]:
        own = carrying(projects, by, code)
        total = int(own.sum())
        if total:
            rows.append((code, tuple(int((own & one).sum()) for one in carried), total))
    totals = tuple(tally(projects, facet).values())
    return Crosstab(facet, columns, tuple(rows), totals, len(projects), by)


def realised(projects: gpd.GeoDataFrame, by: str) -> list[Realised]:
    """Return how much was realised for each code of a facet that occurs."""
    found = [_realised(code, projects[carrying(projects, by, code)]) for code in FACETS[by]]
    return [one for one in found if one.total]


def realised_in_all(projects: gpd.GeoDataFrame) -> Realised:
    """Return how much was realised of all the projects given; its code is ""."""
    return _realised("", projects)


def _realised(code: str, own: gpd.GeoDataFrame) -> Realised:
    counts = tally(own, "since")
    whole, part = (
        next(one.code for one in SINCE if (one.state, one.scope) == (STATES[-1], scope))
        for scope in ("whole", "part")
    )
    told = sum(counts[one.code] for one in SINCE if one.state)
    return Realised(code, counts[whole], counts[part], told, len(own))


def tally(projects: gpd.GeoDataFrame, facet: str) -> Mapping[str, int]:
    """Return how many of the projects carry each code of a facet, zeros included."""
    return {code: int(carrying(projects, facet, code).sum()) for code in FACETS[facet]}
