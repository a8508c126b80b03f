"""Under the map: what is shown, to take away, each format at the address of this very filter."""

import streamlit as st

from geo.core.i18n import Words
from geo.exports.formats import FORMATS, PRINTS
from geo.views.templates import render


def downloads(shown: int, words: Words) -> None:
    """Draw a link for each format; one that cannot hold so few projects is named without a link.

    The filter comes to each address in the browser (views/static/links.js): it is that of the page,
    and so need not be sent nine times.
    """
    offered = [(one, f"./api/projects.{one.extension}") for one in FORMATS]
    offered += [(one, f"./api/map.{one.extension}") for one in PRINTS]
    files = [
        (one.name, href if shown >= one.least else "", words(f"format-{one.code}"))
        for one, href in offered
    ]
    # Apart from the number, which changes with each filter, the links are sent once.
    st.html(render("downloads_count", words=words, shown=shown), width="content")
    st.html(render("downloads", words=words, files=files), width="content")
