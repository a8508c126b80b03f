"""Which Chromium the tests and the measurements open."""

import shutil
from typing import Final

FULL: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What readers have."""

SHELL: Final = ("chromium-headless-shell", "chrome-headless-shell")
"""The same engine without a window: it opens a page for two thirds of the processor time."""


def find_browser(names: tuple[str, ...]) -> str | None:
    """Return the path of the first of these that is installed; None leaves it to Playwright's own."""
    return next((path for name in names if (path := shutil.which(name))), None)
