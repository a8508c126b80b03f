"""The layer: projects, events and base layers as values, and what can be asked of them.

Here belong the codelists and schemas, reading and parsing, the `Dataset` that holds one edition, and
everything that picks or counts projects: filter, search, URL query, selection. Rules that compare parts
of the data with each other belong to `geo.checks`, drawing to `geo.map`, HTML to `geo.views`.
"""
