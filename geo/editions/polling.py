"""Asking something slow now and then, without making a reader wait for it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from time import monotonic
from typing import Final

INTERVAL_S: Final = 1.0
"""A publication may take this long to be seen; a process asks no more often."""


class Polling:
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
