"""Under the map: what is shown, to take away, each format at the address of this very filter."""

import streamlit as st

from geo.exports import FORMATS
from geo.html import render
from geo.link import PageState, address
from geo.prints import PRINTS
from geo.words import Words


def downloads(shown: int, state: PageState, words: Words) -> None:
    """Draw a link for each format; one that cannot hold so few projects is named without a link."""
    query = address(PageState(filter=state.filter, language=words.language))
    offered = [(one, f"./api/projects.{one.extension}{query}") for one in FORMATS]
    offered += [(one, f"./api/map.{one.extension}{query}") for one in PRINTS]
    files = [
        (one.name, href if shown >= one.least else "", words(f"format-{one.code}"))
        for one, href in offered
    ]
    st.html(render("downloads", words=words, shown=shown, files=files))
