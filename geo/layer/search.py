"""Search that forgives: width, case, spacing; Chinese by characters, pinyin or initials."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from pypinyin import Style, lazy_pinyin

from geo.core.i18n import LANGUAGES, text
from geo.layer.projects import Project

PART_SEPARATOR: Final = "\n"
"""Stands between the parts of an index, so that no word is found across two of them."""


@dataclass(frozen=True)
class Snippet:
    """Where a query was found: the words around it, and the [start, end) that match, in order.

    `part` is "name", "words" (of the decision), "place" or "id".
    """

    part: str
    text: str
    marks: tuple[tuple[int, int], ...]

    def runs(self) -> Iterator[tuple[str, bool]]:
        """Yield the text in runs, each with whether it matched."""
        done = 0
        for start, end in self.marks:
            yield self.text[done:start], False
            yield self.text[start:end], True
            done = end
        yield self.text[done:], False


def fold(words: str) -> str:
    """Return words without what a reader should not have to mind: width, case, spaces."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def syllables(words: str, style: Style = Style.NORMAL) -> list[str]:
    """Return the pinyin of each character, or the character itself where it has none."""
    # Not the whole run of other characters as one: each keeps its own place.
    return lazy_pinyin(words, style=style, errors=cast("Any", list))


def pinyin(words: str) -> str:
    """Return words in pinyin, by which Chinese names are sorted."""
    return " ".join(syllables(words))


def parts_of(project: Project) -> Iterator[tuple[str, str]]:
    """Yield (part, text) for all that a search looks in, as a reader would see it."""
    yield "name", project.name_zh
    yield "name", project.name_en
    for anchor in project.anchors:
        yield "words", anchor.exact
    for code in project.counties:
        for language in LANGUAGES:
            yield "place", text(language, f"county-{code}")
    for place in project.outside:
        yield "place", place
    yield "id", project.id


def searchable(project: Project) -> str:
    """Return all that a search looks in, folded, and the name in pinyin and initials."""
    spelled = (
        "".join(syllables(project.name_zh, style)) for style in (Style.NORMAL, Style.FIRST_LETTER)
    )
    return PART_SEPARATOR.join(
        fold(one) for one in (*(part for _, part in parts_of(project)), *spelled)
    )


def words_of(query: str) -> list[str]:
    """Return the words of a query, folded; a project must hold all of them."""
    return [fold(word) for word in unicodedata.normalize("NFKC", query).split()]


def snippet(project: Project, query: str) -> Snippet:
    """Return the part of a project that holds most words of a query, with these marked."""
    words = words_of(query)
    best = Snippet("name", project.name_zh, ())
    for part, shown in parts_of(project):
        spelled = _spellings(shown, spoken=shown == project.name_zh)
        marks = _merged(found for word in words if (found := _first(spelled, word)))
        if len(marks) > len(best.marks):
            best = Snippet(part, shown, marks)
    return best


@lru_cache(maxsize=20_000)
def _spellings(shown: str, *, spoken: bool) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return each way to spell a text, folded, and for each of its letters the character it spells.

    A text is spelled as it stands; one that is `spoken` in pinyin and in initials too. Kept, because
    each letter of a search asks for those of a hundred projects.
    """
    ways = [list(shown)]
    if spoken:
        ways += [syllables(shown), syllables(shown, Style.FIRST_LETTER)]
    made = []
    for way in ways:
        # Folding can lengthen, shorten or drop a character: each keeps its own number.
        letters = [(letter, at) for at, one in enumerate(way) for letter in fold(one)]
        made.append(("".join(letter for letter, _ in letters), tuple(at for _, at in letters)))
    return tuple(made)


def _first(spellings: Iterable[tuple[str, tuple[int, ...]]], word: str) -> tuple[int, int] | None:
    """Return [start, end) of the characters that spell a word, in the first spelling that does."""
    for letters, at in spellings:
        start = letters.find(word)
        if word and start >= 0:
            return at[start], at[start + len(word) - 1] + 1
    return None


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return spans in order, those that overlap as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
