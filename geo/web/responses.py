"""HTTP responses from assets in memory, with ETag, gzip and HEAD, and caches of assets.

Starlette's middleware would compress each response again, and does not compute ETags for bytes in
memory. Here each asset is hashed and compressed once, for all requests.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from functools import lru_cache
from mimetypes import MimeTypes
from pathlib import Path
from threading import Lock
from typing import Final

from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo.core.i18n import LANGUAGES, language_of, text
from geo.views.assets import Asset

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"

COMPRESSED_TYPES: Final = (
    "font/", "image/png", "application/pdf", "application/vnd.openxmlformats", "application/zip",
)  # fmt: skip
"""Media types, by prefix, whose files are compressed already."""


def is_compressible(media_type: str) -> bool:
    """Return whether files of a media type become shorter by compression."""
    return not media_type.startswith(COMPRESSED_TYPES)


MEDIA_TYPES: Final = MimeTypes()
"""Python's built-in media types. The Windows registry, which `mimetypes` also reads by default, may
list scripts as plain text."""
for _type, _suffix in (
    ("text/javascript", ".js"),
    ("font/woff", ".woff"),
    ("font/woff2", ".woff2"),
):
    MEDIA_TYPES.add_type(_type, _suffix)


def asset_response(
    request: Request, asset: Asset, caching: str, more: Mapping[str, str] | None = None
) -> Response:
    """Return an asset, or status 304 if the client has it already; `more` are further headers."""
    headers = {
        "ETag": asset.etag,
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
    } | dict(more or {})
    known = request.headers.get("if-none-match", "")
    if asset.etag in known or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    accepted = "gzip" in request.headers.get("accept-encoding", "")
    packed = accepted and is_compressible(asset.media_type)
    # gzip makes very short files longer.
    if packed and len(asset.compressed) < asset.length:
        body = asset.compressed
        headers["Content-Encoding"] = "gzip"
    else:
        body = asset.body
    # The server sends no body in answer to HEAD.
    return Response(body, headers=headers, media_type=asset.media_type)


def error_response(reason: str, status: int, more: Mapping[str, str] | None = None) -> Response:
    """Return the reason of an error as JSON."""
    return JSONResponse({"error": reason}, status_code=status, headers=dict(more or {}))


RETRY_AFTER_S: Final = 10
"""When a client may ask again for what cannot be served now."""


def unavailable_response(request: Request, more: Mapping[str, str] | None = None) -> Response:
    """Return status 503 with one sentence in the reader's language; the log has the reason."""
    language = reader_language(request)
    headers = {
        "Retry-After": str(RETRY_AFTER_S),
        "Cache-Control": "no-store",
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return error_response(text(language, "data-away"), 503, headers | dict(more or {}))


def reader_language(request: Request) -> str:
    """Return the language that a request names ("lang"), or else its browser's."""
    named = request.query_params.get("lang")
    return named if named in LANGUAGES else browser_language(request)


def browser_language(request: Request) -> str:
    """Return the language of a browser, by the first locale that it accepts."""
    accepted = request.headers.get("accept-language", "")
    return language_of(re.split(r"[,;]", accepted)[0].strip() or None)


class AssetCache:
    """An LRU cache of assets with at most `room` bytes in total. It is thread-safe."""

    def __init__(self, room: int) -> None:
        self._lock = Lock()
        self._assets: LRUCache[Hashable, Asset] = LRUCache(
            room, getsizeof=lambda asset: asset.kept_bytes
        )

    def get(self, key: Hashable, make: Callable[[], Asset]) -> Asset:
        """Return the asset of a key, calling `make` if it is not in the cache.

        No lock is held while an asset is made, so that requests for other assets need not wait. Two
        simultaneous requests for the same asset may therefore both make it. An asset larger than
        the whole cache is returned without being kept.
        """
        asset = self.find(key)
        if asset is None:
            asset = self.keep(key, make())
        return asset

    def keep(self, key: Hashable, asset: Asset) -> Asset:
        """Keep an asset and return it; one larger than the whole cache is only returned."""
        # The cache raises ValueError for an asset larger than itself.
        with self._lock, suppress(ValueError):
            self._assets[key] = asset
        return asset

    def find(self, key: Hashable) -> Asset | None:
        """Return the asset of a key if it is in the cache."""
        with self._lock:
            return self._assets.get(key)

    @property
    def size(self) -> int:
        """The total size of the cached assets in bytes."""
        return int(self._assets.currsize)


class CompressedFolder:
    """The files below a folder, compressed and cached.

    The folder is listed only once, when this object is created. `files` maps relative paths to
    files.
    """

    def __init__(self, root: Path) -> None:
        self.files: Mapping[str, Path] = {
            path.relative_to(root).as_posix(): path
            for path in sorted(root.rglob("*"))
            if path.is_file()
        }
        # A cache per instance, so that it is freed together with the instance.
        self.asset = lru_cache(maxsize=None)(self._asset)

    def _asset(self, name: str) -> Asset:
        """Return a file by its path relative to the folder, compressed.

        Raises KeyError if the folder had no such file when it was listed.
        """
        path = self.files[name]
        kind = MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"
        asset = Asset(path.read_bytes(), kind)
        _ = asset.compressed
        return asset
