"""The sections of docs/load.md: each program updates its own and leaves the others unchanged."""

import os
import platform
from collections.abc import Iterable
from importlib.metadata import version

HEAD = """\
# Load

What many readers at once, loads of the page, a long visit and a flood cost the server. Update this page with
`python -m tools.bench.load --write docs/load.md`, `python -m tools.bench.soak --write docs/load.md` and
`python -m tools.bench.flood --write docs/load.md`.
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
