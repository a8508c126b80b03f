"""Places: the gazetteer, the named points that geometries were made from, and where lines lead.

The gazetteer is `data/places.geojson`; a place with an `id` can be named. `data/named_points.json`
says which project was placed by which of them, and how near its geometry must come, so that a
reader can check each place, and a check can measure it. `data/destinations.json` names the places
beyond the mapped area to which the lines lead.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json
from geo.core.home import Home
from geo.core.validation import (
    SLUG,
    TEXT,
    character_faults,
    documented,
    object_schema,
    schema_faults,
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

NAMED_POINTS: Final = {"type": "array"}
"""The list; its entries are validated one by one, so that a fault can name its record."""


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
    if not home.named_points.exists():
        return ()
    content = read_json(home.named_points)
    faults = list(schema_faults(NAMED_POINTS, content, "data/named_points.json"))
    if not faults:
        for number, entry in enumerate(content, start=1):
            name = _record_name(entry, number)
            faults += schema_faults(NAMED_POINT, entry, name)
            faults += character_faults("text-plain", name, entry)
    if faults:
        raise DataError(faults)
    return tuple(NamedPoint(**entry) for entry in content)


def sorted_named_points(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return valid entries sorted by project. The points of a project keep their order."""
    return sorted(content, key=lambda entry: str(entry["project"]))


def _record_name(entry: Any, number: int) -> str:
    project = entry.get("project") if isinstance(entry, Mapping) else None
    return f"named point {number}" + (f" ({str(project)[:80]})" if project else "")


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

DESTINATIONS: Final = {"type": "array"}
"""The list; its entries are validated one by one, so that a fault can name its record."""


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
    if not home.destinations.exists():
        return ()
    content = read_json(home.destinations)
    faults = list(schema_faults(DESTINATIONS, content, "data/destinations.json"))
    if not faults:
        for number, entry in enumerate(content, start=1):
            name = _destination_record(entry, number)
            faults += schema_faults(DESTINATION, entry, name)
            faults += character_faults("text-plain", name, entry)
    if faults:
        raise DataError(faults)
    return tuple(Destination(**(entry | {"at": tuple(entry["at"])})) for entry in content)


def sorted_destinations(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return valid entries of the file, sorted by project, then by position."""
    return sorted(content, key=lambda entry: (entry["project"], entry["at"]))


def _destination_record(entry: Any, number: int) -> str:
    project = entry.get("project") if isinstance(entry, Mapping) else None
    return f"destination {number}" + (f" ({str(project)[:80]})" if project else "")
