"""The numbered list of a sheet: by sector in the order of the legend, then as the decision has it."""

from collections.abc import Iterable
from dataclasses import dataclass

from geo.layer.codes import SECTORS
from geo.layer.projects import Project


@dataclass(frozen=True)
class Row:
    """A project with the number it has on this sheet, in the list and on the map."""

    number: int
    project: Project


def numbered(projects: Iterable[Project]) -> tuple[Row, ...]:
    """Return the projects in the order of the list, numbered from 1."""
    order = {sector.code: place for place, sector in enumerate(SECTORS)}
    found = sorted(projects, key=lambda one: (order[one.sector], one.anchors[0].start, one.id))
    return tuple(Row(number, project) for number, project in enumerate(found, start=1))


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a reader writes them: "1–3, 7, 9" for 1, 2, 3, 7, 9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for run in runs:
        if len(run) > 2:  # noqa: PLR2004 - two numbers need no dash between them
            parts.append(f"{run[0]}–{run[-1]}")
        else:
            parts += map(str, run)
    return ", ".join(parts)
