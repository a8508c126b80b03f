"""Files that people take away: data formats, the one-file edition of the map, and descriptions of the data.

Each format is a function of one `Selection` and a language; `formats` lists all of them. static/ holds
the JavaScript of the one-file edition. A writer knows its format and nothing of filters. The printed
sheet has a room of its own, `geo.sheet`; the addresses of downloads belong to `geo.web.api`.
"""
