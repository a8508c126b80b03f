"""Validation of JSON values: their schema, their characters, and the coordinates of a geometry.

Each rule is a generator of faults. Coordinates are checked here, before Shapely sees them, because
Shapely closes open rings, takes true for 1, and does not say where in the file an error lies. Messages
of `jsonschema` speak of keywords; here they are reworded for a curator.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Final

import jsonschema

from geo.core.faults import Fault, first_invisible, iter_texts, quoted

LINE_BREAK: Final = "\n"


def character_faults(
    check: str,
    record: str,
    value: Any,
    *,
    lines: Collection[str] = (),
    besides: Collection[str] = (),
) -> Iterator[Fault]:
    """Yield a fault for each text in a JSON value that holds a character which cannot be seen.

    In the fields of `lines` a line break may stand; those of `besides` are bound to a text elsewhere,
    whatever it holds. A field is known by the end of its path, such as "basis".
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
"""How many lists lie around the positions of each type."""

POLYGONS: Final = ("Polygon", "MultiPolygon")
LINES: Final = ("LineString", "MultiLineString")

FEWEST_POSITIONS: Final = {"Polygon": 4, "LineString": 2}
"""Positions of a ring, and of a line."""

AXES: Final = 2
NUMBERS: Final = frozenset({int, float})
POSITION_CURE: Final = "write numbers as [longitude, latitude], nested as RFC 7946 says"


def coordinate_faults(check: str, record: str, geometry: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the first fault in a geometry's coordinates; its type must be one of `LIST_DEPTH`."""
    kind = geometry["type"]
    for path, value, rule in _coordinate_errors(kind, geometry["coordinates"]):
        yield Fault(
            check, record, f"{path} {value}".strip(), f"makes no {kind}: {rule}", POSITION_CURE
        )
        return


def _coordinate_errors(kind: str, coordinates: Any) -> Iterator[tuple[str, str, str]]:
    """Yield (path, value, rule) of each thing that is wrong, the first one first."""
    whole = kind.removeprefix("Multi")
    parts: list[tuple[str, Any]] = [("coordinates", coordinates)]
    # The last list around positions is a line or a ring; a MultiPoint's has no length of its own.
    for _ in range(LIST_DEPTH[kind] - 1):
        inner: list[tuple[str, Any]] = []
        for path, value in parts:
            yield from _list_errors(path, value)
            inner += _inside(path, value)
        parts = inner
    positions: list[tuple[str, Any]] = [] if LIST_DEPTH[kind] else parts
    for path, value in parts if LIST_DEPTH[kind] else []:
        yield from _list_errors(path, value)
        if not _are_positions(value):
            positions += _inside(path, value)
        elif whole in FEWEST_POSITIONS:
            yield from _line_errors(whole, path, value)
    for path, value in positions:
        if not _is_position(value):
            yield path, quoted(value), "a position is two numbers"


def _list_errors(path: str, value: Any) -> Iterator[tuple[str, str, str]]:
    if not isinstance(value, list) or not value:
        yield path, quoted(value), "it must be a list that is not empty"


def _inside(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (path, value) of each thing in a list; what is none has been said already."""
    if isinstance(value, list):
        yield from ((f"{path}[{number}]", one) for number, one in enumerate(value))


def _line_errors(whole: str, path: str, positions: list[Any]) -> Iterator[tuple[str, str, str]]:
    fewest = FEWEST_POSITIONS[whole]
    if len(positions) < fewest:
        yield path, f"of {len(positions)} positions", f"it needs {fewest} at least"
    elif whole == "Polygon" and positions[0] != positions[-1]:
        yield path, f"from {positions[0]} to {positions[-1]}", "a ring ends where it begins"


def _are_positions(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_position, value))


def _is_position(value: Any) -> bool:
    # Of exactly these types: a bool is an int to Python, and no number to anybody else.
    return (
        type(value) is list
        and len(value) == AXES
        and type(value[0]) in NUMBERS
        and type(value[1]) in NUMBERS
    )


SCHEMA_CURE: Final = "see the data contract in CONTRIBUTING.md for the keys and codes that exist"

Error = Any
"""A `jsonschema.ValidationError`, which has no types of its own."""


def schema_faults(schema: Mapping[str, Any], value: Any, record: str) -> Iterator[Fault]:
    """Yield a fault for each way in which a value breaks a JSON Schema."""
    kind = jsonschema.Draft202012Validator
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    for error in validator.iter_errors(value):
        path = ".".join(str(step) for step in error.absolute_path) or "the record"
        yield Fault("schema", record, path, _reason(error), SCHEMA_CURE)


def _reason(error: Error) -> str:
    """Say a breach in words."""
    said = REASONS.get(error.validator)
    if said:
        return said(error)
    wanted = quoted(error.validator_value)
    return f"is {_shown(error)}, which breaks the rule {error.validator}: {wanted}"


def _unknown(error: Error) -> str:
    unknown = [key for key in error.instance if key not in error.schema["properties"]]
    return f"has the unknown key {', '.join(map(quoted, unknown))}"


def _missing(error: Error) -> str:
    missing = [key for key in error.validator_value if key not in error.instance]
    return f"lacks {', '.join(map(quoted, missing))}"


def _kind(error: Error) -> str:
    wanted = error.validator_value
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return f"is {_shown(error)}, but must be of type {' or '.join(kinds)}"


def _shown(error: Error) -> str:
    """Return the value as its file has it: true and null, not Python's names for them."""
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
    "maxLength": lambda error: (
        f"has {len(error.instance)} characters, but at most {error.validator_value} may stand"
    ),
}
"""How each keyword of JSON Schema that the contract uses is said."""


SLUG: Final = "^[a-z0-9]+(-[a-z0-9]+)*$"


COUNTY_CODE: Final = {"type": "string", "pattern": "^[0-9]{6}$"}
"""Which codes there are is a matter of the place; a check knows them."""


TEXT: Final = {"type": "string", "minLength": 1, "maxLength": 2000, "pattern": r"\S"}


def object_schema(properties: dict[str, Any], optional: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the schema of an object with these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def unique_list(items: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list in which no entry stands twice."""
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
    """Return a schema with its entry in the data dictionary."""
    told = {"unit": unit, "zh": zh, "en": en, "codelist": codelist, "oc4ids": oc4ids}
    return schema | {f"x-{key}": value for key, value in told.items() if value}


NAME: Final = TEXT | {"maxLength": 200}
"""Twice the longest name of the layer: on a map, in a list and as a heading it is still one."""


POSITION: Final = {"type": "integer", "minimum": 0}


ANY_TEXT: Final = {"type": "string", "maxLength": 2000}


DATE: Final = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}


ADDRESS: Final = {"type": "string", "pattern": r"^https?://[^\s\"<>]+$", "maxLength": 2000}
"""An address longer than 2000 characters is not opened by every browser."""


CODE_POINTS: Final = "code points"


COLLECTION_SCHEMA: Final = {
    "type": "object",
    "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array"}},
    "required": ["type", "features"],
}
"""The envelope of a layer of the ground, in which more may stand, such as a bbox."""


def feature_schema(properties: dict[str, Any], kinds: tuple[str, ...]) -> dict[str, Any]:
    """Return the schema of a feature of the ground with these properties and types of geometry."""
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
