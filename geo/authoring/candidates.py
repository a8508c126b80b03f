"""Candidates: the passages of a text that seem to name a project, each by a verb and a noun.

`geo.text.chinese_names` and `geo.text.english_names` read a segment. Boxes and lists of the form "公路：A、B" and the
rows of a table within a text have no verb: each item is a candidate whose stage is provisional.

The name of a candidate is always a passage of the text, never put together: "雁江、安岳通用机场" is one
candidate with that name, marked as several projects, for a curator to divide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from geo.authoring.vocabulary import Vocabulary
from geo.core.validation import NAME
from geo.text.chinese_names import ChineseReader
from geo.text.document import Clause, Document, Span
from geo.text.english_names import EnglishReader
from geo.text.ledger import segments_of
from geo.text.names import BOX, COLUMNS, LEAST_COLUMNS, NAME_COLUMN, Reader, is_title_of_list


@dataclass(frozen=True)
class Whereabouts:
    """The counties of a draft, the places outside, and how they are known, in both languages."""

    counties: tuple[str, ...]
    outside: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Candidate:
    """A name, the codes suggested by its words, its clause, and the span of its quote.

    `several` says that the name holds more than one project. `location` is what a table states as its
    place, None for a text; `near` is the place that a sentence names before its verb; `guessed` names the codes
    that the words do not tell. `title` is the title of the box that the name stands in, with the word for
    the stage. A table also gives the `extent`, `where` it is, and `remarks` on how it was read, for the
    basis in both languages.
    """

    name: str
    sector: str
    stage: str
    stage_term: str
    clause: str
    span: Span
    several: bool = False
    location: str | None = None
    guessed: tuple[str, ...] = ()
    near: str = ""
    title: Span | None = None
    extent: str = ""
    where: Whereabouts | None = None
    remarks: tuple[tuple[str, str], ...] = ()


UNKNOWN_SECTOR: Final = "urban"
UNKNOWN_STAGE: Final = "plan"
PAST: Final = re.compile("回顾|工作总结|主要成绩|主要成就|发展成就|发展成效")
AHEAD: Final = re.compile("展望|任务|打算|安排|计划|思路|目标")
"""A heading with a word of PAST, and none of AHEAD, stands above what has been done already."""
LABEL: Final = {
    "zh": re.compile(r"\s*[^，。；、：:（(]{1,10}[：:]"),
    "en": re.compile(r"\s*[A-Z][^.:;,(]{1,30}:[ ]"),
}
LEAST_ITEMS: Final = 2
"""Least number of names in a line "公路：A、B" outside a box."""
PLACE_COLUMN: Final = re.compile(
    r"(?:建设|实施|所在)?(?:地点|地址|区域|位置)|所在地|Location.*|Ward.*|Site", re.IGNORECASE
)
STATUS: Final = {
    "续建": "build", "在建": "build", "ongoing": "build", "under construction": "build", "新建": "plan", "new": "plan",
    "planned": "plan", "规划": "plan", "拟建": "plan", "前期": "prepare", "前期工作": "prepare", "谋划": "study", "储备": "prepare",
    "开工": "start", "新开工": "start", "改扩建": "upgrade", "扩建": "upgrade", "改建": "upgrade", "改造": "upgrade",
}  # fmt: skip
"""The stage that a cell of a row, or a bracket after a name, states."""
IN_BRACKET: Final = re.compile(rf"[（(]({'|'.join(STATUS)})[)）]$", re.IGNORECASE)


def reader_of(words: Vocabulary) -> Reader:
    """Return the reader for the language of these words."""
    kind = EnglishReader if words.language == "en" else ChineseReader
    return kind(words.stage_of_verb(), words.sector_of_noun())


def candidates(document: Document, words: Vocabulary) -> Iterator[Candidate]:
    """Yield the candidates of a document in the order of its text; headings have none.

    Clauses below a heading that looks back on past years have none either.
    """
    reader = reader_of(words)
    past: int | None = None
    for clause in document.clauses:
        heading = document.heading(clause)
        if past is None or clause.depth <= past:
            title = document.slice(heading.span) if heading and heading.is_line else ""
            past = clause.depth if PAST.search(title) and not AHEAD.search(title) else None
        if past is None:
            yield from _ClauseReader(document, clause, reader).read()


class _ClauseReader:
    """Reads the paragraphs of a clause: sentences, lists with a label, and the rows of a table."""

    def __init__(self, document: Document, clause: Clause, reader: Reader) -> None:
        self.document = document
        self.clause = clause
        self.reader = reader
        self.title: Span | None = None
        self.label: Span | None = None
        self.columns: dict[str, int] = {}
        self.sector = ""

    def read(self) -> Iterator[Candidate]:
        """Yield the candidates of the clause."""
        heading = self.document.heading(self.clause)
        segments = list(segments_of(self.document, self.clause.numeral))
        end = self.clause.span.start
        for paragraph in self.clause.paragraphs:
            line = self.document.slice(paragraph)
            if self.document.text.count("\n", end, paragraph.start) > 1 and not self.columns:
                self.title = None
            end = paragraph.end
            if heading and heading.is_line and heading.span == paragraph:
                continue
            box = BOX.fullmatch(line)
            if box and is_title_of_list(line):
                self.title = Span(
                    paragraph.start + box.start("title"), paragraph.start + len(line.rstrip())
                )
                self.columns = {}
                continue
            cells = _cells(line, paragraph.start)
            if self._is_header(cells):
                continue
            if self.columns and len(cells) > max(self.columns.values()):
                yield from self._row(cells)
                continue
            self.columns = {}
            inside = [one for one in segments if paragraph.holds(one)]
            self.label = self._label(line, paragraph.start) if self._is_list(line) else None
            in_list = self.title is not None or self.label is not None
            for segment in inside:
                found = list(self._sentence(segment))
                yield from found or (self._list(segment) if in_list else ())

    def _sentence(self, segment: Span) -> Iterator[Candidate]:
        text = self.document.slice(segment)
        for one in self.reader.read(text):
            name = text[one.name.start : one.name.end]
            quote = _shifted(one.quote, segment.start)
            # A work whose words tell nothing is most often of the kind of the one before it.
            self.sector = one.sector or self.sector
            yield Candidate(
                name, self.sector or UNKNOWN_SECTOR, one.verb.stage, one.verb.term, self.clause.numeral, quote,
                one.several, guessed=() if one.sector else ("sector",), near=one.near,
            )  # fmt: skip

    def _label(self, line: str, start: int) -> Span | None:
        """Return the label at the start of a line (公路：A、B), without its colon."""
        match = LABEL[self.document.language].match(line)
        words = match[0].rstrip(" ：:") if match else ""
        return Span(start + len(words) - len(words.lstrip()), start + len(words)) if match else None

    def _is_list(self, line: str) -> bool:
        """Return whether a line is a label and names without a verb (公路：A、B)."""
        label = LABEL[self.document.language].match(line)
        rest = line[label.end() :].rstrip("。.；; ") if label else ""
        return len(list(self.reader.read_list(rest))) >= LEAST_ITEMS and not list(
            self.reader.read(rest)
        )

    def _list(self, segment: Span) -> Iterator[Candidate]:
        """Yield the items of a list in a box, or after a label: only the title or the label can tell a stage."""
        text = self.document.slice(segment)
        label = LABEL[self.document.language].match(text)
        begin = label.end() if label else 0
        for name, sector in self.reader.read_list(text[begin:]):
            span = _shifted(name, segment.start + begin)
            words = self.document.slice(span)
            state = IN_BRACKET.search(words)
            stage, term = (STATUS[state[1].lower()], state[1]) if state else ("", "")
            title = None if state else self.title or self.label
            if title:
                stage, term = self._stage_of_title(self.document.slice(title))
            if not term:
                continue  # A stage term is a word that says the stage, or heads the list.
            if state and span.start + state.start() > span.start:
                words = words[: state.start()]
            guessed = (() if sector else ("sector",)) + (() if stage else ("stage",))
            yield Candidate(
                words, sector or UNKNOWN_SECTOR, stage or UNKNOWN_STAGE, term, self.clause.numeral, span,
                guessed=guessed, title=title,
            )  # fmt: skip

    def _stage_of_title(self, title: str) -> tuple[str, str]:
        """Return the stage that a title states, "" if it does not, and the word for it in the title."""
        whole = r"\b" if self.document.language == "en" else ""
        found = [
            (match[0], stage)
            for verb, stage in self.reader.stages.items()
            if (match := re.search(whole + re.escape(verb) + whole, title, re.IGNORECASE))
        ]
        if found:
            verb, stage = max(found, key=lambda one: len(one[0]))
            return stage, verb
        return "", re.split(r"\s", title.strip())[-1][-LONGEST_TERM:]

    def _is_header(self, cells: list[Span]) -> bool:
        """Take in a line that heads the columns of a table; return whether it is one."""
        words = [self.document.slice(cell) for cell in cells]
        names = [number for number, one in enumerate(words) if NAME_COLUMN.fullmatch(one)]
        if len(cells) < LEAST_COLUMNS or not names:
            return False
        places = [number for number, one in enumerate(words) if PLACE_COLUMN.fullmatch(one)]
        self.columns = {"name": names[0]} | ({"location": places[0]} if places else {})
        return True

    def _row(self, cells: list[Span]) -> Iterator[Candidate]:
        """Yield the candidate of a row of a table, with what its cells state; none for a total."""
        words = [self.document.slice(cell) for cell in cells]
        name = words[self.columns["name"]]
        if TOTAL.search(name) or len(name) > LONGEST_NAME:
            return
        stated = next((one for one in words if one.lower() in STATUS), "")
        years = next((one for one in words if YEARS.search(one)), "")
        sector = self.reader.sector_of(name)
        guessed = (() if sector else ("sector",)) + (() if stated else ("stage",))
        at = self.columns.get("location")
        yield Candidate(
            name, sector or UNKNOWN_SECTOR, STATUS.get(stated.lower(), UNKNOWN_STAGE), (stated or years or name)[:LONGEST_TERM],
            self.clause.numeral, Span(cells[0].start, cells[-1].end), location="" if at is None else words[at], guessed=guessed,
        )  # fmt: skip


TOTAL: Final = re.compile("合计|总计|小计|^total", re.IGNORECASE)
YEARS: Final = re.compile(r"20[0-9]{2}\s*[-—–至]\s*20[0-9]{2}|^20[0-9]{2}年?$")
LONGEST_TERM: Final = 20
LONGEST_NAME: Final = int(str(NAME["maxLength"]))


def _shifted(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _cells(line: str, start: int) -> list[Span]:
    """Return the spans of the columns of a line, which tabs or several spaces divide."""
    cells, at = [], 0
    for match in [*COLUMNS.finditer(line), None]:
        end = match.start() if match else len(line)
        words = line[at:end]
        if words.strip():
            left = at + len(words) - len(words.lstrip())
            cells.append(Span(start + left, start + at + len(words.rstrip())))
        at = match.end() if match else end
    return cells
