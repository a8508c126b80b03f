"""The rules that tie a folder to its place: counties it knows, and words the interface has."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from fluent.runtime import FluentResource
from fluent.syntax import ast, visitor

from geo.counties import own
from geo.dataset import Dataset
from geo.faults import DataError, Fault, quoted
from geo.home import Home, read_text
from geo.i18n import FOLDER, LANGUAGES


def county_known(dataset: Dataset) -> Iterator[Fault]:
    """Each county that a project names is one of the place's own."""
    known = list(own(dataset.counties).index)
    for project in dataset.projects.values():
        for code in project.counties:
            if code not in known:
                yield Fault(
                    "county-known",
                    project.id,
                    f"county {code}",
                    "is none of the place's own",
                    f"write some of {', '.join(known)}, and places beyond them into outside",
                )


def words_known(dataset: Dataset) -> Iterator[Fault]:
    """A folder's own catalogue holds only messages that the interface has, with the values it has."""
    for language in LANGUAGES:
        path = dataset.home.words(language)
        if not isinstance(path, Path) or path.parent == FOLDER or not path.exists():
            continue
        yield from _catalogue_faults(dataset.home, language)


def _catalogue_faults(home: Home, language: str) -> Iterator[Fault]:
    record = f"data/i18n/{language}.ftl"
    try:
        written = read_text(home.words(language))
    except DataError as error:
        yield from (replace(fault, check="words-known") for fault in error.faults)
        return
    known = _messages(read_text(FOLDER / f"{language}.ftl"))
    for entry in FluentResource(written).body:
        if isinstance(entry, ast.Junk):
            yield Fault(
                "words-known",
                record,
                quoted(entry.content),
                "is no message",
                "write it as: key = words",
            )
    for key, values in _messages(written).items():
        strange = [f"${name}" for name in sorted(values - known.get(key, values))]
        if key not in known or strange:
            yield Fault(
                "words-known",
                record,
                f"{quoted(key)}{' fills in ' if strange else ''}{', '.join(strange)}",
                "which the interface does not know"
                if strange
                else "is no message of the interface",
                "use the keys and values of the catalogue in this project's data/i18n/",
            )


class _Values(visitor.Visitor):
    """Collects the names of the values that a message fills in."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's
        self.names.add(node.id.name)


def _messages(catalogue: str) -> dict[str, set[str]]:
    """Return the keys of a catalogue, each with the names of the values it fills in."""
    found = {}
    for entry in FluentResource(catalogue).body:
        if isinstance(entry, ast.Message):
            values = _Values()
            values.visit(entry)
            found[entry.id.name] = values.names
    return found


PLACE_CHECKS: Final = (county_known, words_known)
