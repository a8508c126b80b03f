"""The page: read the URL, filter, draw. Everything it shows follows from the URL."""

import time
from difflib import get_close_matches
from typing import Any

import numpy as np
import streamlit as st

from geo.assets import static_folder
from geo.dataset import Dataset
from geo.filters import Sieve, carrying
from geo.html import render
from geo.i18n import language_of, text
from geo.layers import base_map, showing
from geo.link import SHOWN, VIEWS, PageState, Unknown
from geo.policy import map_scripts
from geo.store import Edition, Reading, store
from geo.telling import told
from geo.view.chips import chips
from geo.view.comparing import comparing
from geo.view.controls import controls, language_switch
from geo.view.coverage import coverage
from geo.view.detail import detail, hint, neighbours
from geo.view.document import document
from geo.view.downloads import downloads
from geo.view.listing import project_list
from geo.view.overview import overview
from geo.view.results import results
from geo.view.state import asked, change, is_news, show
from geo.words import Words

# Pixels; the style sheet makes it what the window leaves, which Streamlit cannot know.
MAP_HEIGHT = 560

HEAD_START_S = 0.04

MAP_ALONE = "map"
"""What the switch of views says where no view is asked for."""


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

    def around() -> None:
        with count:
            tally = {"shown": left, "total": len(mask), "unmapped": unmapped}
            st.html(render("count", words=words, **tally))
        with active:
            chips(state, words)
        with views:
            view_switch(state, words)
        with notes:
            notices(reading, edition, unknown, words)
            if not left:
                loosen(sieve, words)
        with st.sidebar:
            st.html(render("header", words=words))
            language_switch(words)
            controls(sieve, dataset.facets, state, words)

    # The map is told first, the panel and the view below it second: what a reader waits for does
    # not wait for the rest.
    with beside[0], st.container(key="map"):
        draw_map(edition, state, words, sieve)
        if dataset.since:
            show_switch(state, words)
    with beside[1]:
        with st.container(key="detail"):
            panel(dataset, sieve, state, words)
        # Text and map are one: the text stands beside the map, the other views below it.
        if state.view == "document":
            with st.container(key="document"):
                document(dataset, state, words)
    under = st.container(key="downloads", horizontal=True, vertical_alignment="center")
    view_below(dataset, sieve, state, words)
    if st.session_state.get("arrived"):
        # Streamlit's front end renders in one go whatever has arrived, and the filters with their
        # counts are its slowest part: with this head start the map is right in half the time.
        # On arrival there is nothing to be ahead of: the map's frame has still to be fetched.
        time.sleep(HEAD_START_S)
    st.session_state["arrived"] = True
    around()
    with under:
        downloads(left, words)


def panel(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw what stands beside the map: the selected project, what was found, or what the map is."""
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


def notices(reading: Reading, edition: Edition, unknown: tuple[Unknown, ...], words: Words) -> None:
    """Say what a reader should know before reading on: faults, or a strange link."""
    if reading.faults:
        faults(reading, words, "faults-kept")
    if unknown:
        projects = edition.dataset.projects
        # Each is held against every id there is: the last one is what was meant.
        gone = [one.value for one in unknown if one.key == "project"][-1:]
        close = [name for value in gone for name in get_close_matches(value, projects)]
        values = words("list-separator").join(f"{one.key}={one.value}" for one in unknown)
        found = [(name, words.name(projects[name])) for name in close]
        # A link's own words stand in HTML, which is escaped: an alert would take them for Markdown.
        st.html(render("unknown", words=words, values=values, found=found))


def draw_map(edition: Edition, state: PageState, words: Words, sieve: Sieve) -> None:
    """Draw the map; what it is told of the selection, it told us first unless the URL changed."""
    # Not above: it declares its component as it is imported, which counts only while a page is run.
    from streamlit_folium import st_folium  # noqa: PLC0415

    places = f"../../assets/{static_folder()}", f"../../data/{edition.folder}"
    map_scripts.admit(" ".join(places), lambda: inline_script(*places))
    st_folium(
        base_map(*places),
        key="picked",
        # As a page of its own it is never shown; what the component needs it renders anyway.
        render=False,
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=showing(
            told(sieve),
            project=state.project,
            click=int(picked().get("click", 0)),
            language=words.language,
            basemap=state.basemap,
            today=state.today and bool(edition.dataset.since),
        ),
        on_change=pick,
    )


def inline_script(static: str, data: str) -> str:
    """Return the script that the component writes into the map's frame, to the letter."""
    from streamlit_folium import _get_map_string  # noqa: PLC0415 - as in `draw_map`

    asked = base_map(static, data)
    asked.get_root().render()
    return f"{_get_map_string(asked)}window.map = map_div; window.initComponent(map_div, false);"


def picked() -> dict[str, Any]:
    """Return the last click on the map: {project: id or None, click: its number}."""
    value = st.session_state.get("picked") or {}
    return value.get("last_active_drawing") or {}


def pick() -> None:
    """Take a click on the map into the URL."""
    if is_news("picked", picked()):
        change(project=picked().get("project"))


def loosen(sieve: Sieve, words: Words) -> None:
    """Where nothing is left, say what to give up, and how many projects that would bring."""
    ways = [
        words("loosen", facet=words(f"facet-{name}", count=0), count=count)
        for name, count in sieve.loosened().items()
        if count
    ]
    st.info(" ".join([words("nothing-shown"), *ways]))


def show_switch(state: PageState, words: Words) -> None:
    """Offer the plan of the decision, or what became of it, as what the map's marks tell."""

    def changed() -> None:
        shown = st.session_state["today"]
        if is_news("today", shown):
            change(today=shown == SHOWN[1])

    show("today", SHOWN[int(state.today)])
    st.segmented_control(
        words("today"), SHOWN, key="today", on_change=changed, required=True,
        label_visibility="collapsed", format_func=lambda code: words.label("today", code),
    )  # fmt: skip


def view_switch(state: PageState, words: Words) -> None:
    """Offer the views; none is loaded before it is asked for."""

    def changed() -> None:
        view = st.session_state["view"]
        if is_news("view", view):
            change(view=None if view == MAP_ALONE else view, at=None)

    show("view", state.view or MAP_ALONE)
    st.segmented_control(
        words("view"), (MAP_ALONE, *VIEWS), key="view", on_change=changed, required=True,
        label_visibility="collapsed", format_func=lambda code: words.label("view", code),
    )  # fmt: skip


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


def faults(reading: Reading, words: Words, heading: str) -> None:
    """Show what is wrong with the data, and the cure of each fault."""
    st.html(render("faults", words=words, heading=words(heading), faults=reading.faults[:50]))
