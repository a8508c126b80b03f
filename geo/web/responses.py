"""HTTP responses from assets in memory: ETag, gzip, HEAD; and caches of the assets.

Starlette's middleware would compress each response anew and knows no ETag for bytes in memory; here
each asset is hashed and compressed once for all readers.
"""

import mimetypes
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo.views.assets import Asset

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"

COMPRESSED_TYPES: Final = ("font/", "application/vnd.openxmlformats")
"""Media types whose files are compressed within."""


def asset_response(
    request: Request, asset: Asset, caching: str, more: Mapping[str, str] | None = None
) -> Response:
    """Return an asset, or 304 to one who has it; `more` are further headers."""
    headers = {
        "ETag": asset.etag,
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
    } | dict(more or {})
    known = request.headers.get("if-none-match", "")
    if asset.etag in known or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    body = asset.body
    accepted = "gzip" in request.headers.get("accept-encoding", "")
    packed = accepted and not asset.media_type.startswith(COMPRESSED_TYPES)
    # What is only a line long grows by it.
    if packed and len(asset.compressed) < len(body):
        body = asset.compressed
        headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(body))
        body = b""
    return Response(body, headers=headers, media_type=asset.media_type)


def error_response(reason: str, status: int, more: Mapping[str, str] | None = None) -> Response:
    """Return an error as JSON with its reason."""
    return JSONResponse({"error": reason}, status_code=status, headers=dict(more or {}))


class AssetCache:
    """Keeps assets by key, `room` bytes at most; safe to use from many threads."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Asset] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Asset]) -> Asset:
        """Return the asset of a key, made now if it is not kept.

        Two who ask for the same at once may both make it: that is cheaper than that one who asks
        for something else must wait. What is larger than all the room is given and not kept.
        """
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found
        made = make()
        with self._lock:
            if len(made.body) <= self._room:
                self._kept[key] = made
                self._kept.move_to_end(key)
                while self.size > self._room:
                    self._kept.popitem(last=False)
        return made

    @property
    def size(self) -> int:
        """How many bytes are kept."""
        return sum(len(asset.body) for asset in self._kept.values())


class CompressedFolder:
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
