"""One visit of a page in a fresh browser context, and its measurements."""

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, WebSocket

from geo.core.files import read_json
from geo.core.home import Home, find_home
from geo.core.i18n import text
from geo.layer.codes import SECTOR_CODES
from tools.bench.fake_cdn import answer_https
from tools.bench.process import Meter, wait_for_rest

PROBE: Final = Path(__file__).parent / "page_probe.js"
FILTERS: Final = 2
LISTED: Final = 6
"""The number of options visible when a list opens; one that has to be scrolled to is not chosen."""

CLICKS: Final = 2
TRIES: Final = 12
QUIET_S: Final = 0.5
"""A page without traffic for this long is idle; streamlit-folium waits 0.25 s before it sends anything."""

PATIENCE_MS: Final = 30_000
NO_FIRST_VIEW: Final = (
    "the app's HTML has no first view (an svg in #first), so its time is not measured"
)


COUNTED: Final = ("empty", "deck")
"""Pages that cannot be asked what they draw: they are right when their number of projects is."""


@dataclass(frozen=True)
class Step:
    """A filter to choose, and the right result; the first step is the load, without a filter."""

    label: str
    located: tuple[str, ...]
    count: str


def steps(home: Home | None = None) -> list[Step]:
    """Return the load and the filters, with the ids that each must show according to the layer.

    The filters are the sectors with most located projects; each is added to the ones before.
    """
    layer = read_json((home or find_home()).projects)["features"]
    every = Counter(one["properties"]["sector"] for one in layer)
    located = Counter(one["properties"]["sector"] for one in layer if one["geometry"])
    listed = [code for code in SECTOR_CODES if every[code]][:LISTED]
    codes = sorted(listed, key=located.__getitem__, reverse=True)[:FILTERS]
    made = [_step("", layer, layer)]
    for number, code in enumerate(codes, start=1):
        left = [one for one in layer if one["properties"]["sector"] in codes[:number]]
        made.append(_step(text("zh", f"sector-{code}"), left, layer))
    return made


def _step(label: str, left: list[dict[str, Any]], layer: list[dict[str, Any]]) -> Step:
    located = tuple(sorted(one["id"] for one in left if one["geometry"]))
    return Step(label, located, f"{len(left)} / {len(layer)}")


@dataclass
class Traffic:
    """The traffic of a page since the last `clear`."""

    received: int = 0
    sent: int = 0
    loaded: int = 0
    outside: list[str] = field(default_factory=list)
    last: float = field(default_factory=time.monotonic)

    def follow(self, page: Page) -> None:
        """Count the traffic of a page from now on."""
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)
        page.on("websocket", self._socket)
        page.on("request", self._request)

    def clear(self) -> None:
        """Reset the counts; the list of requests to other machines is kept."""
        self.received = self.sent = self.loaded = 0

    def settle(self, page: Page) -> None:
        """Wait until the page has been idle for a while, starting now."""
        self.last = time.monotonic()
        while time.monotonic() - self.last < QUIET_S:
            page.wait_for_timeout(20)  # lets Playwright handle events

    def _finished(self, event: dict[str, Any]) -> None:
        self.loaded += int(event["encodedDataLength"])
        self.last = time.monotonic()

    def _request(self, request: Request) -> None:
        self.last = time.monotonic()
        if urlsplit(request.url).hostname not in {"localhost", None}:
            self.outside.append(request.url)

    def _socket(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, payload: str | bytes) -> None:
        self.received += len(payload)
        self.last = time.monotonic()

    def _sent(self, payload: str | bytes) -> None:
        self.sent += len(payload)
        self.last = time.monotonic()


@dataclass
class Visit:
    """One visit of a page by a new reader: samples by measure, and the moments of the load."""

    name: str
    page: Page
    traffic: Traffic
    samples: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    moments: Mapping[str, float] = field(default_factory=dict)

    def load(self, address: str, step: Step) -> None:
        """Open the page, and wait until it shows everything."""
        # A single script, because the order of several is not defined.
        self.page.add_init_script(
            PROBE.read_text(encoding="utf-8")
            + "if (window === top) { bench.watchFirst(); bench.watch('filters', bench.filters);"
            f"bench.watch('ready', () => bench.filters() && bench.live() && {self._right(step)}); }}"
        )
        self.traffic.clear()
        self.page.goto(address, wait_until="commit")
        self.samples["load"].append(self._seen("ready"))
        self.samples["load-filters"].append(self._seen("filters"))
        first = self.page.evaluate("() => bench.firstView()")
        if first is not None:
            self.samples["first-view"].append(first)
        elif self.name == "app":
            print(NO_FIRST_VIEW, file=sys.stderr)
        self.traffic.settle(self.page)
        self.samples["load-bytes"].append(self.traffic.loaded)
        self.samples["load-received"].append(self.traffic.received)
        self.moments = self.page.evaluate("() => bench.timeline()")

    def filter(self, step: Step, meter: Meter | None = None) -> None:
        """Choose a value in the sector filter, and wait until the page shows the remaining projects.

        `meter` measures the processor time of the server until the page is idle again.
        """
        page, traffic = self.page, self.traffic
        if self.name not in COUNTED:
            page.evaluate("() => bench.mark()")
        page.locator(".st-key-sector input").click()
        option = page.locator("[role=option]").filter(has_text=re.compile(rf"^{step.label} · "))
        option.wait_for()
        traffic.settle(page)
        traffic.clear()
        page.evaluate(f"() => bench.watch('filtered', () => {self._right(step)})")
        with meter.measuring(self.samples["cpu"]) if meter else nullcontext():
            option.click()
            self.samples["filter"].append(self.since_press("filtered"))
            traffic.settle(page)
        self.samples["filter-received"].append(traffic.received)
        self.samples["filter-sent"].append(traffic.sent)
        if self.name not in COUNTED:
            self.samples["remounted"].append(0 if page.evaluate("() => bench.marked()") else 1)
        page.keyboard.press("Escape")
        page.locator("[role=option]").first.wait_for(state="detached")

    def click(self, taken: list[str]) -> None:
        """Click a project with no other nearby that is not in `taken`; wait for popup and panel."""
        page = self.page
        spot = self._spot(taken)
        taken.append(spot["name"])
        self.watch_selection(spot["id"], spot["name"])
        page.mouse.down()
        page.mouse.up()
        self.samples["popup"].append(self.since_press("popup"))
        self.samples["panel"].append(self.since_press("panel"))

    def watch_selection(self, project: str, name: str) -> None:
        """Watch for the popup of a project and for the panel that shows it."""
        page = self.page
        page.evaluate("name => bench.watch('popup', () => bench.pops(name))", name)
        page.evaluate(
            "([id, name]) => bench.watch('panel', () => bench.details(id, name))", [project, name]
        )

    def _spot(self, taken: list[str]) -> Mapping[str, Any]:
        """Move the mouse to a project with no other nearby, and again if an open popup has moved the map.

        A project is passed over if the map finds something else at that spot, or more.
        """
        found = None
        passed_over: list[str] = []
        for _ in range(TRIES):
            self.traffic.settle(self.page)
            again = self.page.evaluate("taken => bench.alone(taken)", taken + passed_over)
            if again is not None and again == found:
                if self.page.evaluate("id => bench.hits(id)", found["id"]):
                    return found
                passed_over.append(found["name"])
                again = self.page.evaluate("taken => bench.alone(taken)", taken + passed_over)
            found = again
            if found is not None:
                self.page.mouse.move(found["x"], found["y"])
        raise RuntimeError(
            f"no project in view of {self.page.url} stands by itself, apart from {taken}"
        )

    def _right(self, step: Step) -> str:
        """Return a script that checks whether the page shows what a step must show."""
        if self.name in COUNTED:
            drawn = " && document.querySelector('canvas') !== null" if self.name == "deck" else ""
            return f"bench.counts({json.dumps(step.count)}){drawn}"
        return f"bench.draws({json.dumps(step.located)})"

    def _seen(self, moment: str) -> float:
        """Wait for a watched moment; return it in milliseconds since the navigation began."""
        script = f"() => bench.seen[{json.dumps(moment)}]"
        return float(self.page.wait_for_function(script, polling="raf").json_value())

    def since_press(self, moment: str) -> float:
        """Wait for a watched moment; return it in milliseconds since the last press of mouse or key."""
        return self._seen(moment) - float(self.page.evaluate("() => bench.pressed"))


@contextmanager
def visiting(browser: Browser, name: str, patience_ms: int = PATIENCE_MS) -> Iterator[Visit]:
    """Yield a visit of a page by a new reader, with nothing loaded yet, once the machine is idle."""
    if not wait_for_rest():
        print(f"the machine is still busy before the visit of {name}", file=sys.stderr)
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="zh-CN")
    try:
        page = context.new_page()
        page.set_default_timeout(patience_ms)
        if name == "usual":
            answer_https(context.new_cdp_session(page))
        made = Visit(name, page, Traffic())
        made.traffic.follow(page)
        yield made
    finally:
        context.close()


def visit(
    browser: Browser,
    name: str,
    address: str,
    plan: list[Step],
    more: Callable[[Visit, str], None] | None = None,
) -> Visit:
    """Load a page as a new reader, choose each filter, click some projects; return the visit.

    `more` is called with the visit and the address, for steps that only this page has.
    """
    with visiting(browser, name) as made:
        made.load(address, plan[0])
        for step in plan[1:]:
            made.filter(step)
        if name != "empty":
            taken: list[str] = []
            for _ in range(CLICKS):
                made.click(taken)
        if more:
            more(made, address)
        made.samples["outside"].append(len(made.traffic.outside))
        return made
