"""Drafts of the projects in a text, for a curator to review, and what is left to judge.

A draft satisfies the data contract, so that the map can list it. The first word of its basis marks it
as a draft; in the ledger, the reason `to-judge` marks an unjudged segment. A wrong draft costs the
curator less than a missed project; an invented one would be believed, so each name is a passage of
the text (`geo.authoring.candidates`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from pypinyin import lazy_pinyin

from geo.authoring.candidates import Candidate, Whereabouts, reader_of
from geo.authoring.source_text import data_error
from geo.authoring.vocabulary import extent_of, vocabulary
from geo.core.faults import quoted, replace_invisible
from geo.core.files import read_json
from geo.core.home import County, Home
from geo.core.i18n import LANGUAGES, text
from geo.core.validation import NAME
from geo.core.wording import read_wording
from geo.layer.dataset import Dataset
from geo.layer.projects import DRAFT_MARKS, Project, read_features
from geo.text.document import NOT_STATED, Document, Span
from geo.text.ledger import TO_JUDGE, Entry, segments_of
from geo.text.names import is_title_of_list

REASON: Final = {
    "zh": "草稿：尚待判断是不是项目",
    "en": "Draft: still to be judged, project or not",
}
LONGEST_NAME: Final = int(str(NAME["maxLength"]))
LONGEST_SLUG: Final = 60
"""Maximum number of characters of a draft's slug, well within the contract's 80."""

SHORTEST_COUNTY: Final = 2
"""Length of a county's name that cannot be shortened: 达县 is not called 达."""


@dataclass(frozen=True)
class ToDo:
    """What is left for the curator: drafts to review, segments to judge, and facts to state.

    `items` are the parts of a segment with a draft that no project names, as (clause, start, words).
    `facts` are the values of `documents.json` that are empty or not stated, as "document: key", and
    those that `home.json` leaves out, as "home.json: key".
    """

    drafts: tuple[Project, ...]
    segments: tuple[Entry, ...]
    items: tuple[tuple[str, int, str], ...]
    facts: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.drafts) + len(self.segments) + len(self.items) + len(self.facts)


def to_do(dataset: Dataset) -> ToDo:
    """Return what is left to do in a dataset, in the order of its text."""
    drafts = [project for project in dataset.projects.values() if project.is_draft]
    drafts.sort(key=lambda project: (project.anchors[0].start, project.anchors[0].end, project.id))
    segments = [entry for entry in dataset.ledger.entries if entry.reason == TO_JUDGE]
    facts = [
        f"{document.id}: {key}"
        for document in dataset.documents.values()
        for key in ("title", "title_en", "issuer", "issuer_en")
        if document.about[key] in {"", *NOT_STATED.values()}
    ]
    facts += [f"home.json: {key}" for key in _terms_left(dataset.home)]
    return ToDo(
        tuple(drafts), tuple(segments), tuple(_unnamed_items(dataset, drafts)), tuple(facts)
    )


def _terms_left(home: Home) -> Iterator[str]:
    """Yield "licence" and "credits" if a home with words of its own leaves them out.

    Credits are left out as long as they name nothing but what `init` itself has put on the map.
    """
    if not home.wording.exists():
        return
    words = read_wording(home.wording)
    if "licence" not in words:
        yield "licence"
    credits_said = words.get("credits", {})
    for language, said in credits_said.items():
        parts = {part for part in said.split(text(language, "map-separator")) if part}
        if parts <= {text(language, f"own-credit-{kind}") for kind in KNOWN_CREDITS}:
            yield "credits"
            return


KNOWN_CREDITS: Final = ("stations", "towns", "rivers")
"""What `init` puts on the map besides the outlines, and knows whose it is."""


def own_credits(held: Iterable[str]) -> dict[str, str]:
    """Return the credits of a map that has these kinds of data, in both languages."""
    kinds = list(held)
    return {
        language: text(language, "map-separator").join(
            text(language, f"own-credit-{kind}") for kind in kinds
        )
        for language in LANGUAGES
    }


def _unnamed_items(dataset: Dataset, drafts: Iterable[Project]) -> Iterator[tuple[str, int, str]]:
    """Yield the items that stand beside a draft in its segment, and that no project is named after."""
    found = {draft.id for draft in drafts if FOUND_IN_TABLE["zh"] not in draft.basis}
    document = dataset.documents[dataset.ledger.document]
    wording = dataset.home.wording
    own = read_wording(wording) if wording.exists() else {}
    reader = reader_of(vocabulary(document.language, own.get("verbs", {}), own.get("nouns", {})))
    for segment in dataset.segments:
        if not found.intersection(segment.projects):
            continue
        text = document.slice(segment.span)
        if is_title_of_list(text):
            continue
        names = [dataset.projects[name].name_zh for name in segment.projects]
        named = [
            Span(at.start(), at.end())
            for name in names
            for at in re.finditer(re.escape(name), text)
        ]
        for item in reader.items(text):
            if item.start < item.end and not any(item.overlaps(one) for one in named):
                start = segment.span.start + item.start
                yield segment.clause, start, text[item.start : item.end]


DRAFTS: Final = (
    "Drafts. Read the clause: strike the draft, or correct name, sector, stage, extent and counties, give "
    "an English name, place it if a place is published, and write its basis anew:"
)
SEGMENTS: Final = (
    f"Segments. Add the project that it names to the layer and take it out of the ledger, or replace "
    f"'{TO_JUDGE}' by the reason why it names none:"
)
ITEMS: Final = (
    "Words beside a draft, in the same segment, that no project is named after. Add the project if they name one; "
    "they are listed as long as a draft quotes the segment:"
)
FACTS: Final = "Facts that data/documents.json leaves empty or not stated, or data/home.json leaves out. State them:"


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
    if left.items:
        yield ITEMS
    for clause, start, words in left.items:
        yield f"  clause {clause}, {start}: {words}"
    if left.facts:
        yield FACTS
    for fact in left.facts:
        yield f"  {fact}"


def draft_features(
    document: Document,
    candidates: Iterable[Candidate],
    counties: Iterable[County],
    beyond: Iterable[str] = (),
) -> list[dict[str, Any]]:
    """Return the candidates as features without geometry, one per name, sorted by id.

    `beyond` are the names of the counties around the place, which are on the map but not its own.

    A name that occurs twice in the text becomes one feature with two anchors, except in a table that
    gives each a place of its own.
    """
    by_name: dict[tuple[str, str], list[Candidate]] = {}
    every = list(candidates)
    is_table = all(one.location is not None for one in every)
    for candidate in every:
        # Text copied from a web page has many invisible characters, which only the quotes keep.
        name = replace_invisible(candidate.name, instead="")
        place = (candidate.location or "") if is_table else ""
        by_name.setdefault((name, place), []).append(candidate)
    ground = list(counties), list(beyond)
    features: dict[str, dict[str, Any]] = {}
    for (name, _), same in by_name.items():
        slug = _free(_slug(name), features)
        features[slug] = _feature(document, slug, name, same, ground)
    return [features[slug] for slug in sorted(features)]


def _feature(
    document: Document,
    slug: str,
    name: str,
    same: list[Candidate],
    ground: tuple[list[County], list[str]],
) -> dict[str, Any]:
    places, around = ground
    # What a table within the text states goes before what a sentence suggests.
    first = min(same, key=lambda one: (one.guessed != (), one.location is None))
    where = first.where or _with_outside(_whereabouts(name, first, places), name, around)
    spans = dict.fromkeys((candidate.clause, candidate.span) for candidate in [first, *same])
    if first.title:
        spans[first.clause, first.title] = None
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
            "extent": first.extent or extent_of(name),
            "uncertainty_m": None,
            "basis": _basis(first, where, document.language),
            "references": [],
        },
        "geometry": None,
    }


EVERYWHERE: Final = re.compile("[全跨多各]|省直|市直")
"""The start of a location that is not one place: 全省, 跨市."""
ELSEWHERE: Final = re.compile(r"[\u4e00-\u9fff]{1,8}[省市州县区盟旗]")


def _whereabouts(name: str, first: Candidate, places: list[County]) -> Whereabouts:
    """Return the counties that the words name; all of them if the words name no place at all.

    The words are the location that a table states, or else the name, or else the place before the verb.
    """
    location = first.location
    named: list[str] = []
    for words in (location or name, first.near):
        named = named or [
            county.code
            for county in places
            if _short(county.name_zh) in words or _short_en(county.name_en) in words
        ]
    if named:
        return Whereabouts(
            tuple(named), (), "县（区）取自原文", "its county is taken from the text"
        )
    if location and ELSEWHERE.fullmatch(location) and not EVERYWHERE.match(location):
        return Whereabouts(
            (), (location,), f"原文所在地为{location}，不在图上县（区）之内",
            "the text places it outside the counties of the map",
        )  # fmt: skip
    if len(places) == 1:
        return Whereabouts((places[0].code,), (), "", "")
    return Whereabouts(
        tuple(county.code for county in places), (), "县（区）未判断，暂列全部",
        "its counties are not judged: all are named",
    )  # fmt: skip


def _with_outside(where: Whereabouts, name: str, around: list[str]) -> Whereabouts:
    """Return the whereabouts with the counties around the place that a name leads to.

    A whole name is sure; a short one beside 至 (至临安, 浏阳社港至) is for the curator to judge.
    """
    # 城区 and 郊区 are districts too, but within a name seldom one of them.
    around = [one for one in around if len(one) > SHORTEST_COUNTY]
    sure = tuple(one for one in around if one in name)
    short = [
        _short(one)
        for one in around
        if one not in sure
        and re.search(rf"至{_short(one)}|^{_short(one)}[\u4e00-\u9fff]{{0,6}}?至", name)
    ]
    zh = [where.zh, f"名称提到图外地方（{'、'.join(short)}）" if short else ""]
    english = ", ".join("".join(lazy_pinyin(one)).capitalize() for one in short)
    en = [where.en, f"its name mentions a place off the map ({english})" if short else ""]
    return Whereabouts(
        where.counties, tuple(dict.fromkeys([*where.outside, *sure])),
        "；".join(filter(None, zh)), "; ".join(filter(None, en)),
    )  # fmt: skip


def _short(county: str) -> str:
    """Return a county's name as it appears in project names: 安岳 for 安岳县."""
    return county[:-1] if len(county) > SHORTEST_COUNTY else county


def _short_en(county: str) -> str:
    """Return a county's English name as it appears in project names: Anyue for Anyue County."""
    return re.sub(r" (?:County|District|City|Prefecture)$", "", county)


def _basis(first: Candidate, where: Whereabouts, language: str) -> str:
    found = FOUND_IN_TABLE if first.location is not None else FOUND_IN_TEXT
    zh = [found["zh"], where.zh]
    en = [found["en"], where.en]
    if first.several:
        zh.append("名称含不止一个项目，待拆分")
        en.append("its name holds more than one project, to be divided")
    if first.guessed:
        zh.append(f"{'、'.join(GUESSED_ZH[code] for code in first.guessed)}未能从原文判断，暂填")
        en.append(f"its {' and '.join(first.guessed)} not told by the text, and provisional")
    for remark_zh, remark_en in first.remarks:
        zh.append(remark_zh)
        en.append(remark_en)
    if language != "en":
        zh.append("英文名暂用拼音")
        en.append("the English name is pinyin")
    said = {"zh": f"{'；'.join(filter(None, zh))}。", "en": f"{'; '.join(filter(None, en))}."}
    return "\n".join(f"{mark}{said[code]}" for code, mark in DRAFT_MARKS.items())


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


def judged_ledger(
    document: Document, home: Home, clause: str, reason: str
) -> tuple[dict[str, Any], int]:
    """Return the home's ledger where segments of a clause, and of those in it, have a reason; and how many.

    Only segments that are still to be judged are changed. Those without an entry that no project quotes, as
    after a removal, are added. Raises DataError if the clause or the reason is unknown.
    """
    ledger = read_json(home.ledger)
    quotes = [
        Span(anchor["start"], anchor["end"])
        for feature in read_features(home.projects, in_order=False)
        for anchor in feature["properties"]["anchors"]
        if anchor["document"] == document.id
    ]
    index = next((at for at, one in enumerate(document.clauses) if one.numeral == clause), None)
    reasons = {key: both for key, both in ledger["reasons"].items() if key != TO_JUDGE}
    if index is None or reason not in reasons:
        known = [one.numeral for one in document.clauses] if index is None else list(reasons)
        raise data_error(
            "ledger-entry", "data/ledger.json", quoted(clause if index is None else reason),
            "is no clause of the text" if index is None else "is not one of the ledger's reasons",
            f"write one of {', '.join(known[:20])}",
        )  # fmt: skip
    first, *after = document.clauses[index:]
    nested = takewhile(lambda one: one.depth > first.depth, after)
    chosen = {first.numeral, *(one.numeral for one in nested)}
    note = {"note_zh": reasons[reason]["zh"], "note_en": reasons[reason]["en"]}
    changed = [
        entry | {"reason": reason} | note
        if entry["clause"] in chosen and entry["reason"] == TO_JUDGE
        else entry
        for entry in ledger["segments"]
    ]
    count = sum(old != new for old, new in zip(ledger["segments"], changed, strict=True))
    taken = [*quotes, *(Span(entry["start"], entry["end"]) for entry in changed)]
    bare = [
        {
            "clause": one, "start": span.start, "end": span.end, "text": document.slice(span),
            "reason": reason, **note,
        }
        for one in ledger["clauses"]
        if one in chosen
        for span in segments_of(document, one)
        if not any(span.overlaps(other) for other in taken)
    ]  # fmt: skip
    segments = sorted([*changed, *bare], key=lambda entry: entry["start"]) if bare else changed
    return ledger | {"segments": segments}, count + len(bare)
