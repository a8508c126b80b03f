"""Rules on wording: the basis, short names, county codes, and a folder's own message catalogue."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from fluent.runtime import FluentResource
from fluent.syntax import ast

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_text
from geo.core.home import Home
from geo.core.i18n import FOLDER, LANGUAGES, message_errors, messages
from geo.layer.base_layers import own
from geo.layer.dataset import Dataset


def short_differs(dataset: Dataset) -> Iterator[Fault]:
    """Each short name differs from the full name."""
    for project in dataset.projects.values():
        short_names = {"zh": project.short_zh, "en": project.short_en}
        for language, short in short_names.items():
            if short == project.name(language):
                yield Fault(
                    "short-differs",
                    project.id,
                    f"short_{language} {quoted(short)}",
                    "is the whole name, which the map writes anyway",
                    f"remove short_{language}, or write fewer words",
                )


def short_unique(dataset: Dataset) -> Iterator[Fault]:
    """Each short name differs from the names that the map shows for other projects."""
    for language in LANGUAGES:
        ids_by_name: dict[str, list[str]] = {}
        for project in dataset.projects.values():
            ids_by_name.setdefault(project.short(language), []).append(project.id)
        for project in dataset.projects.values():
            short = project.short(language)
            others = [other for other in ids_by_name[short] if other != project.id]
            if others and short != project.name(language):
                yield Fault(
                    "short-unique",
                    project.id,
                    f"short_{language} {quoted(short)}",
                    f"is what the map writes for {', '.join(others)} too",
                    "write one more word of the name, which tells them apart",
                )


def basis_languages(dataset: Dataset) -> Iterator[Fault]:
    """Each basis consists of two lines: Chinese, then English."""
    for project in dataset.projects.values():
        if project.basis.count("\n") != 1 or not project.basis_in("en").strip():
            yield Fault(
                "basis-languages",
                project.id,
                quoted(project.basis),
                "must be one line in Chinese and one in English",
                "part the two with a single line break",
            )


def county_known(dataset: Dataset) -> Iterator[Fault]:
    """Each county of a project is one of the place's own."""
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
    """A folder's own catalogue has only messages and variables that the interface has."""
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
    shipped = read_text(FOLDER / f"{language}.ftl")
    known = messages(shipped)
    for entry in FluentResource(written).body:
        if isinstance(entry, ast.Junk):
            yield Fault(
                "words-known",
                record,
                quoted(entry.content),
                "is no message",
                "write it as: key = words",
            )
    for key, variables in messages(written).items():
        unknown = [f"${name}" for name in sorted(variables - known.get(key, variables))]
        if key not in known or unknown:
            yield Fault(
                "words-known",
                record,
                f"{quoted(key)}{' fills in ' if unknown else ''}{', '.join(unknown)}",
                "which the interface does not know"
                if unknown
                else "is no message of the interface",
                "use the keys and values of the catalogue in this project's data/i18n/",
            )

    for key, reason in message_errors(LANGUAGES[language], shipped, written):
        yield Fault(
            "words-known",
            record,
            f"{quoted(key)} ({reason[:80]})",
            "cannot be said",
            "write its words out, with no reference to itself or to what is not there",
        )


NAME_CHECKS: Final = (basis_languages, short_differs, short_unique, county_known, words_known)
