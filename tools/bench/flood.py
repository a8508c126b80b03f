"""`python -m tools.bench.flood`: what a flood of sheets, previews and files costs the server and its readers.

A few readers filter and select, first alone and then during the flood. The flood is what one careless or
hostile client can do: pictures one after another, many at once, requests that are given up, and readers who
come back for the same file. Every file has a filter of its own. Everything runs on this machine, and the
number of requests and the time are bounded.
"""

import argparse
import asyncio
import itertools
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from geo.checks import load as load_dataset
from geo.core.home import find_home
from geo.layer.codes import SECTOR_CODES
from geo.layer.dataset import Dataset
from tools.bench.load import home_of, read_on
from tools.bench.load_report import HEAD, conditions, table
from tools.bench.process import tree_memory_mb
from tools.bench.sections import renew
from tools.bench.servers import ROOT, free_port, started
from tools.bench.session import Session

FIRST_PORT: Final = 8781
READERS: Final = 10
PAUSE_S: Final = 1.0
ALONE_S: Final = 20
READING_S: Final = 30
REST_S: Final = 60
LOOK_S: Final = 0.25
"""How often the memory is measured."""

PATIENCE_S: Final = 130
"""Longer than nginx waits for an answer."""
LONGEST_S: Final = 240
"""After this time, what is left of the flood is not asked for."""

ONE_AFTER_ANOTHER: Final = 40
AT_ONCE: Final = 60
GIVEN_UP: Final = 40
SAME: Final = 20
MIXED: Final = 96

TITLE: Final = "A flood"
HOW: Final = f"""\
{READERS} readers filter and select, each every {PAUSE_S:g} s on average: {ALONE_S} s alone, and then during the flood:
{ONE_AFTER_ANOTHER} A3 pictures (PNG) of different filters, one after another; {AT_ONCE} others at once; {GIVEN_UP} sheets (PDF)
whose reader goes after half a second; {SAME} requests for one more sheet at the same time; and {MIXED} more sheets,
one-file maps, workbooks, GeoPackages and previews at once. Nothing of a phase is asked for after {LONGEST_S} s. Memory is
the proportional set size of the server and the processes that it started, in which pages that two of
them share count once. At the end the layer's file is touched, so that the server reads the data again, while the
readers go on for {READING_S} s. A refusal is status 503 with `Retry-After`. Any other status, and an answer that is cut
short or takes more than {PATIENCE_S} s, counts as an error.
"""


@dataclass
class Flood:
    """What a flood cost; times in milliseconds, memory in megabytes."""

    projects: int
    start_s: float = 0
    alone_ms: list[float] = field(default_factory=list)
    during_ms: list[float] = field(default_factory=list)
    reading_ms: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    before_mb: float = 0
    height_mb: float = 0
    after_mb: float = 0
    whole_pdf_s: float = 0
    whole_png_s: float = 0
    flood_s: float = 0

    def cells(self) -> Iterator[tuple[str, str]]:
        """Yield the title and the value of each row."""
        yield "start of the server, s", f"{self.start_s:,.1f}"
        yield "sheet of all projects, PDF, s", f"{self.whole_pdf_s:,.1f}"
        yield "sheet of all projects, PNG after it, s", f"{self.whole_png_s:,.1f}"
        yield "memory before, MB", f"{self.before_mb:,.0f}"
        yield "memory at its height, MB", f"{self.height_mb:,.0f}"
        yield "memory a minute after, MB", f"{self.after_mb:,.0f}"
        yield "rerun of others before, p50, ms", f"{_share(self.alone_ms, 50):,.0f}"
        yield "rerun of others before, p95, ms", f"{_share(self.alone_ms, 95):,.0f}"
        yield "rerun of others during the flood, p50, ms", f"{_share(self.during_ms, 50):,.0f}"
        yield "rerun of others during the flood, p95, ms", f"{_share(self.during_ms, 95):,.0f}"
        yield (
            "rerun of others while new data is read, p95, ms",
            f"{_share(self.reading_ms, 95):,.0f}",
        )
        yield "rerun of others while new data is read, longest, ms", f"{max(self.reading_ms):,.0f}"
        yield "duration of the flood, s", f"{self.flood_s:,.0f}"
        for kind in ("made", "refused", "given up"):
            yield f"requests {kind}", f"{self.answers[kind]:,}"
        yield "errors", f"{len(self.errors):,}"


def _share(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def filters() -> Iterator[str]:
    """Yield queries of different filters without end, the smaller ones first."""
    for size in itertools.count(1):
        for number, sectors in enumerate(itertools.combinations(SECTOR_CODES, size)):
            language = ("zh", "en")[number % 2]
            yield urlencode([*(("sector", code) for code in sectors), ("lang", language)])


async def ask(address: str, path: str, made: Flood, patience_s: float = PATIENCE_S) -> None:
    """Ask for a file over a new connection, read the whole answer, and count it."""
    parts = urlsplit(address)
    try:
        async with asyncio.timeout(patience_s):
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            try:
                writer.write(
                    f"GET /{path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
                    "Connection: close\r\n\r\n".encode("ascii")
                )
                answer = await reader.read(-1)
            finally:
                writer.close()
    except TimeoutError:
        if patience_s < PATIENCE_S:
            made.answers["given up"] += 1
        else:
            made.errors.append(f"GET /{path}: no answer in {patience_s:g} s")
        return
    except OSError as error:
        made.errors.append(f"GET /{path}: {error!r}")
        return
    head, _, body = answer.partition(b"\r\n\r\n")
    status = head.partition(b"\r\n")[0].decode("latin-1")
    fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
    if " 503 " in status and b"retry-after" in fields:
        made.answers["refused"] += 1
    elif " 200 " in status and len(body) == int(fields.get(b"content-length", -1)):
        made.answers["made"] += 1
    else:
        made.errors.append(f"GET /{path}: {status!r}, {len(body)} bytes")


async def flood(address: str, made: Flood) -> None:
    """Send the flood, one phase after another."""
    each = filters()
    until = time.perf_counter() + LONGEST_S
    for _ in range(ONE_AFTER_ANOTHER):
        if time.perf_counter() < until:
            await ask(address, f"api/map.png?{next(each)}", made)
    await _together([ask(address, f"api/map.png?{next(each)}", made) for _ in range(AT_ONCE)])
    await _together([ask(address, f"api/map.pdf?{next(each)}", made, 0.5) for _ in range(GIVEN_UP)])
    same = next(each)
    await _together([ask(address, f"api/map.pdf?{same}", made) for _ in range(SAME)])
    kinds = ("api/map.pdf", "api/map.html", "api/projects.xlsx", "api/projects.gpkg", "preview.png")
    await _together(
        [
            ask(address, f"{kind}?{next(each)}", made)
            for kind in itertools.islice(itertools.cycle(kinds), MIXED)
        ]
    )


async def _together(requests: Sequence[object]) -> None:
    await asyncio.gather(*requests)


async def measured(address: str, pid: int, dataset: Dataset, made: Flood) -> None:
    """Measure a server before, during and after a flood."""
    chance = random.Random(20200725)
    crowd = {Session(dataset): random.Random(chance.random()) for _ in range(READERS)}
    for one in crowd:
        await one.arrive(address)
        one.clear()
    until = time.perf_counter() + ALONE_S
    await asyncio.gather(*(read_on(*each, until, PAUSE_S) for each in crowd.items()))
    made.alone_ms = [value for one in crowd for value in one.reruns_ms]
    for one in crowd:
        one.clear()
    made.before_mb = made.height_mb = tree_memory_mb(pid)
    watch = asyncio.ensure_future(_watch(pid, made))
    begun = time.perf_counter()
    reading = [
        asyncio.ensure_future(read_on(*each, float("inf"), PAUSE_S)) for each in crowd.items()
    ]
    for kind in ("pdf", "png"):
        since = time.perf_counter()
        await ask(address, f"api/map.{kind}", made)
        setattr(made, f"whole_{kind}_s", time.perf_counter() - since)
    await flood(address, made)
    made.flood_s = time.perf_counter() - begun
    for one in reading:
        one.cancel()
    await asyncio.gather(*reading, return_exceptions=True)
    made.during_ms = [value for one in crowd for value in one.reruns_ms]
    await asyncio.sleep(REST_S)
    watch.cancel()
    made.after_mb = tree_memory_mb(pid)
    for one in crowd:
        await one.leave()
    crowd |= await _read_again(address, dataset, made)
    made.errors += [said for one in crowd for said in one.errors]


async def _read_again(address: str, dataset: Dataset, made: Flood) -> dict[Session, random.Random]:
    """Measure other sessions while the server reads the data again, as after a change of its file."""
    crowd = {Session(dataset): random.Random(number) for number in range(READERS)}
    for one in crowd:
        await one.arrive(address)
        one.clear()
    dataset.home.folder.joinpath("data", "projects.geojson").touch()
    until = time.perf_counter() + READING_S
    await asyncio.gather(*(read_on(*each, until, PAUSE_S) for each in crowd.items()))
    made.reading_ms = [value for one in crowd for value in one.reruns_ms]
    for one in crowd:
        await one.leave()
    return crowd


async def _watch(pid: int, made: Flood) -> None:
    while True:
        made.height_mb = max(made.height_mb, await asyncio.to_thread(tree_memory_mb, pid))
        await asyncio.sleep(LOOK_S)


def main() -> None:
    """Run the flood for each number of projects; print the table, and write it to a file if asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.flood", description=__doc__)
    parser.add_argument(
        "--projects", type=int, nargs="*", default=[10_000], help="also these sizes (10000)"
    )
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="also update the section in this file"
    )
    asked = parser.parse_args()
    real = load_dataset(find_home())
    floods = []
    for count in [len(real.projects), *asked.projects]:
        with home_of(real, count) as home, tempfile.TemporaryDirectory() as logs:
            made = Flood(count)
            dataset = load_dataset(home)
            since = time.perf_counter()
            log, port = Path(logs) / "log", free_port(FIRST_PORT)
            with started(ROOT / "app.py", port, log, PROJECT_MAP_HOME=str(home.root)) as (url, pid):
                made.start_s = time.perf_counter() - since
                asyncio.run(measured(url, pid, dataset, made))
            floods.append(made)
        print(*made.errors[:10], sep="\n")
    heads = [f"{one.projects:,} projects" for one in floods]
    cells = [dict(one.cells()) for one in floods]
    rows = [[title, *(one[title] for one in cells)] for title in cells[0]]
    said = f"{HOW}\n{table(['measure', *heads], rows)}\n\n{conditions()}"
    print(f"## {TITLE}\n\n{said}")
    if asked.write:
        renew(asked.write, TITLE, said, HEAD)
    raise SystemExit(1 if any(one.errors for one in floods) else 0)


if __name__ == "__main__":
    main()
