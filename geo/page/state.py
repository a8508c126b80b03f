"""Between the URL and the widgets: each widget shows what the URL says, and its news rewrite it.

A run that another one interrupts leaves its widgets half taken: Streamlit calls their callbacks
again, with what was taken already and under labels of the run before. So what was last shown or
taken is kept per widget, and only what differs from it is news.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.core.i18n import LANGUAGES, text
from geo.editions.store import store
from geo.layer.filters import FACETS
from geo.layer.query import PageState, UnknownValue, parse_query, write_query

TAKEN: Final = "taken"
LINKED: Final = "via"
"""In the query of a rerun that a link within the page asked for, the number of the link; Streamlit's
front end goes on saying it until the query changes. See views/static/links.js."""

FOLLOWED: Final = "followed"

COUNT_MARK: Final = " · "
"""Stands between an option's label and its count, in every language of the catalogue."""


def url_state() -> tuple[PageState, tuple[UnknownValue, ...]]:
    """Return the state that the URL asks for now, and what in it is not known."""
    edition = store.read().edition
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    return parse_query(query, edition.dataset.projects if edition else {})


def follow_link() -> None:
    """Note that this run follows the link of its query: what the widgets say later is the reader's."""
    st.session_state[FOLLOWED] = st.query_params.get(LINKED)


def update_url(**parts: Any) -> None:
    """Write other parts of the state to the URL: the only place where state changes.

    The rest is what the URL says now, not what it said when a widget was drawn: a second click
    that comes before the page has answered the first must not undo it. While a link is followed, what
    it says is all that counts: the widgets say beside it what they showed before.
    """
    link = st.query_params.get(LINKED)
    if link and link != st.session_state.get(FOLLOWED):
        return
    if "filter" in parts:
        parts = {"page": 1} | parts
    if "project" in parts:
        # A spot of the text that a link named gives way to the project's own.
        parts = {"at": None} | parts
    query = write_query(replace(url_state()[0], **parts))
    if query:
        st.query_params.from_dict(query)
    else:
        # An empty dictionary would leave the address bar as it is.
        st.query_params.clear()


def set_widget(key: str, value: Any) -> None:
    """Give a widget the value that the URL says, before it is drawn."""
    st.session_state[key] = value
    has_changed(key, value)


def set_text_widget(key: str, value: str) -> None:
    """Give a text field the value that the URL says, unless it says that already.

    One that is told its own words while somebody types in it loses the letters that came since.
    """
    if str(st.session_state.get(key, "")).strip() != value:
        st.session_state[key] = value
    has_changed(key, value)


def has_changed(key: str, value: Any) -> bool:
    """Say whether a value differs from what a widget last showed or said, and remember it."""
    taken = st.session_state.setdefault(TAKEN, {})
    if key in taken and taken[key] == value:
        return False
    taken[key] = value
    return True


def codes_from_labels(facet: str, values: Iterable[str]) -> list[str]:
    """Return the codes of what a facet's widget holds, which may be labels of an earlier run."""
    known = {code: code for code in FACETS[facet]}
    for language in LANGUAGES:
        # As in "option-count": the label, then the count that differs from run to run.
        known |= {text(language, f"{facet}-{code}"): code for code in FACETS[facet]}
    labels = (value.split(COUNT_MARK)[0] for value in values)
    return [known[label] for label in labels if label in known]
