"""The texts of the interface, from one Project Fluent catalogue per language (data/i18n/).

Terms such as `{ -place }` are the words of the home (`geo.core.wording`), and the names of its
counties come from its `counties.geojson`. The folder of another place may also have catalogues of its
own, which override single messages. All are read once, when the program starts. Pages and templates receive a `Words`: the messages of one language.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, Protocol

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast, visitor

from geo.core.faults import DataError
from geo.core.files import read_text
from geo.core.home import PACKAGE, PACKAGE_HOME, County, counties_at_start, find_home
from geo.core.numerals import with_arabic
from geo.core.wording import Wording, wording_at_start


class _VariableNames(visitor.Visitor):
    """Collects the names of the variables in a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802 - Fluent's
        self.names.add(node.id.name)


def messages(catalogue: str) -> dict[str, set[str]]:
    """Return the keys of a catalogue, each with the names of its variables."""
    variables = {}
    for entry in FluentResource(catalogue).body:
        if isinstance(entry, ast.Message):
            collector = _VariableNames()
            collector.visit(entry)
            variables[entry.id.name] = collector.names
    return variables


def _clause(numeral: Any) -> Any:
    return with_arabic(str(numeral))


FUNCTIONS: Final[dict[str, Any]] = {"CLAUSE": _clause}
"""The functions that catalogues can use: `CLAUSE($clause)` is the number of a clause for readers who
do not know Chinese numerals."""


def _empty_bundle(locale: str) -> FluentBundle:
    # Isolation marks would end up in copied citations and in file names.
    return FluentBundle([locale], functions=FUNCTIONS, use_isolating=False)


def message_errors(locale: str, shipped: str, written: str) -> Iterator[tuple[str, str]]:
    """Yield (key, reason) for each message of a place's own catalogue that cannot be formatted.

    `written` is that catalogue; it overrides `shipped` and may use the same variables. Each message
    is formatted on trial, because only this reveals a reference to itself, or terms within terms
    that would fill the memory.
    """
    trial = _empty_bundle(locale)
    trial.add_resource(FluentResource(terms_resource(wording_at_start(), locale[:2])))
    trial.add_resource(FluentResource(shipped))
    trial.add_resource(FluentResource(written), allow_overrides=True)
    variables = messages(shipped)
    for key in messages(written):
        pattern = trial.get_message(key).value
        if pattern is None:
            yield key, "it has no words"
            continue
        try:
            _, errors = trial.format_pattern(pattern, dict.fromkeys(variables.get(key, ()), 1))
        except RecursionError:
            yield key, "it refers to itself"
            continue
        if errors:
            yield key, str(errors[0])


NONE: Final = "none"
"""What a message is given for a name that is not known: a selector cannot test for an empty text."""

LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}
"""The locale of each language code, which decides plurals and number formats."""

FOLDER: Final = PACKAGE / "data" / "i18n"


@cache
def bundle(language: str) -> FluentBundle:
    """Return the messages of a language ("zh" or "en")."""
    catalogue = _empty_bundle(LANGUAGES[language])
    shipped = read_text(FOLDER / f"{language}.ftl")
    catalogue.add_resource(FluentResource(shipped))
    wording = wording_at_start()
    catalogue.add_resource(FluentResource(terms_resource(wording, language)))
    for county in counties_at_start():
        if not catalogue.has_message(f"county-{county.code}"):
            catalogue.add_resource(FluentResource(_county_message(county, language)))
    own_credits = wording.credits(language)
    if own_credits is not None:
        resource = FluentResource(f"map-attribution = {fluent_literal(own_credits)}")
        catalogue.add_resource(resource, allow_overrides=True)
    try:
        path = find_home().words(language)
        if path != PACKAGE_HOME.words(language) and path.exists():
            written = read_text(path)
            if not list(message_errors(LANGUAGES[language], shipped, written)):
                catalogue.add_resource(FluentResource(written), allow_overrides=True)
    except DataError:
        # The check `words-known` reports this; the page that shows the report must still open.
        return catalogue
    return catalogue


def terms_resource(wording: Wording, language: str) -> str:
    """Return the terms of a home as a Fluent resource: `-place = { "资阳" }`.

    The attribute `-document.language` is the language of the document's text, and
    `-licence.stated` says whether the home states a licence ("yes" or "no").
    """
    written = []
    for key, words in wording.terms(language):
        written.append(f"-{key} = {fluent_literal(words)}")
        if key == "document":
            written.append(f"    .language = {wording.text_language}")
        if key == "licence":
            written.append(f"    .stated = {'yes' if words else 'no'}")
    return "\n".join(written)


def _county_message(county: County, language: str) -> str:
    """Return the Fluent message that names a county."""
    name = county.name_en if language == "en" else county.name_zh
    return f"county-{county.code} = {fluent_literal(name)}"


def fluent_literal(words: str) -> str:
    """Return text as a Fluent string literal, where braces mean nothing; the escapes are JSON's."""
    return f"{{ {json.dumps(words, ensure_ascii=False)} }}"


def text(language: str, key: str, /, **values: Any) -> str:
    """Return the message `key` in a language, with its variables filled in.

    Raises KeyError for an unknown key and ValueError for a missing variable.
    """
    return _format(language, key, tuple(values.items()))


@lru_cache(maxsize=20_000)
def _format(language: str, key: str, values: tuple[tuple[str, Any], ...]) -> str:
    """Format a message; cached, as each rerun formats some two hundred, mostly the same ones."""
    message = bundle(language).get_message(key)
    if message.value is None:
        raise KeyError(key)
    words, errors = bundle(language).format_pattern(message.value, dict(values))
    if errors:
        raise ValueError(f"{key} in {language}: {errors[0]}")
    return str(words)


def keys(language: str) -> frozenset[str]:
    """Return the message keys of a language."""
    return frozenset(bundle(language)._messages)  # noqa: SLF001 - Fluent offers no public listing


def language_of(locale: str | None) -> str:
    """Return the language code for a browser's locale: "zh" for any zh or none, else "en"."""
    return "en" if locale and not locale.lower().startswith("zh") else "zh"


class Named(Protocol):
    """Anything with a name in each language, such as a project."""

    def name(self, language: str) -> str:
        """Return the name in "zh" or "en"."""


@dataclass(frozen=True)
class Words:
    """The messages of one language ("zh" or "en")."""

    language: str

    def __call__(self, key: str, /, **values: Any) -> str:
        """Return the message `key` with its variables filled in."""
        return text(self.language, key, **values)

    def label(self, codelist: str, code: str) -> str:
        """Return the label of a code, such as ("sector", "rail")."""
        return self(f"{codelist}-{code}")

    def name(self, named: Named) -> str:
        """Return the name of a project in this language."""
        return named.name(self.language)

    def counties(self, codes: Iterable[str]) -> str:
        """Return the names of counties as a list in one text, or the message for none."""
        names = [self.label("county", code) for code in codes]
        return self("list-separator").join(names) or self("detail-no-counties")

    def distance(self, metres: float) -> str:
        """Return a distance in a readable unit: 300 m, 2.5 km."""
        return f"{metres:g} m" if metres < 1000 else f"{metres / 1000:.3g} km"  # noqa: PLR2004
