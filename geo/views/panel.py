"""The panel beside the map while no project is selected: the guide, search results, or a list.

A list shows the projects of a county, of a place, or behind a number that was clicked on the map.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd

from geo.core.i18n import Words
from geo.layer.codes import SECTOR_CODES
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
"""The most rows of a list in the panel. The list view shows all of them."""

MOST_SECTORS: Final = 3
"""The most sectors that a heading names with their counts; it adds up the others."""


@dataclass(frozen=True)
class ListedProjects:
    """The projects of a list: those shown, the number hidden by the filter, and the title."""

    shown: gpd.GeoDataFrame
    hidden: int
    title: str
    counted: bool
    """Whether the title includes the counts."""


def listed_projects(
    dataset: Dataset, filtered: FilterResult, state: PageState, words: Words
) -> ListedProjects:
    """Return the projects in the list that `state.among` describes."""
    listed = in_list(dataset.frame, state.among)
    shown = dataset.frame[listed & filtered.passed()]
    title, counted = _title(dataset, shown, state.among, words)
    return ListedProjects(shown, int(listed.sum()) - len(shown), title, counted)


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
        "listed_projects",
        words=words,
        found=found,
        sectors=_by_sector([list_row(dataset, project_id, "", words) for project_id in ids]),
        more=len(found.shown) - len(ids),
        county=words.label("county", county) if county else "",
        around=around,
        wide=WIDE_PLACE,
    )


def _by_sector(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the rows grouped by sector, in the order of the codelist, without empty groups."""
    groups = ([row for row in rows if row["code"] == code] for code in SECTOR_CODES)
    return [group for group in groups if group]


def _title(
    dataset: Dataset, shown: gpd.GeoDataFrame, among: Sequence[str], words: Words
) -> tuple[str, bool]:
    """Return the title of a list, and whether it includes the counts."""
    if set(among) <= set(PLACES):
        return words("list-separator").join(place_name(place, words) for place in among), False
    if len(among) == 1:
        return words.name(dataset.projects[among[0]]), False
    group = shared_group(dataset.related, among)
    if group:
        return group.place_en if words.language == "en" else group.place_zh, False
    return _tally(shown, words) or words("among-none"), True


def place_name(place: str, words: Words) -> str:
    """Return the name of one of `geo.layer.filters.PLACES`."""
    return words("among-wide") if place == WIDE_PLACE else words.label("county", place)


def _tally(shown: gpd.GeoDataFrame, words: Words) -> str:
    """Return the sectors with the most projects and their counts, such as "Rail 3 · Road 1"."""
    counts = shown["sector"].value_counts().reindex(SECTOR_CODES, fill_value=0)
    counts = counts[counts > 0].sort_values(ascending=False, kind="stable")
    parts = [
        words("among-sector", sector=words.label("sector", code), count=int(count))
        for code, count in counts[:MOST_SECTORS].items()
    ]
    rest = int(counts[MOST_SECTORS:].sum())
    if rest:
        parts.append(words("among-rest", count=rest))
    return words("map-separator").join(parts)


MOST_RESULTS: Final = 40
"""The most search results in the panel. The list view shows all of them."""


def results_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the projects found by the search, with matches in the name first."""
    found = listing(filtered.shown, state.sort, words.language, 1)
    search = state.filter.search
    rows = [list_row(dataset, project_id, search, words) for project_id in found.ids]
    rows.sort(key=lambda row: row["part"] != "name")
    more = found.total - len(rows[:MOST_RESULTS])
    return render(
        "results",
        words=words,
        rows=rows[:MOST_RESULTS],
        total=found.total,
        more=more,
        query=search,
    )


def guide_html(dataset: Dataset, state: PageState, words: Words) -> str:
    """Return the guide for a first visit; its counts are of the projects shown."""
    found = guide(dataset.frame, state.filter)
    # A single county holds everything, so its list would be no choice.
    places = found.places if len(PLACES[:-1]) > 1 else {}
    # Without drafts, nothing is filtered a second time.
    drafts = [name for name, project in dataset.projects.items() if project.is_draft]
    shown = state.filter.apply(dataset.frame).index if drafts else ()
    return render(
        "guide",
        words=words,
        drafts=len(set(drafts).intersection(shown)),
        example=dataset.projects[found.example] if found.example else None,
        places=[(place, place_name(place, words), count) for place, count in places.items()],
        bars=[
            (
                one,
                words.label("family", one.family),
                url_query(replace(state, filter=one.asked, page=1)),
            )
            for one in found.bars
        ],
        precisions=[
            (words.label("precision", code), count) for code, count in found.precisions.items()
        ],
    )
