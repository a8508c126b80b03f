"""The map: its symbols and colours, its basemaps, what the browser is sent, and the scripts that draw it.

Only this room imports Folium. static/ holds the map's JavaScript and CSS, which the page and the one-file
edition share. HTML around the map belongs to `geo.views`, the map as a Streamlit component to `geo.page`,
the map on paper to `geo.sheet`.
"""
