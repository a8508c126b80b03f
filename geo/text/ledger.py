"""The ledger: which parts of the text are mapped, which are left out, and why.

A segment is the text between two of the marks 。 ； ; ， , in the clauses that the ledger covers; in an
English text it is a sentence, without the numeral before it.
Each segment either overlaps an anchor or is explained by an entry with a reason code.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, Final

from geo.core.faults import DataError
from geo.core.files import read_json
from geo.core.home import Home
from geo.core.validation import (
    CODE_POINTS,
    POSITION,
    TEXT,
    character_faults,
    documented,
    object_schema,
    schema_faults,
    unique_list,
)
from geo.text.chinese_words import LEAD_IN
from geo.text.clauses import heading_end
from geo.text.document import NO_END, Anchor, Document, Span
from geo.text.names import Reader, is_title_of_list

SEGMENT: Final = {
    "zh": re.compile(r"[^。；;，,]+"),
    "en": re.compile(rf"(?:[^.;!?]|(?:{NO_END})\.|\.(?=\S))+"),
}
"""A segment of a text in each language; "No. 3" and "2.5" end no sentence."""


@dataclass(frozen=True)
class Entry:
    """A segment that is not mapped: its text, its position, and the reason."""

    clause: str
    start: int
    end: int
    text: str
    reason: str
    note_zh: str
    note_en: str

    @property
    def span(self) -> Span:
        """The code points that the segment covers."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Ledger:
    """The covered clauses of a document, the reasons by code in both languages, and the entries."""

    document: str
    clauses: tuple[str, ...]
    reasons: Mapping[str, Mapping[str, str]]
    entries: tuple[Entry, ...]


TO_JUDGE: Final = "to-judge"
"""The reason of a segment that no curator has judged yet; `init` writes it."""


@dataclass(frozen=True)
class Segment:
    """A segment, the projects whose anchors overlap it, and the entries that explain it."""

    clause: str
    span: Span
    projects: tuple[str, ...]
    entries: tuple[Entry, ...]


def read_ledger(home: Home) -> Ledger:
    """Return the ledger of a home; raises DataError with all violations of its schema."""
    content: Any = read_json(home.ledger)
    faults = list(schema_faults(LEDGER, content, "data/ledger.json"))
    # `text` quotes the document; the check `ledger-entry` compares the two.
    faults = faults or list(
        character_faults("text-plain", "data/ledger.json", content, besides=("text",))
    )
    if faults:
        raise DataError(faults)
    return Ledger(
        content["document"],
        tuple(content["clauses"]),
        content["reasons"],
        tuple(Entry(**entry) for entry in content["segments"]),
    )


def segments_of(document: Document, numeral: str) -> Iterator[Span]:
    """Yield the segments of a clause in order, without surrounding white space."""
    clause = document.clause(numeral)
    if clause is None:
        return
    english = document.language == "en"
    for paragraph in clause.paragraphs:
        begin = paragraph.start + (heading_end(document.slice(paragraph)) if english else 0)
        for match in SEGMENT[document.language].finditer(document.text, begin, paragraph.end):
            words = match[0]
            start = match.start() + len(words) - len(words.lstrip())
            end = match.end() - len(words) + len(words.rstrip())
            if start < end:
                yield Span(start, end)


def coverage(
    document: Document, ledger: Ledger, anchors: Iterable[tuple[str, Anchor]]
) -> tuple[Segment, ...]:
    """Return all segments of the covered clauses, with the projects and entries for each.

    `anchors` are (project id, anchor) pairs.
    """
    # Of thousands of quotes few have a span of their own.
    names_at: dict[Span, list[tuple[int, str]]] = {}
    for number, (name, anchor) in enumerate(anchors):
        if anchor.document == document.id:
            names_at.setdefault(anchor.span, []).append((number, name))
    entries_at: dict[Span, list[Entry]] = {}
    for entry in ledger.entries:
        entries_at.setdefault(entry.span, []).append(entry)
    segments = []
    for numeral in ledger.clauses:
        for span in segments_of(document, numeral):
            found = [names for quote, names in names_at.items() if quote.overlaps(span)]
            projects = dict.fromkeys(name for _, name in sorted(chain.from_iterable(found)))
            entries = entries_at.get(span, [])
            segments.append(Segment(numeral, span, tuple(projects), tuple(entries)))
    return tuple(segments)


ENTRY: Final = object_schema(
    {
        "clause": documented(TEXT, "条款", "the clause"),
        "start": documented(POSITION, "起点", "first position", unit=CODE_POINTS),
        "end": documented(POSITION, "终点（不含）", "position after the last", unit=CODE_POINTS),
        "text": documented(TEXT, "语段原文", "the words of the segment"),
        "reason": documented(TEXT, "类别", "why it is no project", codelist="reason"),
        "note_zh": documented(TEXT, "一句中文说明", "one line of reason in Chinese"),
        "note_en": documented(TEXT, "一句英文说明", "one line of reason in English"),
    }
)


LEDGER: Final = object_schema(
    {
        "document": TEXT,
        "clauses": unique_list(TEXT),
        "reasons": {
            "type": "object",
            "additionalProperties": object_schema({"zh": TEXT, "en": TEXT}),
        },
        "segments": {"type": "array", "items": ENTRY},
    }
)


SHORT_LEAD_IN: Final = 16
"""Maximum number of characters of a sentence at the start of a paragraph that may be its heading."""


NUMBERED_TITLE: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*\.?[ ]+[A-Z][^.;:,]{0,60}")
"""A line of an English text that is a number and a title."""


def _leads_in(document: Document, span: Span) -> bool:
    """Return whether a segment only introduces what follows: ——交通方面, 完善铁路网络。, 专栏1 重大项目."""
    words, paragraph = document.slice(span), document.paragraph(span)
    if paragraph is None:
        return False
    line = document.slice(paragraph)
    if is_title_of_list(line):
        return True
    if document.language == "en":
        # "…; and", "To this end:", and a line such as "4.0 Introduction".
        joins = words.lower() in {"and", "or"} or words.endswith(":")
        return joins or (words == line.strip() and NUMBERED_TITLE.fullmatch(words) is not None)
    after = document.text[span.end : paragraph.end]
    short = len(words) <= SHORT_LEAD_IN and bool(after.strip("。，：,:; "))
    if not short or re.search("[0-9、]", words):
        return False
    opens = not document.text[paragraph.start : span.start].strip() and after[0] in "。:："
    return opens or bool(LEAD_IN.search(words))


NOTE: Final = {"note_zh": "尚待判断", "note_en": "Still to be judged"}
"""The note of an entry that is still to be judged."""
HEADING: Final = "heading"
"""The reason of the ledger for headings, which are no projects."""
HEADING_NOTE: Final = {"note_zh": "小标题", "note_en": "A heading"}


def ledger_entries(
    document: Document,
    features: Iterable[Mapping[str, Any]],
    reader: Reader,
    *,
    is_table: bool = False,
) -> Iterator[dict[str, Any]]:
    """Yield a ledger entry for each segment that no feature's anchor overlaps.

    A heading is entered as one, unless it seems to name a project; the other segments are to judge.
    """
    quotes = sorted(
        (anchor["start"], anchor["end"])
        for feature in features
        for anchor in feature["properties"]["anchors"]
    )
    furthest = list(accumulate((end for _, end in quotes), max))
    for clause in document.clauses:
        heading = document.heading(clause)
        for span in segments_of(document, clause.numeral):
            before = bisect_left(quotes, (span.end, 0))
            if before and furthest[before - 1] > span.start:
                continue
            words = document.slice(span)
            in_heading = (heading and heading.span.holds(span)) or _leads_in(document, span)
            # A line that ends in a comma goes on in the next one, and is no heading.
            whole = words[-1] != "、" and document.text[span.end : span.end + 2] not in {
                "，\n",
                ",\n",
            }
            # What is left of a table are the rows of sections and totals.
            judged = is_table or (in_heading and whole and not reader.names_something(words))
            yield {
                "clause": clause.numeral, "start": span.start, "end": span.end, "text": words,
                "reason": HEADING if judged else TO_JUDGE, **(HEADING_NOTE if judged else NOTE),
            }  # fmt: skip
