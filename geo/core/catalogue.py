"""A catalogue of messages (Project Fluent) looked at before anything is said with it."""

from collections.abc import Iterator

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast, visitor


class _Values(visitor.Visitor):
    """Collects the names of the values that a message fills in."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's
        self.names.add(node.id.name)


def messages(catalogue: str) -> dict[str, set[str]]:
    """Return the keys of a catalogue, each with the names of the values it fills in."""
    found = {}
    for entry in FluentResource(catalogue).body:
        if isinstance(entry, ast.Message):
            values = _Values()
            values.visit(entry)
            found[entry.id.name] = values.names
    return found


def unsayable(locale: str, shipped: str, written: str) -> Iterator[tuple[str, str]]:
    """Yield (key, reason) of each message of a place's own catalogue that cannot be said.

    `shipped` is the catalogue that it stands above, and whose values it is given. What refers to
    itself, or to terms within terms that would fill the memory, is known only when it is put together.
    """
    trial = FluentBundle([locale], use_isolating=False)
    trial.add_resource(FluentResource(shipped))
    trial.add_resource(FluentResource(written), allow_overrides=True)
    given = messages(shipped)
    for key in messages(written):
        pattern = trial.get_message(key).value
        if pattern is None:
            yield key, "it has no words"
            continue
        try:
            _, errors = trial.format_pattern(pattern, dict.fromkeys(given.get(key, ()), 1))
        except RecursionError:
            yield key, "it refers to itself"
            continue
        if errors:
            yield key, str(errors[0])
