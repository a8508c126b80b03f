"""The report on layers of different sizes: a table for each size, the targets and the chart."""

from collections.abc import Callable
from statistics import median
from typing import Final

from tools.bench.report import NOT_MEASURED
from tools.bench.scaling import LARGEST_DECK, LARGEST_USUAL, SESSIONS, Samples

COLUMNS: Final = {"empty": "A empty", "usual": "B usual", "deck": "D deck.gl", "app": "C this app"}

MEASURES: Final = {
    "first-view": "load → first view, ms",
    "load": "load → ready, ms",
    "load-bytes": "load, bytes on the wire",
    "load-received": "load, bytes by websocket",
    "filter": "filter → right, ms",
    "filter-received": "filter, websocket bytes in",
    "filter-sent": "filter, websocket bytes out",
    "cpu": "filter, processor time of the server, ms",
    "remounted": "filter remounts the map",
    "popup": "click → popup, ms",
    "panel": "click → panel, ms",
    "search": "search: letter → list, ms",
    "row": "list: row → map, ms",
    "pan-fps": "drag the map, frames per second",
    "zoom-fps": "zoom the map, frames per second",
    "session-mb": "memory of the server per further session, MB",
}

SMOOTH_TO: Final = 1_000
"""Up to this many projects the map should move at fifty frames per second; above that, at thirty."""

HOW: Final = """\
The same visits with layers made by `tools/bench/synthetic_layers.py`: the real projects first,
then copies of them with all their words, events and positions, which pass the same checks. A is the baseline and always has the real layer. **D deck.gl**
(`tools/bench/pages/deck.py`) passes the chosen features to `st.pydeck_chart`. There is no way to ask what it
shows, so it counts as right when its number of projects is, which is before it has drawn them. B is left
out above {largest:,} projects, because it sends all its features at each filter, and D above {largest_deck:,},
because it loads a hundred megabytes.

Processor time is that of the server process, from the press on an option until the page is idle, less what
its event loop uses when idle. Memory is the average over {sessions} further sessions. Frames are those that
the browser paints while the mouse drags the map to and fro and while the wheel zooms in and out. Without a
graphics card deck.gl is drawn by the processor; it is not dragged above {largest:,} projects.

![Load, filter, processor time and bytes by number of projects](benchmark.svg)
"""


def scaling_section(samples: Samples) -> str:
    """Return the section as Markdown, without its heading."""
    parts = [
        HOW.format(largest=LARGEST_USUAL, largest_deck=LARGEST_DECK, sessions=SESSIONS),
        "### Targets",
        _targets(samples),
    ]
    for size, pages in samples.items():
        rounds = len(pages["app"]["load"])
        parts.append(f"### {size:,} projects, {rounds} rounds, median (least – most)")
        columns = {name: title for name, title in COLUMNS.items() if name in pages}
        lines = [
            f"| measure | {' | '.join(columns.values())} |",
            "|---" + "|---:" * len(columns) + "|",
        ]
        for measure, title in MEASURES.items():
            cells = [_spread(pages[name].get(measure)) for name in columns]
            if any(cell != "–" for cell in cells):
                lines.append(f"| {title} | {' | '.join(cells)} |")
        parts.append("\n".join(lines))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _targets(samples: Samples) -> str:
    small, large = min(samples), 10_000
    baseline = samples[small]["empty"]
    lines = ["| target | value | bound |  |", "|---|---:|---:|---:|"]

    def row(
        title: str, value: float, bound: float, unit: str = "", *, at_least: bool = False
    ) -> None:
        reached = value >= bound if at_least else value <= bound
        sign = "≥" if at_least else "≤"
        digits = 2 if not unit else (1 if unit == " MB" else 0)
        said = "reached" if reached else "not reached"
        lines.append(f"| {title} | {value:z,.{digits}f}{unit} | {sign} {bound:,g}{unit} | {said} |")

    def of(size: int, measure: str, pick: Callable[[list[float]], float] = median) -> float:
        return pick(samples[size]["app"][measure])

    if samples[small]["app"].get("first-view"):
        row(
            f"first view at {small}, C / load, A",
            of(small, "first-view") / median(baseline["load"]),
            0.35,
        )
    else:
        lines.append(f"| first view at {small}, C / load, A | – | ≤ 0.35 | {NOT_MEASURED} |")
    row(f"load at {small}, C / A", of(small, "load") / median(baseline["load"]), 1.3)
    row(f"filter at {small}, C / A", of(small, "filter") / median(baseline["filter"]), 0.9)
    row(f"processor time per filter at {small}", of(small, "cpu"), 20, " ms")
    if large in samples:
        row(f"load at 10 000 / load at {small}, C", of(large, "load") / of(small, "load"), 1.5)
        row(
            f"filter at 10 000 / filter at {small}, C",
            of(large, "filter") / of(small, "filter"),
            1.3,
        )
        row("processor time per filter at 10 000", of(large, "cpu"), 60, " ms")
        row("drag at 10 000", of(large, "pan-fps"), 30, " fps", at_least=True)
        row("zoom at 10 000", of(large, "zoom-fps"), 30, " fps", at_least=True)
    for size in (one for one in samples if one <= SMOOTH_TO):
        row(f"drag at {size:,}", of(size, "pan-fps"), 50, " fps", at_least=True)
        row(f"zoom at {size:,}", of(size, "zoom-fps"), 50, " fps", at_least=True)
    for size in samples:
        pairs = zip(
            samples[size]["app"]["filter-received"],
            samples[size]["app"]["filter-sent"],
            strict=True,
        )
        row(
            f"websocket per filter at {size:,}, in and out, worst",
            max(map(sum, pairs)),
            10_000,
            " B",
        )
    remounts = sum(sum(pages["app"]["remounted"]) for pages in samples.values())
    row("filters that remounted the map, any size", remounts, 0)
    most = max(of(size, "session-mb") for size in samples)
    row("memory per further session, any size, worst", most, 3, " MB")
    return "\n".join(lines)


def _spread(values: list[float] | None) -> str:
    if not values:
        return "–"
    digits = 0 if max(values) >= 10 or max(values) == int(max(values)) else 1
    low, middle, high = (
        f"{one:z,.{digits}f}" for one in (min(values), median(values), max(values))
    )
    return middle if low == high else f"{middle} ({low} – {high})"
