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
class Pattern:
    """A kind of line, in pixels of the screen: its `width`, and the ornament that lies on it.

    The ornament is a second stroke, `over_width` wide and dashed by `over_dash`; `cap` is the end
    of its strokes, and `hollow` says that it has the colour of the ground instead of the hue.
    """

    code: str
    width: float
    over_width: float = 0
    over_dash: tuple[float, ...] = ()
    cap: str = "butt"
    hollow: bool = False


@dataclass(frozen=True)
class Sector:
    """What a project is for. `pattern` is the code of the pattern of its lines."""

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
    """How a geometry is known. `mapped` says whether there is one; `bounded`, whether it has metres.

    `dash` is the rhythm of its outline in pixels of the screen, stroke and gap; none when solid.
    """

    code: str
    mapped: bool
    bounded: bool
    iati: str
    dash: tuple[float, ...] = ()


FAMILIES: Final = (
    Family("transport", "#01296e", "#83adf5"),
    Family("water_land", "#00745c", "#58e4c2"),
    Family("economy", "#833a95", "#b278b4"),
    Family("country_culture", "#9b5b02", "#e0b14a"),
    Family("city_cooperation", "#475260", "#a6b0c1"),
)

PATTERNS: Final = (
    Pattern("plain", width=3),
    Pattern("ticks", width=3, over_width=9, over_dash=(1.6, 11)),
    Pattern("core", width=4.6, over_width=1.8, hollow=True),
    Pattern("beads", width=3, over_width=6.5, over_dash=(0, 15), cap="round"),
)
"""Ticks are a railway, a core makes the double line of a road, beads are water works."""

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
    Precision("approximate", mapped=True, bounded=True, iati="2", dash=(9, 6)),
    Precision("area", mapped=True, bounded=False, iati="2", dash=(3, 5)),
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

SECTOR: Final = {sector.code: sector for sector in SECTORS}
"""Each sector by its code."""

SECTOR_CODES: Final = tuple(sector.code for sector in SECTORS)
STAGE_CODES: Final = tuple(stage.code for stage in STAGES)
PRECISION_CODES: Final = tuple(precision.code for precision in PRECISIONS)
COUNTY_CODES: Final = (*COUNTIES, OUTSIDE)
