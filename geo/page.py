"""The page: read the URL, filter, draw. Everything it shows follows from the URL."""

import time
from typing import Final

import numpy as np
import streamlit as st

from geo.dataset import Dataset
from geo.filters import Sieve, carrying
from geo.html import render
from geo.i18n import language_of, text
from geo.link import PageState, Unknown
from geo.store import Edition, Reading, store
from geo.view.chips import chips
from geo.view.comparing import comparing
from geo.view.controls import FIRST, first_controls, more_controls
from geo.view.coverage import coverage
from geo.view.detail import detail, hint, neighbours
from geo.view.document import document
from geo.view.downloads import downloads
from geo.view.listing import project_list
from geo.view.map import draw_map, show_switch
from geo.view.notices import faults, loosen, notices
from geo.view.overview import overview
from geo.view.results import results
from geo.view.state import asked, change
from geo.view.switch import view_switch
from geo.words import Words

HEAD_START_S: Final = 0.04
"""Streamlit's front end renders in one go whatever has arrived, and the filters with their counts are
its slowest part: with this head start what a reader waits for is right in half the time."""

ARRIVAL_REST_S: Final = 0.5
"""On arrival the map's frame has to begin as well: what is needed least comes after it."""

STEP_S: Final = 0.04
ARRIVED: Final = "arrived"


def main() -> None:
    """Draw the page."""
    st.set_page_config(page_title=text("zh", "title"), layout="wide")
    reading = store.read()
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
    """Draw the filters, the map with the panel beside it, and the view below."""
    dataset = edition.dataset
    sieve = state.filter.sieve(dataset.frame)
    mask = sieve.passed()
    left = int(np.count_nonzero(mask))
    unmapped = int(np.count_nonzero(mask & carrying(dataset.frame, "precision", "unlocated")))

    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        count, active, views = (st.container(key=key) for key in ("count", "chips", "views"))
    notes = st.container(key="notes")
    beside = st.columns([2.1, 1], gap="small")
    with st.sidebar:
        first, more = st.container(), st.container()

    def filters() -> None:
        with first:
            first_controls(sieve, dataset.facets[:FIRST], state, words)

    arriving = not st.session_state.get(ARRIVED)
    st.session_state[ARRIVED] = True
    # The map is told first, then the panel and the view below it, and how many are left: what a
    # reader waits for does not wait for the rest.
    with beside[0], st.container(key="map"):
        draw_map(edition, state, words, sieve)
        if dataset.since:
            show_switch(state, words)
    with beside[1]:
        beside_the_map(dataset, sieve, state, words)
    under = st.container(key="downloads", horizontal=True, vertical_alignment="center")
    view_below(dataset, sieve, state, words)
    with notes:
        notices(reading, edition, unknown, words)
        if not left:
            loosen(sieve, words)
    with count:
        tally = {"shown": left, "total": len(mask), "unmapped": unmapped}
        st.html(render("count", words=words, **tally))
    if arriving:
        filters()
        rest(ARRIVAL_REST_S)
    else:
        rest(HEAD_START_S)
        filters()
    with active:
        chips(state, words)
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


def beside_the_map(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the panel, and the text below it: text and map are one, other views stand below both."""
    with st.container(key="detail"):
        panel(dataset, sieve, state, words)
    if state.view == "document":
        with st.container(key="document"):
            document(dataset, state, words)


def panel(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the panel: the selected project, what was found, or what the map is."""
    # All share a place in the page, so that the one replaces the other at once.
    if not state.project:
        if state.filter.q and sieve.passed().any():
            results(dataset, sieve.shown, state, words)
        else:
            hint(dataset, words)
        return
    detail(dataset, state, words, among_shown=sieve.passes(state.project))
    st.button(
        words("detail-close"), key="close", type="tertiary", icon=":material/close:",
        on_click=change, kwargs={"project": None},
    )  # fmt: skip
    neighbours(dataset, state, words)


def view_below(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw the view that stands below the map."""
    below = {
        "list": lambda: project_list(dataset, sieve.shown, state, words),
        "summary": lambda: overview(dataset, sieve.shown, state, words),
        "compare": lambda: comparing(dataset, state, words),
        "coverage": lambda: coverage(dataset, words),
    }
    if state.view in below:
        with st.container(key=state.view):
            below[state.view]()
