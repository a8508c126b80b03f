"""Everything the page shows, read once, checked, and held in memory."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import ENVIRONMENT_VARIABLE, read_text
from geo.core.home import Home
from geo.core.i18n import Words
from geo.layer.base_layers import CRS, Bounds, read_counties, read_layer, read_window
from geo.layer.events import CurrentState, Event, Timeline, current_states, read_events, timeline
from geo.layer.filters import FACETS, code_bits
from geo.layer.projects import (
    Destination,
    Project,
    RelatedGroup,
    parse_project,
    read_destinations,
    read_features,
    read_related,
)
from geo.layer.search import pinyin, searchable
from geo.text.document import Anchor, Document, read_documents
from geo.text.ledger import Ledger, Segment, coverage, read_ledger
from geo.text.marked_text import Chapter, chapters


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """A checked layer with its documents. Each reading is a value of its own, never equal to another.

    `projects` holds every Project by id, in the order of the file (sorted by id);
    `counties` is a GeoDataFrame [code, geometry] of district polygons (lon, lat, EPSG:4326);
    `events` and `destinations` are in the order of their files, empty where a folder has none;
    `window` is west, south, east, north in degrees: every geometry lies inside;
    `version` is the first 12 hex digits of the sha256 over all that was read.
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
    version: str

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """Every segment of the clauses that the ledger covers; none when its document is unknown."""
        document = self.documents.get(self.ledger.document)
        return coverage(document, self.ledger, self.anchors) if document else ()

    def chapters(self) -> Iterator[Chapter]:
        """Yield the first document as it is read, with what is quoted and what is explained marked."""
        entries = [entry for segment in self.segments for entry in segment.entries]
        return chapters(self.document, self.anchors, entries)

    @property
    def anchors(self) -> list[tuple[str, Anchor]]:
        """Every anchor with the id of its project, in the order of the file."""
        return [(one.id, anchor) for one in self.projects.values() for anchor in one.anchors]

    @cached_property
    def since(self) -> Mapping[str, CurrentState]:
        """What became of each project by id; empty where the folder has no events."""
        return current_states(self.projects, self.events_of)

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Event, ...]]:
        """The events of each project that has any, by its id, the oldest first."""
        found: dict[str, tuple[Event, ...]] = {}
        for event in self.events:
            found[event.project] = (*found.get(event.project, ()), event)
        return found

    def timeline(self, project: str, words: Words) -> Timeline | None:
        """Return what happened to a project, oldest first; None where the folder has no events."""
        return timeline(self.since.get(project), self.events_of.get(project, ()), words)

    @cached_property
    def frame(self) -> gpd.GeoDataFrame:
        """One row per project, indexed by id: its codes and its geometry (EPSG:4326)."""
        rows = [
            {
                "id": project.id,
                "name_zh": project.name_zh,
                "name_en": project.name_en,
                "sector": project.sector,
                "counties": project.counties,
                "stage": project.stage,
                "precision": project.precision,
                "since": self.since[project.id].code if self.since else None,
                "scope": project.scope or "place",
                "start": project.anchors[0].start,
                "pinyin": pinyin(project.name_zh),
                "words": searchable(project),
            }
            for project in self.projects.values()
        ]
        columns = [
            "id", "name_zh", "name_en", "sector", "counties", "stage", "precision", "since",
            "scope", "start", "pinyin", "words",
        ]  # fmt: skip
        table = pd.DataFrame(rows, columns=columns).set_index("id")
        # As plain objects: a search looks at each of them at every letter.
        table = table.astype({"words": object})
        table["codes"] = code_bits(table)
        shapes = [project.geometry for project in self.projects.values()]
        return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, index=table.index), crs=CRS)

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that tell projects apart here; without events nothing is known since."""
        return tuple(facet for facet in FACETS if facet != "since" or self.since)

    @property
    def document(self) -> Document:
        """The first document, which the page shows."""
        return next(iter(self.documents.values()))


def read_dataset(home: Home) -> Dataset:
    """Read a folder without the checks; raises DataError when there is nothing to check.

    Faults of separate files are collected, so that one run shows them all.
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
    for name in ("rivers", "places"):
        with _collecting(faults):
            read_layer(home, name)
    with _collecting(faults):
        window = read_window(home)
    with _collecting(faults):
        ledger = read_ledger(home)
    with _collecting(faults):
        related = read_related(home)
    with _collecting(faults):
        events = read_events(home)
    with _collecting(faults):
        destinations = read_destinations(home)
    with _collecting(faults):
        version = version_of(home)
    if faults:
        raise DataError(dict.fromkeys(faults))
    return Dataset(
        home, documents, projects, counties, window, ledger, related, events, destinations, version
    )


@contextmanager
def _collecting(faults: list[Fault]) -> Iterator[None]:
    """Keep the faults of one file, so that the next is read all the same."""
    try:
        yield
    except DataError as error:
        faults.extend(error.faults)


def read_projects(home: Home) -> dict[str, Project]:
    """Return every project of the layer by id, in the order of the file."""
    found = (parse_project(feature) for feature in read_features(home.projects))
    return {project.id: project for project in found}


def version_of(home: Home) -> str:
    """Return the first 12 hex digits of the sha256 over the data files."""
    digest = hashlib.sha256()
    for path in home.dataset_files():
        digest.update(read_text(path).encode())
    return digest.hexdigest()[:12]
