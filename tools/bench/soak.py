"""`python -m tools.bench.soak`: whether a long visit takes more and more memory.

One reader changes the filter a thousand times in one page, and selects a project now and then. After every
hundred changes the browser collects its garbage, and the memory of browser and server is recorded.
Everything runs on this machine and stops by itself.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from geo.checks import load
from geo.core.home import find_home
from geo.layer.codes import COUNTY_CODES, SECTOR_CODES
from geo.layer.dataset import Dataset
from geo.layer.filters import ProjectFilter
from tools.bench.browser import FULL, SHELL, find_browser
from tools.bench.load_report import HEAD, conditions, table
from tools.bench.process import memory_mb
from tools.bench.sections import renew
from tools.bench.servers import ROOT, free_port, started

FIRST_PORT: Final = 8771
BETWEEN: Final = 100
"""Changes between two measurements of the memory."""

SELECT_EACH: Final = 7
"""A project is selected every so many changes; no divisor of the number of sectors, so that each has its turn."""

PATIENCE_MS: Final = 60_000

TITLE: Final = "A long visit"
HOW: Final = """\
{changes:,} changes of the filter in one page, each made the way a link of the page makes it. The next one
follows only when the map shows exactly the remaining projects. Every {select}th change also selects a project
and opens its popup. The memory of the browser is that of the page and its frames after a garbage collection.
The growth is the slope of a regression line through all measurements after the first {between} changes, during
which caches fill.
"""

READY: Final = "() => frames.length && Array.from(frames).some(one => one.shownProjects)"
SHOWS: Final = """wanted => {
  const map = Array.from(frames).find(one => one.shownProjects);
  return map && JSON.stringify(map.shownProjects().sort()) === wanted;
}"""
AT_REST: Final = "[data-testid=stApp][data-test-script-state=notRunning]"


@dataclass(frozen=True)
class Look:
    """The memory in use after this many changes."""

    changes: int
    heap_mb: float
    nodes: float
    listeners: float
    server_mb: float


COLUMNS: Final = {
    "heap_mb": ("browser, heap, MB", 2),
    "nodes": ("browser, nodes", 0),
    "listeners": ("browser, listeners", 0),
    "server_mb": ("server, memory, MB", 1),
}
"""The title and the decimals of each figure."""


def plan(dataset: Dataset, changes: int) -> Iterator[tuple[str, list[str]]]:
    """Yield for each change the query and the ids, sorted, that the map must then show."""
    located = dataset.frame[dataset.frame["precision"] != "unlocated"]
    for number in range(changes):
        sector = SECTOR_CODES[number % len(SECTOR_CODES)]
        # Every other time also in one county, each in turn.
        county = (COUNTY_CODES[number % len(COUNTY_CODES)],) if number % 2 else ()
        shown = sorted(ProjectFilter(sector=(sector,), county=county).apply(located).index)
        query = [("sector", sector), *(("county", code) for code in county)]
        if shown and number % SELECT_EACH == 0:
            query.append(("project", shown[0]))
        yield f"?{urlencode(query)}", shown


def look(session: CDPSession, changes: int, pid: int) -> Look:
    """Collect garbage, and measure the memory of browser and server."""
    session.send("HeapProfiler.collectGarbage")
    metrics = {
        one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]
    }
    return Look(
        changes,
        metrics["JSHeapUsedSize"] / 1e6,
        metrics["Nodes"],
        metrics["JSEventListeners"],
        memory_mb(pid),
    )


def soak(browser: Browser, address: str, pid: int, dataset: Dataset, changes: int) -> list[Look]:
    """Change the filter this many times in one page; return a measurement for each hundred."""
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    page.wait_for_function(READY)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    looks = []
    for number, (query, shown) in enumerate(plan(dataset, changes), start=1):
        travel(page, query, shown)
        if number % BETWEEN == 0 or number == changes:
            looks.append(look(session, number, pid))
            print(looks[-1], file=sys.stderr)
    context.close()
    return looks


def travel(page: Page, query: str, shown: list[str]) -> None:
    """Go to a query as a link of the page does; wait until the map shows these projects."""
    page.evaluate("query => ProjectPage.travel(query)", query)
    page.wait_for_function(SHOWS, arg=json.dumps(shown, separators=(",", ":")))
    # The map is ready before the rest of the page; wait for both.
    page.locator(AT_REST).wait_for()


def growth(looks: Sequence[Look], name: str) -> float:
    """Return how much a figure grows per hundred changes: the slope of the least-squares line."""
    later = [one for one in looks if one.changes > BETWEEN] or list(looks)
    middle = sum(one.changes for one in later) / len(later)
    spread = sum((one.changes - middle) ** 2 for one in later)
    if not spread:
        return 0.0
    return BETWEEN * sum((one.changes - middle) * getattr(one, name) for one in later) / spread


def report(looks: Sequence[Look], changes: int) -> str:
    """Return the table in Markdown, with a description of the method."""
    rows = [
        [f"{one.changes:,}"]
        + [f"{getattr(one, name):,.{digits}f}" for name, (_, digits) in COLUMNS.items()]
        for one in looks
    ]
    rows.append(
        ["growth per 100"]
        + [f"{growth(looks, name):+,.{d + 1}f}" for name, (_, d) in COLUMNS.items()]
    )
    how = HOW.format(changes=changes, select=SELECT_EACH, between=BETWEEN)
    head = ["after changes", *(title for title, _ in COLUMNS.values())]
    return f"{how}\n{table(head, rows)}\n\n{conditions()}"


def main() -> None:
    """Run the test; print the table, and write it to a file if asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.soak", description=__doc__)
    parser.add_argument("--changes", type=_some, default=1000, help="number of changes (1000)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also update the section in this file"
    )
    asked = parser.parse_args()
    dataset = load(find_home())
    found = find_browser(FULL + SHELL)
    with (
        tempfile.TemporaryDirectory() as logs,
        started(ROOT / "app.py", free_port(FIRST_PORT), Path(logs) / "log") as (address, pid),
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        said = report(soak(browser, address, pid, dataset, asked.changes), asked.changes)
        browser.close()
    print(said)
    if asked.write:
        renew(asked.write, TITLE, said, HEAD)


def _some(given: str) -> int:
    number = int(given)
    if not 1 <= number <= 100_000:
        raise argparse.ArgumentTypeError("must be from 1 to 100,000")
    return number


if __name__ == "__main__":
    main()
