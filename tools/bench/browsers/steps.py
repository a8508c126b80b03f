"""What is done in each browser, and what must then be seen."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo.core.i18n import text
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from tools.bench.browsers.driver import Driver, Missing, press, until

LANGUAGE: Final = "zh"
BY_URL: Final = "rail"
BY_PRESS: Final = "water"
"""The sectors that are chosen."""

SHEET_PX: Final = 1100
"""Up to this width the filters are a sheet above the map."""

ELEMENTS: Final = (
    "h1",
    ".st-key-lang",
    ".st-key-count",
    ".st-key-map iframe",
    ".st-key-views button",
    ".st-key-detail article",
)
"""What each page shows, in every window."""

STREAMLITS: Final[Mapping[str, re.Pattern[str]]] = {
    "WebKitGTK": re.compile(
        r"/js/react-dom.*Invalid value for <svg> attribute (width|height)=\"[\d.]+rem\""
    ),
}
"""What a browser complains of in every page of Streamlit's. Its icons have a width in rem, which WebKit does
not take as an attribute; their style has it too, so that they look as they should."""


@dataclass(frozen=True)
class Result:
    """A step, and what was wrong with it; nothing if it passed."""

    step: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """A browser with the app before it. `address` is the app's, without a slash at its end."""

    driver: Driver
    address: str
    dataset: Dataset
    width: int

    def results(self) -> Iterator[Result]:
        """Take each step, and yield its result. A step begins with a page of its own, loaded anew."""
        steps: Mapping[str, Callable[[], None]] = {
            "the page is opened": self.open_page,
            "a filter is chosen by the address": self.filter_by_url,
            "a filter is chosen by a press": self.filter_by_press,
            "the document is opened": self.open_document,
            "the list is opened": self.open_list,
        }
        for title, step in steps.items():
            faults = []
            try:
                step()
            except Missing as missing:
                faults.append(str(missing))
            known = STREAMLITS.get(self.driver.name)
            said = [one for one in self.driver.complaints() if not (known and known.search(one))]
            # The same complaint of many elements is one fault.
            yield Result(title, tuple(dict.fromkeys(faults + said)))

    def open_page(self) -> None:
        """Open the page; the map draws all located projects, and nothing is missing."""
        self._visit("")
        self._wait_for_projects(ProjectFilter())

    def filter_by_url(self) -> None:
        """Open the page with a filter in its address."""
        self._visit(f"&sector={BY_URL}")
        self._wait_for_projects(ProjectFilter(sector=(BY_URL,)))

    def filter_by_press(self) -> None:
        """Choose a filter with the mouse, on a narrow window in the sheet with the filters."""
        self.open_page()
        if self.width <= SHEET_PX:
            press(self.driver, ".pm-unfold")
        press(self.driver, ".st-key-sector input")
        press(self.driver, "[role=option]", text(LANGUAGE, f"sector-{BY_PRESS}"))
        self._wait_for_projects(ProjectFilter(sector=(BY_PRESS,)))
        if self.width <= SHEET_PX:
            press(self.driver, ".pm-show")
        self._wait_for_elements()

    def open_document(self) -> None:
        """Open the text of the decision in place of the map."""
        self._open_view("document", ".pm-mark[data-first]")

    def open_list(self) -> None:
        """Open the list of the projects in place of the map."""
        self._open_view("list", ".st-key-list tbody tr")

    def _open_view(self, view: str, what: str) -> None:
        self.open_page()
        press(self.driver, ".st-key-views button", text(LANGUAGE, f"view-{view}"))
        until(self.driver, f"({VISIBLE})({json.dumps(what)})", what)

    def _visit(self, query: str) -> None:
        self.driver.open(f"{self.address}/?lang={LANGUAGE}{query}")
        self._wait_for_elements()

    def _wait_for_elements(self) -> None:
        for selector in ELEMENTS:
            until(self.driver, f"({VISIBLE})({json.dumps(selector)})", selector)

    def _wait_for_projects(self, chosen: ProjectFilter) -> None:
        """Wait until the map draws what a filter leaves, and the page counts it."""
        left = chosen.apply(self.dataset.frame).index
        located = sorted(one for one in left if self.dataset.projects[one].geometry is not None)
        until(
            self.driver,
            f"({SHOWS})({json.dumps(located)})",
            f"the map with {len(located)} projects",
        )
        count = f"{len(left)} / {len(self.dataset.projects)}"
        until(self.driver, f"({COUNTS})({json.dumps(count)})", f"the count {count}")


VISIBLE: Final = """(selector) => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length
  && getComputedStyle(one).visibility === "visible")"""

SHOWS: Final = """(ids) => [...document.querySelectorAll(".st-key-map iframe")].some((frame) => {
  const shown = frame.contentWindow?.shownProjects?.() ?? [];
  return shown.sort().join() === ids.join();
})"""

COUNTS: Final = (
    """(count) => (document.querySelector(".st-key-count")?.innerText ?? "").includes(count)"""
)
