"""The list beside the map: what a count on the map, a county's name, or a shared place stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import streamlit as st

from geo.core.i18n import Words
from geo.layer.codes import SECTOR_CODES
from geo.layer.dataset import Dataset
from geo.layer.filters import PLACES, WIDE_PLACE, Sieve, gathered, shared_place, wider
from geo.layer.query import PageState
from geo.page.view_listing import row
from geo.views.templates import render

MOST: Final = 200
"""Rows beside the map; the list view holds all of them."""

MOST_SECTORS: Final = 3
"""Sectors that a heading counts by name; it sums up the others."""


@dataclass(frozen=True)
class Gathered:
    """The projects that a link gathers: those shown, how many the filter hides, and their name."""

    shown: gpd.GeoDataFrame
    hidden: int
    title: str
    counted: bool
    """The title tells the number already."""


def gather(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> Gathered:
    """Return what the link of a state gathers."""
    belonging = gathered(dataset.frame, state.among)
    found = dataset.frame[belonging & sieve.passed()]
    title, counted = _title(dataset, found, state.among, words)
    return Gathered(found, int(belonging.sum()) - len(found), title, counted)


def among_list(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the list that replaces the guide while it is open."""
    found = gather(dataset, sieve, state, words)
    county = state.among[0] if len(state.among) == 1 and state.among[0] in PLACES[:-1] else ""
    around = int((wider(dataset.frame, county) & sieve.passed()).sum()) if county else 0
    ids = found.shown.sort_values("start", kind="stable").index[:MOST]
    st.html(
        render(
            "among",
            words=words,
            found=found,
            sectors=_by_sector([row(dataset, one, "", words) for one in ids]),
            more=len(found.shown) - len(ids),
            county=words.label("county", county) if county else "",
            around=around,
            wide=WIDE_PLACE,
        )
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
    group = shared_place(dataset.related, among)
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
