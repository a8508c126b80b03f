"""A map of planned projects, each tied to the words of the decision that names it.

Data flows one way, from top to bottom::

    seeds/*.txt ── text ──▶ Document, anchors       data/*.json ── layer ──▶ Project, Event
                                │                                    │
                                └──────────────── layer.dataset ─────┘
                                                      │
                              checks ── every rule; data with a fault is rejected
                                                      │
         map ── symbols, client data       views ── HTML of each part of the page
                                                      │
                              editions ── the last valid edition, kept up to date
                                                      │
      URL ⇄ layer.query ⇄ layer.filters ──▶ layer.selection: the projects shown, with provenance
              ┌──────────────┬────────────────┬───────┴────────┐
            page            web            exports           sheet
         (Streamlit)   (first view in   (downloads, the    (maps without a
                       HTML, API, files, one-file map)    browser: printed,
                         headers)                          previews, SVG)

All packages build on `core`: files, the location of the data, messages, validation. `authoring`
helps to write a folder of data. `__main__` is the command line. The docstring of each package says
what belongs in it. `pyproject.toml` declares which package may import which, and `make lint`
enforces it.

Coordinates are longitude, latitude in EPSG:4326, except where Leaflet or Folium expects latitude,
longitude. Positions in the text count Unicode code points; the end is excluded.
"""
