"""All that a sheet says and shows, as plain values for the template."""

from collections.abc import Sequence
from typing import Any, Final

from geo.core.i18n import text
from geo.layer.codes import SECTORS
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, ProjectFilter
from geo.sheet import style
from geo.sheet.ground import read_ground
from geo.sheet.key import legend, meanings
from geo.sheet.listing import Row, numbered
from geo.sheet.maps import maps

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
    "closer": "sheet-closer",
    "wider": "sheet-wider",
    "window": "sheet-window",
    "north": "sheet-north",
    "projection": "sheet-projection",
}
"""The template's own words, by the name it knows them under."""
HEADS: Final = ("sheet-number", "list-name", "list-stage", "list-clause", "list-precision")
NOTES: Final = ("sheet-stages", "sheet-signs", "sheet-boundaries")
CREDITS: Final = ("map-attribution", "sheet-licence", "sheet-version")


def compose(dataset: Dataset, chosen: ProjectFilter, language: str) -> dict[str, Any]:
    """Return the content of the sheet of the projects that a filter leaves, in "zh" or "en"."""
    ids = chosen.apply(dataset.frame).index
    rows = numbered(dataset.projects[name] for name in ids)
    about = dataset.document.about
    values = {"date": about["adopted"], "version": dataset.version}
    unmapped = sum(row.project.geometry is None for row in rows)

    def say(key: str, **more: Any) -> str:
        return text(language, key, **values, **more)

    return {
        "language": language,
        "page": {"width": PAGE[0], "height": PAGE[1]},
        "adopted": [int(part) for part in about["adopted"].split("-")],
        "colours": {
            name: getattr(style.GROUND, name)
            for name in ("ink", "quiet", "land", "accent", "border")
        },
        "title": say("title"),
        "subtitle": say("subtitle"),
        "decision": about["title_en"] if language == "en" else about["title"],
        "filter": filter_words(chosen, language),
        "count": say("project-count", shown=len(rows), total=len(dataset.projects)),
        "unmapped": say("project-count-unmapped", unmapped=unmapped) if unmapped else "",
        "maps": maps(read_ground(dataset), chosen, rows, language),
        "legend": legend(rows, language),
        "meanings": meanings(language),
        "heads": [say(key) for key in HEADS],
        "groups": _groups(rows, language),
        "words": {name: say(key) for name, key in WORDS.items()},
        "notes": [say(key) for key in NOTES],
        "credits": [say(key) for key in CREDITS],
    }  # fmt: skip


def filter_words(chosen: ProjectFilter, language: str) -> str:
    """Return what a filter asks for in words; nothing where it asks for nothing."""

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
    """Return the list by sector, in the order of the numbers."""
    groups = []
    for sector in SECTORS:
        own = [_row(row, language) for row in rows if row.project.sector == sector.code]
        if own:
            groups.append(
                {
                    "label": text(language, f"sector-{sector.code}"),
                    "icon": style.ICONS[sector.code],
                    "hue": style.hue(sector.code),
                    "rows": own,
                }
            )
    return groups


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
        "mapped": project.geometry is not None,
    }
