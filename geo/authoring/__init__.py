"""Tools for curators: a folder for another decision, drafts of its projects, and reviews.

This package helps a person to write the data. The rules that the data must satisfy are in
`geo.checks`; the command line that calls these tools is `geo.__main__`.
"""
