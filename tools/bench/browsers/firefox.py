"""Drives Firefox over WebDriver BiDi, which Firefox itself serves on a websocket."""

import itertools
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from websockets.sync.client import ClientConnection, connect

PROGRAMS: Final = ("firefox-esr", "firefox")
LISTENING: Final = "WebDriver BiDi listening on "

PREFERENCES: Final = {"intl.accept_languages": "zh-CN, zh", "layout.css.devPixelsPerPx": "1.0"}
EVENTS: Final = ("log.entryAdded", "network.fetchError", "network.responseCompleted")
LEFT: Final = "NS_BINDING_ABORTED"
"""What Firefox says of a request that ended because the page was left."""


class Firefox:
    """A Firefox with one window; see `driver.Driver`."""

    name = "Firefox"

    def __init__(self, socket: ClientConnection, width: int, height: int) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._complaints: list[str] = []
        made = self._send("session.new", capabilities={})
        self.version = str(made["capabilities"]["browserVersion"])
        self._send("session.subscribe", events=EVENTS)
        self._context = self._send("browsingContext.getTree")["contexts"][0]["context"]
        self._send(
            "browsingContext.setViewport",
            context=self._context,
            viewport={"width": width, "height": height},
        )

    def open(self, url: str) -> None:
        """Load a page."""
        self._send("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression."""
        answer = self._send(
            "script.evaluate",
            expression=f"JSON.stringify({expression} ?? null)",
            target={"context": self._context},
            awaitPromise=False,
        )
        if answer["type"] == "exception":
            raise RuntimeError(f"{answer['exceptionDetails']['text']}: {expression}")
        return json.loads(answer["result"]["value"])

    def press(self, x: float, y: float) -> None:
        """Press and release the mouse."""
        acts = [
            {"type": "pointerMove", "x": x, "y": y},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        mouse = {"type": "pointer", "id": "mouse", "actions": acts}
        self._send("input.performActions", context=self._context, actions=[mouse])

    def complaints(self) -> Sequence[str]:
        """Return what Firefox has complained of since the last call."""
        # Its answer comes after all events before it.
        self._send("session.status")
        said, self._complaints = self._complaints, []
        return said

    def _send(self, method: str, **given: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": given}))
        while True:
            message = json.loads(self._socket.recv())
            if message["type"] == "event":
                self._complaints += complaint(message["method"], message["params"])
            elif message["id"] == number:
                if message["type"] == "error":
                    raise RuntimeError(f"Firefox refuses {method}: {message['message']}")
                return message["result"]


def complaint(event: str, told: Mapping[str, Any]) -> Iterator[str]:
    """Yield what an event says of an error, if it does."""
    if event == "log.entryAdded":
        if told["level"] == "error":
            calls = (told.get("stackTrace") or {}).get("callFrames") or []
            at = "".join(f" at {one['url']}:{one['lineNumber'] + 1}" for one in calls[:2])
            yield told["text"] + at
    elif event == "network.fetchError":
        if told["errorText"] != LEFT:
            yield f"{told['request']['url']}: {told['errorText']}"
    elif told["response"]["status"] >= 400:
        yield f"{told['request']['url']}: {told['response']['status']}"


@contextmanager
def firefox(width: int, height: int) -> Iterator[Firefox]:
    """Run Firefox without a window, with a page of this size in CSS pixels.

    Raises FileNotFoundError if it is not installed, RuntimeError with its last words if it does not start.
    """
    program = next((path for one in PROGRAMS if (path := shutil.which(one))), None)
    if program is None:
        raise FileNotFoundError("there is no Firefox; run make other-browsers")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = [
            f"user_pref({json.dumps(key)}, {json.dumps(PREFERENCES[key])});" for key in PREFERENCES
        ]
        (Path(folder) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [
            program,
            "--headless",
            "--no-remote",
            "--profile",
            folder,
            "--remote-debugging-port",
            "0",
        ]
        log = Path(folder) / "log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            with connect(f"{_address(process, log)}/session", max_size=None) as socket:
                yield Firefox(socket, width, height)
        finally:
            process.terminate()
            process.wait()


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until Firefox says where it listens."""
    while process.poll() is None:
        said = log.read_text(encoding="utf-8", errors="replace")
        if LISTENING in said and said.partition(LISTENING)[2].count("\n"):
            return said.partition(LISTENING)[2].split()[0]
        time.sleep(0.1)
    raise RuntimeError(f"Firefox did not start: {log.read_text(encoding='utf-8')[-2000:]}")
