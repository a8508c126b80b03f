"""Counts of projects: crosstabs, shares completed, two codes compared, and the guide's numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import numpy as np

from geo.layer.codes import FAMILIES, PRECISION_CODES, SECTORS, SINCE, STATES
from geo.layer.filters import BITS, FACETS, PLACES, ProjectFilter, has_code, in_place
from geo.layer.query import COMPARABLE


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
class CompletedShare:
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
    carried = [has_code(projects, facet, code) for code in columns]
    for code in FACETS[by]:
        own = has_code(projects, by, code)
        total = int(own.sum())
        if total:
            rows.append((code, tuple(int((own & one).sum()) for one in carried), total))
    totals = tuple(count_by_code(projects, facet).values())
    return Crosstab(facet, columns, tuple(rows), totals, len(projects), by)


def completed_by(projects: gpd.GeoDataFrame, by: str) -> list[CompletedShare]:
    """Return how much was realised for each code of a facet that occurs."""
    found = [_realised(code, projects[has_code(projects, by, code)]) for code in FACETS[by]]
    return [one for one in found if one.total]


def completed_in_all(projects: gpd.GeoDataFrame) -> CompletedShare:
    """Return how much was realised of all the projects given; its code is ""."""
    return _realised("", projects)


def _realised(code: str, own: gpd.GeoDataFrame) -> CompletedShare:
    counts = count_by_code(own, "since")
    whole, part = (
        next(one.code for one in SINCE if (one.state, one.scope) == (STATES[-1], scope))
        for scope in ("whole", "part")
    )
    told = sum(counts[one.code] for one in SINCE if one.state)
    return CompletedShare(code, counts[whole], counts[part], told, len(own))


def count_by_code(projects: gpd.GeoDataFrame, facet: str) -> Mapping[str, int]:
    """Return how many of the projects carry each code of a facet, zeros included."""
    return {code: int(has_code(projects, facet, code).sum()) for code in FACETS[facet]}


@dataclass(frozen=True)
class Side:
    """One of the two: its code, and the ids of its projects in the order of the text."""

    code: str
    ids: tuple[str, ...]
    mapped: int


@dataclass(frozen=True)
class Comparison:
    """Two codes of a facet, the projects that are both's, and counts by other facets.

    `counts` has for each other facet rows of (code, left, right) that are not both zero.
    """

    facet: str
    left: Side
    right: Side
    both: tuple[str, ...]
    counts: dict[str, list[tuple[str, int, int]]]

    @property
    def most(self) -> int:
        """The largest count, by which bars are drawn."""
        return max((n for rows in self.counts.values() for _, *two in rows for n in two), default=0)


def facet_of(codes: tuple[str, ...]) -> str:
    """Return the facet that two codes belong to; counties are the first to be compared."""
    return next((facet for facet in COMPARABLE if set(codes) <= set(FACETS[facet])), COMPARABLE[0])


def compare_codes(
    projects: gpd.GeoDataFrame, chosen: ProjectFilter, codes: tuple[str, ...]
) -> Comparison:
    """Return what two codes of one facet have, under the filter but for that facet."""
    facet = facet_of(codes)
    left, right = (
        chosen.with_codes(facet, [code]).apply(projects).sort_values("start", kind="stable")
        for code in codes
    )
    counts = {}
    for other in FACETS:
        if other == facet:
            continue
        one, two = count_by_code(left, other), count_by_code(right, other)
        counts[other] = [(code, one[code], two[code]) for code in one if one[code] or two[code]]
    return Comparison(
        facet,
        _side(codes[0], left),
        _side(codes[1], right),
        tuple(left.index[left.index.isin(right.index)]),
        counts,
    )


def _side(code: str, own: gpd.GeoDataFrame) -> Side:
    mapped = int((own["precision"] != "unlocated").sum())
    return Side(code, tuple(own.index), mapped)


LINES: Final = ("LineString", "MultiLineString")


@dataclass(frozen=True)
class FamilyBar:
    """A family with the number of its projects shown, as a bar that filters.

    `width` is in percent of the largest family when nothing is filtered; `asked` is the filter that
    a press leads to, and `chosen` says that all sectors of the family are chosen now.
    """

    family: str
    count: int
    width: float
    chosen: bool
    asked: ProjectFilter


@dataclass(frozen=True)
class Guide:
    """Numbers of the projects shown: by family, by place (`geo.layer.filters.PLACES`), and by precision.

    `example` is the id of a project to begin with; None where none is shown.
    """

    bars: tuple[FamilyBar, ...]
    places: dict[str, int]
    precisions: dict[str, int]
    example: str | None


def guide(projects: gpd.GeoDataFrame, asked: ProjectFilter) -> Guide:
    """Return the guide to these projects under a filter."""
    shown = asked.apply(projects)
    return Guide(
        bars=_bars(projects, shown, asked),
        places={place: int(in_place(shown, place).sum()) for place in PLACES},
        precisions={
            code: int(has_code(shown, "precision", code).sum()) for code in PRECISION_CODES
        },
        example=next(iter(suggested_projects(shown)), None),
    )


def toggle_family(asked: ProjectFilter, family: str) -> tuple[bool, ProjectFilter]:
    """Return whether a family's sectors are all chosen, and the filter with this turned round."""
    own = [one.code for one in SECTORS if one.family == family]
    others = [code for code in asked.sector if code not in own]
    chosen = set(own) <= set(asked.sector)
    return chosen, replace(asked, sector=tuple(others if chosen else [*others, *own]))


def _bars(
    projects: gpd.GeoDataFrame, shown: gpd.GeoDataFrame, asked: ProjectFilter
) -> tuple[FamilyBar, ...]:
    most = max(_of_family(projects, one.code) for one in FAMILIES) or 1
    made = []
    for one in FAMILIES:
        count = _of_family(shown, one.code)
        chosen, then = toggle_family(asked, one.code)
        made.append(FamilyBar(one.code, count, round(100 * count / most, 1), chosen, then))
    return tuple(made)


def _of_family(projects: gpd.GeoDataFrame, family: str) -> int:
    bits = sum(BITS["sector", one.code] for one in SECTORS if one.family == family)
    return int(np.count_nonzero(projects["codes"].to_numpy() & bits))


def suggested_projects(projects: gpd.GeoDataFrame) -> list[str]:
    """Return the ids in the order in which they are offered to begin with.

    Lines come before all else, of these the ones whose place is known best, then the shortest names.
    """
    ranks = {code: rank for rank, code in enumerate(PRECISION_CODES)}
    order = projects.assign(
        other=~projects.geom_type.isin(LINES),
        rank=projects["precision"].map(ranks),
        length=projects["name_zh"].str.len(),
    )
    return [str(one) for one in order.sort_values(["other", "rank", "length", "start"]).index]
