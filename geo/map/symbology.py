"""How projects are drawn: symbols of lines and points, and the colours of every theme.

The live map, the one-file edition and the printed sheet take both from here. The symbol tells a kind of
line without its colour: a high-speed railway is a solid line with light dashes in it, a conventional
railway has ticks, a metropolitan line is two thin lines, an expressway is cased, an avenue is plain, and
water works carry beads. Each has a form for what exists or is being built and one for what is planned.

Lengths are pixels of the screen at the scale of the first view; the map multiplies them as it comes
nearer. Paints are names that each theme gives a colour: "hue" is the family's colour, "ground" the
land's, "tint" a light mixture of the two.
"""

import re
from dataclasses import asdict, dataclass
from typing import Final

from geo.layer.codes import FAMILIES
from geo.layer.projects import Project


@dataclass(frozen=True)
class Theme:
    """The colours below and around the projects in one theme.

    `paper` lies outside the place's own counties and `land` within; `edge` runs along its boundary;
    `county` is the ink of a county's name.
    """

    paper: str
    land: str
    edge: str
    ink: str
    quiet: str
    county: str
    border: str
    river: str
    accent: str


THEME_COLOURS: Final = {
    "light": Theme(
        paper="#efebe3", land="#fffefb", edge="#f0d9d3", ink="#23272e", quiet="#5d6168",
        county="#6b665c", border="#a09c92", river="#a9cfe6", accent="#b3261e",
    ),
    "dark": Theme(
        paper="#0f1216", land="#222932", edge="#46333a", ink="#e9e6df", quiet="#a7abb2",
        county="#b9b4a8", border="#656b74", river="#2f5673", accent="#ff8a7a",
    ),
    # Where the reader's system forces its own colours, these are its names for them.
    "forced": Theme(
        paper="Canvas", land="Canvas", edge="Canvas", ink="CanvasText", quiet="CanvasText",
        county="CanvasText", border="GrayText", river="GrayText", accent="Highlight",
    ),
}  # fmt: skip
"""The ground by the name of its theme."""


def theme_css() -> str:
    """Return the ground's colours as custom properties (`--pm-paper`, `--pm-land` …) in each theme."""
    light, dark = (
        " ".join(f"--pm-{name}: {colour};" for name, colour in asdict(THEME_COLOURS[theme]).items())
        for theme in ("light", "dark")
    )
    return f':root {{ {light} }}\n:root[data-theme="dark"] {{ {dark} }}\n'


def family_css() -> str:
    """Return the hue of each family as a custom property, and the class that wears it.

    The theme is the one that `data-theme` of the root names, else that of the reader's system;
    the page on paper is light. A property is `--pm-hue-CODE`, since `--pm-land` is the ground.
    """
    light, dark = (
        " ".join(f"--pm-hue-{one.code}: {getattr(one, theme)};" for one in FAMILIES)
        for theme in ("light", "dark")
    )
    classes = (f".pm-{one.code} {{ --hue: var(--pm-hue-{one.code}); }}" for one in FAMILIES)
    rules = (
        f":root {{ {light} }}",
        f':root[data-theme="dark"] {{ {dark} }}',
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}",
        *classes,
    )
    return "\n".join(rules) + "\n"


@dataclass(frozen=True)
class Stroke:
    """One stroke along a line. `shift` moves its dashes on, so that ticks meet the dashes below."""

    width: float
    paint: str = "hue"
    dash: tuple[float, ...] = ()
    cap: str = "butt"
    shift: float = 0


@dataclass(frozen=True)
class LineSymbol:
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
class PointSymbol:
    """A kind of point: its letter for a reader of Chinese, its rank, and whether it is of the first view."""

    code: str
    rank: int
    region: bool


LINE_SYMBOLS: Final = (
    LineSymbol(
        "hsr", 1,
        (Stroke(3.4), Stroke(1.5, "ground", (8, 8))),
        (Stroke(3, dash=(9, 5)), Stroke(1, "ground", (9, 5))),
    ),
    LineSymbol(
        "expressway", 2,
        (Stroke(4.6), Stroke(2.4, "tint")),
        (Stroke(4.6, dash=(9, 5)), Stroke(2.4, "tint", (9, 5))),
    ),
    LineSymbol(
        "railway", 3,
        (Stroke(1.6), Stroke(7, dash=(1.3, 8.7))),
        (Stroke(1.6, dash=(6.5, 3.5)), Stroke(7, dash=(1.3, 8.7), shift=-2.6)),
    ),
    LineSymbol(
        "metro", 4,
        (Stroke(4.8), Stroke(3, "ground")),
        (Stroke(4.8, dash=(7, 3.5)), Stroke(3, "ground")),
    ),
    LineSymbol("avenue", 5, (Stroke(2.2),), (Stroke(2.2, dash=(6, 4)),)),
    LineSymbol(
        "waterworks", 6,
        (Stroke(1.8), Stroke(5, dash=(0, 13), cap="round")),
        (Stroke(1.8, dash=(5, 3.5)), Stroke(5, dash=(0, 17), cap="round", shift=-2.5)),
    ),
    LineSymbol(
        "line", 8, (Stroke(2.2),), (Stroke(2.2, dash=(2, 4)),), region=False
    ),
)  # fmt: skip
"""The kinds of line by the rank of their names; "line" is any other, such as a waterway."""

POINT_SYMBOLS: Final = (
    PointSymbol("station", 0, region=True),
    PointSymbol("airport", 0, region=True),
    PointSymbol("logistics", 4, region=True),
    PointSymbol("site", 9, region=False),
)
"""The kinds of point: station hubs and airports first."""

UPGRADED: Final = (0.8, 2)
"""What exists and is to be improved has a fine line along each side: its width, and how far it
stands from the edge of the line."""

SOFT_EDGE: Final = ((3, 0.13), (6, 0.08), (10, 0.05))
"""What is placed only approximately has a soft edge: the pixels by which each stroke below the line
is wider than the line, and its opacity. Planned lines are broken; soft ones are not."""

OUTSIDE: Final = (0.62, 0.5)
"""Beyond the place's own counties lines are this much thinner, and this strong."""

WEIGHT_BY_BAND: Final = {"region": 1.0, "county": 1.25, "town": 1.5}
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


def symbol_code(project: Project) -> str | None:
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
