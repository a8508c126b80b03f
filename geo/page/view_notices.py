"""What a reader should know before reading on: faults of the data, a strange link, an empty filter."""

from difflib import get_close_matches

import streamlit as st

from geo.core.i18n import Words
from geo.editions.store import Edition, Reading
from geo.layer.filters import Sieve
from geo.layer.query import Unknown
from geo.views.templates import render


def notices(reading: Reading, edition: Edition, unknown: tuple[Unknown, ...], words: Words) -> None:
    """Say what is wrong with the data, or with the link."""
    if reading.faults:
        faults(reading, words, "faults-kept")
    if unknown:
        projects = edition.dataset.projects
        # Each is held against every id there is: the last one is what was meant.
        gone = [one.value for one in unknown if one.key == "project"][-1:]
        close = [name for value in gone for name in get_close_matches(value, projects)]
        values = words("list-separator").join(f"{one.key}={one.value}" for one in unknown)
        found = [(name, words.name(projects[name])) for name in close]
        # A link's own words stand in HTML, which is escaped: an alert would take them for Markdown.
        st.html(render("unknown", words=words, values=values, found=found))


def loosen(sieve: Sieve, words: Words) -> None:
    """Where nothing is left, say what to give up, and how many projects that would bring."""
    ways = [
        words("loosen", facet=words(f"facet-{name}", count=0), count=count)
        for name, count in sieve.loosened().items()
        if count
    ]
    st.info(" ".join([words("nothing-shown"), *ways]))


def faults(reading: Reading, words: Words, heading: str) -> None:
    """Show what is wrong with the data, and the cure of each fault."""
    st.html(render("faults", words=words, heading=words(heading), faults=reading.faults[:50]))
