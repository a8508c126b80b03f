"""Answers for the hosts of Folium's scripts and tiles, so that the usual page works offline.

Leaflet comes from the package XStatic-Leaflet. Everything else that Folium loads (jQuery, Bootstrap,
icons) is answered with an empty file, so the usual page is faster here than for its readers.
"""

import base64
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import xstatic.pkg.leaflet
from playwright.sync_api import CDPSession

LEAFLET: Final = Path(xstatic.pkg.leaflet.BASE_DIR)
TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".png": "image/png"}
BLANK_PNG: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAC0lEQVR4nGNgAAIAAAUAAXpeqz8AAAAASUVORK5CYII="
)


def answer_https(session: CDPSession) -> None:
    """Answer all https requests of a page immediately; its own server uses http."""

    def answer(event: dict[str, Any]) -> None:
        name = Path(urlsplit(event["request"]["url"]).path).name
        session.send(
            "Fetch.fulfillRequest",
            {
                "requestId": event["requestId"],
                "responseCode": 200,
                "responseHeaders": [
                    {"name": "Content-Type", "value": TYPES.get(Path(name).suffix, "text/plain")},
                    {"name": "Cache-Control", "value": "public, max-age=31536000"},
                    {"name": "Access-Control-Allow-Origin", "value": "*"},
                ],
                "body": base64.b64encode(_body(name)).decode("ascii"),
            },
        )

    session.on("Fetch.requestPaused", answer)
    # Playwright's own routes would pause every request of the page and slow it down.
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "https://*"}]})


def _body(name: str) -> bytes:
    for file in (LEAFLET / name, LEAFLET / "images" / name):
        if file.is_file():
            return file.read_bytes()
    return BLANK_PNG if name.endswith(".png") else b""
