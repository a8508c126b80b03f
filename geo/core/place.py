"""The place a folder is about: its own counties, from `data/counties.geojson`.

The interface asks once, when the program starts: its filters and labels are those of the folder
that it was started for. The checks ask each folder anew.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.core.faults import DataError
from geo.core.home import find_home, read_json


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
        found = own_counties(read_json(find_home().counties))
    except (DataError, KeyError, TypeError, AttributeError):
        # Reading the dataset reports what is wrong; the page that shows the report must still open.
        return ZIYANG
    return found if found and all(map(_is_sound, found)) else ZIYANG


def _is_sound(county: County) -> bool:
    """Say whether a county can be a code of the interface, and has names to show for it."""
    names = (county.name_zh, county.name_en)
    coded = isinstance(county.code, str) and re.fullmatch("[0-9]{6}", county.code)
    return bool(coded) and all(isinstance(name, str) and name.strip() for name in names)
