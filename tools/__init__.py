"""Tools for maintainers; the app itself does not need them.

`tools.bench` measures how fast the app is. `tools.audit` looks up known vulnerabilities of its packages.
"""
