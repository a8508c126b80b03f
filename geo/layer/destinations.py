"""Where each line leads beyond the place: for an end of a line, the places that lie that way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from geo.core.character_faults import text_faults
from geo.core.faults import DataError
from geo.core.home import Home, read_json
from geo.core.validation import breaches
from geo.layer.schema import SLUG, TEXT, field, record

DESTINATION: Final = record(
    {
        "project": field({"type": "string", "pattern": SLUG}, "项目编号", "id of the project"),
        "at": field(
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
        "name_zh": field(
            TEXT | {"maxLength": 8}, "通往的地方，至多两个，由近及远",
            "the places it leads to, two at most, the nearer first, in Chinese",
        ),
        "name_en": field(TEXT | {"maxLength": 24}, "同上（英文）", "the same in English"),
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
        """What the file is sorted by."""
        return self.project, self.at

    @property
    def record(self) -> str:
        """How a fault names the entry."""
        return f"{self.project}, towards {self.name_en}"

    def name(self, language: str) -> str:
        """Return the places in "zh" or "en"."""
        return self.name_en if language == "en" else self.name_zh


def read_destinations(home: Home) -> tuple[Destination, ...]:
    """Return the destinations of a folder in their order; none where it has no such file.

    Raises DataError with every breach of their schema.
    """
    if not home.destinations.exists():
        return ()
    content = read_json(home.destinations)
    faults = list(breaches(DESTINATIONS, content, "data/destinations.json"))
    if not faults:
        for number, one in enumerate(content, start=1):
            name = _record_name(one, number)
            faults += breaches(DESTINATION, one, name)
            faults += text_faults("text-plain", name, one)
    if faults:
        raise DataError(faults)
    return tuple(Destination(**(one | {"at": tuple(one["at"])})) for one in content)


def sorted_destinations(content: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries of a file that keeps the schema, sorted by project, then by position."""
    return sorted(content, key=lambda one: (one["project"], one["at"]))


def _record_name(entry: Any, number: int) -> str:
    named = entry.get("project") if isinstance(entry, Mapping) else None
    return f"destination {number}" + (f" ({str(named)[:80]})" if named else "")
