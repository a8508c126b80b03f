"""The switch between the views."""

from typing import Final

import streamlit as st

from geo.core.i18n import Words
from geo.layer.query import VIEWS, PageState
from geo.page.view_state import change, is_news, show

MAP_ALONE: Final = "map"
"""What the switch says where no view is asked for."""


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
