"""The list below the map: every project shown, mapped or not, as a table that a keyboard can use."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.core.i18n import Words
from geo.layer.codes import SECTOR
from geo.layer.dataset import Dataset
from geo.layer.filters import Sieve
from geo.layer.query import SORTS, PageState, address
from geo.layer.search import snippet
from geo.views.lists import Listing, listing
from geo.views.templates import render


def project_list(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the list; a row selects its project, a column's head sorts by it."""
    found = listing(sieve.shown, state.sort, words.language, state.page)
    st.html(
        render(
            "list",
            words=words,
            columns=[_column(key, state, words) for key in _order(dataset)],
            rows=[row(dataset, one, state.filter.q, words) for one in found.ids],
            found=found,
            searched=bool(state.filter.q),
            pages=_pages(found, state),
        )
    )


def _order(dataset: Dataset) -> tuple[str, ...]:
    """Return the columns: the name first, as it is what a row is about; the clause last."""
    return tuple(key for key in (*SORTS[1:], SORTS[0]) if key != "since" or dataset.since)


def _column(key: str, state: PageState, words: Words) -> Mapping[str, str]:
    up = state.sort == key
    sort = f"-{key}" if up else key
    order = {key: "ascending", f"-{key}": "descending"}
    return {
        "label": words(f"list-{key}"),
        "href": address(replace(state, view="list", sort=sort, page=1)),
        "order": order.get(state.sort, "none"),
    }


def row(dataset: Dataset, name: str, query: str, words: Words) -> Mapping[str, Any]:
    """Return what a table says of one project, and where a query was found in it."""
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
    """Return (number, address) of each page; none where one page holds all."""
    if found.pages == 1:
        return []
    numbers = range(1, found.pages + 1)
    return [(number, address(replace(state, page=number))) for number in numbers]
