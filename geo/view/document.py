"""The document view: the whole text with every anchor marked, beside the map."""

from dataclasses import replace

import streamlit as st

from geo.codes import STAGE_CODES
from geo.dataset import Dataset
from geo.html import render
from geo.link import PageState, address
from geo.prose import lettered, prose
from geo.words import Words


def document(dataset: Dataset, state: PageState, words: Words) -> None:
    """Draw the switch for what was left out, and the text."""
    toggle = address(replace(state, left=not state.left))
    stages = [(code, words.label("stage", code)) for code in STAGE_CODES]
    reasons = [(letter, labels[words.language]) for letter, labels in lettered(dataset).values()]
    tools = {"left": state.left, "toggle": toggle, "stages": stages, "reasons": reasons}
    st.html(render("document_tools", words=words, **tools))
    st.html(prose(dataset, words))
