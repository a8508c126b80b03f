"""What changed between the editions that a database keeps; a folder keeps only the present one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from geo.core.home import Source
from geo.core.postgis import QUERY_TIMEOUT_S, DatabaseSource, connect

MOST: Final = 500
"""Maximum number of changes that are read, the newest first."""

QUERY: Final = """
    WITH kept AS (
        SELECT version, published_at, lag(version) OVER (ORDER BY published_at) AS before
        FROM project_map.edition
    )
    SELECT kept.version, kept.published_at, change.*
    FROM kept CROSS JOIN LATERAL (
        SELECT coalesce(new.id, old.id) AS id, old.properties, new.properties,
            old.geojson::text IS DISTINCT FROM new.geojson::text
        FROM (SELECT * FROM project_map.feature WHERE edition = kept.version) AS new
        FULL JOIN (SELECT * FROM project_map.feature WHERE edition = kept.before) AS old
            ON old.id = new.id
        WHERE old.properties::text IS DISTINCT FROM new.properties::text
            OR old.geojson::text IS DISTINCT FROM new.geojson::text
    ) AS change
    WHERE kept.before IS NOT NULL
    ORDER BY kept.published_at DESC, id
    LIMIT %s
"""


@dataclass(frozen=True)
class EditionChange:
    """A project that an edition added, removed or changed.

    `version` is that of the edition and `published` when it was published (UTC). `kind` is "added",
    "removed" or "changed"; `fields` are the properties that changed, with "geometry" last.
    """

    version: str
    published: datetime
    project: str
    kind: str
    fields: tuple[str, ...]
    name_zh: str
    name_en: str

    def name(self, language: str) -> str:
        """Return the project's name in "zh" or "en", in the newer edition that has it."""
        return self.name_en if language == "en" else self.name_zh


def read_changes(source: Source) -> tuple[EditionChange, ...] | None:
    """Return the changes between the editions of a database, the newest first; None for a folder.

    Raises DataError if the database does not answer.
    """
    if not isinstance(source, DatabaseSource):
        return None
    with connect(source.address, timeout_s=10 * QUERY_TIMEOUT_S) as connection:
        rows = connection.execute(QUERY, [MOST]).fetchall()
    return tuple(map(_change, rows))


def _change(row: tuple[Any, ...]) -> EditionChange:
    version, published, project, old, new, moved = row
    named: Mapping[str, str] = new or old or {}
    kind = "added" if new else "removed"
    fields: list[str] = []
    if old and new:
        kind = "changed"
        # Short names are optional, so one edition may lack the key.
        fields = [key for key in {**new, **old} if old.get(key) != new.get(key)]
        fields += ["geometry"] if moved else []
    return EditionChange(
        version,
        published.astimezone(UTC),
        project,
        kind,
        tuple(fields),
        named["name_zh"],
        named["name_en"],
    )
