"""Two counties or two sectors side by side: which projects each has, and how many of what."""

from dataclasses import dataclass

import geopandas as gpd

from geo.layer.counts import tally
from geo.layer.filters import FACETS, ProjectFilter
from geo.layer.query import COMPARABLE


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


def compare(
    projects: gpd.GeoDataFrame, chosen: ProjectFilter, codes: tuple[str, ...]
) -> Comparison:
    """Return what two codes of one facet have, under the filter but for that facet."""
    facet = facet_of(codes)
    left, right = (
        chosen.choosing(facet, [code]).apply(projects).sort_values("start", kind="stable")
        for code in codes
    )
    counts = {}
    for other in FACETS:
        if other == facet:
            continue
        one, two = tally(left, other), tally(right, other)
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
