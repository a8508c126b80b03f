"""Beside the count: each active filter, to be removed by a press, and the link to copy."""

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from geo.core.i18n import Words
from geo.layer.filters import FACETS
from geo.layer.query import PageState, address
from geo.views.templates import render


def chips(state: PageState, words: Words) -> None:
    """Draw one chip for each active filter, and the button that copies the link."""
    st.html(render("chips", words=words, chips=list(_chips(state, words))))


def _chips(state: PageState, words: Words) -> Iterator[tuple[str, str, str]]:
    """Yield (facet, label, address without it) for each active filter."""
    chosen = state.filter
    for facet in FACETS:
        codes = chosen.codes(facet)
        for code in codes:
            without = chosen.choosing(facet, [one for one in codes if one != code])
            yield (
                words(f"facet-{facet}"),
                words.label(facet, code),
                address(replace(state, filter=without, page=1)),
            )
    if chosen.q:
        without = replace(chosen, q="")
        yield words("facet-q"), chosen.q, address(replace(state, filter=without, page=1))
    if chosen.local:
        without = replace(chosen, local=False)
        yield words("scope"), words("scope-local"), address(replace(state, filter=without, page=1))
