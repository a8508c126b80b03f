"""Small maps as pictures (SVG): counties below, and projects above, without a map library."""

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.layer.codes import COUNTIES, FAMILIES, SECTOR
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.views import render

WIDTH: Final = 360
MARGIN: Final = 0.12
"""Of the extent of Ziyang, on each side: projects reach beyond it."""

FINEST: Final = 1.0
"""Units of the drawing below which a bend is left out."""

GROUNDS: Final = {
    False: {"paper": "#f6f3ec", "land": "#fffefb", "ink": "#a9a79f", "wash": "#f8e9d8"},
    True: {"paper": "#14171c", "land": "#1d2229", "ink": "#565b63", "wash": "#4a3a26"},
}
"""The colours below the projects, for a light and for a dark page."""


@dataclass(frozen=True)
class Drawn:
    """A shape of a small map: its kind ("ground", "line", "area" or "point"), family, and path."""

    kind: str
    family: str
    precision: str
    name: str
    path: str


@dataclass(frozen=True)
class Frame:
    """Maps lon, lat (EPSG:4326) to the x, y of a drawing.

    Degrees of longitude are shortened by the cosine of the middle latitude (`squeeze`), so that
    shapes are true at Ziyang; `per_degree` is in units of the drawing.
    """

    west: float
    north: float
    per_degree: float
    squeeze: float
    height: float

    def place(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape in units of the drawing, cut to it, without bends too fine to see."""
        moved = shapely.transform(
            shape,
            lambda at: (
                (at - (self.west, self.north)) * (self.per_degree * self.squeeze, -self.per_degree)
            ),
        )
        cut = shapely.clip_by_rect(shapely.make_valid(moved), 0, 0, WIDTH, self.height)
        return shapely.simplify(cut, FINEST)


@lru_cache(maxsize=2)
def frame_of(dataset: Dataset) -> Frame:
    """Return the frame that holds Ziyang with a margin."""
    west, south, east, north = dataset.counties.loc[list(COUNTIES)].total_bounds
    across, down = (east - west) * MARGIN, (north - south) * MARGIN
    west, south, east, north = west - across, south - down, east + across, north + down
    squeeze = cos(radians((south + north) / 2))
    per_degree = WIDTH / ((east - west) * squeeze)
    return Frame(west, north, per_degree, squeeze, round((north - south) * per_degree))


def picture(dataset: Dataset, ids: Iterable[str], own: str, *, dark: bool) -> str:
    """Return a small map of some projects as base64 of an SVG; `own` is a county to tint, or ""."""
    drawing = render(
        "small_map",
        width=WIDTH,
        height=frame_of(dataset).height,
        ground=ground(dataset),
        drawn=list(projects(dataset, ids)),
        own=own,
        families=FAMILIES,
        dark=dark,
        **GROUNDS[dark],
    )
    return base64.b64encode(drawing.encode()).decode("ascii")


@lru_cache(maxsize=2)
def ground(dataset: Dataset) -> tuple[Drawn, ...]:
    """Return the counties of Ziyang."""
    frame = frame_of(dataset)
    shapes = dataset.counties.loc[list(COUNTIES)].geometry
    return tuple(
        Drawn("ground", "", "", code, path)
        for code, shape in shapes.items()
        for path in _paths(frame.place(shape))
    )


def projects(dataset: Dataset, ids: Iterable[str]) -> Iterator[Drawn]:
    """Yield the shapes of the projects that have a place of their own, areas first.

    Whole counties are left out: their outline is that of the ground.
    """
    found = [dataset.projects[name] for name in ids]
    for one in sorted(found, key=_order):
        if one.geometry is None or one.scope is not None:
            continue
        for path in _paths(frame_of(dataset).place(one.geometry)):
            yield Drawn(_kind(one), SECTOR[one.sector].family, one.precision, one.id, path)


def _order(project: Project) -> int:
    return ("area", "line", "point").index(_kind(project))


def _kind(project: Project) -> str:
    kind = project.geometry.geom_type if project.geometry is not None else "Point"
    if "Point" in kind:
        return "point"
    return "area" if "Polygon" in kind else "line"


def _paths(shape: BaseGeometry) -> Iterator[str]:
    """Yield the SVG path of a shape; a point is a stroke of no length, which round caps show."""
    parts = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            rings = [part.exterior, *part.interiors]
            parts += [_line(ring) + "Z" for ring in rings if not ring.is_empty]
        elif part.geom_type == "GeometryCollection":
            parts += list(_paths(part))
        elif not part.is_empty:
            parts.append(_line(part) + ("h0" if part.geom_type == "Point" else ""))
    if parts:
        yield "".join(parts)


def _line(shape: BaseGeometry) -> str:
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in shapely.get_coordinates(shape))
