"""Asks online services for known vulnerabilities of packages.

A package that a service does not answer for counts as unanswered, not as safe.
"""

import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tools.audit import TOOLS

SERVICES: Final = ("pypi", "osv")


@dataclass(frozen=True)
class Answer:
    """What a service answered: the vulnerabilities by package, and the packages it gave no answer for."""

    service: str
    known: Mapping[str, tuple[str, ...]]
    silent: tuple[str, ...]

    def __str__(self) -> str:
        asked = len(self.known) + len(self.silent)
        return f"{self.service} answered for {len(self.known)} of {asked} packages"


def ask(packages: Mapping[str, str]) -> list[Answer]:
    """Ask one service after another until one has answered for every package."""
    answers = []
    for service in SERVICES:
        answers.append(ask_one(service, packages))
        if not answers[-1].silent:
            break
    return answers


def ask_one(service: str, packages: Mapping[str, str]) -> Answer:
    """Ask one service; if it cannot be reached, it has answered for no package."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "packages.txt"
        lines = "".join(f"{name}=={version}\n" for name, version in packages.items())
        listed.write_text(lines, encoding="utf-8")
        command: list[str | Path] = [
            TOOLS / "pip-audit", "--requirement", listed, "--no-deps", "--disable-pip",
            "--format", "json", "--progress-spinner", "off", "--vulnerability-service", service,
        ]  # fmt: skip
        # It exits with 1 both for a vulnerability and for an error; only for the former it prints JSON.
        said = subprocess.run(command, check=False, capture_output=True, text=True)
    return read(service, packages, said.stdout)


def read(service: str, packages: Iterable[str], said: str) -> Answer:
    """Return the answer in pip-audit's JSON, where a package that was skipped counts as unanswered."""
    told: list[dict[str, Any]] = json.loads(said)["dependencies"] if said.strip() else []
    known = {
        one["name"]: tuple(f"{found['id']} (fixed in {_fixed(found)})" for found in one["vulns"])
        for one in told
        if "skip_reason" not in one
    }
    return Answer(service, known, tuple(name for name in packages if name not in known))


def _fixed(found: Mapping[str, Any]) -> str:
    return ", ".join(found["fix_versions"]) or "no version yet"
