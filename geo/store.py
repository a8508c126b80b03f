"""The dataset in memory: read when a file has changed, and never replaced by a broken one."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from geo.assets import Asset, data_assets, folder_of
from geo.checks import load
from geo.dataset import Dataset
from geo.faults import DataError, Fault
from geo.home import Home, find_home


@dataclass(frozen=True)
class Edition:
    """A dataset with the files made from it, and the folder these are served under."""

    dataset: Dataset
    assets: Mapping[str, Asset]
    folder: str


@dataclass(frozen=True)
class Reading:
    """The last good edition, if there is one, and the faults of a newer one that is not good."""

    edition: Edition | None
    faults: tuple[Fault, ...]


class Store:
    """Reads a home again when a file of it has changed; safe to call from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._signature: tuple[Home, object] | None = None
        self._reading = Reading(None, ())

    def read(self) -> Reading:
        """Return what is known now; costs a few `stat` calls when nothing has changed."""
        home = find_home()
        signature = _signature(home)
        with self._lock:
            if signature != self._signature:
                moved = self._signature is not None and self._signature[0] != home
                last = None if moved else self._reading.edition
                self._reading = _read(home, last)
                self._signature = signature
            return self._reading


def _read(home: Home, last: Edition | None) -> Reading:
    try:
        dataset = load(home)
        assets = data_assets(dataset)
    except DataError as error:
        return Reading(last, error.faults)
    return Reading(Edition(dataset, assets, folder_of(assets)), ())


def _signature(home: Home) -> tuple[Home, tuple[object, ...]]:
    watched = home.watched()
    if home.seeds.is_dir():
        watched += sorted(home.seeds.iterdir())
    stats = []
    for path in watched:
        try:
            stat = path.stat()
        except OSError as error:
            stats.append((path, error.errno, 0))
        else:
            stats.append((path, stat.st_mtime_ns, stat.st_size))
    return home, tuple(stats)


store = Store()
"""The one store of a server process, shared by the page and the routes."""
