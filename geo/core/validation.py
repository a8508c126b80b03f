"""What breaks a JSON Schema, in words that need no knowledge of one."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import jsonschema

from geo.core.faults import Fault, quoted

CURE: Final = "see the data contract in CONTRIBUTING.md for the keys and codes that exist"

Error = Any
"""A `jsonschema.ValidationError`, which has no types of its own."""


def breaches(schema: Mapping[str, Any], value: Any, record: str) -> Iterator[Fault]:
    """Yield a fault for each way in which a value breaks a JSON Schema."""
    kind = jsonschema.Draft202012Validator
    validator = kind(schema, format_checker=kind.FORMAT_CHECKER)
    for error in validator.iter_errors(value):
        path = ".".join(str(step) for step in error.absolute_path) or "the record"
        yield Fault("schema", record, path, _reason(error), CURE)


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
