"""Processor time and memory of a process on Linux, and whether the machine is idle."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SCHEDULED: Final = 2
"""The clock of a process's processor time, as clock_getcpuclockid(3) numbers it: the inverted bits of the
process id, followed by these three bits. /proc/PID/stat has the same time, but only in steps of 10 ms."""

LOOK_S: Final = 0.2
CALM_LOOKS: Final = 3
CALM_SHARE: Final = 0.1
"""A machine is idle if its processors are busy for at most a tenth of the time, three times in a row."""


def cpu_s(pid: int) -> float:
    """Return the processor time of a process in seconds, all its threads together.

    Raises ProcessLookupError if there is no such process.
    """
    try:
        return time.clock_gettime((~pid << 3) | SCHEDULED)
    except OSError as error:
        raise ProcessLookupError(f"process {pid} has no clock; it has ended") from error


class Meter:
    """Measures the processor time of a process, less what its event loop always uses, even when idle.

    `wait(seconds)` must leave the process idle for that long.
    """

    REST_S: Final = 1.0

    def __init__(self, pid: int, wait: Callable[[float], None]) -> None:
        self._pid = pid
        begun, before = time.monotonic(), cpu_s(pid)
        wait(self.REST_S)
        self.at_rest = (cpu_s(pid) - before) / (time.monotonic() - begun)
        """The share of a processor that it uses when idle."""

    @contextmanager
    def measuring(self, samples: list[float]) -> Iterator[None]:
        """Add the processor time of the `with` block to the samples, in milliseconds."""
        begun, before = time.monotonic(), cpu_s(self._pid)
        yield
        rest = self.at_rest * (time.monotonic() - begun)
        samples.append((cpu_s(self._pid) - before - rest) * 1000)


def wait_for_rest(patience_s: float = 10.0, stat: Path = Path("/proc/stat")) -> bool:
    """Wait until the whole machine has been idle for a while; return False if it never was.

    Chromium works on for a while after a page was closed, which would slow down the next measurement.
    `stat` is the kernel's file on its processors, see proc_stat(5).
    """
    until = time.monotonic() + patience_s
    calm = 0
    while calm < CALM_LOOKS:
        if time.monotonic() > until:
            return False
        busy, all_time = _spent(stat)
        time.sleep(LOOK_S)
        busier, all_later = _spent(stat)
        calm = calm + 1 if busier - busy <= CALM_SHARE * (all_later - all_time) else 0
    return True


def _spent(stat: Path) -> tuple[int, int]:
    """Return the busy time of the processors since the machine started, and their total time, in ticks."""
    first = stat.read_text(encoding="ascii").partition("\n")[0]
    # user, nice, system, idle, iowait, irq, softirq, steal
    ticks = [int(one) for one in first.split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def memory_mb(pid: int) -> float:
    """Return the memory of a process (resident set) in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"process {pid} says nothing of its memory; it has ended")


def tree_memory_mb(pid: int) -> float:
    """Return the memory of a process and all those it started, in megabytes (proportional set size).

    A page that two processes share counts half for each. A process that ends meanwhile counts nothing.
    """
    total = 0
    for one in (pid, *_started_by(pid)):
        try:
            said = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="utf-8")
        except (FileNotFoundError, ProcessLookupError):
            continue
        found = re.search(r"^Pss:\s+(\d+) kB$", said, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total * 1024 / 1e6


def _started_by(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text(encoding="ascii").split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in map(int, children):
            yield child
            yield from _started_by(child)
