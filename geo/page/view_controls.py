"""The title and the language; the filters: search, the facets with counts, basemap, and reset.

The URL is the state. Each widget shows what the URL says, and its change rewrites the URL;
nothing else is remembered.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.core.i18n import Words
from geo.layer.filters import FACETS, ProjectFilter, Sieve
from geo.layer.query import BASEMAP_CODES, LONGEST_SEARCH, PageState
from geo.map.basemaps import available
from geo.page.view_state import asked, change, codes_of, is_news, show, show_text
from geo.views.templates import render

FIRST: Final = 2
"""So many facets are drawn on arrival at once; the others follow when the map has begun."""

TYPING_PAUSE: Final = "0ms"
"""A search answers each letter: a rerun is quick, and a later one takes the place of an earlier."""


def _changed(key: str) -> None:
    """Take a widget's new value into the URL."""
    value = st.session_state[key]
    if key in FACETS:
        value = codes_of(key, value)
    if not is_news(key, value):
        return
    chosen = asked()[0].filter
    if key == "basemap":
        change(basemap=value)
    elif key == "lang":
        change(language=value)
    elif key == "local":
        change(filter=replace(chosen, local=bool(value)))
    elif key == "q":
        # What is found takes the place of a list that was open.
        ended: dict[str, Any] = {"among": ()} if value.strip() else {}
        change(filter=replace(chosen, q=value.strip()), **ended)
    else:
        change(filter=chosen.choosing(key, value))


def masthead(words: Words) -> None:
    """Draw the title, and the two languages, each by its own name."""
    st.html(render("header", words=words))
    show("lang", words.language)
    st.segmented_control(
        words("language"),
        ["zh", "en"],
        key="lang",
        required=True,
        format_func=lambda code: words(f"language-{code}"),
        label_visibility="collapsed",
        on_change=_changed,
        args=("lang",),
    )


def filters_button(state: PageState, words: Words) -> None:
    """Draw the button that opens and closes the filters, with the number of active ones."""
    st.html(render("filters_button", words=words, active=state.filter.active), width="content")


def show_button(shown: int, words: Words) -> None:
    """Draw the button at the foot of the filters that goes back to the map."""
    st.html(render("show_button", words=words, shown=shown))


def first_controls(sieve: Sieve, facets: tuple[str, ...], state: PageState, words: Words) -> None:
    """Draw the reset, the search and these facets, each value with its number."""
    # Above the facets and always there: below them it would move as their chips come and go,
    # and a click that began on it would end beside it.
    active = state.filter.active
    st.button(
        words("reset-active", count=active) if active else words("reset"),
        key="reset",
        disabled=not active,
        width="stretch",
        on_click=change,
        kwargs={"filter": ProjectFilter(), "among": ()},
    )
    show_text("q", state.filter.q)
    st.text_input(
        words("facet-q"),
        key="q",
        max_chars=LONGEST_SEARCH,
        type="search",
        live=TYPING_PAUSE,
        placeholder=words("facet-q-placeholder"),
        on_change=_changed,
        args=("q",),
    )
    for facet in facets:
        _facet(facet, sieve.counts(facet), state, words)


def more_controls(sieve: Sieve, facets: tuple[str, ...], state: PageState, words: Words) -> None:
    """Draw these facets, the switch for what stands for more than a county, and the basemap."""
    for facet in facets:
        _facet(facet, sieve.counts(facet), state, words)
    show("local", state.filter.local)
    st.toggle(
        words("facet-local", count=sieve.wide()),
        key="local",
        on_change=_changed,
        args=("local",),
    )
    show("basemap", state.basemap)
    st.selectbox(
        words("facet-basemap"),
        sorted({*available(), state.basemap}, key=BASEMAP_CODES.index),
        key="basemap",
        format_func=lambda code: words.label("basemap", code),
        help=words("basemap-note"),
        on_change=_changed,
        args=("basemap",),
    )


def _facet(facet: str, counts: Mapping[str, int], state: PageState, words: Words) -> None:
    chosen = state.filter.codes(facet)
    show(facet, list(chosen))
    st.multiselect(
        words(f"facet-{facet}"),
        list(counts),
        key=facet,
        format_func=lambda code: words(
            "option-count", label=words.label(facet, code), count=counts[code]
        ),
        placeholder=words("facet-all"),
        on_change=_changed,
        args=(facet,),
    )
