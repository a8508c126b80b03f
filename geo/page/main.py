"""The page: read the URL, filter, draw. Everything it shows follows from the URL."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.core.i18n import Words, language_of, text
from geo.editions.store import Edition, Reading, store
from geo.layer.dataset import Dataset
from geo.layer.filters import Sieve, carrying
from geo.layer.query import PageState, Unknown
from geo.page.view_among import among_list
from geo.page.view_chips import chips
from geo.page.view_comparing import comparing
from geo.page.view_controls import (
    FIRST,
    filters_button,
    first_controls,
    masthead,
    more_controls,
    show_button,
)
from geo.page.view_coverage import coverage
from geo.page.view_detail import detail, neighbours
from geo.page.view_document import document
from geo.page.view_downloads import downloads
from geo.page.view_guide import first_guide
from geo.page.view_listing import project_list
from geo.page.view_map import draw_map, show_switch
from geo.page.view_notices import faults, loosen, notices
from geo.page.view_overview import overview
from geo.page.view_results import results
from geo.page.view_state import asked, follow_link
from geo.page.view_switch import view_switch
from geo.views.templates import render

HEAD_START_S: Final = 0.04
"""Streamlit's front end renders in one go whatever has arrived, and the filters with their counts are
its slowest part: with this head start what a reader waits for is right in half the time."""

ARRIVAL_REST_S: Final = 0.5
"""On arrival the map's frame has to begin as well: what is needed least comes after it."""

STEP_S: Final = 0.04
ARRIVED: Final = "arrived"
NO_VIEW: Final = "no-view"
"""The key of the container that a view stands in, where none takes the map's place."""


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title=text("zh", "title"), layout="wide")
    reading = store.read()
    follow_link()
    state, unknown = asked()
    words = Words(state.language or language_of(st.context.locale))
    if reading.edition is None:
        st.html(render("header", words=words))
        faults(reading, words, "faults-title")
        st.stop()
    page(reading, reading.edition, state, unknown, words)


def page(
    reading: Reading,
    edition: Edition,
    state: PageState,
    unknown: tuple[Unknown, ...],
    words: Words,
) -> None:
    """Draw the filters, and the panel beside the map or the view that takes the map's place."""
    dataset = edition.dataset
    sieve = state.filter.sieve(dataset.frame)
    mask = sieve.passed()
    left = int(np.count_nonzero(mask))
    unmapped = int(np.count_nonzero(mask & carrying(dataset.frame, "precision", "unlocated")))

    # Before the map, which would move as they come.
    with st.container(key="mast", horizontal=True, vertical_alignment="center"):
        masthead(words)
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        unfold, count, views, active = (
            st.container(key=key) for key in ("filters", "count", "views", "chips")
        )
    notes = st.container(key="notes")
    beside = st.columns([2.4, 1], gap="small")
    with st.sidebar:
        first, more, close = st.container(), st.container(), st.container(key="show")

    def filters() -> None:
        with first:
            first_controls(sieve, dataset.facets[:FIRST], state, words)

    arriving = not st.session_state.get(ARRIVED)
    st.session_state[ARRIVED] = True
    # What a reader waits for does not wait for the rest: how many are left, and the filters.
    map_and_panel(edition, sieve, state, words, beside)
    under = st.container(key="downloads", horizontal=True, vertical_alignment="center")
    with notes:
        notices(reading, edition, unknown, words)
        if not left:
            loosen(sieve, words)
    with unfold:
        filters_button(state, words)
    with count:
        tally = {"shown": left, "total": len(mask), "unmapped": unmapped}
        st.html(render("count", words=words, **tally))
    with active:
        chips(state, words)
    with close:
        show_button(left, words)
    if arriving:
        filters()
        rest(ARRIVAL_REST_S)
    else:
        rest(HEAD_START_S)
        filters()
    with views:
        view_switch(state, words)
    with more:
        more_controls(sieve, dataset.facets[FIRST:], state, words)
    with under:
        downloads(left, words)


def rest(seconds: float) -> None:
    """Let the browser draw what it has; a choice made meanwhile ends this run for the next."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, STEP_S))
        st.session_state.get(ARRIVED)  # where a script reads its state Streamlit may end it


def map_and_panel(
    edition: Edition, sieve: Sieve, state: PageState, words: Words, beside: Sequence[DeltaGenerator]
) -> None:
    """Draw the map, or the view that takes its place, in the one column, and the panel in the other."""
    dataset = edition.dataset
    with beside[0]:
        with st.container(key="map"):
            draw_map(edition, state, words, sieve)
            if dataset.since:
                show_switch(state, words)
        # Always there: another key at the same place shows or hides the map at once.
        instead = st.container(key=state.view if state.view in INSTEAD else NO_VIEW)
    with beside[1]:
        with st.container(key="detail"):
            panel(dataset, sieve, state, words)
        # The text is read beside the map.
        if state.view == "document":
            with st.container(key="document"):
                document(dataset, state, words)
    with instead:
        INSTEAD.get(state.view or "", no_view)(dataset, sieve, state, words)


def panel(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the panel: the selected project, a list, what a search found, or the guide."""
    # All share a place in the page, so that the one replaces the other at once.
    if state.project:
        detail(dataset, sieve, state, words)
        neighbours(dataset, state, words)
    elif state.among:
        among_list(dataset, sieve, state, words)
    elif state.filter.q and sieve.passed().any():
        results(dataset, sieve, state, words)
    else:
        first_guide(dataset, state, words)


def no_view(_dataset: Dataset, _sieve: Sieve, _state: PageState, _words: Words) -> None:
    """Draw nothing: the map is there."""


INSTEAD: Final[Mapping[str, Callable[[Dataset, Sieve, PageState, Words], None]]] = {
    "list": project_list,
    "summary": overview,
    "compare": comparing,
    "coverage": coverage,
}
"""The views that take the map's place; the map stays mounted, out of sight."""
