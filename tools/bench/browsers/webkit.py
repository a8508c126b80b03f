"""Drives WebKitGTK through WebKitWebDriver, on a screen that exists only in memory (Xvfb)."""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from tools.bench.servers import free_port

DRIVER: Final = "WebKitWebDriver"
SCREEN: Final = "Xvfb"
PYTHON: Final = "/usr/bin/python3"
"""Debian's, because its bindings for GTK are not on PyPI."""

WINDOW: Final = Path(__file__).parent / "webkit_window.py"
FIRST_PORT: Final = 8791
PATIENCE_S: Final = 60

ERROR: Final = re.compile(r"\bCONSOLE (?:[A-Z]+ )?ERROR ")
"""In a line of the console: its source, if it is not the page's own `console.error`, and its level."""

LEFT: Final = "WebSocket is closed due to suspension."
"""What WebKit says of the websocket of a page that was left."""


class WebKit:
    """A WebKitGTK with one window; see `driver.Driver`."""

    name = "WebKitGTK"

    def __init__(self, address: str, log: Path, width: int, height: int) -> None:
        self._address = address
        self._log = log
        self._read = 0
        options = {"binary": PYTHON, "args": [str(WINDOW), str(log), str(width), str(height)]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        made = self._call("POST", "/session", {"capabilities": wanted})
        self._session = f"/session/{made['sessionId']}"
        self.version = str(made["capabilities"]["browserVersion"])
        size = self.evaluate("[innerWidth, innerHeight]")
        if size != [width, height]:
            raise RuntimeError(f"WebKitGTK's page is {size}, not {width} × {height}")

    def open(self, url: str) -> None:
        """Load a page."""
        self._call("POST", f"{self._session}/url", {"url": url})

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression."""
        script = {"script": f"return {expression}", "args": []}
        return self._call("POST", f"{self._session}/execute/sync", script)

    def press(self, x: float, y: float) -> None:
        """Press and release the mouse."""
        acts = [
            {"type": "pointerMove", "x": x, "y": y, "duration": 0},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": acts}
        self._call("POST", f"{self._session}/actions", {"actions": [mouse]})

    def complaints(self) -> Sequence[str]:
        """Return what the console says of errors since the last call."""
        with self._log.open(encoding="utf-8", errors="replace") as file:
            file.seek(self._read)
            said = file.read()
            self._read = file.tell()
        return errors(said)

    def close(self) -> None:
        """Close the window."""
        self._call("DELETE", self._session)

    def _call(self, method: str, path: str, given: Mapping[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            self._address + path,
            method=method,
            data=None if given is None else json.dumps(given).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"WebKitGTK refuses {path}: {error.read().decode()}") from error


def errors(said: str) -> list[str]:
    """Return the lines of the console that tell of an error."""
    return [one for one in said.splitlines() if ERROR.search(one) and not one.endswith(LEFT)]


@contextmanager
def webkit(width: int, height: int) -> Iterator[WebKit]:
    """Run WebKitGTK with a page of this size in CSS pixels.

    Raises FileNotFoundError if a program is not installed, RuntimeError if the browser does not start.
    """
    for program in (DRIVER, SCREEN, PYTHON):
        if not shutil.which(program):
            raise FileNotFoundError(f"there is no {program}; run make other-browsers")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        display = stack.enter_context(_screen(width, height))
        port = free_port(FIRST_PORT)
        environment = os.environ | {
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "1",
        }
        output = stack.enter_context((folder / "driver.log").open("wb"))
        process = subprocess.Popen(
            [DRIVER, f"--port={port}"], env=environment, stdout=output, stderr=output
        )
        stack.callback(_end, process)
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process)
        browser = WebKit(address, folder / "console.log", width, height)
        stack.callback(browser.close)
        yield browser


@contextmanager
def _screen(width: int, height: int) -> Iterator[str]:
    """Run a screen in memory; yield its name once it is there."""
    told, tells = os.pipe()
    # A window may be no wider than its screen; without a window manager it lies at the corner.
    size = f"{max(width, 800)}x{max(height, 600)}x24"
    command = [SCREEN, "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[tells], stderr=subprocess.DEVNULL)
    os.close(tells)
    try:
        with os.fdopen(told, encoding="ascii") as said:
            number = said.readline().strip()
        if not number:
            raise RuntimeError(f"{SCREEN} did not start")
        yield f":{number}"
    finally:
        _end(process)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/status", timeout=5):
                return
        except OSError:
            time.sleep(0.1)  # there is nothing else to wait for until it listens
    raise RuntimeError(f"{DRIVER} ended with {process.returncode}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait()
