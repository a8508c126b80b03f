"""The summary below the map: who has how much of what, as charts and as tables of links."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd
import streamlit as st

from geo.core.i18n import Words
from geo.layer.counts import Crosstab, Realised, crosstab, realised, realised_in_all
from geo.layer.dataset import Dataset
from geo.layer.filters import Sieve
from geo.layer.query import PageState, address
from geo.page.view_state import asked, change
from geo.views.charts import bars, chosen_bar
from geo.views.templates import render

FACETS_SHOWN: Final = ("county", "stage", "precision")


def overview(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Draw sector by county, by stage and by precision for the projects shown, and what came of it."""
    shown = sieve.shown
    mapped = sum(bool(segment.projects) for segment in dataset.segments)
    st.html(render("summary_head", words=words, mapped=mapped, total=len(dataset.segments)))
    if dataset.since and not shown.empty:
        _since(dataset, shown, state, words)
    for facet in FACETS_SHOWN:
        counted = crosstab(shown, facet)
        if not counted.rows:
            continue
        title = words(f"summary-{facet}")
        st.html(render("summary_title", title=title))
        _chart(counted, title, words)
        st.html(render("summary", words=words, table=_table(counted, title, state, words)))


def _since(dataset: Dataset, shown: gpd.GeoDataFrame, state: PageState, words: Words) -> None:
    """Draw the stage of the plan by what became of it, and the share realised."""
    title = words("summary-since")
    st.html(render("summary_title", title=title))
    counted = crosstab(shown, "since", "stage")
    st.html(render("summary", words=words, table=_table(counted, title, state, words)))
    title = words("summary-realised")
    st.html(render("summary_title", title=title))
    last = max(one.as_of for one in dataset.since.values())
    st.html(
        render(
            "realised",
            words=words,
            title=title,
            date=last,
            tables=[_realised(shown, by, words) for by in ("sector", "county")],
            total=realised_in_all(shown),
        )
    )


def _realised(
    shown: gpd.GeoDataFrame, by: str, words: Words
) -> tuple[str, list[tuple[str, Realised]]]:
    """Return the heading of a facet, and each of its codes by its label with what came of it."""
    rows = [(words.label(by, one.code), one) for one in realised(shown, by)]
    return words(f"list-{by}"), rows


def _chart(counted: Crosstab, title: str, words: Words) -> None:
    key = f"chart-{counted.facet}"

    def taken() -> None:
        found = chosen_bar(st.session_state[key]["selection"])
        if found:
            sector, code = found
            chosen = asked()[0].filter.choosing("sector", [sector])
            change(filter=chosen.choosing(counted.facet, [code]))

    theme = "dark" if st.context.theme.type == "dark" else "light"
    st.altair_chart(
        bars(counted, words.label, theme),
        key=key,
        width="stretch",
        on_select=taken,
        alt=words("summary-alt", title=title),
    )


def _table(counted: Crosstab, title: str, state: PageState, words: Words) -> Mapping[str, Any]:
    def link(row: str | None, code: str | None) -> str:
        chosen = state.filter
        if row is not None:
            chosen = chosen.choosing(counted.by, [row])
        if code is not None:
            chosen = chosen.choosing(counted.facet, [code])
        return address(replace(state, filter=chosen, project=None))

    labels = [words.label(counted.facet, code) for code in counted.columns]
    rows = []
    for row, counts, total in counted.rows:
        label = words.label(counted.by, row)
        cells = [
            {"count": count, "href": link(row, code), "title": f"{label} × {column}: {count}"}
            for code, column, count in zip(counted.columns, labels, counts, strict=True)
        ]
        rows.append(
            {
                "label": label,
                "href": link(row, None),
                "cells": cells,
                "total": total,
            }
        )
    heads = [
        {"label": label, "href": link(None, code), "total": total}
        for code, label, total in zip(counted.columns, labels, counted.totals, strict=True)
    ]
    head = words(f"list-{counted.by}")
    return {"title": title, "head": head, "columns": heads, "rows": rows, "total": counted.total}
