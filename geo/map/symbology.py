"""How lines and signs are drawn: one table for the live map, the one-file edition and the printed sheet.

A signature is the form that tells a kind of line without its colour: the high-speed railway is a
solid line with light dashes in it, the conventional railway has ticks, the metropolitan line is two
thin lines, the expressway a cased line, the avenue a plain one, and water works carry beads. Each
has a form for what exists or is being built and one for what is only planned.

Lengths are pixels of the screen at the scale of the first view; the map multiplies them as it comes
nearer. Paints are names that each theme gives a colour: "hue" is the family's colour, "ground" the
land's, "tint" a light mixture of the two.
"""

import re
from dataclasses import dataclass
from typing import Final

from geo.layer.projects import Project


@dataclass(frozen=True)
class Stroke:
    """One stroke along a line. `shift` moves its dashes on, so that ticks meet the dashes below."""

    width: float
    paint: str = "hue"
    dash: tuple[float, ...] = ()
    cap: str = "butt"
    shift: float = 0


@dataclass(frozen=True)
class Signature:
    """A kind of line: the strokes of what stands or is being built, and of what is only planned.

    `rank` orders names by importance, the lowest first; `region` says whether it is drawn at the
    scale of the first view.
    """

    code: str
    rank: int
    built: tuple[Stroke, ...]
    planned: tuple[Stroke, ...]
    region: bool = True


@dataclass(frozen=True)
class Sign:
    """A kind of point: its letter for a reader of Chinese, its rank, and whether it is of the first view."""

    code: str
    rank: int
    region: bool


LINES: Final = (
    Signature(
        "hsr", 1,
        (Stroke(3.4), Stroke(1.5, "ground", (8, 8))),
        (Stroke(3, dash=(9, 5)), Stroke(1, "ground", (9, 5))),
    ),
    Signature(
        "expressway", 2,
        (Stroke(4.6), Stroke(2.4, "tint")),
        (Stroke(4.6, dash=(9, 5)), Stroke(2.4, "tint", (9, 5))),
    ),
    Signature(
        "railway", 3,
        (Stroke(1.6), Stroke(7, dash=(1.3, 8.7))),
        (Stroke(1.6, dash=(6.5, 3.5)), Stroke(7, dash=(1.3, 8.7), shift=-2.6)),
    ),
    Signature(
        "metro", 4,
        (Stroke(4.8), Stroke(3, "ground")),
        (Stroke(4.8, dash=(7, 3.5)), Stroke(3, "ground")),
    ),
    Signature("avenue", 5, (Stroke(2.2),), (Stroke(2.2, dash=(6, 4)),)),
    Signature(
        "waterworks", 6,
        (Stroke(1.8), Stroke(5, dash=(0, 13), cap="round")),
        (Stroke(1.8, dash=(5, 3.5)), Stroke(5, dash=(0, 17), cap="round", shift=-2.5)),
    ),
    Signature(
        "line", 8, (Stroke(2.2),), (Stroke(2.2, dash=(2, 4)),), region=False
    ),
)  # fmt: skip
"""The kinds of line by the rank of their names; "line" is any other, such as a waterway."""

SIGNS: Final = (
    Sign("station", 0, region=True),
    Sign("airport", 0, region=True),
    Sign("logistics", 4, region=True),
    Sign("site", 9, region=False),
)
"""The kinds of point: station hubs and airports first."""

UPGRADED: Final = (0.8, 2)
"""What exists and is to be improved has a fine line along each side: its width, and how far it
stands from the edge of the line."""

SOFT: Final = ((3, 0.13), (6, 0.08), (10, 0.05))
"""What is placed only approximately has a soft edge: the pixels by which each stroke below the line
is wider than the line, and its opacity. Planned lines are broken; soft ones are not."""

OUTSIDE: Final = (0.62, 0.5)
"""Beyond the place's own counties lines are this much thinner, and this strong."""

GROWTH: Final = {"region": 1.0, "county": 1.25, "town": 1.5}
"""How much heavier lines and signs are at each band of scale."""

FORMS: Final = {
    "seek": "planned", "study": "planned", "prepare": "planned", "plan": "planned",
    "start": "built", "build": "built", "upgrade": "upgraded",
}  # fmt: skip
"""The form in which a stage of the decision is drawn."""

HIGH_SPEED: Final = re.compile(r"高铁|高速铁路|客专|客运专线|high-speed r", re.IGNORECASE)
METROPOLITAN: Final = re.compile(
    r"市域|地铁|轻轨|轨道交通|metro|suburban r|rail transit", re.IGNORECASE
)
EXPRESSWAY: Final = re.compile(r"高速(?!铁)|expressway|motorway", re.IGNORECASE)
"""What a name says of the kind of a line. The decision names every line by its kind, and so do
English plans; a test holds each line of this layer to the kind that a reader found for it."""


def signature(project: Project) -> str | None:
    """Return the code of the kind of line or point a project is; None for areas and what has no place."""
    shape = project.geometry
    if shape is None or shape.area > 0:
        return None
    name = f"{project.name_zh} {project.name_en}"
    if shape.length == 0:
        signs = {"rail": "station", "aviation": "airport", "logistics": "logistics"}
        return signs.get(project.sector, "site")
    if project.sector == "rail":
        if METROPOLITAN.search(name):
            return "metro"
        return "hsr" if HIGH_SPEED.search(name) else "railway"
    if project.sector == "road":
        return "expressway" if EXPRESSWAY.search(name) else "avenue"
    return "waterworks" if project.sector == "water" else "line"
