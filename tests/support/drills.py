"""`make drills`: faults on purpose under fifty readers, and what the readers noticed of them.

Two processes of the app show the edition of a PostgreSQL behind a real nginx, as docs/deploy.md sets them
up. Each reader is a session with its own websocket, as in the load test; when its connection is lost, it
opens another as a page does, and goes on from the address that it has. The results are written to
docs/drills.md.
"""

import asyncio
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from websockets.exceptions import WebSocketException

from geo.checks import load
from geo.core.files import ENVIRONMENT_VARIABLE
from geo.core.home import Home
from geo.editions.publishing import publish
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS
from geo.layer.query import parse_query
from support import ROOT
from support.nginx import Nginx, running_nginx
from support.postgis_server import Server, running_server
from support.servers import unused_port
from tools.bench.load_report import conditions
from tools.bench.sections import renew
from tools.bench.servers import started
from tools.bench.session import Session

PAGE: Final = ROOT / "docs" / "drills.md"
TITLE: Final = "Under fifty readers"
READERS: Final = 50
PAUSE_S: Final = 2.0
"""The mean pause of a reader: one in every two seconds is busier than readers are."""

BEFORE_S, AFTER_S = 5, 10
RETRY_S: Final = 0.5
"""Streamlit's page waits half a second before it connects anew for the first time."""

SEED: Final = 20200725
MOST_WRONG: Final = 5
"""The most errors that are printed of one drill."""
LOST: Final = (OSError, TimeoutError, WebSocketException)
DAY_S: Final = 86_400


@dataclass
class Stage:
    """What there is to break."""

    database: Server
    address: str
    nginx: Nginx
    pids: Mapping[int, int]
    clock: Path
    home: Path


@dataclass
class Noticed:
    """What the readers noticed."""

    reruns_ms: list[float] = field(default_factory=list)
    gaps_s: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    choices_lost: int = 0
    failed_loads: int = 0
    loads: int = 0
    told: int = 0


Drill = Callable[[Stage], Any]


async def reading(
    number: int, stage: Stage, dataset: Dataset, noticed: Noticed, until: list[float]
) -> None:
    """Filter until the time is up; connect anew after each loss."""
    chance = random.Random(SEED + number)  # noqa: S311 - no secret
    reader = Session(dataset)
    lost_at = 0.0
    connected = False
    while time.perf_counter() < until[0]:
        try:
            if not connected:
                # The address has what was chosen, but for a choice that was on its way.
                query = parse_qs(reader.query.removeprefix("?"))
                kept = parse_query(query, dataset.projects)[0].filter
                noticed.choices_lost += kept != reader.filter
                fresh = Session(dataset, query=reader.query, filter=kept)
                await asyncio.wait_for(fresh.arrive(stage.nginx.address), 30)
                reader, connected = fresh, True
                if lost_at:
                    noticed.gaps_s.append(time.perf_counter() - lost_at)
                    lost_at = 0.0
            if await reader.is_lost_within(chance.uniform(0, 2 * PAUSE_S)):
                raise ConnectionError
            facet = chance.choice(list(FACETS))
            codes = chance.sample(FACETS[facet], chance.randint(0, min(3, len(FACETS[facet]))))
            await reader.choose(facet, tuple(sorted(codes, key=FACETS[facet].index)))
        except LOST:
            lost_at = lost_at or time.perf_counter()
            connected = False
            noticed.reruns_ms += reader.reruns_ms
            noticed.wrong += reader.errors
            await asyncio.sleep(RETRY_S)
    noticed.reruns_ms += reader.reruns_ms
    noticed.wrong += reader.errors
    await reader.leave()


async def loading(stage: Stage, noticed: Noticed, until: list[float]) -> None:
    """Load the page's HTML twice a second, as readers who arrive do; count failures and notices."""
    number = 0
    while time.perf_counter() < until[0]:
        number += 1
        await asyncio.sleep(0.5)
        try:
            page = await asyncio.to_thread(_page, f"{stage.nginx.address}/?lang=en", number)
        except (OSError, urllib.error.HTTPError):
            noticed.failed_loads += 1
        else:
            noticed.told += "pm-data-late" in page
        noticed.loads += 1


def _page(address: str, reader: int) -> str:
    asked = urllib.request.Request(address, headers={"Cookie": f"ziyang_map={reader}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.read().decode()


async def drilled(drill: Drill, stage: Stage, dataset: Dataset) -> Noticed:
    """Let readers read, break something, and let them read on."""
    noticed, until = Noticed(), [float("inf")]
    crowd = [
        asyncio.create_task(reading(number, stage, dataset, noticed, until))
        for number in range(READERS)
    ]
    crowd.append(asyncio.create_task(loading(stage, noticed, until)))
    await asyncio.sleep(BEFORE_S)
    await asyncio.to_thread(drill, stage)
    until[0] = time.perf_counter() + AFTER_S
    await asyncio.gather(*crowd)
    return noticed


def nothing(_: Stage) -> None:
    """Break nothing, to compare with."""
    time.sleep(BEFORE_S)


def database_gone_for_a_minute(stage: Stage) -> None:
    stage.database.stop()
    time.sleep(60)
    stage.database.start()


def nginx_reloaded(stage: Stage) -> None:
    stage.nginx.reload()


def nginx_restarted(stage: Stage) -> None:
    stage.nginx.stop()
    stage.nginx.start()


def process_killed(stage: Stage) -> None:
    """Kill the process that all readers are on: without a cookie, nginx goes by their address."""
    with urllib.request.urlopen(f"{stage.nginx.address}/?of=all."):
        (upstream,) = stage.nginx.upstreams("?of=all.", 1)
    os.kill(stage.pids[int(upstream.rpartition(":")[2])], signal.SIGKILL)


def clock_set_back_a_day(stage: Stage) -> None:
    stage.clock.write_text(f"{-DAY_S}\n", encoding="utf-8")


def edition_published(stage: Stage) -> None:
    """Publish another edition and then the first one again, so that the figures go on to hold."""
    publish(Home(stage.home), stage.address)
    publish(Home(ROOT), stage.address)


DRILLS: Final[dict[str, Drill]] = {
    "nothing, to compare with": nothing,
    "the database gone for a minute and back": database_gone_for_a_minute,
    "two editions published, one right after the other": edition_published,
    "the clock of the app set back by a day": clock_set_back_a_day,
    "nginx reloaded": nginx_reloaded,
    "nginx stopped and started": nginx_restarted,
    "the process that all of them were on killed, one of two": process_killed,
}
"""In an order in which no drill spoils the next one: the killed process stays away."""


@contextmanager
def staged() -> Iterator[Stage]:
    """Run database, two processes and nginx."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        for name in ("seeds", "data"):
            shutil.copytree(ROOT / name, folder / name)
        layer = folder / "data" / "projects.geojson"
        text = layer.read_text(encoding="utf-8")
        layer.write_text(text.replace('"name_en": "', '"name_en": "New ', 1), encoding="utf-8")
        clock = folder / "clock"
        clock.write_text("0\n", encoding="utf-8")
        library = folder / "wall_clock.so"
        source = Path(__file__).with_name("wall_clock.c")
        compiler = shutil.which("cc") or sys.exit(
            "a C compiler is needed to move the clock: install gcc"
        )
        subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source], check=True)
        database = stack.enter_context(running_server())
        address = database.address(database.create())
        publish(Home(ROOT), address)
        settings = {
            ENVIRONMENT_VARIABLE: address,
            "STREAMLIT_SERVER_BASE_URL_PATH": "map",
            "LD_PRELOAD": str(library),
            "WALL_CLOCK": str(clock),
        }
        pids = {}
        for number in range(2):
            port, log = unused_port(), folder / f"{number}.log"
            _, pid = stack.enter_context(started(ROOT / "app.py", port, log, **settings))
            pids[port] = pid
        nginx = stack.enter_context(running_nginx(unused_port(), list(pids)))
        yield Stage(database, address, nginx, pids, clock, folder)


HOW: Final = f"""\
`make drills` renews this section. Two processes behind nginx show an edition from PostgreSQL. {READERS} readers each
choose something every {PAUSE_S:g} s on average, and after each choice the number that the page shows is compared with
the filter itself. When a connection is lost, a reader opens another and goes on from its address; a choice that had no
answer yet is counted as lost.
Meanwhile the page is loaded twice a second. The page that a reader has open goes on working by itself while its
connection is lost: the map, the popups and what has been chosen stay."""

HEAD: Final = (
    "| what was done | reruns | p95, ms | wrong or failed | connections lost | choices lost "
    "| until whole again, s, median / longest | page loads failed | page loads with the notice |"
)


def row(name: str, noticed: Noticed) -> str:
    """Return a row of the table."""
    p95 = statistics.quantiles(noticed.reruns_ms, n=100, method="inclusive")[94]
    gap = (
        f"{statistics.median(noticed.gaps_s):.1f} / {max(noticed.gaps_s):.1f}"
        if noticed.gaps_s
        else "–"
    )
    return (
        f"| {name} | {len(noticed.reruns_ms):,} | {p95:,.0f} | {len(noticed.wrong)} "
        f"| {len(noticed.gaps_s)} | {noticed.choices_lost} | {gap} | {noticed.failed_loads} of {noticed.loads} | {noticed.told} |"
    )


def main() -> None:
    """Run the drills that are named on the command line, or all of them and write the page."""
    chosen = sys.argv[1:]
    dataset = load(Home(ROOT))
    lines = [
        HEAD,
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    with staged() as stage:
        for name, drill in DRILLS.items():
            if not chosen or any(one in name for one in chosen):
                noticed = asyncio.run(drilled(drill, stage, dataset))
                lines.append(row(name, noticed))
                said = [lines[-1], *sorted(set(noticed.wrong))[:MOST_WRONG]]
                sys.stdout.write("\n".join([*said, ""]))
                sys.stdout.flush()
    if not chosen:
        renew(PAGE, TITLE, "\n".join([HOW, "", *lines, "", conditions()]), "# Drills\n\n")


if __name__ == "__main__":
    main()
