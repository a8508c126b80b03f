"""The whole sheet: legend, list and text around the maps, typeset by Typst as PDF or PNG."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import east_asian_width

import pylopdf_fonts_zh_cn
import shapely
import typst
import xstatic.pkg.font_awesome

from geo.core.i18n import text
from geo.core.publication import approval
from geo.core.wording import wording_at_start
from geo.layer.base_layers import METRIC_CRS, METRIC_ZONE
from geo.layer.codes import COUNTIES, FAMILIES, SECTORS
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, ProjectFilter
from geo.map.symbology import FORMS, LINE_SYMBOLS, symbol_code
from geo.sheet import symbols
from geo.sheet.frames import Row, numbered, read_ground
from geo.sheet.maps import counted_map, sheet_maps
from geo.sheet.raster import page_count, page_png
from geo.sheet.symbols import Look, Stroke

SAMPLE: Final = (11.0, 3.2)
"""Width and height of a legend sample in mm."""
SAMPLE_SYMBOL: Final = 2.7
"""Width in mm of a point symbol in the legend."""
STANDS: Final = Look("build", "exact")
"""The look of samples that illustrate neither stage nor precision."""
STAGE_OF_FORM: Final = {"planned": "plan", "built": "build", "upgraded": "upgrade"}
"""A representative stage of each form."""
PLAIN: Final = "avenue"
"""The line symbol in samples of stage and precision, because it has no ornament."""
EXPLAINED: Final = ("exact", "approximate", "unlocated")
"""The precisions that need a note in addition to the sample."""


def legend(rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Return the legend of these rows: line symbols, stages, precisions and point symbols.

    The point symbols ("signs") are the sectors in use by family, in two columns or fewer.
    """
    return {
        "lines": _kinds(rows, language),
        "stages": _stages(rows, language),
        "precisions": _precisions(rows, language),
        "signs": _two_columns(_families(rows, language)),
    }


def meanings(language: str) -> list[dict[str, str]]:
    """Return notes on the precisions that a sample does not fully explain."""
    return [
        {
            "label": text(language, f"precision-{code}"),
            "note": text(language, f"precision-{code}-note"),
        }
        for code in EXPLAINED
    ]


def _kinds(rows: Sequence[Row], language: str) -> list[dict[str, str]]:
    """Return the line symbols in use, each in the hue of the first project that has it."""
    hues: dict[str, str] = {}
    for row in rows:
        hues.setdefault(symbol_code(row.project) or "", row.project.sector)
    return [
        {
            "label": text(language, f"signature-{symbol.code}"),
            "sample": _line_sample(symbol.code, hues[symbol.code], STANDS),
        }
        for symbol in LINE_SYMBOLS
        if symbol.code in hues
    ]


def _stages(rows: Sequence[Row], language: str) -> list[dict[str, str]]:
    used = {FORMS[row.project.stage] for row in rows}
    return [
        {
            "label": text(language, f"map-form-{form}"),
            "sample": _line_sample(PLAIN, rows[0].project.sector, Look(stage, "exact")),
        }
        for form, stage in STAGE_OF_FORM.items()
        if form in used
    ]


def _precisions(rows: Sequence[Row], language: str) -> list[dict[str, str]]:
    """Return samples of exact and approximate locations, areas, and county-wide projects."""
    sector = rows[0].project.sector if rows else SECTORS[0].code
    return [
        {"label": text(language, key), "sample": symbols.svg_document(*SAMPLE, parts)}
        for key, parts in (
            ("precision-exact", _precision_sample(sector, Look("build", "exact"))),
            ("precision-approximate", _precision_sample(sector, Look("build", "approximate"))),
            ("map-legend-area", _area_sample(sector)),
            ("precision-area", _plate_sample()),
        )
    ]


def _families(rows: Sequence[Row], language: str) -> list[dict[str, Any]]:
    used = {row.project.sector for row in rows}
    families = []
    for family in FAMILIES:
        sectors = [
            {
                "label": text(language, f"sector-{sector.code}"),
                "icon": symbols.ICONS[sector.code],
                "hue": symbols.icon_colour(sector.code, STANDS),
                "sample": symbols.symbol_svg(sector.code, STANDS, SAMPLE_SYMBOL),
            }
            for sector in SECTORS
            if sector.family == family.code and sector.code in used
        ]
        if sectors:
            families.append({"label": text(language, f"family-{family.code}"), "sectors": sectors})
    return families


def _two_columns(families: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Split the families in order into two columns whose longer one is as short as possible."""
    lines = [1 + len(family["sectors"]) for family in families]
    cut = min(range(len(families) + 1), key=lambda at: max(sum(lines[:at]), sum(lines[at:])))
    return [column for column in (families[:cut], families[cut:]) if column]


def _line_sample(kind: str, sector: str, look: Look) -> str:
    width, height = SAMPLE
    course = shapely.LineString([(0.8, height / 2), (width - 0.8, height / 2)])
    return symbols.svg_document(
        width, height, symbols.draw_line(course, symbols.line_strokes(kind, sector, look))
    )


def _precision_sample(sector: str, look: Look) -> list[str]:
    """Return a point symbol and a line."""
    width, height = SAMPLE
    course = shapely.LineString([(4.6, height / 2), (width - 0.8, height / 2)])
    return [
        *symbols.draw_symbol((1.7, height / 2), sector, look, SAMPLE_SYMBOL * 0.9),
        *symbols.draw_line(course, symbols.line_strokes(PLAIN, sector, look)),
    ]


def _area_sample(sector: str) -> list[str]:
    width, height = SAMPLE
    course = shapely.LineString([(2.2, height / 2), (width - 2.2, height / 2)])
    return list(symbols.draw_area(course.buffer(1.4), sector))


def _plate_sample() -> list[str]:
    """Return the dashed plate that lists the numbers of county-wide projects on a map."""
    width, height = SAMPLE
    plate = shapely.box(1.6, 0.9, width - 1.6, height - 0.9).buffer(0.5)
    return [symbols.stroke_path(plate, Stroke(symbols.GROUND.quiet, 0.15, (0.5, 0.35)))]


MOST_NUMBERED: Final = 500
"""The most projects that get a number on the map and a line in the list. Of more, a map with all
numbers could not be read, and would take minutes to make."""
PAGE: Final = (420.0, 297.0)
"""A3 landscape, in mm."""
WORDS: Final = {
    "legend": "map-legend",
    "lines": "map-legend-lines",
    "stages": "map-legend-stages",
    "precision": "map-precision",
    "signs": "map-legend-signs",
    "list": "sheet-list",
    "empty": "nothing-shown",
    "overleaf": "sheet-overleaf",
    "rest": "sheet-overleaf-rest",
    "goes-on": "sheet-overleaf-goes-on",
    "closer": "sheet-closer",
    "wider": "sheet-wider",
    "window": "sheet-window",
    "north": "sheet-north",
    "projection": "sheet-projection",
}
"""The message keys of the template's fixed texts, by the name that the template uses."""
HEADS: Final = ("sheet-number", "list-name", "list-stage", "list-clause", "list-precision")
BOUNDARIES: Final = "sheet-boundaries"
SIGNS: Final = "sheet-signs"
NOTES: Final = ("sheet-stages", SIGNS, BOUNDARIES)
COUNTED_NOTES: Final = ("sheet-counted", "sheet-stages", BOUNDARIES)


def credits_of(language: str) -> tuple[str, str, str]:
    """Return the message keys of the credits; a home that has its own names its towns in them."""
    licence = (
        "sheet-licence-own" if wording_at_start().credits(language) is not None else "sheet-licence"
    )
    return "map-attribution", licence, "sheet-version"


def compose(dataset: Dataset, chosen: ProjectFilter, language: str) -> dict[str, Any]:
    """Return the content of the sheet for the projects that match a filter, in "zh" or "en"."""
    ids = chosen.apply(dataset.frame).index
    rows = numbered(dataset.projects[name] for name in ids)
    about = dataset.document.about
    values = {
        "date": about["adopted"], "version": dataset.version,
        "zone": str(METRIC_ZONE.number), "side": METRIC_ZONE.side, "code": METRIC_CRS,
    }  # fmt: skip
    drafts = sum(row.project.is_draft for row in rows)
    unmapped = sum(not row.project.mapped for row in rows)
    ground = read_ground(dataset)
    is_counted = len(rows) > MOST_NUMBERED
    notes = COUNTED_NOTES if is_counted else NOTES

    unneeded = set() if dataset.district_lines else {BOUNDARIES}
    if not any(row.project.scope for row in rows):
        unneeded.add(SIGNS)

    def say(key: str, **more: Any) -> str:
        return text(language, key, **values, **more)

    return {
        "language": language,
        "page": {"width": PAGE[0], "height": PAGE[1]},
        "adopted": [int(part) for part in about["adopted"].split("-")],
        "colours": {
            name: getattr(symbols.GROUND, name)
            for name in ("ink", "quiet", "land", "accent", "border")
        },
        "title": say("title"),
        "subtitle": say("subtitle"),
        "decision": dataset.document.title(language),
        "filter": filter_words(chosen, language),
        "count": say("project-count", shown=len(rows), total=len(dataset.projects)),
        "unmapped": say("project-count-unmapped", unmapped=unmapped) if unmapped else "",
        "maps": {"main": counted_map(ground, chosen, rows, language), "closer": None, "wider": None}
        if is_counted
        else sheet_maps(ground, chosen, rows, language),
        "legend": legend(rows, language),
        "meanings": meanings(language),
        "tally": _tally(rows, language) if is_counted else None,
        "heads": [say(key) for key in HEADS],
        "groups": [] if is_counted else _groups(rows, language),
        "clause": clause_width(rows, language),
        "words": {name: say(key) for name, key in WORDS.items()},
        "notes": [
            *([say("sheet-drafts", count=drafts)] if drafts else []),
            *(say(key) for key in notes if key not in unneeded),
        ],
        "credits": list(
            filter(None, [approval(language), *(say(key) for key in credits_of(language))])
        ),
    }  # fmt: skip


def filter_words(chosen: ProjectFilter, language: str) -> str:
    """Return a description of a filter; "" if it is not active."""

    def part(facet: str, values: str) -> str:
        label = text(language, f"facet-{facet}")
        return text(language, "sheet-facet", facet=label, values=values)

    parts = []
    for facet in FACETS:
        labels = [text(language, f"{facet}-{code}") for code in chosen.codes(facet)]
        if labels:
            parts.append(part(facet, text(language, "list-separator").join(labels)))
    if chosen.q:
        parts.append(part("q", chosen.q))
    if chosen.local:
        parts.append(text(language, "sheet-local"))
    return text(language, "map-separator").join(parts)


def _groups(rows: Sequence[Row], language: str) -> list[dict[str, Any]]:
    """Return the project list grouped by sector, in the order of the numbers."""
    groups = []
    for sector in SECTORS:
        listed = [_row(row, language) for row in rows if row.project.sector == sector.code]
        if listed:
            groups.append(
                {
                    "label": text(language, f"sector-{sector.code}"),
                    "icon": symbols.ICONS[sector.code],
                    "hue": symbols.hue_of(sector.code),
                    "rows": listed,
                }
            )
    return groups


def clause_width(rows: Sequence[Row], language: str) -> float:
    """Return the width in ems of the list's column of clauses, which holds the longest on one line."""
    longest = max((_ems(row.project.anchors[0].clause) for row in rows), default=0.0)
    return min(max(LEAST_CLAUSE[language], SMALL * longest + CELL), MOST_CLAUSE)


def _ems(words: str) -> float:
    return sum(1.0 if east_asian_width(one) in {"W", "F"} else NARROW for one in words)


LEAST_CLAUSE: Final = {"zh": 2.8, "en": 3.2}
"""The width of the column's heading with its padding, in ems."""
MOST_CLAUSE: Final = 7.0
SMALL: Final = 0.88
CELL: Final = 0.6
"""The size of small text in the list, and the padding of a cell, both in ems."""
NARROW: Final = 0.6
"""The width of a digit or letter, in ems; brackets are narrower."""


def _tally(rows: Sequence[Row], language: str) -> dict[str, Any]:
    """Return how many projects of each sector touch each county, and a sentence about the sheet."""

    def counted(some: Sequence[Row]) -> list[str]:
        touched = [sum(code in row.project.counties for row in some) for code in COUNTIES]
        return [f"{count:,}" for count in (*touched, len(some))]

    lines = []
    for sector in SECTORS:
        some = [row for row in rows if row.project.sector == sector.code]
        if some:
            lines.append(
                {
                    "label": text(language, f"sector-{sector.code}"),
                    "icon": symbols.ICONS[sector.code],
                    "hue": symbols.hue_of(sector.code),
                    "counts": counted(some),
                }
            )
    return {
        "title": text(language, "summary-county"),
        "said": text(language, "sheet-too-many", most=MOST_NUMBERED),
        "heads": [
            *(text(language, f"county-{code}") for code in COUNTIES),
            text(language, "summary-total"),
        ],
        "rows": lines,
        "total": counted(rows),
    }


def _row(row: Row, language: str) -> dict[str, Any]:
    project = row.project
    place = text(language, f"precision-{project.precision}")
    if project.uncertainty_m is not None:
        place += f" ±{project.uncertainty_m / 1000:g}\u00a0km"
    return {
        "number": str(row.number),
        "name": project.name_en if language == "en" else project.name_zh,
        "stage": text(language, f"stage-{project.stage}"),
        "clause": project.anchors[0].clause,
        "place": place,
        "mapped": project.mapped,
    }


TEMPLATE: Final = Path(__file__).resolve().parent / "sheet.typ"


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of a sheet: only Noto Sans SC, Noto Serif SC and the sector icons.

    System fonts are excluded, so that a sheet looks the same on every machine.
    """
    folders = [
        pylopdf_fonts_zh_cn.sans_path().parent,
        Path(xstatic.pkg.font_awesome.BASE_DIR) / "webfonts",
    ]
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, folders))
    )


def pdf(content: Mapping[str, Any]) -> bytes:
    """Return the sheet as PDF, dated with the decision so that equal content gives equal bytes."""
    year, month, day = content["adopted"]
    adopted = datetime(year, month, day, tzinfo=UTC)
    output = _compiler(content).compile(format="pdf", timestamp=adopted)
    return b"".join(pages(output))


def _compiler(content: Mapping[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        TEMPLATE.read_bytes(),
        font_paths=fonts(),
        sys_inputs={"sheet": json.dumps(content, ensure_ascii=False)},
    )


def pages(output: bytes | list[bytes] | None) -> tuple[bytes, ...]:
    """Return what Typst made as a tuple, with one item for each page of a picture."""
    if output is None:
        return ()
    return (output,) if isinstance(output, bytes) else tuple(output)


def sheet_pdf(dataset: Dataset, project_filter: ProjectFilter, language: str) -> bytes:
    """Return the sheet of the projects that match a filter as PDF, in "zh" or "en".

    The PDF is A3 landscape, with vector graphics and embedded fonts.
    """
    return pdf(compose(dataset, project_filter, language))


def sheet_png(dataset: Dataset, project_filter: ProjectFilter, language: str) -> tuple[bytes, ...]:
    """Return the pages of the same sheet as PNG at 300 dots per inch (4961 × 3508 pixels each)."""
    made = sheet_pdf(dataset, project_filter, language)
    return tuple(page_png(made, page) for page in range(page_count(made)))
