"""Planned projects on a map, each bound to the words of the decision that names it.

Data flows one way, from the top of this picture to its foot::

    seeds/*.txt ── text ──▶ Document, anchors       data/*.json ── layer ──▶ Project, Event
                                │                                    │
                                └──────────────── layer.dataset ─────┘
                                                      │
                              checks ── every rule; a fault stops the edition
                                                      │
         map ── symbols, client data       views ── HTML of each part of the page
                                                      │
                              editions ── the last good edition, kept current
                                                      │
      URL ⇄ layer.query ⇄ layer.filters ──▶ layer.selection: the projects shown, with a stamp
              ┌──────────────┬────────────────┬───────┴────────┐
            page            web            exports           sheet
         (Streamlit)   (API, files,    (downloads, the    (on paper)
                         headers)      one-file map)

`core` lies below all of them: files, the home of the data, messages, validation. `authoring` helps to
write a folder of data. The command line is `__main__`. Each room's docstring says what belongs there and
what does not; `pyproject.toml` declares which room may import which, and `make lint` enforces it.

Coordinates are longitude, latitude in EPSG:4326, but latitude, longitude wherever Leaflet or Folium
takes them. Positions in the text are Unicode code points, end excluded.
"""
