"""Which maps a sheet has: the main one, a closer one of the crowd, a wider one of what lies beyond."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.codes import COUNTIES
from geo.layer.filters import ProjectFilter
from geo.sheet.frame import Bounds, Frame, fit
from geo.sheet.ground import Ground
from geo.sheet.inset import crowded
from geo.sheet.layout import CLOSER, MAIN, WIDER
from geo.sheet.listing import Row
from geo.sheet.plan import as_data, plan_map

MAIN_SIZE: Final = (262.0, 254.0)
CLOSER_SIZE: Final = (132.0, 110.0)
WIDER_SIZE: Final = (132.0, 58.0)
"""Width and height of the maps in mm; the two small ones stand in the column beside the main one."""
FEW: Final = 24
"""Projects up to which the main map shows the uncertainty of each place, as the live map draws all."""
MARGIN: Final = 4.0
"""Millimetres of neighbouring ground around what a map is about."""
MOSTLY: Final = 0.6
"""Share of a line or area that the main map must show, or the wider map shows it too."""


def maps(
    ground: Ground, chosen: ProjectFilter, rows: Sequence[Row], language: str
) -> dict[str, dict[str, Any] | None]:
    """Return the main map, and the closer and the wider one where there is a need for them."""
    frame = fit(focus(ground, chosen, rows), *MAIN_SIZE, MARGIN)
    window = _window(ground, rows, frame)
    few = sum(row.project.geometry is not None for row in rows) <= FEW
    kind = replace(MAIN, bands=few)
    main = as_data(plan_map(frame, ground, language, rows, kind, window=window))
    closer = wider = None
    if window is not None:
        # The square fits the height; the column is a little wider, and shows more to both sides.
        near = fit(window.bounds, *CLOSER_SIZE, 0)
        closer = as_data(plan_map(near, ground, language, rows, CLOSER))
        box = frame.paper(near.ground).bounds
        main["window"] = dict(zip(("left", "top", "right", "bottom"), box, strict=True))
    beyond = [row for row in rows if _shown(ground, row, frame) < MOSTLY]
    if beyond:
        shapes = [ground.shape(row.project) for row in beyond]
        bounds = shapely.union_all([frame.ground, *shapes]).bounds
        far = fit(bounds, *WIDER_SIZE, MARGIN / 2)
        wider = as_data(plan_map(far, ground, language, beyond, WIDER, window=frame.ground))
    return {"main": main, "closer": closer, "wider": wider}


def focus(ground: Ground, chosen: ProjectFilter, rows: Sequence[Row]) -> Bounds:
    """Return the bounds (metres, EPSG:32648) of what the main map is about.

    These are the counties chosen, or all of Ziyang; where no project is there, all projects.
    """
    codes = [code for code in chosen.county if code in COUNTIES] or list(COUNTIES)
    found = shapely.union_all(ground.counties.geometry.loc[codes].to_list()).envelope
    shapes = [ground.shapes[row.project.id] for row in rows if row.project.id in ground.shapes]
    if shapes and not any(shape.intersects(found) for shape in shapes):
        found = shapely.union_all([found, *shapes]).envelope
    west, south, east, north = found.bounds
    return west, south, east, north


def _window(ground: Ground, rows: Sequence[Row], frame: Frame) -> BaseGeometry | None:
    """Return what the closer map shows, where it would be at a larger scale than the main one."""
    fine = {row.project.id: ground.shape(row.project) for row in rows if _is_fine(row)}
    square = crowded(fine)
    if square is None:
        return None
    near = fit(square.bounds, *CLOSER_SIZE, 0)
    return near.ground if near.scale < frame.scale else None


def _shown(ground: Ground, row: Row, frame: Frame) -> float:
    """Return the share of a project that a map shows; all of what is as wide as a county."""
    if not _is_fine(row):
        return 1.0
    shape = ground.shape(row.project)
    seen = shape.intersection(frame.ground)
    whole = shape.area or shape.length
    return (seen.area if shape.area else seen.length) / whole if whole else float(not seen.is_empty)


def _is_fine(row: Row) -> bool:
    return row.project.geometry is not None and row.project.scope is None
