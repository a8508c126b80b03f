"""The place a folder is about: its own counties, from `data/counties.geojson`.

The interface asks once, when the program starts: its filters and labels are those of the folder
that it was started for. The checks ask each folder anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.faults import DataError
from geo.home import find_home, read_json


@dataclass(frozen=True)
class County:
    """A county of the place: its code (GB/T 2260) and its names."""

    code: str
    name_zh: str
    name_en: str


ZIYANG: Final = (
    County("512002", "雁江区", "Yanjiang District"),
    County("512021", "安岳县", "Anyue County"),
    County("512022", "乐至县", "Lezhi County"),
)


def own_counties(collection: Any) -> tuple[County, ...]:
    """Return the counties that a FeatureCollection marks as the place's own, in its order.

    The mark is the property `ziyang`, named after the first place. Raises KeyError, TypeError or
    AttributeError when a feature is not as the contract says.
    """
    found = []
    for feature in collection["features"]:
        properties: Mapping[str, Any] = feature["properties"]
        if properties["ziyang"]:
            found.append(County(*(properties[key] for key in ("code", "name_zh", "name_en"))))
    return tuple(found)


@cache
def counties_at_start() -> tuple[County, ...]:
    """Return the counties of the folder that the program was started for."""
    try:
        return own_counties(read_json(find_home().counties)) or ZIYANG
    except (DataError, KeyError, TypeError, AttributeError):
        # Reading the dataset reports what is wrong; the page that shows the report must still open.
        return ZIYANG
