"""What lies under the projects of a sheet: counties, rivers and named places, in metres."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.files import read_json
from geo.layer.base_layers import CRS, METRIC_CRS
from geo.layer.codes import COUNTIES
from geo.layer.dataset import Dataset
from geo.layer.projects import Project

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
