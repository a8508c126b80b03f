"""`python -m bench.exports`: how long each download takes to make, and how large it is.

At the real layer and at one of 10 000 projects that keeps the contract.
"""

import gzip
import math
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import shapely

from geo.checks import check, load
from geo.dataset import Dataset
from geo.exports import FORMATS, export
from geo.features import Project
from geo.filters import ProjectFilter
from geo.home import find_home
from geo.selection import Selection, select

LARGE: Final = 10_000
ROUNDS: Final = 3
STEP: Final = 0.00001
"""Degrees, about a metre: a copy differs from its original, and is still in its county."""


def larger(dataset: Dataset, count: int) -> Dataset:
    """Return the dataset with its projects repeated under new ids until there are `count`.

    Copies are moved a little, so that no geometry is stored once for all of them; what fills a
    whole district stays. The result keeps every check.
    """
    copies = math.ceil(count / len(dataset.projects))
    made = [
        replace(project, id=f"{project.id}-{number}", geometry=_moved(project, number))
        for project in dataset.projects.values()
        for number in range(1, copies)
    ]
    # The originals stay, because other files name them.
    chosen = [*dataset.projects.values(), *made][:count]
    ordered = sorted(chosen, key=lambda project: project.id)
    return replace(dataset, projects={project.id: project for project in ordered})


def _moved(project: Project, number: int) -> shapely.Geometry | None:
    if project.geometry is None or project.precision == "area":
        return project.geometry
    # Towards the middle of the window, which no shift of this size can then leave.
    lon, lat = project.geometry.centroid.coords[0]
    aside = STEP * (1 + number % 20)
    step = (aside if lon < 105 else -aside, aside if lat < 30.2 else -aside)
    return shapely.transform(project.geometry, lambda points: points + step)


def measured(selection: Selection) -> Iterator[str]:
    """Yield a row per format: milliseconds (median), bytes, and bytes as sent with gzip."""
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
    real = load(find_home())
    for dataset in (real, larger(real, LARGE)):
        if faults := check(dataset):
            raise SystemExit("\n".join(map(str, faults[:10])))
        for row in measured(select(dataset, ProjectFilter())):
            print(row)


if __name__ == "__main__":
    main()
