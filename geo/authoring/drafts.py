"""Drafts: candidates as features of the layer, and what is still to be done about them.

A draft keeps the data contract, so that the map can list it; the first word of its basis tells it
from a project that a person has read. In the ledger the reason `to-judge` does the same.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pypinyin import lazy_pinyin

from geo.authoring.candidates import Proposal
from geo.core.faults import without_hidden
from geo.core.home import County
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.text.document import Document
from geo.text.ledger import Entry, segments_of

MARK_ZH: Final = "草稿："
MARK_EN: Final = "Draft: "
TO_JUDGE: Final = "to-judge"
REASON: Final = {
    "zh": "草稿：尚待判断是不是项目",
    "en": "Draft: still to be judged, project or not",
}
NOTE: Final = {"note_zh": "尚待判断", "note_en": "Still to be judged"}

LONGEST_SLUG: Final = 60
"""Characters of a draft's slug, well within the 80 of the contract."""

SHORTEST_COUNTY: Final = 2
"""Characters of a county's name that cannot be shortened: 达县 is not called 达."""


@dataclass(frozen=True)
class ToDo:
    """What is left for the curator: drafts to be read, and segments to be judged."""

    drafts: tuple[Project, ...]
    segments: tuple[Entry, ...]

    def __len__(self) -> int:
        return len(self.drafts) + len(self.segments)


def is_draft(project: Project) -> bool:
    """Say whether a project is as the first reading left it."""
    return project.basis.startswith(MARK_ZH) or project.basis_in("en").startswith(MARK_EN)


def to_do(dataset: Dataset) -> ToDo:
    """Return what is left to do in a folder, in the order of its text."""
    drafts = [project for project in dataset.projects.values() if is_draft(project)]
    drafts.sort(key=lambda project: (project.anchors[0].start, project.anchors[0].end, project.id))
    segments = [entry for entry in dataset.ledger.entries if entry.reason == TO_JUDGE]
    return ToDo(tuple(drafts), tuple(segments))


def draft_features(
    document: Document, found: Iterable[Proposal], counties: Iterable[County]
) -> list[dict[str, Any]]:
    """Return the candidates as features without geometry, one per name, sorted by id.

    A name that the text holds twice is one feature with two anchors.
    """
    by_name: dict[str, list[Proposal]] = {}
    for one in found:
        # A text off a web page is full of characters that nobody sees; its quotes keep them.
        by_name.setdefault(without_hidden(one.name, instead=""), []).append(one)
    places = list(counties)
    features: dict[str, dict[str, Any]] = {}
    for name, same in by_name.items():
        slug = _free(_slug(name), features)
        features[slug] = _feature(document, slug, name, same, places)
    return [features[slug] for slug in sorted(features)]


def _feature(
    document: Document, slug: str, name: str, same: list[Proposal], places: list[County]
) -> dict[str, Any]:
    first = same[0]
    named = [one for one in places if _short(one.name_zh) in name]
    spans = dict.fromkeys((one.clause, one.span) for one in same)
    return {
        "type": "Feature",
        "id": slug,
        "properties": {
            "id": slug,
            "name_zh": name,
            "name_en": _pinyin_name(name),
            "sector": first.sector,
            "counties": [one.code for one in named or places],
            "outside": [],
            "stage": first.stage,
            "stage_term": first.stage_term,
            "anchors": [document.anchor(clause, span) for clause, span in spans],
            "precision": "unlocated",
            "uncertainty_m": None,
            "basis": _basis(bool(named)),
            "references": [],
        },
        "geometry": None,
    }


def _short(county: str) -> str:
    """Return a county's name as names of works use it: 安岳 for 安岳县."""
    return county[:-1] if len(county) > SHORTEST_COUNTY else county


def _basis(named: bool) -> str:  # noqa: FBT001 - the one thing that differs
    counties_zh = "县（区）取自名称" if named else "县（区）未判断，暂列全部"
    counties_en = (
        "its county is taken from the name"
        if named
        else "its counties are not judged: all are named"
    )
    return (
        f"{MARK_ZH}由动词和设施名词自动找出，位置未查；{counties_zh}；英文名暂用拼音。\n"
        f"{MARK_EN}found by its verb and noun, its place not looked for; {counties_en};"
        " the English name is pinyin."
    )


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
    return " ".join(lazy_pinyin(name)).capitalize()


def unjudged(document: Document, features: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield a ledger entry for each segment that no feature's anchor touches."""
    anchors = [one for feature in features for one in feature["properties"]["anchors"]]
    segments = (
        (clause.numeral, span)
        for clause in document.clauses
        for span in segments_of(document, clause.numeral)
    )
    for numeral, span in segments:
        if not any(one["start"] < span.end and span.start < one["end"] for one in anchors):
            yield {
                "clause": numeral, "start": span.start, "end": span.end,
                "text": document.slice(span), "reason": TO_JUDGE, **NOTE,
            }  # fmt: skip
