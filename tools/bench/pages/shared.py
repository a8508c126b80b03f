"""What the pages to compare with have in common: the layer and two filters."""

from typing import Any

import streamlit as st

from geo.core.files import read_json
from geo.core.home import find_home
from geo.core.i18n import text
from geo.layer.codes import COUNTY_CODES, SECTOR_CODES


@st.cache_data
def features() -> list[dict[str, Any]]:
    """Return the features of the real layer."""
    return read_json(find_home().projects)["features"]


def chosen() -> list[dict[str, Any]]:
    """Show the two filters and a count; return the features that match the filters."""
    every = features()
    with st.sidebar:
        sectors = _multiselect("sector", SECTOR_CODES, [_sector(one) for one in every])
        counties = _multiselect(
            "county", COUNTY_CODES, [c for one in every for c in _counties(one)]
        )
    left = [
        one
        for one in every
        if (not sectors or _sector(one) in sectors)
        and (not counties or set(counties) & set(_counties(one)))
    ]
    with st.container(key="count"):
        st.text(f"{len(left)} / {len(every)}")
    return left


def _multiselect(facet: str, codes: tuple[str, ...], values: list[str]) -> list[str]:
    return st.multiselect(
        text("zh", f"facet-{facet}"),
        [code for code in codes if code in values],
        key=facet,
        format_func=lambda code: f"{text('zh', f'{facet}-{code}')} · {values.count(code)}",
    )


def _sector(feature: dict[str, Any]) -> str:
    return feature["properties"]["sector"]


def _counties(feature: dict[str, Any]) -> list[str]:
    return feature["properties"]["counties"] or ["outside"]
