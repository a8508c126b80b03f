"""The list: the projects shown, in the order asked for, a page at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.layer.codes import COUNTY_CODES, PRECISION_CODES, SECTOR_CODES, SINCE_CODES, STAGE_CODES

ROWS: Final = 150
"""Rows of a page: the whole layer as it is, and little enough to send where there are thousands."""


@dataclass(frozen=True)
class Listing:
    """One page of a list: its ids, which page of how many it is, and how many rows there are."""

    ids: tuple[str, ...]
    page: int
    pages: int
    total: int


def listing(projects: gpd.GeoDataFrame, sort: str, language: str, page: int) -> Listing:
    """Return a page of `projects` (indexed by id), sorted by one of `geo.layer.query.SORTS`.

    "-" before the key turns the order round; rows that are equal in it keep the order of the text.
    A page beyond the last is the last.
    """
    key = sort.removeprefix("-")
    columns = pd.DataFrame(
        {"key": KEYS[key](projects, language), "start": projects["start"]}, index=projects.index
    )
    # Two stable sorts, so that turning the first round leaves the second as it is.
    ordered = columns.sort_values("start", kind="stable").sort_values(
        "key", ascending=not sort.startswith("-"), kind="stable"
    )
    pages = max(1, -(-len(ordered) // ROWS))
    page = min(page, pages)
    ids = ordered.index[(page - 1) * ROWS : page * ROWS]
    return Listing(tuple(ids), page, pages, len(ordered))


def _rank(codes: tuple[str, ...], column: str) -> Callable[[gpd.GeoDataFrame, str], Any]:
    """Return a key by which rows follow the order of a codelist."""
    order = {code: number for number, code in enumerate(codes)}
    return lambda projects, _: projects[column].map(order)


def _counties(projects: gpd.GeoDataFrame, _: str) -> Any:
    """Order by the first county; within it, what lies in one county before what lies in more."""
    order = {code: number for number, code in enumerate(COUNTY_CODES)}
    last = len(COUNTY_CODES)
    return projects["counties"].map(
        lambda own: (order[own[0]] if own else last) * (last + 1) + len(own)
    )


KEYS: Final[dict[str, Callable[[gpd.GeoDataFrame, str], Any]]] = {
    "clause": lambda projects, _: projects["start"],
    "name": lambda projects, language: (
        projects["name_en"].str.casefold() if language == "en" else projects["pinyin"]
    ),
    "sector": _rank(SECTOR_CODES, "sector"),
    "stage": _rank(STAGE_CODES, "stage"),
    "since": _rank(SINCE_CODES, "since"),
    "county": _counties,
    "precision": _rank(PRECISION_CODES, "precision"),
}
"""For each key of `geo.layer.query.SORTS` what a project is sorted by."""
