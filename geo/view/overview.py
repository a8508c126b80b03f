"""The summary below the map: who has how much of what, each number a link to what it counts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd
import streamlit as st

from geo.html import render
from geo.link import PageState, address
from geo.summary import Crosstab, crosstab
from geo.view.detail import SECTOR
from geo.view.words import Words


def overview(shown: gpd.GeoDataFrame, state: PageState, words: Words) -> None:
    """Draw sector by county and sector by stage for the projects shown."""
    tables = [_table(crosstab(shown, facet), state, words) for facet in ("county", "stage")]
    st.html(render("summary", words=words, tables=tables))


def _table(counted: Crosstab, state: PageState, words: Words) -> Mapping[str, Any]:
    def link(sector: str, code: str | None) -> str:
        chosen = state.filter.choosing("sector", [sector])
        if code is not None:
            chosen = chosen.choosing(counted.facet, [code])
        return address(replace(state, filter=chosen, project=None))

    labels = [words.label(counted.facet, code) for code in counted.columns]
    rows = []
    for sector, counts, total in counted.rows:
        label = words.label("sector", sector)
        cells = [
            {
                "count": count,
                "width": round(100 * count / counted.most),
                "href": link(sector, code),
                "title": f"{label} × {column}: {count}",
            }
            for code, column, count in zip(counted.columns, labels, counts, strict=True)
        ]
        rows.append(
            {
                "label": label,
                "href": link(sector, None),
                "family": SECTOR[sector].family,
                "cells": cells,
                "total": total,
            }
        )
    return {"title": words(f"summary-{counted.facet}"), "columns": labels, "rows": rows}
