"""Measure how far the hues of the families are apart, and write docs/colours.md.

Run by `make colours`. Distances are ΔE in CAM02-UCS, where 1 is about the least that can be told.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np
from colorspacious import cspace_convert, deltaE

from geo.core.files import write_atomically
from geo.core.i18n import text
from geo.layer.codes import FAMILIES
from geo.map.symbology import THEME_COLOURS
from support import ROOT

PAGE: Final = ROOT / "docs" / "colours.md"

THEMES: Final = ("light", "dark")
SIGHTS: Final = {
    "normal": None,
    "no red": {"name": "sRGB1+CVD", "cvd_type": "protanomaly", "severity": 100},
    "no green": {"name": "sRGB1+CVD", "cvd_type": "deuteranomaly", "severity": 100},
    "no blue": {"name": "sRGB1+CVD", "cvd_type": "tritanomaly", "severity": 100},
}
"""Each sight and its simulation (Machado, Oliveira and Fernandes 2009)."""

APART: Final = {"normal": 20, "no red": 12, "no green": 12, "no blue": 12}
"""The least ΔE of any two families.

Seven hues that keep their names and carry text reach twelve for every eye, hardly more. They do so by
lightness as well as hue: of a pair that one eye confuses, such as orange and olive, one is the darker.
"""
RAIL_FROM_ROAD: Final = 25
"""Railways and roads cross everywhere and are never to be confused: twice what others keep."""
RAIL_FROM_ROAD_IN_GREY: Final = 12
"""Likewise on a sheet that was printed or copied without colour."""
ACCENT_APART: Final = 10
"""What is selected has a halo in the accent, which must not read as the hue of a family."""

CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3: text against its ground, for each project's name is written in its hue."""


def rgb(colour: str) -> np.ndarray:
    """Return "#rrggbb" as three numbers from 0 to 1."""
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def seen(colour: str, sight: str) -> np.ndarray:
    """Return a colour as an eye of this sight sees it, in sRGB from 0 to 1."""
    space = SIGHTS[sight]
    return (
        rgb(colour) if space is None else np.clip(cspace_convert(rgb(colour), space, "sRGB1"), 0, 1)
    )


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return float(np.dot(linear, [0.2126, 0.7152, 0.0722]))


def contrast(one: str, two: str) -> float:
    """Return the contrast ratio of WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def apart(one: str, two: str, sight: str = "normal") -> float:
    """Return ΔE of two colours for this sight."""
    return float(deltaE(seen(one, sight), seen(two, sight), input_space="sRGB1"))


def apart_in_grey(one: str, two: str) -> float:
    """Return ΔE of the greys that are as light as these two colours."""
    return float(deltaE(_grey(one), _grey(two), input_space="sRGB1"))


def _grey(colour: str) -> np.ndarray:
    light = luminance(colour)
    return np.full(3, 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)


def hues(theme: str) -> dict[str, str]:
    """Return the hue of each family for "light" or "dark"."""
    return {family.code: getattr(family, theme) for family in FAMILIES}


HEAD: Final = """\
# Colours

How far the hues of the seven families are apart, and how well they can be read. Made by `make colours`
from `geo/layer/codes.py`; a test keeps it so.

- Distances are ΔE in CAM02-UCS: 1 is about the least that can be told, two marks side by side need a few.
- "No red", "no green" and "no blue" are protanopia, deuteranopia and tritanopia, simulated after Machado,
  Oliveira and Fernandes (2009) at full severity. "Grey" compares the greys of equal luminance.
- Contrast is that of WCAG 2.2 against the place itself, the ground, and against the paper around it, onto
  which a name may run.
- Tests require of any two families at least {normal} in normal sight and {blind} in each of the others; of
  railways and roads {rail} in every sight and {grey} in grey; of each hue a contrast of {contrast}, and {accent}
  from the accent, which marks what is selected.
- The hue is never alone: icon, line pattern and text tell a sector too. In grey, where most pairs are near
  each other, they are what tells it.
"""


def page() -> str:
    """Return the page as Markdown."""
    blind = {APART[sight] for sight in SIGHTS if sight != "normal"}
    head = HEAD.format(
        normal=APART["normal"], blind=min(blind), rail=RAIL_FROM_ROAD, contrast=CONTRAST,
        grey=RAIL_FROM_ROAD_IN_GREY, accent=ACCENT_APART,
    )  # fmt: skip
    return "\n".join([head, *(line for theme in THEMES for line in _theme(theme))])


def _theme(theme: str) -> Iterator[str]:
    yield f"## {theme.capitalize()} theme\n"
    on = THEME_COLOURS[theme]
    yield f"Ground `{on.land}`, paper `{on.paper}`, accent `{on.accent}`.\n"
    yield "| family | hue | contrast on the ground | on the paper | ΔE from the accent |"
    yield "|---|---|---|---|---|"
    for code, hue in hues(theme).items():
        row = (contrast(hue, on.land), contrast(hue, on.paper), apart(hue, on.accent))
        shown = " | ".join(f"{one:.1f}" for one in row)
        yield f"| {_label(code)} | `{hue}` | {shown} |"
    yield ""
    yield f"| two families | {' | '.join(SIGHTS)} | grey |"
    yield "|---" * (len(SIGHTS) + 2) + "|"
    measured = []
    for (one, first), (two, second) in combinations(hues(theme).items(), 2):
        row = [apart(first, second, sight) for sight in SIGHTS] + [apart_in_grey(first, second)]
        measured.append(row)
        yield f"| {_label(one)} – {_label(two)} | {' | '.join(f'{cell:.1f}' for cell in row)} |"
    least = " | ".join(f"**{min(column):.1f}**" for column in zip(*measured, strict=True))
    yield f"| **least** | {least} |"
    yield ""


def _label(code: str) -> str:
    return text("en", f"family-{code}")


if __name__ == "__main__":
    write_atomically(PAGE, page())
