"""The verdict on an audit, and the report that is kept for when no service answers."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from tools.audit import REPORT, REQUIREMENTS
from tools.audit.vulnerabilities import Answer

NOBODY: Final = "no service answered: nothing is known about these versions"
NONE: Final = "no vulnerability is known"
KNOWN: Final = "vulnerabilities are known"


def fingerprint(requirements: Path) -> str:
    """Return the sha256 of a requirements file; a report states it to show which versions it covers."""
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


def found(answers: Iterable[Answer]) -> dict[str, tuple[str, ...]]:
    """Return the vulnerabilities that any service knows of, by package."""
    return {name: ids for one in answers for name, ids in one.known.items() if ids}


def conclusion(answers: Sequence[Answer]) -> str:
    """Return the result of all answers as one sentence."""
    if found(answers):
        return KNOWN
    return NONE if any(not one.silent for one in answers) else NOBODY


def report(packages: Mapping[str, str], answers: Sequence[Answer], day: str) -> str:
    """Return the report as Markdown."""
    told = {name for one in answers for name in one.known}
    known = {name: "none" if name in told else "not answered" for name in packages}
    known |= {name: "; ".join(ids) for name, ids in found(answers).items()}
    listed = "\n".join(
        f"| {name} | {version} | {known[name]} |" for name, version in packages.items()
    )
    return f"""# Audit of the packages

Written by `make audit-report`. `make audit` asks again. Where no service answers, it uses this page
instead, and fails if `requirements.txt` has changed since.

| | |
|---|---|
| asked on | {day} |
| requirements.txt | `{fingerprint(REQUIREMENTS)}` |
| answers | {"; ".join(map(str, answers))} |
| verdict | {conclusion(answers)} |

| package | version | known |
|---|---|---|
{listed}
"""


def judge(answers: Sequence[Answer], requirements: Path = REQUIREMENTS, page: Path = REPORT) -> int:
    """Print the result of the audit; return the exit status.

    It is 1 if a vulnerability is known, or if no service answered and the report covers other versions.
    """
    for one in answers:
        print(one)
    known = found(answers)
    for name, ids in known.items():
        print(f"{name}: {'; '.join(ids)}")
    said = conclusion(answers)
    if said != NOBODY:
        print(f"{said}.")
        return 1 if known else 0
    pinned = dict(
        re.findall(r"^\| ([\w. ]+) \| `?([^|`]+?)`? \|$", page.read_text("utf-8"), re.MULTILINE)
    )
    if pinned["requirements.txt"] != fingerprint(requirements):
        print(
            f"No service answered, and {page.name} is about other requirements; run "
            "`make audit-report` where a service answers, and read it."
        )
        return 1
    print(
        f"No service answered. The pinned report of {pinned['asked on']} is about these very "
        f"requirements; it says: {pinned['verdict']}. It does not cover what was found since."
    )
    return 1 if pinned["verdict"] == KNOWN else 0
