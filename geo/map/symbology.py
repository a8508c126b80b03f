"""How projects are drawn: symbols of lines and points, and the colours of every theme.

The live map, the one-file edition and the printed sheet all use these definitions. Kinds of line
can be told apart without colour: a high-speed railway is a solid line with light dashes inside, a
conventional railway has ticks, a metropolitan line is two thin lines, an expressway has a casing,
an avenue is a plain line, and waterworks have beads. Each symbol has one form for what exists or is
under construction and another for what is planned.

Lengths are in screen pixels at the scale of the initial view; the map enlarges them as it zooms in.
Paints are names that each theme resolves to a colour: "hue" is the colour of the sector's family,
"ground" that of the land, "tint" a light mixture of the two.
"""

import re
from dataclasses import asdict, dataclass
from typing import Final

from geo.layer.codes import FAMILIES
from geo.layer.projects import Project


@dataclass(frozen=True)
class Theme:
    """The colours of the map's background and text in one theme.

    `paper` is the area outside the place's own counties and `land` the area inside; `edge` is the
    band along its boundary; `county` is the text colour of county names.
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
    # CSS system colours, for users whose system forces its own colours.
    "forced": Theme(
        paper="Canvas", land="Canvas", edge="Canvas", ink="CanvasText", quiet="CanvasText",
        county="CanvasText", border="GrayText", river="GrayText", accent="Highlight",
    ),
}  # fmt: skip
"""The background colours by the name of the theme."""


def theme_css() -> str:
    """Return the background colours of each theme as CSS custom properties (`--pm-paper` …)."""
    light, dark = (
        " ".join(f"--pm-{name}: {colour};" for name, colour in asdict(THEME_COLOURS[theme]).items())
        for theme in ("light", "dark")
    )
    return f':root {{ {light} }}\n:root[data-theme="dark"] {{ {dark} }}\n'


def page_theme_css() -> str:
    """Return the map's background colours as custom properties of the page (`--pm-map-paper` …).

    The page's first view draws its map with them. They follow the user's system; print is light.
    """
    light, dark = (
        " ".join(
            f"--pm-map-{name}: {colour};" for name, colour in asdict(THEME_COLOURS[theme]).items()
        )
        for theme in ("light", "dark")
    )
    return (
        f":root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


HAN_SANS: Final = '"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"'
HAN_SERIF: Final = '"Noto Serif CJK SC", "Noto Serif SC", "Songti SC", SimSun'
LATIN_SANS: Final = (
    '"Noto Sans", "Segoe UI", -apple-system, "Helvetica Neue", Roboto, Arial, "Liberation Sans"'
)
LATIN_SERIF: Final = '"Noto Serif", Georgia, "Times New Roman", "Liberation Serif"'
"""The typefaces of the page and the map, which are those of the reader's system.

The quotation marks of both languages are the same characters, as wide as a Chinese one in a Chinese
typeface. `system-ui` is left out: it is a Chinese typeface on a Chinese system.
"""


def sans(language: str) -> str:
    """Return the typefaces for a language ("zh" or "en"), the first that a system has being used."""
    return (
        f"{HAN_SANS}, sans-serif" if language == "zh" else f"{LATIN_SANS}, {HAN_SANS}, sans-serif"
    )


def font_css() -> str:
    """Return the typefaces as CSS custom properties (`--pm-sans`, `--pm-serif`), by language.

    They hold within each element that has a language, and such an element is set in the first.
    """
    return (
        f':root, [lang|="zh"] {{ --pm-sans: {sans("zh")}; '
        f"--pm-serif: {HAN_SERIF}, serif; }}\n"
        f'[lang|="en"] {{ --pm-sans: {sans("en")}; '
        f"--pm-serif: {LATIN_SERIF}, {HAN_SERIF}, serif; }}\n"
        "[lang] { font-family: var(--pm-sans); }\n"
    )


def family_css() -> str:
    """Return the colour of each family as a CSS custom property, and the class that applies it.

    The theme is the root element's `data-theme`, or else that of the user's system; print is
    always light. The properties are named `--pm-hue-CODE` because one family is "land", and
    `--pm-land` is already a background colour.
    """
    light, dark = (
        " ".join(f"--pm-hue-{family.code}: {getattr(family, theme)};" for family in FAMILIES)
        for theme in ("light", "dark")
    )
    classes = (
        f".pm-{family.code} {{ --hue: var(--pm-hue-{family.code}); }}" for family in FAMILIES
    )
    rules = (
        f":root {{ {light} }}",
        f':root[data-theme="dark"] {{ {dark} }}',
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}",
        *classes,
    )
    return "\n".join(rules) + "\n"


@dataclass(frozen=True)
class Stroke:
    """A stroke along a line. `shift` moves its dashes forward, to align ticks with dashes below."""

    width: float
    paint: str = "hue"
    dash: tuple[float, ...] = ()
    cap: str = "butt"
    shift: float = 0


@dataclass(frozen=True)
class LineSymbol:
    """A kind of line: the strokes of its built form (or under construction) and its planned form.

    `rank` is the priority of its labels, lowest first. `region` says whether the line is drawn at
    the scale of the initial view.
    """

    code: str
    rank: int
    built: tuple[Stroke, ...]
    planned: tuple[Stroke, ...]
    region: bool = True


@dataclass(frozen=True)
class PointSymbol:
    """A kind of point: `rank` and `region` as in `LineSymbol`."""

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
"""The kinds of line by label priority; "line" is any other, such as a waterway."""

POINT_SYMBOLS: Final = (
    PointSymbol("station", 0, region=True),
    PointSymbol("airport", 0, region=True),
    PointSymbol("logistics", 4, region=True),
    PointSymbol("site", 9, region=False),
)
"""The kinds of point, by label priority."""

UPGRADED: Final = (0.8, 2)
"""Existing lines that are to be upgraded have a fine line along each side: its width, and its
distance from the edge of the main line."""

SOFT_EDGE: Final = ((3, 0.13), (6, 0.08), (10, 0.05))
"""Projects with an approximate location have a soft edge, made of wider strokes below the line.
For each: by how many pixels it is wider than the line, and its opacity. The soft edge is solid even
where the line is dashed."""

OUTSIDE: Final = (0.62, 0.5)
"""Factors for the width and the opacity of lines outside the place's own counties."""

WEIGHT_BY_BAND: Final = {"region": 1.0, "county": 1.25, "town": 1.5}
"""Factors for the size of lines and points in each range of zoom levels."""

FORMS: Final = {
    "seek": "planned", "study": "planned", "prepare": "planned", "plan": "planned",
    "start": "built", "build": "built", "upgrade": "upgraded",
}  # fmt: skip
"""The form of symbol for each stage of the decision."""


@dataclass(frozen=True)
class Today:
    """How the map of today draws a state of `geo.layer.codes.LOOKS`.

    `built` says which form of the symbol it has. `dash` replaces the dashes of a line, `rim` those
    around a point and `edge` those around an area; without dashes they are solid, except the edge.
    `weight` is a factor for the width of lines. `badge` puts a dot on the corner of a point.
    """

    built: bool = False
    dash: tuple[float, ...] = ()
    rim: tuple[float, ...] = ()
    edge: tuple[float, ...] = (0.1, 4.4)
    weight: float = 1.0
    opacity: float = 1.0
    badge: bool = False


TODAY: Final = {
    "open": Today(built=True, weight=1.3),
    "building": Today(built=True, dash=(14, 4)),
    "planned": Today(dash=(5, 5), rim=(2.6, 1.8)),
    "related": Today(
        dash=(9, 3.5, 1.5, 3.5), rim=(5, 1.8, 1.2, 1.8), edge=(5, 4.4, 0.1, 4.4), opacity=0.75,
        badge=True,
    ),
    "unknown": Today(dash=(1.5, 4.5), rim=(1, 2.4), opacity=0.5),
}  # fmt: skip
"""The symbols of the map of today. Points are filled if what they stand for is open."""

BADGE: Final = (0.42, 0.17)
"""The dot on the corner of a point: its distance from the middle along both axes, and its radius,
as fractions of the size of the sign."""

HIGH_SPEED: Final = re.compile(r"高铁|高速铁路|客专|客运专线|high-speed r", re.IGNORECASE)
METROPOLITAN: Final = re.compile(
    r"市域|地铁|轻轨|轨道交通|metro|suburban r|rail transit", re.IGNORECASE
)
EXPRESSWAY: Final = re.compile(r"高速(?!铁)|expressway|motorway", re.IGNORECASE)
"""Patterns that recognise the kind of a line by its name. The decision mentions the kind in the
name of every line, and so do English plans. A test compares the result for each line of this data
set with a kind assigned by hand."""


def symbol_code(project: Project) -> str | None:
    """Return the symbol code of a line or point; None for areas and projects without a location."""
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
