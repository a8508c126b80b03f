"""What a first visit is offered: places to begin with, and counts that follow the filter."""

from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import numpy as np

from geo.layer.among import PLACES, in_place
from geo.layer.codes import FAMILIES, PRECISION_CODES, SECTORS
from geo.layer.filters import BITS, ProjectFilter, carrying

LINES: Final = ("LineString", "MultiLineString")


@dataclass(frozen=True)
class Bar:
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
    """Numbers of the projects shown: by family, by place (`geo.layer.among.PLACES`), and by precision.

    `example` is the id of a project to begin with; None where none is shown.
    """

    bars: tuple[Bar, ...]
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
            code: int(carrying(shown, "precision", code).sum()) for code in PRECISION_CODES
        },
        example=next(iter(beginnings(shown)), None),
    )


def toggled(asked: ProjectFilter, family: str) -> tuple[bool, ProjectFilter]:
    """Return whether a family's sectors are all chosen, and the filter with this turned round."""
    own = [one.code for one in SECTORS if one.family == family]
    others = [code for code in asked.sector if code not in own]
    chosen = set(own) <= set(asked.sector)
    return chosen, replace(asked, sector=tuple(others if chosen else [*others, *own]))


def _bars(
    projects: gpd.GeoDataFrame, shown: gpd.GeoDataFrame, asked: ProjectFilter
) -> tuple[Bar, ...]:
    most = max(_of_family(projects, one.code) for one in FAMILIES) or 1
    made = []
    for one in FAMILIES:
        count = _of_family(shown, one.code)
        chosen, then = toggled(asked, one.code)
        made.append(Bar(one.code, count, round(100 * count / most, 1), chosen, then))
    return tuple(made)


def _of_family(projects: gpd.GeoDataFrame, family: str) -> int:
    bits = sum(BITS["sector", one.code] for one in SECTORS if one.family == family)
    return int(np.count_nonzero(projects["codes"].to_numpy() & bits))


def beginnings(projects: gpd.GeoDataFrame) -> list[str]:
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
