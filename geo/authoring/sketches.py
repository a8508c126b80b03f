"""Sketched areas: circles, ellipses, corridors and rounded polygons for places known roughly.

Their form says that nobody surveyed them. They are made in metres around their own centre and
returned in degrees (lon, lat, EPSG:4326).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import geopandas as gpd
import shapely
from pyproj import CRS
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from geo.layer.base_layers import CRS as DEGREES

STEPS: Final = 12
"""Segments per quarter of a circle: 7.5 degrees each, smooth at the scale of the map."""

DECIMALS: Final = 1e-5
"""The grid of the coordinates in degrees, about one metre."""

SMALLEST_STEP_M: Final = 5
"""How far a simplified outline may be from the exact form."""

Position = tuple[float, float]
"""Longitude, latitude (EPSG:4326)."""


def ellipse(centre: Position, semi_axes_m: Position, bearing: float = 0) -> BaseGeometry:
    """Return an ellipse; `bearing` is that of the first axis, clockwise from north in degrees."""
    first, second = semi_axes_m
    unit = shapely.Point(0, 0).buffer(1, quad_segs=STEPS)
    shape = affinity.rotate(affinity.scale(unit, second, first), -bearing, origin=(0, 0))
    return _in_degrees(shape, centre)


def circle(centre: Position, radius_m: float) -> BaseGeometry:
    """Return a circle."""
    return ellipse(centre, (radius_m, radius_m))


def corridor(line: Iterable[Position], half_width_m: float) -> BaseGeometry:
    """Return the strip along a line, with round ends."""
    positions = list(line)
    centre = positions[len(positions) // 2]
    strip = _in_metres(shapely.LineString(positions), centre).buffer(half_width_m)
    return _in_degrees(_smooth(strip, half_width_m / 2), centre)


def rounded(ring: Sequence[Position], radius_m: float) -> BaseGeometry:
    """Return a polygon whose corners are rounded with this radius."""
    polygon = shapely.Polygon(ring)
    centre = (polygon.centroid.x, polygon.centroid.y)
    return _in_degrees(_smooth(_in_metres(polygon, centre), radius_m), centre)


def _smooth(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Return a shape in metres with rounded corners: first those that turn outwards, then inwards."""
    for radius in (-radius_m, radius_m, radius_m, -radius_m):
        shape = shape.buffer(radius, quad_segs=STEPS)
    return shape


def sketch(spec: Mapping[str, Any], counties: gpd.GeoDataFrame) -> BaseGeometry:
    """Return the shape of a specification such as {"shape": "circle", "center": …, "radius_m": …}.

    The keys are those of the functions here; `clip` is the code of the county to which the shape is
    limited, `without` that of a county that is left out. Raises KeyError if the shape is unknown or
    a key is missing.
    """
    make = {
        "circle": lambda: circle(tuple(spec["center"]), spec["radius_m"]),
        "ellipse": lambda: ellipse(
            tuple(spec["center"]), tuple(spec["semi_axes_m"]), spec.get("bearing_deg", 0)
        ),
        "corridor": lambda: corridor(map(tuple, spec["line"]), spec["half_width_m"]),
        "rounded": lambda: rounded([tuple(at) for at in spec["ring"]], spec["radius_m"]),
    }
    shape = make[spec["shape"]]()
    if spec.get("clip"):
        shape = shape.intersection(counties.geometry[spec["clip"]])
    if spec.get("without"):
        shape = shape.difference(counties.geometry[spec["without"]])
    return _on_grid(shape)


def _around(centre: Position) -> CRS:
    longitude, latitude = centre
    return CRS.from_proj4(f"+proj=aeqd +lat_0={latitude} +lon_0={longitude} +units=m +ellps=WGS84")


def _in_metres(shape: BaseGeometry, centre: Position) -> BaseGeometry:
    return gpd.GeoSeries([shape], crs=DEGREES).to_crs(_around(centre)).iloc[0]


def _in_degrees(shape: BaseGeometry, centre: Position) -> BaseGeometry:
    # Vertices that are a few metres apart would turn sharply on the grid of one metre.
    smooth = shape.simplify(SMALLEST_STEP_M)
    degrees = gpd.GeoSeries([smooth], crs=_around(centre)).to_crs(DEGREES).iloc[0]
    return _on_grid(degrees)


def _on_grid(shape: BaseGeometry) -> BaseGeometry:
    """Return the polygons of a shape on the grid, counter-clockwise.

    Points and lines that an intersection leaves are dropped.
    """
    gridded = shapely.get_parts(shapely.set_precision(shape, DECIMALS))
    parts = [part for part in gridded if part.geom_type == "Polygon"]
    return shapely.orient_polygons(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))
