"""The home of the data: the folder, or the PostGIS database, that PROJECT_MAP_HOME names.

Folder and database are read alike. The codelists and labels of the interface follow the counties of
the home that the program was started for (`counties_at_start`); the checks read each home anew.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from geo.core.faults import DataError, Fault
from geo.core.files import ENVIRONMENT_VARIABLE, Readable, read_json
from geo.core.postgis import DatabaseSource, is_address


@dataclass(frozen=True)
class Home:
    """What holds `seeds/` and `data/`: a folder, or one held in memory."""

    root: Readable

    @property
    def folder(self) -> Path:
        """The folder, for what writes to it; raises DataError where there is none."""
        if isinstance(self.root, Path):
            return self.root
        fault = Fault(
            "home-folder",
            ENVIRONMENT_VARIABLE,
            "a database",
            "is read only by this command, and an edition never changes",
            "work in a folder, then run: python -m geo publish ADDRESS",
        )
        raise DataError([fault])

    @property
    def seeds(self) -> Readable:
        """The folder of the source texts, never edited."""
        return self.root / "seeds"

    @property
    def data(self) -> Readable:
        """The folder of the curated layers."""
        return self.root / "data"

    @property
    def projects(self) -> Readable:
        """The curated layer."""
        return self.data / "projects.geojson"

    @property
    def documents(self) -> Readable:
        """Title, issuer, dates and hash of each source text."""
        return self.data / "documents.json"

    @property
    def counties(self) -> Readable:
        """District polygons of Ziyang and its neighbours."""
        return self.data / "counties.geojson"

    @property
    def ledger(self) -> Readable:
        """What of the text was left out of the layer, and why."""
        return self.data / "ledger.json"

    @property
    def related(self) -> Readable:
        """Which projects share a place."""
        return self.data / "related.json"

    @property
    def events(self) -> Readable:
        """What happened since; a folder may have none."""
        return self.data / "events.json"

    @property
    def destinations(self) -> Readable:
        """Where each line leads beyond the place; a folder may have none."""
        return self.data / "destinations.json"

    def words(self, language: str) -> Readable:
        """Return the catalogue of a language: every message here, some in another's folder."""
        return self.data / "i18n" / f"{language}.ftl"

    def dataset_files(self) -> list[Readable]:
        """Return the files that a dataset is made from, beside the seeds."""
        own = [self.documents, self.projects, self.ledger, self.related]
        own += [path for path in self.optional() if path.exists()]
        return [*own, *self.layers().values()]

    def optional(self) -> list[Readable]:
        """Return the files that a dataset is made from where they are there."""
        return [self.events, self.destinations]

    def layers(self) -> dict[str, Readable]:
        """Return the backdrop layers that are drawn below the projects, by name."""
        return {
            "counties": self.counties,
            "rivers": self.data / "rivers.geojson",
            "places": self.data / "places.geojson",
        }


PACKAGE: Final = Path(__file__).resolve().parents[2]
PACKAGE_HOME: Final = Home(PACKAGE)
"""The folder this package lies in, with Ziyang's decision and layer."""


class Source(Protocol):
    """Where a home comes from. Two sources are equal when they name the same place."""

    @property
    def remote(self) -> bool:
        """Whether an answer may be long in coming."""

    def fingerprint(self) -> object:
        """Return what changes when the data does; raises DataError when nothing answers."""

    def root(self) -> Readable:
        """Return the root of the home as it is now; raises DataError when nothing answers."""


@lru_cache(maxsize=8)
def _watched(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder's layer, there or not; asked for at each choice of each reader."""
    home = Home(folder)
    # What a folder need not have may come later.
    return tuple(folder / "data" / path.name for path in (*home.dataset_files(), *home.optional()))


def _stat(path: Path) -> tuple[Path, int, int]:
    try:
        found = path.stat()
    except OSError as error:
        return path, error.errno or 0, 0
    return path, found.st_mtime_ns, found.st_size


@dataclass(frozen=True)
class FolderSource:
    """A folder of this machine."""

    path: Path

    remote = False

    def fingerprint(self) -> object:
        """Return time and size of each file; costs a few `stat` calls."""
        try:
            seeds = sorted((self.path / "seeds").iterdir())
        except OSError:
            seeds = []
        return tuple(_stat(path) for path in (*_watched(self.path), *seeds))

    def root(self) -> Path:
        """Return the folder."""
        return self.path


def source_of(named: str) -> Source:
    """Return the source with this name: the address of a database, or the path of a folder."""
    return DatabaseSource(named) if is_address(named) else FolderSource(Path(named))


def find_source() -> Source:
    """Return the source that PROJECT_MAP_HOME names, else the folder this package lies in."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return source_of(named or str(PACKAGE))


def find_home() -> Home:
    """Return the home as it is now; raises DataError when it is a database that does not answer."""
    return Home(find_source().root())


@dataclass(frozen=True)
class County:
    """A county of the place: its code (GB/T 2260) and its names."""

    code: str
    name_zh: str
    name_en: str


ZIYANG: Final = (
    County("512002", "雁江区", "Yanjiang District"),
    County("512021", "安岳县", "Anyue County"),
    County("512022", "乐至县", "Lezhi County"),
)


def own_counties(collection: Any) -> tuple[County, ...]:
    """Return the counties that a FeatureCollection marks as the place's own, in its order.

    The mark is the property `ziyang`, named after the first place. Raises KeyError, TypeError or
    AttributeError when a feature is not as the contract says.
    """
    found = []
    for feature in collection["features"]:
        properties: Mapping[str, Any] = feature["properties"]
        if properties["ziyang"]:
            found.append(County(*(properties[key] for key in ("code", "name_zh", "name_en"))))
    return tuple(found)


@cache
def counties_at_start() -> tuple[County, ...]:
    """Return the counties of the folder that the program was started for."""
    try:
        found = own_counties(read_json(find_home().counties))
    except (DataError, KeyError, TypeError, AttributeError):
        # Reading the dataset reports what is wrong; the page that shows the report must still open.
        return ZIYANG
    return found if found and all(map(_is_sound, found)) else ZIYANG


def _is_sound(county: County) -> bool:
    """Say whether a county can be a code of the interface, and has names to show for it."""
    names = (county.name_zh, county.name_en)
    coded = isinstance(county.code, str) and re.fullmatch("[0-9]{6}", county.code)
    return bool(coded) and all(isinstance(name, str) and name.strip() for name in names)
