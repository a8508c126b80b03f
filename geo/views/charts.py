"""Counts as charts: small multiples of bars, each bar a choice of its sector and code."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import altair as alt

from geo.layer.codes import FAMILIES, SECTORS
from geo.layer.counts import Crosstab

SELECTION: Final = "bar"
"""The name under which a chart reports the bar that was chosen: [{"sector": …, "code": …}]."""

INK: Final = {"light": "#23272e", "dark": "#e9e6df"}
"""Of the numbers beside the bars: that of the page's text (.streamlit/config.toml)."""

ROW_HEIGHT: Final = 22
LONGEST_BAR: Final = 0.74
"""Of a column's width; the rest is for the number beside the bar."""


def bars(counted: Crosstab, label: Callable[[str, str], str], theme: str) -> Any:
    """Return the chart of a crosstab: a row per sector, a column of bars per code of its facet.

    `label` gives the label of ("sector", code) or (facet, code); `theme` is "light" or "dark".
    All columns share one scale, so that any two bars can be compared.
    """
    hues = {one.code: one.dark if theme == "dark" else one.light for one in FAMILIES}
    families = {one.code: one.family for one in SECTORS}
    most = max(counted.most, 1)
    rows = [
        {
            "sector": sector,
            "code": code,
            "name": label("sector", sector),
            "column": label(counted.facet, code),
            "count": count,
            "from": at,
            "to": at + LONGEST_BAR * count / most,
            "family": families[sector],
        }
        for sector, counts, _ in counted.rows
        for at, (code, count) in enumerate(zip(counted.columns, counts, strict=True))
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y(
            "name:N",
            title=None,
            sort=None,
            axis=alt.Axis(ticks=False, domain=False, labelOverlap=False, labelLimit=200),
        ),
        tooltip=[
            alt.Tooltip("name:N", title=label("list", "sector")),
            alt.Tooltip("column:N", title=label("facet", counted.facet)),
            alt.Tooltip("count:Q", title=label("summary", "total")),
        ],
    )
    chosen = alt.selection_point(name=SELECTION, fields=["sector", "code"], toggle=False)
    drawn = (
        base.transform_filter("datum.count > 0")
        .mark_bar(height=13, cornerRadiusEnd=2, cursor="pointer")
        .encode(
            x=_columns(counted, label),
            x2="to:Q",
            color=alt.Color(
                "family:N",
                legend=None,
                scale=alt.Scale(domain=list(hues), range=list(hues.values())),
            ),
        )
        .add_params(chosen)
    )
    numbers = (
        base.transform_filter("datum.count > 0")
        .mark_text(align="left", dx=4, fontSize=12, color=INK[theme])
        .encode(x="to:Q", text="count:Q")
    )
    return alt.layer(drawn, numbers).properties(height=ROW_HEIGHT * len(counted.rows))


def _columns(counted: Crosstab, label: Callable[[str, str], str]) -> alt.X:
    """Return the horizontal scale: one unit per column, which its label heads."""
    names: Mapping[str, Any] = {
        str(at): label(counted.facet, code) for at, code in enumerate(counted.columns)
    }
    said = " : ".join(f"datum.value == {at} ? {name!r}" for at, name in names.items())
    return alt.X(
        "from:Q",
        title=None,
        scale=alt.Scale(domain=[0, len(names)], nice=False),
        axis=alt.Axis(
            values=list(range(len(names))),
            labelExpr=f"{said} : ''",
            labelAlign="left",
            labelFlush=False,
            orient="top",
            domain=False,
            ticks=False,
            grid=True,
        ),
    )


def chosen_bar(selection: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the (sector, code) of the bar that a chart reports, or None where none is chosen."""
    found = selection.get(SELECTION) or []
    return (found[0]["sector"], found[0]["code"]) if found else None
