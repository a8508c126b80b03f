"""The summary and the comparison of two counties or sectors, as tables of counts with links."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd

from geo.core.i18n import Words
from geo.core.publication import approval
from geo.layer.counts import (
    Comparison,
    CompletedShare,
    Crosstab,
    Side,
    compare_codes,
    completed_by,
    completed_in_all,
    crosstab,
    facet_of,
)
from geo.layer.dataset import Dataset
from geo.layer.filters import FACETS, OFFERED
from geo.layer.query import PageState, url_query
from geo.views import render
from geo.views.charts import small_map
from geo.views.document import tally_text
from geo.views.list_view import list_row

FACETS_SHOWN: Final = ("county", "stage", "precision")


def summary_head_html(dataset: Dataset, words: Words) -> str:
    """Return the heading with the number of text segments that are mapped."""
    return render("summary_head", words=words, tally=tally_text(dataset, words))


def summary_title_html(title: str) -> str:
    """Return the heading above a chart and its table."""
    return render("summary_title", title=title)


def crosstab_html(
    counted: Crosstab, title: str, state: PageState, words: Words, *, folded: bool = False
) -> str:
    """Return a crosstab as a table, with each count linked to its projects.

    `folded` puts it behind a line to open, where a chart shows the same.
    """
    table = _table(counted, title, state, words)
    return render("summary", words=words, table=table, folded=folded)


def realised_html(dataset: Dataset, shown: gpd.GeoDataFrame, words: Words) -> str:
    """Return the share of the projects shown that has been completed, by sector and by county."""
    return render(
        "completed",
        words=words,
        title=words("summary-realised"),
        date=max(state.as_of for state in dataset.since.values()),
        tables=[_realised(shown, by, words) for by in ("sector", "county") if by in OFFERED],
        total=completed_in_all(shown),
    )


def _realised(
    shown: gpd.GeoDataFrame, by: str, words: Words
) -> tuple[str, list[tuple[str, CompletedShare]]]:
    """Return the heading of a facet, and the label and completed share of each of its codes."""
    rows = [(words.label(by, share.code), share) for share in completed_by(shown, by)]
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
    for row_code, counts, total in counted.rows:
        label = words.label(counted.by, row_code)
        cells = [
            {"count": count, "href": link(row_code, code), "title": f"{label} × {column}: {count}"}
            for code, column, count in zip(counted.columns, labels, counts, strict=True)
        ]
        rows.append(
            {
                "label": label,
                "href": link(row_code, None),
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


@dataclass(frozen=True)
class Chart:
    """A place in the summary for the chart of a crosstab, which needs scripts."""

    counted: Crosstab
    title: str


def summary_parts(
    dataset: Dataset, shown: gpd.GeoDataFrame, state: PageState, words: Words, *, charts: bool
) -> Iterator[str | Chart]:
    """Yield the parts of the summary in order: HTML, or with `charts` a chart to draw."""
    yield summary_head_html(dataset, words)
    for facet in FACETS_SHOWN:
        counted = crosstab(shown, facet)
        if counted.rows and facet in OFFERED:
            title = words(f"summary-{facet}")
            yield summary_title_html(title)
            if charts:
                yield Chart(counted, title)
            yield crosstab_html(counted, title, state, words, folded=charts)
    if dataset.since and not shown.empty:
        title = words("summary-since")
        yield summary_title_html(title)
        yield crosstab_html(crosstab(shown, "since", "stage"), title, state, words)
        yield summary_title_html(words("summary-realised"))
        yield realised_html(dataset, shown, words)


def compared(state: PageState) -> tuple[str, tuple[str, ...]]:
    """Return the facet that is compared, and its two codes."""
    facet = facet_of(state.compare)
    return facet, state.compare or tuple(FACETS[facet][:2])


def compare_html(
    dataset: Dataset, state: PageState, codes: tuple[str, ...], words: Words, *, dark: bool
) -> str:
    """Return two codes of one facet side by side: counts, small maps and lists."""
    comparison = compare_codes(dataset.frame, state.filter, codes)
    sides = (comparison.left, comparison.right)
    return render(
        "compare",
        words=words,
        approval=approval(words.language),
        sides=[_side(dataset, side, state, comparison.facet, words, dark=dark) for side in sides],
        both=[list_row(dataset, project_id, "", words) for project_id in comparison.both],
        counts=_counts(comparison, words),
    )


def _side(
    dataset: Dataset, side: Side, state: PageState, facet: str, words: Words, *, dark: bool
) -> Mapping[str, Any]:
    only_side = replace(state, filter=state.filter.with_codes(facet, [side.code]), project=None)
    return {
        "label": words.label(facet, side.code),
        "count": len(side.ids),
        "unmapped": len(side.ids) - side.mapped,
        "href": url_query(only_side),
        "picture": small_map(dataset, side.ids, side.code, dark=dark),
        "rows": [list_row(dataset, project_id, "", words) for project_id in side.ids],
    }


def _counts(comparison: Comparison, words: Words) -> list[Mapping[str, Any]]:
    """Return a title and rows for each facet.

    A row is (label, left count, right count, left width, right width), with widths in percent.
    """

    def width(count: int) -> int:
        return round(100 * count / comparison.most) if comparison.most else 0

    return [
        {
            "title": words(f"facet-{facet}"),
            "rows": [
                (words.label(facet, code), left, right, width(left), width(right))
                for code, left, right in rows
            ],
        }
        for facet, rows in comparison.counts.items()
        if rows
    ]
