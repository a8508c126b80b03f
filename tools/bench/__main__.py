"""Visit the pages with layers of every size; print the report, and write it to a file if asked."""

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from tools.bench.app_steps import read_list, read_text
from tools.bench.browser import FULL, SHELL, find_browser
from tools.bench.report import report
from tools.bench.scaling import SIZES, run_sizes
from tools.bench.scaling_chart import write_chart
from tools.bench.scaling_report import scaling_section
from tools.bench.sections import rewrite
from tools.bench.servers import serving
from tools.bench.visit import Visit, steps, visit

OTHERS: Final = ("Lighthouse", "Other browsers")
"""The sections of the file that other programs write."""


def main() -> None:
    """Run the benchmark; a missed target is reported, but is not a failure."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--rounds", type=_positive, default=5, help="visits of each page (5)")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also write the report to this file"
    )
    parser.add_argument(
        "--sizes", type=_positive, nargs="*", default=SIZES, metavar="N",
        help="numbers of projects to test with; none to leave this part out",
    )  # fmt: skip
    asked = parser.parse_args()
    found = find_browser(FULL + SHELL)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        text = run(browser, asked.rounds)
        grown = run_sizes(browser, sorted(asked.sizes), asked.rounds) if asked.sizes else {}
        browser.close()
    if grown:
        text += f"\n## At any size\n\n{scaling_section(grown)}"
    print(text)
    if asked.write:
        asked.write.parent.mkdir(parents=True, exist_ok=True)
        rewrite(asked.write, text, OTHERS)
        if grown:
            write_chart(asked.write.with_suffix(".svg"), grown)


def run(browser: Browser, rounds: int) -> str:
    """Visit all pages `rounds` times in turn, after a first visit of each that is not counted."""
    samples = defaultdict(lambda: defaultdict(list))
    moments = defaultdict(lambda: defaultdict(list))
    plan = steps()
    with serving() as addresses:
        for number in range(rounds + 1):
            for name, address in addresses.items():
                print(f"round {number} of {rounds}: {name}", file=sys.stderr)
                made = visit(browser, name, address, plan, _more if name == "app" else None)
                if number == 0:
                    continue
                for measure, values in made.samples.items():
                    samples[name][measure] += values
                for moment, at in made.moments.items():
                    moments[name][moment].append(at)
    return report(samples, moments, rounds, browser.version)


def _more(visited: Visit, address: str) -> None:
    read_list(visited, address)
    read_text(visited, address)


def _positive(given: str) -> int:
    number = int(given)
    if number < 1:
        raise argparse.ArgumentTypeError("there must be at least one round")
    return number


if __name__ == "__main__":
    main()
