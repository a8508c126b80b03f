"""Counts of projects: crosstabs, completed shares, comparisons of two codes, and the guide.

Also how many of the projects can be found on the ground, and which share a geometry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import numpy as np

from geo.layer.codes import (
    EXTENTS,
    FAMILIES,
    PRECISION_CODES,
    SECTORS,
    SINCE,
    STATES,
)
from geo.layer.filters import (
    BITS,
    FACETS,
    PLACES,
    Codes,
    FilterResult,
    Mask,
    ProjectFilter,
    has_code,
    in_place,
)
from geo.layer.projects import Project
from geo.layer.query import COMPARABLE


@dataclass(frozen=True)
class Crosstab:
    """Counts of projects by two facets: `by` for the rows, `facet` for the columns.

    A row is (code, counts, row total); codes that do not occur have no row and no column. `totals`
    are the column totals, `total` is the number of projects. A project in two counties counts in
    both, but only once in a total.
    """

    facet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...], int], ...]
    totals: tuple[int, ...]
    total: int
    by: str = "sector"

    @property
    def most(self) -> int:
        """The largest count in a cell, which scales the bars."""
        return max((count for _, counts, _ in self.rows for count in counts), default=0)


@dataclass(frozen=True)
class CompletedShare:
    """How many of the projects with a code are completed, as far as published pages report.

    Of `total` projects, `told` have a page that reports their state; of these, `whole` are open and
    `part` are partly open. The others may have been built: no page about them was found.
    """

    code: str
    whole: int
    part: int
    told: int
    total: int

    @property
    def of_all(self) -> int:
        """The percentage of all projects that are open."""
        return round(100 * self.whole / self.total) if self.total else 0

    @property
    def of_told(self) -> int:
        """The percentage of projects with a reported state that are open."""
        return round(100 * self.whole / self.told) if self.told else 0


def crosstab(projects: gpd.GeoDataFrame, facet: str, by: str = "sector") -> Crosstab:
    """Return the counts of these projects by the codes of two facets."""
    totals = {code: count for code, count in count_by_code(projects, facet).items() if count}
    columns = tuple(totals)
    rows = []
    in_columns = [has_code(projects, facet, code) for code in columns]
    for code in FACETS[by]:
        in_row = has_code(projects, by, code)
        total = int(in_row.sum())
        if total:
            counts = tuple(int((in_row & in_column).sum()) for in_column in in_columns)
            rows.append((code, counts, total))
    return Crosstab(facet, columns, tuple(rows), tuple(totals.values()), len(projects), by)


def completed_by(projects: gpd.GeoDataFrame, by: str) -> list[CompletedShare]:
    """Return the completed share for each code of a facet that occurs."""
    shares = [_completed(code, projects[has_code(projects, by, code)]) for code in FACETS[by]]
    return [share for share in shares if share.total]


def completed_in_all(projects: gpd.GeoDataFrame) -> CompletedShare:
    """Return the completed share of all these projects; its code is ""."""
    return _completed("", projects)


def _completed(code: str, projects: gpd.GeoDataFrame) -> CompletedShare:
    counts = count_by_code(projects, "since")
    whole, part = (
        next(since.code for since in SINCE if (since.state, since.scope) == (STATES[-1], scope))
        for scope in ("whole", "part")
    )
    told = sum(counts[since.code] for since in SINCE if since.state)
    return CompletedShare(code, counts[whole], counts[part], told, len(projects))


def count_by_code(projects: gpd.GeoDataFrame, facet: str) -> Mapping[str, int]:
    """Return how many of the projects have each code of a facet, zeros included."""
    return {code: int(has_code(projects, facet, code).sum()) for code in FACETS[facet]}


@dataclass(frozen=True)
class Side:
    """One side of a comparison: its code, its project ids in text order, how many are mapped."""

    code: str
    ids: tuple[str, ...]
    mapped: int


@dataclass(frozen=True)
class Comparison:
    """A comparison of two codes of a facet.

    `both` lists the ids of projects with both codes. `counts` maps each other facet to rows of
    (code, left count, right count), without rows of zeros.
    """

    facet: str
    left: Side
    right: Side
    both: tuple[str, ...]
    counts: dict[str, list[tuple[str, int, int]]]

    @property
    def most(self) -> int:
        """The largest count, which scales the bars."""
        return max((n for rows in self.counts.values() for _, *two in rows for n in two), default=0)


def facet_of(codes: tuple[str, ...]) -> str:
    """Return the facet that two codes belong to, by default the first that can be compared."""
    return next((facet for facet in COMPARABLE if set(codes) <= set(FACETS[facet])), COMPARABLE[0])


def compare_codes(
    projects: gpd.GeoDataFrame, chosen: ProjectFilter, codes: tuple[str, ...]
) -> Comparison:
    """Return the comparison of two codes of one facet, with the rest of the filter applied."""
    facet = facet_of(codes)
    left, right = (
        chosen.with_codes(facet, [code]).apply(projects).sort_values("start", kind="stable")
        for code in codes
    )
    counts = {}
    for other in FACETS:
        if other == facet:
            continue
        lefts, rights = count_by_code(left, other), count_by_code(right, other)
        counts[other] = [
            (code, lefts[code], rights[code]) for code in lefts if lefts[code] or rights[code]
        ]
    return Comparison(
        facet,
        _side(codes[0], left),
        _side(codes[1], right),
        tuple(left.index[left.index.isin(right.index)]),
        counts,
    )


def _side(code: str, projects: gpd.GeoDataFrame) -> Side:
    mapped = int((projects["precision"] != "unlocated").sum())
    return Side(code, tuple(projects.index), mapped)


@dataclass(frozen=True)
class FamilyBar:
    """A family and the number of its projects shown, as a bar that sets a filter when clicked.

    `width` is a percentage of the largest family's unfiltered count; `asked` is the filter that a
    click sets; `chosen` says whether all sectors of the family are chosen now.
    """

    family: str
    count: int
    width: float
    chosen: bool
    asked: ProjectFilter


@dataclass(frozen=True)
class Guide:
    """Counts of the projects shown, by family, place (`geo.layer.filters.PLACES`) and precision.

    Zeros are left out, except of families that a click would show or that are chosen.
    `example` is the id of a project to start with, or None if none is shown.
    """

    bars: tuple[FamilyBar, ...]
    places: dict[str, int]
    precisions: dict[str, int]
    example: str | None


def guide(projects: gpd.GeoDataFrame, asked: ProjectFilter) -> Guide:
    """Return the guide to the projects that a filter shows."""
    filtered = asked.result(projects)
    passed = filtered.passed()
    codes = projects["codes"].to_numpy()
    ranks = np.where(passed, projects["suggested"].to_numpy(), len(projects))
    return Guide(
        bars=_bars(codes, filtered, asked),
        places=_without_zeros({one: in_place(projects, one) & passed for one in PLACES}),
        precisions=_without_zeros(
            {code: codes[passed] & BITS["precision", code] for code in PRECISION_CODES}
        ),
        example=str(projects.index[ranks.argmin()]) if passed.any() else None,
    )


def toggle_family(asked: ProjectFilter, family: str) -> tuple[bool, ProjectFilter]:
    """Return whether all sectors of a family are chosen, and the filter with the family toggled."""
    members = [sector.code for sector in SECTORS if sector.family == family]
    others = [code for code in asked.sector if code not in members]
    chosen = set(members) <= set(asked.sector)
    return chosen, replace(asked, sector=tuple(others if chosen else [*others, *members]))


def _without_zeros(marks: Mapping[str, Mask | Codes]) -> dict[str, int]:
    counts = {code: int(np.count_nonzero(marked)) for code, marked in marks.items()}
    return {code: count for code, count in counts.items() if count}


def _bars(codes: Codes, filtered: FilterResult, asked: ProjectFilter) -> tuple[FamilyBar, ...]:
    shown, in_reach = codes[filtered.passed()], codes[filtered.passed(without="sector")]
    most = max(_family_count(codes, family.code) for family in FAMILIES) or 1
    bars = []
    for family in FAMILIES:
        count = _family_count(shown, family.code)
        chosen, then = toggle_family(asked, family.code)
        if not (chosen or _family_count(in_reach, family.code)):
            continue
        bars.append(FamilyBar(family.code, count, round(100 * count / most, 1), chosen, then))
    return tuple(bars)


def _family_count(codes: Codes, family: str) -> int:
    bits = sum(BITS["sector", sector.code] for sector in SECTORS if sector.family == family)
    return int(np.count_nonzero(codes & bits))


def suggested_projects(projects: gpd.GeoDataFrame) -> list[str]:
    """Return the project ids, the most suitable one to start with first."""
    return list(map(str, projects.sort_values("suggested").index))


FIND_WITHIN_M: Final = (500, 2000, 5000, 10_000)
"""The distances for which `findable` counts the projects that can be found."""

PLACED: Final = tuple(extent.code for extent in EXTENTS if not extent.whole)
"""The extents that have a place of their own: a site, a line or a zone."""


@dataclass(frozen=True)
class Findable:
    """How many projects with a code can be found within each of `FIND_WITHIN_M`, and of how many.

    A project can be found within a distance if its uncertainty is not larger.
    """

    code: str
    within: tuple[int, ...]
    total: int


def findable(projects: Iterable[Project]) -> dict[str, list[Findable]]:
    """Return the counts by "precision", by "extent", and for those that have a place ("placed")."""
    all_projects = list(projects)
    by_precision = [
        _findable(code, [one for one in all_projects if one.precision == code])
        for code in PRECISION_CODES
    ]
    by_extent = [
        _findable(extent.code, [one for one in all_projects if one.extent == extent.code])
        for extent in EXTENTS
    ]
    placed = _findable("placed", [one for one in all_projects if one.extent in PLACED])
    return {"precision": by_precision, "extent": by_extent, "placed": [placed]}


def _findable(code: str, projects: list[Project]) -> Findable:
    known = [one.uncertainty_m for one in projects if one.uncertainty_m is not None]
    within = tuple(sum(metres <= limit for metres in known) for limit in FIND_WITHIN_M)
    return Findable(code, within, len(projects))


def shared_geometries(projects: Iterable[Project]) -> list[tuple[str, ...]]:
    """Return the ids of projects that are drawn alike, the largest groups first."""
    groups: dict[bytes, list[str]] = {}
    for project in projects:
        if project.geometry is not None:
            groups.setdefault(project.geometry.wkb, []).append(project.id)
    shared = [tuple(ids) for ids in groups.values() if len(ids) > 1]
    return sorted(shared, key=lambda ids: (-len(ids), ids))
