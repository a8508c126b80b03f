"""Whether a request was made on this machine and through no proxy, by the person who runs the app.

Only such a reader sees the details of a fault: paths, the address of a database, the command to
run. Everyone else gets one sentence (`geo.views.notices`).

A proxy on this machine also connects from this machine, so the address of the peer is not enough.
A request counts as made here if all of this is true:

- its peer is a loopback address, and no proxy has added one of its headers;
- it names this machine as its host, which a page of another site cannot make a browser do;
- it is not HTTP/1.0, which no browser speaks, but nginx does by default without adding a header;
- PROJECT_MAP_ADDRESS is not set, which says that the app is published.
"""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from geo.core.publication import public_address

LOOPBACK: Final = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?")
"""Hosts that are this machine."""

PROXY_HEADERS: Final = (
    "forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip",
)  # fmt: skip

MARK: Final = "x-made-on-this-machine"
"""The header with which `SameMachineMark` tells the page and the routes. Streamlit passes nothing
else of a connection on to the page's script."""


def is_own_host(headers: Mapping[str, str]) -> bool:
    """Return whether the Host header names this machine; anyone can write such a header."""
    return LOOPBACK.fullmatch(headers.get("host", "")) is not None


def is_marked(headers: Mapping[str, str]) -> bool:
    """Return whether a request was made on this machine, as `SameMachineMark` has found."""
    return headers.get(MARK) is not None


def made_on_this_machine(scope: Scope) -> bool:
    """Return whether an ASGI connection was made on this machine and through no proxy."""
    headers = Headers(scope=scope)
    peer = scope.get("client")
    return (
        peer is not None
        and _is_loopback(peer[0])
        and is_own_host(headers)
        and not any(name in headers for name in PROXY_HEADERS)
        and scope.get("http_version") != "1.0"
        and public_address() is None
    )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name, as in a test client, or a socket's path
        return False


class SameMachineMark:
    """ASGI middleware that marks requests that were made on this machine, and only those."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the mark, or without the one that its sender has written."""
        if scope["type"] in {"http", "websocket"}:
            name = MARK.encode()
            headers = [pair for pair in scope["headers"] if pair[0].lower() != name]
            if made_on_this_machine(scope):
                headers.append((name, b"1"))
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, send)
