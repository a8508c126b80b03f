"""The data dictionary: every field and code, and how well the places of the projects are known.

It is generated from the schemas, the codelists and the layer, so it cannot contradict them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo.core.i18n import text
from geo.core.wording import wording_at_start
from geo.exports.columns import COLUMNS, explained
from geo.layer.codes import (
    COUNTIES,
    EVENT_TYPES,
    EXTENTS,
    OUTSIDE,
    PRECISIONS,
    SECTORS,
    SINCE,
    STAGES,
)
from geo.layer.counts import FIND_WITHIN_M, findable
from geo.layer.dataset import Dataset
from geo.layer.events import EVENT, EVENT_SOURCE, SEARCH
from geo.layer.places import DESTINATION, NAMED_POINT
from geo.layer.projects import ANCHOR, PROPERTIES, REFERENCE
from geo.text.ledger import ENTRY

WORDS = wording_at_start()

HEAD = f"""# Data dictionary

Made by `python -m geo dictionary` from the schema, the codelists and the layer; a test keeps it so.

`data/projects.geojson` is a FeatureCollection (RFC 7946; longitude, latitude; WGS 84), sorted by id.
Stages are as of the {WORDS.document("en")}'s {WORDS.issued("noun")}. OC4IDS is version 0.9.5; its codes and the IATI exactness are
derived when the data is exported, never stored. Positions count Unicode code points, end excluded.
"""


def data_dictionary(dataset: Dataset) -> str:
    """Return the data dictionary as Markdown."""
    return "\n".join(
        [HEAD, *_fields(), *_codelists(dataset), *_tallies(dataset), *_columns(), *_files()]
    )


def _fields() -> Iterator[str]:
    for title, schema in (
        ("Properties of a project", PROPERTIES),
        ("An anchor (W3C TextQuoteSelector and TextPositionSelector)", ANCHOR),
        ("A reference", REFERENCE),
        ("An entry of the ledger", ENTRY),
        (f"An event since the {WORDS.document('en')}, in `events.json`", EVENT),
        ("The source of an event", EVENT_SOURCE),
        ("A destination, in `destinations.json`", DESTINATION),
        ("A named point, in `named_points.json`", NAMED_POINT),
        ("A search that found no event, in `searches.json`", SEARCH),
    ):
        yield f"## {title}\n"
        rows = [
            (
                f"`{name}`" + ("" if name in schema["required"] else " (optional)"),
                _type(field),
                field.get("x-unit", ""),
                field.get("x-zh", ""),
                field.get("x-en", ""),
                field.get("x-codelist", ""),
                field.get("x-oc4ids", ""),
            )
            for name, field in schema["properties"].items()
        ]
        head = ("field", "type", "unit", "含义", "meaning", "codelist", "OC4IDS / IATI")
        yield from _table(head, rows)


def _type(field: Mapping[str, Any]) -> str:
    if "enum" in field:
        return "code"
    kind = field["type"]
    if kind == "object":
        return "record"
    if kind == "array":
        return "list of code" if "x-codelist" in field else f"list of {_type(field['items'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _codelists(dataset: Dataset) -> Iterator[str]:
    def both(prefix: str, code: str) -> tuple[str, str, str]:
        return f"`{code}`", text("zh", f"{prefix}-{code}"), text("en", f"{prefix}-{code}")

    frame = dataset.frame
    sectors, stages = Counter(frame["sector"]), Counter(frame["stage"])
    yield "## Codelist: sector\n"
    yield from _table(
        ("code", "名称", "label", "OC4IDS projectSector", "projects"),
        [(*both("sector", sector.code), sector.oc4ids, sectors[sector.code]) for sector in SECTORS],
    )
    yield "## Codelist: stage\n"
    yield from _table(
        ("code", "名称", "label", "OC4IDS projectStatus", "OC4IDS projectType", "projects"),
        [
            (
                *both("stage", stage.code),
                stage.oc4ids_status,
                stage.oc4ids_type,
                stages[stage.code],
            )
            for stage in STAGES
        ],
    )
    yield "## Codelist: county\n"
    yield from _table(
        ("code", "名称", "label", "projects"),
        [
            (*both("county", code), sum(code in codes for codes in frame["counties"]))
            for code in COUNTIES
        ]
        + [(*both("county", OUTSIDE), sum(not codes for codes in frame["counties"]))],
    )

    yield "## Codelist: since\n"
    yield (
        "What became of a project, derived from its events when the data is read, never stored. The "
        f"stage of the {WORDS.document('en')} is another fact and stays.\n"
    )
    since = Counter(frame["since"])
    yield from _table(
        ("code", "名称", "label", "state", "of", "projects"),
        [
            (*both("since", state.code), state.state, state.scope, since[state.code])
            for state in SINCE
        ],
    )
    yield "## Codelist: event-type\n"
    types = Counter(event.type for event in dataset.events)
    yield from _table(
        ("code", "名称", "label", "shows the state", "events"),
        [(*both("event-type", kind.code), kind.shows, types[kind.code]) for kind in EVENT_TYPES],
    )


def _tallies(dataset: Dataset) -> Iterator[str]:
    precisions = Counter(dataset.frame["precision"])
    yield "## How well the places are known\n"
    rows = [
        (
            f"`{precision.code}`",
            text("zh", f"precision-{precision.code}"),
            text("en", f"precision-{precision.code}-note"),
            precision.iati,
            precisions[precision.code],
        )
        for precision in PRECISIONS
    ]
    yield from _table(("precision", "名称", "meaning", "IATI exactness", "projects"), rows)
    extents = Counter(dataset.frame["extent"])
    yield "## What the projects are by nature\n"
    rows = [
        (f"`{one.code}`", text("zh", f"extent-{one.code}"), text("en", f"extent-{one.code}"),
         "yes" if one.whole else "no", extents[one.code])
        for one in EXTENTS
    ]  # fmt: skip
    yield from _table(("extent", "名称", "label", "everywhere in it", "projects"), rows)
    yield "## How many projects can be found\n"
    yield (
        f"A project can be found within a distance if its uncertainty is not larger. What is a {WORDS.county('en')}, "
        f"the {WORDS.level('en')} or more by its nature has no spot to be found; the others have one, known or not.\n"
    )
    found = findable(dataset.projects.values())
    labels = {"placed": "a site, a line or a zone"}
    yield from _table(
        ("by", "code", "projects", *(f"{metres / 1000:g} km" for metres in FIND_WITHIN_M)),
        [
            (name, labels.get(row.code, f"`{row.code}`"), row.total, *row.within)
            for name, rows in found.items()
            for row in rows
        ],
    )
    mapped = sum(bool(segment.projects) for segment in dataset.segments)
    yield "## How much of the text is mapped\n"
    yield (
        f"Of {len(dataset.segments)} segments of clauses {'、'.join(dataset.ledger.clauses)}, "
        f"{mapped} are touched by an anchor; the ledger explains the other "
        f"{len(dataset.segments) - mapped}:\n"
    )
    reasons = Counter(entry.reason for entry in dataset.ledger.entries)
    yield from _table(
        ("reason", "含义", "meaning", "segments"),
        [
            (f"`{code}`", meaning["zh"], meaning["en"], reasons[code])
            for code, meaning in dataset.ledger.reasons.items()
        ],
    )


def _columns() -> Iterator[str]:
    yield "## Columns of the tables\n"
    yield (
        "CSV, the first sheet of the workbook, GeoPackage, Shapefile and the extended data of DXF have "
        "these columns. Field names of a Shapefile have at most ten characters.\n"
    )
    rows = []
    for column in COLUMNS:
        chinese, english = (explained(column, language) for language in ("zh", "en"))
        rows.append(
            (
                f"`{column.name}`",
                f"`{column.short}`",
                chinese[1],
                english[1],
                chinese[4],
                english[4],
            )
        )
    yield from _table(("column", "Shapefile field", "列名", "heading", "含义", "meaning"), rows)


def _files() -> Iterator[str]:
    yield "## Other files\n"
    rows = [
        ("`documents.json`", "each source text: file, sha256, title, issuer, dates"),
        ("`ledger.json`", "what of the text names no project, and why"),
        ("`related.json`", f"places that the {WORDS.document('en')} names under several works"),
        (
            "`events.json`",
            f"what happened since the {WORDS.document('en')}, each event with its source (optional)",
        ),
        (
            "`destinations.json`",
            f"where each line leads beyond {WORDS.place('en')}, by the ends of its geometry (optional)",
        ),
        ("`named_points.json`", "the places that each geometry was made from (optional)"),
        ("`searches.json`", "when and where a search found no event of a project (optional)"),
        (
            "`counties.geojson`",
            f"district polygons of {WORDS.place('en')} and its neighbours, for checks and ground",
        ),
        ("`rivers.geojson`", "the rivers, drawn below the projects"),
        (
            "`places.geojson`",
            "the gazetteer: towns, stations and other places, how each is known, how far off",
        ),
        ("`i18n/*.ftl`", "every word of the interface"),
    ]
    yield from _table(("file in `data/`", "what it holds"), rows)


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    def line(cells: Iterable[object]) -> str:
        return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

    titles = list(head)
    yield line(titles)
    yield line("---" for _ in titles)
    yield from map(line, rows)
    yield ""
