"""The legend of a sheet: families with the sectors in use, and how each precision is drawn."""

from collections.abc import Sequence
from typing import Any, Final

import shapely

from geo.codes import FAMILIES, PATTERNS, PRECISIONS, SECTORS
from geo.i18n import text
from geo.sheet import pen, style
from geo.sheet.listing import Row
from geo.sheet.style import Stroke

SAMPLE: Final = (13.0, 4.2)
LINE: Final = (13.0, 3.2)
"""What a precision looks like, and the line of a sector, in mm."""
DOT: Final = 1.3
"""Radius in mm of a point in the legend."""


def legend(rows: Sequence[Row], language: str) -> list[dict[str, Any]]:
    """Return the families of these rows, each with its sectors in use."""
    used = {row.project.sector for row in rows}
    families = []
    for family in FAMILIES:
        sectors = [
            {
                "label": text(language, f"sector-{one.code}"),
                "icon": style.ICONS[one.code],
                "sample": None if one.pattern == PATTERNS[0].code else _line(one.code),
            }
            for one in SECTORS
            if one.family == family.code and one.code in used
        ]
        if sectors:
            label = text(language, f"family-{family.code}")
            families.append({"label": label, "hue": family.light, "sectors": sectors})
    return families


def precisions(language: str) -> list[dict[str, str]]:
    """Return every precision with its note and a sample of how it is drawn."""
    return [
        {
            "label": text(language, f"precision-{one.code}"),
            "note": text(language, f"precision-{one.code}-note"),
            "sample": _sample(one.code, mapped=one.mapped, bounded=one.bounded),
        }
        for one in PRECISIONS
    ]


def _line(sector: str) -> str:
    width, height = LINE
    line = shapely.LineString([(1, height / 2), (width - 1, height / 2)])
    strokes = style.line_strokes(sector, PRECISIONS[0].code)
    return pen.picture(width, height, [pen.stroked(line, stroke) for stroke in strokes])


def _sample(precision: str, *, mapped: bool, bounded: bool) -> str:
    """Return a point and a line, the outline of an area, or nothing, as the precision has it."""
    width, height = SAMPLE
    dash = style.dash(precision)
    if not mapped:
        return pen.picture(width, height, [])
    if not bounded:
        area = shapely.box(0.4, 0.4, width - 0.2, height - 0.4)
        return pen.picture(width, height, [pen.stroked(area, Stroke(style.INK, 0.26, dash))])
    point = shapely.Point(2.0, height / 2).buffer(DOT)
    line = shapely.LineString([(4.6, height / 2), (width, height / 2)])
    if not dash:
        parts = [pen.filled(point, style.INK)]
    else:
        parts = [
            pen.filled(line.buffer(height / 2, cap_style="flat"), style.BAND),
            pen.filled(point, style.LAND),
            pen.stroked(point, Stroke(style.INK, 0.35, (0.8, 0.5))),
        ]
    return pen.picture(width, height, [*parts, pen.stroked(line, Stroke(style.INK, 0.6, dash))])
