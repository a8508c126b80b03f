"""The project's folder held in memory, with one file changed and only that file read again."""

import json
from dataclasses import replace

from geo.core.files import InMemoryPath
from geo.core.home import Home
from geo.layer.dataset import read_projects
from geo.layer.events import read_events, read_searches
from geo.layer.places import read_destinations, read_named_points
from geo.layer.projects import read_related
from geo.text.ledger import read_ledger

READERS = {
    "projects.geojson": ("projects", read_projects),
    "ledger.json": ("ledger", read_ledger),
    "related.json": ("related", read_related),
    "events.json": ("events", read_events),
    "destinations.json": ("destinations", read_destinations),
    "named_points.json": ("named_points", read_named_points),
    "searches.json": ("searches", read_searches),
}
"""For each file the part of a dataset that is read from it, and what reads it."""


def files_of(home):
    """Return the bytes of each file of a folder, by its path within it."""
    paths = (path for name in ("seeds", "data") for path in (home.root / name).rglob("*"))
    return {
        path.relative_to(home.root).as_posix(): path.read_bytes()
        for path in paths
        if path.is_file()
    }


def edited(dataset, name, change):
    """Return a dataset that differs in one file, whose JSON value this function changes.

    Raises DataError when the file breaks its schema, as reading all of the folder would.
    """
    files = files_of(dataset.home)
    content = json.loads(files[f"data/{name}"])
    change(content)
    files[f"data/{name}"] = json.dumps(content, ensure_ascii=False).encode()
    home = Home(InMemoryPath(files))
    part, read = READERS[name]
    return replace(dataset, home=home, **{part: read(home)})
