"""The page as Streamlit runs it: widgets, the map component, and the state, which is the URL.

Only this room imports Streamlit. Here belong widgets, containers and the order in which they are drawn.
What they show is HTML from `geo.views`; what passes a filter is decided in `geo.layer`.
"""
