"""Files for download: data formats, the one-file edition of the map, and metadata.

Each format is a function from a `Selection` and a language to bytes; `formats` lists them all.
static/ holds the JavaScript of the one-file edition. Writers do no filtering: the selection is
already filtered. The printed sheet is in `geo.sheet`; the URLs of downloads are in `geo.web.api`.
"""
