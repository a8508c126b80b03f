"""The names on a map of a sheet: counties and towns, each only where it covers no other."""

from collections.abc import Iterable
from typing import Final

import shapely

from geo.sheet import measure, style
from geo.sheet.ground import TOWN
from geo.sheet.layout import Layout, around, as_place
from geo.sheet.placing import Label

OWN_POINTS, OWN_SPACING = 13.0, 0.3
OTHER_POINTS, OTHER_SPACING = 6.5, 0.1
TOWN_POINTS: Final = {1: 9.0, 2: 8.0, 3: 7.0}
SITE_POINTS: Final = 6.3
"""Sizes in points, and ems between the characters of a county's name."""
DOT: Final = 1.2
"""Diameter in mm of a town's dot, with the room around it."""
RIVER_POINTS: Final = 7.0
FRACTIONS: Final = (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9)
"""Where along what a map shows of a river its name may stand, best first."""
SITES_BELOW_TOWNS: Final = 2
"""Stations and airports are named as late as towns of so many ranks lower."""


def name_counties(layout: Layout, *, own: bool) -> None:
    """Name Ziyang's counties, or their neighbours, near the place each has for its name."""
    points, spacing = (OWN_POINTS, OWN_SPACING) if own else (OTHER_POINTS, OTHER_SPACING)
    reach = range(-24, 25, 6) if own else range(1)
    counties = layout.ground.counties
    for code, record in counties[counties["ziyang"] == own].iterrows():
        at = layout.frame.at(layout.ground.labels[code])
        english = record["name_en"].rsplit(" ", 1)[0]
        name = english if layout.language == "en" else record["name_zh"]
        if not own and any(name == other["text"] for other in layout.names):
            continue
        size = measure.width(name, points, spacing), measure.height(points)
        box = layout.put(
            Label(code, *size, at, around(at, reach, reach), fixed=True), layout.hidden()
        )
        if box:
            layout.names.append(
                as_place(box)
                | {
                    "text": name,
                    "points": points,
                    "spacing": spacing,
                    "dot": None,
                    "hue": style.GROUND.county if own else style.GROUND.quiet,
                }
            )


def name_places(layout: Layout, ranks: Iterable[int]) -> None:
    """Name the towns of these ranks, and the stations and airports that count as such."""
    for found in layout.ground.places:
        rank = found.rank if found.kind == TOWN else found.rank + SITES_BELOW_TOWNS
        if rank not in ranks or not layout.frame.ground.covers(shapely.Point(found.at)):
            continue
        at = layout.frame.at(found.at)
        points = TOWN_POINTS[found.rank] if found.kind == TOWN else SITE_POINTS
        name = found.name(layout.language)
        wide, high = measure.width(name, points), measure.height(points)
        across, down = wide / 2 + DOT, (high + DOT) / 2
        beside = ((across, 0.0), (-across, 0.0), (0.0, -down), (0.0, down))
        spots = tuple((at[0] + x, at[1] + y) for x, y in beside)
        box = layout.put(Label(name, wide, high, at, spots, fixed=True))
        if box:
            dot = {"x": at[0], "y": at[1], "kind": found.kind}
            layout.names.append(
                as_place(box)
                | {
                    "text": name,
                    "points": points,
                    "spacing": 0,
                    "dot": dot,
                    "hue": style.GROUND.quiet,
                }
            )


def name_rivers(layout: Layout) -> None:
    """Name each river once, on its longest stretch that the map shows."""
    for river in layout.ground.rivers:
        seen = shapely.line_merge(layout.frame.paper(river.shape.intersection(layout.frame.ground)))
        stretch = max(shapely.get_parts(seen), key=lambda one: one.length, default=None)
        name = river.name(layout.language)
        size = measure.width(name, RIVER_POINTS), measure.height(RIVER_POINTS)
        if stretch is None or stretch.length < 2 * size[0]:
            continue
        points = [stretch.interpolate(one, normalized=True) for one in FRACTIONS]
        spots = tuple((one.x, one.y) for one in points)
        box = layout.put(Label(name, *size, spots[0], spots, fixed=True), layout.hidden())
        if box:
            layout.names.append(
                as_place(box)
                | {
                    "text": name,
                    "points": RIVER_POINTS,
                    "spacing": 0,
                    "dot": None,
                    "hue": style.WATER,
                }
            )
