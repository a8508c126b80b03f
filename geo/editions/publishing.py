"""Publishing a home to a database as its current edition, in one transaction."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.checks import load
from geo.core.faults import DataError, Fault, quoted
from geo.core.files import InMemoryPath, format_collection, read_text
from geo.core.home import PACKAGE_HOME, Home
from geo.core.i18n import LANGUAGES
from geo.core.postgis import (
    Connection,
    connect,
    connection_parameters,
    current_version,
    redacted_address,
)
from geo.layer.dataset import version_of
from geo.layer.projects import read_features

TABLES: Final = Path(__file__).with_name("tables.sql")

EDITIONS_KEPT: Final = 5
"""Enough to go back to last week's edition; more would only make the database larger."""

LOCK: Final = 0x7A69_7961_6E67
"""The advisory lock's key, unlikely to be used by another program: "ziyang" in ASCII."""


@dataclass(frozen=True)
class Publication:
    """The result of publishing.

    `is_news` is False if this version was the current edition already. `projects` is the number of
    projects.
    """

    version: str
    is_news: bool
    projects: int


def publish(home: Home, address: str) -> Publication:
    """Check a home and make it the database's current edition, in one transaction.

    If this version is the current edition already, only its message catalogues may change: they are no
    part of the data, and so of the version. If it is an earlier edition
    that the database still holds, that edition becomes current again. Raises DataError with all
    faults of the home, or with what the database rejects; the current edition then stays as it is.
    """
    dataset = load(home)
    features = read_features(home.projects)
    faults = [fault for feature in features for fault in _storable(feature)]
    if faults:
        raise DataError(faults)
    # The version is computed from the canonical form, because that is what the database stores.
    files = {"data/projects.geojson": format_collection(features).encode()}
    for path in home.dataset_files():
        files.setdefault(f"data/{path.name}", read_text(path).encode())
    version = version_of(Home(InMemoryPath(files)))
    seeds = {
        document.about["file"]: document.text.encode() for document in dataset.documents.values()
    }
    with connect(address) as connection:
        _prepare(connection, redacted_address(connection_parameters(address)))
        is_news = current_version(connection) != version
        if is_news:
            if not _is_kept(connection, version):
                _write(connection, version, features, files, seeds)
            _make_current(connection, version)
        _write_catalogues(connection, version, home)
    return Publication(version, is_news, len(features))


def _prepare(connection: Connection, record: str) -> None:
    """Wait until no other process is publishing, and create the tables if they are missing."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    row = connection.execute(
        "SELECT to_regnamespace('project_map') IS NOT NULL,"
        " to_regclass('project_map.edition') IS NOT NULL,"
        " EXISTS (SELECT FROM pg_extension WHERE extname = 'postgis')"
    ).fetchone()
    has_schema, has_tables, has_postgis = row or (False, False, False)
    if not has_postgis:
        fault = Fault(
            "database-postgis",
            record,
            "the extension postgis",
            "is not in this database, but geometries need it",
            "have an administrator run: CREATE EXTENSION postgis",
        )
        raise DataError([fault])
    if not has_schema:
        # CREATE SCHEMA IF NOT EXISTS needs a privilege that the publisher may not have, even if the
        # schema exists.
        connection.execute("CREATE SCHEMA project_map")
    if not has_tables:
        connection.execute(TABLES.read_bytes())


def _is_kept(connection: Connection, version: str) -> bool:
    cursor = connection.execute("SELECT FROM project_map.edition WHERE version = %s", [version])
    return cursor.fetchone() is not None


def _write(
    connection: Connection,
    version: str,
    features: list[dict[str, Any]],
    files: dict[str, bytes],
    seeds: dict[str, bytes],
) -> None:
    """Insert the rows of a new edition."""
    connection.execute("INSERT INTO project_map.edition (version) VALUES (%s)", [version])
    cursor = connection.cursor()
    cursor.executemany(
        "INSERT INTO project_map.feature (edition, id, properties, geojson)"
        " VALUES (%s, %s, %s::json, %s::json)",
        [
            (
                version,
                feature["id"],
                _json(feature["properties"]),
                feature["geometry"] and _json(feature["geometry"]),
            )
            for feature in features
        ],
    )
    cursor.executemany(
        "INSERT INTO project_map.file (edition, name, content) VALUES (%s, %s, %s::json)",
        [
            (version, name.removeprefix("data/"), content.decode())
            for name, content in files.items()
            if name != "data/projects.geojson"
        ],
    )
    cursor.executemany(
        "INSERT INTO project_map.seed (edition, name, bytes) VALUES (%s, %s, %s)",
        [(version, name, content) for name, content in seeds.items()],
    )


def _write_catalogues(connection: Connection, version: str, home: Home) -> None:
    """Replace the message catalogues of an edition by the home's own, each as a string of JSON."""
    connection.execute(
        "DELETE FROM project_map.file WHERE edition = %s AND starts_with(name, 'i18n/')", [version]
    )
    for language in LANGUAGES:
        path, shipped = home.words(language), PACKAGE_HOME.words(language)
        # A copy of this project's catalogue would keep the words of later releases out.
        if path.exists() and path.read_bytes() != shipped.read_bytes():
            connection.execute(
                "INSERT INTO project_map.file (edition, name, content) VALUES (%s, %s, %s::json)",
                [version, f"i18n/{path.name}", _json(read_text(path))],
            )


def _make_current(connection: Connection, version: str) -> None:
    """Make an edition current, and delete all but the last few editions."""
    # Later than all others, even if the clock of the database was set back: otherwise this edition
    # would count as the oldest and be deleted.
    connection.execute(
        "UPDATE project_map.edition SET published_at = greatest(clock_timestamp(),"
        " (SELECT max(published_at) + interval '1 microsecond' FROM project_map.edition))"
        " WHERE version = %s",
        [version],
    )
    connection.execute(
        "INSERT INTO project_map.current_edition (version) VALUES (%s)"
        " ON CONFLICT (one) DO UPDATE SET version = excluded.version",
        [version],
    )
    connection.execute(
        "DELETE FROM project_map.edition WHERE version NOT IN"
        " (SELECT version FROM project_map.edition ORDER BY published_at DESC LIMIT %s)",
        [EDITIONS_KEPT],
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _storable(feature: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each text with U+0000 or a surrogate, which PostgreSQL cannot store."""
    for text in _texts(feature["properties"]):
        if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
            yield Fault(
                "database-text",
                feature["id"],
                quoted(ascii(text)),
                "holds U+0000 or half a surrogate pair, which PostgreSQL cannot hold",
                "remove that character",
            )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)
