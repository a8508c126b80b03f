"""The current edition: read again when its source has changed, never replaced by a faulty one.

A folder is looked at on each request, which costs a few `stat` calls. A database is polled in the
background, so that no reader waits for one that does not answer. Schedulers such as APScheduler run
tasks at intervals; here a request starts the task, and at most one runs at a time.
"""

import gc
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from geo.checks import load
from geo.core.faults import DataError, Fault
from geo.core.home import Home, Source, find_source
from geo.layer.dataset import Dataset
from geo.views.assets import Asset, data_assets, folder_of


def freeze_memory() -> None:
    """Take all that is in memory now out of the garbage collector's sight.

    Libraries and data are some 400 000 objects, and to look through them all takes a tenth of a
    second, in which no reader is answered; frozen, they cost nothing. What a newer edition of the
    data replaces is collected when that one settles.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


INTERVAL_S: Final = 1.0
"""A publication may take this long to be seen; a process asks no more often."""


class BackgroundRefresh:
    """Has a task done in a thread of its own, one at a time, and never before it is due."""

    def __init__(self, task: Callable[[], None]) -> None:
        self._task = task
        self._lock = threading.Lock()
        self._run: Future[None] | None = None
        self._ended_s = 0.0

    def ask(self, patience_s: float | None) -> None:
        """Have the task done if it is due, and wait for it at most `patience_s`, None for its end.

        Only who starts a run waits with patience; others take what is there. An error that the
        task raised is raised here, to each who asks until the next run.
        """
        with self._lock:
            due = self._run is None or (
                self._run.done() and monotonic() - self._ended_s >= INTERVAL_S
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
            except BaseException as error:  # noqa: BLE001 (it is raised again to whoever asks)
                failure: BaseException | None = error
            else:
                failure = None
            self._ended_s = monotonic()
            if failure is None:
                run.set_result(None)
            else:
                run.set_exception(failure)

        # A daemon, so that a database that does not answer cannot keep the process from ending.
        threading.Thread(target=work, name="polling", daemon=True).start()
        return run


WAIT_S: Final = 0.25
"""How long a reader waits for a database; one that is well answers in a tenth of that."""


@dataclass(frozen=True)
class Edition:
    """A dataset with the files made from it, and the folder these are served under."""

    dataset: Dataset
    assets: Mapping[str, Asset]
    folder: str


@dataclass(frozen=True)
class StoreState:
    """The last good edition, if there is one, and the faults of a newer one that is not good."""

    edition: Edition | None
    faults: tuple[Fault, ...]


class SourceCache:
    """Keeps the last good edition of one source; safe to call from many threads."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._lock = threading.Lock()
        self._seen: tuple[object, StoreState] | None = None
        self._reading = StoreState(None, ())
        self._polling = BackgroundRefresh(self._refresh)

    def read(self) -> StoreState:
        """Return what is known now; waits only for a folder, or while nothing is known at all."""
        if self.source.remote:
            known = self._reading.edition is not None or self._reading.faults
            self._polling.ask(WAIT_S if known else None)
        else:
            self._refresh()
        return self._reading

    def _refresh(self) -> None:
        with self._lock:
            self._reading = self._now()

    def _now(self) -> StoreState:
        last = self._reading.edition
        try:
            mark = self.source.fingerprint()
            if self._seen is not None and self._seen[0] == mark:
                return self._seen[1]
            home = Home(self.source.root())
        except DataError as error:
            return StoreState(
                last, tuple(_with_shown_edition(fault, last) for fault in error.faults)
            )
        reading = _read(home, last)
        self._seen = mark, reading
        return reading


class Store:
    """Keeps what PROJECT_MAP_HOME names now."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keeper: SourceCache | None = None

    def read(self) -> StoreState:
        """Return what is known now; costs a few `stat` calls when nothing has changed."""
        source = find_source()
        with self._lock:
            if self._keeper is None or self._keeper.source != source:
                self._keeper = SourceCache(source)
            keeper = self._keeper
        return keeper.read()


def _read(home: Home, last: Edition | None) -> StoreState:
    try:
        dataset = load(home)
        assets = data_assets(dataset)
    except DataError as error:
        return StoreState(last, error.faults)
    edition = Edition(dataset, assets, folder_of(assets))
    # Made now, as the first reader would wait for it: the table that every filter looks at.
    _ = dataset.frame
    freeze_memory()
    return StoreState(edition, ())


def _with_shown_edition(fault: Fault, last: Edition | None) -> Fault:
    """Say beside the fault which edition a reader sees all the same."""
    if last is None:
        return fault
    return replace(fault, rule=f"{fault.rule}, so edition {last.dataset.version} is still shown")


store = Store()
"""The one store of a server process, shared by the page and the routes."""
