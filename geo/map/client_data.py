"""The data sent to the map in the browser: projects, background layers, messages, and the filter.

The projects are packed (`geo.map.packing`) into map.json, which the browser fetches once. It has
each project's codes as a bit set (`codes`, using `filters.BITS`), so a filter by facets takes a
dozen bytes, however many projects there are. Search runs on the server, so the matches of a search
are sent too: as one bit per project, or as the gaps between matches, whichever is shorter.
"""

import base64
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo.core.i18n import LANGUAGES, text
from geo.core.publication import approval
from geo.core.wording import wording_at_start
from geo.layer.base_layers import own, read_layer, short_names
from geo.layer.codes import EXTENTS, FAMILIES, LOOKS, PRECISIONS, SECTORS, SINCE, STAGES
from geo.layer.dataset import Dataset
from geo.layer.filters import BITS, FACETS, FilterResult, Mask
from geo.layer.projects import Project, RelatedGroup
from geo.map import symbology
from geo.map.symbology import THEME_COLOURS
from geo.text.marked_text import name_spans

WORDS: Final = "ui.json"
PROJECTS: Final = "map.json"
BACKDROP: Final = "backdrop.json"
"""The files the map fetches: its messages, the projects, and the layers drawn below them."""

MAP_TEXTS: Final = (
    "attribution", "choose", "clause", "close", "county_count", "county_somewhere", "county_wide", "fit", "form_built",
    "form_planned", "form_upgraded", "in_view", "legend", "legend_approximate", "legend_area",
    "legend_count", "legend_exact", "legend_exit", "legend_lines", "legend_outside",
    "legend_signs", "legend_stages", "map", "more", "more_here", "part_building", "part_open",
    "part_planned", "precision", "related", "separator", "since", "somewhere", "tiles_failed", "today",
    "today_note", "two_fingers", "unlocated", "wide", "zoom_in", "zoom_out",
)  # fmt: skip
"""The map's messages, by the names its scripts use (`map-…` in the catalogues)."""

EVERYWHERE: Final = shapely.box(-180, -85, 180, 85)
"""What a map in Web Mercator can show (lon, lat)."""

GRID_DEGREES: Final = 1e-5
"""The precision, about one metre, to which the outline of the place is rounded."""


def map_features(dataset: Dataset) -> dict[str, Any]:
    """Return the FeatureCollection the map draws, with what each popup and style needs.

    The features keep the order of `Dataset.projects`, because search results refer to them by
    position. `codes` is the project's bit set of facet codes (`filters.BITS`).
    """
    features = []
    code_bits = dataset.frame["codes"].tolist()
    groups = {name: group for group in reversed(dataset.related) for name in group.projects}
    ends: dict[str, list[list[Any]]] = {}
    for end in dataset.destinations:
        ends.setdefault(end.project, []).append([*end.at, end.name_zh, end.name_en])
    for project, codes in zip(dataset.projects.values(), code_bits, strict=True):
        shape = dataset.framed(project)
        features.append(
            {
                "type": "Feature",
                "id": project.id,
                "properties": {
                    "id": project.id,
                    "name_zh": project.name_zh,
                    "name_en": project.name_en,
                    "sector": project.sector,
                    **_short_names(project),
                    "stage": project.stage,
                    "start": project.anchors[0].start,
                    "precision": project.precision,
                    "extent": project.extent,
                    **_signature_or_position(project, shape),
                    **({"ends": ends[project.id]} if project.id in ends else {}),
                    **_place_names(groups.get(project.id)),
                    **_current_state(dataset, project),
                    "scope": project.scope,
                    "counties": project.counties,
                    "uncertainty_m": project.uncertainty_m,
                    **clause_names(project.anchors[0].clause),
                    "exact": project.anchors[0].exact,
                    "named": _name_positions(project),
                    "codes": codes,
                },
                "geometry": None if shape is None else shape.__geo_interface__,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def clause_names(numeral: str) -> dict[str, str]:
    """Return the number of a clause, and how it is written in each language where that differs."""
    names = {f"clause_{code}": text(code, "clause-number", clause=numeral) for code in LANGUAGES}
    return {"clause": numeral} | {key: name for key, name in names.items() if name != numeral}


def _short_names(project: Project) -> dict[str, str]:
    """Return the short names of a project for the map's labels; empty if it has none."""
    names = {"short_zh": project.short_zh, "short_en": project.short_en}
    return {key: name for key, name in names.items() if name}


def _signature_or_position(project: Project, shape: BaseGeometry | None) -> dict[str, Any]:
    """Return the symbol code of a line or point, or a point inside an area (lon, lat)."""
    code = symbology.symbol_code(project)
    if code:
        return {"signature": code}
    if shape is None:
        return {}
    inside = shape.representative_point()
    return {"at": [round(inside.x, 5), round(inside.y, 5)]}


def _place_names(group: RelatedGroup | None) -> dict[str, str]:
    """Return the names of the place that a project shares with others."""
    return {"place_zh": group.place_zh, "place_en": group.place_en} if group else {}


def _current_state(dataset: Dataset, project: Project) -> dict[str, str]:
    """Return the current state of a project and its date; empty if the data has no events."""
    state = dataset.since.get(project.id)
    return {"since": state.code, "since_as_of": state.as_of} if state else {}


def _name_positions(project: Project) -> list[list[int]]:
    """Return [start, end] of each part of the name within its quote.

    The offsets count UTF-16 code units, as JavaScript does.
    """
    anchor = project.anchors[0]

    def units(position: int) -> int:
        return len(anchor.exact[: position - anchor.start].encode("utf-16-le")) // 2

    spans = name_spans(anchor, project.name_zh)
    return [[units(span.start), units(span.end)] for span in spans]


def backdrop(dataset: Dataset) -> dict[str, Any]:
    """Return the layers drawn below the projects, and the outline and bounds of the place.

    `outline` is the GeoJSON geometry of the place's own counties merged (lon, lat). `home` is its
    bounds as [[south, west], [north, east]] (lat, lon). `lines` is whether the lines of districts
    are drawn; if not, the counties are rough places for their names, and everything is land.
    """
    home = own(dataset.counties)
    west, south, east, north = home.total_bounds
    layers = {name: read_layer(dataset.home, name) for name in dataset.home.layers()}
    outline = EVERYWHERE
    if dataset.district_lines:
        outline = shapely.set_precision(home.geometry.union_all(), GRID_DEGREES)
    else:
        layers["counties"] = layers["counties"] | {
            "features": [
                county | {"geometry": shape.__geo_interface__}
                for county, shape in zip(
                    layers["counties"]["features"], dataset.counties.geometry, strict=True
                )
            ]
        }
    layers["places"] = {
        "type": "FeatureCollection",
        "features": [
            _label(place) for place in layers["places"]["features"] if "rank" in place["properties"]
        ],
    }
    short = short_names(dataset.counties)
    layers["counties"] = layers["counties"] | {
        "features": [_county(county, short) for county in layers["counties"]["features"]]
    }
    return layers | {
        "home": [[south, west], [north, east]],
        "outline": outline.__geo_interface__,
        "lines": dataset.district_lines,
    }


def _county(county: Mapping[str, Any], short: Mapping[str, str]) -> dict[str, Any]:
    """Return a county with its short name, and its mark as the place's own as the scripts name it."""
    properties = county["properties"]
    kept = {key: value for key, value in properties.items() if key != "ziyang"}
    more = {"own": properties["ziyang"], "short_en": short[properties["code"]]}
    return {**county, "properties": kept | more}


def _label(place: Mapping[str, Any]) -> dict[str, Any]:
    """Return a place with only what the map needs to label it."""
    keys = ("kind", "rank", "seat", "name_zh", "name_en")
    known = {key: place["properties"][key] for key in keys if key in place["properties"]}
    return {"type": "Feature", "properties": known, "geometry": place["geometry"]}


def map_words() -> dict[str, Any]:
    """Return the map's codelists and messages in every language.

    Sending all languages at once lets the map change language without reloading.
    """
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
        "precisions": {one.code: labels("precision", one.code) for one in PRECISIONS},
        "extents": {one.code: labels("extent", one.code) | {"whole": one.whole} for one in EXTENTS},
        "looks": {code: labels("look", code) | asdict(symbology.TODAY[code]) for code in LOOKS},
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
            "badge": symbology.BADGE,
        },
        "facets": {
            facet: [labels(facet, code) | {"bit": BITS[facet, code]} for code in codes]
            for facet, codes in FACETS.items()
        },
        "text_language": wording_at_start().text_tag,
        "text": {
            language: {name: _map_text(language, name) for name in MAP_TEXTS}
            | {
                "approval": approval(language),
                "county_count_one": text(language, "map-county-count", count=1),
            }
            for language in languages
        },
    }


def _map_text(language: str, name: str) -> str:
    """Return a message of the map. Placeholders stay as {name}, for the script to fill in."""
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
"""The low seven bits of a LEB128 byte, and its continuation bit."""


def encode_filter(filtered: FilterResult) -> str | dict[str, Any]:
    """Return the filter as the map applies it: "all", or a dict of `any`, `none` and `found`.

    `any` is a list of bit sets: a project must have at least one bit of each. `none` is a bit set:
    a project must have none of its bits. `found` holds the matches of the search, as `encode_rows`
    returns them. A key is left out where it would not exclude anything.
    """
    if filtered.passed().all():
        return ALL
    encoded: dict[str, Any] = {}
    if filtered.wanted:
        encoded["any"] = list(filtered.wanted)
    if filtered.unwanted:
        encoded["none"] = filtered.unwanted
    if filtered.matched is not None:
        encoded["found"] = encode_rows(filtered.matched)
    return encoded


def encode_rows(mask: Mask) -> dict[str, str]:
    """Return which rows of a boolean array are true, in base64, in the shorter of two encodings.

    {"bits": …} has one bit per row, the lowest bit of each byte first. {"gaps": …} has, for each
    true row, the number of false rows since the previous true row, as an unsigned LEB128 number
    (seven bits per byte, lowest first).
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
