"""Made-up layers of any size that pass the checks.

`python -m tools.bench.synthetic_layers DIR --projects 10000` writes one. Most of its projects are small, as
in a province: mostly sites, some short lines, some zones. Each lies in one of Ziyang's counties, quotes the
words of a real project and has a random geometry. The random seed is fixed, so that the same number of
projects always gives the same bytes.
"""

import argparse
import json
import random
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from geo.checks import load
from geo.core.files import format_collection, write_atomically
from geo.core.home import Home, find_home
from geo.layer.codes import SECTOR_CODES
from geo.layer.dataset import Dataset
from geo.layer.projects import SHORT_NAMES, Reference

SEED: Final = 20200725
KINDS: Final = (("point", 0.7), ("line", 0.2), ("zone", 0.1))
"""The kinds of geometry, and the share of each."""

REFERENCE: Final = Reference("Made for the benchmark", "none needed")
DECIMALS: Final = 4


def features(dataset: Dataset, count: int) -> Iterator[dict[str, Any]]:
    """Yield `count` features: the real ones first, then made-up ones, each with its own id."""
    real = json.loads(dataset.home.projects.read_text(encoding="utf-8"))["features"]
    yield from real[:count]
    chance = random.Random(SEED)
    counties = list(dataset.counties[dataset.counties["ziyang"]].geometry.items())
    patterns = list(dataset.projects.values())
    for number in range(len(real), count):
        pattern = chance.choice(patterns)
        code, county = chance.choice(counties)
        (kind,) = chance.choices([name for name, _ in KINDS], [share for _, share in KINDS])
        made = replace(
            pattern,
            id=f"made-{number:06d}",
            name_zh=f"{pattern.name_zh}{number}号",
            name_en=f"{pattern.name_en} no. {number}",
            short_zh=None,
            short_en=None,
            sector=chance.choice(SECTOR_CODES),
            stage=pattern.stage,
            counties=(code,),
            precision="approximate",
            uncertainty_m=chance.choice((300, 1000, 3000)),
            basis="为基准测试生成。\nMade for the benchmark.",
            references=(REFERENCE,),
            geometry=_shape(chance, kind, county),
        )
        yield _feature(made)


def _shape(chance: random.Random, kind: str, county: BaseGeometry) -> BaseGeometry:
    """Return a geometry in a county (lon, lat): a site, a line of about 15 km or a zone 4 km across."""
    while True:
        made = _drawn(chance, kind, county.bounds)
        if county.contains(made):
            return made


def _drawn(
    chance: random.Random, kind: str, bounds: tuple[float, float, float, float]
) -> BaseGeometry:
    west, south, east, north = bounds
    at = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
    if kind == "zone":
        zone = shapely.set_precision(at.buffer(0.02, quad_segs=4), 10**-DECIMALS)
        return shapely.orient_polygons(zone)
    if kind == "line":
        steps = [(at.x, at.y)]
        for _ in range(12):
            x, y = steps[-1]
            steps.append((x + chance.uniform(0.002, 0.02), y + chance.uniform(-0.01, 0.01)))
        at = shapely.LineString(steps)
    return shapely.set_precision(at, 10**-DECIMALS)


def _feature(project: Any) -> dict[str, Any]:
    properties: Mapping[str, Any] = vars(project)
    shape = properties["geometry"]
    rest = {
        key: value for key, value in properties.items() if key not in {"geometry", *SHORT_NAMES}
    }
    rest["anchors"] = [vars(anchor) for anchor in project.anchors]
    rest["references"] = [
        {key: value for key, value in vars(one).items() if value} for one in project.references
    ]
    return {
        "type": "Feature",
        "id": project.id,
        "properties": rest,
        "geometry": shape.__geo_interface__,
    }


def write_layer(folder: Path, count: int) -> Home:
    """Fill a folder with the real seeds and data, but `count` projects; return it once it passes the checks."""
    home = find_home()
    for name in ("seeds", "data"):
        shutil.copytree(home.root / name, folder / name, dirs_exist_ok=True)
    made = Home(folder)
    write_atomically(made.projects, format_collection(features(load(home), count)))
    load(made)
    return made


@lru_cache(maxsize=2)
def load_once(home: str) -> Dataset:
    """Return the layer of a folder, which is read only once for all visits."""
    return load(Home(Path(home)))


def main() -> None:
    """Write the folder named on the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.bench.synthetic_layers", description=__doc__
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--projects", type=int, default=10_000)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    home = write_layer(asked.folder, asked.projects)
    print(f"{home.projects}: {asked.projects} projects")


if __name__ == "__main__":
    main()
