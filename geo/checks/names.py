"""The rules on the short names that the map writes: each says less, and means one project."""

from collections.abc import Iterator
from typing import Final

from geo.core.faults import Fault, quoted
from geo.core.i18n import LANGUAGES
from geo.layer.dataset import Dataset


def short_differs(dataset: Dataset) -> Iterator[Fault]:
    """A short name is not the whole name over again."""
    for project in dataset.projects.values():
        given = {"zh": project.short_zh, "en": project.short_en}
        for language, short in given.items():
            if short == project.name(language):
                yield Fault(
                    "short-differs",
                    project.id,
                    f"short_{language} {quoted(short)}",
                    "is the whole name, which the map writes anyway",
                    f"remove short_{language}, or write fewer words",
                )


def short_unique(dataset: Dataset) -> Iterator[Fault]:
    """A short name is not what the map writes for another project."""
    for language in LANGUAGES:
        written: dict[str, list[str]] = {}
        for project in dataset.projects.values():
            written.setdefault(project.short(language), []).append(project.id)
        for project in dataset.projects.values():
            short = project.short(language)
            others = [name for name in written[short] if name != project.id]
            if others and short != project.name(language):
                yield Fault(
                    "short-unique",
                    project.id,
                    f"short_{language} {quoted(short)}",
                    f"is what the map writes for {', '.join(others)} too",
                    "write one more word of the name, which tells them apart",
                )


NAME_CHECKS: Final = (short_differs, short_unique)
