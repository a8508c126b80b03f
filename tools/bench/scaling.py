"""The same visits with layers of different sizes, from a hundred projects on.

The empty page is the baseline and always has the real layer. The other pages get the same layers as the
app, and are left out at sizes for which they are too slow.
"""

import asyncio
import os
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from geo.checks import load
from geo.core.home import Home, find_home
from geo.layer.filters import ProjectFilter
from tools.bench.app_steps import read_list
from tools.bench.process import Meter, memory_mb
from tools.bench.servers import PAGES, ROOT, free_port, started
from tools.bench.session import Session
from tools.bench.synthetic_layers import load_once, lone_site, write_layer
from tools.bench.visit import Step, Visit, steps, visiting

SIZES: Final = (138, 1_000, 10_000, 50_000)
LARGEST_USUAL: Final = 1_000
"""Above this size the usual page is left out: it sends all its features at each rerun."""

LARGEST_DECK: Final = 10_000
"""Above this size deck.gl is left out: it loads a hundred megabytes."""

FEW_ROUNDS: Final = 3
"""At most this many rounds above that size: such layers take long to make and to check."""

LARGEST_DRAGGED: Final = 1_000
"""Above this size only the app's map is dragged: without a graphics card deck.gl takes minutes."""

FIRST_PORT: Final = 8731
SESSIONS: Final = 20
"""The number of further sessions over which the memory of one is averaged."""

NEAR: Final = 16
"""The zoom level at which one site among thousands can be clicked."""

DRAGS: Final = 40
DRAG_PX: Final = 6
PATIENCE_LARGE_MS: Final = 90_000

Samples = Mapping[int, Mapping[str, Mapping[str, list[float]]]]
"""All samples of a run, by number of projects, page and measure."""


def run_sizes(browser: Browser, sizes: Sequence[int], rounds: int) -> Samples:
    """Visit every page with every size `rounds` times in turn, after a first visit that is not counted."""
    samples: dict[int, dict[str, dict[str, list[float]]]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder, _layer(Path(folder), size):
            few = min(rounds, FEW_ROUNDS) if size > LARGEST_DECK else rounds
            samples[size] = _run_size(browser, size, few)
    return samples


@contextmanager
def _layer(folder: Path, size: int) -> Iterator[None]:
    """Make a layer of this size, and have this program and its servers read it."""
    before = os.environ.get("PROJECT_MAP_HOME")
    real = len(load(find_home()).projects)
    if size != real:
        os.environ["PROJECT_MAP_HOME"] = str(write_layer(folder, size).root)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PROJECT_MAP_HOME", None)
        else:
            os.environ["PROJECT_MAP_HOME"] = before


def _run_size(browser: Browser, size: int, rounds: int) -> dict[str, dict[str, list[float]]]:
    samples: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    pages = dict(PAGES) | {"deck": ROOT / "tools" / "bench" / "pages" / "deck.py"}
    if size > LARGEST_USUAL:
        del pages["usual"]
    if size > LARGEST_DECK:
        del pages["deck"]
    with ExitStack() as stack:
        logs = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = {}
        for at, (name, script) in enumerate(pages.items()):
            # The empty page does not depend on the layer.
            home = {"PROJECT_MAP_HOME": str(ROOT)} if name == "empty" else {}
            port = free_port(FIRST_PORT + at)
            servers[name] = stack.enter_context(started(script, port, logs / name, **home))
        for number in range(rounds + 1):
            for name, (address, pid) in servers.items():
                print(f"{size} projects, round {number} of {rounds}: {name}", file=sys.stderr)
                made = _visit(browser, name, address, pid, size)
                if number:
                    for measure, values in made.items():
                        samples[name][measure] += values
        for name, (address, pid) in servers.items():
            samples[name]["session-mb"].append(_session_mb(address, pid))
    return samples


def _visit(
    browser: Browser, name: str, address: str, pid: int, size: int
) -> Mapping[str, list[float]]:
    with visiting(browser, name, PATIENCE_LARGE_MS) as made:
        plan = _plan(name)
        made.load(address, plan[0])
        if name == "app" or (name != "empty" and size <= LARGEST_DRAGGED):
            _frames(made)
        made.traffic.settle(made.page)
        meter = Meter(pid, lambda seconds: made.page.wait_for_timeout(1000 * seconds))
        for step in plan[1:]:
            made.filter(step, meter)
        if name == "app":
            if os.environ.get("PROJECT_MAP_HOME"):
                _click(made, address)
            else:
                # In the real layer no sector has a site far enough from others: take one in view.
                made.click([])
            read_list(made, address)
        return made.samples


@lru_cache(maxsize=8)
def _plan_of(home: str) -> tuple[Step, ...]:
    return tuple(steps(Home(Path(home))))


def _plan(name: str) -> tuple[Step, ...]:
    return _plan_of(str(ROOT if name == "empty" else find_home().root))


def _click(visit: Visit, address: str) -> None:
    """Click a site with no other project of its sector nearby; wait for popup and panel."""
    dataset = load_once(str(find_home().root))
    sector, project = lone_site(dataset)
    at = project.geometry
    page = visit.page
    page.goto(f"{address}/?sector={sector}", wait_until="commit")
    kept = ProjectFilter(sector=(sector,)).apply(dataset.frame)
    located = [one for one in kept.index if dataset.projects[one].geometry is not None]
    page.wait_for_function("ids => bench.draws(ids)", arg=located, polling="raf")
    page.evaluate("([lat, lon, zoom]) => bench.goto(lat, lon, zoom)", [at.y, at.x, NEAR])
    visit.traffic.settle(page)
    box = page.locator(".st-key-map iframe").bounding_box() or {}
    visit.watch_selection(project.id, project.name_zh)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visit.samples["popup"].append(visit.since_press("popup"))
    visit.samples["panel"].append(visit.since_press("panel"))


def _frames(visit: Visit) -> None:
    """Drag the map to and fro and zoom in and out; measure the frames per second of each."""
    page = visit.page
    visit.traffic.settle(page)
    x, y = page.evaluate("() => bench.middle()")
    page.mouse.move(x, y)
    page.evaluate("() => bench.count()")
    page.mouse.down()
    for step in range(DRAGS):
        far = DRAG_PX * (step if step < DRAGS / 2 else DRAGS - step)
        page.mouse.move(x + far, y + far / 2)
    page.mouse.up()
    visit.samples["pan-fps"].append(page.evaluate("() => bench.counted()"))
    page.evaluate("() => bench.count()")
    for turn in (-240, 240):
        page.mouse.wheel(0, turn)
        page.evaluate("() => bench.rest(600)")
    visit.samples["zoom-fps"].append(page.evaluate("() => bench.counted()"))
    visit.traffic.settle(page)


def _session_mb(address: str, pid: int) -> float:
    """Return how much memory each further session needs on the server, in megabytes."""

    async def visits() -> float:
        dataset = load_once(str(find_home().root))
        first = Session(dataset)
        await first.arrive(address)
        before = memory_mb(pid)
        readers = [Session(dataset) for _ in range(SESSIONS)]
        for reader in readers:
            await reader.arrive(address)
        cost = (memory_mb(pid) - before) / SESSIONS
        for reader in [first, *readers]:
            await reader.leave()
        return cost

    # In another thread, because the browser's event loop runs in this one.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, visits()).result()
