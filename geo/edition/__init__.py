"""The one-file edition: the whole map as a single HTML file that needs no network.

Data flows one way: `selection` (which projects) ─▶ `content` (what the scripts read) and
`parts` (scripts, styles, icons), with `geo.prose` and `geo.jsonld` ─▶ `build` ─▶ bytes.
The map itself is the app's: the same scripts draw it, through a bridge of the edition's own.
"""

from geo.edition.build import edition_html

__all__ = ["edition_html"]
