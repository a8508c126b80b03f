"""KML 2.2: a folder per sector, the colour of the family, and the quotes in the balloon."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final
from xml.etree import ElementTree as ET

import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.i18n import text
from geo.core.xml_writer import add, encoded
from geo.exports.columns import (
    COLUMNS,
    Value,
    county_names,
    label_text,
    row_of,
    rows_of,
    since_line,
)
from geo.layer.codes import FAMILIES, SECTOR, SECTORS
from geo.layer.projects import Project
from geo.layer.selection import Selection
from geo.text.marked_text import Run, split_runs
from geo.views import render

NAMESPACE: Final = "http://www.opengis.net/kml/2.2"
LINE: Final = {"exact": ("ff", "3.5"), "vague": ("b3", "2")}
"""Opacity (hex) and width of a line. KML has no dashes, so inexact lines are thin and faint."""

WASH: Final = "40"
"""Opacity of a polygon's fill, in hex."""


def write_kml(selection: Selection, language: str) -> bytes:
    """Return the selected projects; an unmapped one is a Placemark without geometry."""
    root = ET.Element("kml", {"xmlns": NAMESPACE})
    body = add(root, "Document")
    stamp = selection.stamp(language)
    add(body, "name", stamp.title)
    add(body, "description", _stamp_text(asdict(stamp), language))
    for family in FAMILIES:
        for style, (opacity, width) in LINE.items():
            _style(body, f"{family.code}-{style}", family.light, opacity, width)
    rows = rows_of(selection, language, COLUMNS)
    flat = dict(zip((project.id for project in selection.projects), rows, strict=True))
    for sector in SECTORS:
        projects = [project for project in selection.projects if project.sector == sector.code]
        if projects:
            folder = add(body, "Folder")
            add(folder, "name", text(language, f"sector-{sector.code}"))
            for project in projects:
                _placemark(folder, project, flat[project.id], selection, language)
    return encoded(root)


def _stamp_text(stamp: dict[str, Any], language: str) -> str:
    return "\n".join(f"{text(language, f'stamp-{key}')}: {value}" for key, value in stamp.items())


def _style(parent: ET.Element, code: str, hue: str, opacity: str, width: str) -> None:
    # KML orders the channels of a colour as alpha, blue, green, red.
    colour = hue[5:7] + hue[3:5] + hue[1:3]
    style = add(parent, "Style", id=code)
    add(add(style, "IconStyle"), "color", f"{opacity}{colour}")
    line = add(style, "LineStyle")
    add(line, "color", f"{opacity}{colour}")
    add(line, "width", width)
    add(add(style, "PolyStyle"), "color", f"{WASH}{colour}")
    # Without this, Google Earth adds links for directions to the balloon.
    add(add(style, "BalloonStyle"), "text", "$[description]")


def _placemark(
    folder: ET.Element,
    project: Project,
    row: Sequence[Value],
    selection: Selection,
    language: str,
) -> None:
    # An XML id must not begin with a digit, but a slug may.
    mark = add(folder, "Placemark", id=f"project-{project.id}")
    add(mark, "name", project.name_en if language == "en" else project.name_zh)
    add(mark, "description", _balloon(project, selection, language))
    look = "exact" if project.precision == "exact" else "vague"
    add(mark, "styleUrl", f"#{SECTOR[project.sector].family}-{look}")
    data = add(mark, "ExtendedData")
    for column, value in zip(COLUMNS, row, strict=True):
        if value is not None:
            add(add(data, "Data", name=column.name), "value", str(value))
    if project.geometry is not None:
        _geometry(mark, project.geometry)


def _balloon(project: Project, selection: Selection, language: str) -> str:
    """Return the balloon as HTML with every value escaped."""
    quotes = []
    for anchor in project.anchors:
        document = selection.dataset.documents[anchor.document]
        runs: Iterator[Run] = split_runs(
            document, document.sentence(anchor.span), [(anchor.span, project.id)]
        )
        quotes.append((text(language, "detail-source", clause=anchor.clause), list(runs)))
    row = row_of(selection.dataset, project, language)
    since = since_line(selection.dataset, project.id, language)
    return render(
        "balloon",
        name=project.name_en if language == "en" else project.name_zh,
        gloss=project.name_zh if language == "en" else project.name_en,
        quotes=quotes,
        facts=[
            (label_text(language, "column-sector-label"), row.label("sector", project.sector)),
            (text(language, "detail-stage", date=row.as_of), row.label("stage", project.stage)),
            *([since] if since else []),
            *(("", line) for line in (row.events or "").splitlines()),
            (label_text(language, "detail-counties"), county_names(project, language)),
            (
                label_text(language, "detail-precision"),
                label_text(language, project.place_note),
            ),
            (label_text(language, "detail-basis"), project.basis_in(language)),
        ],
        references=project.references,
    )


def _geometry(parent: ET.Element, shape: BaseGeometry) -> None:
    kind, parts = shape.geom_type, list(shapely.get_parts(shape))
    if kind.startswith("Multi"):
        parent = add(parent, "MultiGeometry")
    for part in parts:
        if part.geom_type == "Polygon":
            polygon = add(parent, "Polygon")
            for name, rings in (
                ("outerBoundaryIs", [part.exterior]),
                ("innerBoundaryIs", part.interiors),
            ):
                for ring in rings:
                    inside = add(add(polygon, name), "LinearRing")
                    add(inside, "coordinates", _coordinates(ring))
        else:
            add(add(parent, part.geom_type), "coordinates", _coordinates(part))


def _coordinates(shape: BaseGeometry) -> str:
    """Return "lon,lat lon,lat …" at full precision."""
    return " ".join(f"{lon},{lat}" for lon, lat in shapely.get_coordinates(shape).tolist())
