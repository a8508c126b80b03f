"""The data dictionary, `docs/data.md`: made from the schema, the codelists and the layer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo.core.i18n import text
from geo.layer.codes import COUNTIES, EVENT_TYPES, OUTSIDE, PRECISIONS, SECTORS, SINCE, STAGES
from geo.layer.dataset import Dataset
from geo.layer.events import EVENT, EVENT_SOURCE
from geo.layer.projects import DESTINATION
from geo.layer.schema import ANCHOR, PROPERTIES, REFERENCE
from geo.text.ledger import ENTRY

HEAD = """# Data dictionary

Made by `python -m geo dictionary` from the schema, the codelists and the layer; a test keeps it so.

`data/projects.geojson` is a FeatureCollection (RFC 7946; longitude, latitude; WGS 84), sorted by id.
Stages are as of the decision's adoption. OC4IDS is version 0.9.5; its codes and the IATI exactness are
derived when the data is exported, never stored. Positions count Unicode code points, end excluded.
"""


def data_dictionary(dataset: Dataset) -> str:
    """Return the dictionary as Markdown."""
    return "\n".join([HEAD, *_fields(), *_codelists(dataset), *_tallies(dataset), *_files()])


def _fields() -> Iterator[str]:
    for title, schema in (
        ("Properties of a project", PROPERTIES),
        ("An anchor (W3C TextQuoteSelector and TextPositionSelector)", ANCHOR),
        ("A reference", REFERENCE),
        ("An entry of the ledger", ENTRY),
        ("An event since the decision, in `events.json`", EVENT),
        ("The source of an event", EVENT_SOURCE),
        ("A destination, in `destinations.json`", DESTINATION),
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
        [(*both("sector", one.code), one.oc4ids, sectors[one.code]) for one in SECTORS],
    )
    yield "## Codelist: stage\n"
    yield from _table(
        ("code", "名称", "label", "OC4IDS projectStatus", "OC4IDS projectType", "projects"),
        [
            (*both("stage", one.code), one.oc4ids_status, one.oc4ids_type, stages[one.code])
            for one in STAGES
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
        "stage of the decision is another fact and stays.\n"
    )
    since = Counter(frame["since"])
    yield from _table(
        ("code", "名称", "label", "state", "of", "projects"),
        [(*both("since", one.code), one.state, one.scope, since[one.code]) for one in SINCE],
    )
    yield "## Codelist: event-type\n"
    types = Counter(event.type for event in dataset.events)
    yield from _table(
        ("code", "名称", "label", "shows the state", "events"),
        [(*both("event-type", one.code), one.shows, types[one.code]) for one in EVENT_TYPES],
    )


def _tallies(dataset: Dataset) -> Iterator[str]:
    found = Counter(dataset.frame["precision"])
    yield "## How well the places are known\n"
    rows = [
        (
            f"`{one.code}`",
            text("zh", f"precision-{one.code}"),
            text("en", f"precision-{one.code}-note"),
            one.iati,
            found[one.code],
        )
        for one in PRECISIONS
    ]
    yield from _table(("precision", "名称", "meaning", "IATI exactness", "projects"), rows)
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
            (f"`{code}`", said["zh"], said["en"], reasons[code])
            for code, said in dataset.ledger.reasons.items()
        ],
    )


def _files() -> Iterator[str]:
    yield "## Other files\n"
    rows = [
        ("`documents.json`", "each source text: file, sha256, title, issuer, dates"),
        ("`ledger.json`", "what of the text names no project, and why"),
        ("`related.json`", "places that the decision names under several works"),
        (
            "`events.json`",
            "what happened since the decision, each event with its source (optional)",
        ),
        (
            "`destinations.json`",
            "where each line leads beyond Ziyang, by the ends of its geometry (optional)",
        ),
        (
            "`counties.geojson`",
            "district polygons of Ziyang and its neighbours, for checks and ground",
        ),
        ("`rivers.geojson`, `places.geojson`", "the ground of the map: rivers, towns, stations"),
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
