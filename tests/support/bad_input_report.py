"""Write docs/bad-input.md: each way of the table, tried, with what came of it.

Run by `make bad-input`. What a program of this machine says (the system, the database's driver) is in
it as it was said here.
"""

import html
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geo.core.files import write_atomically
from support import ROOT
from support.bad_input import CALM, REFUSED, Outcome, tried
from support.bad_input_cases import TABLE

PAGE: Final = ROOT / "docs" / "bad-input.md"
LONGEST: Final = 200
"""Characters of a message that are shown."""

PARTS: Final = {
    "data": "The layer",
    "texts": "The texts of the layer",
    "files": "The files of a folder, and where it lies",
    "commands": "Commands, and the machine they run on",
    "requests": "Requests to the addresses under /api",
    "links": "Links to the page",
}

HEAD: Final = """\
# Bad input

What happens to whatever is spoiled: {count} ways, each tried on a copy in which nothing else differs.
Made by `make bad-input` from the table in `tests/support/bad_input_cases.py`; a test holds each way to its outcome,
and to this: the message names record, value, rule and cure, there is no traceback, and no file changes.

Two rules stand behind the table. What is not read strictly is not read at all: `geo/core/files.py`,
`geo/core/validation.py` and `geo/core/faults.py` say what JSON, coordinates and texts may hold. And what is text stays
text: script, Markdown and formulas are taken as the words they are, and `tests/browser/test_hostile_text.py` opens
every view with them in a browser and looks that none of them ran.
"""


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield HEAD.format(count=len(TABLE))
    for part, title in PARTS.items():
        yield f"## {title}\n"
        yield "| what is spoiled | what comes of it | what is said |"
        yield "|---|---|---|"
        for spoiling in (one for one in TABLE if one.part == part):
            with tempfile.TemporaryDirectory() as folder:
                outcome = tried(spoiling, Path(folder))
            if outcome.kind != spoiling.outcome or not outcome.unchanged:
                sys.exit(f"{spoiling.name}: {outcome}")
            yield f"| {spoiling.name} | {outcome.kind} | {_code(said(outcome))} |"
        yield ""


def said(outcome: Outcome) -> str:
    """Return the first line of a message, as a reader sees it, shortened."""
    message = outcome.message
    if outcome.kind == CALM:
        found = re.search(r'<p class="pm-count".*?</p>', message, re.DOTALL)
        noted = re.search(r'<\w+ class="pm-note.*?</p>', message, re.DOTALL) or found
        message = html.unescape(re.sub(r"<[^>]+>", "", noted[0] if noted else ""))
    first = message.strip().splitlines()[0]
    more = len(message.strip().splitlines()) - 2 if outcome.kind == REFUSED else 0
    shown = first if len(first) <= LONGEST else first[:LONGEST] + "…"
    return f"{shown} (and {more} more)" if more > 0 else shown


def _code(words: str) -> str:
    """Return words as code in a cell of a table: nothing in them is markup."""
    fence = "``" if "`" in words else "`"
    inside = words.replace("|", "\\|")
    return f"{fence}{' ' if fence != '`' else ''}{inside}{' ' if fence != '`' else ''}{fence}"


def names_in(page: str) -> list[str]:
    """Return the names of the ways that a page tells of, in its order."""
    rows = [line.split(" | ")[0].removeprefix("| ") for line in page.splitlines()]
    return [
        row for row, line in zip(rows, page.splitlines(), strict=True)
        if line.startswith("| ") and row != "what is spoiled"
    ]  # fmt: skip


if __name__ == "__main__":
    write_atomically(PAGE, "\n".join(page()))
