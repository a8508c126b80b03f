"""How sharply the outline of an area turns: a sketched one has no sharp corner of its own."""

import geopandas as gpd
import numpy as np
import shapely

from geo.layer.base_layers import CRS, METRIC_CRS

SHARPEST_TURN = 45
"""The largest turn in degrees at a corner of a sketched area. A sharper one looks surveyed."""

ON_BORDER_M = 60
"""A corner this close to the border of a county is one that the border makes."""


def in_metres(shape):
    return gpd.GeoSeries([shape], crs=CRS).to_crs(METRIC_CRS).iloc[0]


def corners(shape):
    """Yield ((x, y), turn in degrees) for each vertex of each ring of polygons in metres."""
    for ring in shapely.get_rings(shape):
        xy = np.asarray(ring.coords)[:-1]
        before, after = xy - np.roll(xy, 1, axis=0), np.roll(xy, -1, axis=0) - xy
        headings = [np.arctan2(step[:, 1], step[:, 0]) for step in (before, after)]
        turns = np.degrees(np.abs((headings[1] - headings[0] + np.pi) % (2 * np.pi) - np.pi))
        yield from zip(map(tuple, xy.tolist()), turns.tolist(), strict=True)


def sharp_corners(shape, borders):
    """Return the corners of an area (lon, lat) that turn sharply away from `borders` (in metres)."""
    sharp = [at for at, turn in corners(in_metres(shape)) if turn > SHARPEST_TURN]
    return [at for at in sharp if shapely.Point(at).distance(borders) > ON_BORDER_M]
