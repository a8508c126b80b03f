"""The current edition of the data: kept up to date, never replaced by a faulty one, and published.

Here belongs what changes while a server runs: when the source is read again, what readers see while it is
faulty or silent, and publishing a folder to a database. How a folder or database is read belongs to
`geo.core`, what counts as faulty to `geo.checks`.
"""
