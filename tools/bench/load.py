"""`python -m tools.bench.load`: what fifty readers at once cost the server, and how long they wait.

Each reader is a session with its own websocket. For a while it filters and selects, and checks each answer
against the filter itself. Then the readers load the page's HTML (`page_loads`). Everything runs on this
machine and stops by itself.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from geo.checks import load as load_dataset
from geo.core.home import Home, find_home
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS
from tools.bench import page_loads
from tools.bench.load_report import HEAD, conditions, table
from tools.bench.process import cpu_s, memory_mb
from tools.bench.sections import renew
from tools.bench.servers import ROOT, free_port, started
from tools.bench.session import Session
from tools.bench.synthetic_layers import write_layer

FIRST_PORT: Final = 8751
CHOICES: Final = 3
"""At most this many values of a facet are chosen at once."""

ONE_IN: Final = 3
"""One in this many actions is a click on the map; the others are filters."""

SEED: Final = 20200725
"""Fixed, so that the readers do the same things in each run."""

PARTS: Final = ("sessions", "pages")
"""What is measured: readers who filter and select, and loads of the page's HTML."""

PAGES_SHARE: Final = 0.25
"""The share of the time in which the page is loaded by each kind of readers."""

BUSY: Final = 8
BUSY_SHARE: Final = 0.2

LONGEST_S: Final = 3600
MOST_READERS: Final = 500

TITLE: Final = "Many readers at once"
HOW: Final = """\
{readers} sessions run for {seconds:.0f} s, each over its own websocket and with the same messages as Streamlit's
own page. Each does something every {pause:g} s on average, at random intervals: two of three actions choose up
to three values of a facet, one clicks a project on the map. After each action the number that the page shows
is compared with the filter itself; a wrong number, an error on the page or a lost connection counts as an
error. A rerun takes from the message until the page has its whole answer. This includes 40 ms that the page
waits so that the browser can draw the map first. The last two rows are of {busy} sessions that never pause, for
a fifth of the time.
"""


@dataclass(frozen=True)
class Plan:
    """The number of readers, how many of them never pause at the end, the duration and the mean pause."""

    readers: int
    busy: int
    seconds: float
    pause_s: float


@dataclass
class Outcome:
    """What a run cost."""

    projects: int
    reruns_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elapsed_s: float = 0
    cpu_s: float = 0
    received: int = 0
    memory_mb: dict[str, float] = field(default_factory=dict)
    busy_ms: list[float] = field(default_factory=list)
    busy_s: float = 0

    def cells(self, readers: int) -> Iterator[tuple[str, str]]:
        """Yield the title and the value of each row."""
        count = len(self.reruns_ms)
        per_reader = (self.memory_mb["all sessions"] - self.memory_mb["one session"]) / max(
            1, readers - 1
        )
        yield "errors", f"{len(self.errors):,}"
        yield "reruns", f"{count:,}"
        yield "reruns per second", f"{count / self.elapsed_s:.1f}"
        yield "rerun, p50, ms", f"{_share(self.reruns_ms, 50):,.0f}"
        yield "rerun, p95, ms", f"{_share(self.reruns_ms, 95):,.0f}"
        yield "rerun, worst, ms", f"{max(self.reruns_ms):,.0f}"
        yield "server, processor per rerun, ms", f"{self.cpu_s / count * 1000:,.0f}"
        yield "server, cores in use", f"{self.cpu_s / self.elapsed_s:.2f}"
        yield "by websocket per rerun, kB", f"{self.received / count / 1000:.1f}"
        for moment, amount in self.memory_mb.items():
            yield f"server, memory, {moment}, MB", f"{amount:,.0f}"
        yield "memory per further session, MB", f"{per_reader:.2f}"
        yield "reruns per second without pauses", f"{len(self.busy_ms) / self.busy_s:.1f}"
        yield "rerun without pauses, p95, ms", f"{_share(self.busy_ms, 95):,.0f}"


def _share(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


async def read_on(reader: Session, chance: random.Random, until: float, pause: float) -> None:
    """Filter and select until the time is up; `pause` is the mean pause in seconds."""
    names = sorted(reader.dataset.projects)
    try:
        while True:
            if pause:
                await asyncio.sleep(chance.uniform(0, 2 * pause))
            if time.perf_counter() > until:
                return
            if chance.randrange(ONE_IN) == 0:
                await reader.click(chance.choice(names))
                continue
            facet = chance.choice(list(FACETS))
            codes = chance.sample(
                FACETS[facet], chance.randint(0, min(CHOICES, len(FACETS[facet])))
            )
            # The page lists the values in the order of the codelist, not in the order of choice.
            await reader.choose(facet, tuple(sorted(codes, key=FACETS[facet].index)))
    except (OSError, EOFError, RuntimeError, TimeoutError) as error:
        reader.errors.append(f"connection lost: {error!r}")


async def measured(address: str, pid: int, dataset: Dataset, plan: Plan) -> Outcome:
    """Let readers arrive, read and leave; return what it cost."""
    made = Outcome(len(dataset.projects))
    chance = random.Random(SEED)
    crowd = {Session(dataset): random.Random(chance.random()) for _ in range(plan.readers)}
    first, *others = crowd
    await first.arrive(address)
    made.memory_mb["one session"] = memory_mb(pid)
    for one in others:
        await one.arrive(address)
    made.memory_mb["all sessions"] = memory_mb(pid)
    for one in crowd:
        one.clear()
    used, begun = cpu_s(pid), time.perf_counter()
    until = begun + plan.seconds
    reading = asyncio.gather(*(read_on(*each, until, plan.pause_s) for each in crowd.items()))
    await asyncio.sleep(plan.seconds / 2)
    made.memory_mb["halfway"] = memory_mb(pid)
    await reading
    made.elapsed_s, made.cpu_s = time.perf_counter() - begun, cpu_s(pid) - used
    made.memory_mb["at the end"] = memory_mb(pid)
    made.reruns_ms = [value for one in crowd for value in one.reruns_ms]
    made.received = sum(one.received for one in crowd)
    made.busy_s, made.busy_ms = await _without_pauses(list(crowd.items())[: plan.busy], plan)
    made.errors = [said for one in crowd for said in one.errors]
    for one in crowd:
        await one.leave()
    return made


async def _without_pauses(
    some: list[tuple[Session, random.Random]], plan: Plan
) -> tuple[float, list[float]]:
    """Let a few readers read without pauses; return for how long, and the times of their reruns."""
    for one, _ in some:
        one.clear()
    begun = time.perf_counter()
    until = begun + plan.seconds * BUSY_SHARE
    await asyncio.gather(*(read_on(*each, until, 0) for each in some))
    times = [value for one, _ in some for value in one.reruns_ms]
    return time.perf_counter() - begun, times


@contextmanager
def home_of(dataset: Dataset, count: int) -> Iterator[Home]:
    """Yield a folder with this many projects, made from the real ones."""
    if count == len(dataset.projects):
        yield dataset.home
        return
    with tempfile.TemporaryDirectory() as name:
        yield write_layer(Path(name), count)


def main() -> None:
    """Run the test for each number of projects; print the table, and write it to a file if asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.load", description=__doc__)
    parser.add_argument(
        "--seconds", type=_between(5, LONGEST_S), default=120, help="duration in s (120)"
    )
    parser.add_argument(
        "--readers", type=_between(2, MOST_READERS), default=50, help="number of sessions (50)"
    )
    parser.add_argument("--pause", type=_between(0, 60), default=5, help="mean pause in s (5)")
    parser.add_argument(
        "--projects", type=int, nargs="*", default=[], help="also test with these sizes"
    )
    parser.add_argument(
        "--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure (all)"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also update the sections in this file"
    )
    asked = parser.parse_args()
    real = load_dataset(find_home())
    readers = int(asked.readers)
    plan = Plan(readers, min(BUSY, readers), asked.seconds, asked.pause)
    outcomes: list[Outcome] = []
    loads: dict[str, page_loads.PageLoads] = {}
    for count in [len(real.projects), *asked.projects]:
        with home_of(real, count) as home, tempfile.TemporaryDirectory() as logs:
            dataset = load_dataset(home)
            for part in asked.parts:
                log = Path(logs) / f"{part}.log"
                settings = {"PROJECT_MAP_HOME": str(home.root)}
                port = free_port(FIRST_PORT)
                # Each part has a server of its own, so that its memory is not that of the one before.
                with started(ROOT / "app.py", port, log, **settings) as (address, pid):
                    if part == "sessions":
                        outcomes.append(asyncio.run(measured(address, pid, dataset, plan)))
                    else:
                        loads |= asyncio.run(_load_pages(address, pid, dataset, plan))
    for title, said in _sections(outcomes, loads, plan):
        print(f"## {title}\n\n{said}\n")
        if asked.write:
            renew(asked.write, title, said, HEAD)
    errors = [said for one in [*outcomes, *loads.values()] for said in one.errors]
    for error in errors[:10]:
        print(error, file=sys.stderr)
    raise SystemExit(1 if errors else 0)


async def _load_pages(
    address: str, pid: int, dataset: Dataset, plan: Plan
) -> dict[str, page_loads.PageLoads]:
    """Return what loads of the page cost, by the title of their column."""
    return {
        f"{len(dataset.projects):,} projects, {encoding}": await page_loads.measured(
            address,
            pid,
            dataset,
            readers=plan.readers,
            seconds=plan.seconds * PAGES_SHARE,
            encoding=encoding,
        )
        for encoding in page_loads.ENCODINGS
    }


def _sections(
    outcomes: Sequence[Outcome], loads: Mapping[str, page_loads.PageLoads], plan: Plan
) -> Iterator[tuple[str, str]]:
    """Yield the title and the text of each section about what was measured."""
    if outcomes:
        heads = [f"{one.projects:,} projects" for one in outcomes]
        how = HOW.format(
            readers=plan.readers, seconds=plan.seconds, pause=plan.pause_s, busy=plan.busy
        )
        yield TITLE, _said(how, heads, [dict(one.cells(plan.readers)) for one in outcomes])
    if loads:
        seconds = plan.seconds * PAGES_SHARE
        how = page_loads.HOW.format(
            readers=plan.readers, seconds=seconds, alone=seconds * page_loads.ALONE_SHARE
        )
        yield (
            page_loads.TITLE,
            _said(how, list(loads), [dict(one.cells()) for one in loads.values()]),
        )


def _said(how: str, heads: Sequence[str], cells: Sequence[Mapping[str, str]]) -> str:
    rows = [[title, *(one[title] for one in cells)] for title in cells[0]]
    return f"{how}\n{table(['measure', *heads], rows)}\n\n{conditions()}"


def _between(least: float, most: float) -> Callable[[str], float]:
    def number(given: str) -> float:
        value = float(given)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"must be from {least:g} to {most:g}")
        return value

    return number


if __name__ == "__main__":
    main()
