"""`python -m tools.bench.exports`: how long each download takes to make, and how large it is.

Measured with the real layer and with one of 10,000 projects, most of them copies (`synthetic_layers`).
"""

import gzip
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from geo.checks import load
from geo.core.home import find_home
from geo.exports.formats import FORMATS, export
from geo.layer.filters import ProjectFilter
from geo.layer.selection import Selection, select
from tools.bench.synthetic_layers import write_layer

LARGE: Final = 10_000
ROUNDS: Final = 3


def measured(selection: Selection) -> Iterator[str]:
    """Yield a table row for each format: median time in ms, size in kB, size in kB with gzip."""
    for one in FORMATS:
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            content = export(selection, one.code)
            times.append(time.perf_counter() - start)
        packed = gzip.compress(content, compresslevel=9, mtime=0)
        cells = (
            one.code,
            f"{len(selection.projects):,}",
            f"{statistics.median(times) * 1000:,.0f}",
            f"{len(content) / 1000:,.0f}",
            f"{len(packed) / 1000:,.0f}",
        )
        yield f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table in Markdown."""
    print("| format | projects | made in (ms) | size (kB) | with gzip (kB) |")
    print("|---|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for home in (find_home(), write_layer(Path(folder), LARGE)):
            for row in measured(select(load(home), ProjectFilter())):
                print(row)


if __name__ == "__main__":
    main()
