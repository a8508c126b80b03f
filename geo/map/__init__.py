"""The map: symbols, colours, basemaps, the data sent to the browser, and the scripts that draw it.

Only this package imports Folium. static/ holds the map's JavaScript and CSS, which the page and the
one-file edition share. HTML around the map belongs in `geo.views`, the map as a Streamlit component
in `geo.page`, and the printed map in `geo.sheet`.
"""
