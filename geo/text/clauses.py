"""Clause numbering: how a text numbers its clauses, and the path of numerals that names each one.

Clauses nest as deep as the text numbers them. In a report whose "(一)" begins anew in each "一、",
the first item under "三、(一)" is "三(一)1". The nesting is read from the text itself: a number that
starts at one opens a level below the clause it stands in, and a number that continues an open level
closes everything below that level. An excerpt may begin its chapters or parts at any number.

A level that counts on across the numbered parts above it ("(七)" is the first clause of part
"四、") names its clauses alone, without the parts: "七". Articles (第七条) always do.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from geo.core.numerals import CIRCLED, DIGITS, NUMERAL, UNITS, number_of

SPACE: Final = r"[ \u00a0\u3000\t]*"
ROMAN: Final = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

Number = tuple[int, ...]
"""The value of a numeral; only decimal numerals ("2.1") have more than one part."""


def _roman(numeral: str) -> int:
    values = [ROMAN[letter] for letter in numeral.lower()]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def _chinese(numeral: str) -> Number:
    return (number_of(numeral),)


def _decimal(numeral: str) -> Number:
    return tuple(map(int, numeral.split(".")))


def _circled(numeral: str) -> Number:
    return (CIRCLED.index(numeral) + 1,)


def _letter(numeral: str) -> Number:
    return (ord(numeral.lower()) - ord("a") + 1,)


def _roman_number(numeral: str) -> Number:
    return (_roman(numeral),)


NUMBER_WORDS: Final = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def _word_number(numeral: str) -> Number:
    if numeral.lower() in NUMBER_WORDS:
        return (NUMBER_WORDS.index(numeral.lower()) + 1,)
    return (int(numeral) if numeral.isdigit() else _roman(numeral),)


@dataclass(frozen=True)
class Style:
    """A way of numbering: its code, a sample, the pattern of a heading, and its place in a path.

    `heading` matches at the start of a line, with the numeral as group 1; `number` is its value. In
    the path of a nested clause the numeral is written as in `mark`. A `whole` numeral, such as
    "2.1", names the numbers above it too.
    """

    code: str
    sample: str
    heading: re.Pattern[str]
    number: Callable[[str], Number]
    mark: str = "{}"
    whole: bool = False


def _style(
    code: str,
    sample: str,
    pattern: str,
    number: Callable[[str], Number],
    mark: str = "{}",
    *,
    whole: bool = False,
) -> Style:
    return Style(code, sample, re.compile(SPACE + pattern), number, mark, whole)


def _division(code: str, word: str) -> Style:
    return _style(code, f"第一{word}", rf"第({NUMERAL}|[1-9][0-9]?){word}", _chinese)


def _word(word: str) -> Style:
    numerals = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
    pattern = rf"(?:{word}|{word.upper()})[ \u00a0]+([1-9][0-9]{{0,2}}|[IVXLC]+|(?i:{numerals}))\b(?=[ \u00a0:.]|$)[:.]?"
    return _style(f"word-{word.lower()}", f"{word} 1", pattern, _word_number)


STYLES: Final = (
    _division("part", "编"),
    _division("division", "部分"),
    _division("chapter", "章"),
    _division("section", "节"),
    _style("article", "第一条", rf"第({NUMERAL})条", _chinese),
    _style("enumerated", "一、", rf"({NUMERAL})[、．.]", _chinese),
    _style("bracketed", "(一)", rf"[(（]({NUMERAL})[)）]", _chinese, "({})"),
    # "2.5亿元" at the start of a line is an amount, not a clause.
    _style("arabic", "1.", r"([1-9][0-9]{0,4})(?:[.．](?![0-9])|、)", _decimal),
    _style("decimal", "1.1", r"([1-9][0-9]?\.[1-9][0-9]?)\.?(?=[ \u00a0\u3000\t])", _decimal, whole=True),
    _style("decimal-3", "1.1.1", r"([1-9][0-9]?(?:\.[1-9][0-9]?){2})\.?(?=[ \u00a0\u3000\t])", _decimal, whole=True),
    _style("decimal-4", "1.1.1.1", r"([1-9][0-9]?(?:\.[1-9][0-9]?){3})\.?(?=[ \u00a0\u3000\t])", _decimal, whole=True),
    _style("arabic-bracketed", "(1)", r"[(（]([1-9][0-9]?)[)）]", _decimal, "({})"),
    _style("arabic-half-bracketed", "1)", r"([1-9][0-9]?)[)）]", _decimal, "{})"),
    _style("circled", "①", f"([{CIRCLED}])", _circled),
    *map(_word, ("Part", "Chapter", "Section", "Article")),
    # A letter that is also a roman numeral is told apart by what came before; see `_readings`.
    _style("letter-bracketed", "(a)", r"\(([a-z])\)", _letter, "({})"),
    _style("roman-bracketed", "(i)", r"\(([ivx]+)\)", _roman_number, "({})"),
    _style("letter", "a.", r"([a-z])[.)](?=[ \u00a0\t])", _letter),
    _style("capital", "A.", r"([A-Z])\.(?=[ \u00a0\t])", _letter),
    _style("roman", "I.", r"([IVX]+)\.(?=[ \u00a0\t])", _roman_number),
    _style("roman-small", "i.", r"([ivx]+)[.)](?=[ \u00a0\t])", _roman_number),
)  # fmt: skip
"""All ways of numbering, Chinese and English."""

STYLE: Final = {style.code: style for style in STYLES}
ARTICLE: Final = "article"
COUNTED_WHOLE: Final = ("arabic", "word-part", "word-chapter", "word-section", "word-article")
"""Styles whose number "2" is the first part of a decimal numeral "2.1" below them."""
ANY_START: Final = (
    "part", "division", "chapter", "section", "enumerated", "word-part", "word-chapter", "word-section",
)  # fmt: skip
"""Styles whose first count may begin above one, as in an excerpt; a line of another style may be no heading."""


@dataclass(frozen=True)
class Line:
    """A numbered line: its position in the text, its style, its numeral, and the numeral's value."""

    start: int
    end: int
    style: Style
    numeral: str
    number: Number

    @property
    def is_first(self) -> bool:
        """Whether the number opens a count."""
        return self.number[-1] == 1


Path = tuple[Line, ...]
"""A numbered line below the lines that it is nested in, outermost first."""


@dataclass(frozen=True)
class NumberedHeading:
    """The line that heads a clause: the path of the clause ("三(一)1"), and how deep it is (2)."""

    path: str
    depth: int


@dataclass(frozen=True)
class Outline:
    """The numbering of a text.

    `headings` maps the position of each line that heads a clause to its heading, in text order; `parts` holds the positions of the lines that head a part, which is no clause;
    `styles` lists the numberings of the clauses, outermost first; `missing` lists the paths that a
    count leaves out; `notes` holds the positions of lines below which no clause goes on until the next
    heading: a rule, or a footnote; `repeated` lists the positions of numbered lines that count nothing, because
    their number is not above the last; `restart` is the position of a line that begins the outermost
    count anew, which leaves a text without clauses.
    """

    headings: dict[int, NumberedHeading]
    parts: frozenset[int]
    styles: tuple[Style, ...]
    missing: tuple[str, ...]
    repeated: tuple[int, ...]
    restart: int | None
    notes: frozenset[int] = frozenset()


RULE: Final = re.compile(r"[ \u3000]*[—–_=*-]{4,}[ \u3000]*$", re.MULTILINE)
"""A line that divides the text from the notes at its end."""
FOOTNOTE: Final = re.compile(rf"^{SPACE}([{CIRCLED}])", re.MULTILINE)
REFERRED: Final = r"[\w”」』》%％）)]{}(?=[。，；、：,;:.）)\s]|$)"
"""A circled numeral that refers to a footnote: it follows a word, and a mark or nothing follows it."""


def _notes(text: str) -> frozenset[int]:
    """Return the positions of rules, and of footnotes that the text refers to."""
    notes = [match.start() for match in RULE.finditer(text)]
    notes += [
        match.start()
        for match in FOOTNOTE.finditer(text)
        if re.search(REFERRED.format(match[1]), text[: match.start()])
    ]
    return frozenset(notes)


def read_outline(text: str) -> Outline:
    """Return the numbering of a text; without numbered lines, its outline is empty."""
    notes = _notes(text)
    lines = [line for line in numbered_lines(text) if line.start not in notes]
    outranked: set[tuple[str, str]] = set()
    while True:
        nesting = _Nesting(outranked)
        nesting.read(lines)
        if nesting.outranked == outranked:
            return replace(_outline(nesting), notes=notes)
        outranked = nesting.outranked


def heading_end(line: str) -> int:
    """Return the length of a line's numeral and the spaces round it, or 0 for a line without."""
    matches = (style.heading.match(line) for style in STYLES)
    end = max((match.end() for match in matches if match), default=0)
    return end + len(line[end:]) - len(line[end:].lstrip()) if end else 0


def numbered_lines(text: str) -> Iterator[Line]:
    """Yield each line that starts with a numeral, in text order."""
    last: dict[str, Number] = {}
    start = 0
    for words in text.splitlines(keepends=True):
        for style, match in _readings(words, last):
            number = style.number(match[1])
            last[style.code] = number
            numeral = str(number[0]) if match[1].lower() in NUMBER_WORDS else match[1]
            yield Line(start, start + len(words.rstrip("\r\n")), style, numeral, number)
        start += len(words)


LETTER_OF_ROMAN: Final = {
    "roman-bracketed": "letter-bracketed",
    "roman": "capital",
    "roman-small": "letter",
}


def _readings(words: str, last: dict[str, Number]) -> list[tuple[Style, re.Match[str]]]:
    """Return the style of a line, with its match, in a list; empty for a line without a number.

    "(i)" is a letter only after "(h)", and otherwise a roman numeral.
    """
    found = {
        style.code: (style, match) for style in STYLES if (match := style.heading.match(words))
    }
    for roman, letter in LETTER_OF_ROMAN.items():
        if roman in found and letter in found:
            value = _letter(found[letter][1][1])[0]
            follows = last.get(letter, (0,))[0] == value - 1 and value > 1
            found.pop(roman if follows else letter)
    return list(found.values())[:1]


LARGEST_GAP: Final = 20
"""Most numbers that a count may leave out: "2020." at the start of a line does not follow "7."."""


def _counts_on(number: Number, before: Number) -> bool:
    """Return whether a number follows another, perhaps after a gap."""
    if number[:-1] != before[:-1]:
        return number > before
    # "2.5 billion" does not follow "2.1".
    return 0 < number[-1] - before[-1] <= (LARGEST_GAP if len(number) == 1 else 2)


class _Nesting:
    """Reads numbered lines one after another; `outranked` grows when the reading proves wrong.

    (upper, lower) in `outranked` are the codes of styles: a line that opens `upper` closes an open
    `lower`, as after a list in the preamble that is numbered like items further down.
    """

    def __init__(self, outranked: set[tuple[str, str]]) -> None:
        self.outranked = set(outranked)
        self.open: list[Line] = []
        self.paths: list[Path] = []
        self.continued: set[str] = set()
        self.repeated: list[Line] = []
        self.highest: dict[str, Number] = {}

    def read(self, lines: list[Line]) -> None:
        for line in lines:
            if not self._place(line):
                continue
            self.paths.append(tuple(self.open))
            self.highest[line.style.code] = line.number

    def _place(self, line: Line) -> bool:
        """Open the line's level, or continue it; return whether the line counts."""
        codes = [one.style.code for one in self.open]
        code = line.style.code
        if code in codes:
            at = codes.index(code)
            if _counts_on(line.number, self.open[at].number) and self._belongs(line, at):
                self.open[at:] = [line]
                return True
            above = codes[at + 1 :]
            if line.is_first and above and (above[0], code) not in self.outranked:
                self.outranked.add((above[0], code))
            self.repeated.append(line)
            return False
        before = self.highest.get(code)
        opens = line.is_first or (before is None and code in ANY_START)
        if not (opens or (before and _counts_on(line.number, before))):
            return False
        while self.open and (code, self.open[-1].style.code) in self.outranked:
            self.open.pop()
        if not self._belongs(line, len(self.open)):
            return False
        if not opens:
            self.continued.add(code)
        self.open.append(line)
        return True

    def _belongs(self, line: Line, at: int) -> bool:
        """Return whether a decimal numeral repeats the number it stands under: 2.1 is under 2."""
        if not line.style.whole:
            return True
        counted = [
            one for one in self.open[:at] if one.style.whole or one.style.code in COUNTED_WHOLE
        ]
        return not counted or counted[-1].number == line.number[:-1]


def _outline(nesting: _Nesting) -> Outline:
    root = _root(nesting)
    headings: dict[int, NumberedHeading] = {}
    parts: set[int] = set()
    used: dict[str, Path] = {}
    repeated = [line.start for line in nesting.repeated]
    above = {
        line.style.code
        for path in nesting.paths
        for line in path[: _depth(path, root)]
        if _depth(path, root) < len(path)
    }
    for path in nesting.paths:
        line = path[-1]
        below = path[_depth(path, root) :]
        if root and not below:
            if line.style.code in above:
                parts.add(line.start)
            continue
        name = _name(below)
        if name in used:
            repeated.append(line.start)
            continue
        used[name] = below
        headings[line.start] = NumberedHeading(name, len(below) - 1)
    styles = {path[-1].style.code: path[-1].style for path in used.values()}
    outermost = [path[0].style.code for path in used.values() if len(path) == 1][-1:]
    restart = next((one.start for one in nesting.repeated if [one.style.code] == outermost), None)
    if restart is not None:
        return Outline({}, frozenset(), (), (), tuple(repeated), restart)
    return Outline(
        headings, frozenset(parts), tuple(styles.values()), tuple(_missing(used)), tuple(repeated), None
    )  # fmt: skip


def _root(nesting: _Nesting) -> str | None:
    """Return the code of the deepest style that counts on across the parts above it, or None."""
    codes = [path[-1].style.code for path in nesting.paths]
    if ARTICLE in codes:
        return ARTICLE
    for code in sorted(nesting.continued, key=lambda one: -_level(nesting, one)):
        numbers = [path[-1].number for path in nesting.paths if path[-1].style.code == code]
        if numbers == sorted(set(numbers)) and not STYLE[code].whole:
            return code
    return None


def _level(nesting: _Nesting, code: str) -> int:
    return max(len(path) for path in nesting.paths if path[-1].style.code == code)


def _depth(path: Path, root: str | None) -> int:
    """Return how many lines of a path stand above the root; all of them if the root is not in it."""
    if root is None:
        return 0
    return next((at for at, line in enumerate(path) if line.style.code == root), len(path))


def _name(path: Path) -> str:
    """Return the path of a clause as text: the outermost numeral bare, the others as marked."""
    name = path[0].numeral
    for line in path[1:]:
        if line.style.whole:
            name = line.numeral if _counts(path) else f"{name}.{line.numeral}"
            continue
        mark = line.style.mark.format(line.numeral)
        name += f".{mark}" if _kind(name[-1]) == _kind(mark[0]) != "other" else mark
    return name


def _counts(path: Path) -> bool:
    """Return whether the outermost number is the first part of the decimal numeral below it."""
    whole = next(line for line in path if line.style.whole)
    return path[0].number[:1] == whole.number[:1]


def _kind(character: str) -> str:
    """Return the kind of a character, so that two numerals side by side stay two."""
    if character.isascii() and character.isdigit():
        return "digit"
    if character.isascii() and character.isalpha():
        return "letter"
    return "numeral" if character in DIGITS or character in UNITS else "other"


def _missing(used: dict[str, Path]) -> Iterator[str]:
    """Yield the paths that a count leaves out, in text order."""
    last: dict[tuple[str, ...], Number] = {}
    for path in used.values():
        line = path[-1]
        level = (*(one.numeral for one in path[:-1]), line.style.code)
        first = line.number[-1] - 1 if line.style.code in ANY_START else 0
        before = last.get(level, (*line.number[:-1], first))
        if before[:-1] == line.number[:-1]:
            for number in range(before[-1] + 1, line.number[-1]):
                yield f"{_name(path[:-1])} {number}" if path[:-1] else str(number)
        last[level] = line.number
