"""A PostGIS database as a data source: its address, the connection, and the current edition.

Error messages never show the password.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import IsolationLevel, errors
from psycopg.conninfo import conninfo_to_dict

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import InMemoryPath, format_collection

SCHEMES: Final = ("postgresql://", "postgres://")

ADDRESS_PATTERN: Final = re.compile(
    r"""postgres(ql)?://
    ([^@/?\#\s]*@)?         # user:password@
    [\w.,:%\[\]-]*          # host:port, or several
    (/[^@/?\#\s]*)?         # /database
    (\?[^@\#\s]*)?          # ?sslmode=require""",
    re.VERBOSE,
)
"""Rejects an unescaped @ or / in a password, after which the rest would be shown as the host."""

PORT_PATTERN: Final = re.compile(r"[0-9,]*")
SECRETS: Final = ("password", "sslpassword")

QUERY_TIMEOUT_S: Final = 3
"""More than a healthy database needs for a small query, yet short enough for a reader to wait."""

DEFAULTS: Final[Mapping[str, object]] = {
    "connect_timeout": QUERY_TIMEOUT_S,
    "application_name": "project-map",
    # Detects a host that has vanished; by default the operating system waits two hours.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""libpq parameters, in seconds (the last in milliseconds); an address may override them."""

Connection = psycopg.Connection[tuple[Any, ...]]


def is_address(named: str) -> bool:
    """Return whether a name is a database address rather than a folder path."""
    return named.startswith(SCHEMES)


def connection_parameters(address: str) -> dict[str, Any]:
    """Return the connection parameters of an address; raises DataError without quoting it."""
    try:
        parts = conninfo_to_dict(address) if ADDRESS_PATTERN.fullmatch(address) else None
    except psycopg.Error:
        parts = None
    if parts is None or not PORT_PATTERN.fullmatch(str(parts.get("port", ""))):
        fault = Fault(
            "database-address",
            "the database",
            "its address",
            "is not of the form postgresql://user:password@host:port/database",
            "write %40 for @, %2F for /, %3A for : and %25 for % in user and password",
        )
        raise DataError([fault]) from None
    return dict(parts)


def redacted_address(parts: Mapping[str, Any]) -> str:
    """Return the address for these parameters, without password and options."""
    user = f"{parts['user']}@" if "user" in parts else ""
    port = f":{parts['port']}" if "port" in parts else ""
    return f"postgresql://{user}{parts.get('host', '')}{port}/{parts.get('dbname', '')}"


@contextmanager
def connect(
    address: str, *, timeout_s: float = 0, isolation: psycopg.IsolationLevel | None = None
) -> Iterator[Connection]:
    """Open a connection with one transaction, committed at the end and rolled back on any error.

    `timeout_s` limits each statement (0: no limit); None as `isolation` is the server's default.
    Raises DataError for any database error.
    """
    parts = connection_parameters(address)
    try:
        with psycopg.connect(**{**DEFAULTS, **parts}) as connection:
            connection.isolation_level = isolation
            limit = f"{timeout_s * 1000:.0f}ms"
            connection.execute("SELECT set_config('statement_timeout', %s, false)", [limit])
            yield connection
    except psycopg.Error as error:
        raise DataError([_fault(error, parts)]) from error


def _fault(error: psycopg.Error, parts: Mapping[str, Any]) -> Fault:
    message = error.diag.message_primary or str(error)
    for key in SECRETS:
        if parts.get(key):
            message = message.replace(str(parts[key]), "…")
    record, value = redacted_address(parts), quoted(message, 200)
    rule = "keeps the database from being used"
    match error:
        case errors.UndefinedTable() | errors.InvalidSchemaName() | errors.UndefinedColumn():
            return _unpublished(record, value)
        case errors.InsufficientPrivilege():
            check, cure = "database-rights", "grant the rights that docs/deploy.md lists"
        case psycopg.OperationalError() if not _asked_password(error):
            check, rule = "database-answers", "means that the database does not answer"
            cure = "start it, or correct host and port in its address; the page recovers by itself"
        case psycopg.OperationalError():
            check, cure = "database-admits", "correct user, password and database in its address"
        case _:
            check = "database-accepts"
            cure = "see docs/deploy.md for what the database must be (UTF-8, with PostGIS)"
    return Fault(check, record, value, rule, cure)


def _asked_password(error: psycopg.Error) -> bool:
    """Return whether the server was reached and password authentication was involved."""
    # psycopg keeps no SQLSTATE of a failed connection, and the message may be translated.
    connection = error.pgconn
    return connection is not None and bool(connection.used_password or connection.needs_password)


def not_published_error(address: str) -> DataError:
    """Return the error for a database without a published edition."""
    return DataError(
        [_unpublished(redacted_address(connection_parameters(address)), "the schema project_map")]
    )


def _unpublished(record: str, value: str) -> Fault:
    return Fault(
        "database-published",
        record,
        value,
        "says that no edition is there",
        "publish one: python -m geo publish ADDRESS",
    )


READ_TIMEOUT_S = 30
"""Time limit for reading one table; ten thousand projects took six seconds on a busy machine."""


@dataclass(frozen=True)
class DatabaseSource:
    """A database that editions are published to, identified by its address."""

    address: str = field(repr=False)

    remote = True

    def fingerprint(self) -> str:
        """Return the version of the current edition.

        Raises DataError if the database does not answer within seconds, or has no edition.
        """
        with connect(self.address, timeout_s=QUERY_TIMEOUT_S) as connection:
            version = current_version(connection)
        if version is None:
            raise not_published_error(self.address)
        return version

    def root(self) -> InMemoryPath:
        """Return `seeds/` and `data/` of the current edition, read from a single snapshot.

        Raises DataError in the same cases as `fingerprint`.
        """
        snapshot = IsolationLevel.REPEATABLE_READ
        with connect(self.address, timeout_s=READ_TIMEOUT_S, isolation=snapshot) as connection:
            version = current_version(connection)
            files = dict(_files(connection, version)) if version else {}
        if not files:
            raise not_published_error(self.address)
        return InMemoryPath(files)


def current_version(connection: Connection) -> str | None:
    """Return the version of the current edition, or None if none was published yet."""
    row = connection.execute("SELECT version FROM project_map.current_edition").fetchone()
    return row[0] if row else None


def _files(connection: Connection, version: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) for each file; the names are the same as in a folder."""
    rows = connection.execute(
        "SELECT id, properties, geojson FROM project_map.feature WHERE edition = %s", [version]
    )
    features = [
        {"type": "Feature", "id": project, "properties": properties, "geometry": geometry}
        for project, properties, geometry in rows
    ]
    yield "data/projects.geojson", format_collection(features).encode()
    # Read as text, because parsing and writing JSON again might change the bytes.
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
