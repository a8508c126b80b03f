"""What a sheet shows: its numbered projects, the ground in metres, and the frames of its maps.

Distances are metres in EPSG:32648; a frame turns them into millimetres on paper, y downwards.
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


@dataclass(frozen=True)
class Row:
    """A project with the number it has on this sheet, in the list and on the map."""

    number: int
    project: Project


def numbered(projects: Iterable[Project]) -> tuple[Row, ...]:
    """Return the projects in the order of the list, numbered from 1."""
    order = {sector.code: place for place, sector in enumerate(SECTORS)}
    found = sorted(projects, key=lambda one: (order[one.sector], one.anchors[0].start, one.id))
    return tuple(Row(number, project) for number, project in enumerate(found, start=1))


def ranges(numbers: Iterable[int]) -> str:
    """Return numbers as a reader writes them: "1–3, 7, 9" for 1, 2, 3, 7, 9."""
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


@dataclass(frozen=True)
class Place:
    """A named place of the ground at (east, north) in metres; rank 1 is a metropolis."""

    kind: str
    rank: int
    name_zh: str
    name_en: str
    at: tuple[float, float]

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
    """A dataset in metres (EPSG:32648): every shape that a sheet may draw."""

    dataset: Dataset
    counties: gpd.GeoDataFrame
    labels: Mapping[str, tuple[float, float]]
    rivers: tuple[River, ...]
    places: tuple[Place, ...]
    shapes: Mapping[str, BaseGeometry]

    @cached_property
    def home(self) -> BaseGeometry:
        """Ziyang: its counties together."""
        return shapely.union_all(self.counties.geometry.loc[list(COUNTIES)].to_list())

    @cached_property
    def borders(self) -> BaseGeometry:
        """The boundaries of Ziyang's counties, each once: two would put dashes into each other's gaps."""
        own = self.counties.geometry.loc[list(COUNTIES)]
        return shapely.line_merge(shapely.union_all([shape.boundary for shape in own]))

    def shape(self, project: Project) -> BaseGeometry:
        """Return the geometry of a project that has one."""
        return self.shapes[project.id]


def read_ground(dataset: Dataset) -> Ground:
    """Return the ground of a dataset, projected once."""
    layers = {name: read_json(path)["features"] for name, path in dataset.home.layers().items()}
    counties, rivers, places = layers["counties"], layers["rivers"], layers["places"]
    frame = dataset.frame[dataset.frame.geometry.notna()]
    labels = _metric(
        [{"type": "Point", "coordinates": one["properties"]["label"]} for one in counties]
    )
    return Ground(
        dataset,
        dataset.counties.to_crs(METRIC_CRS),
        {
            one["properties"]["code"]: _at(label)
            for one, label in zip(counties, labels, strict=True)
        },
        tuple(
            River(one["properties"]["name_zh"], one["properties"]["name_en"], shape)
            for one, shape in zip(rivers, _metric([one["geometry"] for one in rivers]), strict=True)
        ),
        tuple(
            Place(
                **{key: one["properties"][key] for key in ("kind", "rank", "name_zh", "name_en")},
                at=_at(at),
            )
            for one, at in zip(places, _metric([one["geometry"] for one in places]), strict=True)
        ),
        dict(zip(frame.index, frame.geometry.to_crs(METRIC_CRS), strict=True)),
    )


def _metric(geometries: list[Any]) -> list[BaseGeometry]:
    shapes = [shapely.geometry.shape(one) for one in geometries]
    return list(gpd.GeoSeries(shapes, crs=CRS).to_crs(METRIC_CRS))


def _at(point: BaseGeometry) -> tuple[float, float]:
    return point.x, point.y


ROUND: Final = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5)
"""A scale's denominator is one of these times a power of ten: a planner measures with a ruler."""

Point = tuple[float, float]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """A map of `width` by `height` mm around a middle (east, north in metres, EPSG:32648)."""

    middle: Point
    width: float
    height: float
    scale: float

    @property
    def metres_per_mm(self) -> float:
        """Metres on the ground that a millimetre of the paper shows."""
        return self.scale / 1000

    @cached_property
    def bounds(self) -> Bounds:
        """West, south, east, north in metres (EPSG:32648)."""
        across, up = self.width * self.metres_per_mm / 2, self.height * self.metres_per_mm / 2
        east, north = self.middle
        return east - across, north - up, east + across, north + up

    @cached_property
    def ground(self) -> shapely.Polygon:
        """The rectangle of the ground that the map shows (EPSG:32648)."""
        return shapely.box(*self.bounds)

    def paper(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape of the ground (EPSG:32648) in mm from the map's upper left, y downwards."""
        west, _, _, north = self.bounds
        return shapely.transform(
            shape, lambda one: (one - (west, north)) * (1, -1) / self.metres_per_mm
        )

    def at(self, place: Point) -> Point:
        """Return where a place (east, north in metres) lies, in mm from the upper left."""
        west, _, _, north = self.bounds
        return (place[0] - west) / self.metres_per_mm, (north - place[1]) / self.metres_per_mm


def fit_frame(bounds: Bounds, width: float, height: float, margin: float) -> Frame:
    """Return the frame of a size in mm that shows all of `bounds` at the largest round scale.

    `bounds` are west, south, east, north in metres; `margin` mm stay free on each side.
    """
    west, south, east, north = bounds
    needed = 1000 * max(
        (east - west) / (width - 2 * margin), (north - south) / (height - 2 * margin), 1.0
    )
    return Frame(((west + east) / 2, (south + north) / 2), width, height, round_scale(needed))


def round_scale(needed: float) -> float:
    """Return the smallest round denominator that is not below `needed`."""
    steps = (step * 10.0**power for power in count() for step in ROUND)
    return next(step for step in steps if step >= needed)


def bar_km(frame: Frame, longest: float) -> float:
    """Return the kilometres of the longest round scale bar that is at most `longest` mm long."""
    room = frame.metres_per_mm * longest / 1000
    steps = (step * 10.0**power for power in range(-3, 5) for step in (1, 2, 5))
    return max(step for step in steps if step <= room)


SIDE_KM: Final = 22.0
"""The square's side: a city with its new districts and stations."""
FEWEST: Final = 6
"""Projects wholly inside, below which the square is not worth its room."""


def crowded_square(
    shapes: Mapping[str, BaseGeometry], side_km: float = SIDE_KM
) -> shapely.Polygon | None:
    """Return the square that wholly holds the most shapes (EPSG:32648), or None where few do.

    Each square tried has a shape in its middle, and is then moved to the middle of all it holds.
    """
    side = side_km * 1000
    small = {name: one for name, one in shapes.items() if _extent(one) <= side}
    best: Collection[str] = ()
    for one in small.values():
        held = wholly_inside(_square(one.envelope.centroid, side), small)
        if len(held) > len(best):
            best = held
    if len(best) < FEWEST:
        return None
    together = shapely.union_all([small[name].envelope for name in best])
    return _square(together.envelope.centroid, side)


def wholly_inside(window: BaseGeometry, shapes: Mapping[str, BaseGeometry]) -> tuple[str, ...]:
    """Return the names of the shapes that lie wholly in a window."""
    return tuple(name for name, one in shapes.items() if window.covers(one))


def _square(middle: shapely.Point, side: float) -> shapely.Polygon:
    half = side / 2
    return shapely.box(middle.x - half, middle.y - half, middle.x + half, middle.y + half)


def _extent(shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))
