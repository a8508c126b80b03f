"""The section on Lighthouse: scores and times of both pages, the targets, what the app does not pass."""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median
from typing import Final

from tools.bench.lighthouse.audit import PRESETS, Audited, Failure

Results = Mapping[str, Mapping[str, Sequence[Audited]]]
"""The runs of each preset and page."""

TITLE: Final = "Lighthouse"
PAGES: Final = {"empty": "A empty", "app": "C this app"}

FIGURES: Final = {
    "performance": ("performance", 0),
    "accessibility": ("accessibility", 0),
    "best-practices": ("best practices", 0),
    "seo": ("SEO", 0),
    "fcp": ("first contentful paint, s", 2),
    "lcp": ("largest contentful paint, s", 2),
    "tbt": ("total blocking time, ms", 0),
    "cls": ("cumulative layout shift", 3),
    "machine": ("speed of the machine, by Lighthouse's own test", 0),
}
"""The title and the decimals of each figure."""

SECONDS: Final = ("fcp", "lcp")

BOUNDS: Final = {
    "desktop": {"performance": 90, "fcp": 0.8, "lcp": 1.2},
    "phone": {"performance": 70, "fcp": 2.5, "lcp": 4},
}
COMMON_BOUNDS: Final = {"cls": 0.02, "accessibility": 100, "best-practices": 100, "seo": 100}
"""The same for both; scores are at least their bound, everything else at most."""

AT_LEAST: Final = ("performance", "accessibility", "best-practices", "seo")

SHOWN: Final = 3
"""The number of items that are shown of an audit that is not passed."""

HOW: Final = """\
Lighthouse {version} opens A and C (in Chinese) in turn, {rounds} times each, with an empty cache: as a desktop,
and as its default phone. For both it computes the times from what the page loads and runs, for a slower
network and, for the phone, a processor four times slower. `make lighthouse` installs it into `.venv/lighthouse`;
`python -m tools.bench.lighthouse --write docs/benchmark.md` updates this section. Scores go from 0 to 100; the speed of the
machine is higher when it does nothing else. Median (least – most).
"""


def section(results: Results, version: str, browser: str) -> str:
    """Return the section as Markdown, without its heading."""
    rounds = len(next(iter(results.values()))["app"])
    lines = [HOW.format(version=version, rounds=rounds)]
    heads = [f"{name}, {preset}" for preset in PRESETS for name in PAGES.values()]
    lines += [f"| measure | {' | '.join(heads)} |", "|---" + "|---:" * len(heads) + "|"]
    for figure, (title, digits) in FIGURES.items():
        cells = [
            _spread(_values(results[preset][page], figure), digits)
            for preset in PRESETS
            for page in PAGES
        ]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    lines += ["", "| target, C | value | bound |  |", "|---|---:|---:|---:|"]
    lines += list(_targets(results))
    lines += ["", *_failures(results), "", f"Measured with {browser}."]
    return "\n".join(lines) + "\n"


def _targets(results: Results) -> Iterator[str]:
    for preset in PRESETS:
        for figure, bound in (BOUNDS[preset] | COMMON_BOUNDS).items():
            title, digits = FIGURES[figure]
            value = median(_values(results[preset]["app"], figure))
            at_least = figure in AT_LEAST
            reached = value >= bound if at_least else value <= bound
            sign = "≥" if at_least else "≤"
            said = "reached" if reached else "not reached"
            yield f"| {title}, {preset} | {value:.{digits}f} | {sign} {bound:g} | {said} |"


def _failures(results: Results) -> Iterator[str]:
    """Yield a row for each audit of accessibility, best practices and SEO that C did not always pass."""
    found: dict[tuple[str, str], tuple[Failure, list[str]]] = {}
    for preset in PRESETS:
        for failure in (one for run in results[preset]["app"] for one in run.failures):
            _, presets = found.setdefault((failure.category, failure.audit), (failure, []))
            if preset not in presets:
                presets.append(preset)
    if not found:
        yield "C passes all audits of accessibility, best practices and SEO."
        return
    yield (
        "Audits that C does not pass, other than those of speed; one with the weight 0 does not lower the score:"
    )
    yield ""
    yield "| category | audit | weight | preset | where |"
    yield "|---|---|---:|---|---|"
    for failure, presets in found.values():
        items = list(failure.items[:SHOWN])
        if len(failure.items) > SHOWN:
            items.append(f"{len(failure.items) - SHOWN} more")
        where = "<br>".join(_cell(one) for one in items) or "–"
        title = f"`{failure.audit}`: {_cell(failure.title)}"
        category = FIGURES[failure.category][0]
        yield f"| {category} | {title} | {failure.weight:g} | {', '.join(presets)} | {where} |"


def _cell(said: str) -> str:
    """Return a text that does not end a cell of a table, and is not read as HTML."""
    return said.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|")


def _values(runs: Sequence[Audited], figure: str) -> list[float]:
    scale = 1000 if figure in SECONDS else 1
    return [run.figures[figure] / scale for run in runs]


def _spread(values: Sequence[float], digits: int) -> str:
    low, middle, high = (f"{one:,.{digits}f}" for one in (min(values), median(values), max(values)))
    return middle if low == high else f"{middle} ({low} – {high})"
