"""The widgets: language, search, facets with counts, basemap, reset, and the view switches.

The state of the page is kept in the URL. Each widget is set from the URL before it is drawn, and
its callback writes the new value to the URL.
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
    PageState,
    views_offered,
)
from geo.layer.search import searched
from geo.map.basemaps import available
from geo.page.state import (
    codes_from_labels,
    has_changed,
    set_text_widget,
    set_widget,
    update_url,
    url_state,
)
from geo.views.notices import header_html, local_text, search_label

TYPING_PAUSE: Final = "0ms"
"""Search at every keystroke. A rerun is quick, and a new keystroke interrupts the rerun of the one
before."""

SIDES: Final = ("left", "right")
"""The two sides of a comparison, used in the keys of their widgets."""

MAP_ALONE: Final = "map"
"""The view switch's value when no view is open."""


def _changed(key: str) -> None:
    """Write a widget's new value to the URL."""
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
        # The search results replace an open list.
        closed: dict[str, Any] = {"among": ()} if searched(value) else {}
        update_url(filter=replace(chosen, q=value.strip()), **closed)
    else:
        update_url(filter=chosen.with_codes(key, value))


def masthead(words: Words) -> None:
    """Draw the title and the language switch, which names each language in that language."""
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


def filter_controls(
    filtered: FilterResult, facets: tuple[str, ...], state: PageState, words: Words
) -> None:
    """Draw the reset button, the search, the facets with a count at each value, and the basemap."""
    # The button is above the facets and always present. Below them it would move when chips are
    # added or removed, and the mouse could be pressed on it but released beside it.
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
        search_label(state.filter, words),
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
    set_widget("local", state.filter.local)
    label = local_text(filtered, state, words)
    if label:
        st.toggle(label, key="local", on_change=_changed, args=("local",))
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
        # To choose all is to choose none, which the box says already; and its label is English only.
        select_all=False,
        on_change=_changed,
        args=(facet,),
    )


def view_switch(state: PageState, words: Words) -> None:
    """Draw the view switch. A view is rendered only when it is chosen."""

    def changed() -> None:
        view = st.session_state["view"]
        if has_changed("view", view):
            update_url(view=None if view == MAP_ALONE else view, at=None)

    set_widget("view", state.view or MAP_ALONE)
    st.segmented_control(
        words("view"), (MAP_ALONE, *views_offered(state)), key="view", on_change=changed, required=True,
        label_visibility="collapsed", format_func=lambda code: words.label("view", code),
    )  # fmt: skip


def today_switch(state: PageState, words: Words) -> None:
    """Draw the switch between the plan of the decision and its outcome as what the map shows."""

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
    """Draw the widgets that choose the facet and the two codes to compare."""

    def facet_changed() -> None:
        chosen = st.session_state["compare-facet"]
        if has_changed("compare-facet", chosen):
            update_url(compare=tuple(FACETS[chosen][:2]))

    def code_changed(at: int) -> None:
        value = st.session_state[f"compare-{SIDES[at]}"]
        if not has_changed(f"compare-{SIDES[at]}", value):
            return
        compared = list(url_state()[0].compare or codes)
        # Choosing the code of the other side swaps the two, so that they never are the same.
        if compared[1 - at] == value:
            compared[1 - at] = compared[at]
        compared[at] = value
        update_url(compare=tuple(compared))

    with st.container(key="compare-choices", horizontal=True, vertical_alignment="bottom"):
        set_widget("compare-facet", facet)
        st.segmented_control(
            words("compare-facet"), COMPARABLE, key="compare-facet", required=True,
            format_func=lambda name: words(f"facet-{name}"), on_change=facet_changed,
            label_visibility="collapsed",
        )  # fmt: skip
        for at, side in enumerate(SIDES):
            set_widget(f"compare-{side}", codes[at])
            st.selectbox(
                words(f"compare-{side}"), FACETS[facet], key=f"compare-{side}",
                format_func=lambda code: words.label(facet, code), on_change=code_changed,
                args=(at,), label_visibility="collapsed", width=220,
            )  # fmt: skip
