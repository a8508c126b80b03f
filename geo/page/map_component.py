"""The map as a Streamlit component: drawn once, told what to show, and read when it is clicked."""

from typing import Any, Final

import streamlit as st

from geo.core.i18n import Words
from geo.editions.store import Edition
from geo.layer.filters import FilterResult
from geo.layer.query import PageState
from geo.map.client_data import encode_filter
from geo.map.folium_map import base_map, show_command
from geo.page.state import has_changed, update_url
from geo.web.front_end import asset_urls
from geo.web.security import map_scripts

MAP_HEIGHT: Final = 560
"""Pixels; the style sheet makes it what the window leaves, which Streamlit cannot know."""


def draw_map(edition: Edition, state: PageState, words: Words, filtered: FilterResult) -> None:
    """Draw the map; what it is told of the selection, it told us first unless the URL changed."""
    # Not above: it declares its component as it is imported, which counts only while a page is run.
    from streamlit_folium import st_folium  # noqa: PLC0415

    addresses = asset_urls(edition.folder)
    map_scripts.allow(" ".join(addresses), lambda: inline_script(*addresses))
    st_folium(
        base_map(*addresses),
        key="picked",
        # It is never shown as a page of its own.
        render=False,
        height=MAP_HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=show_command(
            encode_filter(filtered),
            project=state.project,
            click=int(last_click().get("click", 0)),
            language=words.language,
            basemap=state.basemap,
            today=state.today and bool(edition.dataset.since),
            counties=state.filter.codes("county"),
            among=bool(state.among),
        ),
        on_change=take_click,
    )


def inline_script(static: str, data: str) -> str:
    """Return the script that the component writes into the map's frame, to the letter."""
    from streamlit_folium import _get_map_string  # noqa: PLC0415 - as in `draw_map`

    return f"{_get_map_string(base_map(static, data))}window.map = map_div; window.initComponent(map_div, false);"


def last_click() -> dict[str, Any]:
    """Return the last click on the map: {project: id or None, click: its number, among: [..] or None}."""
    value = st.session_state.get("picked") or {}
    return value.get("last_active_drawing") or {}


def take_click() -> None:
    """Take a click on the map into the URL.

    One on a project leaves the list it may stand in open; one on a count opens that count's list;
    one on nothing closes whatever is open.
    """
    click = last_click()
    if not has_changed("picked", click):
        return
    if click.get("project"):
        update_url(project=click["project"])
    else:
        update_url(project=None, among=tuple(click.get("among") or ()))
