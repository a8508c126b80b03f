"""The chart of the benchmark: how each figure grows with the number of projects, for each page."""

from collections.abc import Mapping
from pathlib import Path
from statistics import median
from typing import Any, Final

import altair as alt

CHARTED: Final = {
    "load": "load until ready, ms",
    "filter": "filter until right, ms",
    "cpu": "processor time of the server per filter, ms",
    "filter-received": "bytes by websocket per filter",
}
"""The figures in the chart, one panel each."""

PAGES: Final = {"empty": "empty page", "usual": "usual page", "deck": "deck.gl", "app": "this app"}
HUES: Final = ["#8a8f98", "#b278b4", "#3b6fb6", "#b3261e"]
"""One for each of PAGES, in the same order; each page has its own symbol, too."""


def write_chart(path: Path, samples: Mapping[int, Mapping[str, Mapping[str, list[float]]]]) -> None:
    """Write the medians as an SVG file, both axes logarithmic."""
    baseline = next(iter(samples.values()))["empty"]
    rows: list[dict[str, Any]] = []
    for size, pages in samples.items():
        # The empty page does not depend on the layer: it has the same value at all sizes.
        for page, measured in ({"empty": baseline} | dict(pages)).items():
            shown = baseline if page == "empty" else measured
            rows += [
                {"projects": size, "page": PAGES[page], "panel": title, "value": median(shown[key])}
                for key, title in CHARTED.items()
                if shown.get(key)
            ]
    colour = alt.Color("page:N", title=None).scale(domain=list(PAGES.values()), range=HUES)
    line = (
        alt.Chart(alt.Data(values=rows))
        .mark_line(point=alt.OverlayMarkDef(size=50, filled=True))
        .encode(
            x=alt.X("projects:Q", title="projects").scale(type="log"),
            y=alt.Y("value:Q", title=None).scale(type="log"),
            color=colour,
            shape=alt.Shape("page:N", title=None).scale(domain=list(PAGES.values())),
        )
        .properties(width=300, height=200)
        .facet(alt.Facet("panel:N", title=None).sort(list(CHARTED.values())), columns=2)
        .resolve_scale(y="independent")
    )
    line.save(str(path), format="svg")
