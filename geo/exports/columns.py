"""Table rows of projects and events: the columns that CSV, XLSX and GeoPackage share.

Beside each code is its label in the reader's language. OC4IDS and IATI codes are derived here. The
nested formats (GeoJSON, OC4IDS, KML) take the same values from this module.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Final, Literal

from geo.core.i18n import Words, text
from geo.layer.codes import PRECISIONS, SECTOR, STAGES
from geo.layer.dataset import Dataset
from geo.layer.events import CurrentState, Event
from geo.layer.projects import ANCHOR, PROPERTIES, Project, Reference
from geo.layer.selection import Selection
from geo.text.document import Anchor

EventValue = str | None


@dataclass(frozen=True)
class EventColumn:
    """A column of the events: field name, "text" or "date", heading (message key), and value."""

    name: str
    kind: str
    heading: str
    value: Callable[[Event, Words], EventValue]


EVENT_COLUMNS: Final = (
    EventColumn("project", "text", "column-id", lambda event, _: event.project),
    EventColumn("type", "text", "column-event-type", lambda event, _: event.type),
    EventColumn("type_label", "text", "column-event-type-label",
                lambda event, words: words.label("event-type", event.type)),
    EventColumn("date", "text", "column-event-date", lambda event, _: event.date),
    EventColumn("date_precision", "text", "column-event-precision",
                lambda event, _: event.date_precision),
    EventColumn("as_of", "date", "column-as-of", lambda event, _: event.as_of),
    EventColumn("scope", "text", "column-event-scope", lambda event, _: event.scope),
    EventColumn("scope_label", "text", "column-event-scope-label",
                lambda event, words: words.label("event-scope", event.scope)),
    EventColumn("scope_note_zh", "text", "column-event-note-zh",
                lambda event, _: event.scope_note_zh),
    EventColumn("scope_note_en", "text", "column-event-note-en",
                lambda event, _: event.scope_note_en),
    EventColumn("statement_zh", "text", "column-event-statement-zh",
                lambda event, _: event.statement_zh),
    EventColumn("statement_en", "text", "column-event-statement-en",
                lambda event, _: event.statement_en),
    EventColumn("source_title", "text", "column-title", lambda event, _: event.source.title),
    EventColumn("source_publisher", "text", "column-event-publisher",
                lambda event, _: event.source.publisher),
    EventColumn("source_url", "text", "column-url", lambda event, _: event.source.url),
    EventColumn("source_link", "text", "column-event-link", lambda event, _: event.source.link),
    EventColumn("confidence", "text", "column-event-confidence", lambda event, _: event.confidence),
    EventColumn("conflicts_zh", "text", "column-event-conflicts-zh",
                lambda event, _: event.conflicts_zh),
    EventColumn("conflicts_en", "text", "column-event-conflicts-en",
                lambda event, _: event.conflicts_en),
)  # fmt: skip
"""The columns of the events worksheet (XLSX) and the events table (GeoPackage), in order."""


def event_rows(selection: Selection, language: str) -> list[list[EventValue]]:
    """Return a row of `EVENT_COLUMNS` for each event of the selected projects."""
    words = Words(language)
    return [
        [column.value(event, words) for column in EVENT_COLUMNS]
        for project in selection.projects
        for event in selection.dataset.events_of.get(project.id, ())
    ]


def since_values(dataset: Dataset, project: str) -> dict[str, Any]:
    """Return `since`, `since_as_of` and `events` of a project, for the nested formats.

    The result is {} if the dataset has no events: then nobody has researched any project's state.
    """
    state = dataset.since.get(project)
    if state is None:
        return {}
    events = [event.values() for event in dataset.events_of.get(project, ())]
    return {"since": state.code, "since_as_of": state.as_of, "events": events}


def event_lines(dataset: Dataset, project: str, language: str) -> str | None:
    """Return the events of a project as text, one per line; None if there are none."""
    timeline = dataset.timeline(project, Words(language))
    return "\n".join(entry.line() for entry in timeline.entries) or None if timeline else None


def since_line(dataset: Dataset, project: str, language: str) -> tuple[str, str] | None:
    """Return the heading and label of a project's state since the decision; None without events."""
    state = dataset.since.get(project)
    if state is None:
        return None
    heading = text(language, "detail-since", date=state.as_of)
    return heading, text(language, f"since-{state.code}")


STAGE: Final = {stage.code: stage for stage in STAGES}
PRECISION: Final = {precision.code: precision for precision in PRECISIONS}

LIST_SEPARATOR: Final = ";"
"""Separates the values of a list in one cell."""

Kind = Literal["text", "integer", "number", "date"]
Value = str | int | float | None


@dataclass(frozen=True)
class Row:
    """A project with everything that its table cells and their labels need."""

    project: Project
    as_of: str
    language: str
    standing: CurrentState | None = None
    events: str | None = None

    def label(self, codelist: str, code: str) -> str:
        """Return the label of a code in the table's language."""
        return label_text(self.language, f"{codelist}-{code}")

    @property
    def anchor(self) -> Anchor:
        """The first anchor, which is the operative quote."""
        return self.project.anchors[0]


@dataclass(frozen=True)
class Column:
    """A column: field name, type, heading (message key), source, and the function for its value.

    `of` is the source: a property of the data contract ("sector") or of its anchors
    ("anchors.clause"), or "geometry", "document" or "events", which are not properties.
    """

    name: str
    kind: Kind
    heading: str
    of: str
    value: Callable[[Row], Value]

    @property
    def short(self) -> str:
        """The field name in a Shapefile: at most ten letters, digits and underscores."""
        return SHORT_NAMES.get(self.name, self.name)


SHORT_NAMES: Final = {
    "sector_label": "sector_lbl",
    "counties_label": "county_lbl",
    "stage_label": "stage_lbl",
    "since_label": "since_lbl",
    "since_as_of": "since_date",
    "precision_label": "precis_lbl",
    "extent_label": "extent_lbl",
    "uncertainty_m": "uncert_m",
    "quote_start": "quote_from",
    "quote_end": "quote_to",
    "oc4ids_sector": "oc4_sector",
    "oc4ids_status": "oc4_status",
    "oc4ids_type": "oc4_type",
    "iati_exactness": "iati_exact",
    "geometry_type": "geom_type",
}
"""The Shapefile's names of the columns whose own name is longer than ten characters."""


COLUMNS: Final = (
    Column("id", "text", "column-id", "id", lambda row: row.project.id),
    Column("name_zh", "text", "column-name-zh", "name_zh", lambda row: row.project.name_zh),
    Column("name_en", "text", "column-name-en", "name_en", lambda row: row.project.name_en),
    Column("sector", "text", "column-sector", "sector", lambda row: row.project.sector),
    Column("sector_label", "text", "column-sector-label", "sector",
           lambda row: row.label("sector", row.project.sector)),
    Column("counties", "text", "column-counties", "counties",
           lambda row: LIST_SEPARATOR.join(row.project.counties)),
    Column("counties_label", "text", "column-counties-label", "counties",
           lambda row: county_names(row.project, row.language)),
    Column("outside", "text", "column-outside", "outside",
           lambda row: LIST_SEPARATOR.join(row.project.outside)),
    Column("stage", "text", "column-stage", "stage", lambda row: row.project.stage),
    Column("stage_label", "text", "column-stage-label", "stage",
           lambda row: row.label("stage", row.project.stage)),
    Column("stage_term", "text", "column-stage-term", "stage_term",
           lambda row: row.project.stage_term),
    Column("as_of", "date", "column-as-of", "document", lambda row: row.as_of),
    Column("since", "text", "column-since", "events",
           lambda row: row.standing.code if row.standing else None),
    Column("since_label", "text", "column-since-label", "events",
           lambda row: row.label("since", row.standing.code) if row.standing else None),
    Column("since_as_of", "date", "column-since-as-of", "events",
           lambda row: row.standing.as_of if row.standing else None),
    Column("events", "text", "column-events", "events", lambda row: row.events),
    Column("precision", "text", "column-precision", "precision",
           lambda row: row.project.precision),
    Column("precision_label", "text", "column-precision-label", "precision",
           lambda row: row.label("precision", row.project.precision)),
    Column("extent", "text", "column-extent", "extent", lambda row: row.project.extent),
    Column("extent_label", "text", "column-extent-label", "extent",
           lambda row: row.label("extent", row.project.extent)),
    Column("uncertainty_m", "number", "column-uncertainty", "uncertainty_m",
           lambda row: row.project.uncertainty_m),
    Column("document", "text", "column-document", "anchors.document",
           lambda row: row.anchor.document),
    Column("clause", "text", "column-clause", "anchors.clause", lambda row: row.anchor.clause),
    Column("quote_start", "integer", "column-start", "anchors.start", lambda row: row.anchor.start),
    Column("quote_end", "integer", "column-end", "anchors.end", lambda row: row.anchor.end),
    Column("quote", "text", "column-exact", "anchors.exact", lambda row: row.anchor.exact),
    Column("basis_zh", "text", "column-basis-zh", "basis",
           lambda row: row.project.basis_in("zh")),
    Column("basis_en", "text", "column-basis-en", "basis",
           lambda row: row.project.basis_in("en")),
    Column("oc4ids_sector", "text", "column-oc4ids-sector", "sector",
           lambda row: SECTOR[row.project.sector].oc4ids),
    Column("oc4ids_status", "text", "column-oc4ids-status", "stage",
           lambda row: STAGE[row.project.stage].oc4ids_status),
    Column("oc4ids_type", "text", "column-oc4ids-type", "stage",
           lambda row: STAGE[row.project.stage].oc4ids_type),
    Column("iati_exactness", "text", "column-iati-exactness", "precision",
           lambda row: PRECISION[row.project.precision].iati),
    Column("geometry_type", "text", "column-geometry-type", "geometry",
           lambda row: None if row.project.geometry is None else row.project.geometry.geom_type),
    Column("lon", "number", "column-lon", "geometry", lambda row: lon_lat(row)[0]),
    Column("lat", "number", "column-lat", "geometry", lambda row: lon_lat(row)[1]),
)  # fmt: skip
"""The columns of every table, in order. No name is reserved in KML or SQL."""

LISTS: Final = (
    Column("anchors", "text", "column-anchors", "anchors",
           lambda row: as_json([asdict(anchor) for anchor in row.project.anchors])),
    Column("references", "text", "column-references", "references",
           lambda row: as_json([reference_values(item) for item in row.project.references])),
)  # fmt: skip
"""Lists of records as JSON, for tables that have no separate worksheet for them."""


def explained(column: Column, language: str) -> tuple[str, ...]:
    """Return what a data dictionary says of a column, taken from the schema.

    The parts are its name, heading, type, unit, meaning, codelist, and OC4IDS or IATI equivalent.
    """
    field = contract_field(column.of)
    meaning = field.get(f"x-{language}", text(language, column.heading))
    if field and "." not in column.of and column.name != column.of:
        meaning = text(language, "export-derived", field=column.of)
    return (
        column.name,
        text(language, column.heading),
        column.kind,
        field.get("x-unit", ""),
        meaning,
        field.get("x-codelist", ""),
        field.get("x-oc4ids", ""),
    )


def contract_field(path: str) -> dict[str, Any]:
    """Return the schema of a path such as "sector" or "anchors.clause"; {} if it is no property."""
    name, _, part = path.partition(".")
    fields: dict[str, Any] = ANCHOR["properties"] if part else PROPERTIES["properties"]
    field: dict[str, Any] = fields.get(part or name, {})
    return field


def rows_of(selection: Selection, language: str, columns: Iterable[Column]) -> list[list[Value]]:
    """Return a row of these columns for each selected project."""
    chosen = tuple(columns)
    rows = (row_of(selection.dataset, project, language) for project in selection.projects)
    return [[column.value(row) for column in chosen] for row in rows]


def row_of(dataset: Dataset, project: Project, language: str) -> Row:
    """Return a project with everything that its table cells need."""
    adopted = dataset.documents[project.anchors[0].document].about["adopted"]
    events = event_lines(dataset, project.id, language)
    return Row(project, adopted, language, dataset.since.get(project.id), events)


@cache
def label_text(language: str, key: str) -> str:
    """Return a message without arguments; cached, because each label is needed once per project."""
    return text(language, key)


def county_names(project: Project, language: str) -> str:
    """Return the names of a project's counties, or a note that it lies wholly outside Ziyang."""
    named = [label_text(language, f"county-{code}") for code in project.counties]
    return label_text(language, "list-separator").join(named) or label_text(
        language, "detail-no-counties"
    )


def lon_lat(row: Row) -> tuple[float, float] | tuple[None, None]:
    """Return `Project.position`, or (None, None) without one."""
    return row.project.position or (None, None)


def reference_values(reference: Reference) -> dict[str, str]:
    """Return a reference as in the data contract, without unknown values."""
    return {key: value for key, value in asdict(reference).items() if value is not None}


def as_json(value: Any) -> str:
    """Return compact JSON with Chinese unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
