"""Layers of any size, made of copies of the real projects, that pass the checks.

`python -m tools.bench.synthetic_layers DIR --projects 10000` writes one as a home: the real projects first,
then copies of them in turn. A copy has all that its original has: quotes, basis, references, events,
searches, destinations, named points and place shared with others. Only its id, its names and its position
are its own. So a layer of ten thousand projects is as heavy for each project as the real one. The random
seed is fixed, so that the same number of projects always gives the same bytes.
"""

import argparse
import json
import math
import random
import shutil
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
import shapely.geometry

from geo.checks import load
from geo.core.files import format_collection, format_json, read_json, write_atomically
from geo.core.home import Home, find_home
from geo.layer.base_layers import Bounds
from geo.layer.codes import SECTOR_CODES
from geo.layer.dataset import Dataset
from geo.layer.projects import SHORT_EN, SHORT_ZH, Project

SEED: Final = 20200725

STEP_DEG: Final = 1e-5
"""About one metre: the precision of the real coordinates, and so the unit of the shifts."""

MOST_STEPS_OF_SITE: Final = 1500
MOST_STEPS: Final = 3
"""How many steps a copy may lie off its original, east or north: a site, and anything else. A line that just
comes near enough to a county, and the outline of a county, would break a rule if they moved further."""

CLEAR_DEG: Final = 0.002
"""About 200 m: a site can be clicked if no other project of its sector is nearer than this."""

METRES_PER_STEP: Final = 1.6
"""At most: a step east and a step north together."""

Shift = tuple[int, int]
"""Steps east and north."""


def copy_id(original: str, number: int) -> str:
    """Return the id of a project's copy; the original itself is number 1."""
    return original if number == 1 else f"{original}-{number:04d}"


def _copies(originals: int, count: int) -> Iterator[tuple[int, int]]:
    """Yield (index of the original, number of the copy) for `count` projects."""
    for at in range(count):
        yield at % originals, at // originals + 1


def _shift(feature: Mapping[str, Any], chance: random.Random, window: Bounds) -> Shift:
    """Return how far a copy of a feature lies off it; never out of the window."""
    if feature["geometry"] is None:
        return 0, 0
    most = MOST_STEPS_OF_SITE if feature["geometry"]["type"] == "Point" else MOST_STEPS
    east, north = (chance.randint(-most, most) for _ in range(2))
    box = shapely.geometry.shape(feature["geometry"]).bounds
    for axis, steps in enumerate((east, north)):
        low, high = (box[at] + steps * STEP_DEG for at in (axis, axis + 2))
        if low < window[axis] or high > window[axis + 2]:
            # What reaches the edge of the window is clipped there, and stays.
            east, north = (0, north) if axis == 0 else (east, 0)
    return east, north


def _moved(position: list[float], shift: Shift) -> list[float]:
    return [round(one + steps * STEP_DEG, 5) for one, steps in zip(position, shift, strict=True)]


def _geometry(geometry: Mapping[str, Any] | None, shift: Shift) -> Mapping[str, Any] | None:
    if geometry is None:
        return None
    offset = np.array(shift) * STEP_DEG
    moved = shapely.transform(
        shapely.geometry.shape(geometry), lambda positions: np.round(positions + offset, 5)
    )
    return json.loads(shapely.to_geojson(moved))


def _feature(original: Mapping[str, Any], number: int, shift: Shift) -> dict[str, Any]:
    """Return a copy of a feature with an id, names and a position of its own."""
    properties = dict(original["properties"])
    properties["id"] = copy_id(original["id"], number)
    properties["name_zh"] += f"{number}号"
    properties["name_en"] += f" no. {number}"
    for key, form, rule in (("short_zh", "{}{}", SHORT_ZH), ("short_en", "{} {}", SHORT_EN)):
        if key in properties:
            shown = properties[key][: rule["maxLength"] - len(str(number)) - 1].rstrip()
            properties[key] = form.format(shown, number)
    return {
        "type": "Feature",
        "id": properties["id"],
        "properties": properties,
        "geometry": _geometry(original["geometry"], shift),
    }


def _content(dataset: Dataset, count: int) -> Mapping[Path, str]:
    """Return the files of the home that differ from the real ones, by path below the home."""
    data = dataset.home.data
    real = read_json(dataset.home.projects)["features"]
    chance = random.Random(SEED)
    features = list(real[:count])
    shifts: dict[tuple[str, int], Shift] = {(one["id"], 1): (0, 0) for one in features}
    for at, number in _copies(len(real), count):
        if number > 1:
            original = real[at]
            shift = _shift(original, chance, dataset.window)
            shifts[original["id"], number] = shift
            features.append(_feature(original, number, shift))
    made = {Path("data") / dataset.home.projects.name: format_collection(features)}
    for name in ("events", "searches", "destinations", "named_points"):
        records = [
            _record(record, number, shift)
            for record in read_json(data / f"{name}.json")
            for (project, number), shift in shifts.items()
            if project == record["project"]
        ]
        records.sort(key=lambda record: record["project"])
        made[Path("data") / f"{name}.json"] = format_json(records)
    made[Path("data") / "related.json"] = format_json(
        list(_groups(read_json(data / "related.json"), shifts))
    )
    return made


def _record(record: Mapping[str, Any], number: int, shift: Shift) -> dict[str, Any]:
    """Return what a record about a project says of its copy."""
    copied = dict(record) | {"project": copy_id(record["project"], number)}
    if "at" in record:
        copied["at"] = _moved(record["at"], shift)
    if "within_m" in record:
        copied["within_m"] += math.ceil(METRES_PER_STEP * max(map(abs, shift)))
    return copied


def _groups(
    groups: list[Mapping[str, Any]], shifts: Mapping[tuple[str, int], Shift]
) -> Iterator[Mapping[str, Any]]:
    """Yield each group of related projects, and one for each set of copies of at least two of them."""
    for number in range(1, max(number for _, number in shifts) + 1):
        for group in groups:
            copied = [copy_id(one, number) for one in group["projects"] if (one, number) in shifts]
            if len(copied) > 1:
                mark = "" if number == 1 else str(number)
                yield {
                    "place_zh": group["place_zh"] + mark,
                    "place_en": f"{group['place_en']} {mark}".rstrip(),
                    "projects": copied,
                }


def write_layer(folder: Path, count: int) -> Home:
    """Fill a folder with the real seeds and data, but `count` projects; return it once it passes the checks."""
    home = find_home()
    for name in ("seeds", "data"):
        shutil.copytree(home.root / name, folder / name, dirs_exist_ok=True)
    for path, content in _content(load(home), count).items():
        write_atomically(folder / path, content)
    made = Home(folder)
    load(made)
    return made


@lru_cache(maxsize=2)
def load_once(home: str) -> Dataset:
    """Return the layer of a folder, which is read only once for all visits."""
    return load(Home(Path(home)))


@lru_cache(maxsize=2)
def lone_site(dataset: Dataset) -> tuple[str, Project]:
    """Return a sector and one of its sites with no other project of that sector nearby.

    Raises RuntimeError if there is none.
    """
    for sector in SECTOR_CODES:
        own = [one for one in dataset.projects.values() if one.sector == sector and one.geometry]
        tree = shapely.STRtree([one.geometry for one in own])
        for one in own:
            if one.geometry.geom_type != "Point":
                continue
            close = tree.query(one.geometry, predicate="dwithin", distance=CLEAR_DEG)
            if len(close) == 1:
                return sector, one
    raise RuntimeError(
        f"in {dataset.home.root} no site is far enough from the others of its sector"
    )


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
