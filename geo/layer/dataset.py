"""The dataset: all data that the page shows, read once and kept in memory."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import ENVIRONMENT_VARIABLE, read_text
from geo.core.home import Home
from geo.core.i18n import Words
from geo.core.wording import read_wording
from geo.layer.base_layers import CRS, METRIC_CRS, Bounds, read_counties, read_layer, read_window
from geo.layer.codes import PRECISION_CODES
from geo.layer.events import (
    CurrentState,
    Event,
    Search,
    Timeline,
    current_states,
    read_events,
    read_searches,
    timeline,
)
from geo.layer.filters import FACETS, OFFERED, code_bits
from geo.layer.places import (
    Destination,
    NamedPoint,
    Place,
    read_destinations,
    read_gazetteer,
    read_named_points,
)
from geo.layer.projects import Project, RelatedGroup, parse_project, read_features, read_related
from geo.layer.search import pinyin, searchable
from geo.text.document import Anchor, Document, read_documents
from geo.text.ledger import Ledger, Segment, coverage, read_ledger
from geo.text.marked_text import Chapter, chapters


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A layer with its documents. Two datasets are never equal, even if read from the same files.

    `projects` maps ids to projects, in file order (sorted by id);
    `counties` is the GeoDataFrame of `read_counties`: polygons by code (lon, lat, EPSG:4326);
    `events`, `destinations`, `named_points` and `searches` are in file order, and empty if the home
    has no such file; `gazetteer` maps the ids of places to places;
    `window` is west, south, east, north in degrees, and contains every geometry;
    `version` is the first 12 hex digits of the SHA-256 of the data files;
    `district_lines` is whether maps of it draw the lines of districts (`without_district_lines`).
    """

    home: Home
    documents: Mapping[str, Document]
    projects: Mapping[str, Project]
    counties: gpd.GeoDataFrame
    window: Bounds
    ledger: Ledger
    related: tuple[RelatedGroup, ...]
    events: tuple[Event, ...]
    destinations: tuple[Destination, ...]
    gazetteer: Mapping[str, Place]
    named_points: tuple[NamedPoint, ...]
    searches: tuple[Search, ...]
    version: str
    district_lines: bool = True

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """All segments of the clauses that the ledger covers; empty if its document is unknown."""
        document = self.documents.get(self.ledger.document)
        return coverage(document, self.ledger, self.anchors) if document else ()

    def chapters(self) -> Iterator[Chapter]:
        """Yield the chapters of the first document, with anchors and ledger entries marked."""
        entries = [entry for segment in self.segments for entry in segment.entries]
        return chapters(self.document, self.anchors, entries)

    @property
    def anchors(self) -> list[tuple[str, Anchor]]:
        """All anchors as (project id, anchor) pairs, in file order."""
        return [
            (project.id, anchor) for project in self.projects.values() for anchor in project.anchors
        ]

    @cached_property
    def since(self) -> Mapping[str, CurrentState]:
        """The current state of each project by id; empty if the home has no events."""
        return current_states(self.projects, self.events_of, self.search_of)

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Event, ...]]:
        """The events of each project that has any, by its id, oldest first."""
        events: dict[str, tuple[Event, ...]] = {}
        for event in self.events:
            events[event.project] = (*events.get(event.project, ()), event)
        return events

    @cached_property
    def search_of(self) -> Mapping[str, Search]:
        """The search that found no event of a project, by its id."""
        return {search.project: search for search in self.searches}

    @cached_property
    def named_points_of(self) -> Mapping[str, tuple[NamedPoint, ...]]:
        """The named points of each project that has any, by its id, in file order."""
        points: dict[str, tuple[NamedPoint, ...]] = {}
        for point in self.named_points:
            points[point.project] = (*points.get(point.project, ()), point)
        return points

    def timeline(self, project: str, words: Words) -> Timeline | None:
        """Return the timeline of a project, oldest event first; None if the home has no events."""
        return timeline(
            self.since.get(project),
            self.events_of.get(project, ()),
            self.search_of.get(project),
            words,
        )

    def framed(self, project: Project) -> BaseGeometry | None:
        """Return what a map shows of a project: its geometry, or where its counties roughly lie.

        The latter if the geometry was left out as that of whole counties; None if it has no place.
        """
        if project.geometry is None and project.scope is not None:
            return self.counties.geometry.loc[list(project.counties)].union_all()
        return project.geometry

    @cached_property
    def frame(self) -> gpd.GeoDataFrame:
        """The table with the geometry of each project (EPSG:4326), None where it has none."""
        shapes = [project.geometry for project in self.projects.values()]
        series = gpd.GeoSeries(shapes, index=self.table.index)
        return gpd.GeoDataFrame(self.table, geometry=series, crs=CRS)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: not the frame, which would hold each geometry a second time."""
        return {name: value for name, value in self.__dict__.items() if name != "frame"}

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row per project, indexed by id: codes and search index.

        "suggested" is the rank of a project as one to start with, from 0: lines come first, then
        the most precise locations, then the shortest names, in the order of the text.
        """
        rows = [
            {
                "id": project.id,
                "name_zh": project.name_zh,
                "name_en": project.name_en,
                "sector": project.sector,
                "counties": project.counties,
                "stage": project.stage,
                "precision": project.precision,
                "extent": project.extent,
                "since": self.since[project.id].code if self.since else None,
                "scope": project.scope or "place",
                "start": project.anchors[0].start,
                "pinyin": pinyin(project.name_zh),
                "words": searchable(project),
            }
            for project in self.projects.values()
        ]
        columns = [
            "id", "name_zh", "name_en", "sector", "counties", "stage", "precision", "extent",
            "since", "scope", "start", "pinyin", "words",
        ]  # fmt: skip
        table = pd.DataFrame(rows, columns=columns).set_index("id")
        # Plain Python strings: a search reads all of them at every keystroke.
        table = table.astype({"words": object})
        table["codes"] = code_bits(table)
        table["suggested"] = _suggestion_ranks(self.projects.values())
        return table

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that this dataset has; without events there is no "since"."""
        return tuple(facet for facet in FACETS if facet != "since" or self.since)

    @property
    def offered(self) -> tuple[str, ...]:
        """The facets among them that a page offers to choose from."""
        return tuple(facet for facet in self.facets if facet in OFFERED)

    @property
    def document(self) -> Document:
        """The first document, the one that the page shows."""
        return next(iter(self.documents.values()))


def without_district_lines(dataset: Dataset) -> Dataset:
    """Return the dataset without the outline of any district.

    Projects that stand for whole counties lose their geometry. Areas that were cut at the line of a
    district become the convex hulls of their parts. Each county becomes the part of its bounding
    box that is nearest to a point in it: enough to frame it and to place its name, which is all
    that is drawn of it.
    """
    whole = {name for name, project in dataset.projects.items() if project.scope is not None}
    shapes = dataset.frame.geometry.drop(index=list(whole)).to_crs(METRIC_CRS)
    areas = shapes[shapes.area > 0]
    lines = dataset.counties.geometry.to_crs(METRIC_CRS).boundary.union_all()
    shared_m = areas.boundary.intersection(lines.buffer(ALONG_M)).length
    # Parts that are near each other share a hull, as one of them may be a mere strip along a line.
    near = areas[shared_m > MOST_SHARED_M].buffer(TOGETHER_M).explode()
    hulls = near.convex_hull.groupby(level=0).agg(shapely.union_all).set_crs(METRIC_CRS)
    geometries = dict.fromkeys(whole) | dict(hulls.to_crs(CRS))
    projects = {
        name: replace(project, geometry=geometries[name]) if name in geometries else project
        for name, project in dataset.projects.items()
    }
    counties = dataset.counties.copy()
    counties["geometry"] = _rough_places(counties.geometry)
    return replace(dataset, projects=projects, counties=counties, district_lines=False)


ALONG_M: Final = 60.0
"""A side of an area this close to the line of a district follows it."""
TOGETHER_M: Final = 2000.0
MOST_SHARED_M: Final = 500.0
"""The longest stretch along such lines that an area may have by chance, where it crosses them."""


def _rough_places(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    points = shapes.representative_point()
    boxes = shapes.envelope
    nearest = points.voronoi_polygons(extend_to=boxes.union_all())
    cells = [
        next(cell for cell in nearest if cell.intersects(point)).intersection(box)
        for point, box in zip(points, boxes, strict=True)
    ]
    return gpd.GeoSeries(cells, index=shapes.index, crs=shapes.crs)


LINES: Final = ("LineString", "MultiLineString")


def _suggestion_ranks(projects: Iterable[Project]) -> list[int]:
    """Return the rank of each project as one to start with, from 0 (see `Dataset.frame`)."""
    keys = [
        (
            project.geometry is None or project.geometry.geom_type not in LINES,
            PRECISION_CODES.index(project.precision),
            len(project.name_zh),
            project.anchors[0].start,
        )
        for project in projects
    ]
    ranks = [0] * len(keys)
    for rank, row in enumerate(sorted(range(len(keys)), key=keys.__getitem__)):
        ranks[row] = rank
    return ranks


def read_dataset(home: Home) -> Dataset:
    """Read a dataset without running the checks; raises DataError if a file cannot be used.

    The faults of all files are collected, so that one run shows them all.
    """
    if isinstance(home.root, Path) and not home.root.is_dir():
        fault = Fault(
            "home-folder",
            quoted(home.root, 200).strip("'"),
            "the home of the data",
            "is no folder that can be read",
            f"name one that holds seeds/ and data/ in {ENVIRONMENT_VARIABLE}, or leave that out",
        )
        raise DataError([fault])
    faults: list[Fault] = []
    with _collecting(faults):
        documents = read_documents(home)
    with _collecting(faults):
        projects = read_projects(home)
    with _collecting(faults):
        counties = read_counties(home)
    with _collecting(faults):
        read_layer(home, "rivers")
    with _collecting(faults):
        gazetteer = read_gazetteer(home)
    with _collecting(faults):
        window = read_window(home)
    with _collecting(faults):
        if home.wording.exists():
            read_wording(home.wording)
    with _collecting(faults):
        ledger = read_ledger(home)
    with _collecting(faults):
        related = read_related(home)
    with _collecting(faults):
        events = read_events(home)
    with _collecting(faults):
        destinations = read_destinations(home)
    with _collecting(faults):
        named_points = read_named_points(home)
    with _collecting(faults):
        searches = read_searches(home)
    with _collecting(faults):
        version = version_of(home)
    if faults:
        raise DataError(dict.fromkeys(faults))
    return Dataset(
        home,
        documents,
        projects,
        counties,
        window,
        ledger,
        related,
        events,
        destinations,
        gazetteer,
        named_points,
        searches,
        version,
    )


@contextmanager
def _collecting(faults: list[Fault]) -> Iterator[None]:
    """Collect the faults of one file, so that the next file is read all the same."""
    try:
        yield
    except DataError as error:
        faults.extend(error.faults)


def read_projects(home: Home) -> dict[str, Project]:
    """Return all projects of the layer by id, in file order."""
    projects = (parse_project(feature) for feature in read_features(home.projects))
    return {project.id: project for project in projects}


def version_of(home: Home) -> str:
    """Return the first 12 hex digits of the SHA-256 of the data files."""
    digest = hashlib.sha256()
    for path in home.dataset_files():
        digest.update(read_text(path).encode())
    return digest.hexdigest()[:12]
