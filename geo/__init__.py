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
                         ├──▶ selection ──▶ exports/ ──▶ api ── /api
                      layers ── base map, and      server ── /assets, /data, /api
                         │      what to show        │
                        page, view/  ──▶ browser ◀──┘

Beside the flow: `codes` (every codelist), `i18n` (every word of the interface), `catalogue` (words tried before they are said), `home` (where the
files lie), `held` (files in memory, read as a folder is), `postgis/` (a database as home: `source`
reads it, `publishing` writes it), `polling` (asks it in the background), `place` (whose counties these are), `numbering` (how a text counts its clauses),
`counties` (districts and coordinate systems), `passage` (text cut into marked runs), `reading` (the
whole text in such runs), `search` (what a query finds), `listing`, `summary`, `charts`, `comparison`
and `thumbnail` (what the views show), `events` (what happened since, each with its source), `since` (what that
makes of a project), `timeline` (how it is read), `report` (what is sent about an error), `view.state` (widgets and the URL), `basemaps` (online tiles, as
data), `sheet` (the map in print), `writing` (files whole or not at all), `codelists` (codes with their
labels and crosswalks), `query` (a query taken strictly), `answers` (ETag, gzip, HEAD), `shelf` (files
made once), `policy` (what a browser may do with an answer), `headers` and `origins` (which put it on, and
turn strangers away), `openapi` (the API described), `words` (what a template says), `commands/` (the command line).

What the flow lets in: `strict_json` (JSON with nothing in it that programs read differently), `plain` and
`text_faults` (what a text may hold), `breaches` (of the schema, in words), `shapes` (coordinates before they make a geometry), `document_list`
(which texts there are) and `backdrop` (the ground below the projects).

What people take away: `selection` (what a filter leaves, stamped) goes to `exports/` and `prints` (the
sheet, and `edition/`, the map as one file), which `api` serves and `commands/` writes. A folder for another decision is begun by `new_home`:
`source_text` reads, `ground` gives counties, `proposals` finds candidates by the words of `patterns`,
`drafts` writes them as features. `changes` compares two editions of a layer; `datapackage` and `jsonld`
describe one to other programs.

Only `page` and `view/` import Streamlit; only `layers` imports Folium; only `postgis/` imports
psycopg. Coordinates are longitude, latitude in EPSG:4326, but latitude, longitude wherever Leaflet
or Folium takes them.
"""
