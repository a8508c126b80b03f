"""The comparison below the map: two counties, or two sectors, side by side."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import streamlit as st

from geo.core.i18n import Words
from geo.layer.counts import Comparison, Side, compare_codes, facet_of
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, Sieve
from geo.layer.query import COMPARABLE, PageState, address
from geo.page.view_listing import row
from geo.page.view_state import asked, change, is_news, show
from geo.views.templates import render
from geo.views.thumbnails import picture

SIDES: Final = ("left", "right")


def comparing(dataset: Dataset, _sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw what is compared with what, the counts, the two small maps, and the two lists."""
    facet = facet_of(state.compare)
    codes = state.compare or tuple(FACETS[facet][:2])
    _choices(facet, codes, words)
    found = compare_codes(dataset.frame, state.filter, codes)
    st.html(
        render(
            "compare",
            words=words,
            sides=[_side(dataset, one, state, facet, words) for one in (found.left, found.right)],
            both=[row(dataset, one, "", words) for one in found.both],
            counts=_counts(found, words),
        )
    )


def _choices(facet: str, codes: tuple[str, ...], words: Words) -> None:
    """Draw the facet and its two codes, each a widget that shows the URL."""

    def facet_taken() -> None:
        chosen = st.session_state["compare-facet"]
        if is_news("compare-facet", chosen):
            change(compare=tuple(FACETS[chosen][:2]))

    def code_taken(at: int) -> None:
        value = st.session_state[f"compare-{SIDES[at]}"]
        if not is_news(f"compare-{SIDES[at]}", value):
            return
        now = list(asked()[0].compare or codes)
        # The same on both sides would compare nothing: the two change places.
        if now[1 - at] == value:
            now[1 - at] = now[at]
        now[at] = value
        change(compare=tuple(now))

    with st.container(key="compare-choices", horizontal=True, vertical_alignment="bottom"):
        show("compare-facet", facet)
        st.segmented_control(
            words("compare-facet"), COMPARABLE, key="compare-facet", required=True,
            format_func=lambda one: words(f"facet-{one}"), on_change=facet_taken,
            label_visibility="collapsed",
        )  # fmt: skip
        for at, side in enumerate(SIDES):
            show(f"compare-{side}", codes[at])
            st.selectbox(
                words(f"compare-{side}"), FACETS[facet], key=f"compare-{side}",
                format_func=lambda code: words.label(facet, code), on_change=code_taken,
                args=(at,), label_visibility="collapsed", width=220,
            )  # fmt: skip


def _side(
    dataset: Dataset, side: Side, state: PageState, facet: str, words: Words
) -> Mapping[str, Any]:
    only = replace(state, filter=state.filter.choosing(facet, [side.code]), project=None)
    return {
        "label": words.label(facet, side.code),
        "count": len(side.ids),
        "unmapped": len(side.ids) - side.mapped,
        "href": address(only),
        "picture": picture(dataset, side.ids, side.code, dark=st.context.theme.type == "dark"),
        "rows": [row(dataset, one, "", words) for one in side.ids],
    }


def _counts(found: Comparison, words: Words) -> list[Mapping[str, Any]]:
    """Return for each facet its title and rows of label, two counts, and two widths in percent."""

    def width(count: int) -> int:
        return round(100 * count / found.most) if found.most else 0

    return [
        {
            "title": words(f"facet-{facet}"),
            "rows": [
                (words.label(facet, code), left, right, width(left), width(right))
                for code, left, right in rows
            ],
        }
        for facet, rows in found.counts.items()
        if rows
    ]
