"""The application that `streamlit run app.py` serves: the page, and the files the map fetches."""

from pathlib import Path

import streamlit as st
from streamlit.file_util import get_static_dir

from geo.server import routes

base_path = st.get_option("server.baseUrlPath").strip("/")
app = st.App(
    Path(__file__).parent / "geo" / "page.py",
    routes=routes(f"/{base_path}" if base_path else "", Path(get_static_dir()) / "index.html"),
)
