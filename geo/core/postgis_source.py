"""The current edition of a database: its version, which is cheap to ask, and its files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from psycopg import IsolationLevel

from geo.core.files import format_collection
from geo.core.memory import Held
from geo.core.postgis import ANSWER_S, Connection, connected, unpublished

FETCH_S = 30
"""Seconds that reading one table may take; ten thousand projects took six on a busy machine."""


@dataclass(frozen=True)
class DatabaseSource:
    """A database that editions are published to, by its address."""

    address: str = field(repr=False)

    remote = True

    def mark(self) -> str:
        """Return the version of the current edition.

        Raises DataError when the database does not answer in seconds, or has no edition.
        """
        with connected(self.address, timeout_s=ANSWER_S) as connection:
            version = current_version(connection)
        if version is None:
            raise unpublished(self.address)
        return version

    def root(self) -> Held:
        """Return `seeds/` and `data/` of the current edition, all of it from one moment.

        Raises DataError as `mark` does.
        """
        snapshot = IsolationLevel.REPEATABLE_READ
        with connected(self.address, timeout_s=FETCH_S, isolation=snapshot) as connection:
            version = current_version(connection)
            files = dict(_files(connection, version)) if version else {}
        if not files:
            raise unpublished(self.address)
        return Held(files)


def current_version(connection: Connection) -> str | None:
    """Return the version of the edition that readers see, or None before the first."""
    row = connection.execute("SELECT version FROM project_map.current_edition").fetchone()
    return row[0] if row else None


def _files(connection: Connection, version: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of each file, named as in a folder."""
    rows = connection.execute(
        "SELECT id, properties, geojson FROM project_map.feature WHERE edition = %s", [version]
    )
    features = [
        {"type": "Feature", "id": name, "properties": properties, "geometry": geometry}
        for name, properties, geometry in rows
    ]
    yield "data/projects.geojson", format_collection(features).encode()
    # As text: what is parsed and written again need not be the same bytes.
    rows = connection.execute(
        "SELECT name, content::text FROM project_map.file WHERE edition = %s", [version]
    )
    for name, content in rows:
        yield f"data/{name}", content.encode()
    rows = connection.execute(
        "SELECT name, bytes FROM project_map.seed WHERE edition = %s", [version]
    )
    for name, content in rows:
        yield f"seeds/{name}", content
