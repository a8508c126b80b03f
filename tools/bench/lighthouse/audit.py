"""Runs Lighthouse on a page, and reads from its JSON what the report needs."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tools.bench.browser import FULL, SHELL, find_browser
from tools.bench.lighthouse import TOOLS

PRESETS: Final[Mapping[str, tuple[str, ...]]] = {"desktop": ("--preset=desktop",), "phone": ()}
"""The options of each preset; Lighthouse's default is a slow phone on a slow network, simulated."""

SCORES: Final = ("performance", "accessibility", "best-practices", "seo")
"""Lighthouse's categories that are asked for."""

TIMES: Final[Mapping[str, str]] = {
    "fcp": "first-contentful-paint",
    "lcp": "largest-contentful-paint",
    "tbt": "total-blocking-time",
    "cls": "cumulative-layout-shift",
}
"""The audits whose numbers are read: milliseconds, and for the last the sum of the shifts."""

COUNTED: Final = ("binary", "numeric", "metricSavings")
"""How an audit is scored if it can fail; the others inform, are for people, or do not apply."""

TELLING: Final = (
    "selector",
    "url",
    "scriptUrl",
    "source",
    "line",
    "message",
    "description",
    "error",
)
"""The keys of an item of an audit that say where the fault is and what it is, in order."""

LONGEST: Final = 160
"""Characters of one item that are kept."""


@dataclass(frozen=True)
class Failure:
    """An audit that a page does not pass; `weight` 0 means that it does not lower the score."""

    category: str
    audit: str
    title: str
    weight: float
    items: tuple[str, ...]


@dataclass(frozen=True)
class Audited:
    """What one run found: scores from 0 to 100, times in milliseconds, failures but those of speed."""

    figures: Mapping[str, float]
    failures: tuple[Failure, ...]


def browser_path() -> str:
    """Return the path of the Chromium that the tests and the benchmark use."""
    found = find_browser(SHELL + FULL)
    if found:
        return found
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def version() -> str:
    """Return the version of Lighthouse; raise FileNotFoundError if it is not installed."""
    package = TOOLS / "node_modules" / "lighthouse" / "package.json"
    if not package.exists():
        raise FileNotFoundError(f"there is no Lighthouse in {TOOLS}; run make lighthouse")
    return str(json.loads(package.read_text(encoding="utf-8"))["version"])


def run(address: str, preset: str, browser: str) -> Audited:
    """Run Lighthouse once; raise RuntimeError, with its last words, if it cannot judge the page."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "report.json"
        command = [
            str(TOOLS / "bin" / "node"),
            str(TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"),
            address,
            *PRESETS[preset],
            f"--only-categories={','.join(SCORES)}",
            "--chrome-flags=--headless --no-sandbox",
            "--output=json",
            f"--output-path={written}",
            "--quiet",
            "--no-enable-error-reporting",
        ]
        ended = subprocess.run(
            command,
            env=os.environ | {"CHROME_PATH": browser},
            capture_output=True,
            text=True,
            check=False,
        )
        if not written.exists():
            raise RuntimeError(f"Lighthouse ended with {ended.returncode}: {ended.stderr[-2000:]}")
        # The port differs from run to run; what is found should not.
        server = urlsplit(address)
        said = written.read_text(encoding="utf-8").replace(f"{server.scheme}://{server.netloc}", "")
        return read(json.loads(said))


def read(report: Mapping[str, Any]) -> Audited:
    """Return what one of Lighthouse's reports says.

    Raises RuntimeError if it says that it could not judge the page.
    """
    if "runtimeError" in report:
        raise RuntimeError(f"Lighthouse could not judge the page: {report['runtimeError']}")
    audits = report["audits"]
    figures = {one: 100 * report["categories"][one]["score"] for one in SCORES}
    figures |= {name: audits[audit]["numericValue"] for name, audit in TIMES.items()}
    figures["machine"] = report["environment"]["benchmarkIndex"]
    return Audited(figures, tuple(_failures(report)))


def _failures(report: Mapping[str, Any]) -> Iterator[Failure]:
    for category in SCORES[1:]:
        for reference in report["categories"][category]["auditRefs"]:
            audit = report["audits"][reference["id"]]
            if audit["scoreDisplayMode"] == "error":
                said = (str(audit.get("errorMessage", "")),)
            elif audit["scoreDisplayMode"] in COUNTED and audit["score"] < 1:
                said = tuple(
                    _said(item)[:LONGEST] for item in audit.get("details", {}).get("items", ())
                )
            else:
                continue
            yield Failure(category, audit["id"], audit["title"], reference["weight"], said)


def _said(item: Mapping[str, Any]) -> str:
    """Return what an item says of the fault, with what its parts say, in one line."""
    parts = []
    for key, value in item.items():
        if isinstance(value, Mapping):
            parts.append(_said(value))
        elif isinstance(value, list):
            parts += [_said(one) for one in value if isinstance(one, Mapping)]
        elif key in TELLING:
            parts.append(str(value))
    return " ".join(" ".join(parts).split())
