"""Homes of other places, made by `init` from the plans in tests/data, and programs started for them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import shapely

from geo.__main__ import main
from geo.core.home import Home
from support import ROOT

PLANS: Final = ROOT / "tests" / "data" / "plans"
KENYA: Final = (34.6, -52.15)
"""What moves the counties of the English plan, in degrees, to 34.6° E and 0.65° S."""


def make(folder: Path, plan: str, *more: str, move: tuple[float, float] = (0, 0)) -> Home:
    """Return the folder that `init` makes of a plan, its counties moved by degrees east and north."""
    counties = json.loads((PLANS / f"{plan}-counties.geojson").read_text(encoding="utf-8"))
    for feature in counties["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        moved = shapely.transform(shape, lambda points: points + move)
        feature["geometry"] = shapely.geometry.mapping(moved)
    ground = folder.with_suffix(".geojson")
    ground.write_text(json.dumps(counties), encoding="utf-8")
    text = ("--text", str(PLANS / f"{plan}.txt"), "--counties", str(ground))
    assert main(["init", str(folder), *text, *more]) == 0
    return Home(folder)


def tell(home: Home, script: str) -> Any:
    """Return what a program that is started for a home prints last, as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8",
        env=os.environ | {"PROJECT_MAP_HOME": str(home.folder), "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])
