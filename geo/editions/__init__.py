"""The current edition of the data: keeping it up to date while the server runs, and publishing it.

This package decides when the data source is read again, what users see while it is faulty or does
not answer, and how a folder is published to a database. Reading a folder or a database belongs in
`geo.core`, deciding what is faulty in `geo.checks`.
"""
