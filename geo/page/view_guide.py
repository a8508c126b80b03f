"""What stands beside the map on a first visit: what it shows, what to try, and how much of what."""

from dataclasses import replace

import streamlit as st

from geo.core.i18n import Words
from geo.layer.codes import PRECISION_CODES
from geo.layer.counts import guide
from geo.layer.dataset import Dataset
from geo.layer.query import PageState, address
from geo.page.view_among import place_name
from geo.views.templates import render


def first_guide(dataset: Dataset, state: PageState, words: Words) -> None:
    """Draw the guide; its numbers are those of the projects shown."""
    found = guide(dataset.frame, state.filter)
    st.html(
        render(
            "guide",
            words=words,
            example=(found.example, words.name(dataset.projects[found.example]))
            if found.example
            else None,
            places=[
                (place, place_name(place, words), count)
                for place, count in found.places.items()
                # A filter that leaves a county out says nothing of how much is planned there.
                if count
            ],
            bars=[
                (
                    one,
                    words.label("family", one.family),
                    address(replace(state, filter=one.asked, page=1)),
                )
                for one in found.bars
            ],
            precisions=[
                (words.label("precision", code), found.precisions[code]) for code in PRECISION_CODES
            ],
        )
    )
