"""Search that ignores width, case, spaces and script; finds Chinese by pinyin or initials too.

Traditional and simplified characters are the same for a search. OpenCC says which ones correspond;
it is asked for single characters, never for phrases, because only then a text keeps its length, and
a word means the same while it is typed as when it is complete.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any, Final, cast

from opencc import OpenCC

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


IDEOGRAPHS: Final = ((0x3400, 0xA000), (0x20000, 0x33480))
"""The half-open ranges of code points with Chinese characters in Unicode 17."""

SCRIPTS: Final = ("t2s", "hk2s", "tw2s")
"""The conversions of OpenCC to simplified characters: from its own standard of traditional ones, from
that of Hong Kong, and from that of Taiwan. Each knows a few characters that the others do not, such
as 衞 and 著."""


@cache
def simplified() -> dict[int, str]:
    """Return the table from a code point to the one simplified character that stands for it.

    Characters that stand for themselves are left out. The conversions are applied one after the
    other, so that no character leads to one that the table itself changes.
    """
    characters = [chr(code) for code in chain.from_iterable(range(*one) for one in IDEOGRAPHS)]
    converted = "\n".join(characters)
    for script in SCRIPTS:
        converted = OpenCC(script).convert(converted)
    pairs = zip(characters, converted.split("\n"), strict=True)
    return {ord(one): other for one, other in pairs if one != other}


def fold(words: str) -> str:
    """Return a text in normal form for comparison.

    It is half-width, case-folded, simplified, and without spaces.
    """
    plain = "".join(unicodedata.normalize("NFKC", words).casefold().split())
    return plain.translate(simplified())


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
    """Return the words of a query, folded; a project must contain all of them to match.

    A word of one Latin letter is left out: nearly every project has it somewhere in its English
    name or its pinyin, so it tells nothing until the next letter is typed. One Chinese character or
    one digit is a word.
    """
    words = [fold(word) for word in unicodedata.normalize("NFKC", query).split()]
    return [word for word in words if not (len(word) == 1 and word.isascii() and word.isalpha())]


def searched(query: str) -> str:
    """Return a query as typed, without the words that `words_of` leaves out."""
    return " ".join(word for word in query.split() if words_of(word))


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
