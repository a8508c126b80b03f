"""One map of a sheet: what is drawn, and where names, numbers and signs stand on it."""

from collections.abc import Sequence
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from geo.sheet import marks, style
from geo.sheet.anchors import label
from geo.sheet.drawing import Drawing
from geo.sheet.frame import Frame, bar_km
from geo.sheet.ground import Ground
from geo.sheet.layout import Kind, Layout, as_place
from geo.sheet.line_names import name_lines
from geo.sheet.listing import Row
from geo.sheet.names import name_counties, name_places, name_rivers
from geo.sheet.placing import Label, place
from geo.sheet.signs import put_scale, put_signs

BAR_ROOM: Final = 25.0
"""Millimetres of the scale's plate that are not the bar."""


def plan_map(
    frame: Frame,
    ground: Ground,
    language: str,
    rows: Sequence[Row],
    kind: Kind,
    *,
    window: BaseGeometry | None = None,
) -> Layout:
    """Return a map with everything in its place.

    `window` is the ground (EPSG:32648) that another map shows: what lies wholly in it has its
    number there.
    """
    layout = Layout(frame, ground, language, rows, kind, window)
    put_scale(layout)
    layout.taken += [box for _, box in layout.points()]
    if kind.whole:
        name_counties(layout, own=True)
    name_places(layout, kind.first)
    name_rivers(layout)
    if kind.whole:
        put_signs(layout)
    _number(layout)
    if kind.whole:
        name_lines(layout)
    name_places(layout, kind.later)
    if kind.whole:
        name_counties(layout, own=False)
    return layout


def _number(layout: Layout) -> None:
    """Place the numbers: points first, then areas, the small before the large, and lines last."""
    wanted: list[tuple[tuple[int, float, int], Label]] = []
    for row in layout.rows:
        shape = layout.ground.shapes.get(row.project.id)
        if shape is None or row.project.scope is not None:
            continue
        if layout.window is not None and layout.window.covers(shape):
            continue
        made = label(row, shape, layout.frame, layout.window)
        if made:
            kind = 1 if shape.area > 0 else 2 if shape.length > 0 else 0
            wanted.append(((kind, shape.area or shape.length, row.number), made))
    labels = (one for _, one in sorted(wanted, key=lambda pair: pair[0]))
    layout.numbers = place(labels, layout.paper, [*layout.taken, *layout.hidden()])
    layout.taken += [placed.box for placed in layout.numbers]


def as_data(layout: Layout) -> dict[str, Any]:
    """Return a map as the template takes it: mm from its upper left."""
    frame = layout.frame
    projects = {str(row.number): row.project for row in layout.rows}
    bar = bar_km(frame, layout.kind.plate[0] - BAR_ROOM)
    drawing = Drawing(
        frame, layout.ground, tuple(projects.values()), layout.kind.growth, layout.kind.bands
    )
    return {
        "width": frame.width,
        "height": frame.height,
        "svg": drawing.svg(layout.numbers, layout.window),
        "scale": f"{frame.scale:,.0f}".replace(",", "\u2009"),
        "bar": {"km": f"{bar:g}", "mm": bar * 1000 / frame.metres_per_mm},
        "names": layout.names,
        "letters": layout.letters,
        "signs": layout.signs,
        "symbols": [
            as_place(box)
            | {
                "icon": style.ICONS[row.project.sector],
                "hue": style.on_sign(row.project.sector, style.look(row.project)),
                "picture": marks.sign_picture(row.project.sector, style.look(row.project)),
            }
            for row, box in layout.points()
        ],
        "plates": [
            as_place(placed.box)
            | {
                "number": placed.key,
                "hue": style.hue(projects[placed.key].sector),
                "icon": style.ICONS[projects[placed.key].sector],
            }
            for placed in layout.numbers
        ],
    }
