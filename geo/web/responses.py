"""Answers to requests: with a validator, compressed where that helps, and to HEAD without a body."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from geo.views.assets import Asset

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"

COMPRESSED: Final = ("font/", "application/vnd.openxmlformats")
"""Media types whose files are compressed within."""


def respond(
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
    packed = accepted and not asset.media_type.startswith(COMPRESSED)
    # What is only a line long grows by it.
    if packed and len(asset.compressed) < len(body):
        body = asset.compressed
        headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(body))
        body = b""
    return Response(body, headers=headers, media_type=asset.media_type)


def refuse(reason: str, status: int, more: Mapping[str, str] | None = None) -> Response:
    """Return an error as JSON with its reason."""
    return JSONResponse({"error": reason}, status_code=status, headers=dict(more or {}))
