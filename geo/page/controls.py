"""The widgets: language, search, facets with counts, basemap, reset, and the switches of the views.

The URL is the state. Each widget shows what the URL says, and its change rewrites the URL; nothing else is
remembered.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.core.i18n import Words
from geo.layer.filters import FACETS, FilterResult, ProjectFilter
from geo.layer.query import (
    BASEMAP_CODES,
    COMPARABLE,
    MAP_MODES,
    MAX_SEARCH_LENGTH,
    VIEWS,
    PageState,
)
from geo.map.basemaps import available
from geo.page.state import (
    codes_from_labels,
    has_changed,
    set_text_widget,
    set_widget,
    update_url,
    url_state,
)
from geo.views.status import header_html

FIRST: Final = 2
"""So many facets are drawn on arrival at once; the others follow when the map has begun."""

TYPING_PAUSE: Final = "0ms"
"""A search answers each letter: a rerun is quick, and a later one takes the place of an earlier."""


SIDES: Final = ("left", "right")
"""The two codes of a comparison, as their widgets are keyed."""

MAP_ALONE: Final = "map"
"""The view switch's value where no view is asked for."""


def _changed(key: str) -> None:
    """Take a widget's new value into the URL."""
    value = st.session_state[key]
    if key in FACETS:
        value = codes_from_labels(key, value)
    if not has_changed(key, value):
        return
    chosen = url_state()[0].filter
    if key == "basemap":
        update_url(basemap=value)
    elif key == "lang":
        update_url(language=value)
    elif key == "local":
        update_url(filter=replace(chosen, local=bool(value)))
    elif key == "q":
        # What is found takes the place of a list that was open.
        ended: dict[str, Any] = {"among": ()} if value.strip() else {}
        update_url(filter=replace(chosen, q=value.strip()), **ended)
    else:
        update_url(filter=chosen.with_codes(key, value))


def masthead(words: Words) -> None:
    """Draw the title, and the two languages, each by its own name."""
    st.html(header_html(words))
    set_widget("lang", words.language)
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


def first_controls(
    filtered: FilterResult, facets: tuple[str, ...], state: PageState, words: Words
) -> None:
    """Draw the reset, the search and these facets, each value with its number."""
    # Above the facets and always there: below them it would move as their chips come and go,
    # and a click that began on it would end beside it.
    active = state.filter.active
    st.button(
        words("reset-active", count=active) if active else words("reset"),
        key="reset",
        disabled=not active,
        width="stretch",
        on_click=update_url,
        kwargs={"filter": ProjectFilter(), "among": ()},
    )
    set_text_widget("q", state.filter.q)
    st.text_input(
        words("facet-q"),
        key="q",
        max_chars=MAX_SEARCH_LENGTH,
        type="search",
        live=TYPING_PAUSE,
        placeholder=words("facet-q-placeholder"),
        on_change=_changed,
        args=("q",),
    )
    for facet in facets:
        _facet(facet, filtered.counts(facet), state, words)


def more_controls(
    filtered: FilterResult, facets: tuple[str, ...], state: PageState, words: Words
) -> None:
    """Draw these facets, the switch for what stands for more than a county, and the basemap."""
    for facet in facets:
        _facet(facet, filtered.counts(facet), state, words)
    set_widget("local", state.filter.local)
    st.toggle(
        words("facet-local", count=filtered.wide()),
        key="local",
        on_change=_changed,
        args=("local",),
    )
    set_widget("basemap", state.basemap)
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
    set_widget(facet, list(chosen))
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


def view_switch(state: PageState, words: Words) -> None:
    """Offer the views; none is loaded before it is asked for."""

    def changed() -> None:
        view = st.session_state["view"]
        if has_changed("view", view):
            update_url(view=None if view == MAP_ALONE else view, at=None)

    set_widget("view", state.view or MAP_ALONE)
    st.segmented_control(
        words("view"), (MAP_ALONE, *VIEWS), key="view", on_change=changed, required=True,
        label_visibility="collapsed", format_func=lambda code: words.label("view", code),
    )  # fmt: skip


def today_switch(state: PageState, words: Words) -> None:
    """Offer the plan of the decision, or what became of it, as what the map's marks tell."""

    def changed() -> None:
        shown = st.session_state["today"]
        if has_changed("today", shown):
            update_url(today=shown == MAP_MODES[1])

    set_widget("today", MAP_MODES[int(state.today)])
    st.segmented_control(
        words("today"), MAP_MODES, key="today", on_change=changed, required=True,
        label_visibility="collapsed", format_func=lambda code: words.label("today", code),
    )  # fmt: skip


def compare_choices(facet: str, codes: tuple[str, ...], words: Words) -> None:
    """Draw the facet and its two codes, each a widget that shows the URL."""

    def facet_taken() -> None:
        chosen = st.session_state["compare-facet"]
        if has_changed("compare-facet", chosen):
            update_url(compare=tuple(FACETS[chosen][:2]))

    def code_taken(at: int) -> None:
        value = st.session_state[f"compare-{SIDES[at]}"]
        if not has_changed(f"compare-{SIDES[at]}", value):
            return
        now = list(url_state()[0].compare or codes)
        # The same on both sides would compare nothing: the two change places.
        if now[1 - at] == value:
            now[1 - at] = now[at]
        now[at] = value
        update_url(compare=tuple(now))

    with st.container(key="compare-choices", horizontal=True, vertical_alignment="bottom"):
        set_widget("compare-facet", facet)
        st.segmented_control(
            words("compare-facet"), COMPARABLE, key="compare-facet", required=True,
            format_func=lambda one: words(f"facet-{one}"), on_change=facet_taken,
            label_visibility="collapsed",
        )  # fmt: skip
        for at, side in enumerate(SIDES):
            set_widget(f"compare-{side}", codes[at])
            st.selectbox(
                words(f"compare-{side}"), FACETS[facet], key=f"compare-{side}",
                format_func=lambda code: words.label(facet, code), on_change=code_taken,
                args=(at,), label_visibility="collapsed", width=220,
            )  # fmt: skip
