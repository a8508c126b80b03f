"""Validation of JSON values: schemas, invisible characters, and coordinates.

Each rule is a generator of faults. Coordinates are checked before Shapely sees them, because
Shapely closes open rings, reads true as 1, and does not say where in the file an error is. The
messages of `jsonschema` refer to schema keywords; here they are reworded for curators.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from threading import Lock
from typing import Any, Final

import jsonschema
import jsonschema_rs
from cachetools import LRUCache, cached

from geo.core.faults import DataError, Fault, first_invisible, iter_texts, quoted
from geo.core.files import Readable, read_json

LINE_BREAK: Final = "\n"


def character_faults(
    check: str,
    record: str,
    value: Any,
    *,
    lines: Collection[str] = (),
    besides: Collection[str] = (),
) -> Iterator[Fault]:
    """Yield a fault for each text in a JSON value that contains an invisible character.

    Fields in `lines` may contain line breaks. Fields in `besides` are skipped: they quote another
    text, whatever it contains. Both hold field names without their path, such as "basis".
    """
    for path, text in iter_texts(value):
        field = path.rpartition(".")[2]
        if field in besides:
            continue
        name = first_invisible(text, besides=LINE_BREAK if field in lines else "")
        if name:
            yield Fault(
                check,
                record,
                f"{path} {quoted(text)}",
                f"holds {name}, which a reader cannot see",
                "delete that character",
            )


LIST_DEPTH: Final = {
    "Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2,
    "Polygon": 2, "MultiPolygon": 3,
}  # fmt: skip
"""How many lists enclose the positions of each geometry type."""

POLYGONS: Final = ("Polygon", "MultiPolygon")
LINES: Final = ("LineString", "MultiLineString")

FEWEST_POSITIONS: Final = {"Polygon": 4, "LineString": 2}
"""Minimum number of positions in a ring and in a line."""

AXES: Final = 2
NUMBERS: Final = frozenset({int, float})
POSITION_CURE: Final = "write numbers as [longitude, latitude], nested as RFC 7946 says"


def coordinate_faults(check: str, record: str, geometry: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the first fault in a geometry's coordinates; its type must be a key of `LIST_DEPTH`."""
    kind = geometry["type"]
    for path, value, rule in _coordinate_errors(kind, geometry["coordinates"]):
        yield Fault(
            check, record, f"{path} {value}".strip(), f"makes no {kind}: {rule}", POSITION_CURE
        )
        return


def _coordinate_errors(kind: str, coordinates: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (path, value, rule) for each error, in file order at each level of nesting."""
    single_kind = kind.removeprefix("Multi")
    parts: list[tuple[str, Any]] = [("coordinates", coordinates)]
    # The innermost list is a line or a ring, except in a MultiPoint, which may have any length.
    for _ in range(LIST_DEPTH[kind] - 1):
        inner: list[tuple[str, Any]] = []
        for path, value in parts:
            yield from _list_errors(path, value)
            inner += _items(path, value)
        parts = inner
    positions: list[tuple[str, Any]] = [] if LIST_DEPTH[kind] else parts
    for path, value in parts if LIST_DEPTH[kind] else []:
        yield from _list_errors(path, value)
        if not _are_positions(value):
            positions += _items(path, value)
        elif single_kind in FEWEST_POSITIONS:
            yield from _line_errors(single_kind, path, value)
    for path, value in positions:
        if not _is_position(value):
            yield path, quoted(value), "a position is two numbers"


def _list_errors(path: str, value: Any) -> Iterator[tuple[str, str, str]]:
    if not isinstance(value, list) or not value:
        yield path, quoted(value), "it must be a list that is not empty"


def _items(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) for each item of a list; `_list_errors` reports a value of other type."""
    if isinstance(value, list):
        yield from ((f"{path}[{index}]", item) for index, item in enumerate(value))


def _line_errors(kind: str, path: str, positions: list[Any]) -> Iterator[tuple[str, str, str]]:
    fewest = FEWEST_POSITIONS[kind]
    if len(positions) < fewest:
        yield path, f"of {len(positions)} positions", f"it needs {fewest} at least"
    elif kind == "Polygon" and positions[0] != positions[-1]:
        yield path, f"from {positions[0]} to {positions[-1]}", "a ring ends where it begins"


def _are_positions(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_position, value))


def _is_position(value: Any) -> bool:
    # Exact types, because isinstance would accept a bool as an int.
    return (
        type(value) is list
        and len(value) == AXES
        and type(value[0]) in NUMBERS
        and type(value[1]) in NUMBERS
    )


SCHEMA_CURE: Final = "see the data contract in CONTRIBUTING.md for the keys and codes that exist"

Error = Any
"""A `jsonschema.ValidationError`; the library has no type annotations."""


def schema_faults(schema: Mapping[str, Any], value: Any, record: str) -> Iterator[Fault]:
    """Yield a fault for each violation of a JSON Schema by a value."""
    if _has_no_violation(schema, value):
        return
    kind = jsonschema.Draft202012Validator
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    for error in validator.iter_errors(value):
        path = ".".join(str(step) for step in error.absolute_path) or "the record"
        yield Fault("schema", record, path, _reason(error), SCHEMA_CURE)


def _has_no_violation(schema: Mapping[str, Any], value: Any) -> bool:
    """Return whether a value certainly keeps a schema: nearly all do, and this takes microseconds.

    `jsonschema` has the last word on all others, because the messages are made from its errors.
    """
    try:
        _, validator = _compiled(schema)
        return validator.is_valid(value)
    except UnicodeEncodeError:
        # A lone surrogate, which no other program could read either.
        return False


@cached(LRUCache(64), key=id, lock=Lock())
def _compiled(
    schema: Mapping[str, Any],
) -> tuple[Mapping[str, Any], jsonschema_rs.Draft202012Validator]:
    """Return a schema with its validator: no other schema can have its id while it is kept here."""
    return schema, jsonschema_rs.Draft202012Validator(dict(schema), validate_formats=True)


RECORDS: Final = {"type": "array"}
"""A list of records; they are validated one by one, so that a fault can name its record."""


def read_records(path: Readable, schema: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """Return the records of an optional file that holds a list; none if there is no such file.

    In a fault a record is named by `kind`, its number and its project. Raises DataError with all
    violations of the schema, and with invisible characters.
    """
    if not path.exists():
        return []
    content = read_json(path)
    faults = list(schema_faults(RECORDS, content, f"data/{path.name}"))
    if not faults:
        for number, entry in enumerate(content, start=1):
            project = entry.get("project") if isinstance(entry, Mapping) else None
            name = f"{kind} {number}" + (f" ({str(project)[:80]})" if project else "")
            faults += schema_faults(schema, entry, name)
            faults += character_faults("text-plain", name, entry)
    if faults:
        raise DataError(faults)
    return list(content)


def _reason(error: Error) -> str:
    """Return a violation in plain words."""
    wording = REASONS.get(error.validator)
    if wording:
        return wording(error)
    wanted = quoted(error.validator_value)
    return f"is {_shown(error)}, which breaks the rule {error.validator}: {wanted}"


def _unknown(error: Error) -> str:
    unknown = [key for key in error.instance if key not in error.schema["properties"]]
    return f"has the unknown key {', '.join(map(quoted, unknown))}"


def _missing(error: Error) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    return f"lacks {', '.join(map(quoted, missing))}"


def _missing_with(error: Error) -> str:
    given, missing = next(
        (given, [key for key in wanted if key not in error.instance])
        for given, wanted in error.validator_value.items()
        if given in error.instance and not set(wanted) <= set(error.instance)
    )
    return f"has {quoted(given)}, but lacks {', '.join(map(quoted, missing))}"


def _kind(error: Error) -> str:
    wanted = error.validator_value
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return f"is {_shown(error)}, but must be of type {' or '.join(kinds)}"


def _shown(error: Error) -> str:
    """Return the value in JSON notation: true and null, not True and None."""
    value = error.instance
    return quoted(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


REASONS: Final[Mapping[str, Callable[[Error], str]]] = {
    "additionalProperties": _unknown,
    "required": _missing,
    "type": _kind,
    "enum": lambda error: (
        f"is {_shown(error)}, but the codes are {', '.join(map(str, error.validator_value))}"
    ),
    "pattern": lambda error: f"is {_shown(error)}, but must match {error.validator_value}",
    "format": lambda error: f"is {_shown(error)}, but is no {error.validator_value} that there is",
    "minimum": lambda error: f"is {_shown(error)}, but must be {error.validator_value} at least",
    "exclusiveMinimum": lambda error: (
        f"is {_shown(error)}, but must be more than {error.validator_value}"
    ),
    "minItems": lambda error: (
        f"has {len(error.instance)} entries, but needs {error.validator_value} at least"
    ),
    "uniqueItems": lambda error: f"is {_shown(error)}, but no entry may stand twice",
    "dependentRequired": _missing_with,
    "maxLength": lambda error: (
        f"has {len(error.instance)} characters, but at most {error.validator_value} may stand"
    ),
}
"""The wording for each JSON Schema keyword that the data contract uses."""


SLUG: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"


COUNTY_CODE: Final = {"type": "string", "pattern": "^[0-9]{6}$"}
"""Which codes exist depends on the mapped place; the check `county-known` compares them."""


TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 2000, "pattern": r"\S"}


def object_schema(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others, all required but `optional`."""
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def unique_list(items: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list without duplicates."""
    return {"type": "array", "items": items, "uniqueItems": True}


def documented(
    schema: dict[str, Any],
    zh: str,
    en: str,
    *,
    unit: str = "",
    codelist: str = "",
    oc4ids: str = "",
) -> dict[str, Any]:
    """Return a schema with its data dictionary entry added, as `x-` keys."""
    entry = {"unit": unit, "zh": zh, "en": en, "codelist": codelist, "oc4ids": oc4ids}
    return schema | {f"x-{key}": value for key, value in entry.items() if value}


NAME: Final = TEXT | {"maxLength": 200}
"""Twice the longest name in the layer; it still works on a map, in a list and as a heading."""


POSITION: Final = {"type": "integer", "minimum": 0}


ANY_TEXT: Final = {"type": "string", "maxLength": 2000}


DATE: Final = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


ADDRESS: Final = {"type": "string", "pattern": r"^https?://[^\s\"<>]+$", "maxLength": 2000}
"""Not every browser opens an address of more than 2000 characters."""


CODE_POINTS: Final = "code points"


COLLECTION_SCHEMA: Final = {
    "type": "object",
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
    "required": ["type", "features"],
}
"""The FeatureCollection of a base layer; other members, such as bbox, are allowed."""


def feature_schema(properties: dict[str, Any], kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of a base layer's feature with these properties and geometry types."""
    return {
        "type": "object",
        "properties": {
            "type": {"const": "Feature"},
            "properties": properties,
            "geometry": {
                "type": "object",
                "properties": {
                    "type": {"enum": list(kinds)},
                    "coordinates": {"type": "array", "minItems": 1},
                },
                "required": ["type", "coordinates"],
            },
        },
        "required": ["type", "properties", "geometry"],
    }
