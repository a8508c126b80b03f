"""Projects: the data contract of the layer as a JSON Schema, and reading, validation and parsing.

Related groups (projects that share a place) are read here as well. The schemas are draft 2020-12 and built from the codelists; their `x-`
keys are the entries of the data dictionary.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import Readable, read_json
from geo.core.home import Home, counties_at_start
from geo.core.validation import (
    ADDRESS,
    ANY_TEXT,
    CODE_POINTS,
    COUNTY_CODE,
    DATE,
    NAME,
    POSITION,
    SLUG,
    TEXT,
    character_faults,
    coordinate_faults,
    documented,
    object_schema,
    schema_faults,
    unique_list,
)
from geo.core.wording import wording_at_start
from geo.layer.codes import (
    COUNTY_CODES_OF,
    EXTENT,
    EXTENT_CODES,
    EXTENTS,
    PRECISION_CODES,
    PRECISIONS,
    SECTOR_CODES,
    STAGE_CODES,
)
from geo.text.document import Anchor

SHORT_ZH: Final = TEXT | {"maxLength": 10}
SHORT_EN: Final = TEXT | {"maxLength": 28}
"""Short enough to be read on the map at a glance; about equally wide in both languages."""
SHORT_NAMES: Final = ("short_zh", "short_en")
TERM: Final = TEXT | {"maxLength": 40}

ANCHOR: Final = object_schema(
    {
        "document": documented(TEXT, "文件编号", "id of the document", oc4ids="documents[].id"),
        "clause": documented(
            TEXT,
            "条款序号：十；序号有层次的，逐级连写：三(一)1",
            "numeral of the clause; where numbers nest, the path of numerals: 三(一)1",
        ),
        "start": documented(POSITION, "起点", "first position", unit=CODE_POINTS),
        "end": documented(POSITION, "终点（不含）", "position after the last", unit=CODE_POINTS),
        "exact": documented(TEXT, "原文", "the words", oc4ids="documents[].description"),
        "prefix": documented(ANY_TEXT, "前文", "the words before, so that the quote is unique"),
        "suffix": documented(ANY_TEXT, "后文", "the words after, likewise"),
    }
)

REFERENCE: Final = object_schema(
    {
        "title": documented(TEXT, "资料名称", "what the source is called"),
        "url": documented(ADDRESS, "网址", "its address"),
        "licence": documented(TEXT, "许可", "the terms it is used under"),
        "retrieved": documented(DATE, "取用日期", "the day it was read"),
    },
    optional=("url", "retrieved"),
)

WORDS: Final = wording_at_start()
EVERY_COUNTY: Final = {3: ("三个都列", "all three")}.get(
    len(counties_at_start()), ("全部列出", "all of them")
)

PROPERTIES: Final = object_schema(
    {
        "id": documented(
            {"type": "string", "pattern": SLUG, "maxLength": 80},
            "永久编号，不重复使用", "permanent slug, never reused", oc4ids="id",
        ),
        "name_zh": documented(
            NAME, f"名称，用{WORDS.document('zh')}原文的字", f"name, in the {WORDS.document('en')}'s own words",
            oc4ids="title",
        ),
        "name_en": documented(NAME, "英文名称", "name in English", oc4ids="title (translation)"),
        "short_zh": documented(
            SHORT_ZH, "地图上写的简称；没有时写全名",
            "the name as the map writes it, in Chinese; without it the map writes the whole name",
        ),
        "short_en": documented(SHORT_EN, "地图上写的英文简称", "the same in English"),
        "sector": documented(
            {"enum": list(SECTOR_CODES)}, "领域", "what it is for",
            codelist="sector", oc4ids="sector[]",
        ),
        "counties": documented(
            unique_list(COUNTY_CODE),
            f"所涉{WORDS.place('zh')}{WORDS.county('zh')}；全{WORDS.level('zh')}则{EVERY_COUNTY[0]}，"
            f"全在{WORDS.level('zh')}外则为空",
            f"{WORDS.counties} of {WORDS.place('en')} it touches; {EVERY_COUNTY[1]} when "
            f"{WORDS.level('en')}-wide; none when wholly outside",
            codelist=f"county ({COUNTY_CODES_OF})", oc4ids="locations[].gazetteers",
        ),
        "outside": documented(
            unique_list(NAME), f"所涉{WORDS.level('zh')}外地方", f"places outside {WORDS.place('en')} it touches",
            oc4ids="locations[].description",
        ),
        "stage": documented(
            {"enum": list(STAGE_CODES)}, f"阶段，依原文动词，截至{WORDS.document('zh')}{WORDS.issued('zh')}之日",
            f"stage by the governing verb, as of the {WORDS.issued('noun')}",
            codelist="stage", oc4ids="status, type",
        ),
        "stage_term": documented(TERM, "该动词原文", "that verb, verbatim, inside an anchor"),
        "anchors": documented(
            {"type": "array", "items": ANCHOR, "minItems": 1},
            "原文引文，主要的在前", "the quotes, the operative one first", oc4ids="documents[]",
        ),
        "precision": documented(
            {"enum": list(PRECISION_CODES)}, "位置精度", "how the place is known",
            codelist="precision", oc4ids="locations[].description / IATI exactness",
        ),
        "extent": documented(
            {"enum": list(EXTENT_CODES)}, "项目本身所及的范围，与位置是否已知无关",
            "what it is by nature, however well its place is known",
            codelist="extent", oc4ids="locations[].description",
        ),
        "uncertainty_m": documented(
            {"type": ["number", "null"], "exclusiveMinimum": 0},
            "位置可能的误差（半径或半宽）", "how far off the place may be (radius or half-width)",
            unit="m", oc4ids="locations[].description",
        ),
        "basis": documented(
            TEXT, "图形的依据：首行中文，次行英文",
            "how the geometry was made: a line in Chinese, a line in English",
            oc4ids="locations[].description",
        ),
        "references": documented(
            {"type": "array", "items": REFERENCE}, "位置的资料来源", "sources of the place",
            oc4ids="documents[]",
        ),
    },
    optional=SHORT_NAMES,
)  # fmt: skip

GEOMETRY: Final = {
    "type": ["object", "null"],
    "properties": {
        "type": {
            "enum": [
                "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon",
            ]
        },
        "coordinates": {"type": "array", "minItems": 1},
    },
    "required": ["type", "coordinates"],
    "additionalProperties": False,
}  # fmt: skip

FEATURE: Final = object_schema(
    {
        "type": {"const": "Feature"},
        "id": {"type": "string"},
        "properties": PROPERTIES,
        "geometry": GEOMETRY,
    }
)


COLLECTION: Final = object_schema(
    {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array"},
    }
)
"""The envelope; its features are validated one by one, so that a fault can name its record."""


DRAFT_MARKS: Final = {"zh": "草稿：", "en": "Draft: "}
"""How the basis of a draft begins, in each language: `init` suggested it, and nobody has checked it."""

LINES: Final = ("basis",)
"""Fields that may contain line breaks."""
QUOTED: Final = ("exact", "prefix", "suffix")
"""Fields that quote the document; the checks `anchor-exact` and `anchor-unique` compare them."""


@dataclass(frozen=True)
class Reference:
    """A source of a geometry, and the licence under which it is used."""

    title: str
    licence: str
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project of the layer; `geometry` is lon, lat in EPSG:4326, or None if it is not mapped.

    `short_zh` and `short_en` are None if the map shows the full name.
    """

    id: str
    name_zh: str
    name_en: str
    short_zh: str | None = None
    short_en: str | None = None
    sector: str
    counties: tuple[str, ...]
    outside: tuple[str, ...]
    stage: str
    stage_term: str
    anchors: tuple[Anchor, ...]
    precision: str
    extent: str
    uncertainty_m: float | None
    basis: str
    references: tuple[Reference, ...]
    geometry: BaseGeometry | None

    @property
    def scope(self) -> str | None:
        """The area it covers: one whole "county", or several ("wide"); None for a single place."""
        if self.precision != "area":
            return None
        return "county" if len(self.counties) == 1 else "wide"

    @property
    def mapped(self) -> bool:
        """Whether its place is known, be it only as the whole of a district."""
        return self.precision != "unlocated"

    @property
    def is_draft(self) -> bool:
        """Whether it is still a draft that nobody has checked, nor looked for its place."""
        return any(self.basis_in(one).startswith(mark) for one, mark in DRAFT_MARKS.items())

    @property
    def position(self) -> tuple[float, float] | None:
        """A point on or in the geometry (lon, lat, EPSG:4326); None without a geometry.

        It has five decimals if the geometry is exact, otherwise three, or about 100 m.
        """
        if self.geometry is None:
            return None
        point = self.geometry.representative_point()
        decimals = 5 if self.precision == "exact" else 3
        return round(point.x, decimals), round(point.y, decimals)

    @property
    def place_key(self) -> str:
        """The message key of how its place is known: a precision, or what a county outline means."""
        if self.precision != "area":
            return f"precision-{self.precision}"
        return f"extent-{self.extent}" if EXTENT[self.extent].whole else "map-somewhere"

    @property
    def place_note(self) -> str:
        """The message key of what its precision means: a county outline can be its nature or not."""
        if self.is_draft and not self.mapped:
            return DRAFT_NOTE
        whole = self.precision == "area" and EXTENT[self.extent].whole
        return f"precision-{self.precision}-{'whole-' if whole else ''}note"

    def name(self, language: str) -> str:
        """Return the full name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh

    def short(self, language: str) -> str:
        """Return the name that the map shows in "zh" or "en": the short one if there is one."""
        return (self.short_en if language == "en" else self.short_zh) or self.name(language)

    def basis_in(self, language: str) -> str:
        """Return the basis in "zh" (its first line) or "en" (its second line)."""
        chinese, _, english = self.basis.partition("\n")
        return english if language == "en" and english else chinese


PLACE_KEYS: Final = (
    *(f"precision-{precision.code}" for precision in PRECISIONS if precision.code != "area"),
    *(f"extent-{extent.code}" for extent in EXTENTS if extent.whole),
    "map-somewhere",
)
"""What `Project.place_key` can be."""

DRAFT_NOTE: Final = "precision-draft-note"
PLACE_NOTES: Final = (
    *(f"precision-{precision.code}-note" for precision in PRECISIONS),
    DRAFT_NOTE,
    "precision-area-whole-note",
)
"""What `Project.place_note` can be."""


def read_features(path: Readable, *, in_order: bool = True) -> list[dict[str, Any]]:
    """Return the features of a FeatureCollection that conforms to the schema.

    Raises DataError with all faults of the first stage that finds any: the schema, then texts and
    coordinates, then ids. With `in_order=False`, records need not be sorted by id.
    """
    collection = read_json(path)
    faults = list(schema_faults(COLLECTION, collection, f"data/{path.name}"))
    if not faults:
        features = collection["features"]
        for number, feature in enumerate(features, start=1):
            faults += schema_faults(FEATURE, feature, _record_name(feature, number))
    if not faults:
        for feature in features:
            faults += _content_faults(feature)
    if not faults:
        ordered = features if in_order else sorted(features, key=lambda feature: str(feature["id"]))
        faults += _id_faults(ordered)
    if faults:
        raise DataError(faults)
    return list(collection["features"])


def parse_project(feature: Mapping[str, Any]) -> Project:
    """Return the project of a feature that conforms to the schema.

    Raises DataError if its coordinates do not form a geometry.
    """
    properties = dict(feature["properties"])
    properties["anchors"] = tuple(Anchor(**anchor) for anchor in properties["anchors"])
    properties["references"] = tuple(Reference(**entry) for entry in properties["references"])
    for key in ("counties", "outside"):
        properties[key] = tuple(properties[key])
    return Project(**properties, geometry=_geometry(feature))


def _geometry(feature: Mapping[str, Any]) -> BaseGeometry | None:
    if feature["geometry"] is None:
        return None
    try:
        return shapely.geometry.shape(feature["geometry"])
    except (ShapelyError, ValueError, TypeError, IndexError, AttributeError) as error:
        # Coordinates that pass coordinate_faults should form a geometry, but GEOS may refuse them.
        fault = Fault(
            "geometry-readable",
            feature["properties"]["id"],
            f"its coordinates ({str(error)[:80]})",
            f"make no {feature['geometry']['type']}",
            "write numbers as [longitude, latitude], nested as RFC 7946 says",
        )
        raise DataError([fault]) from error


def _content_faults(feature: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults of texts and coordinates that a schema cannot express."""
    name = _record_name(feature, 0)
    yield from character_faults(
        "text-plain", name, feature["properties"], lines=LINES, besides=QUOTED
    )
    if feature["geometry"] is not None:
        yield from coordinate_faults("geometry-readable", name, feature["geometry"])


def _id_faults(features: list[dict[str, Any]]) -> Iterator[Fault]:
    """Yield a fault for each id that differs from properties.id, is not unique, or is unsorted."""
    previous = ""
    for feature in features:
        project = feature["properties"]["id"]
        if feature["id"] != project:
            yield Fault(
                "id-same", project, quoted(feature["id"]),
                "is the Feature's id, but properties.id differs", "write the same slug in both",
            )  # fmt: skip
        if project == previous:
            yield Fault(
                "id-unique", project, "the id", "stands twice, but names one project for good",
                "merge the two records, or give the newer one a slug of its own",
            )  # fmt: skip
        elif project < previous:
            # Sorted records keep diffs readable.
            yield Fault(
                "id-sorted", project, f"comes after {quoted(previous)}",
                "but records are sorted by id", "run: python -m geo format",
            )  # fmt: skip
        previous = project


def _record_name(feature: Any, number: int) -> str:
    project = feature.get("id") if isinstance(feature, dict) else None
    return quoted(project).strip("'") if project else f"feature {number}"


@dataclass(frozen=True)
class RelatedGroup:
    """A place, named in both languages, and the ids of the projects there."""

    place_zh: str
    place_en: str
    projects: tuple[str, ...]


def read_related(home: Home) -> tuple[RelatedGroup, ...]:
    """Return the related groups of a home; raises DataError with all violations of their schema."""
    content = read_json(home.related)
    faults = list(schema_faults(RELATED, content, "data/related.json"))
    faults = faults or list(character_faults("text-plain", "data/related.json", content))
    if faults:
        raise DataError(faults)
    return tuple(
        RelatedGroup(entry["place_zh"], entry["place_en"], tuple(entry["projects"]))
        for entry in content
    )


def projects_at_same_place(
    groups: Iterable[RelatedGroup], project: str
) -> Iterator[tuple[RelatedGroup, str]]:
    """Yield (group, id) once for each other project that shares a place with this one."""
    seen = {project}
    for group in groups:
        if project in group.projects:
            for other in group.projects:
                if other not in seen:
                    seen.add(other)
                    yield group, other


RELATED: Final = {
    "type": "array",
    "items": object_schema(
        {"place_zh": NAME, "place_en": NAME, "projects": unique_list(TEXT) | {"minItems": 2}}
    ),
}
