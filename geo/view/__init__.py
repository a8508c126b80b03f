"""The parts of the page, one per module: each takes values and draws them with Streamlit."""
