"""The application that `streamlit run app.py` serves: the page, and the files the map fetches."""

import logging
from pathlib import Path

import streamlit as st
from streamlit.file_util import get_static_dir

import geo.page  # noqa: F401 - so that its many libraries are there before the first reader
from geo.i18n import language_of, text
from geo.memory import settle
from geo.server import routes
from geo.store import store


def say_calmly(error: Exception) -> bool:
    """Put an error nobody foresaw into the log, and a sentence in its place on the page."""
    logging.getLogger(__name__).error("the page failed", exc_info=error)
    st.error(text(language_of(st.context.locale), "error-unexpected"))
    return True


# Thousands of projects take a while to check: before the first reader comes, not while one waits.
store.read()

base_path = st.get_option("server.baseUrlPath").strip("/")
app = st.App(
    Path(__file__).parent / "geo" / "rerun.py",
    routes=routes(f"/{base_path}" if base_path else "", Path(get_static_dir())),
    on_script_error=say_calmly,
)
settle()
