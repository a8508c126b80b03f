"""What a browser can be asked to do, and how to wait for what it shows."""

import json
import time
from collections.abc import Sequence
from typing import Any, Final, Protocol

PATIENCE_S: Final = 60
LOOK_S: Final = 0.1


class Driver(Protocol):
    """A browser with one window. `version` is its own name for it."""

    name: str
    version: str

    def open(self, url: str) -> None:
        """Load a page; return once its document has loaded."""

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression in the page, which must be JSON."""

    def press(self, x: float, y: float) -> None:
        """Press and release the mouse at a position of the page, in CSS pixels."""

    def complaints(self) -> Sequence[str]:
        """Return each error of the console and each failed request since the last call."""


class Missing(Exception):  # noqa: N818 - it is no error of this program
    """What a page must show did not come."""


def until(driver: Driver, expression: str, what: str) -> Any:
    """Wait until an expression is true in the page; return its value.

    Raises Missing, which names what did not come.
    """
    deadline = time.monotonic() + PATIENCE_S
    while True:
        value = driver.evaluate(expression)
        if value:
            return value
        if time.monotonic() > deadline:
            raise Missing(f"{what} did not come")
        time.sleep(LOOK_S)  # neither protocol can wait for a condition


def press(driver: Driver, selector: str, starts: str = "") -> None:
    """Press on an element, once it lies still with nothing over it; `starts` begins its text.

    Raises Missing if there is none, or if it never can be pressed.
    """
    given = json.dumps([selector, starts], ensure_ascii=False)
    before = None
    deadline = time.monotonic() + PATIENCE_S
    while True:
        at = driver.evaluate(f"({MIDDLE})(...{given})")
        if at and at == before:
            driver.press(*at)
            return
        before = at
        if time.monotonic() > deadline:
            raise Missing(f"{selector} {starts} could not be pressed")
        time.sleep(LOOK_S)  # it may still move


MIDDLE: Final = """(selector, starts) => {
  const node = [...document.querySelectorAll(selector)].find((one) => one.innerText.trim().startsWith(starts)
    && one.getClientRects().length);
  if (!node) return null;
  node.scrollIntoView({ block: "nearest" });
  const box = node.getBoundingClientRect();
  const [x, y] = [Math.round(box.left + box.width / 2), Math.round(box.top + box.height / 2)];
  const hit = document.elementFromPoint(x, y);
  return hit && (node.contains(hit) || hit.contains(node)) ? [x, y] : null;
}"""
"""The middle of an element that can be pressed, or null."""
