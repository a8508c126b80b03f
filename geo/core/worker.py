"""Runs a function in a process of its own, which gives all its memory back and can be stopped.

`run_apart` starts `python -m geo.core.worker`. The process reads a pickled (function, values) from its
standard input and writes the bytes that the function returns to its standard output.
`concurrent.futures.ProcessPoolExecutor` cannot stop a job that has begun, and `anyio.to_process`
keeps its processes and their memory; under both, a process begins by importing Streamlit.
"""

import io
import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from geo.core.faults import DataError

MODULE: Final = "geo.core.worker"
ENDED_BY_FAULT: Final = 3
"""The exit status if the output is not the file, but why there is none: a pickled ("faults", faults)
or ("error", traceback)."""

NICENESS: Final = 10
"""Readers who filter go first."""

QUIET: Final = {"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
"""Settings of a process: one thread and one heap, because several would need more memory."""


class EndedEarlyError(Exception):
    """A process ended without a result; the text continues a sentence about what it was to do."""


class Stop:
    """A switch that ends a job: its process, if it has one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.pulled = False

    def start(self, command: list[str], **options: Any) -> subprocess.Popen[bytes] | None:
        """Start the process of the job; return None if the job has been stopped before."""
        with self._lock:
            if not self.pulled:
                self._process = subprocess.Popen(command, **options)
            return self._process

    def pull(self) -> None:
        """Kill the process, and let none start."""
        with self._lock:
            self.pulled = True
            if self._process is not None:
                self._process.kill()


def run_apart(
    stop: Stop,
    order: bytes,
    environment: Mapping[str, str],
    *,
    most_s: float | None = None,
    most_bytes: int | None = None,
) -> bytes:
    """Return what a process makes of an order, a pickled (function, values); b"" once stopped.

    `environment` is added to that of this process. The process may take at most `most_s` seconds, and
    the system gives it at most `most_bytes` of memory for data, where it can be limited. Raises
    DataError with the faults that the function found, EndedEarlyError if there is no result, and
    RuntimeError if the function failed.
    """
    process = stop.start(
        [sys.executable, "-m", MODULE, *([str(most_bytes)] if most_bytes else [])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={**os.environ, **QUIET, **environment},
    )
    if process is None:
        return b""
    try:
        made, _ = process.communicate(order, most_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise EndedEarlyError(f"takes more than {most_s:.0f} s") from None
    if stop.pulled:
        return b""
    if process.returncode == ENDED_BY_FAULT:
        kind, told = pickle.loads(made)  # noqa: S301 - written by our own process
        if kind == "faults":
            raise DataError(told)
        raise RuntimeError(f"a process that makes files failed:\n{told}")
    if process.returncode:
        # Most likely for want of memory.
        raise EndedEarlyError(f"ended early (exit status {process.returncode})")
    return made


class _OrderUnpickler(pickle.Unpickler):
    """Reads what to do; in place of a dataset, it finds the path of its file."""

    def persistent_load(self, path: str) -> Any:
        return load_file(path)


@cache
def load_file(path: str) -> Any:
    """Return the pickled object in a file, the same one for the same path."""
    return pickle.loads(Path(path).read_bytes())  # noqa: S301 - written by our own server


def main() -> None:
    """Do what the standard input says, and exit with status 0 or `ENDED_BY_FAULT`.

    An argument is the most bytes of memory for data.
    """
    _limit(int(sys.argv[1]) if sys.argv[1:] else None)
    # What a library prints must not get into the file.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    order = io.BytesIO(sys.stdin.buffer.read())
    try:
        function, values = _OrderUnpickler(order).load()
        made = function(*values)
        status = 0
    except DataError as error:
        made, status = pickle.dumps(("faults", error.faults)), ENDED_BY_FAULT
    except Exception:  # noqa: BLE001 - it is raised again in the server
        made, status = pickle.dumps(("error", traceback.format_exc())), ENDED_BY_FAULT
    with output:
        output.write(made)
    # Libraries would take a while to tidy up memory that goes back to the system all the same.
    os._exit(status)


def _limit(most_bytes: int | None) -> None:
    """Lower the priority and limit the memory, on systems that can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    os.nice(NICENESS)
    if sys.platform == "linux":
        # If the machine runs out of memory, this process goes, and not the server.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        if most_bytes is not None:
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            resource.setrlimit(resource.RLIMIT_DATA, (most_bytes, hard))


if __name__ == "__main__":
    main()
