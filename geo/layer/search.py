"""Search that ignores width, case and spaces; finds Chinese by pinyin or initials too."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, cast

from geo.core.i18n import LANGUAGES, text
from geo.layer.projects import Project

PART_SEPARATOR: Final = "\n"
"""Separates the parts of a search index, so that no match extends across two of them."""


@dataclass(frozen=True)
class Snippet:
    """A text in which a query was found, and the matching half-open ranges [start, end), in order.

    `part` is "name", "words" (of the decision), "place" or "id".
    """

    part: str
    text: str
    marks: tuple[tuple[int, int], ...]

    def runs(self) -> Iterator[tuple[str, bool]]:
        """Yield the text as (run, whether it matches) pairs."""
        done = 0
        for start, end in self.marks:
            yield self.text[done:start], False
            yield self.text[start:end], True
            done = end
        yield self.text[done:], False


def fold(words: str) -> str:
    """Return a text in normal form for comparison: half-width, case-folded, without spaces."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def syllables(words: str, *, initials: bool = False) -> list[str]:
    """Return the pinyin of each character or its initial, or the character where it has none."""
    # Imported here, because it takes 50 MB, which most processes that make files do not need.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    style = Style.FIRST_LETTER if initials else Style.NORMAL
    # `errors=list` splits a run of other characters: the result has one item per character.
    return lazy_pinyin(words, style=style, errors=cast("Any", list))


def pinyin(words: str) -> str:
    """Return a text in pinyin, the sort key of Chinese names."""
    return " ".join(syllables(words))


def parts_of(project: Project) -> Iterator[tuple[str, str]]:
    """Yield (part, text) for each text of a project that is searched, as readers see it."""
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
    """Return a project's search index: its texts, and its name in pinyin and initials, folded."""
    spelled = ("".join(syllables(project.name_zh, initials=initials)) for initials in (False, True))
    texts = (shown for _, shown in parts_of(project))
    return PART_SEPARATOR.join(map(fold, (*texts, *spelled)))


def words_of(query: str) -> list[str]:
    """Return the words of a query, folded; a project must contain all of them to match."""
    return [fold(word) for word in unicodedata.normalize("NFKC", query).split()]


def snippet(project: Project, query: str) -> Snippet:
    """Return the text of a project that matches most words of a query, with the matches marked."""
    words = words_of(query)
    best = Snippet("name", project.name_zh, ())
    for part, shown in parts_of(project):
        spellings = _spellings(shown, spoken=shown == project.name_zh)
        marks = _merged(match for word in words if (match := _first_match(spellings, word)))
        if len(marks) > len(best.marks):
            best = Snippet(part, shown, marks)
    return best


@lru_cache(maxsize=20_000)
def _spellings(shown: str, *, spoken: bool) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Return the spellings of a text, each folded and with the source position of every letter.

    The text itself is a spelling; if `spoken`, its pinyin and its initials are too. Cached, because
    each keystroke of a search needs the spellings of a hundred projects.
    """
    spellings = [list(shown)]
    if spoken:
        spellings += [syllables(shown), syllables(shown, initials=True)]
    folded = []
    for spelling in spellings:
        # Folding can lengthen, shorten or drop a character, so positions are kept per letter.
        letters = [
            (letter, at) for at, syllable in enumerate(spelling) for letter in fold(syllable)
        ]
        folded.append(("".join(letter for letter, _ in letters), tuple(at for _, at in letters)))
    return tuple(folded)


def _first_match(
    spellings: Iterable[tuple[str, tuple[int, ...]]], word: str
) -> tuple[int, int] | None:
    """Return [start, end) of the characters that match a word, in the first spelling that does."""
    for letters, at in spellings:
        start = letters.find(word)
        if word and start >= 0:
            return at[start], at[start + len(word) - 1] + 1
    return None


def _merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the spans in order, with overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
