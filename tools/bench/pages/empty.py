"""The floor: what Streamlit itself costs, with two filters and a count, and no map."""

import streamlit as st
from shared import chosen

st.set_page_config(layout="wide")
chosen()
