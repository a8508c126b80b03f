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


@dataclass(frozen=True)
class EventType:
    """What happened to a project. `shows` is the state that it shows; none where it tells of none.

    `undone` says that it counts only while nothing more was ever told: an approval that comes after
    a start does not take the start back.
    """

    code: str
    shows: str = ""
    undone: bool = False


@dataclass(frozen=True)
class Since:
    """What became of a project, and how it is drawn on the map of today.

    `state` is what the events of this `scope`, the whole or a part, must show; none for what no
    state can be told of. `weight` is a line's width in pixels of the screen, `dash` its rhythm,
    `opacity` how strong it is.
    """

    code: str
    state: str = ""
    scope: str = ""
    weight: float = 1.6
    dash: tuple[float, ...] = (1, 6)
    opacity: float = 0.5


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
"""What an event may show, the least first."""

EVENT_SCOPES: Final = ("whole", "part", "related")
"""What of a project an event is about: all of it, a part, or what is only related to it."""

CONFIDENCES: Final = ("high", "medium")
"""How sure an event is; what is less sure is left out."""

DATE_PRECISIONS: Final = ("day", "month", "year")

SINCE: Final = (
    Since("open", "open", "whole", weight=4.4, dash=(), opacity=1),
    Since("part_open", "open", "part", weight=4.4, dash=(16, 5), opacity=0.95),
    Since("building", "building", "whole", weight=3, dash=(8, 5), opacity=0.9),
    Since("part_building", "building", "part", weight=3, dash=(8, 5, 1.5, 5), opacity=0.85),
    Since("planned", "planned", "whole", weight=2, dash=(3, 4), opacity=0.75),
    Since("part_planned", "planned", "part", weight=2, dash=(3, 4, 1, 4), opacity=0.7),
    Since("related"),
    Since("nothing", opacity=0.3),
)
"""What became of a project since the decision, by its events; "nothing" is that none was found."""

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
SINCE_CODES: Final = tuple(since.code for since in SINCE)
EVENT_TYPE_CODES: Final = tuple(one.code for one in EVENT_TYPES)
COUNTY_CODES: Final = (*COUNTIES, OUTSIDE)
