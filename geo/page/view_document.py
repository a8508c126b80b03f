"""The document view: the whole text with every anchor marked, beside the map."""

from dataclasses import replace

import streamlit as st

from geo.core.i18n import Words
from geo.layer.codes import STAGE_CODES
from geo.layer.dataset import Dataset
from geo.layer.query import PageState, address
from geo.views.document import lettered, prose
from geo.views.templates import render


def document(dataset: Dataset, state: PageState, words: Words) -> None:
    """Draw the switch for what was left out, and the text."""
    toggle = address(replace(state, left=not state.left))
    stages = [(code, words.label("stage", code)) for code in STAGE_CODES]
    reasons = [(letter, labels[words.language]) for letter, labels in lettered(dataset).values()]
    tools = {"left": state.left, "toggle": toggle, "stages": stages, "reasons": reasons}
    st.html(render("document_tools", words=words, **tools))
    st.html(prose(dataset, words))
