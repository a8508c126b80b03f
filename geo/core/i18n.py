"""Every word of the interface, from one catalogue per language (Project Fluent, data/i18n/).

The folder of another place may hold catalogues of its own, with the messages that differ there,
such as the title; the names of its counties come from its `counties.geojson`. Both are read once,
when the program starts.
"""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

from geo.core.catalogue import unsayable
from geo.core.faults import DataError
from geo.core.home import PACKAGE, PACKAGE_HOME, find_home, read_text
from geo.core.place import County, counties_at_start

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
            if not list(unsayable(LANGUAGES[language], shipped, written)):
                made.add_resource(FluentResource(written), allow_overrides=True)
    except DataError:
        # The check `words-known` reports it; the page that shows the report must still open.
        return made
    return made


def _label(county: County, language: str) -> str:
    """Return the message that names a county."""
    name = county.name_en if language == "en" else county.name_zh
    return f"county-{county.code} = {literal(name)}"


def literal(words: str) -> str:
    """Return words as a Fluent literal, in which no brace means anything; its escapes are JSON's."""
    return f"{{ {json.dumps(words, ensure_ascii=False)} }}"


def text(language: str, key: str, /, **values: Any) -> str:
    """Return the message `key` in a language, with its values filled in.

    Raises KeyError for a key that the catalogue lacks, and ValueError for a value it needs.
    """
    return _said(language, key, tuple(values.items()))


@lru_cache(maxsize=20_000)
def _said(language: str, key: str, values: tuple[tuple[str, Any], ...]) -> str:
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
