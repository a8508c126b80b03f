"""The maps of a sheet: the main map, a closer inset of the crowded part, and a wider inset."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.codes import COUNTIES
from geo.layer.filters import ProjectFilter
from geo.sheet import symbols
from geo.sheet.drawing import CLOSER, MAIN, WIDER, Drawing, Kind, Layout, as_place, point_symbols
from geo.sheet.frames import Bounds, Frame, Ground, Row, bar_km, crowded_square, fit_frame
from geo.sheet.label_placement import Box, Label, Point, number_label, place_labels
from geo.sheet.labels import (
    name_counties,
    name_lines,
    name_places,
    name_rivers,
    put_county_plates,
    put_scale,
)
from geo.sheet.symbols import Stroke

BAR_ROOM: Final = 25.0
"""Width in mm of the scale bar's plate that is not available to the bar itself."""


def plan_map(
    frame: Frame,
    ground: Ground,
    language: str,
    rows: Sequence[Row],
    kind: Kind,
    *,
    window: BaseGeometry | None = None,
) -> Layout:
    """Return the layout of a map with all labels placed.

    `window` is the ground (METRIC_CRS) that another map shows; projects wholly inside it are
    numbered there.
    """
    layout = Layout(frame, ground, language, rows, kind, window)
    put_scale(layout)
    layout.taken += [box for _, box in layout.points()]
    if kind.whole:
        name_counties(layout, own=True)
    name_places(layout, kind.first)
    name_rivers(layout)
    if kind.whole:
        put_county_plates(layout)
    _place_numbers(layout)
    if kind.whole:
        name_lines(layout)
    name_places(layout, kind.later)
    if kind.whole:
        name_counties(layout, own=False)
    return layout


def _place_numbers(layout: Layout) -> None:
    """Place the numbers of points, then areas, then lines, in each case the smallest first."""
    ranked: list[tuple[tuple[int, float, int], Label]] = []
    for row in layout.rows:
        shape = layout.ground.shapes.get(row.project.id)
        if shape is None or row.project.scope is not None:
            continue
        if layout.window is not None and layout.window.covers(shape):
            continue
        label = number_label(row, shape, layout.frame, layout.window)
        if label:
            kind = 1 if shape.area > 0 else 2 if shape.length > 0 else 0
            ranked.append(((kind, shape.area or shape.length, row.number), label))
    labels = (label for _, label in sorted(ranked, key=lambda pair: pair[0]))
    layout.numbers = place_labels(labels, layout.paper, [*layout.taken, *layout.hidden()])
    layout.taken += [placed.box for placed in layout.numbers]


def map_data(layout: Layout) -> dict[str, Any]:
    """Return a map in the template's format, in mm from its upper left corner."""
    projects = {str(row.number): row.project for row in layout.rows}
    drawing = Drawing(
        layout.frame, layout.ground, tuple(projects.values()), layout.kind.growth, layout.kind.bands
    )
    return _map_data(layout, drawing.svg(layout.numbers, layout.window)) | {
        "symbols": point_symbols(layout),
        "plates": [
            as_place(placed.box)
            | {
                "number": placed.key,
                "hue": symbols.hue_of(projects[placed.key].sector),
                "icon": symbols.ICONS[projects[placed.key].sector],
            }
            for placed in layout.numbers
        ],
    }


def _map_data(layout: Layout, svg: str) -> dict[str, Any]:
    frame = layout.frame
    bar = bar_km(frame, layout.kind.plate[0] - BAR_ROOM)
    return {
        "width": frame.width,
        "height": frame.height,
        "svg": svg,
        "scale": f"{frame.scale:,.0f}".replace(",", "\u2009"),
        "bar": {"km": f"{bar:g}", "mm": bar * 1000 / frame.metres_per_mm},
        "names": layout.names,
        "letters": layout.letters,
        "signs": layout.signs,
        "symbols": [],
        "plates": [],
        "counts": [],
    }


CELL: Final = 16.0
"""Side in mm of the squares in which the projects of a map without numbers are counted."""
DISC: Final = 10.5
"""Diameter in mm of the disc that shows a count; it stays within its square."""
HAIRLINE: Final = 0.16
"""Width in mm of a line on such a map."""
SAME: Final = 0.4
"""Lines on the same points of a grid of this width in mm are drawn once."""


def counted_map(
    ground: Ground, chosen: ProjectFilter, rows: Sequence[Row], language: str
) -> dict[str, Any]:
    """Return a map that counts the projects of each place, for more than can be numbered.

    Each project that is smaller than a county is counted once, in the square that its middle lies
    in. Lines are drawn fine and without names.
    """
    frame = fit_frame(focus_bounds(ground, chosen, rows), *MAIN_SIZE, MARGIN)
    layout = Layout(frame, ground, language, rows, MAIN)
    put_scale(layout)
    counts = list(_counts(layout))
    layout.taken += [box for _, box in counts]
    name_counties(layout, own=True)
    name_places(layout, MAIN.first)
    put_county_plates(layout, numbers=False)
    name_rivers(layout)
    name_places(layout, MAIN.later)
    name_counties(layout, own=False)
    drawing = CountedDrawing(frame, ground, tuple(row.project for row in rows), 1.0, bands=False)
    return _map_data(layout, drawing.svg((), None)) | {
        "counts": [as_place(box) | {"count": f"{count:,}"} for count, box in counts]
    }


def _counts(layout: Layout) -> Iterator[tuple[int, Box]]:
    """Yield how many projects each square of the map has, and the place of its disc."""
    fine = [layout.ground.shape(row.project) for row in layout.rows if _is_fine(row)]
    middles = shapely.get_coordinates(shapely.point_on_surface(fine))
    cells: dict[Point, list[Point]] = {}
    for east, north in middles:
        across, down = layout.frame.at((east, north))
        if 0 <= across < layout.frame.width and 0 <= down < layout.frame.height:
            cells.setdefault((across // CELL, down // CELL), []).append((across, down))
    slack = (CELL - DISC) / 2
    for (column, line), points in sorted(cells.items()):
        middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
        at = tuple(
            min(max(value, (cell + 0.5) * CELL - slack), (cell + 0.5) * CELL + slack)
            for value, cell in zip(middle, (column, line), strict=True)
        )
        yield len(points), Box.around((at[0], at[1]), DISC, DISC)


class CountedDrawing(Drawing):
    """A map whose lines are as fine as possible, and whose areas are not drawn."""

    def shapes(self) -> list[str]:
        """Return the ground, and each line that does not lie on another of the same hue."""
        courses: dict[tuple[str, bytes], BaseGeometry] = {}
        for project in self._shown("line"):
            course = self._course(self.ground.shape(project))
            hue = symbols.hue_of(project.sector)
            courses.setdefault((hue, shapely.set_precision(course, SAME).wkb), course)
        lines = (
            symbols.stroke_path(course, Stroke(hue, HAIRLINE, opacity=0.7), self.medium)
            for (hue, _), course in courses.items()
        )
        return [*self._ground(), *lines]


MAIN_SIZE: Final = (262.0, 254.0)
CLOSER_SIZE: Final = (132.0, 110.0)
WIDER_SIZE: Final = (132.0, 58.0)
"""Width and height of the maps in mm; the two insets are in the column beside the main map."""
FEW: Final = 24
"""Maximum number of mapped projects for which the main map shows the uncertainty of locations."""
MARGIN: Final = 4.0
"""Millimetres of surrounding ground around the subject of a map."""
MOSTLY: Final = 0.6
"""Share of a line or area that the main map must show; otherwise the wider map shows it too."""


def sheet_maps(
    ground: Ground, chosen: ProjectFilter, rows: Sequence[Row], language: str
) -> dict[str, dict[str, Any] | None]:
    """Return the main map, and the closer and the wider map if they are needed, else None."""
    frame = fit_frame(focus_bounds(ground, chosen, rows), *MAIN_SIZE, MARGIN)
    window = _closer_window(ground, rows, frame)
    few = sum(row.project.geometry is not None for row in rows) <= FEW
    kind = replace(MAIN, bands=few)
    main = map_data(plan_map(frame, ground, language, rows, kind, window=window))
    closer = wider = None
    if window is not None:
        # The square fits the inset's height; the inset is wider and shows more on both sides.
        near = fit_frame(window.bounds, *CLOSER_SIZE, 0)
        closer = map_data(plan_map(near, ground, language, rows, CLOSER))
        box = frame.paper(near.ground).bounds
        main["window"] = dict(zip(("left", "top", "right", "bottom"), box, strict=True))
    beyond = [row for row in rows if _share_shown(ground, row, frame) < MOSTLY]
    if beyond:
        shapes = [ground.shape(row.project) for row in beyond]
        bounds = shapely.union_all([frame.ground, *shapes]).bounds
        far = fit_frame(bounds, *WIDER_SIZE, MARGIN / 2)
        wider = map_data(plan_map(far, ground, language, beyond, WIDER, window=frame.ground))
    return {"main": main, "closer": closer, "wider": wider}


def focus_bounds(ground: Ground, chosen: ProjectFilter, rows: Sequence[Row]) -> Bounds:
    """Return the bounds (metres, METRIC_CRS) that the main map must show.

    These are the bounds of the selected counties, or of all of Ziyang; if no project is there, they
    include all projects.
    """
    codes = [code for code in chosen.county if code in COUNTIES] or list(COUNTIES)
    focus = shapely.union_all(ground.counties.geometry.loc[codes].to_list()).envelope
    shapes = [ground.shapes[row.project.id] for row in rows if row.project.id in ground.shapes]
    if shapes and not any(shape.intersects(focus) for shape in shapes):
        focus = shapely.union_all([focus, *shapes]).envelope
    west, south, east, north = focus.bounds
    return west, south, east, north


def _closer_window(ground: Ground, rows: Sequence[Row], frame: Frame) -> BaseGeometry | None:
    """Return the ground of the closer map, or None if its scale would not be larger."""
    fine = {row.project.id: ground.shape(row.project) for row in rows if _is_fine(row)}
    square = crowded_square(fine)
    if square is None:
        return None
    near = fit_frame(square.bounds, *CLOSER_SIZE, 0)
    return near.ground if near.scale < frame.scale else None


def _share_shown(ground: Ground, row: Row, frame: Frame) -> float:
    """Return the visible share of a project; 1 if it is unmapped, county-wide or wider."""
    if not _is_fine(row):
        return 1.0
    shape = ground.shape(row.project)
    seen = shape.intersection(frame.ground)
    whole = shape.area or shape.length
    return (seen.area if shape.area else seen.length) / whole if whole else float(not seen.is_empty)


def _is_fine(row: Row) -> bool:
    return row.project.geometry is not None and row.project.scope is None
