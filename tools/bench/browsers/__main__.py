"""Try the page in other browsers; print what each step brought, and write it to a file if asked."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from geo.core.home import find_home
from tools.bench.browsers.driver import Driver
from tools.bench.browsers.firefox import firefox
from tools.bench.browsers.steps import Result, Trial
from tools.bench.browsers.webkit import webkit
from tools.bench.report import HOW as HEAD
from tools.bench.sections import renew
from tools.bench.servers import PAGES, free_port, running
from tools.bench.synthetic_layers import load_once

BROWSERS: Final[Mapping[str, Callable[[int, int], AbstractContextManager[Driver]]]] = {
    "firefox": firefox,
    "webkit": webkit,
}
SIZES: Final = ((1400, 900), (390, 844))
"""The windows, in CSS pixels."""

FIRST_PORT: Final = 8785
TITLE: Final = "Other browsers"
HOW: Final = """\
The page in the two engines that the tests do not use. `python -m tools.bench.browsers --write docs/benchmark.md`
updates this section, and ends with an error if a step fails: if what must be seen does not come, or if the
browser reports an error, a refused or a failed request. `make other-browsers` installs both browsers.
"""

Row = tuple[str, str, str, Result]
"""Browser, version, window and result."""


def main() -> None:
    """Take the steps in each browser and each window; a failed step is a failure."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.browsers", description=__doc__)
    parser.add_argument("browsers", nargs="*", choices=[*BROWSERS, []], help="which ones (all)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also update the section in this file"
    )
    asked = parser.parse_args()
    try:
        rows, address = tried(asked.browsers or list(BROWSERS))
    except FileNotFoundError as missing:
        parser.exit(1, f"{missing}\n")
    said = f"{HOW}\n{table(rows, address)}"
    print(said)
    if asked.write:
        renew(asked.write, TITLE, said, HEAD)
    raise SystemExit(1 if any(result.faults for *_, result in rows) else 0)


def tried(names: Sequence[str]) -> tuple[list[Row], str]:
    """Start the app, take all steps in these browsers, and return what each brought, and the app's address."""
    rows = []
    dataset = load_once(str(find_home().root))
    with tempfile.TemporaryDirectory() as logs:
        log = Path(logs) / "server.log"
        with running(PAGES["app"], free_port(FIRST_PORT), log) as address:
            for name in names:
                for width, height in SIZES:
                    print(f"{name}, {width} × {height}", file=sys.stderr)
                    with BROWSERS[name](width, height) as driver:
                        window = f"{width} × {height}"
                        rows += [
                            (driver.name, driver.version, window, result)
                            for result in Trial(driver, address, dataset, width).results()
                        ]
    return rows, address


def table(rows: Sequence[Row], address: str = "") -> str:
    """Return the table in Markdown, and below it each fault once, with the number that the table gives it.

    `address` is the server's, which is left out.
    """
    numbers: dict[str, int] = {}
    lines = ["| browser | version | window | step | result |", "|---|---|---|---|---|"]
    for browser, version, window, result in rows:
        found = [numbers.setdefault(one, len(numbers) + 1) for one in result.faults]
        said = f"failed: {', '.join(map(str, found))}" if found else "passed"
        lines.append(f"| {browser} | {version} | {window} | {result.step} | {said} |")
    if numbers:
        lines.append("")
    for fault, number in numbers.items():
        said = " ".join(fault.replace(address, "").split()).replace("`", "'")
        lines.append(f"{number}. `{said}`")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
