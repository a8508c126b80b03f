"""The spots at which a reader can check the place of a project, with links to online maps.

Nothing is requested until a reader follows a link. Every link states or implies the datum of its
coordinates: OpenStreetMap is in WGS 84, and Amap and Baidu convert coordinates declared as such.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from geo.core.i18n import Words
from geo.core.wording import wording_at_start
from geo.layer.dataset import Dataset
from geo.layer.places import Place
from geo.layer.projects import Project

SOURCE: Final = f"&src={wording_at_start().slug}-projects"
ONLINE_MAPS: Final = {
    "amap": "https://uri.amap.com/marker?position={lon},{lat}&name={name}&coordinate=wgs84"
    + SOURCE,
    "baidu": "https://api.map.baidu.com/marker?location={lat},{lon}&title={name}&content={name}"
    "&coord_type=wgs84&output=html" + SOURCE,
    "osm": "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=14/{lat}/{lon}",
}
"""The address of a position in each online map, those of China first. `src` introduces this map, as
Amap and Baidu ask. The one-file edition fills in the same addresses."""

DECIMALS: Final = 5

UNQUOTED: Final = "!'()*~"
"""What `encodeURIComponent` leaves as it is; the one-file edition quotes names with it."""


@dataclass(frozen=True)
class MapLink:
    """A link to an online map; `label` is its name in the reader's language."""

    label: str
    url: str


@dataclass(frozen=True)
class Spot:
    """A spot to check: its name, position as text, error, how it is known, and links to it.

    `position` is "lat, lon" in WGS 84, the order in which people type coordinates into a map.
    """

    name: str
    position: str
    within: str
    how: str
    links: tuple[MapLink, ...]


def spots(dataset: Dataset, project: Project, words: Words) -> tuple[Spot, ...]:
    """Return the spot of a project itself, if it has its own, then its named points."""
    found = []
    own = own_position(project)
    if own is not None:
        links = map_links(own, words.name(project), words)
        within = within_text(project.uncertainty_m or 0, words)
        name = words("spot-line" if project.extent == "line" else "spot-own")
        found.append(Spot(name, position_text(own), within, "", links))
    for place in named_places(dataset, project):
        name = words.name(place)
        links = map_links(place.at, name, words)
        within = within_text(place.error_m, words)
        found.append(Spot(name, position_text(place.at), within, how_text(place, words), links))
    return tuple(found)


def own_position(project: Project) -> tuple[float, float] | None:
    """Return `Project.position` of a project that has its own place, otherwise None."""
    return project.position if project.uncertainty_m is not None else None


def named_places(dataset: Dataset, project: Project) -> list[Place]:
    """Return the places that a project's geometry was made from, in the order of the file."""
    points = dataset.named_points_of.get(project.id, ())
    return [dataset.gazetteer[point.place] for point in points]


def within_text(metres: float, words: Words) -> str:
    """Return an error as text, such as ±3 km."""
    return words("detail-within", distance=words.distance(metres))


def how_text(place: Place, words: Words) -> str:
    """Return how the position of a place is known, and from what."""
    return words("spot-how", how=place.how(words.language), source=place.source)


def map_links(at: tuple[float, float], name: str, words: Words) -> tuple[MapLink, ...]:
    """Return links that open a position (lon, lat, EPSG:4326) in each online map."""
    lon, lat = (f"{degrees:.{DECIMALS}f}" for degrees in at)
    return tuple(
        MapLink(
            words(f"spot-{code}"), address.format(lon=lon, lat=lat, name=quote(name, safe=UNQUOTED))
        )
        for code, address in ONLINE_MAPS.items()
    )


def position_text(at: tuple[float, float]) -> str:
    """Return "lat, lon" in degrees of a position (lon, lat)."""
    longitude, latitude = (round(degrees, DECIMALS) for degrees in at)
    return f"{latitude}, {longitude}"
