"""Source documents: their clauses and clause numbering, anchors, and the list of documents.

Positions count Unicode code points of the unchanged UTF-8 file, end excluded, as Python does in a
`str`. JavaScript counts UTF-16 units, so the scripts have to convert positions.

Chinese official documents number their clauses in four ways, and may use several at once ("一、"
for parts, "(一)" for the clauses within them). A text's clauses are those of the numbering that
counts up from one without restarting, so that each number identifies one clause.
"""

import hashlib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json, read_text
from geo.core.home import Home
from geo.core.numerals import NUMERAL, number_of
from geo.core.validation import character_faults

SPACE: Final = r"[ \u00a0\u3000\t]*"
DIVISION: Final = rf"{SPACE}第{NUMERAL}(?:编|章|节|部分)"
ENUMERATED: Final = rf"{SPACE}{NUMERAL}、"
BRACKETED: Final = rf"{SPACE}[(（]{NUMERAL}[)）]"


@dataclass(frozen=True)
class Numbering:
    """A way of numbering clauses: its code, a sample, and patterns for headings.

    `heading` matches the start of a clause, with the numeral as group 1; `part` matches the start
    of a new part. Both match at the start of a line.
    """

    code: str
    sample: str
    heading: re.Pattern[str]
    part: re.Pattern[str]


NUMBERINGS: Final = (
    Numbering(
        "article", "第一条",
        re.compile(rf"{SPACE}第({NUMERAL})条"),
        re.compile(DIVISION),
    ),
    Numbering(
        "bracketed", "(一)",
        re.compile(rf"{SPACE}[(（]({NUMERAL})[)）]"),
        re.compile(f"{ENUMERATED}|{DIVISION}"),
    ),
    Numbering(
        "enumerated", "一、",
        re.compile(rf"{SPACE}({NUMERAL})、"),
        re.compile(DIVISION),
    ),
    Numbering(
        "arabic", "1.",
        # "2.5亿元" at the start of a line is an amount, not a clause.
        re.compile(rf"{SPACE}([1-9][0-9]{{0,2}})(?:[.．](?![0-9])|、)"),
        re.compile(f"{BRACKETED}|{ENUMERATED}|{DIVISION}"),
    ),
)  # fmt: skip
"""In order of preference, for texts in which two numberings find equally many clauses."""


def clause_numbers(lines: Iterable[str], numbering: Numbering) -> list[int]:
    """Return the clause numbers that a numbering finds in the lines, in text order."""
    matches = (numbering.heading.match(line) for line in lines)
    return [number_of(match[1]) for match in matches if match]


def numbering_of_lines(lines: Iterable[str]) -> Numbering | None:
    """Return the clause numbering of a text, or None if it has none.

    Of the numberings that count up from one without restarting, this is the one that finds the
    most clauses.
    """
    all_lines = list(lines)
    candidates = [
        (len(numbers), numbering)
        for numbering in NUMBERINGS
        if counts_up(numbers := clause_numbers(all_lines, numbering))
    ]
    return max(candidates, key=lambda pair: pair[0])[1] if candidates else None


def counts_up(numbers: list[int]) -> bool:
    """Return whether numbers start at one and increase; gaps are allowed, as texts have them."""
    return numbers[:1] == [1] and all(
        after > before for before, after in itertools.pairwise(numbers)
    )


def missing_numbers(numbers: list[int]) -> list[int]:
    """Return the numbers missing from a count that starts at one."""
    return sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers))


DOCUMENT_KEYS: Final = (
    "id", "file", "sha256", "title", "title_en", "issuer", "issuer_en",
    "adopted", "published", "publisher", "closing",
)  # fmt: skip


def document_list_faults(listed: Any) -> Iterator[Fault]:
    """Yield the faults of the list of documents, before any document is read."""
    if not isinstance(listed, list) or not listed:
        yield Fault(
            "documents-listed",
            "data/documents.json",
            "it holds no list of documents",
            "but each feature is bound to one",
            "restore it from version control",
        )
        return
    ids: list[str] = []
    for number, about in enumerate(listed, start=1):
        record = f"data/documents.json, entry {number}"
        keys = set(about) if isinstance(about, dict) else set()
        wrong = sorted(keys ^ set(DOCUMENT_KEYS)) or [
            key for key in DOCUMENT_KEYS if not isinstance(about[key], str)
        ]
        if wrong:
            yield Fault(
                "documents-listed",
                record,
                f"{', '.join(map(quoted, wrong))}",
                "is missing, unknown or not a text",
                f"an entry has exactly these texts: {', '.join(DOCUMENT_KEYS)}",
            )
        else:
            # `closing` quotes the text, whatever characters that contains.
            yield from character_faults("documents-listed", record, about, besides=("closing",))
            yield from _entry_faults(record, about, ids)
            ids.append(about["id"])


def _entry_faults(record: str, about: Mapping[str, str], ids: list[str]) -> Iterator[Fault]:
    """Yield the faults of an entry with the right keys; `ids` are those of earlier entries."""
    name = about["file"]
    if not name or "/" in name or "\\" in name or name.startswith("."):
        yield Fault(
            "documents-listed",
            record,
            quoted(name),
            "is not a plain file name",
            "name a file that lies in seeds/",
        )
    if about["id"] in ids:
        yield Fault(
            "documents-listed",
            record,
            f"the id {quoted(about['id'])}",
            "stands twice, but names one document",
            "give the newer one an id of its own",
        )
    for key in ("adopted", "published"):
        if not is_iso_date(about[key]):
            yield Fault(
                "documents-listed",
                record,
                f"{key} {quoted(about[key])}",
                "is no day",
                "write it as YYYY-MM-DD",
            )


def is_iso_date(stated: str) -> bool:
    """Return whether a text is an existing date, written as YYYY-MM-DD."""
    try:
        return date.fromisoformat(stated).isoformat() == stated
    except ValueError:
        return False


SENTENCE: Final = re.compile(r"[^。;;!!]*[。;;!!]?")
CONTEXT: Final = 8
"""Initial length of prefix and suffix, in code points; doubled until the quote is unique."""


@dataclass(frozen=True)
class Span:
    """A range of code points in a text, from `start` to `end`, end excluded."""

    start: int
    end: int

    def holds(self, other: "Span") -> bool:
        """Return whether this span contains all of the other."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Anchor:
    """A quote in a document: its position, and the exact words that must be there."""

    document: str
    clause: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def span(self) -> Span:
        """The code points that the quote covers."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Clause:
    """A numbered clause: its bare numeral ("十", or "10"), its span, and its paragraphs."""

    numeral: str
    span: Span
    paragraphs: tuple[Span, ...]


@dataclass(frozen=True)
class Document:
    """A source document, such as a decision: metadata, full text, and clauses in order."""

    id: str
    sha256: str
    about: Mapping[str, str]
    text: str
    clauses: tuple[Clause, ...]

    def clause(self, numeral: str) -> Clause | None:
        """Return the clause with this numeral, or None."""
        return next((clause for clause in self.clauses if clause.numeral == numeral), None)

    def paragraph(self, span: Span) -> Span | None:
        """Return the clause paragraph that contains the span, or None."""
        paragraphs = (paragraph for clause in self.clauses for paragraph in clause.paragraphs)
        return next((paragraph for paragraph in paragraphs if paragraph.holds(span)), None)

    def sentence(self, span: Span) -> Span:
        """Return the sentence, or run of sentences, that contains the span."""
        paragraph = self.paragraph(span) or span
        start, end = paragraph.start, paragraph.end
        for match in SENTENCE.finditer(self.text, paragraph.start, paragraph.end):
            if match.start() <= span.start < match.end():
                start = match.start()
            if match.start() < span.end <= match.end():
                end = match.end()
        return Span(start, end)

    def slice(self, span: Span) -> str:
        """Return the text of the span."""
        return self.text[span.start : span.end]

    def quote(self, numeral: str, exact: str, occurrence: int = 1) -> dict[str, Any]:
        """Return the anchor of the n-th occurrence of `exact` in a clause.

        The anchor combines a W3C TextQuoteSelector and a TextPositionSelector. Its prefix and
        suffix are long enough to make it unique. Raises DataError if the words are not found.
        """
        clause = self.clause(numeral)
        start = -1
        if clause is not None:
            start = clause.span.start - 1
            for _ in range(occurrence):
                start = self.text.find(exact, start + 1, clause.span.end)
                if start < 0:
                    break
        if clause is None or start < 0 or not exact:
            fault = Fault(
                "quote-found",
                f"clause {numeral}",
                f"{quoted(exact)} (occurrence {occurrence})",
                "is not in its text",
                "slice the quote from the file under seeds/ instead of typing it",
            )
            raise DataError([fault])
        return self.anchor(numeral, Span(start, start + len(exact)))

    def anchor(self, numeral: str, span: Span) -> dict[str, Any]:
        """Return the anchor of a span in a clause, as stored in the layer."""
        exact, context = self.slice(span), CONTEXT
        while True:
            prefix = self.text[max(0, span.start - context) : span.start]
            suffix = self.text[span.end : span.end + context]
            if self.text.count(prefix + exact + suffix) == 1:
                break
            context *= 2
        return {
            "document": self.id, "clause": numeral, "start": span.start, "end": span.end,
            "exact": exact, "prefix": prefix, "suffix": suffix,
        }  # fmt: skip


def paragraph_spans(text: str) -> Iterator[Span]:
    """Yield the span of each line that is not blank, without its line ending."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)


def numbering_of_text(text: str) -> Numbering | None:
    """Return the clause numbering of a text, or None if it has none."""
    return numbering_of_lines(text[span.start : span.end] for span in paragraph_spans(text))


def parse_clauses(text: str, closing: str) -> tuple[Clause, ...]:
    """Return the numbered clauses of a text, or an empty tuple if it has no clause numbering.

    A paragraph without a number belongs to the clause above it. A clause ends before the heading of
    a new part ("三、…" above "(七)…") and before the closing paragraph, which starts with `closing`.
    """
    numbering = numbering_of_text(text)
    if numbering is None:
        return ()
    clauses: list[tuple[str, list[Span]]] = []
    in_clause = False
    for span in paragraph_spans(text):
        heading = numbering.heading.match(text, span.start, span.end)
        if heading:
            clauses.append((heading[1], [span]))
            in_clause = True
        elif numbering.part.match(text, span.start, span.end) or (
            closing and text[span.start : span.end].strip().startswith(closing)
        ):
            in_clause = False
        elif in_clause:
            clauses[-1][1].append(span)
    return tuple(
        Clause(numeral, Span(spans[0].start, spans[-1].end), tuple(spans))
        for numeral, spans in clauses
    )


def read_documents(home: Home) -> dict[str, Document]:
    """Return the documents of a home by id.

    Raises DataError if `documents.json` is malformed, or if a text does not match the SHA-256 given
    there: all positions in it would be wrong.
    """
    listed = read_json(home.documents)
    faults = list(document_list_faults(listed))
    if faults:
        raise DataError(faults)
    documents = {}
    for about in listed:
        text = read_text(home.seeds / about["file"])
        sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
        if sha256 != about["sha256"]:
            fault = Fault(
                "document-unchanged",
                f"seeds/{about['file']}",
                f"its sha256 is {sha256[:12]}…",
                f"but data/documents.json states {about['sha256'][:12]}…",
                "restore the file byte for byte; positions hold for that text only",
            )
            raise DataError([fault])
        clauses = parse_clauses(text, about["closing"])
        documents[about["id"]] = Document(about["id"], sha256, about, text, clauses)
    return documents
