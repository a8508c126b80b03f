"""The colours of the map: its ground in each theme, and the hues of the families as a style sheet.

The live map, the one-file edition and the printed sheet take them from here.
"""

from dataclasses import asdict, dataclass
from typing import Final

from geo.layer.codes import FAMILIES


@dataclass(frozen=True)
class Ground:
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


GROUNDS: Final = {
    "light": Ground(
        paper="#efebe3", land="#fffefb", edge="#f0d9d3", ink="#23272e", quiet="#5d6168",
        county="#6b665c", border="#a09c92", river="#a9cfe6", accent="#b3261e",
    ),
    "dark": Ground(
        paper="#0f1216", land="#222932", edge="#46333a", ink="#e9e6df", quiet="#a7abb2",
        county="#b9b4a8", border="#656b74", river="#2f5673", accent="#ff8a7a",
    ),
    # Where the reader's system forces its own colours, these are its names for them.
    "forced": Ground(
        paper="Canvas", land="Canvas", edge="Canvas", ink="CanvasText", quiet="CanvasText",
        county="CanvasText", border="GrayText", river="GrayText", accent="Highlight",
    ),
}  # fmt: skip
"""The ground by the name of its theme."""


def ground_css() -> str:
    """Return the ground's colours as custom properties (`--pm-paper`, `--pm-land` …) in each theme."""
    light, dark = (
        " ".join(f"--pm-{name}: {colour};" for name, colour in asdict(GROUNDS[theme]).items())
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
