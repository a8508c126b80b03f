"""The view of what was left out of the map: each segment of the text with its reason."""

from functools import lru_cache

import streamlit as st

from geo.core.i18n import Words
from geo.layer.dataset import Dataset
from geo.layer.filters import Sieve
from geo.layer.query import PageState
from geo.views.templates import render


def coverage(dataset: Dataset, _sieve: Sieve, _state: PageState, words: Words) -> None:
    """Show what of the text was left out of the map, and why."""
    st.html(_table(dataset, words))


@lru_cache(maxsize=4)
def _table(dataset: Dataset, words: Words) -> str:
    document, english = dataset.document, words.language == "en"
    mapped = sum(bool(segment.projects) for segment in dataset.segments)
    rows = [
        (
            segment.clause,
            document.slice(segment.span),
            f"?view=document&at={segment.span.start}-{segment.span.end}",
            dataset.ledger.reasons[entry.reason]["en" if english else "zh"],
            entry.note_en if english else entry.note_zh,
        )
        for segment in dataset.segments
        for entry in segment.entries
    ]
    total = len(dataset.segments)
    return render("coverage", words=words, rows=rows, mapped=mapped, total=total)
