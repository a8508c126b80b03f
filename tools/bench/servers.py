"""Starts Streamlit servers on free ports, waits until they answer, and stops them."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAGES: Final = {
    "empty": ROOT / "tools" / "bench" / "pages" / "empty.py",
    "usual": ROOT / "tools" / "bench" / "pages" / "usual.py",
    "app": ROOT / "app.py",
}
"""The script of each page, in the order of the visits."""

FIRST_PORT: Final = 8701
PATIENCE_S: Final = 300
"""Checking fifty thousand projects takes minutes; a server that exits is noticed at once."""


@contextmanager
def serving() -> Iterator[Mapping[str, str]]:
    """Run all pages at once, each in its own process; yield their addresses by name.

    Raises RuntimeError if one does not start, with the server's log as a note.
    """
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        addresses = {}
        for name, script in PAGES.items():
            port = free_port(FIRST_PORT + len(addresses))
            addresses[name] = stack.enter_context(running(script, port, logs / f"{name}.log"))
        yield addresses


def free_port(first: int) -> int:
    """Return the first port from `first` on that is free."""
    for port in range(first, 65536):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError(f"no port from {first} on is free; stop a server, then run this again")


@contextmanager
def running(script: Path, port: int, log: Path, **environment: str) -> Iterator[str]:
    """Run a Streamlit script on a port, as `started` does; yield its address once it answers."""
    with started(script, port, log, **environment) as (address, _):
        yield address


@contextmanager
def started(script: Path, port: int, log: Path, **environment: str) -> Iterator[tuple[str, int]]:
    """Run a Streamlit script on a port; yield its address and process id once it answers.

    Raises RuntimeError if it does not start; any error gets the server's log as a note.
    """
    # The working directory decides which .streamlit/config.toml is used: all pages use the app's.
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        base_path = environment.get("STREAMLIT_SERVER_BASE_URL_PATH", "")
        address = f"http://localhost:{port}" + (f"/{base_path}" if base_path else "")
        _wait_until_healthy(address, server)
        yield address, server.pid
    except Exception as error:
        ended = "is still running" if server.poll() is None else f"ended with {server.returncode}"
        error.add_note(f"{script.name} {ended}; its log:\n{_said(log)}")
        raise
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.1)  # there is nothing else to wait for until it listens
    raise RuntimeError(f"{address} did not start")


def _said(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-4000:]
