"""Search that forgives: width, case, spacing; Chinese by characters, pinyin or initials."""

import unicodedata
from typing import Final

from pypinyin import Style, lazy_pinyin

from geo.features import Project
from geo.i18n import LANGUAGES, text

BETWEEN: Final = "\n"
"""Stands between the parts of an index, so that no word is found across two of them."""


def fold(words: str) -> str:
    """Return words without what a reader should not have to mind: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def searchable(project: Project) -> str:
    """Return all that a search looks in: names, pinyin, quotes, places and the id, folded."""
    places = [
        text(language, f"county-{code}") for code in project.counties for language in LANGUAGES
    ]
    parts = [
        project.name_zh,
        project.name_en,
        "".join(lazy_pinyin(project.name_zh)),
        "".join(lazy_pinyin(project.name_zh, style=Style.FIRST_LETTER)),
        project.id,
        *(anchor.exact for anchor in project.anchors),
        *places,
        *project.outside,
    ]
    return BETWEEN.join(fold(part) for part in parts)


def words_of(query: str) -> list[str]:
    """Return the words of a query, folded; a project must hold all of them."""
    return [fold(word) for word in unicodedata.normalize("NFKC", query).split()]


def snippet(project: Project, query: str) -> str:
    """Return where the first word of a query was found: a quote, a place, or the name."""
    words = words_of(query)
    if words:
        for part in (*(anchor.exact for anchor in project.anchors), *project.outside):
            if words[0] in fold(part):
                return part
    return project.name_zh
