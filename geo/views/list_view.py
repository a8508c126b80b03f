"""The list of projects: a sortable, paginated table that can be operated with the keyboard."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from geo.core.i18n import Words
from geo.layer.codes import (
    COUNTY_CODES,
    PRECISION_CODES,
    SECTOR,
    SECTOR_CODES,
    SINCE_CODES,
    STAGE_CODES,
)
from geo.layer.dataset import Dataset
from geo.layer.filters import FilterResult
from geo.layer.query import SORTS, PageState, url_query
from geo.layer.search import snippet
from geo.views import render

ROWS: Final = 150
"""Rows per page: enough for all projects of Ziyang, but limited for data sets of thousands."""


@dataclass(frozen=True)
class Listing:
    """One page of a list: its ids and number, the number of pages, and of rows on all pages."""

    ids: tuple[str, ...]
    page: int
    pages: int
    total: int


def listing(projects: gpd.GeoDataFrame, sort: str, language: str, page: int) -> Listing:
    """Return a page of `projects` (indexed by id), sorted by one of `geo.layer.query.SORTS`.

    A "-" before the key reverses the order. Rows with equal keys stay in the order of the text. If
    `page` is too large, the last page is returned.
    """
    key = sort.removeprefix("-")
    columns = pd.DataFrame(
        {"key": KEYS[key](projects, language), "start": projects["start"]}, index=projects.index
    )
    # Two stable sorts, so that reversing the order of the key does not reverse that of the text.
    ordered = columns.sort_values("start", kind="stable").sort_values(
        "key", ascending=not sort.startswith("-"), kind="stable"
    )
    pages = max(1, -(-len(ordered) // ROWS))
    page = min(page, pages)
    ids = ordered.index[(page - 1) * ROWS : page * ROWS]
    return Listing(tuple(ids), page, pages, len(ordered))


def _rank(codes: tuple[str, ...], column: str) -> Callable[[gpd.GeoDataFrame, str], Any]:
    """Return a sort key that puts a column's codes in the order of their codelist."""
    order = {code: number for number, code in enumerate(codes)}
    return lambda projects, _: projects[column].map(order)


def _counties(projects: gpd.GeoDataFrame, _: str) -> Any:
    """Return a sort key: by first county, then projects in one county before those in several."""
    order = {code: number for number, code in enumerate(COUNTY_CODES)}
    last = len(COUNTY_CODES)
    return projects["counties"].map(
        lambda codes: (order[codes[0]] if codes else last) * (last + 1) + len(codes)
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
"""The function that computes each sort key of `geo.layer.query.SORTS`."""


def list_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the list as a table.

    A row links to its project; a column heading sorts by the column.
    """
    found = listing(filtered.shown, state.sort, words.language, state.page)
    search = state.filter.search
    return render(
        "list",
        words=words,
        columns=[_column(key, state, words) for key in _order(dataset)],
        rows=[list_row(dataset, project_id, search, words) for project_id in found.ids],
        found=found,
        searched=bool(search),
        pages=_pages(found, state),
    )


def _order(dataset: Dataset) -> tuple[str, ...]:
    """Return the columns: the name first, because it identifies the row, and the clause last."""
    return tuple(key for key in (*SORTS[1:], SORTS[0]) if key != "since" or dataset.since)


def _column(key: str, state: PageState, words: Words) -> Mapping[str, str]:
    sort = f"-{key}" if state.sort == key else key
    order = {key: "ascending", f"-{key}": "descending"}
    return {
        "label": words(f"list-{key}"),
        "href": url_query(replace(state, view="list", sort=sort, page=1)),
        "order": order.get(state.sort, "none"),
    }


def list_row(dataset: Dataset, name: str, query: str, words: Words) -> Mapping[str, Any]:
    """Return the table cells of a project, and where the search query was found in it."""
    project = dataset.projects[name]
    sector = SECTOR[project.sector]
    metres = project.uncertainty_m
    found = snippet(project, query) if query else None
    return {
        "id": name,
        "code": project.sector,
        "name": words.name(project),
        "icon": chr(int(sector.icon, 16)),
        "family": sector.family,
        "sector": words.label("sector", project.sector),
        "stage": words.label("stage", project.stage),
        "since": words.label("since", dataset.since[name].code) if dataset.since else None,
        "counties": words.counties(project.counties),
        "precision": words.label("precision", project.precision),
        "within": words("detail-within", distance=words.distance(metres)) if metres else "",
        "clause": project.anchors[0].clause,
        "found": list(found.runs()) if found else [],
        "part": found.part if found else "",
        "named": found is not None and found.text == words.name(project),
    }


def _pages(found: Listing, state: PageState) -> list[tuple[int, str]]:
    """Return the (number, link) of each page; empty if there is only one page."""
    if found.pages == 1:
        return []
    numbers = range(1, found.pages + 1)
    return [(number, url_query(replace(state, page=number))) for number in numbers]
