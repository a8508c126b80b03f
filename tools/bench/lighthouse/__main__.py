"""Run Lighthouse on the app and on the empty page; print the tables, and write them to a file if asked."""

import argparse
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tools.bench.lighthouse.audit import PRESETS, Audited, browser_path, run, version
from tools.bench.lighthouse.report import PAGES, TITLE, section
from tools.bench.process import wait_for_rest
from tools.bench.report import HOW
from tools.bench.sections import renew
from tools.bench.servers import PAGES as SCRIPTS
from tools.bench.servers import free_port, running

FIRST_PORT: Final = 8781
QUERY: Final = "?lang=zh"
"""Lighthouse's browser prefers English."""


def main() -> None:
    """Run Lighthouse; a missed target is reported, but is not a failure."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.lighthouse", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each page and preset (3)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also update the section in this file"
    )
    asked = parser.parse_args()
    if asked.rounds < 1:
        parser.error("there must be at least one round")
    try:
        installed = version()
    except FileNotFoundError as missing:
        parser.exit(1, f"{missing}\n")
    browser = browser_path()
    said = section(measured(asked.rounds, browser), installed, _named(browser))
    print(said)
    if asked.write:
        renew(asked.write, TITLE, said, HOW)


def measured(rounds: int, browser: str) -> dict[str, dict[str, list[Audited]]]:
    """Run Lighthouse on both pages in turn, so that a slow minute of the machine affects both."""
    results: dict[str, dict[str, list[Audited]]] = {
        preset: {page: [] for page in PAGES} for preset in PRESETS
    }
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {}
        for page in PAGES:
            port = free_port(FIRST_PORT + len(servers))
            servers[page] = stack.enter_context(running(SCRIPTS[page], port, logs / f"{page}.log"))
        for number in range(1, rounds + 1):
            for preset in PRESETS:
                for page, address in servers.items():
                    print(f"round {number} of {rounds}: {page}, {preset}", file=sys.stderr)
                    if not wait_for_rest():
                        print(f"the machine is still busy before {page}", file=sys.stderr)
                    results[preset][page].append(run(f"{address}/{QUERY}", preset, browser))
    return results


def _named(browser: str) -> str:
    """Return the browser's name and version."""
    command = [browser, "--version", "--headless", "--no-sandbox"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return said.strip()


if __name__ == "__main__":
    main()
