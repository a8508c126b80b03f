"""Drafts of the projects in a text, for a curator to review, and what is left to judge.

A draft satisfies the data contract, so that the map can list it. The first word of its basis marks it
as a draft; in the ledger, the reason `to-judge` marks an unjudged segment. A wrong draft costs the
curator less than a missed project; an invented one would be believed, so each name is a passage of
the text (`geo.authoring.candidates`).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final

from pypinyin import lazy_pinyin

from geo.authoring.candidates import Candidate, Reader
from geo.core.faults import replace_invisible
from geo.core.home import County
from geo.core.validation import NAME
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.text.document import Document
from geo.text.ledger import TO_JUDGE, Entry, segments_of

MARK_ZH: Final = "草稿："
MARK_EN: Final = "Draft: "
REASON: Final = {
    "zh": "草稿：尚待判断是不是项目",
    "en": "Draft: still to be judged, project or not",
}
NOTE: Final = {"note_zh": "尚待判断", "note_en": "Still to be judged"}

LONGEST_NAME: Final = int(str(NAME["maxLength"]))
LONGEST_SLUG: Final = 60
"""Maximum number of characters of a draft's slug, well within the contract's 80."""

SHORTEST_COUNTY: Final = 2
"""Length of a county's name that cannot be shortened: 达县 is not called 达."""


@dataclass(frozen=True)
class ToDo:
    """What is left for the curator: drafts to review, segments to judge, and facts to state.

    `facts` are the empty values of `documents.json`, as "document: key".
    """

    drafts: tuple[Project, ...]
    segments: tuple[Entry, ...]
    facts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.drafts) + len(self.segments) + len(self.facts)


def is_draft(project: Project) -> bool:
    """Return whether a project is still an unreviewed draft."""
    return project.basis.startswith(MARK_ZH) or project.basis_in("en").startswith(MARK_EN)


def to_do(dataset: Dataset) -> ToDo:
    """Return what is left to do in a dataset, in the order of its text."""
    drafts = [project for project in dataset.projects.values() if is_draft(project)]
    drafts.sort(key=lambda project: (project.anchors[0].start, project.anchors[0].end, project.id))
    segments = [entry for entry in dataset.ledger.entries if entry.reason == TO_JUDGE]
    facts = [
        f"{document.id}: {key}"
        for document in dataset.documents.values()
        for key in ("title_en", "issuer_en")
        if not document.about[key]
    ]
    return ToDo(tuple(drafts), tuple(segments), tuple(facts))


DRAFTS: Final = (
    "Drafts. Read the clause: strike the draft, or correct name, sector, stage, extent and counties, give "
    "an English name, place it if a place is published, and write its basis anew:"
)
SEGMENTS: Final = (
    f"Segments. Add the project that it names to the layer and take it out of the ledger, or replace "
    f"'{TO_JUDGE}' by the reason why it names none:"
)
FACTS: Final = "Facts that data/documents.json leaves empty. State them:"


def to_do_lines(left: ToDo) -> Iterator[str]:
    """Yield what is left to do as text, with what to do about it."""
    if left.drafts:
        yield DRAFTS
    for project in left.drafts:
        anchor = project.anchors[0]
        yield f"  {project.id}: {project.name_zh} (clause {anchor.clause}: {anchor.exact})"
    if left.segments:
        yield SEGMENTS
    for entry in left.segments:
        yield f"  clause {entry.clause}, {entry.start}: {entry.text}"
    if left.facts:
        yield FACTS
    for fact in left.facts:
        yield f"  {fact}"


def draft_features(
    document: Document, candidates: Iterable[Candidate], counties: Iterable[County]
) -> list[dict[str, Any]]:
    """Return the candidates as features without geometry, one per name, sorted by id.

    A name that occurs twice in the text becomes one feature with two anchors, except in a table that
    gives each a place of its own.
    """
    by_name: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        # Text copied from a web page has many invisible characters, which only the quotes keep.
        name = replace_invisible(candidate.name, instead="")
        by_name.setdefault((name, candidate.location or ""), []).append(candidate)
    places = list(counties)
    features: dict[str, dict[str, Any]] = {}
    for (name, _), same in by_name.items():
        slug = _free(_slug(name), features)
        features[slug] = _feature(document, slug, name, same, places)
    return [features[slug] for slug in sorted(features)]


def _feature(
    document: Document, slug: str, name: str, same: list[Candidate], places: list[County]
) -> dict[str, Any]:
    first = same[0]
    where = _whereabouts(name, first.location, places)
    spans = dict.fromkeys((candidate.clause, candidate.span) for candidate in same)
    return {
        "type": "Feature",
        "id": slug,
        "properties": {
            "id": slug,
            "name_zh": name,
            "name_en": name if document.language == "en" else _pinyin_name(name),
            "sector": first.sector,
            "counties": list(where.counties),
            "outside": list(where.outside),
            "stage": first.stage,
            "stage_term": first.stage_term,
            "anchors": [document.anchor(clause, span) for clause, span in spans],
            "precision": "unlocated",
            "extent": "site",
            "uncertainty_m": None,
            "basis": _basis(first, where, document.language),
            "references": [],
        },
        "geometry": None,
    }


@dataclass(frozen=True)
class _Whereabouts:
    """The counties of a draft, the places outside, and how they are known, in both languages."""

    counties: tuple[str, ...]
    outside: tuple[str, ...]
    zh: str
    en: str


EVERYWHERE: Final = re.compile("[全跨多各]|省直|市直")
"""The start of a location that is not one place: 全省, 跨市."""
ELSEWHERE: Final = re.compile(r"[\u4e00-\u9fff]{1,8}[省市州县区盟旗]")


def _whereabouts(name: str, location: str | None, places: list[County]) -> _Whereabouts:
    """Return the counties that the words name; all of them if the words name no place at all.

    The words are the location that a table states, or else the name.
    """
    words = location or name
    named = [
        county.code
        for county in places
        if _short(county.name_zh) in words or _short_en(county.name_en) in words
    ]
    if named:
        return _Whereabouts(
            tuple(named), (), "县（区）取自原文", "its county is taken from the text"
        )
    if location and ELSEWHERE.fullmatch(location) and not EVERYWHERE.match(location):
        return _Whereabouts(
            (), (location,), f"原文所在地为{location}，不在图上县（区）之内",
            "the text places it outside the counties of the map",
        )  # fmt: skip
    return _Whereabouts(
        tuple(county.code for county in places), (), "县（区）未判断，暂列全部",
        "its counties are not judged: all are named",
    )  # fmt: skip


def _short(county: str) -> str:
    """Return a county's name as it appears in project names: 安岳 for 安岳县."""
    return county[:-1] if len(county) > SHORTEST_COUNTY else county


def _short_en(county: str) -> str:
    """Return a county's English name as it appears in project names: Anyue for Anyue County."""
    return re.sub(r" (?:County|District|City|Prefecture)$", "", county)


def _basis(first: Candidate, where: _Whereabouts, language: str) -> str:
    found = FOUND_IN_TABLE if first.location is not None else FOUND_IN_TEXT
    zh = [found["zh"], where.zh]
    en = [found["en"], where.en]
    if first.several:
        zh.append("名称含不止一个项目，待拆分")
        en.append("its name holds more than one project, to be divided")
    if first.guessed:
        zh.append(f"{'、'.join(GUESSED_ZH[code] for code in first.guessed)}未能从原文判断，暂填")
        en.append(f"its {' and '.join(first.guessed)} not told by the text, and provisional")
    if language != "en":
        zh.append("英文名暂用拼音")
        en.append("the English name is pinyin")
    return f"{MARK_ZH}{'；'.join(zh)}。\n{MARK_EN}{'; '.join(en)}."


GUESSED_ZH: Final = {"sector": "领域", "stage": "阶段"}

FOUND_IN_TEXT: Final = {
    "zh": "由动词和设施名词自动找出，位置未查",
    "en": "found by its verb and noun, its place not looked for",
}
FOUND_IN_TABLE: Final = {
    "zh": "由表格的一行自动读出，位置未查",
    "en": "read from a row of the table, its place not looked for",
}


def _slug(name: str) -> str:
    joined = re.sub(r"[^a-z0-9]+", "-", "-".join(lazy_pinyin(name)).lower()).strip("-")
    return joined[:LONGEST_SLUG].strip("-") or "project"


def _free(slug: str, taken: Mapping[str, Any]) -> str:
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def _pinyin_name(name: str) -> str:
    return " ".join(lazy_pinyin(name)).capitalize()[:LONGEST_NAME].strip()


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
            in_heading = heading and heading.span.holds(span)
            # What is left of a table are the rows of sections and totals.
            judged = is_table or (in_heading and not reader.names_something(words))
            yield {
                "clause": clause.numeral, "start": span.start, "end": span.end, "text": words,
                "reason": HEADING if judged else TO_JUDGE, **(HEADING_NOTE if judged else NOTE),
            }  # fmt: skip
