"""Every word of the interface, from one catalogue per language (Project Fluent, data/i18n/).

The folder of another place may hold catalogues of its own, with the messages that differ there, such as
the title; the names of its counties come from its `counties.geojson`. Both are read once, when the
program starts. `Words` is what pages and templates are given: the messages of one language.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Protocol

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast, visitor

from geo.core.faults import DataError
from geo.core.files import read_text
from geo.core.home import PACKAGE, PACKAGE_HOME, County, counties_at_start, find_home


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


def message_errors(locale: str, shipped: str, written: str) -> Iterator[tuple[str, str]]:
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


LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}
"""Our code of each language, and its locale, which decides plurals and number formats."""

FOLDER: Final = PACKAGE / "data" / "i18n"


@cache
def bundle(language: str) -> FluentBundle:
    """Return the catalogue of a language ("zh" or "en")."""
    # Isolation marks would end up in copied citations and in file names.
    made = FluentBundle([LANGUAGES[language]], use_isolating=False)
    shipped = read_text(FOLDER / f"{language}.ftl")
    made.add_resource(FluentResource(shipped))
    for county in counties_at_start():
        if not made.has_message(f"county-{county.code}"):
            made.add_resource(FluentResource(_label(county, language)))
    try:
        own = find_home().words(language)
        # A database holds the data alone: words of its own are for a folder.
        if isinstance(own, Path) and own != PACKAGE_HOME.words(language) and own.exists():
            written = read_text(own)
            if not list(message_errors(LANGUAGES[language], shipped, written)):
                made.add_resource(FluentResource(written), allow_overrides=True)
    except DataError:
        # The check `words-known` reports it; the page that shows the report must still open.
        return made
    return made


def _label(county: County, language: str) -> str:
    """Return the message that names a county."""
    name = county.name_en if language == "en" else county.name_zh
    return f"county-{county.code} = {fluent_literal(name)}"


def fluent_literal(words: str) -> str:
    """Return words as a Fluent literal, in which no brace means anything; its escapes are JSON's."""
    return f"{{ {json.dumps(words, ensure_ascii=False)} }}"


def text(language: str, key: str, /, **values: Any) -> str:
    """Return the message `key` in a language, with its values filled in.

    Raises KeyError for a key that the catalogue lacks, and ValueError for a value it needs.
    """
    return _format(language, key, tuple(values.items()))


@lru_cache(maxsize=20_000)
def _format(language: str, key: str, values: tuple[tuple[str, Any], ...]) -> str:
    """Format a message; most are the same from rerun to rerun, and a rerun says two hundred."""
    message = bundle(language).get_message(key)
    if message.value is None:
        raise KeyError(key)
    words, errors = bundle(language).format_pattern(message.value, dict(values))
    if errors:
        raise ValueError(f"{key} in {language}: {errors[0]}")
    return str(words)


def keys(language: str) -> frozenset[str]:
    """Return the keys of a language's catalogue."""
    return frozenset(bundle(language)._messages)  # noqa: SLF001 - Fluent offers no public listing


def language_of(locale: str | None) -> str:
    """Return our code for a browser's locale: Chinese for any zh, else English."""
    return "en" if locale and not locale.lower().startswith("zh") else "zh"


class Named(Protocol):
    """Whatever has a name in each language, such as a project."""

    def name(self, language: str) -> str:
        """Return the name in "zh" or "en"."""


@dataclass(frozen=True)
class Words:
    """Everything that can be said, in one language ("zh" or "en")."""

    language: str

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return a message of the catalogue."""
        return text(self.language, key, **values)

    def label(self, codelist: str, code: str) -> str:
        """Return the label of a code, such as ("sector", "rail")."""
        return self(f"{codelist}-{code}")

    def name(self, one: Named) -> str:
        """Return the name of a project in this language."""
        return one.name(self.language)

    def counties(self, codes: Iterable[str]) -> str:
        """Return the names of counties, joined."""
        named = [self.label("county", code) for code in codes]
        return self("list-separator").join(named) or self("detail-no-counties")

    def distance(self, metres: float) -> str:
        """Return a distance as people say it: 300 m, 2.5 km."""
        return f"{metres:g} m" if metres < 1000 else f"{metres / 1000:.3g} km"  # noqa: PLR2004
