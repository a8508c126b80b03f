"""The Streamlit page: widgets, the map component, and the page's state, which is kept in the URL.

Only this package imports Streamlit. It creates widgets and containers, and decides the order in
which they are drawn. The HTML comes from `geo.views`; filtering is done in `geo.layer`.
"""
