"""The home of the data: the folder or PostGIS database that PROJECT_MAP_HOME names.

Folders and databases are read in the same way. The codelists and labels of the interface use the
counties of the home that the program was started with (`counties_at_start`); the checks use those
of the home they are given.
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
    """A folder, on disk or in memory, that contains `seeds/` and `data/`."""

    root: Readable

    @property
    def folder(self) -> Path:
        """The folder on disk, for code that writes to it; raises DataError for a database."""
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
        """The folder of the source texts, which are never edited."""
        return self.root / "seeds"

    @property
    def data(self) -> Readable:
        """The folder of the curated data files."""
        return self.root / "data"

    @property
    def projects(self) -> Readable:
        """The layer of projects."""
        return self.data / "projects.geojson"

    @property
    def documents(self) -> Readable:
        """Title, issuer, dates and SHA-256 of each source text."""
        return self.data / "documents.json"

    @property
    def counties(self) -> Readable:
        """District polygons of Ziyang and its neighbours."""
        return self.data / "counties.geojson"

    @property
    def ledger(self) -> Readable:
        """The parts of the text that are not in the layer, and why."""
        return self.data / "ledger.json"

    @property
    def related(self) -> Readable:
        """Groups of projects that share a place."""
        return self.data / "related.json"

    @property
    def events(self) -> Readable:
        """What happened since the decision; optional."""
        return self.data / "events.json"

    @property
    def destinations(self) -> Readable:
        """Where lines lead beyond the mapped area; optional."""
        return self.data / "destinations.json"

    @property
    def named_points(self) -> Readable:
        """The places that each geometry was made from; optional."""
        return self.data / "named_points.json"

    @property
    def searches(self) -> Readable:
        """The searches that found no event of a project; optional."""
        return self.data / "searches.json"

    @property
    def wording(self) -> Readable:
        """What the home calls its place, document and clauses (`geo.core.wording`); optional."""
        return self.data / "home.json"

    def words(self, language: str) -> Readable:
        """Return a language's message catalogue: complete in this package, partial elsewhere."""
        return self.data / "i18n" / f"{language}.ftl"

    def dataset_files(self) -> list[Readable]:
        """Return the required data files, and the optional ones that exist."""
        files = [self.documents, self.projects, self.ledger, self.related]
        files += [path for path in self.optional() if path.exists()]
        return [*files, *self.layers().values()]

    def optional(self) -> list[Readable]:
        """Return the data files that a home need not have."""
        return [self.events, self.destinations, self.named_points, self.searches, self.wording]

    def layers(self) -> dict[str, Readable]:
        """Return the base layers, drawn below the projects, by name."""
        return {
            "counties": self.counties,
            "rivers": self.data / "rivers.geojson",
            "places": self.data / "places.geojson",
        }


PACKAGE: Final = Path(__file__).resolve().parents[2]
PACKAGE_HOME: Final = Home(PACKAGE)
"""The home that comes with this package: Ziyang's decision and its layer."""


class Source(Protocol):
    """Where a home is read from. Sources for the same folder or database are equal."""

    @property
    def remote(self) -> bool:
        """Whether reading may take long."""

    def fingerprint(self) -> object:
        """Return a value that changes when the data does; raises DataError if unreachable."""

    def root(self) -> Readable:
        """Return the root of the home as it is now; raises DataError if unreachable."""


@lru_cache(maxsize=8)
def _watched_files(folder: Path) -> tuple[Path, ...]:
    """Return the data files of a folder, existing or not; cached, as each rerun needs them."""
    home = Home(folder)
    # An optional file that is missing now may be added later.
    return tuple(folder / "data" / path.name for path in (*home.dataset_files(), *home.optional()))


def _stat(path: Path) -> tuple[object, ...]:
    try:
        status = path.stat()
    except OSError as error:
        return path, error.errno or 0
    # Another file may have the same size and, copied with its dates, the same modification time.
    return path, status.st_ino, status.st_ctime_ns, status.st_mtime_ns, status.st_size


@dataclass(frozen=True)
class FolderSource:
    """A folder on this machine."""

    path: Path

    remote = False

    def fingerprint(self) -> object:
        """Return identity, times and size of each file; costs a few `stat` calls."""
        try:
            seeds = sorted((self.path / "seeds").iterdir())
        except OSError:
            seeds = []
        return tuple(_stat(path) for path in (*_watched_files(self.path), *seeds))

    def root(self) -> Path:
        """Return the folder."""
        return self.path


def source_of(named: str) -> Source:
    """Return the source for a database address or a folder path."""
    return DatabaseSource(named) if is_address(named) else FolderSource(Path(named))


def find_source() -> Source:
    """Return the source that PROJECT_MAP_HOME names, by default this package's own folder."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return source_of(named or str(PACKAGE))


def find_home() -> Home:
    """Return the home as it is now; raises DataError if its database does not answer."""
    return Home(find_source().root())


@dataclass(frozen=True)
class County:
    """A county of the mapped place: its GB/T 2260 code and its names."""

    code: str
    name_zh: str
    name_en: str


ZIYANG: Final = (
    County("512002", "雁江区", "Yanjiang District"),
    County("512021", "安岳县", "Anyue County"),
    County("512022", "乐至县", "Lezhi County"),
)


def own_counties(collection: Any) -> tuple[County, ...]:
    """Return the counties that a FeatureCollection marks as the place's own, in file order.

    The mark is the property `ziyang`, named after the first place that was mapped. Raises KeyError,
    TypeError or AttributeError for a feature that breaks the data contract.
    """
    counties = []
    for feature in collection["features"]:
        properties: Mapping[str, Any] = feature["properties"]
        if properties["ziyang"]:
            counties.append(County(*(properties[key] for key in ("code", "name_zh", "name_en"))))
    return tuple(counties)


@cache
def counties_at_start() -> tuple[County, ...]:
    """Return the counties of the home that the program was started with; Ziyang's if unreadable."""
    try:
        counties = own_counties(read_json(find_home().counties))
    except (DataError, KeyError, TypeError, AttributeError):
        # Reading the dataset reports the error; the page that shows the report must still open.
        return ZIYANG
    return counties if counties and all(map(_is_valid, counties)) else ZIYANG


def _is_valid(county: County) -> bool:
    """Return whether a county has a code that the interface can use, and names to show."""
    names = (county.name_zh, county.name_en)
    code_valid = isinstance(county.code, str) and re.fullmatch("[0-9]{6}", county.code)
    return bool(code_valid) and all(isinstance(name, str) and name.strip() for name in names)
