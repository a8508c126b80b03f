"""Planned projects on a map, each bound to the words of the decision that names it.

Data flows one way::

    seeds/*.txt ── document ──▶ Document(clauses)      data/projects.geojson
                                   │                          │
                                   │        schema ──▶ features ──▶ Project
                                   └──────────┬───────────────┘
                                           dataset ──▶ GeoDataFrame[id], EPSG:4326
                                              │
                          checks, geometry_checks ──▶ faults
                                              │
                                            store ── the last good edition, in memory
                                         ┌────┴─────┐
        URL ⇄ link ⇄ filters: ProjectFilter      assets ── what the browser fetches
                         │                          │
                      layers ── base map, and      server ── /assets, /data
                         │      what to show        │
                        page, view/  ──▶ browser ◀──┘

Beside the flow: `codes` (every codelist), `i18n` (every word of the interface), `home` (where the
files lie), `held` (files in memory, read as a folder is), `postgis/` (a database as home: `source`
reads it, `publishing` writes it), `polling` (asks it in the background), `counties` (districts and
coordinate systems), `passage` (text cut into marked runs), `search` (what a query finds), `summary`
(counts), `view.state` (widgets and the URL), `basemaps` (online tiles, as data), `writing` (files
whole or not at all).

Only `page` and `view/` import Streamlit; only `layers` imports Folium; only `postgis/` imports
psycopg. Coordinates are longitude, latitude in EPSG:4326, but latitude, longitude wherever Leaflet
or Folium takes them.
"""
