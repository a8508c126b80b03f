"""Whose pages may frame the map, and whose may open its websocket."""

import logging
import os
import re
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from geo.core.faults import DataError, Fault, quoted

EMBED_VARIABLE: Final = "PROJECT_MAP_EMBED"
ORIGIN: Final = re.compile(r"https?://(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)
POLICY_VIOLATED: Final = 1008
"""The code of RFC 6455 for a websocket that is refused."""


def embedders() -> tuple[str, ...]:
    """Return the origins of the sites that may frame the map, as PROJECT_MAP_EMBED names them.

    Raises DataError for what is not an origin: a stray word would change the policy.
    """
    named = os.environ.get(EMBED_VARIABLE, "").split()
    faults = [
        Fault(
            "embed-origin",
            EMBED_VARIABLE,
            quoted(one),
            "is not the origin of a site",
            "write origins with a space between them: https://www.example.org https://*.example.net",
        )
        for one in named
        if not ORIGIN.fullmatch(one)
    ]
    if faults:
        raise DataError(faults)
    return tuple(named)


def is_foreign(headers: Headers) -> bool:
    """Say whether a page of another origin asks; a program that is no browser names none."""
    origin, host = headers.get("origin"), headers.get("host", "")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()


def own_pages_only(app: ASGIApp) -> ASGIApp:
    """Return the app with its websocket closed to the pages of other sites.

    Streamlit refuses them too, but asks another machine for its own address first, and answers nobody
    until that has failed: whoever could open a page could stop the server, two seconds at a time.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope) if scope["type"] == "websocket" else None
        if headers is None or not is_foreign(headers):
            await app(scope, receive, send)
            return
        origin, host = quoted(headers["origin"]), quoted(headers.get("host", ""))
        logging.getLogger(__name__).warning(
            "a websocket of the origin %s was refused: the app is asked for as %s", origin, host
        )
        await WebSocketClose(POLICY_VIOLATED)(scope, receive, send)

    return guarded
