"""Source documents: their clauses, anchors, and the list of documents.

Positions count Unicode code points of the unchanged UTF-8 file, end excluded, as Python does in a
`str`. JavaScript counts UTF-16 units, so the scripts have to convert positions.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import read_json, read_text
from geo.core.home import Home
from geo.core.validation import character_faults
from geo.text.clauses import NumberedHeading, read_outline

LANGUAGES: Final = ("zh", "en")
"""The languages that a text may be in; without the key `language`, it is Chinese."""
LANGUAGE: Final = "language"
PUBLISHER_EN: Final = "publisher_en"
OPTIONAL_KEYS: Final = frozenset({LANGUAGE, PUBLISHER_EN})
DOCUMENT_KEYS: Final = (
    "id", "file", "sha256", "title", "title_en", "issuer", "issuer_en",
    "adopted", "published", "publisher", "closing",
)  # fmt: skip

NOT_STATED: Final = {"zh": "未注明", "en": "not stated"}
"""What stands for an issuer or a publisher that neither the text nor a curator has stated."""


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
        wrong = sorted((keys - OPTIONAL_KEYS) ^ set(DOCUMENT_KEYS)) or [
            key for key in sorted(keys) if not isinstance(about[key], str)
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
    if about.get(LANGUAGE, "zh") not in LANGUAGES:
        yield Fault(
            "documents-listed",
            record,
            f"language {quoted(about[LANGUAGE])}",
            "is none that texts are read in",
            f"write {' or '.join(LANGUAGES)}, or leave it out for Chinese",
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


ABBREVIATIONS: Final = (
    "No", "St", "Mt", "Dr", "Mr", "Mrs", "Ms", "Hon", "Prof", "Est", "Approx", "approx", "incl", "e.g", "i.e", "Fig", "Vol",
    "KShs", "Kshs", "KSh", "Ksh", "UShs", "Shs", "Rs",
)  # fmt: skip
NO_END: Final = "|".join(
    [*(rf"(?<=\b{re.escape(one)})" for one in ABBREVIATIONS), r"(?<=\b[A-HJ-UW-Z])"]
)
"""What a full stop ends no sentence after: an abbreviation, or a single capital letter that is no numeral."""
SENTENCE: Final = {
    "zh": re.compile(r"[^。;;!!]*[。;;!!]?"),
    # "No. 3" and "2.5" end no sentence.
    "en": re.compile(rf"(?:[^.;!?]|(?:{NO_END})\.|\.(?=\S))*[.;!?]?\s*"),
}
"""A sentence of a text in each language."""
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
    """A numbered clause: its path of numerals ("十", or "三(一)1"), its span, and its paragraphs.

    `depth` is the number of clauses that it is nested in. The clauses nested in it are clauses of their own, and not part of it.
    """

    numeral: str
    span: Span
    paragraphs: tuple[Span, ...]
    depth: int


@dataclass(frozen=True)
class Heading:
    """The heading of a clause: its span, and whether it is a line of its own."""

    span: Span
    is_line: bool


LONGEST_HEADING: Final = 40
"""Maximum number of characters of a heading that runs into the text after it."""
NOT_ABBREVIATED: Final = "".join(rf"(?<!\b{re.escape(one)})" for one in ABBREVIATIONS)
STOP: Final = {
    "zh": re.compile("[。；;！!？?]"),
    "en": re.compile(rf"(?<=[a-z]{{2}})(?:[;!?]|{NOT_ABBREVIATED}\.)(?:\s|$)"),
}
"""What ends a sentence in each language; a heading that is a line of its own has none."""


@dataclass(frozen=True)
class Document:
    """A source document, such as a decision: metadata, full text, and clauses in order."""

    id: str
    sha256: str
    about: Mapping[str, str]
    text: str
    clauses: tuple[Clause, ...]

    @property
    def language(self) -> str:
        """The language of the text: "zh" or "en"."""
        return self.about.get(LANGUAGE, "zh")

    def title(self, language: str) -> str:
        """Return the title in "zh" or "en"; if it has no English title, its own."""
        return (self.about["title_en"] if language == "en" else "") or self.about["title"]

    def issuer(self, language: str) -> str:
        """Return the issuer in "zh" or "en"; if it has no English name, its own; "" if not stated."""
        english = stated(self.about["issuer_en"]) if language == "en" else ""
        return english or stated(self.about["issuer"])

    def publisher(self, language: str) -> str:
        """Return the publisher, in the same way as the issuer."""
        about = self.about
        known = about["issuer_en"] if about["publisher"] == about["issuer"] else ""
        english = stated(about.get(PUBLISHER_EN, known)) if language == "en" else ""
        return english or stated(about["publisher"])

    def clause(self, numeral: str) -> Clause | None:
        """Return the clause with this numeral, or None."""
        return self._by_numeral.get(numeral)

    @cached_property
    def _by_numeral(self) -> Mapping[str, Clause]:
        return {clause.numeral: clause for clause in self.clauses}

    def heading(self, clause: Clause) -> Heading | None:
        """Return the heading of a clause, or None if it has none.

        A heading is a line without a full stop, above nested clauses or paragraphs of its own, or a
        short first sentence that runs into others.
        """
        line = clause.paragraphs[0]
        words = self.slice(line)
        stop = STOP[self.language].search(words)
        if stop is None:
            return Heading(line, is_line=True) if self._is_above(clause) else None
        runs_on = stop.end() <= LONGEST_HEADING and words[stop.end() :].strip()
        return (
            Heading(Span(line.start, line.start + stop.end()), is_line=False) if runs_on else None
        )

    def _is_above(self, clause: Clause) -> bool:
        """Return whether paragraphs or nested clauses stand below the first line of a clause."""
        after = self._index[clause.numeral] + 1
        nested = after < len(self.clauses) and self.clauses[after].depth > clause.depth
        return nested or len(clause.paragraphs) > 1

    @cached_property
    def _index(self) -> Mapping[str, int]:
        return {clause.numeral: number for number, clause in enumerate(self.clauses)}

    def paragraph(self, span: Span) -> Span | None:
        """Return the clause paragraph that contains the span, or None."""
        paragraphs = (paragraph for clause in self.clauses for paragraph in clause.paragraphs)
        return next((paragraph for paragraph in paragraphs if paragraph.holds(span)), None)

    def sentence(self, span: Span) -> Span:
        """Return the sentence, or run of sentences, that contains the span."""
        paragraph = self.paragraph(span) or span
        start, end = paragraph.start, paragraph.end
        for match in SENTENCE[self.language].finditer(self.text, paragraph.start, paragraph.end):
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
            there = [one.numeral for one in self.clauses if exact and exact in self.slice(one.span)]
            fault = Fault(
                "quote-found",
                f"clause {numeral}",
                f"{quoted(exact)} (occurrence {occurrence})",
                "is not in its text",
                f"name the clause that holds it: {', '.join(there[:5])}"
                if there and numeral not in there
                else "slice the quote from the file under seeds/ instead of typing it",
            )
            raise DataError([fault])
        span = Span(start, start + len(exact))
        if self.paragraph(span) is None:
            fault = Fault(
                "quote-found", f"clause {numeral}", quoted(exact), "runs over a line break",
                "quote words of one paragraph, without the white space around them",
            )  # fmt: skip
            raise DataError([fault])
        return self.anchor(numeral, span)

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


def stated(value: str) -> str:
    """Return a value of `documents.json`; "" if it only says that nobody has stated it."""
    return "" if value in NOT_STATED.values() else value


def paragraph_spans(text: str) -> Iterator[Span]:
    """Yield the span of each line that is not blank, without its line ending."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Span(start, start + len(line.rstrip("\r\n")))
        start += len(line)


def parse_clauses(text: str, closing: str) -> tuple[Clause, ...]:
    """Return the numbered clauses of a text, or an empty tuple if it has no clause numbering.

    A paragraph without a number belongs to the clause above it. A clause ends before the heading of
    a new part ("三、…" above "(七)…") and before the closing paragraph, which starts with `closing`.
    """
    outline = read_outline(text)
    clauses: list[tuple[NumberedHeading, list[Span]]] = []
    in_clause = False
    for span in paragraph_spans(text):
        if span.start in outline.headings:
            clauses.append((outline.headings[span.start], [span]))
            in_clause = True
        elif span.start in outline.parts | outline.notes or (
            closing and text[span.start : span.end].strip().startswith(closing)
        ):
            in_clause = False
        elif in_clause:
            clauses[-1][1].append(span)
    return tuple(
        Clause(heading.path, Span(spans[0].start, spans[-1].end), tuple(spans), heading.depth)
        for heading, spans in clauses
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
