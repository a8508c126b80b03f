"""The summary and the comparison: who has how much of what, as tables of links."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import geopandas as gpd

from geo.core.i18n import Words
from geo.layer.counts import (
    Comparison,
    CompletedShare,
    Crosstab,
    Side,
    compare_codes,
    completed_by,
    completed_in_all,
)
from geo.layer.dataset import Dataset
from geo.layer.query import PageState, url_query
from geo.views import render
from geo.views.graphics import small_map
from geo.views.list_view import list_row

FACETS_SHOWN: Final = ("county", "stage", "precision")


def summary_head_html(dataset: Dataset, words: Words) -> str:
    """Return how much of the text is mapped."""
    mapped = sum(bool(segment.projects) for segment in dataset.segments)
    return render("summary_head", words=words, mapped=mapped, total=len(dataset.segments))


def summary_title_html(title: str) -> str:
    """Return the heading above a chart or table."""
    return render("summary_title", title=title)


def crosstab_html(counted: Crosstab, title: str, state: PageState, words: Words) -> str:
    """Return a crosstab as a table of links, each to the projects that it counts."""
    return render("summary", words=words, table=_table(counted, title, state, words))


def realised_html(dataset: Dataset, shown: gpd.GeoDataFrame, words: Words) -> str:
    """Return what share of the projects shown has been completed, by sector and by county."""
    return render(
        "realised",
        words=words,
        title=words("summary-realised"),
        date=max(one.as_of for one in dataset.since.values()),
        tables=[_realised(shown, by, words) for by in ("sector", "county")],
        total=completed_in_all(shown),
    )


def _realised(
    shown: gpd.GeoDataFrame, by: str, words: Words
) -> tuple[str, list[tuple[str, CompletedShare]]]:
    """Return the heading of a facet, and each of its codes by its label with what came of it."""
    rows = [(words.label(by, one.code), one) for one in completed_by(shown, by)]
    return words(f"list-{by}"), rows


def _table(counted: Crosstab, title: str, state: PageState, words: Words) -> Mapping[str, Any]:
    def link(row: str | None, code: str | None) -> str:
        chosen = state.filter
        if row is not None:
            chosen = chosen.with_codes(counted.by, [row])
        if code is not None:
            chosen = chosen.with_codes(counted.facet, [code])
        return url_query(replace(state, filter=chosen, project=None))

    labels = [words.label(counted.facet, code) for code in counted.columns]
    rows = []
    for code_, counts, total in counted.rows:
        label = words.label(counted.by, code_)
        cells = [
            {"count": count, "href": link(code_, code), "title": f"{label} × {column}: {count}"}
            for code, column, count in zip(counted.columns, labels, counts, strict=True)
        ]
        rows.append(
            {
                "label": label,
                "href": link(code_, None),
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


def compare_html(
    dataset: Dataset, state: PageState, codes: tuple[str, ...], words: Words, *, dark: bool
) -> str:
    """Return two codes of one facet side by side: counts, two small maps, and two lists."""
    found = compare_codes(dataset.frame, state.filter, codes)
    sides = (found.left, found.right)
    return render(
        "compare",
        words=words,
        sides=[_side(dataset, one, state, found.facet, words, dark=dark) for one in sides],
        both=[list_row(dataset, one, "", words) for one in found.both],
        counts=_counts(found, words),
    )


def _side(
    dataset: Dataset, side: Side, state: PageState, facet: str, words: Words, *, dark: bool
) -> Mapping[str, Any]:
    only = replace(state, filter=state.filter.with_codes(facet, [side.code]), project=None)
    return {
        "label": words.label(facet, side.code),
        "count": len(side.ids),
        "unmapped": len(side.ids) - side.mapped,
        "href": url_query(only),
        "picture": small_map(dataset, side.ids, side.code, dark=dark),
        "rows": [list_row(dataset, one, "", words) for one in side.ids],
    }


def _counts(found: Comparison, words: Words) -> list[Mapping[str, Any]]:
    """Return for each facet its title and rows of label, two counts, and two widths in percent."""

    def width(count: int) -> int:
        return round(100 * count / found.most) if found.most else 0

    return [
        {
            "title": words(f"facet-{facet}"),
            "rows": [
                (words.label(facet, code), left, right, width(left), width(right))
                for code, left, right in rows
            ],
        }
        for facet, rows in found.counts.items()
        if rows
    ]
