"""Every word of the interface, from one catalogue per language (Project Fluent, data/i18n/)."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from fluent.runtime import FluentBundle, FluentResource

from geo.home import read_text

LANGUAGES: Final = {"zh": "zh-CN", "en": "en-GB"}
"""Our code of each language, and its locale, which decides plurals and number formats."""

FOLDER: Final = Path(__file__).resolve().parent.parent / "data" / "i18n"


@cache
def bundle(language: str) -> FluentBundle:
    """Return the catalogue of a language ("zh" or "en")."""
    # Isolation marks would end up in copied citations and in file names.
    made = FluentBundle([LANGUAGES[language]], use_isolating=False)
    made.add_resource(FluentResource(read_text(FOLDER / f"{language}.ftl")))
    return made


def text(language: str, key: str, /, **values: Any) -> str:
    """Return the message `key` in a language, with its values filled in.

    Raises KeyError for a key that the catalogue lacks, and ValueError for a value it needs.
    """
    message = bundle(language).get_message(key)
    if message.value is None:
        raise KeyError(key)
    words, errors = bundle(language).format_pattern(message.value, values)
    if errors:
        raise ValueError(f"{key} in {language}: {errors[0]}")
    return str(words)


def keys(language: str) -> frozenset[str]:
    """Return the keys of a language's catalogue."""
    return frozenset(bundle(language)._messages)  # noqa: SLF001 - Fluent offers no public listing


def language_of(locale: str | None) -> str:
    """Return our code for a browser's locale: Chinese for any zh, else English."""
    return "en" if locale and not locale.lower().startswith("zh") else "zh"
