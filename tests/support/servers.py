"""The app, run as a server of a test's own on a free port."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support import ROOT
from tools.bench.servers import free_port, running

# Workers of one run look for free ports in ranges of their own.
FIRST_PORT = 8801 + 100 * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@contextmanager
def serving(log: Path, **environment: str) -> Iterator[str]:
    """Run the app on a free port; yield its address; show its log when it does not start."""
    with running(ROOT / "app.py", free_port(FIRST_PORT), log, **environment) as address:
        yield address
