"""The codelists: each code and all about it on one line; labels are in the catalogue.

Colours belong to five families, because fifteen hues cannot be told apart; within a family the
icon and the line pattern tell the sector. Icons are code points of Font Awesome 6 (solid).
OC4IDS codes are those of version 0.9.5; IATI exactness is 1 (exact) or 2 (approximate).
"""

from dataclasses import dataclass
from typing import Final

from geo.place import counties_at_start


@dataclass(frozen=True)
class Family:
    """A group of sectors that share a hue, for a light and for a dark ground."""

    code: str
    light: str
    dark: str


@dataclass(frozen=True)
class Sector:
    """What a project is for. `pattern` is the ornament on its lines: ticks, core, beads or plain."""

    code: str
    family: str
    icon: str
    pattern: str
    oc4ids: str


@dataclass(frozen=True)
class Stage:
    """How far the decision says a project is, by its governing verb."""

    code: str
    oc4ids_status: str
    oc4ids_type: str


@dataclass(frozen=True)
class Precision:
    """How a geometry is known. `mapped` says whether there is one; `bounded`, whether it has metres."""

    code: str
    mapped: bool
    bounded: bool
    iati: str


FAMILIES: Final = (
    Family("transport", "#1d4f91", "#7fb0f5"),
    Family("water_land", "#00745c", "#4cc9a6"),
    Family("economy", "#84358a", "#d896de"),
    Family("country_culture", "#946200", "#e0b14a"),
    Family("city_cooperation", "#535c69", "#aab4c3"),
)

SECTORS: Final = (
    Sector("rail", "transport", "f238", "ticks", "transport.rail"),
    Sector("road", "transport", "f018", "core", "transport.road"),
    Sector("aviation", "transport", "f072", "plain", "transport.air"),
    Sector("logistics", "transport", "f494", "plain", "transport"),
    Sector("water", "water_land", "f043", "beads", "waterAndWaste"),
    Sector("ecology", "water_land", "f06c", "plain", "naturalResources"),
    Sector("industry", "economy", "f275", "plain", "economy"),
    Sector("services", "economy", "f54e", "plain", "economy"),
    Sector("innovation", "economy", "f0c3", "plain", "economy"),
    Sector("agriculture", "country_culture", "e2cd", "plain", "economy"),
    Sector("culture_tourism", "country_culture", "f66f", "plain", "cultureSportsAndRecreation"),
    Sector("urban", "city_cooperation", "f64f", "plain", "economy"),
    Sector("opening_up", "city_cooperation", "f0ac", "plain", "economy"),
    Sector("public_service", "city_cooperation", "f549", "plain", "governance"),
    Sector("regional", "city_cooperation", "f2b5", "plain", "governance"),
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

COUNTIES: Final = tuple(county.code for county in counties_at_start())
"""GB/T 2260 codes of the place's counties; of Ziyang's they are 512002, 512021 and 512022."""

OUTSIDE: Final = "outside"
"""The county filter's value for projects that touch no county of the place."""

WINDOW: Final = (103.6, 29.2, 106.7, 31.2)
"""West, south, east, north, in degrees (EPSG:4326): every geometry lies inside.

Another place states its own as the `bbox` (RFC 7946) of its `counties.geojson`.
"""

SECTOR_CODES: Final = tuple(sector.code for sector in SECTORS)
STAGE_CODES: Final = tuple(stage.code for stage in STAGES)
PRECISION_CODES: Final = tuple(precision.code for precision in PRECISIONS)
COUNTY_CODES: Final = (*COUNTIES, OUTSIDE)
