"""The side of the page: search, the four facets with counts, basemap, and reset.

The URL is the state. Each widget shows what the URL says, and its change rewrites the URL;
nothing else is remembered.
"""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from geo.basemaps import available
from geo.dataset import Dataset
from geo.filters import FACETS, ProjectFilter
from geo.link import LONGEST_SEARCH, PageState, write_query
from geo.view.words import Words


def go(state: PageState) -> None:
    """Write a state to the URL: the only place where state changes."""
    query = write_query(state)
    if query:
        st.query_params.from_dict(query)
    else:
        # An empty dictionary would leave the address bar as it is.
        st.query_params.clear()


def _changed(state: PageState, key: str) -> None:
    """Take a widget's new value into the URL."""
    value = st.session_state[key]
    if key == "basemap":
        go(replace(state, basemap=value))
    elif key == "lang":
        go(replace(state, language=value))
    elif key == "local":
        go(replace(state, filter=replace(state.filter, local=bool(value))))
    elif key == "q":
        go(replace(state, filter=replace(state.filter, q=value.strip())))
    else:
        go(replace(state, filter=state.filter.choosing(key, value)))


def language_switch(state: PageState, words: Words) -> None:
    """Offer the two languages, each by its own name."""
    st.session_state["lang"] = words.language
    st.segmented_control(
        words("language"),
        ["zh", "en"],
        key="lang",
        required=True,
        format_func=lambda code: words(f"language-{code}"),
        label_visibility="collapsed",
        on_change=_changed,
        args=(state, "lang"),
    )


def controls(dataset: Dataset, state: PageState, words: Words) -> None:
    """Draw the filters, each with the number of projects that each value would leave."""
    # Above the facets and always there: below them it would move as their chips come and go,
    # and a click that began on it would end beside it.
    active = state.filter.active
    st.button(
        words("reset-active", count=active) if active else words("reset"),
        key="reset",
        disabled=not active,
        width="stretch",
        on_click=go,
        args=(replace(state, filter=ProjectFilter()),),
    )
    st.session_state["q"] = state.filter.q
    st.text_input(
        words("facet-q"),
        key="q",
        max_chars=LONGEST_SEARCH,
        placeholder=words("facet-q-placeholder"),
        on_change=_changed,
        args=(state, "q"),
    )
    for facet in FACETS:
        _facet(facet, state.filter.counts(dataset.frame, facet), state, words)
    wide = int((replace(state.filter, local=False).apply(dataset.frame)["scope"] == "wide").sum())
    st.session_state["local"] = state.filter.local
    st.toggle(
        words("facet-local", count=wide),
        key="local",
        on_change=_changed,
        args=(state, "local"),
    )
    st.session_state["basemap"] = state.basemap
    st.selectbox(
        words("facet-basemap"),
        sorted({*available(), state.basemap}, key=("none", "tianditu", "osm").index),
        key="basemap",
        format_func=lambda code: words.label("basemap", code),
        help=words("basemap-note"),
        on_change=_changed,
        args=(state, "basemap"),
    )


def _facet(facet: str, counts: Mapping[str, int], state: PageState, words: Words) -> None:
    chosen = state.filter.codes(facet)
    st.session_state[facet] = list(chosen)
    st.multiselect(
        words(f"facet-{facet}"),
        list(counts),
        key=facet,
        format_func=lambda code: words(
            "option-count", label=words.label(facet, code), count=counts[code]
        ),
        placeholder=words("facet-all"),
        on_change=_changed,
        args=(state, facet),
    )
