"""The panel beside the map while no project is selected: the guide, search results, or a list.

A list holds what a count on the map, a county's name or a shared place stands for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd

from geo.core.i18n import Words
from geo.layer.codes import PRECISION_CODES, SECTOR_CODES
from geo.layer.counts import guide
from geo.layer.dataset import Dataset
from geo.layer.filters import (
    PLACES,
    WIDE_PLACE,
    FilterResult,
    in_county_and_beyond,
    in_list,
    shared_group,
)
from geo.layer.query import PageState, url_query
from geo.views import render
from geo.views.list_view import list_row, listing

MOST_ROWS: Final = 200
"""Rows beside the map; the list view holds all of them."""

MOST_SECTORS: Final = 3
"""Sectors that a heading counts by name; it sums up the others."""


@dataclass(frozen=True)
class ListedProjects:
    """The projects that a link gathers: those shown, how many the filter hides, and their name."""

    shown: gpd.GeoDataFrame
    hidden: int
    title: str
    counted: bool
    """The title tells the number already."""


def listed_projects(
    dataset: Dataset, filtered: FilterResult, state: PageState, words: Words
) -> ListedProjects:
    """Return what the link of a state gathers."""
    belonging = in_list(dataset.frame, state.among)
    found = dataset.frame[belonging & filtered.passed()]
    title, counted = _title(dataset, found, state.among, words)
    return ListedProjects(found, int(belonging.sum()) - len(found), title, counted)


def among_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the list that replaces the guide while it is open."""
    found = listed_projects(dataset, filtered, state, words)
    county = state.among[0] if len(state.among) == 1 and state.among[0] in PLACES[:-1] else ""
    around = (
        int((in_county_and_beyond(dataset.frame, county) & filtered.passed()).sum())
        if county
        else 0
    )
    ids = found.shown.sort_values("start", kind="stable").index[:MOST_ROWS]
    return render(
        "among",
        words=words,
        found=found,
        sectors=_by_sector([list_row(dataset, one, "", words) for one in ids]),
        more=len(found.shown) - len(ids),
        county=words.label("county", county) if county else "",
        around=around,
        wide=WIDE_PLACE,
    )


def _by_sector(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the rows of each sector that has any, in the order of the codelist."""
    grouped = ([one for one in rows if one["code"] == code] for code in SECTOR_CODES)
    return [some for some in grouped if some]


def _title(
    dataset: Dataset, found: gpd.GeoDataFrame, among: Sequence[str], words: Words
) -> tuple[str, bool]:
    """Return the name of what is gathered, and whether that tells the number."""
    if set(among) <= set(PLACES):
        return words("list-separator").join(place_name(one, words) for one in among), False
    if len(among) == 1:
        return words.name(dataset.projects[among[0]]), False
    group = shared_group(dataset.related, among)
    if group:
        return group.place_en if words.language == "en" else group.place_zh, False
    return _tally(found, words) or words("among-none"), True


def place_name(place: str, words: Words) -> str:
    """Return the name of one of `geo.layer.filters.PLACES`."""
    return words("among-wide") if place == WIDE_PLACE else words.label("county", place)


def _tally(found: gpd.GeoDataFrame, words: Words) -> str:
    """Return the sectors with the most projects, each with its number, such as "Rail 3 · Road 1"."""
    counts = found["sector"].value_counts().reindex(SECTOR_CODES, fill_value=0)
    counts = counts[counts > 0].sort_values(ascending=False, kind="stable")
    named = [
        words("among-sector", sector=words.label("sector", code), count=int(count))
        for code, count in counts[:MOST_SECTORS].items()
    ]
    rest = int(counts[MOST_SECTORS:].sum())
    if rest:
        named.append(words("among-rest", count=rest))
    return words("map-separator").join(named)


MOST_RESULTS: Final = 40
"""Results beside the map; the list holds all of them."""


def results_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the projects that a search found, those found by name first."""
    found = listing(filtered.shown, state.sort, words.language, 1)
    rows = [list_row(dataset, one, state.filter.q, words) for one in found.ids]
    rows.sort(key=lambda one: one["part"] != "name")
    more = found.total - len(rows[:MOST_RESULTS])
    return render(
        "results",
        words=words,
        rows=rows[:MOST_RESULTS],
        total=found.total,
        more=more,
        query=state.filter.q,
    )


def guide_html(dataset: Dataset, state: PageState, words: Words) -> str:
    """Return the guide of a first visit; its numbers are those of the projects shown."""
    found = guide(dataset.frame, state.filter)
    return render(
        "guide",
        words=words,
        example=(found.example, words.name(dataset.projects[found.example]))
        if found.example
        else None,
        places=[
            (place, place_name(place, words), count)
            for place, count in found.places.items()
            # A filter that leaves a county out says nothing of how much is planned there.
            if count
        ],
        bars=[
            (
                one,
                words.label("family", one.family),
                url_query(replace(state, filter=one.asked, page=1)),
            )
            for one in found.bars
        ],
        precisions=[
            (words.label("precision", code), found.precisions[code]) for code in PRECISION_CODES
        ],
    )
