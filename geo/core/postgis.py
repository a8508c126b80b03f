"""A PostGIS database as a data source: its address, the connection, and the current edition.

An error is described in our own words, chosen by its kind. The driver's message is never quoted,
because it may contain the password.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import psycopg
from psycopg import IsolationLevel, errors
from psycopg.conninfo import conninfo_to_dict

from geo.core.faults import DataError, Fault
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
    opened: Connection | None = None
    try:
        with psycopg.connect(**{**DEFAULTS, **parts}) as opened:
            opened.isolation_level = isolation
            limit = f"{timeout_s * 1000:.0f}ms"
            opened.execute("SELECT set_config('statement_timeout', %s, false)", [limit])
            yield opened
    except psycopg.Error as error:
        kind = error_kind(error, connected=opened is not None)
        fault = kind.fault(redacted_address(parts), error.sqlstate or "")
        # A traceback would print the driver's message.
        raise DataError([fault]) from None


@dataclass(frozen=True)
class ErrorKind:
    """A kind of database error: the words of its fault, all of them our own."""

    check: str
    value: str
    rule: str
    cure: str

    def fault(self, record: str, code: str = "") -> Fault:
        """Return the fault of a database; `code` is the SQLSTATE, if the server gave one."""
        value = f"{self.value} (SQLSTATE {code})" if code else self.value
        return Fault(self.check, record, value, self.rule, self.cure)


AWAY: Final = "so that the database does not answer"
UNUSABLE: Final = "so that the database cannot be used"
RECOVERS: Final = "start it, or correct host and port in its address; the page recovers by itself"

NOT_REACHED: Final = ErrorKind(
    "database-answers",
    "no connection: it is stopped or starting, its host or port is wrong, it refuses this machine, or "
    "it does not offer TLS as its address demands",
    AWAY,
    f"{RECOVERS}; psql with the same address shows the server's own words",
)
TIMED_OUT: Final = ErrorKind("database-answers", "no answer within the time limit", AWAY, RECOVERS)
NOT_ADMITTED: Final = ErrorKind(
    "database-admits",
    "it refuses the user, the password or the database, or has no connection left",
    UNUSABLE,
    "correct user, password and database in its address",
)
LOST: Final = ErrorKind(
    "database-answers",
    "the connection was lost",
    AWAY,
    f"{RECOVERS}; an edition that was being published may be published again",
)
UNPUBLISHED: Final = ErrorKind(
    "database-published",
    "the schema project_map",
    "says that no edition is there",
    "publish one: python -m geo publish ADDRESS",
)
NOT_ACCEPTED: Final = ErrorKind(
    "database-accepts",
    "a statement is refused",
    UNUSABLE,
    "see docs/deploy.md for what the database must be (UTF-8, with PostGIS); its log has the reason",
)
FORBIDDEN: Final = ErrorKind(
    "database-rights",
    "the role lacks a right",
    UNUSABLE,
    "grant the rights that docs/deploy.md lists",
)

ERROR_KINDS: Final[Mapping[str, ErrorKind]] = {
    "42P01": UNPUBLISHED,  # undefined_table
    "3F000": UNPUBLISHED,  # invalid_schema_name
    "42703": UNPUBLISHED,  # undefined_column
    "42501": FORBIDDEN,  # insufficient_privilege
    "25006": ErrorKind(
        "database-writable",
        "it only reads, as a standby does",
        "so that no edition can be published to it",
        "name the primary server in its address",
    ),
    "57014": TIMED_OUT,  # query_canceled
    "53100": ErrorKind(
        "database-room",
        "its disk is full",
        UNUSABLE,
        "make room on its machine; nothing was changed in it",
    ),
    "53": ErrorKind(
        "database-answers",
        "it has no connection or memory left",
        AWAY,
        "close other connections or raise its limits; the page recovers by itself",
    ),
    "57": LOST,  # operator_intervention: it is shut down, starting or has crashed
    "08": LOST,
}
"""The kinds by SQLSTATE, or by its first two characters, the class."""


def error_kind(error: psycopg.Error, *, connected: bool) -> ErrorKind:
    """Return the kind of an error: by its SQLSTATE, otherwise by its class and the connection.

    The driver's message is not used. It may quote a part of the address, a host name that is really
    half a password, or a row; and it may be translated.
    """
    code = error.sqlstate
    if code:
        return ERROR_KINDS.get(code) or ERROR_KINDS.get(code[:2], NOT_ACCEPTED)
    if not isinstance(error, psycopg.OperationalError):
        return NOT_ACCEPTED
    if connected:
        return LOST
    if isinstance(error, errors.ConnectionTimeout):
        return TIMED_OUT
    # The driver keeps no SQLSTATE of a connection that the server refused.
    refused = error.pgconn
    asked = refused is not None and (refused.used_password or refused.needs_password)
    return NOT_ADMITTED if asked else NOT_REACHED


def not_published_error(address: str) -> DataError:
    """Return the error for a database without a published edition."""
    return DataError([UNPUBLISHED.fault(redacted_address(connection_parameters(address)))])


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
        # A message catalogue is no JSON, and so is stored as a string of it.
        written = json.loads(content) if name.endswith(".ftl") else content
        yield f"data/{name}", written.encode()
    rows = connection.execute(
        "SELECT name, bytes FROM project_map.seed WHERE edition = %s", [version]
    )
    for name, content in rows:
        yield f"seeds/{name}", content
