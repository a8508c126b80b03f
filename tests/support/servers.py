"""The app, run as a server of a test's own on a free port."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support import ROOT
from tools.bench.servers import running

PORTS = range(10_000, 32_000)
"""Below those that the system gives to connections, which come and go at any time."""


def unused_port() -> int:
    """Return a port that nobody listens on, another for each who asks at the same time."""
    for port in random.SystemRandom().sample(PORTS, len(PORTS)):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("no port is free")


@contextmanager
def serving(log: Path, **environment: str) -> Iterator[str]:
    """Run the app on a free port; yield its address; show its log when it does not start."""
    with running(ROOT / "app.py", unused_port(), log, **environment) as address:
        yield address
