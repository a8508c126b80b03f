"""The report of the benchmark: medians and their spread side by side, the targets, the machine."""

import os
import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Final

from geo.core.home import find_home
from geo.layer.dataset import version_of

Samples = Mapping[str, Mapping[str, list[float]]]
"""All samples of a run, by page and measure."""

COLUMNS: Final = {"empty": "A empty", "usual": "B usual", "app": "C this app"}

MEASURES: Final = {
    "first-view": ("load → first view, ms", "until the map that the server has written into the page's HTML (`#first svg`) is laid out and painted: the later of the first animation frame with it and the first contentful paint; – if there is none"),
    "load-filters": ("load → filters in view, ms", "navigation start until both filters are visible"),
    "load": ("load → ready, ms", "until the count is shown (A) or all located projects are drawn (B, C); on C, the first view is then gone"),
    "load-bytes": ("load, bytes on the wire", "HTTP as compressed for sending (`Network.loadingFinished`), without a cache"),
    "load-received": ("load, bytes by websocket", "received until the page is idle"),
    "filter": ("filter → right, ms", "press on an option until the right count (A) or the right projects (B, C) are shown"),
    "filter-received": ("filter, websocket bytes in", "payload of all frames until the page is idle"),
    "filter-sent": ("filter, websocket bytes out", "likewise"),
    "remounted": ("filter remounts the map", "1 when a mark set in the map's frame is gone afterwards"),
    "popup": ("click → popup, ms", "press on a project with no other nearby until its popup begins to appear"),
    "panel": ("click → panel, ms", "until the panel beside the map names it"),
    "search": ("search: letter → list, ms", "press of a key until the list shows the projects found"),
    "row": ("list: row → map, ms", "press on a row until the map has selected its project"),
    "text": ("text: phrase → map, ms", "press on a marked phrase until the map has selected its project"),
    "outside": ("requests to other machines", "in a whole visit; those of B are answered by this machine"),
}  # fmt: skip
"""Each measure: its row's title, and what it means."""

NOT_MEASURED: Final = "not measured: no first view"

MOMENTS: Final = {
    "html": "the page's HTML has loaded",
    "first": "the first view is drawn",
    "script": "Streamlit's scripts have loaded",
    "socket": "the websocket is open",
    "message": "the first message has arrived",
    "filters": "both filters are in view",
    "frame": "the map's frame starts to load",
    "component": "the component's script has loaded",
    "leaflet.js": "leaflet.js has loaded",
    "map.js": "map.js has loaded",
    "ui.json": "ui.json has loaded",
    "backdrop.json": "backdrop.json has loaded",
    "map.json": "map.json has loaded",
    "ready": "ready",
}
"""The moments of a load, in their usual order."""

HOW: Final = """\
# Benchmark

Run it with `make bench`, or `python -m tools.bench --rounds 5 --write docs/benchmark.md` to update this page.
Nothing here fails a build: times depend on the machine, and can only be compared within one run.
`make bench` installs what it needs. It also runs Lighthouse (`python -m tools.bench.lighthouse`), and tries the
page in Firefox and WebKitGTK (`python -m tools.bench.browsers`), where an error is a failure.

Three pages are visited in turn, A B C, A B C …, each visit in a fresh context of the same headless
Chromium with an empty cache, after a first visit of each that is not counted. A visit begins only when the
machine is idle: Chromium works on for a while after a page was closed, which slowed the next load by more
than a tenth.

- **A empty** (`tools/bench/pages/empty.py`): two multiselects and a count. What Streamlit itself costs.
- **B usual** (`tools/bench/pages/usual.py`): the same filters, and a `folium.Map` with the chosen features,
  tooltips and popups, built at each rerun and given to `st_folium(m)` with its default settings.
  The hosts of Folium's scripts and of the tiles are answered by this machine, so that it works
  offline: Leaflet from XStatic-Leaflet, everything else (jQuery, Bootstrap, icons) empty, tiles blank.
  B is therefore faster here than on the internet.
- **C this app** (`app.py`).

A visit has one load and two filters, the second added to the first; on B and C also two clicks; on C also
two letters of a search, two rows of the list and two phrases of the text. Times are taken in the page, from
the mouse event or the start of the navigation to the first animation frame in which the condition holds, so
they are accurate to about 17 ms.
"""


@dataclass(frozen=True)
class Target:
    """A target: a value computed from the samples, None if it was not measured, and its bound."""

    title: str
    value: Callable[[Samples], float | None]
    bound: float
    unit: str = ""
    at_least: bool = False

    def row(self, samples: Samples) -> str:
        """Return the row of the table of targets."""
        value = self.value(samples)
        bound = f"{'≥' if self.at_least else '≤'} {self.bound:g}{self.unit}"
        if value is None:
            return f"| {self.title} | – | {bound} | {NOT_MEASURED} |"
        reached = value >= self.bound if self.at_least else value <= self.bound
        digits = 0 if self.unit else 2
        said = "reached" if reached else "not reached"
        return f"| {self.title} | {value:.{digits}f}{self.unit} | {bound} | {said} |"


def _ratio(measure: str, over: str, under: str) -> Callable[[Samples], float]:
    return lambda samples: median(samples[over][measure]) / median(samples[under][measure])


def _first_view(samples: Samples) -> float | None:
    if not samples["app"].get("first-view"):
        return None
    return median(samples["app"]["first-view"]) / median(samples["empty"]["load"])


def _over_rerun(measure: str) -> Callable[[Samples], float]:
    """Return a measure of the app divided by the time of a rerun of the empty page."""
    return lambda samples: median(samples["app"][measure]) / median(samples["empty"]["filter"])


def _websocket(samples: Samples) -> float:
    app = samples["app"]
    pairs = zip(app["filter-received"], app["filter-sent"], strict=True)
    return max(received + sent for received, sent in pairs)


TARGETS: Final = (
    Target("first view, C / load, A", _first_view, 0.35),
    Target("load, C / A", _ratio("load", "app", "empty"), 1.3),
    Target("filter, C / A", _ratio("filter", "app", "empty"), 0.9),
    Target("filter, B / C", _ratio("filter", "usual", "app"), 5, at_least=True),
    Target("click → popup, C", lambda samples: median(samples["app"]["popup"]), 100, " ms"),
    Target("click → panel, C", lambda samples: median(samples["app"]["panel"]), 350, " ms"),
    Target("letter → list, C / filter, A", _over_rerun("search"), 1.5),
    Target("row → map, C / filter, A", _over_rerun("row"), 1.5),
    Target("phrase → map, C / filter, A", _over_rerun("text"), 1.5),
    Target("filters that remounted the map, C", lambda s: sum(s["app"]["remounted"]), 0),
    Target("websocket per filter, in and out, worst, C", _websocket, 10_000, " B"),
    Target("requests to other machines, C", lambda s: sum(s["app"]["outside"]), 0),
)


def report(samples: Samples, moments: Samples, rounds: int, browser: str) -> str:
    """Return the report as Markdown; `moments` are those of the loads, by page."""
    lines = [HOW, f"## Results of {rounds} rounds", "", "Median (least – most).", ""]
    lines += _head("measure", *COLUMNS.values())
    for measure, (title, _) in MEASURES.items():
        lines.append(_row(title, (samples[page].get(measure) for page in COLUMNS)))
    lines += ["", "What the rows mean:", ""]
    lines += [f"- *{title}*: {meaning}." for title, meaning in MEASURES.values()]
    lines += ["", "## Targets", "", *_head("target", "value", "bound", "")]
    lines += [target.row(samples) for target in TARGETS]
    lines += ["", "## Where the load goes", "", "Milliseconds since the navigation began.", ""]
    lines += _head("moment", *COLUMNS.values())
    for moment, title in MOMENTS.items():
        lines.append(_row(title, (moments[page].get(moment) for page in COLUMNS)))
    return "\n".join([*lines, "", "## Conditions", "", *_conditions(browser), ""])


def _head(*titles: str) -> list[str]:
    return [f"| {' | '.join(titles)} |", "|---" + "|---:" * (len(titles) - 1) + "|"]


def _row(title: str, columns: Iterable[list[float] | None]) -> str:
    return f"| {title} | {' | '.join(_spread(values) for values in columns)} |"


def _spread(values: list[float] | None) -> str:
    if not values:
        return "–"
    low, middle, high = (f"{value:,.0f}" for value in (min(values), median(values), max(values)))
    return middle if low == high else f"{middle} ({low} – {high})"


def _conditions(browser: str) -> list[str]:
    packages = ("streamlit", "folium", "streamlit-folium", "playwright")
    named = ", ".join(f"{name} {version(name)}" for name in packages)
    return [
        f"- Date: {datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        f"- Machine: {os.cpu_count()} × {_processor()}, {platform.system()} {platform.release()}",
        f"- Versions: Python {platform.python_version()}, {named}, Chromium {browser}",
        f"- Data: version {version_of(find_home())}",
    ]


def _processor() -> str:
    described = Path("/proc/cpuinfo")
    if described.exists():
        for line in described.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
