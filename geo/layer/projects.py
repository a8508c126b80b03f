"""The curated layer as it is written: read, held against the schema, and parsed to values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError
from shapely.geometry.base import BaseGeometry

from geo.core.character_faults import text_faults
from geo.core.faults import DataError, Fault, quoted
from geo.core.home import read_json
from geo.core.memory import Readable
from geo.core.shapes import shape_faults
from geo.core.validation import breaches
from geo.layer.schema import COLLECTION, FEATURE
from geo.text.document import Span

LINES: Final = ("basis",)
QUOTED: Final = ("exact", "prefix", "suffix")
"""Words of the document, which `anchor-exact` and `anchor-unique` hold to it as it is."""


@dataclass(frozen=True)
class Anchor:
    """A quote in a document: where it lies, and the words that must lie there."""

    document: str
    clause: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def span(self) -> Span:
        """The code points that the quote covers."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Reference:
    """A source of a geometry, with the licence it is used under."""

    title: str
    licence: str
    url: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project of the layer; `geometry` is lon, lat in EPSG:4326, or None where not mapped.

    `short_zh` and `short_en` are None where the map writes the whole name.
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
    uncertainty_m: float | None
    basis: str
    references: tuple[Reference, ...]
    geometry: BaseGeometry | None

    @property
    def scope(self) -> str | None:
        """Which whole it stands for: one "county", more than one ("wide"), or None: a place."""
        if self.precision != "area":
            return None
        return "county" if len(self.counties) == 1 else "wide"

    def name(self, language: str) -> str:
        """Return the whole name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh

    def short(self, language: str) -> str:
        """Return the name as the map writes it in "zh" or "en": the short one, or the whole."""
        return (self.short_en if language == "en" else self.short_zh) or self.name(language)

    def basis_in(self, language: str) -> str:
        """Return the basis in "zh" or "en": its first line is Chinese, its second English."""
        chinese, _, english = self.basis.partition("\n")
        return english if language == "en" and english else chinese


def read_features(path: Readable, *, in_order: bool = True) -> list[dict[str, Any]]:
    """Return the features of a FeatureCollection that keeps the schema.

    Raises DataError with every breach of the schema at once, or, where there is none, with every
    text and geometry that is not what it may be; `in_order` says whether records out of order are
    a breach.
    """
    collection = read_json(path)
    faults = list(breaches(COLLECTION, collection, f"data/{path.name}"))
    if not faults:
        features = collection["features"]
        for number, feature in enumerate(features, start=1):
            faults += breaches(FEATURE, feature, _record_name(feature, number))
    if not faults:
        for feature in features:
            faults += _content_faults(feature)
    if not faults:
        ordered = features if in_order else sorted(features, key=lambda one: str(one["id"]))
        faults += _identity_faults(ordered)
    if faults:
        raise DataError(faults)
    return list(collection["features"])


def parse_project(feature: Mapping[str, Any]) -> Project:
    """Return the value of a feature that keeps the schema.

    Raises DataError when its coordinates make no geometry at all.
    """
    properties = dict(feature["properties"])
    properties["anchors"] = tuple(Anchor(**anchor) for anchor in properties["anchors"])
    properties["references"] = tuple(Reference(**one) for one in properties["references"])
    for key in ("counties", "outside"):
        properties[key] = tuple(properties[key])
    return Project(**properties, geometry=_geometry(feature))


def _geometry(feature: Mapping[str, Any]) -> BaseGeometry | None:
    if feature["geometry"] is None:
        return None
    try:
        return shapely.geometry.shape(feature["geometry"])
    except (ShapelyError, ValueError, TypeError, IndexError, AttributeError) as error:
        # What shape_faults lets through has made a geometry so far; GEOS has the last word.
        fault = Fault(
            "geometry-readable",
            feature["properties"]["id"],
            f"its coordinates ({str(error)[:80]})",
            f"make no {feature['geometry']['type']}",
            "write numbers as [longitude, latitude], nested as RFC 7946 says",
        )
        raise DataError([fault]) from error


def _content_faults(feature: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what a schema cannot say of texts and coordinates."""
    name = _record_name(feature, 0)
    yield from text_faults("text-plain", name, feature["properties"], lines=LINES, besides=QUOTED)
    if feature["geometry"] is not None:
        yield from shape_faults("geometry-readable", name, feature["geometry"])


def _identity_faults(features: list[dict[str, Any]]) -> Iterator[Fault]:
    """Ids are the properties' own, unique, and in order, so that a diff shows what changed."""
    before = ""
    for feature in features:
        own = feature["properties"]["id"]
        if feature["id"] != own:
            yield Fault(
                "id-same", own, quoted(feature["id"]),
                "is the Feature's id, but properties.id differs", "write the same slug in both",
            )  # fmt: skip
        if own == before:
            yield Fault(
                "id-unique", own, "the id", "stands twice, but names one project for good",
                "merge the two records, or give the newer one a slug of its own",
            )  # fmt: skip
        elif own < before:
            yield Fault(
                "id-sorted", own, f"comes after {quoted(before)}",
                "but records are sorted by id", "run: python -m geo format",
            )  # fmt: skip
        before = own


def _record_name(feature: Any, number: int) -> str:
    named = feature.get("id") if isinstance(feature, dict) else None
    return quoted(named).strip("'") if named else f"feature {number}"
