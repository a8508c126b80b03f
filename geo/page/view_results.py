"""What a search found, beside the map: each project with the words that matched."""

from typing import Final

import streamlit as st

from geo.core.i18n import Words
from geo.layer.dataset import Dataset
from geo.layer.filters import Sieve
from geo.layer.query import PageState
from geo.page.view_listing import row
from geo.views.lists import listing
from geo.views.templates import render

MOST: Final = 40
"""Results beside the map; the list holds all of them."""


def results(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the projects that a search left, those found by name first."""
    found = listing(sieve.shown, state.sort, words.language, 1)
    rows = [row(dataset, one, state.filter.q, words) for one in found.ids]
    rows.sort(key=lambda one: one["part"] != "name")
    more = found.total - len(rows[:MOST])
    st.html(
        render(
            "results", words=words, rows=rows[:MOST], total=found.total, more=more,
            query=state.filter.q,
        )
    )  # fmt: skip
