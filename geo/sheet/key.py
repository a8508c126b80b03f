"""The legend of a sheet: every kind of mark that its maps have, drawn as on the maps."""

from collections.abc import Sequence
from typing import Any, Final

import shapely

from geo.core.i18n import text
from geo.layer.codes import FAMILIES, SECTORS
from geo.map.symbology import FORMS, LINES, signature
from geo.sheet import marks, pen, style
from geo.sheet.listing import Row
from geo.sheet.style import Look, Stroke

SAMPLE: Final = (11.0, 3.2)
"""Width and height of a sample in mm."""
SIGN: Final = 2.7
"""Width in mm of a sign in the legend."""
STANDS: Final = Look("build", "exact")
"""The look of a sample that shows something else than stage and precision."""
STAGES: Final = {"planned": "plan", "built": "build", "upgraded": "upgrade"}
"""A stage of each form."""
PLAIN: Final = "avenue"
"""The kind of line that shows stages and precisions: it has no ornament of its own."""
EXPLAINED: Final = ("exact", "approximate", "unlocated")
"""The precisions of which a note says more than the sample."""


def legend(rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Return the kinds of line, the stages, the precisions and the signs of these rows.

    The signs are families with their sectors in use, in two columns or fewer.
    """
    return {
        "lines": _kinds(rows, language),
        "stages": _stages(rows, language),
        "precisions": _precisions(rows, language),
        "signs": _columns(_families(rows, language)),
    }


def meanings(language: str) -> list[dict[str, str]]:
    """Return in words what the precisions mean that a sample does not tell."""
    return [
        {
            "label": text(language, f"precision-{code}"),
            "note": text(language, f"precision-{code}-note"),
        }
        for code in EXPLAINED
    ]


def _kinds(rows: Sequence[Row], language: str) -> list[dict[str, str]]:
    """Return the kinds of line in use, each in the hue of the first project that has it."""
    hues: dict[str, str] = {}
    for row in rows:
        hues.setdefault(signature(row.project) or "", row.project.sector)
    return [
        {
            "label": text(language, f"signature-{one.code}"),
            "sample": _line(one.code, hues[one.code], STANDS),
        }
        for one in LINES
        if one.code in hues
    ]


def _stages(rows: Sequence[Row], language: str) -> list[dict[str, str]]:
    used = {FORMS[row.project.stage] for row in rows}
    return [
        {
            "label": text(language, f"map-form-{form}"),
            "sample": _line(PLAIN, rows[0].project.sector, Look(stage, "exact")),
        }
        for form, stage in STAGES.items()
        if form in used
    ]


def _precisions(rows: Sequence[Row], language: str) -> list[dict[str, str]]:
    """Return how a place is drawn that is exact, approximate, an area, or as wide as a county."""
    sector = rows[0].project.sector if rows else SECTORS[0].code
    return [
        {"label": text(language, key), "sample": pen.picture(*SAMPLE, parts)}
        for key, parts in (
            ("precision-exact", _placed(sector, Look("build", "exact"))),
            ("precision-approximate", _placed(sector, Look("build", "approximate"))),
            ("map-legend-area", _area(sector)),
            ("precision-area", _plate()),
        )
    ]


def _families(rows: Sequence[Row], language: str) -> list[dict[str, Any]]:
    used = {row.project.sector for row in rows}
    families = []
    for family in FAMILIES:
        sectors = [
            {
                "label": text(language, f"sector-{one.code}"),
                "icon": style.ICONS[one.code],
                "hue": style.on_sign(one.code, STANDS),
                "sample": marks.sign_picture(one.code, STANDS, SIGN),
            }
            for one in SECTORS
            if one.family == family.code and one.code in used
        ]
        if sectors:
            families.append({"label": text(language, f"family-{family.code}"), "sectors": sectors})
    return families


def _columns(families: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return families in their order as two columns, so that the longer is as short as it can be."""
    lines = [1 + len(family["sectors"]) for family in families]
    cut = min(range(len(families) + 1), key=lambda at: max(sum(lines[:at]), sum(lines[at:])))
    return [column for column in (families[:cut], families[cut:]) if column]


def _line(kind: str, sector: str, look: Look) -> str:
    width, height = SAMPLE
    course = shapely.LineString([(0.8, height / 2), (width - 0.8, height / 2)])
    return pen.picture(width, height, marks.line(course, style.line(kind, sector, look)))


def _placed(sector: str, look: Look) -> list[str]:
    """Return a sign and a line."""
    width, height = SAMPLE
    course = shapely.LineString([(4.6, height / 2), (width - 0.8, height / 2)])
    return [
        *marks.sign((1.7, height / 2), sector, look, SIGN * 0.9),
        *marks.line(course, style.line(PLAIN, sector, look)),
    ]


def _area(sector: str) -> list[str]:
    width, height = SAMPLE
    course = shapely.LineString([(2.2, height / 2), (width - 2.2, height / 2)])
    return list(marks.area(course.buffer(1.4), sector))


def _plate() -> list[str]:
    """Return the dashed plate that gives the numbers of what is as wide as a county."""
    width, height = SAMPLE
    plate = shapely.box(1.6, 0.9, width - 1.6, height - 0.9).buffer(0.5)
    return [pen.stroked(plate, Stroke(style.GROUND.quiet, 0.15, (0.5, 0.35)))]
