"""The store of the current edition, which is reloaded when the data source changes.

A version with faults never replaces a good one. A folder is checked for changes on each request,
at the cost of a few `stat` calls, and a database is polled. A new version is read in a background
thread, so that no user waits for a database that does not answer, and only one for a large layer.
A request starts the poll, and at most one runs at a time; schedulers such as APScheduler would run
it at fixed intervals instead.
"""

import ctypes
import datetime as dt
import gc
import logging
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from geo.core.faults import DataError, Fault
from geo.core.files import ENVIRONMENT_VARIABLE
from geo.core.home import Home, Source, find_source
from geo.editions.changes import EditionChange, read_changes
from geo.editions.snapshot import INTERRUPTED_CHECK, read_snapshot
from geo.layer.dataset import Dataset
from geo.views.assets import Asset, folder_of

logger: Final = logging.getLogger(__name__)


HEAP_LIMITS: Final = {-8: 1, -3: 256 * 1024, -1: 1024 * 1024}
"""The parameters of mallopt(3): one heap for all threads, blocks of more than 256 kB outside it, and
what is free at its end given back from 1 MB on."""


def limit_heap() -> None:
    """Let the C library give freed memory back to the system, where it is glibc.

    By default each thread has a heap of its own, and blocks of up to 32 MB are cut from the heaps. Of
    a server that makes files, a third of the memory would be holes in heaps.
    """
    if sys.platform == "linux":
        change = getattr(ctypes.CDLL(None), "mallopt", lambda *_: 0)
        for parameter, value in HEAP_LIMITS.items():
            change(parameter, value)


def freeze_memory() -> None:
    """Exempt all objects that are in memory now from garbage collection.

    Libraries and data make up some 400 000 objects. A collection that visits them all takes a tenth
    of a second, during which no request is answered. The objects of an earlier edition are
    collected when this is called for the next one.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


INTERVAL_S: Final = 1.0
"""The shortest time between two polls, and so how long a new edition may go unnoticed."""


class BackgroundRefresh:
    """Runs a task in a background thread, at most once at a time and once per `interval_s`."""

    def __init__(self, task: Callable[[], None], interval_s: float) -> None:
        self._task = task
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._run: Future[None] | None = None
        self._ended_s = 0.0

    def ask(self, patience_s: float | None) -> None:
        """Start the task if it is due.

        The caller that starts a run waits for it, at most `patience_s` seconds. Other callers do
        not wait, unless `patience_s` is None: then every caller waits until the run ends. An error
        that the task raised is raised again to each caller until the next run.
        """
        with self._lock:
            due = self._run is None or (
                self._run.done() and monotonic() - self._ended_s >= self._interval_s
            )
            if self._run is None or due:
                self._run = self._start()
            run = self._run
        if due or patience_s is None:
            wait([run], patience_s)
        if run.done():
            run.result()

    def _start(self) -> "Future[None]":
        run: Future[None] = Future()

        def work() -> None:
            try:
                self._task()
            except BaseException as error:  # noqa: BLE001 (it is raised again in `ask`)
                failure: BaseException | None = error
            else:
                failure = None
            self._ended_s = monotonic()
            if failure is None:
                run.set_result(None)
            else:
                run.set_exception(failure)

        # A daemon thread, so that a database that does not answer cannot keep the process alive.
        threading.Thread(target=work, name="polling", daemon=True).start()
        return run


WAIT_S: Final = 0.25
"""How long a request waits for the database, which usually answers in a tenth of this time."""

FOLDER_WAIT_S: Final = 10.0
"""How long the request that notices a change of the folder waits for the new version. The included
layer takes two seconds, so that whoever edits it sees the change at the next reload."""


@dataclass(frozen=True)
class Edition:
    """A dataset with the files derived from it, and the URL folder that they are served under.

    `changes` are those between the editions that the source keeps; None if it keeps only this one.
    """

    dataset: Dataset
    assets: Mapping[str, Asset]
    folder: str
    changes: tuple[EditionChange, ...] | None = None


@dataclass(frozen=True)
class StoreState:
    """The last good edition, if any, and the faults of the newest version of the data.

    With faults, `current_on` is the last day on which the edition was the newest, by this machine's
    clock; without faults or without an edition it is None.
    """

    edition: Edition | None
    faults: tuple[Fault, ...]
    current_on: dt.date | None = None


ATTEMPTS: Final = 3
"""How often a folder is read again at once if it was changed while it was read. Replacing it takes
less time than reading it."""

CHANGING: Final = Fault(
    "home-changing",
    ENVIRONMENT_VARIABLE,
    "the folder",
    f"was changed each time while it was read, {ATTEMPTS} times",
    "wait until all of it is there; better, put new files beside the old ones and rename them",
)


class SourceCache:
    """Caches the last good edition of one data source. It is thread-safe."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._lock = threading.Lock()
        self._last_read: tuple[object, StoreState] | None = None
        self._state = StoreState(None, ())
        self._current_on: dt.date | None = None
        self._polling = BackgroundRefresh(self._refresh, INTERVAL_S if source.remote else 0)

    def read(self) -> StoreState:
        """Return the current state; while there is no edition to show, wait for the next version.

        Later the request that asks for a new version waits at most `WAIT_S` or `FOLDER_WAIT_S`.
        """
        shown = self._state.edition is not None
        if self.source.remote:
            self._polling.ask(WAIT_S if shown or self._state.faults else None)
        elif self._last_read is not None and self._last_read[0] == self.source.fingerprint():
            self._refresh()
        else:
            self._polling.ask(FOLDER_WAIT_S if shown else None)
        return self._state

    def _refresh(self) -> None:
        with self._lock:
            before, after = self._state, self._read_if_changed()
            if after.faults:
                after = replace(after, current_on=self._current_on)
            else:
                self._current_on = dt.datetime.now().astimezone().date()
            log_change(before, after)
            self._state = after

    def _read_if_changed(self) -> StoreState:
        last = self._state.edition
        try:
            for _ in range(ATTEMPTS):
                fingerprint = self.source.fingerprint()
                if self._last_read is not None and self._last_read[0] == fingerprint:
                    return self._last_read[1]
                state = _read(Home(self.source.root()), last, read_changes(self.source))
                # Otherwise files of two editions may have been read together. A database is read
                # from one moment.
                if self.source.remote or self.source.fingerprint() == fingerprint:
                    self._last_read = fingerprint, state
                    return state
        except DataError as error:
            faults = error.faults
        else:
            faults = (CHANGING,)
        return StoreState(last, tuple(_with_shown_edition(fault, last) for fault in faults))


MOST_LOGGED: Final = 50
"""The most faults in one entry of the log; `python -m geo` prints all of them."""


def log_change(before: StoreState, after: StoreState) -> None:
    """Log the faults of the data when they come, change or go, with the command that lists them."""
    if after.faults and after.faults != before.faults:
        shown = after.edition.dataset.version if after.edition else "none"
        lines = [str(fault) for fault in after.faults[:MOST_LOGGED]]
        logger.error(
            "the data has faults or cannot be read (edition shown: %s; run python -m geo):\n%s",
            shown,
            "\n".join(lines),
        )
    elif before.faults and after.edition and not after.faults:
        version = after.edition.dataset.version
        # A warning, because lower levels are not printed by default.
        logger.warning("the data is read again without a fault; edition %s is shown", version)


class Store:
    """Caches the source that PROJECT_MAP_HOME names, following changes of the variable."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cache: SourceCache | None = None

    def read(self) -> StoreState:
        """Return the current state; see `SourceCache.read`."""
        source = find_source()
        with self._lock:
            if self._cache is None or self._cache.source != source:
                self._cache = SourceCache(source)
            cache = self._cache
        return cache.read()


def _read(
    home: Home, last: Edition | None, changes: tuple[EditionChange, ...] | None
) -> StoreState:
    try:
        dataset, assets = read_snapshot(home)
    except DataError as error:
        if any(fault.check == INTERRUPTED_CHECK for fault in error.faults):
            # What is returned is kept until the data changes.
            raise
        return StoreState(last, error.faults)
    edition = Edition(dataset, assets, folder_of(assets), changes)
    freeze_memory()
    return StoreState(edition, ())


def _with_shown_edition(fault: Fault, last: Edition | None) -> Fault:
    """Return the fault with a note saying which edition is still shown."""
    if last is None:
        return fault
    return replace(fault, rule=f"{fault.rule}, so edition {last.dataset.version} is still shown")


store = Store()
"""The one store of a server process, shared by the page and the routes."""
