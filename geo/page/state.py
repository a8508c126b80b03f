"""Keeps the URL and the widgets in step: widgets are set from the URL, and callbacks update it.

When a rerun interrupts a run, Streamlit may call the callbacks of its widgets again, with values
that were handled already and with option labels of the earlier run. So the last value that was set
or handled is kept for each widget in session state, and callbacks ignore a value that equals it.
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
"""The session state key of the last value of each widget."""

LINKED: Final = "via"
"""The query parameter with the number of the link that caused a rerun. Streamlit's front end
repeats it until the query changes. See views/static/links.js."""

FOLLOWED: Final = "followed"
"""The session state key of the number of the last link whose run has started."""

COUNT_MARK: Final = " · "
"""The separator of an option's label and its count, in the catalogue of every language."""


def url_state() -> tuple[PageState, tuple[UnknownValue, ...]]:
    """Return the state in the current URL, and the values in it that are unknown."""
    edition = store.read().edition
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    return parse_query(query, edition.dataset.projects if edition else {})


def follow_link() -> None:
    """Note the link that caused this run, if one did.

    Callbacks of later reruns are then changes by the user, and `update_url` accepts them.
    """
    st.session_state[FOLLOWED] = st.query_params.get(LINKED)


def update_url(**parts: Any) -> None:
    """Change parts of the state in the URL. This is the only place where the state changes.

    The other parts are taken from the current URL, not from the run that drew the widget, so that a
    second click before the page has responded does not undo the first. Calls caused by a link are
    ignored: the front end sends the old values of the widgets along with the link's query.
    """
    link = st.query_params.get(LINKED)
    if link and link != st.session_state.get(FOLLOWED):
        return
    if "filter" in parts:
        parts = {"page": 1} | parts
    if "project" in parts:
        # The selected project's position in the text replaces the one from a link.
        parts = {"at": None} | parts
    query = write_query(replace(url_state()[0], **parts))
    if query:
        st.query_params.from_dict(query)
    else:
        # from_dict() with an empty dict would leave the URL unchanged.
        st.query_params.clear()


def set_widget(key: str, value: Any) -> None:
    """Set a widget to its value from the URL, before it is drawn."""
    st.session_state[key] = value
    has_changed(key, value)


def set_text_widget(key: str, value: str) -> None:
    """Set a text input to its value from the URL, unless it has that value already.

    Setting the value while the user is typing would discard the characters typed since.
    """
    if str(st.session_state.get(key, "")).strip() != value:
        st.session_state[key] = value
    has_changed(key, value)


def has_changed(key: str, value: Any) -> bool:
    """Say whether a value differs from the widget's last value, and store it as the last value."""
    taken = st.session_state.setdefault(TAKEN, {})
    if key in taken and taken[key] == value:
        return False
    taken[key] = value
    return True


def codes_from_labels(facet: str, values: Iterable[str]) -> list[str]:
    """Return the codes of a facet widget's values, which may be labels of an earlier run."""
    codes = {code: code for code in FACETS[facet]}
    for language in LANGUAGES:
        # As in the message "option-count": the label, and a count that changes between runs.
        codes |= {text(language, f"{facet}-{code}"): code for code in FACETS[facet]}
    labels = (value.split(COUNT_MARK)[0] for value in values)
    return [codes[label] for label in labels if label in codes]
