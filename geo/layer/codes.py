"""The codelists: each code with all its attributes on one line; labels are in the catalogues.

Sectors share the colours of seven families, because readers cannot tell fifteen hues apart; within
a family, the icon identifies the sector. Icons are code points of Font Awesome 6 (solid). For line
styles, see `geo/map/symbology.py`. OC4IDS codes are those of version 0.9.5; IATI exactness is 1
(exact) or 2 (approximate).
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from geo.core.home import County, counties_at_start
from geo.core.i18n import LANGUAGES, text
from geo.layer.base_layers import Bounds, middle, utm_zone, window_at_start


@dataclass(frozen=True)
class Family:
    """A group of sectors that share a hue, given for a light and for a dark background."""

    code: str
    light: str
    dark: str


@dataclass(frozen=True)
class Sector:
    """The sector of a project: what it is for."""

    code: str
    family: str
    icon: str
    oc4ids: str


@dataclass(frozen=True)
class Stage:
    """The stage of a project according to the decision, from the verb that governs it."""

    code: str
    oc4ids_status: str
    oc4ids_type: str


@dataclass(frozen=True)
class Precision:
    """How a geometry is known: whether there is one, and whether its error is given in metres."""

    code: str
    mapped: bool
    bounded: bool
    iati: str


@dataclass(frozen=True)
class Extent:
    """What a project is by nature, however well its place is known.

    A project with a `whole` extent is everywhere in a county, in the city or beyond it, so that the
    outline of these is its place. For the others such an outline means that the place is unknown.
    """

    code: str
    whole: bool = False


@dataclass(frozen=True)
class EventType:
    """A type of event. `shows` is the state that such an event shows, "" if it shows none.

    An `undone` type counts only if no event shows more than "planned": an approval that is dated
    after the start of construction does not revert the project to planned.
    """

    code: str
    shows: str = ""
    undone: bool = False


@dataclass(frozen=True)
class Since:
    """What became of a project since the decision, and its symbol on the map of today.

    It applies to a project whose events of this `scope` ("whole" or "part") show this `state`; both
    are "" if the events show no state. The eight codes share five symbols (`look`); where the look
    is ambiguous, `note` is the message key of a word shown beside the name, else "". The state of a
    part has the look of the next lower state, so that a part is not mistaken for the whole.
    """

    code: str
    state: str = ""
    scope: str = ""
    look: str = "unknown"
    note: str = ""


@dataclass(frozen=True)
class CoordinateSystem:
    """A coordinate reference system in which files for GIS and CAD can be written.

    `code` is that of the EPSG register, `slug` its mark in file names. The coordinates are metres
    (easting, northing) in a `metric` system, and degrees (longitude, latitude) in the others. `key`
    is the message key of its name and, with "-note", of what its coordinates are; `values` are the
    variables of both.
    """

    code: str
    slug: str
    key: str
    metric: bool = False
    values: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> int:
        """The number in the EPSG register."""
        return int(self.code.removeprefix("EPSG:"))

    @property
    def is_cgcs2000(self) -> bool:
        """Whether its datum is CGCS2000, not WGS 84."""
        return self.slug.startswith("cgcs2000")

    def name(self, language: str) -> str:
        """Return its name in "zh" or "en"."""
        return text(language, self.key, **dict(self.values))

    def note(self, language: str) -> str:
        """Return what its coordinates are, in "zh" or "en"."""
        return text(language, f"{self.key}-note", **dict(self.values))


FAMILIES: Final = (
    Family("rail", "#261f6d", "#8082fc"),
    Family("road", "#b4480d", "#ff9e2a"),
    Family("water", "#14757e", "#3fd3ef"),
    Family("land", "#1f5c39", "#65b96f"),
    Family("economy", "#832d93", "#c67ebf"),
    Family("country_culture", "#573f00", "#e0d67d"),
    Family("city_cooperation", "#474c57", "#acb4bd"),
)
"""`docs/colours.md` lists the distances between them, also for colour-blind readers."""

SECTORS: Final = (
    Sector("rail", "rail", "f238", "transport.rail"),
    Sector("road", "road", "f018", "transport.road"),
    Sector("aviation", "road", "f072", "transport.air"),
    Sector("logistics", "road", "f494", "transport"),
    Sector("water", "water", "f043", "waterAndWaste"),
    Sector("ecology", "land", "f06c", "naturalResources"),
    Sector("industry", "economy", "f275", "economy"),
    Sector("services", "economy", "f54e", "economy"),
    Sector("innovation", "economy", "f0c3", "economy"),
    Sector("agriculture", "country_culture", "e2cd", "economy"),
    Sector("culture_tourism", "country_culture", "f66f", "cultureSportsAndRecreation"),
    Sector("urban", "city_cooperation", "f64f", "economy"),
    Sector("opening_up", "city_cooperation", "f0ac", "economy"),
    Sector("public_service", "city_cooperation", "f549", "governance"),
    Sector("regional", "city_cooperation", "f2b5", "governance"),
)

STAGES: Final = (
    Stage("seek", "identification", "construction"),
    Stage("study", "identification", "construction"),
    Stage("prepare", "preparation", "construction"),
    Stage("plan", "identification", "construction"),
    Stage("start", "implementation", "construction"),
    Stage("build", "implementation", "construction"),
    Stage("upgrade", "identification", "rehabilitation"),
)

PRECISIONS: Final = (
    Precision("exact", mapped=True, bounded=True, iati="1"),
    Precision("approximate", mapped=True, bounded=True, iati="2"),
    Precision("area", mapped=True, bounded=False, iati="2"),
    Precision("unlocated", mapped=False, bounded=False, iati="2"),
)

EXTENTS: Final = (
    Extent("site"),
    Extent("line"),
    Extent("zone"),
    Extent("county", whole=True),
    Extent("city", whole=True),
    Extent("beyond", whole=True),
)

EVENT_TYPES: Final = (
    EventType("approved", "planned", undone=True),
    EventType("still_planned", "planned"),
    EventType("started", "building"),
    EventType("under_construction", "building"),
    EventType("opened", "open"),
    EventType("in_operation", "open"),
    EventType("renamed"),
    EventType("superseded"),
)

STATES: Final = ("planned", "building", "open")
"""The states that events may show, the least advanced first."""

LOOKS: Final = ("open", "building", "planned", "related", "unknown")
"""The symbols of states on the map of today; see `Since`, and `geo.map.symbology.TODAY`."""

EVENT_SCOPES: Final = ("whole", "part", "related")
"""What an event is about: the whole project, a part of it, or something only related to it."""

CONFIDENCES: Final = ("high", "medium")
"""How certain an event is; less certain ones are left out of the data."""

SEARCHED: Final = (
    "government", "newspaper", "work_report", "tender", "environment", "encyclopaedia",
)  # fmt: skip
"""The kinds of sources that a search for events went through."""

DATE_PRECISIONS: Final = ("day", "month", "year")

SINCE: Final = (
    Since("open", "open", "whole", look="open"),
    Since("part_open", "open", "part", look="building", note="part_open"),
    Since("building", "building", "whole", look="building"),
    Since("part_building", "building", "part", look="planned", note="part_building"),
    Since("planned", "planned", "whole", look="planned"),
    Since("part_planned", "planned", "part", look="planned", note="part_planned"),
    Since("related", look="related", note="related"),
    Since("nothing"),
)
"""What became of a project since the decision; "nothing" means that no event was found."""

WGS84: Final = CoordinateSystem("EPSG:4326", slug="", key="crs-4326")
CGCS2000: Final = CoordinateSystem("EPSG:4490", slug="cgcs2000", key="crs-4490")

PROVINCES: Final = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[12]")
"""The first two digits of a GB/T 2260 code: the provinces of China."""

EASTERN_COAST: Final = 124.0
KOREA: Final = 39.0
"""East of this longitude, China lies north of this latitude; Korea and Japan lie south of it."""


def is_in_china(window: Bounds, counties: Iterable[County]) -> bool:
    """Say whether a place is in China, by the middle of its window and the codes of its counties.

    Codes of six digits and names in Chinese characters also exist in other countries.
    """
    longitude, latitude = middle(window)
    is_near = 73 < longitude < 136 and 3 < latitude < 54  # noqa: PLR2004 - degrees
    is_near = is_near and (longitude < EASTERN_COAST or latitude > KOREA)
    return is_near and all(
        PROVINCES.match(one.code) and re.search("[\u4e00-\u9fff]", one.name_zh) for one in counties
    )


def gauss_kruger(longitude: float) -> CoordinateSystem:
    """Return the 3-degree Gauss-Krüger zone of CGCS2000 in which a longitude of China lies.

    The false easting is 500 km without a zone number in front.
    """
    zone = min(max(math.floor(longitude / 3 + 0.5), 25), 45)
    meridian = str(zone * 3)
    return CoordinateSystem(
        f"EPSG:{4534 + zone - 25}",
        slug=f"cgcs2000-gk{meridian}",
        key="crs-gauss-kruger",
        metric=True,
        values=(("meridian", meridian), ("zone", str(zone))),
    )


def coordinate_systems(window: Bounds, counties: Iterable[County]) -> tuple[CoordinateSystem, ...]:
    """Return the systems in which files of a place are offered; the last is in metres.

    In China they are those in which its surveyors work, elsewhere WGS 84 in degrees and in UTM.
    """
    if is_in_china(window, counties):
        return WGS84, CGCS2000, gauss_kruger(middle(window)[0])
    zone = utm_zone(window)
    utm = CoordinateSystem(
        zone.code,
        slug=f"utm{zone.name.lower()}",
        key="crs-utm",
        metric=True,
        values=(("zone", str(zone.number)), ("side", zone.side)),
    )
    return WGS84, utm


SYSTEMS: Final = coordinate_systems(window_at_start(), counties_at_start())
"""Those of the home that the program was started with; for Ziyang the metres are EPSG:4544."""
METRES: Final = SYSTEMS[-1]

COUNTY_CODES_OF: Final = "GB/T 2260" if CGCS2000 in SYSTEMS else "six digits"
"""Where the codes of counties come from; those of a place outside China are the curator's own."""

COUNTIES: Final = tuple(county.code for county in counties_at_start())
"""GB/T 2260 codes of the place's own counties; for Ziyang 512002, 512021 and 512022."""

OUTSIDE: Final = "outside"
"""The county filter's value for projects that touch none of the place's own counties."""


SECTOR: Final = {sector.code: sector for sector in SECTORS}
"""The sectors by code."""

EXTENT: Final = {extent.code: extent for extent in EXTENTS}
"""The extents by code."""

CRS_CODES: Final = tuple(system.code for system in SYSTEMS)
SECTOR_CODES: Final = tuple(sector.code for sector in SECTORS)
EXTENT_CODES: Final = tuple(extent.code for extent in EXTENTS)
EXTENT_FACET: Final = tuple(code for code in EXTENT_CODES if code != "county" or len(COUNTIES) > 1)
"""The extents to filter by. In a place of one county, the whole county is the whole place: "city"."""
STAGE_CODES: Final = tuple(stage.code for stage in STAGES)
PRECISION_CODES: Final = tuple(precision.code for precision in PRECISIONS)
SINCE_CODES: Final = tuple(since.code for since in SINCE)
EVENT_TYPE_CODES: Final = tuple(event_type.code for event_type in EVENT_TYPES)
COUNTY_CODES: Final = (*COUNTIES, OUTSIDE)


def codelists() -> dict[str, list[dict[str, Any]]]:
    """Return each codelist by name: its codes in order, each with a label per language.

    Sectors and stages include their OC4IDS 0.9.5 codes, precisions their IATI exactness, and
    families their hues on a light and a dark background. A "since" code includes the state that the
    events show, and whether it is that of the whole or of a part.
    """

    def entry(codelist: str, code: str, **more: Any) -> dict[str, Any]:
        labels = {language: text(language, f"{codelist}-{code}") for language in LANGUAGES}
        return {"code": code} | labels | more

    return {
        "family": [
            entry("family", family.code, colour={"light": family.light, "dark": family.dark})
            for family in FAMILIES
        ],
        "sector": [
            entry("sector", sector.code, family=sector.family, oc4ids_sector=sector.oc4ids)
            for sector in SECTORS
        ],
        "county": [entry("county", code) for code in COUNTY_CODES],
        "stage": [
            entry(
                "stage",
                stage.code,
                oc4ids_status=stage.oc4ids_status,
                oc4ids_type=stage.oc4ids_type,
            )
            for stage in STAGES
        ],
        "precision": [
            entry(
                "precision", precision.code, mapped=precision.mapped, iati_exactness=precision.iati
            )
            for precision in PRECISIONS
        ],
        "extent": [entry("extent", extent.code, whole=extent.whole) for extent in EXTENTS],
        "since": [
            entry("since", since.code, state=since.state or None, scope=since.scope or None)
            for since in SINCE
        ],
        "event-type": [
            entry("event-type", event_type.code, state=event_type.shows or None)
            for event_type in EVENT_TYPES
        ],
        "event-scope": [entry("event-scope", code) for code in EVENT_SCOPES],
        "searched": [entry("searched", code) for code in SEARCHED],
        "confidence": [entry("confidence", code) for code in CONFIDENCES],
    }
