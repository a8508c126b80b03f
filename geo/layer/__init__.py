"""The layer: projects, events and base layers as immutable values, and the queries on them.

Code that reads or queries the data belongs here: codelists and schemas, reading and parsing, the
`Dataset` of one edition, and everything that selects or counts projects (filter, search, URL query,
selection). Rules that compare parts of the data with each other belong to `geo.checks`, drawing to
`geo.map`, HTML to `geo.views`.
"""
