"""What a process costs its machine, as Linux counts it, and whether the machine is at rest."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SCHEDULED: Final = 2
"""What the C library's clock_getcpuclockid(3) makes of a process id: its bits turned over, and this,
the time that the kernel's scheduler has counted. /proc/PID/stat says the same in steps of 10 ms."""

LOOK_S: Final = 0.2
CALM_LOOKS: Final = 3
CALM_SHARE: Final = 0.1
"""At rest is a machine whose processors are busy for no more than a tenth, three looks in a row."""


def cpu_s(pid: int) -> float:
    """Return the processor time that a process has used, in seconds, all its threads together.

    Raises ProcessLookupError where there is no such process.
    """
    try:
        return time.clock_gettime((~pid << 3) | SCHEDULED)
    except OSError as error:
        raise ProcessLookupError(f"process {pid} has no clock; it has ended") from error


class Meter:
    """What a process uses beyond what it uses at rest, which is its event loop's and goes on always.

    `wait(seconds)` lets a while pass in which it is at rest.
    """

    REST_S: Final = 1.0

    def __init__(self, pid: int, wait: Callable[[float], None]) -> None:
        self._pid = pid
        begun, before = time.monotonic(), cpu_s(pid)
        wait(self.REST_S)
        self.at_rest = (cpu_s(pid) - before) / (time.monotonic() - begun)
        """The share of a processor that it uses at rest."""

    @contextmanager
    def measuring(self, samples: list[float]) -> Iterator[None]:
        """Add what is used from here to the end, in milliseconds, to the samples."""
        begun, before = time.monotonic(), cpu_s(self._pid)
        yield
        rest = self.at_rest * (time.monotonic() - begun)
        samples.append((cpu_s(self._pid) - before - rest) * 1000)


def wait_for_rest(patience_s: float = 10.0, stat: Path = Path("/proc/stat")) -> bool:
    """Wait until the whole machine has been at rest for a while; return False where it never was.

    `stat` is what the kernel says of its processors, as in proc_stat(5). A page that was closed goes on
    being taken down, and would slow whatever is measured next.
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
    """Return what the processors were busy for since the machine began, and all their time, in ticks."""
    first = stat.read_text(encoding="ascii").partition("\n")[0]
    # user, nice, system, idle, iowait, irq, softirq, steal
    ticks = [int(one) for one in first.split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def memory_mb(pid: int) -> float:
    """Return what a process holds in memory (resident set), in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"process {pid} says nothing of its memory; it has ended")
