"""The baseline: what Streamlit itself costs, with two filters, a count and no map."""

import streamlit as st
from shared import chosen

st.set_page_config(layout="wide")
chosen()
