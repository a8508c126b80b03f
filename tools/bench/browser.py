"""Finds the Chromium that the tests and the benchmark use."""

import shutil
from typing import Final

FULL: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The browsers that readers have."""

SHELL: Final = ("chromium-headless-shell", "chrome-headless-shell")
"""The same engine without a window; it opens a page with a third less processor time."""


def find_browser(names: tuple[str, ...]) -> str | None:
    """Return the path of the first of these that is installed, or None to use Playwright's own."""
    return next((path for name in names if (path := shutil.which(name))), None)
