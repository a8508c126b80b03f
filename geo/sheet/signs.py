"""The plates on a map of a sheet: scale and north, and signs for what is as wide as a county."""

from collections.abc import Sequence
from typing import Final

from geo.core.i18n import text
from geo.sheet import measure
from geo.sheet.layout import Layout, around, as_place
from geo.sheet.listing import ranges
from geo.sheet.placing import Label

POINTS: Final = 6.5
COUNTY_SIGN: Final = 38.0
WIDE_SIGN: Final = 70.0
"""Greatest widths in mm of a county's sign, and of the sign of what is wider."""
INNER: Final = 3.4
"""Millimetres of a sign's width that are not text."""
BELOW_NAME: Final = 9.0
"""Millimetres from a county's name to its sign."""


def put_scale(layout: Layout) -> None:
    """Put scale and north into the corner under which the fewest projects lie."""
    size = layout.kind.plate
    spots = layout.corners(*size)
    box = layout.put(Label("scale", *size, spots[0], spots), [at for _, at in layout.points()])
    if box:
        layout.signs.append(as_place(box) | {"kind": "scale", "north": layout.kind.north})


def put_signs(layout: Layout) -> None:
    """Put a sign for each county and one for what is wider, with the numbers it stands for."""
    counties = layout.ground.counties
    wide = [row.number for row in layout.rows if row.project.scope == "wide"]
    if wide:
        title = text(layout.language, "sheet-wide", count=len(wide))
        size = _size(title, wide, WIDE_SIGN)
        spots = layout.corners(*size)
        _put(layout, Label("wide", *size, spots[0], spots), title, wide)
    for code in counties.index[counties["ziyang"]]:
        own = [
            row.number
            for row in layout.rows
            if row.project.scope == "county" and row.project.counties == (code,)
        ]
        if own:
            county = text(layout.language, f"county-{code}")
            title = text(layout.language, "sheet-whole-county", county=county, count=len(own))
            size = _size(title, own, COUNTY_SIGN)
            across, down = layout.frame.at(layout.ground.labels[code])
            spots = around((across, down + BELOW_NAME), range(-40, 41, 5), range(-40, 41, 4))
            _put(layout, Label(code, *size, (across, down), spots), title, own)


def _put(layout: Layout, wanted: Label, title: str, numbers: Sequence[int]) -> None:
    box = layout.put(wanted, layout.hidden())
    if box:
        layout.signs.append(
            as_place(box) | {"kind": "numbers", "title": title, "numbers": ranges(numbers)}
        )


def _size(title: str, numbers: Sequence[int], widest: float) -> tuple[float, float]:
    said = (title, ranges(numbers))
    width = min(widest, INNER + max(measure.width(words, POINTS) for words in said))
    rows = sum(measure.lines(words, POINTS, width - INNER) for words in said)
    return width, measure.height(POINTS, rows) + 1.6
