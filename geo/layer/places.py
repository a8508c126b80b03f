"""Places: the gazetteer, the named points that geometries were made from, and where lines lead.

The gazetteer is `data/places.geojson`; a place with an `id` can be named. `data/named_points.json`
says which project was placed by which of them, and how near its geometry must come, so that a
reader can check each place, and a check can measure it. `data/destinations.json` names the places
beyond the mapped area to which the lines lead.
"""

from dataclasses import dataclass
from typing import Any, Final

from geo.core.faults import DataError, Fault, quoted
from geo.core.home import Home
from geo.core.validation import (
    SLUG,
    TEXT,
    documented,
    object_schema,
    read_records,
)
from geo.layer.base_layers import read_layer

NAMED_POINT: Final = object_schema(
    {
        "project": documented({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "place": documented(
            {"type": "string", "pattern": SLUG}, "地名编号", "id of a place in places.geojson"
        ),
        "within_m": documented(
            {"type": "number", "exclusiveMinimum": 0},
            "图形与该地点的距离上限", "how far from the place the geometry may pass at most",
            unit="m",
        ),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer; `at` is lon, lat (EPSG:4326), `error_m` how far off it may be."""

    id: str
    name_zh: str
    name_en: str
    at: tuple[float, float]
    error_m: float
    how_zh: str
    how_en: str
    source: str

    def name(self, language: str) -> str:
        """Return the name in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh

    def how(self, language: str) -> str:
        """Return how the position is known, in "zh" or "en"."""
        return self.how_en if language == "en" else self.how_zh


@dataclass(frozen=True)
class NamedPoint:
    """A place that a project's geometry was made from; the geometry passes within `within_m`."""

    project: str
    place: str
    within_m: float

    @property
    def order(self) -> tuple[str, str]:
        """What may occur only once in the file."""
        return self.project, self.place

    @property
    def record(self) -> str:
        """The name of the entry in a fault."""
        return f"{self.project}, at {self.place}"


def read_gazetteer(home: Home) -> dict[str, Place]:
    """Return the places that can be named, by id.

    Raises DataError if the layer breaks its schema or an id is used twice.
    """
    places: dict[str, Place] = {}
    for feature in read_layer(home, "places")["features"]:
        properties = feature["properties"]
        if "id" not in properties:
            continue
        if properties["id"] in places:
            fault = Fault(
                "place-unique", "data/places.geojson", quoted(properties["id"]),
                "stands twice, but names one place", "merge the two features, or rename one",
            )  # fmt: skip
            raise DataError([fault])
        longitude, latitude = feature["geometry"]["coordinates"]
        keys = ("id", "name_zh", "name_en", "error_m", "how_zh", "how_en", "source")
        known = {key: properties[key] for key in keys}
        places[properties["id"]] = Place(**known, at=(longitude, latitude))
    return places


def read_named_points(home: Home) -> tuple[NamedPoint, ...]:
    """Return the named points of a home in file order; empty if it has no such file.

    Raises DataError with all violations of their schema.
    """
    content = read_records(home.named_points, NAMED_POINT, "named point")
    return tuple(NamedPoint(**entry) for entry in content)


def sorted_named_points(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return valid entries sorted by project. The points of a project keep their order."""
    return sorted(content, key=lambda entry: str(entry["project"]))


DESTINATION: Final = object_schema(
    {
        "project": documented({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "at": documented(
            {
                "type": "array",
                "prefixItems": [
                    {"minimum": -180, "maximum": 180},
                    {"minimum": -90, "maximum": 90},
                ],
                "items": {"type": "number"},
                "minItems": 2,
                "maxItems": 2,
            },
            "线路的这一端：经度、纬度", "the end of its line: longitude, latitude", unit="degrees",
        ),
        "name_zh": documented(
            TEXT | {"maxLength": 8}, "通往的地方，至多两个，由近及远",
            "the places it leads to, two at most, the nearer first, in Chinese",
        ),
        "name_en": documented(TEXT | {"maxLength": 24}, "同上（英文）", "the same in English"),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Destination:
    """Where a project's line leads from one of its ends; `at` is lon, lat (EPSG:4326)."""

    project: str
    at: tuple[float, float]
    name_zh: str
    name_en: str

    @property
    def order(self) -> tuple[str, tuple[float, float]]:
        """The sort key of entries in the file."""
        return self.project, self.at

    @property
    def record(self) -> str:
        """The name of the entry in a fault."""
        return f"{self.project}, towards {self.name_en}"

    def name(self, language: str) -> str:
        """Return the names of the places in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


def read_destinations(home: Home) -> tuple[Destination, ...]:
    """Return the destinations of a home in file order; empty if it has no such file.

    Raises DataError with all violations of their schema.
    """
    content = read_records(home.destinations, DESTINATION, "destination")
    return tuple(Destination(**(entry | {"at": tuple(entry["at"])})) for entry in content)


def sorted_destinations(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return valid entries of the file, sorted by project, then by position."""
    return sorted(content, key=lambda entry: (entry["project"], entry["at"]))
