"""What the map in the browser is sent: the projects, the layers below them, its words, and the filter.

The browser holds each project's codes as bits (`codes` in map.json, the bits of `filters.BITS`), so a
filter by facets takes a dozen bytes, whatever the number of projects. The browser cannot know what a
search found: that is sent as one bit per project, or as the gaps between the projects found where that
is shorter.
"""

import base64
from dataclasses import asdict
from typing import Any, Final

import numpy as np
import shapely

from geo.core.i18n import LANGUAGES, text
from geo.layer.base_layers import own, read_layer
from geo.layer.codes import FAMILIES, LOOKS, PRECISIONS, SECTORS, SINCE, STAGES
from geo.layer.dataset import Dataset
from geo.layer.filters import BITS, FACETS, FilterResult, Mask
from geo.layer.projects import Project, RelatedGroup
from geo.map import symbology
from geo.map.symbology import THEME_COLOURS
from geo.text.marked_text import name_spans

WORDS: Final = "ui.json"


PROJECTS: Final = "map.json"


BACKDROP: Final = "backdrop.json"
"""What the map fetches: its words, what it draws, and the ground below that."""


MAP_TEXTS: Final = (
    "attribution", "choose", "clause", "close", "county_count", "county_wide", "fit", "form_built", "form_planned",
    "form_upgraded", "in_view", "legend", "legend_approximate", "legend_area", "legend_count",
    "legend_exact", "legend_exit", "legend_lines", "legend_outside", "legend_signs", "legend_stages", "map", "more",
    "more_here", "part_building", "part_open", "part_planned", "precision", "related", "separator", "since", "tiles_failed", "today",
    "today_note", "two_fingers", "unlocated", "wide", "zoom_in", "zoom_out",
)  # fmt: skip
"""The messages of the map, by the name the script knows them under (`map-…` in the catalogue)."""


GRID_DEGREES: Final = 1e-5
"""About a metre: to this the outline of the place is rounded."""


def map_features(dataset: Dataset) -> dict[str, Any]:
    """Return the FeatureCollection the map draws: per project what a popup and a style need.

    It keeps the order of `Dataset.projects`, on which what a search found counts; `codes` are the
    bits by which the facets are told.
    """
    features = []
    carried = dataset.frame["codes"].tolist()
    groups = {name: group for group in reversed(dataset.related) for name in group.projects}
    ends: dict[str, list[list[Any]]] = {}
    for one in dataset.destinations:
        ends.setdefault(one.project, []).append([*one.at, one.name_zh, one.name_en])
    for project, codes in zip(dataset.projects.values(), carried, strict=True):
        shape = project.geometry
        features.append(
            {
                "type": "Feature",
                "id": project.id,
                "properties": {
                    "id": project.id,
                    "name_zh": project.name_zh,
                    "name_en": project.name_en,
                    "sector": project.sector,
                    **_short(project),
                    "stage": project.stage,
                    "start": project.anchors[0].start,
                    "precision": project.precision,
                    **_drawn(project),
                    **({"ends": ends[project.id]} if project.id in ends else {}),
                    **_shared(groups.get(project.id)),
                    **_state_values(dataset, project),
                    "scope": project.scope,
                    "counties": project.counties,
                    "uncertainty_m": project.uncertainty_m,
                    "clause": project.anchors[0].clause,
                    "exact": project.anchors[0].exact,
                    "named": _named(project),
                    "codes": codes,
                },
                "geometry": None if shape is None else shape.__geo_interface__,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def _short(project: Project) -> dict[str, str]:
    """Return the names as the map writes them, where these are not the whole ones."""
    found = {"short_zh": project.short_zh, "short_en": project.short_en}
    return {key: value for key, value in found.items() if value}


def _drawn(project: Project) -> dict[str, Any]:
    """Return the signature of a line or point, or the middle of an area (lon, lat)."""
    shape = project.geometry
    code = symbology.symbol_code(project)
    if code:
        return {"signature": code}
    if shape is None:
        return {}
    middle = shape.representative_point()
    return {"at": [round(middle.x, 5), round(middle.y, 5)]}


def _shared(group: RelatedGroup | None) -> dict[str, str]:
    """Return the name of the place that a project shares with others."""
    return {"place_zh": group.place_zh, "place_en": group.place_en} if group else {}


def _state_values(dataset: Dataset, project: Project) -> dict[str, str]:
    """Return what became of a project, and as of when; nothing where the folder has no events."""
    own = dataset.since.get(project.id)
    return {"since": own.code, "since_as_of": own.as_of} if own else {}


def _named(project: Project) -> list[list[int]]:
    """Return [start, end] of the name's pieces in its quote, in UTF-16 units as a script counts."""
    anchor = project.anchors[0]

    def units(position: int) -> int:
        return len(anchor.exact[: position - anchor.start].encode("utf-16-le")) // 2

    spans = name_spans(anchor, project.name_zh)
    return [[units(span.start), units(span.end)] for span in spans]


def backdrop(dataset: Dataset) -> dict[str, Any]:
    """Return the layers below the projects, and of the place itself its `outline` and its bounds.

    `outline` is the GeoJSON geometry of its counties together (lon, lat), and `home` its bounds as
    [[lat, lon], [lat, lon]].
    """
    home = own(dataset.counties)
    west, south, east, north = home.total_bounds
    outline = shapely.set_precision(home.geometry.union_all(), GRID_DEGREES)
    layers = {name: read_layer(dataset.home, name) for name in dataset.home.layers()}
    return layers | {
        "home": [[south, west], [north, east]],
        "outline": outline.__geo_interface__,
    }


def map_words() -> dict[str, Any]:
    """Return the codelists and messages of the map in both languages, so that it never reloads."""
    languages = tuple(LANGUAGES)
    families = {family.code: family for family in FAMILIES}

    def labels(prefix: str, code: str) -> dict[str, str]:
        return {language: text(language, f"{prefix}-{code}") for language in languages}

    return {
        "families": [
            labels("family", code)
            | {"code": code, "sectors": [one.code for one in SECTORS if one.family == code]}
            for code in families
        ],
        "sectors": {
            one.code: labels("sector", one.code)
            | {
                "family": one.family,
                "icon": chr(int(one.icon, 16)),
                "hue": {
                    "light": families[one.family].light,
                    "dark": families[one.family].dark,
                },
            }
            for one in SECTORS
        },
        "stages": {one.code: labels("stage", one.code) for one in STAGES},
        "since": {
            one.code: labels("since", one.code) | {"look": one.look, "note": one.note}
            for one in SINCE
        },
        "precisions": {
            one.code: labels("precision", one.code)
            | {
                f"{language}_note": text(language, f"precision-{one.code}-note")
                for language in languages
            }
            for one in PRECISIONS
        },
        "looks": [labels("look", code) | {"code": code} for code in LOOKS],
        "forms": symbology.FORMS,
        "themes": {theme: asdict(ground) for theme, ground in THEME_COLOURS.items()},
        "signatures": {
            "lines": {
                one.code: labels("signature", one.code) | asdict(one)
                for one in symbology.LINE_SYMBOLS
            },
            "signs": {one.code: asdict(one) for one in symbology.POINT_SYMBOLS},
            "upgraded": symbology.UPGRADED,
            "soft": symbology.SOFT_EDGE,
            "outside": symbology.OUTSIDE,
            "growth": symbology.WEIGHT_BY_BAND,
        },
        "facets": {
            facet: [labels(facet, code) | {"bit": BITS[facet, code]} for code in codes]
            for facet, codes in FACETS.items()
        },
        "text": {
            language: {name: _map_text(language, name) for name in MAP_TEXTS}
            for language in languages
        },
    }


def _map_text(language: str, name: str) -> str:
    """Return a message of the map; its numbers and names stay as {braces} for the script."""
    return text(
        language,
        f"map-{name.replace('_', '-')}",
        count="{count}",
        clause="{clause}",
        date="{date}",
        state="{state}",
    )


ALL: Final = "all"

SEVEN: Final = 0x7F
MORE: Final = 0x80


def encode_filter(filtered: FilterResult) -> str | dict[str, Any]:
    """Return what the map needs to show what passes: "all", or {any, none, found}.

    `any` is a list of bit sets, each of which a project must share a bit with, `none` a bit set with
    which it must share none, and `encode_rows` {"bits": …} or {"gaps": …}, see `encode_rows`.
    """
    if filtered.passed().all():
        return ALL
    said: dict[str, Any] = {}
    if filtered.wanted:
        said["any"] = list(filtered.wanted)
    if filtered.unwanted:
        said["none"] = filtered.unwanted
    if filtered.matched is not None:
        said["found"] = encode_rows(filtered.matched)
    return said


def encode_rows(mask: Mask) -> dict[str, str]:
    """Return which rows of a boolean array are true, in base64, the shorter of two ways.

    `bits`: a bit per row, the lowest of a byte first. `gaps`: for each true row how many rows lie
    between it and the one before, as a LEB128 number (seven bits a byte, the lowest first).
    """
    bits = np.packbits(mask, bitorder="little").tobytes()
    gaps = bytearray()
    for gap in np.diff(np.flatnonzero(mask), prepend=-1) - 1:
        rest = int(gap)
        while rest > SEVEN:
            gaps.append(rest & SEVEN | MORE)
            rest >>= 7
        gaps.append(rest)
        if len(gaps) >= len(bits):
            return {"bits": base64.b64encode(bits).decode("ascii")}
    return {"gaps": base64.b64encode(bytes(gaps)).decode("ascii")}
