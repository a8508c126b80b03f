"""What a process costs its machine, as Linux counts it: processor time and memory."""

import os
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
SINCE_STATE: Final = 3
"""The number of the field that follows the name in /proc/PID/stat; utime and stime are 14 and 15."""


def cpu_s(pid: int) -> float:
    """Return the processor time that a process has used, in seconds, all its threads together."""
    # The name before it may hold blanks and brackets.
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(int(fields[number - SINCE_STATE]) for number in (14, 15)) / TICKS


def memory_mb(pid: int) -> float:
    """Return what a process holds in memory (resident set), in megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise RuntimeError(f"process {pid} says nothing of its memory; it has ended")
