"""`python -m geo.core.worker`: a process that makes one file and ends.

It reads a pickled (function, values) from its standard input and writes the bytes that the function
returns to its standard output. `geo.web.jobs` starts it and says what becomes of its memory.
"""

import io
import os
import pickle
import sys
import traceback
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
MOST_BYTES: Final = 2**30
"""The most memory for data that the system gives to a process, where it can be limited."""


class _OrderUnpickler(pickle.Unpickler):
    """Reads what to do; in place of a dataset, it finds the path of its file."""

    def persistent_load(self, path: str) -> Any:
        return load_file(path)


@cache
def load_file(path: str) -> Any:
    """Return the pickled object in a file, the same one for the same path."""
    return pickle.loads(Path(path).read_bytes())  # noqa: S301 - written by our own server


def main() -> None:
    """Do what the standard input says, and exit with status 0 or `ENDED_BY_FAULT`."""
    _limit()
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


def _limit() -> None:
    """Lower the priority and limit the memory, on systems that can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has none

    os.nice(NICENESS)
    if sys.platform == "linux":
        # If the machine runs out of memory, this process goes, and not the server.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_BYTES, hard))


if __name__ == "__main__":
    main()
