"""Where the seeds and the data lie: this folder, or what PROJECT_MAP_HOME names.

It names a folder, or a PostGIS database to which editions are published. Both are read alike.
"""

import errno
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from geo.core.faults import DataError, Fault
from geo.core.memory import Readable
from geo.core.postgis import is_address
from geo.core.postgis_source import DatabaseSource
from geo.core.strict_json import parse

ENVIRONMENT_VARIABLE = "PROJECT_MAP_HOME"


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

    def watched(self) -> list[Readable]:
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

    def mark(self) -> object:
        """Return what changes when the data does; raises DataError when nothing answers."""

    def root(self) -> Readable:
        """Return the root of the home as it is now; raises DataError when nothing answers."""


@lru_cache(maxsize=8)
def _watched(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder's layer, there or not; asked for at each choice of each reader."""
    home = Home(folder)
    # What a folder need not have may come later.
    return tuple(folder / "data" / path.name for path in (*home.watched(), *home.optional()))


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

    def mark(self) -> object:
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


def read_text(path: Readable) -> str:
    """Return the UTF-8 text of a file, with its line ends as they are.

    Raises DataError when the file is missing, unreadable, no plain file, or not UTF-8.
    """
    record = f"{path.parent.name}/{path.name}"
    try:
        return _content(path).decode("utf-8")
    except OSError as error:
        fault = Fault(
            "file-readable",
            record,
            f"the file cannot be read ({error.strerror})",
            "but the map is made from it",
            "restore it from version control, or name another home in " + ENVIRONMENT_VARIABLE,
        )
        raise DataError([fault]) from error
    except UnicodeDecodeError as error:
        fault = Fault(
            "file-utf8",
            record,
            f"byte {error.start} is not UTF-8",
            "but every file is UTF-8",
            "save it as UTF-8 without a byte order mark",
        )
        raise DataError([fault]) from error


def _content(path: Readable) -> bytes:
    """Return the bytes of a file; raises OSError for a folder, a pipe or a device, too."""
    # A pipe or a device would be read for ever.
    if isinstance(path, Path) and path.exists() and not (path.is_file() or path.is_dir()):
        raise OSError(errno.EINVAL, "it is no plain file")
    return path.read_bytes()


def read_json(path: Readable) -> Any:
    """Return the JSON value in a file, taken strictly (see `strict_json`).

    Raises DataError with the place where reading stopped.
    """
    try:
        return parse(read_text(path))
    except ValueError as error:
        fault = Fault(
            "file-json",
            f"{path.parent.name}/{path.name}",
            str(error),
            "but the file must be plain JSON",
            "undo the last edit, or run it through a JSON formatter to find the spot",
        )
        raise DataError([fault]) from error
