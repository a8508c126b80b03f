"""The page: read the state from the URL, filter the projects, and draw everything."""

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from geo.core.i18n import Words, language_of
from geo.editions.store import Edition, StoreState, store
from geo.exports.formats import FORMATS, PRINTS
from geo.layer.counts import Crosstab
from geo.layer.dataset import Dataset
from geo.layer.filters import FilterResult
from geo.layer.query import PageState, UnknownValue
from geo.map.symbology import sans
from geo.page.map_component import draw_map
from geo.page.state import follow_link, update_url, url_state
from geo.page.widgets import (
    compare_choices,
    filter_controls,
    masthead,
    today_switch,
    view_switch,
)
from geo.views.charts import bars, chosen_bar
from geo.views.detail import panel_html, related_html
from geo.views.document import coverage_html, document_html, document_tools_html
from geo.views.first_view import page_title
from geo.views.list_view import list_html
from geo.views.notices import (
    chips_html,
    count_html,
    data_notice_html,
    downloads_count_html,
    downloads_html,
    filters_button_html,
    header_html,
    nothing_shown_html,
    show_button_html,
    unknown_html,
)
from geo.views.summary import Chart, compare_html, compared, summary_parts
from geo.web.feed import FEED
from geo.web.same_machine import is_marked
from geo.web.security import allowed_embedders

HEAD_START_S: Final = 0.04
"""The pause before the filters are drawn again. Streamlit's front end renders everything that has
arrived in one go, and the filters with their counts are the slowest part. With this head start,
what the user is waiting for appears in half the time."""

DOWNLOADS: Final = (
    *((format_, f"./api/projects.{format_.extension}") for format_ in FORMATS),
    *((format_, f"./api/map.{format_.extension}") for format_ in PRINTS),
)
"""Each format with the URL of its file."""

STEP_S: Final = 0.04
"""How often a pause checks whether Streamlit wants to stop the script."""

ARRIVED: Final = "arrived"
"""The session state key that is set from the first run on."""

NO_VIEW: Final = "no-view"
"""The key of the views' container while no view replaces the map."""


def main() -> None:
    """Draw the page."""
    stored = store.read()
    follow_link()
    state, unknown = url_state()
    words = Words(state.language or language_of(st.context.locale))
    dataset = stored.edition.dataset if stored.edition else None
    title = page_title(dataset, state, words) if dataset else words("title")
    st.set_page_config(page_title=title, layout="wide")
    if stored.edition is None:
        st.html(header_html(words))
        st.html(data_notice(stored, words))
        st.stop()
    page(stored, stored.edition, state, unknown, words)


def page(
    stored: StoreState,
    edition: Edition,
    state: PageState,
    unknown: tuple[UnknownValue, ...],
    words: Words,
) -> None:
    """Draw the header, the filters, the map or the view that replaces it, and the panel."""
    dataset = edition.dataset
    filtered = state.filter.result(dataset.frame)
    left = int(filtered.passed().sum())

    # Create these containers before the map, which would move if they were added later.
    with st.container(key="mast", horizontal=True, vertical_alignment="center"):
        masthead(words)
    with st.container(key="head", horizontal=True, vertical_alignment="center"):
        unfold, count, views, active = (
            st.container(key=key) for key in ("filters", "count", "views", "chips")
        )
    notes = st.container(key="notes")
    beside = st.columns([2.4, 1], gap="small")
    with st.sidebar:
        controls, close = st.container(), st.container(key="show")

    arriving = not st.session_state.get(ARRIVED)
    st.session_state[ARRIVED] = True
    # The map and the panel come first, because they are what the user is waiting for.
    map_and_panel(edition, filtered, state, words, beside)
    under = st.container(key="downloads", horizontal=True, vertical_alignment="center")
    with notes:
        if stored.faults:
            st.html(data_notice(stored, words))
        if unknown:
            st.html(unknown_html(unknown, dataset.projects, words))
        if not left:
            st.html(nothing_shown_html(filtered, words))
    with unfold:
        st.html(filters_button_html(state, words), width="content")
    with count:
        st.html(count_html(filtered, words))
    with active:
        st.html(chips_html(state, words))
    with close:
        st.html(show_button_html(left, words))
    # On arrival, the first view that the server sent stays until all of this is drawn.
    if not arriving:
        pause(HEAD_START_S)
    with views:
        view_switch(state, words)
    with controls:
        filter_controls(filtered, dataset.offered, state, words)
    with under:
        # The count changes with each filter. The links are separate, so that they are sent once.
        st.html(downloads_count_html(left, words), width="content")
        st.html(
            downloads_html(
                DOWNLOADS, f"./api/{FEED}", left, words, embeds=bool(allowed_embedders())
            ),
            width="content",
        )


def data_notice(stored: StoreState, words: Words) -> str:
    """Return the notice of faults, with their details only for the person who runs the app."""
    faults = stored.faults if is_marked(st.context.headers) else ()
    return data_notice_html(stored.current_on, faults, words)


def pause(seconds: float) -> None:
    """Let the browser draw what it has received. A rerun requested meanwhile ends this run."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, STEP_S))
        st.session_state.get(ARRIVED)  # Streamlit can stop a script where it reads session state


def map_and_panel(
    edition: Edition,
    filtered: FilterResult,
    state: PageState,
    words: Words,
    beside: Sequence[DeltaGenerator],
) -> None:
    """Draw the map, or the view that replaces it, in one column and the panel in the other."""
    dataset = edition.dataset
    with beside[0]:
        with st.container(key="map"):
            draw_map(edition, state, words, filtered)
            if dataset.since:
                today_switch(state, words)
        # Always present, under a key that tells the style sheet at once to show or hide the map.
        instead = st.container(key=state.view if state.view in VIEWS_INSTEAD_OF_MAP else NO_VIEW)
    with beside[1]:
        with st.container(key="detail"):
            panel(dataset, filtered, state, words)
        # The document does not replace the map: it is read beside it.
        if state.view == "document":
            with st.container(key="document"):
                st.html(document_tools_html(dataset, state, words))
                st.html(document_html(dataset, words))
    with instead:
        VIEWS_INSTEAD_OF_MAP.get(state.view or "", no_view)(dataset, filtered, state, words)


def panel(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> None:
    """Draw the panel, and below a selected project the others at its place."""
    # Always the first element of the container, so Streamlit replaces one by another at once.
    st.html(panel_html(dataset, filtered, state, words))
    related = related_html(dataset, state, words) if state.project else ""
    if related:
        with st.container(key="related"):
            st.html(related)


def theme() -> str:
    """Return the user's theme, "light" or "dark"."""
    return "dark" if st.context.theme.type == "dark" else "light"


def list_view(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> None:
    """Draw the list of projects."""
    st.html(list_html(dataset, filtered, state, words))


def coverage_view(
    dataset: Dataset, _filtered: FilterResult, _state: PageState, words: Words
) -> None:
    """Draw the segments of the text that are not on the map, with the reasons."""
    st.html(coverage_html(dataset, words))


def summary_view(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> None:
    """Draw crosstabs of the projects shown, by sector and other facets, and their outcome."""
    for part in summary_parts(dataset, filtered.shown, state, words, charts=True):
        if isinstance(part, Chart):
            summary_chart(part.counted, part.title, words)
        else:
            st.html(part)


def summary_chart(counted: Crosstab, title: str, words: Words) -> None:
    """Draw a crosstab as a bar chart. Choosing a bar filters by its sector and code."""
    key = f"chart-{counted.facet}"

    def bar_chosen() -> None:
        bar = chosen_bar(st.session_state[key]["selection"])
        if bar:
            sector, code = bar
            chosen = url_state()[0].filter.with_codes("sector", [sector])
            update_url(filter=chosen.with_codes(counted.facet, [code]))

    st.altair_chart(
        bars(counted, words.label, theme(), sans(words.language)),
        key=key,
        width="stretch",
        on_select=bar_chosen,
        alt=words("summary-alt", title=title),
    )


def compare_view(dataset: Dataset, _filtered: FilterResult, state: PageState, words: Words) -> None:
    """Draw two counties, or two sectors, side by side."""
    facet, codes = compared(state)
    compare_choices(facet, codes, words)
    st.html(compare_html(dataset, state, codes, words, dark=theme() == "dark"))


def no_view(_dataset: Dataset, _filtered: FilterResult, _state: PageState, _words: Words) -> None:
    """Draw nothing, because the map is shown."""


VIEWS_INSTEAD_OF_MAP: Final[
    Mapping[str, Callable[[Dataset, FilterResult, PageState, Words], None]]
] = {
    "list": list_view,
    "summary": summary_view,
    "compare": compare_view,
    "coverage": coverage_view,
}
"""The views that replace the map. The map stays mounted but hidden."""
