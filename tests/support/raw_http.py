"""A client that sends a request to the letter: what others mend on the way reaches the server."""

import socket
from http.client import HTTPResponse
from urllib.parse import urlsplit


def ask(address, target, *more, method="GET"):
    """Send this target and these header lines as they are; return the answer, its body read."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port)) as wire:
        lines = [f"{method} {target} HTTP/1.1", f"Host: {place.netloc}", "Connection: close", *more]
        wire.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
        answer = HTTPResponse(wire, method=method)
        answer.begin()
        answer.text = answer.read().decode("utf-8", "replace")
    return answer
