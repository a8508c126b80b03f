"""The numbered projects of a sheet, their shapes in metres, and the frames of the maps.

Coordinates are metres in METRIC_CRS; a frame converts them to millimetres on paper, y downwards.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.files import read_json
from geo.layer.base_layers import CRS, METRIC_CRS
from geo.layer.codes import COUNTIES, SECTORS
from geo.layer.dataset import Dataset
from geo.layer.projects import Project

NEAR: Final = 4
"""The rank of places that only a near view labels, and of those without a rank."""


@dataclass(frozen=True)
class Row:
    """A project with its number on this sheet, in the list and on the maps."""

    number: int
    project: Project


def numbered(projects: Iterable[Project]) -> tuple[Row, ...]:
    """Return the projects in the order of the list, numbered from 1."""
    order = {sector.code: place for place, sector in enumerate(SECTORS)}
    listed = sorted(projects, key=lambda one: (order[one.sector], one.anchors[0].start, one.id))
    return tuple(Row(number, project) for number, project in enumerate(listed, start=1))


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as text with ranges: "1–3, 7, 9" for 1, 2, 3, 7, 9."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for run in runs:
        if len(run) > 2:  # noqa: PLR2004 - two numbers need no dash between them
            parts.append(f"{run[0]}–{run[-1]}")
        else:
            parts += map(str, run)
    return ", ".join(parts)


TOWN: Final = "town"
COARSE: Final = 150.0
"""The tolerance in metres for borders that are only context."""


@dataclass(frozen=True)
class Place:
    """A named place at (east, north) in metres; rank 1 is a metropolis, `seat` the city itself."""

    kind: str
    rank: int
    name_zh: str
    name_en: str
    at: tuple[float, float]
    seat: bool = False

    def name(self, language: str) -> str:
        """Return its name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


@dataclass(frozen=True)
class River:
    """A river with its course in metres."""

    name_zh: str
    name_en: str
    shape: BaseGeometry

    def name(self, language: str) -> str:
        """Return its name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


@dataclass(frozen=True)
class Ground:
    """A dataset projected to metres (METRIC_CRS): every shape that a sheet may draw."""

    dataset: Dataset
    counties: gpd.GeoDataFrame
    labels: Mapping[str, tuple[float, float]]
    rivers: tuple[River, ...]
    places: tuple[Place, ...]
    shapes: Mapping[str, BaseGeometry]

    @cached_property
    def home(self) -> BaseGeometry:
        """The area of Ziyang: the union of its counties."""
        return shapely.union_all(self.counties.geometry.loc[list(COUNTIES)].to_list())

    @cached_property
    def borders(self) -> BaseGeometry:
        """County boundaries of Ziyang, each once: drawn twice, dashes would fill the gaps."""
        counties = self.counties.geometry.loc[list(COUNTIES)]
        return shapely.line_merge(shapely.union_all([shape.boundary for shape in counties]))

    @cached_property
    def other_borders(self) -> BaseGeometry:
        """The borders of the counties around Ziyang, each once and simplified as mere context."""
        counties = self.counties.geometry[~self.counties["ziyang"]]
        borders = shapely.union_all([shape.boundary for shape in counties])
        apart = borders.difference(self.home.buffer(COARSE))
        return shapely.line_merge(apart).simplify(COARSE)

    @property
    def lines(self) -> bool:
        """Whether the lines of districts are drawn."""
        return self.dataset.district_lines

    def shape(self, project: Project) -> BaseGeometry:
        """Return the geometry of a project that has one, or where its counties roughly lie."""
        return self.shapes[project.id]


def read_ground(dataset: Dataset, *, near: bool = False) -> Ground:
    """Return a dataset projected to metres.

    The sheet shows nothing so near that it would label every town; `near` adds the towns of rank
    `NEAR`.
    """
    layers = {name: read_json(path)["features"] for name, path in dataset.home.layers().items()}
    counties, rivers = layers["counties"], layers["rivers"]
    places = [
        place
        for place in layers["places"]
        if _rank(place) < NEAR or (near and place["properties"]["kind"] == TOWN)
    ]
    framed = {name: dataset.framed(project) for name, project in dataset.projects.items()}
    shapes = gpd.GeoSeries(framed, crs=CRS).dropna()
    labels = _metric(
        [{"type": "Point", "coordinates": county["properties"]["label"]} for county in counties]
    )
    return Ground(
        dataset,
        dataset.counties.to_crs(METRIC_CRS),
        {
            county["properties"]["code"]: _at(label)
            for county, label in zip(counties, labels, strict=True)
        },
        tuple(
            River(river["properties"]["name_zh"], river["properties"]["name_en"], shape)
            for river, shape in zip(
                rivers, _metric([river["geometry"] for river in rivers]), strict=True
            )
        ),
        tuple(
            Place(
                **{key: place["properties"][key] for key in ("kind", "name_zh", "name_en")},
                rank=_rank(place),
                at=_at(at),
                seat=place["properties"].get("seat", False),
            )
            for place, at in zip(
                places, _metric([place["geometry"] for place in places]), strict=True
            )
        ),
        dict(zip(shapes.index, shapes.to_crs(METRIC_CRS), strict=True)),
    )


def _rank(place: Mapping[str, Any]) -> int:
    rank: int = place["properties"].get("rank", NEAR)
    return rank


def _metric(geometries: list[Any]) -> list[BaseGeometry]:
    shapes = [shapely.geometry.shape(geometry) for geometry in geometries]
    return list(gpd.GeoSeries(shapes, crs=CRS).to_crs(METRIC_CRS))


def _at(point: BaseGeometry) -> tuple[float, float]:
    return point.x, point.y


ROUND: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5)
"""Scale denominators are one of these times a power of ten, so that planners can use a ruler."""

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """A map of `width` by `height` mm at 1:`scale`, centred on `middle`.

    `middle` is east, north in metres (METRIC_CRS).
    """

    middle: Point
    width: float
    height: float
    scale: float

    @property
    def metres_per_mm(self) -> float:
        """Metres on the ground per millimetre on paper."""
        return self.scale / 1000

    @cached_property
    def bounds(self) -> Bounds:
        """West, south, east, north in metres (METRIC_CRS)."""
        across, up = self.width * self.metres_per_mm / 2, self.height * self.metres_per_mm / 2
        east, north = self.middle
        return east - across, north - up, east + across, north + up

    @cached_property
    def ground(self) -> shapely.Polygon:
        """The rectangle that the map shows (METRIC_CRS)."""
        return shapely.box(*self.bounds)

    def paper(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape (METRIC_CRS) in mm from the map's upper left corner, y downwards."""
        west, _, _, north = self.bounds
        return shapely.transform(
            shape, lambda points: (points - (west, north)) * (1, -1) / self.metres_per_mm
        )

    def at(self, place: Point) -> Point:
        """Return a point (east, north in metres) in mm from the map's upper left corner."""
        west, _, _, north = self.bounds
        return (place[0] - west) / self.metres_per_mm, (north - place[1]) / self.metres_per_mm


def fit_frame(bounds: Bounds, width: float, height: float, margin: float) -> Frame:
    """Return a frame of this size in mm that shows all of `bounds` at the largest round scale.

    `bounds` are west, south, east, north in metres; `margin` mm stay free on each side.
    """
    west, south, east, north = bounds
    needed = 1000 * max(
        (east - west) / (width - 2 * margin), (north - south) / (height - 2 * margin), 1.0
    )
    return Frame(((west + east) / 2, (south + north) / 2), width, height, round_scale(needed))


def round_scale(needed: float) -> float:
    """Return the smallest round denominator that is at least `needed`."""
    steps = (step * 10.0**power for power in count() for step in ROUND)
    return next(step for step in steps if step >= needed)


def bar_km(frame: Frame, longest: float) -> float:
    """Return the length in km of the longest round scale bar of at most `longest` mm."""
    room = frame.metres_per_mm * longest / 1000
    steps = (step * 10.0**power for power in range(-3, 5) for step in (1, 2, 5))
    return max(step for step in steps if step <= room)


SIDE_KM: Final = 22.0
"""Side of the square in km: a city with its new districts and stations."""
FEWEST: Final = 6
"""Minimum number of projects wholly inside the square that justifies the space for a closer map."""


def crowded_square(
    shapes: Mapping[str, BaseGeometry], side_km: float = SIDE_KM
) -> shapely.Polygon | None:
    """Return the square that wholly contains the most shapes (METRIC_CRS), or None for too few.

    The candidates are centred on one shape each. The best one is then centred on all its shapes.
    """
    side = side_km * 1000
    small = {name: shape for name, shape in shapes.items() if _extent(shape) <= side}
    best: Collection[str] = ()
    for shape in small.values():
        inside = wholly_inside(_square(shape.envelope.centroid, side), small)
        if len(inside) > len(best):
            best = inside
    if len(best) < FEWEST:
        return None
    together = shapely.union_all([small[name].envelope for name in best])
    return _square(together.envelope.centroid, side)


def wholly_inside(window: BaseGeometry, shapes: Mapping[str, BaseGeometry]) -> tuple[str, ...]:
    """Return the names of the shapes that lie wholly inside a window."""
    return tuple(name for name, shape in shapes.items() if window.covers(shape))


def _square(middle: shapely.Point, side: float) -> shapely.Polygon:
    half = side / 2
    return shapely.box(middle.x - half, middle.y - half, middle.x + half, middle.y + half)


def _extent(shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))
