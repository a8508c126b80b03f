"""A dataset in files, which one process writes and others read.

A layer is read and checked by a process of its own, and the server only loads the result. Reading
needs tables of pinyin (50 MB), and leaves holes in the memory of the process that reads, which it
never gives back: 340 MB with ten thousand projects. It also takes 20 s there, in which the server
would be slow. The processes that make files (`geo.web.jobs`) load the dataset from the same file.
"""

import pickle
import tempfile
import threading
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.checks import load_published
from geo.core.faults import DataError, Fault
from geo.core.files import ENVIRONMENT_VARIABLE, InMemoryPath, write_fault
from geo.core.home import Home
from geo.core.worker import EndedEarlyError, Stop, run_apart
from geo.layer.dataset import Dataset
from geo.views.assets import Asset, PackedAsset, data_assets

APART_BYTES: Final = 500_000
"""A smaller layer, some fifty projects, is read by the server itself, which takes less time than to
start a process."""

INTERRUPTED_CHECK: Final = "home-reading"
"""The check of a fault that is not one of the data: reading it again may succeed."""

Contents = tuple[Dataset, Mapping[str, Asset]]
"""A dataset and the files that are derived from it, by name."""


@dataclass(frozen=True)
class Files:
    """A temporary folder with the file of a dataset and, if it has no other, its home."""

    folder: tempfile.TemporaryDirectory[str]
    home: Path

    @property
    def dataset(self) -> Path:
        """The pickled dataset."""
        return Path(self.folder.name) / "dataset"

    @property
    def assets(self) -> Path:
        """The pickled files that are derived from it."""
        return Path(self.folder.name) / "assets"


_files: "weakref.WeakKeyDictionary[Dataset, Files]" = weakref.WeakKeyDictionary()
_files_lock: Final = threading.Lock()


def read_snapshot(home: Home) -> Contents:
    """Read and check a home, in a process of its own unless it is small.

    Raises DataError with the faults of the home, or if the process could not read it.
    """
    return _read_apart(home) if _size(home) >= APART_BYTES else _read_here(home)


def _size(home: Home) -> int:
    """Return the size of the layer in bytes; 0 if it cannot be read, which reading it will say."""
    try:
        if isinstance(home.projects, Path):
            return home.projects.stat().st_size
        return len(home.projects.read_bytes())
    except OSError:
        return 0


def _read_here(home: Home) -> Contents:
    dataset = load_published(home)
    # Otherwise the first request would wait until the data frame is built.
    _ = dataset.frame
    return dataset, data_assets(dataset)


def _read_apart(home: Home) -> Contents:
    try:
        files = _new_files(home)
        written = (Home(files.home), files.dataset, files.assets)
        order = pickle.dumps((_write_snapshot, written))
        run_apart(Stop(), order, {ENVIRONMENT_VARIABLE: str(files.home)})
        with files.dataset.open("rb") as dataset_file, files.assets.open("rb") as assets_file:
            dataset: Dataset = pickle.load(dataset_file)  # noqa: S301 - written by our own process
            assets: Mapping[str, Asset] = pickle.load(assets_file)  # noqa: S301 - likewise
        _ = dataset.frame
    except EndedEarlyError as error:
        fault = Fault(
            INTERRUPTED_CHECK, "the process that reads the data", "its end", str(error),
            "see the log, and whether the machine has enough memory",
        )  # fmt: skip
        raise DataError([fault]) from None
    except OSError as error:
        raise DataError([_unwritable(error)]) from error
    with _files_lock:
        _files[dataset] = files
    return dataset, assets


def _write_snapshot(home: Home, dataset_file: Path, assets_file: Path) -> bytes:
    """Write the files of a home; return nothing, because they are too large to be passed on."""
    dataset, assets = _read_here(home)
    _dump(dataset, dataset_file)
    _dump({name: PackedAsset(asset) for name, asset in assets.items()}, assets_file)
    return b""


def files_of(dataset: Dataset) -> Files:
    """Return the files of a dataset, which go when it does.

    Raises DataError if they cannot be written.
    """
    with _files_lock:
        files = _files.get(dataset)
        if files is None:
            _ = dataset.frame  # so that no process has to compute it
            try:
                files = _new_files(dataset.home)
                _dump(dataset, files.dataset)
            except OSError as error:
                raise DataError([_unwritable(error)]) from error
            _files[dataset] = files
        return files


def _unwritable(error: OSError) -> Fault:
    return write_fault("a temporary file of the data", error)


def _new_files(home: Home) -> Files:
    """Create the folder of a dataset; the home of a database is written to it."""
    folder = tempfile.TemporaryDirectory(prefix="project-map-")
    root = home.root
    if not isinstance(root, InMemoryPath):
        return Files(folder, Path(str(root)).resolve())
    for name, content in root.files.items():
        path = Path(folder.name) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Files(folder, Path(folder.name))


def _dump(value: object, path: Path) -> None:
    # To a file, in blocks, between which other threads run.
    with path.open("wb") as file:
        pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
