"""Homes of other places, made by `init` from the plans in tests/data, and programs started for them."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import shapely

from geo.__main__ import main
from geo.core.home import Home
from support import ROOT

PLANS: Final = ROOT / "tests" / "data" / "plans"
KENYA: Final = (34.6, -52.15)
"""What moves the counties of the English plan, in degrees, to 34.6° E and 0.65° S."""


def make(
    folder: Path,
    plan: str,
    *more: str,
    move: tuple[float, float] = (0, 0),
    names: tuple[str, ...] = (),
) -> Home:
    """Return the folder that `init` makes of a plan, its counties moved by degrees east and north.

    With `names`, its first county is divided into strips of these names, from west to east.
    """
    counties = json.loads((PLANS / f"{plan}-counties.geojson").read_text(encoding="utf-8"))
    if names:
        counties["features"] = list(_strips(counties["features"][0], names))
    for feature in counties["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        moved = shapely.transform(shape, lambda points: points + move)
        feature["geometry"] = shapely.geometry.mapping(moved)
    ground = folder.with_suffix(".geojson")
    ground.write_text(json.dumps(counties), encoding="utf-8")
    text = ("--text", str(PLANS / f"{plan}.txt"), "--counties", str(ground))
    assert main(["init", str(folder), *text, *more]) == 0
    return Home(folder)


def _strips(county: dict[str, Any], names: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    west, south, east, north = shapely.geometry.shape(county["geometry"]).bounds
    first, width = int(county["properties"]["code"]), (east - west) / len(names)
    for at, name in enumerate(names):
        box = shapely.box(west + at * width, south, west + (at + 1) * width, north)
        properties = {"code": f"{first + at:06}", "name_zh": name, "name_en": name}
        yield {
            "type": "Feature",
            "properties": properties,
            "geometry": shapely.geometry.mapping(box),
        }


def tell(home: Home, script: str) -> Any:
    """Return what a program that is started for a home prints last, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
        env=os.environ | {"PROJECT_MAP_HOME": str(home.folder), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
