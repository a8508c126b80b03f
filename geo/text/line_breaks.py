"""Hard line breaks: lines of a pasted text that break a sentence are joined, and page numbers dropped.

A line is joined to the next one only where the words show that the sentence goes on. Headings, numbered lines,
the rows of tables, and lines that are indented or that follow a blank line are left as they are.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from geo.text.clauses import heading_end

PAGE_NUMBER: Final = re.compile(
    r"[—–―－-]+\s*[0-9]{1,4}\s*[—–―－-]+|[0-9]{1,4}|第\s*[0-9]{1,4}\s*页(?:\s*[,，/]?\s*共\s*[0-9]{1,4}\s*页)?"
    r"|Page [0-9]{1,4}(?: of [0-9]{1,4})?",
    re.IGNORECASE,
)
ROW: Final = re.compile(r"\S(?:\t|[ \u3000]{2,})\S.*?(?:\t|[ \u3000]{2,})\S|\S\t\S")
"""A row of a table: columns with tabs or several spaces between them."""
BULLET: Final = re.compile(r"\s*(?:——|[•·▪■●◆★※*○□]|-\s|专栏|附[件表]|Table\b|Box\b|Annex\b)")
LABEL: Final = {
    "zh": re.compile(r"[^，。；、：:]{1,12}[：:]"),
    "en": re.compile(r"[A-Z][^.:;,]{1,40}:[ ]+\S"),
}
INDENTED: Final = re.compile(r"[\u3000]|[ \u00a0\t]{2,}")
ENDS: Final = {
    "zh": re.compile(r"[。！？；：!?;:…—][”’」』）)\]]*$"),
    "en": re.compile(r"[.!?;:][”’\"')\]]*$"),
}
"""What ends a paragraph in each language."""
OPEN: Final = {
    "zh": re.compile(r"[，,、（(“《和与及至的]$"),
    "en": re.compile(
        r"(?:[,–(-]|\b(?:the|a|an|of|and|or|to|for|in|at|by|with|from|on|its|their|as|be|is|are|will|shall))$"
    ),
}
"""A line that ends so goes on in the next one."""
SENTENCE: Final = {"zh": re.compile("[，,。；;]"), "en": re.compile(r"[,;]|[a-z]{2}[.]\s")}
"""A mark within a line that shows it to be running text, not a heading."""
LONGEST_HEADING: Final = 40
"""Longest line, in characters, that may be a numbered heading although a comma stands in it."""
LONGEST_LINE: Final = 20
"""The same of a line without a number."""
NEARLY_FULL: Final = 0.75
"""A line of this part of the length of the other broken lines is broken too."""
ENOUGH: Final = 3
"""How many lines have to be broken for certain before their length is a rule for the others."""
LONGEST_GAP: Final = 2
"""Most blank lines beside a dropped page number that do not end the paragraph."""


@dataclass(frozen=True)
class JoinedText:
    """A text after joining: how many line breaks were taken out, and the page numbers dropped."""

    text: str
    joined: int
    page_numbers: tuple[str, ...]


def join_lines(text: str, language: str) -> JoinedText:
    """Return a text whose sentences run over no line break, as far as that can be told.

    A text without such breaks is returned as it is, byte for byte.
    """
    lines, dropped = _without_page_numbers(text.splitlines(keepends=True))
    breaks = _Breaks(language, lines)
    made: list[str] = []
    joined = 0
    for number, line in enumerate(lines):
        if made and breaks.goes_on(made[-1], line, number):
            before = made[-1].rstrip()
            made[-1] = before + breaks.between(before, line.lstrip()) + line.lstrip()
            joined += 1
        else:
            made.append(line)
    return JoinedText("".join(made), joined, dropped)


def _without_page_numbers(lines: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Return the lines without page numbers, and without the blank lines round one in a sentence.

    A number alone is taken for a page's only if blank lines or the ends of the text surround it, or if
    dashes do.
    """
    kept: list[str] = []
    dropped: list[str] = []
    at = 0
    while at < len(lines):
        words = lines[at].strip()
        around = [not lines[one].strip() for one in (at - 1, at + 1) if 0 <= one < len(lines)]
        bare = words.isdigit() and not any(around)
        if not PAGE_NUMBER.fullmatch(words) or bare:
            kept.append(lines[at])
            at += 1
            continue
        dropped.append(words)
        at += 1
        blank: list[str] = []
        while kept and not kept[-1].strip():
            blank.append(kept.pop())
        while at < len(lines) and not lines[at].strip():
            blank.append(lines[at])
            at += 1
        broken = kept and at < len(lines) and not _complete(kept[-1]) and len(blank) <= LONGEST_GAP
        if not broken:
            kept.extend(blank[:1])
    return kept, tuple(dropped)


def _complete(line: str) -> bool:
    words = line.strip()
    running = any(mark.search(words) for mark in SENTENCE.values())
    return not running or any(mark.search(words) for mark in ENDS.values())


class _Breaks:
    """Tells which lines of a text in one language go on in the next line."""

    def __init__(self, language: str, lines: list[str]) -> None:
        self.language = language
        self.full = 0.0
        certain = sorted(
            len(line.strip())
            for line, after in pairwise(lines)
            if self._may_be_broken(line, after) and self._certain(line, after)
        )
        if len(certain) >= ENOUGH:
            self.full = certain[len(certain) // 2] * NEARLY_FULL

    def goes_on(self, line: str, after: str, number: int) -> bool:
        """Return whether a line, perhaps joined already, goes on in line `number` of the text."""
        if not self._may_be_broken(line, after):
            return False
        if self._certain(line, after):
            return True
        # The length says little about the title and what stands below it.
        return (
            bool(self.full)
            and number > ENOUGH
            and len(line.strip()) >= self.full
            and self._runs(after)
        )

    def between(self, before: str, after: str) -> str:
        """Return what stands where two lines are joined: a space between two words."""
        if self.language == "zh" or before.endswith(("-", "–", "(")):
            latin = (
                before[-1:].isascii()
                and after[:1].isascii()
                and before[-1:].isalpha()
                and after[:1].isalpha()
            )
            return " " if self.language == "zh" and latin else ""
        return " "

    def _may_be_broken(self, line: str, after: str) -> bool:
        words = line.strip()
        return bool(
            words
            and after.strip()
            and not ENDS[self.language].search(words)
            and not any(ROW.search(BULLET.sub("", one).strip()) for one in (line, after))
            and not INDENTED.match(after)
            and not heading_end(after)
            and not BULLET.match(after)
            and not LABEL[self.language].match(after.strip())
        )

    def _certain(self, line: str, after: str) -> bool:
        """Return whether the words alone show that the sentence goes on."""
        words = line.strip()
        if OPEN[self.language].search(words) and SENTENCE[self.language].search(words + after):
            return True
        if self.language == "en":
            return after.strip()[0].islower() and len(words) >= LONGEST_HEADING
        running = re.search("[。；;]", words)
        longest = LONGEST_HEADING if heading_end(line) else LONGEST_LINE
        return bool(running or (re.search("[，,]", words) and len(words) > longest))

    def _runs(self, after: str) -> bool:
        """Return whether a line looks like running text: it has a mark within it or at its end."""
        words = after.strip()
        return bool(SENTENCE[self.language].search(words) or ENDS[self.language].search(words))
