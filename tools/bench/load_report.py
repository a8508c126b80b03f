"""The sections of docs/load.md: each program updates its own and leaves the others unchanged."""

import os
import platform
import re
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from geo.core.files import write_atomically

HEAD = """\
# Load

What many readers at once, and a long visit, cost the server. Update this page with
`python -m tools.bench.load --write docs/load.md` and `python -m tools.bench.soak --write docs/load.md`.
Nothing here fails a build: the figures depend on the machine.
"""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table in Markdown; all columns but the first are aligned to the right."""
    head = list(head)
    lines = [f"| {' | '.join(head)} |", "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines)


def conditions() -> str:
    """Return a sentence about the machine and the versions."""
    busy = os.getloadavg()[0]
    named = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "uvicorn"))
    return (
        f"Measured on {os.cpu_count()} cores, {platform.system()} {platform.release()}, Python "
        f"{platform.python_version()}, {named}. Server and readers shared these cores with each "
        f"other and with other work; the load average at the end was {busy:.1f}."
    )


def renew(path: Path, title: str, body: str) -> None:
    """Write a section to the file; it replaces the section with the same title, if there is one."""
    text = path.read_text(encoding="utf-8") if path.exists() else HEAD
    section = f"## {title}\n\n{body.strip()}\n"
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found:
        text = text[: found.start()] + section + "\n" + text[found.end() :]
    else:
        text = text.rstrip() + "\n\n" + section
    write_atomically(path, text.rstrip() + "\n")
