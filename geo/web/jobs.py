"""Makes the files that readers ask for: few at a time, each once, and none that nobody waits for.

A small file is made in a thread of the server, a sheet, a picture or a large file in a process of
its own (`geo.core.worker`).
"""

import asyncio
import gc
import logging
import pickle
import threading
from collections.abc import Callable, Coroutine, Hashable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from itertools import count
from queue import PriorityQueue
from time import monotonic
from typing import Any, Final, Protocol, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from geo.core import worker
from geo.core.faults import DataError, Fault
from geo.core.files import ENVIRONMENT_VARIABLE, WRITE_CHECK
from geo.core.worker import Stop
from geo.editions.snapshot import files_of
from geo.layer.dataset import Dataset
from geo.web.responses import RETRY_AFTER_S, error_response, unavailable_response

T = TypeVar("T")

logger: Final = logging.getLogger(__name__)

BUSY_CHECK: Final = "server-busy"
"""The check of a fault that passes by itself: the same request will be answered later."""
MOST_WAIT_S: Final = 45.0
MOST_S: Final = 70.0
"""How long a job may wait for its turn, and a process may take for it. nginx waits 120 s for both."""

MOST_BYTES: Final = 2**30
"""The most memory for data that a process may have."""


class Runner(Protocol):
    """Runs a function for a job, in the thread that calls it, until it ends or is stopped."""

    def __call__(self, stop: Stop, function: Callable[..., bytes], /, *values: Any) -> bytes:
        """Return what the function makes of the values; of no use to anybody once stopped."""


@dataclass(eq=False)
class _Job:
    """What to run, its result to be, how many readers wait for it, and the switch that ends it."""

    order: tuple[Callable[..., bytes], tuple[Any, ...]]
    future: "Future[bytes]" = field(default_factory=Future)
    stop: Stop = field(default_factory=Stop)
    readers: int = 0
    asked_s: float = field(default_factory=monotonic)


class Jobs:
    """A queue of jobs, of which `at_once` run and at most `waiting` more wait, for `MOST_WAIT_S`.

    Requests for the same file at the same time share a job. A job whose last reader has gone is
    stopped. It can be used from several threads and event loops.
    """

    def __init__(self, run: Runner, at_once: int, waiting: int) -> None:
        self._run = run
        self._at_once, self._waiting = at_once, waiting
        self._lock = threading.Lock()
        self._jobs: dict[Hashable, _Job] = {}
        self._queue: PriorityQueue[tuple[bool, int, _Job]] = PriorityQueue()
        self._numbers = count()
        self._unfinished = self._threads = 0

    async def make(
        self, key: Hashable, function: Callable[..., bytes], *values: Any, is_second: bool = False
    ) -> bytes:
        """Return what a function makes of these values; `key` says which jobs are the same.

        A job that `is_second` makes something of the file of a first one. It goes before the others
        and is never too many, because its reader has waited already. Raises DataError if too many
        others wait or have gone before for too long, and whatever the function raises.
        """
        job = self._join(key, (function, values), is_second=is_second)
        try:
            # Whoever is cancelled here must not cancel the job of the others.
            return await asyncio.shield(asyncio.wrap_future(job.future))
        finally:
            self._leave(key, job)

    def _join(
        self,
        key: Hashable,
        order: tuple[Callable[..., bytes], tuple[Any, ...]],
        *,
        is_second: bool,
    ) -> _Job:
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                if self._unfinished >= self._at_once + self._waiting and not is_second:
                    raise DataError([_busy()])
                job = self._jobs[key] = _Job(order)
                job.future.add_done_callback(partial(self._ended, key, job))
                self._unfinished += 1
                self._queue.put((not is_second, next(self._numbers), job))
                if self._threads < self._at_once:
                    self._threads += 1
                    # A daemon, so that the server can stop while a file is being made.
                    threading.Thread(target=self._work, name="jobs", daemon=True).start()
            job.readers += 1
        return job

    def _work(self) -> None:
        while True:
            *_, job = self._queue.get()
            if not job.future.set_running_or_notify_cancel():
                continue
            function, values = job.order
            try:
                if monotonic() - job.asked_s > MOST_WAIT_S:
                    raise DataError([_busy()])  # noqa: TRY301 - an outcome like any other
                made = self._run(job.stop, function, *values)
            except BaseException as error:  # noqa: BLE001 - it is raised again in `make`
                job.future.set_exception(error)
            else:
                job.future.set_result(made)
                del made
            # Otherwise its values would stay in memory until the next job, and the files of earlier
            # ones, which their requests hold in cycles, for long.
            del job, function, values
            gc.collect()

    def _leave(self, key: Hashable, job: _Job) -> None:
        with self._lock:
            job.readers -= 1
            is_unwanted = job.readers == 0 and not job.future.done()
            if is_unwanted:
                self._forget(key, job)
        if is_unwanted and not job.future.cancel():
            job.stop.pull()

    def _ended(self, key: Hashable, job: _Job, _: "Future[bytes]") -> None:
        with self._lock:
            self._unfinished -= 1
            self._forget(key, job)

    def _forget(self, key: Hashable, job: _Job) -> None:
        """Let the next request for this file start a job of its own."""
        if self._jobs.get(key) is job:
            del self._jobs[key]


def _busy() -> Fault:
    return Fault(
        BUSY_CHECK, "the server", "this file", "has to wait, because too many others are being made",
        f"ask again in {RETRY_AFTER_S} seconds",
    )  # fmt: skip


def run_here(stop: Stop, function: Callable[..., bytes], /, *values: Any) -> bytes:
    """Run a function in this thread; stopped before it begins, it returns nothing."""
    return b"" if stop.pulled else function(*values)


def run_apart(stop: Stop, function: Callable[..., bytes], /, *values: Any) -> bytes:
    """Run a function in a process of its own.

    Datasets among the values are read by the process from a file. Raises DataError with the faults
    that the function found, or if the process ended early, and RuntimeError if the function failed.
    """
    order = BytesIO()
    pickler = _OrderPickler(order)
    pickler.dump((function, values))
    try:
        return worker.run_apart(
            stop, order.getvalue(), pickler.environment, most_s=MOST_S, most_bytes=MOST_BYTES
        )
    except worker.EndedEarlyError as error:
        fault = Fault(
            BUSY_CHECK, "the server", "making this file", str(error),
            "choose fewer projects with a filter, or ask again later",
        )  # fmt: skip
        raise DataError([fault]) from None


class _OrderPickler(pickle.Pickler):
    """Writes what a process is to do; in place of a dataset, it writes the path of its file."""

    def __init__(self, file: BytesIO) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.environment: dict[str, str] = {}

    def persistent_id(self, value: Any) -> str | None:
        if not isinstance(value, Dataset):
            return None
        files = files_of(value)
        # Labels and counties are read from the home too; a database may have a later edition.
        self.environment[ENVIRONMENT_VARIABLE] = str(files.home)
        return str(files.dataset)


small_jobs = Jobs(run_here, at_once=2, waiting=64)
"""Files that take less than a fifth of a second, in the server."""

large_jobs = Jobs(run_apart, at_once=1, waiting=8)
"""Everything else. A process needs up to 300 MB, and one at a time leaves a core to the readers."""


READER_GONE: Final = 499
"""The status, as nginx writes it in its log, of an answer that nobody receives."""


async def unless_gone(request: Request, making: Coroutine[Any, Any, T]) -> T | None:
    """Return what a coroutine returns; as soon as the reader has gone, cancel it and return None."""
    made = asyncio.ensure_future(making)
    gone = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({made, gone}, return_when=asyncio.FIRST_COMPLETED)
        return made.result() if made.done() else None
    finally:
        made.cancel()
        gone.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def fault_response(
    request: Request, error: DataError, status: int, more: Mapping[str, str] | None = None
) -> Response:
    """Respond with the faults of a request, or with status 503 if the server is to blame."""
    checks = {fault.check for fault in error.faults}
    if WRITE_CHECK in checks:
        # Its faults name paths, which are for the log.
        logger.error("a file could not be made: %s", error)
        return unavailable_response(request, more)
    if BUSY_CHECK in checks:
        return error_response(str(error), 503, {"Retry-After": str(RETRY_AFTER_S), **(more or {})})
    return error_response(str(error), status, more)
