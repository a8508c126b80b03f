"""The map as a Streamlit component: mounting it, sending it the state, and handling its clicks."""

from typing import Any, Final

import streamlit as st

from geo.core.i18n import Words
from geo.editions.store import Edition
from geo.layer.filters import FilterResult
from geo.layer.query import PageState
from geo.map.client_data import encode_filter
from geo.map.folium_map import base_map, show_command
from geo.page.state import has_changed, update_url
from geo.web.security import map_scripts
from geo.web.streamlit_pages import asset_urls

MAP_HEIGHT: Final = 560
"""In pixels. The style sheet replaces it with the height that the window leaves."""


def draw_map(edition: Edition, state: PageState, words: Words, filtered: FilterResult) -> None:
    """Draw the map and send it the current state.

    Unless the URL changed, the selection sent back to the map is the one it reported itself.
    """
    # Imported here, because the import declares the component, which works only during a run.
    from streamlit_folium import st_folium  # noqa: PLC0415

    urls = asset_urls(edition.folder)
    map_scripts.allow(" ".join(urls), lambda: inline_script(*urls))
    st_folium(
        base_map(*urls),
        key="picked",
        # The map is never shown as a standalone page.
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
    """Return exactly the inline script that the component writes into the map's iframe."""
    from streamlit_folium import _get_map_string  # noqa: PLC0415 - as in `draw_map`

    script = _get_map_string(base_map(static, data))
    return f"{script}window.map = map_div; window.initComponent(map_div, false);"


def last_click() -> dict[str, Any]:
    """Return the last click on the map, {} if there was none.

    `project` is an id or None, `click` the number of the click, `among` a list or None.
    """
    value = st.session_state.get("picked") or {}
    return value.get("last_active_drawing") or {}


def take_click() -> None:
    """Write a click on the map to the URL.

    A click on a project selects it and leaves an open list open. A click on a count opens the list
    of its projects. A click on an empty spot closes whatever is open.
    """
    click = last_click()
    if not has_changed("picked", click):
        return
    if click.get("project"):
        update_url(project=click["project"])
    else:
        update_url(project=None, among=tuple(click.get("among") or ()))
