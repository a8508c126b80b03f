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

Beside the flow, by what you want to change:

- a code, a word, a place: `codes` (every codelist), `codelists` (with labels and crosswalks), `i18n`
  (every word of the interface), `catalogue` (words tried before they are said), `words` (what a
  template says), `counties` (districts, coordinate systems), `place` (whose counties these are)
- what is let in: `home` (where the files lie), `held` (files in memory, read as a folder is),
  `strict_json` (JSON that no two programs read differently), `plain` and `text_faults` (what a text may
  hold), `shapes` (coordinates before they make a geometry), `breaches` (of the schema, in words),
  `document_list` (which texts there are), `backdrop` (the ground below the projects)
- the text: `numbering` (how it counts its clauses), `passage` (cut into marked runs), `reading` and
  `prose` (the whole of it), `ledger` (what was left out, and why), `search` (what a query finds)
- where lines lead beyond the place: `destinations`
- what happened since: `events` (each with its source), `since` (what that makes of a project),
  `timeline` (how it is read), `report` (what is sent about an error)
- the page: `rerun` (what Streamlit runs), `view.state` (widgets and the URL), `telling` (the filter as
  the map is told it), `basemaps` (online tiles, as data), `signatures` (how each kind of line
  and sign is drawn), `hues` (colours of ground and families), `guide` and `among` (the panel's first page and lists), `listing`, `summary`, `charts`, `comparison` and `thumbnail` (what the views show)
- the server: `shell` (Streamlit's own files), `frame` (the map's frame), `packed` (a folder compressed
  once), `answers` (ETag, gzip, HEAD), `shelf` (files made once),
  `policy` (what a browser may do with an answer), `headers` and `origins` (which see to it), `query` (a
  query taken strictly), `openapi` (the API described), `memory` (what the collector need not look at)
- a database as home: `postgis/` (`source` reads it, `publishing` writes it), `polling` (asks it in the
  background)
- what people take away: `selection` (what a filter leaves, stamped) goes to `exports/` and `prints`
  (`sheet/`, the map on paper, and `edition/`, the map as one file), which `api` serves and `commands/`
  writes; `changes` compares two editions of a layer, `datapackage` and `jsonld` describe one to programs;
  `writing` writes files whole or not at all
- a folder for another decision: `new_home` begins it, `source_text` reads, `ground` gives counties,
  `proposals` finds candidates by the words of `patterns`, `drafts` writes them as features

Only `page` and `view/` import Streamlit; only `layers` imports Folium; only `postgis/` imports
psycopg. Coordinates are longitude, latitude in EPSG:4326, but latitude, longitude wherever Leaflet
or Folium takes them.
"""
