"""Where the seeds and the data lie: this folder, or the one that PROJECT_MAP_HOME names."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.faults import DataError, Fault, quoted

ENVIRONMENT_VARIABLE = "PROJECT_MAP_HOME"


@dataclass(frozen=True)
class Home:
    """A folder with `seeds/` and `data/`."""

    root: Path

    @property
    def seeds(self) -> Path:
        """The folder of the source texts, never edited."""
        return self.root / "seeds"

    @property
    def data(self) -> Path:
        """The folder of the curated layers."""
        return self.root / "data"

    @property
    def projects(self) -> Path:
        """The curated layer."""
        return self.data / "projects.geojson"

    @property
    def documents(self) -> Path:
        """Title, issuer, dates and hash of each source text."""
        return self.data / "documents.json"

    @property
    def counties(self) -> Path:
        """District polygons of Ziyang and its neighbours."""
        return self.data / "counties.geojson"

    @property
    def ledger(self) -> Path:
        """What of the text was left out of the layer, and why."""
        return self.data / "ledger.json"

    @property
    def related(self) -> Path:
        """Which projects share a place."""
        return self.data / "related.json"

    def words(self, language: str) -> Path:
        """Return the catalogue of a language: every message here, some in another's folder."""
        return self.data / "i18n" / f"{language}.ftl"

    def watched(self) -> list[Path]:
        """Return the files that a dataset is made from, beside the seeds."""
        own = [self.documents, self.projects, self.ledger, self.related]
        return [*own, *self.layers().values()]

    def layers(self) -> dict[str, Path]:
        """Return the backdrop layers that are drawn below the projects, by name."""
        return {
            "counties": self.counties,
            "rivers": self.data / "rivers.geojson",
            "places": self.data / "places.geojson",
        }


PACKAGE_HOME: Final = Home(Path(__file__).resolve().parent.parent)
"""The folder this package lies in, with Ziyang's decision and layer."""


def find_home() -> Home:
    """Return the folder PROJECT_MAP_HOME names, else the one this package lies in."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return Home(Path(named)) if named else PACKAGE_HOME


def read_text(path: Path) -> str:
    """Return the UTF-8 text of a file, with its line ends as they are.

    Raises DataError when the file is missing, unreadable, or not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        fault = Fault(
            "file-readable",
            f"{path.parent.name}/{path.name}",
            f"the file cannot be read ({error.strerror})",
            "but the map is made from it",
            "restore it from version control, or name another folder in " + ENVIRONMENT_VARIABLE,
        )
        raise DataError([fault]) from error
    except UnicodeDecodeError as error:
        fault = Fault(
            "file-utf8",
            f"{path.parent.name}/{path.name}",
            f"byte {error.start} is not UTF-8",
            "but every file is UTF-8",
            "save it as UTF-8 without a byte order mark",
        )
        raise DataError([fault]) from error


def read_json(path: Path) -> Any:
    """Return the JSON value in a file; no duplicate keys, no NaN, no infinity.

    Raises DataError with the place where reading stopped.
    """
    record = f"{path.parent.name}/{path.name}"

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"the key {quoted(twice[0])} stands twice in one object")
        return dict(pairs)

    def no_constant(name: str) -> None:
        raise ValueError(f"{name} is not a JSON number")

    try:
        return json.loads(read_text(path), object_pairs_hook=unique, parse_constant=no_constant)
    except (ValueError, RecursionError) as error:
        fault = Fault(
            "file-json",
            record,
            str(error) or "it is nested too deeply",
            "but the file must be plain JSON",
            "undo the last edit, or run it through a JSON formatter to find the spot",
        )
        raise DataError([fault]) from error
