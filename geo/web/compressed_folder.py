"""A folder of files that never change while the server runs, each compressed once for all readers."""

import mimetypes
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from geo.views.assets import Asset


class PackedFolder:
    """The files that lay below a folder when this was made, by path; nothing else is given out."""

    def __init__(self, root: Path) -> None:
        self.files: Mapping[str, Path] = {
            path.relative_to(root).as_posix(): path
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        # Bound to this one, so that what is kept goes when it goes.
        self.asset = lru_cache(maxsize=None)(self._asset)

    def _asset(self, name: str) -> Asset:
        """Return a file by its path below the folder, with the compressed bytes made.

        Raises KeyError where there was no such file at the start.
        """
        path = self.files[name]
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        asset = Asset(path.read_bytes(), kind)
        _ = asset.compressed
        return asset
