"""Candidate projects of a text: facility nouns under governing verbs, found segment by segment.

In a segment the items of a list share the verb before them and what may follow them: in
"协同推进A、B开工建设和C等前期工作" A and B are to be started and C is in preparation. An item without a
noun of its own borrows that of the item it leads to: "布局建设雁江、安岳通用机场" names two airports.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from geo.authoring.patterns import ENDINGS, NOUNS, PLAIN_TAIL, TAILS, VERBS
from geo.text.document import Document, Span
from geo.text.ledger import segments_of


def _longest_first(table: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(table, key=lambda word: (-len(word), word))))


STAGE_OF_VERB: Final = {verb: stage for stage, verbs in VERBS.items() for verb in verbs}
STAGE_OF_TAIL: Final = {tail: stage for stage, tails in TAILS.items() for tail in tails}
SECTOR_OF_NOUN: Final = {noun: sector for sector, nouns in NOUNS.items() for noun in nouns}

VERB: Final = re.compile(_longest_first(STAGE_OF_VERB))
TAIL: Final = re.compile(rf"等?({_longest_first(STAGE_OF_TAIL)})$")
NAMED: Final = re.compile(
    rf"(?P<head>.*?)(?P<noun>{_longest_first(SECTOR_OF_NOUN)})"
    rf"(?:{'|'.join(ENDINGS)})?(?:[(（][^()（）]*[)）])?"
)
"""A work: what makes a name of it, its noun, and what may follow (一期工程, or words in brackets)."""
OF_A_KIND: Final = re.compile(r"(?P<one>.+?)等(?P<kind>.+)")
AND: Final = re.compile("以及|和|及|与")
SHORTEST_HEAD: Final = 2
"""Characters before the noun that make a name of it: 龙口水库 is one, 水库 is none."""
LONGEST_BORROWER: Final = 6
"""Characters of an item that can borrow a noun: a place name, not a phrase."""
LATEST_VERB: Final = 4
"""Where at the latest a further item may begin with a verb of its own; later it is in a name."""


@dataclass(frozen=True)
class Proposal:
    """A candidate: its name, the codes its words suggest, and the quote that names it."""

    name: str
    sector: str
    stage: str
    stage_term: str
    clause: str
    span: Span


@dataclass(frozen=True)
class _Item:
    """An item of a list: its name as far as it has one, the noun it lends, and where it ends."""

    name: str
    noun: str
    sector: str
    end: int


@dataclass(frozen=True)
class _Governed:
    """A verb in a segment: where it begins, the word that gives the stage, and the stage."""

    begin: int
    term: str
    stage: str


def proposals(document: Document) -> Iterator[Proposal]:
    """Yield the candidates of a document in the order of its text."""
    for clause in document.clauses:
        for segment in segments_of(document, clause.numeral):
            for name, sector, verb, end in _in_segment(document.slice(segment)):
                span = Span(segment.start + verb.begin, segment.start + end)
                yield Proposal(name, sector, verb.stage, verb.term, clause.numeral, span)


Found = tuple[str, str, _Governed, int]
"""A name, its sector, what governs it, and where its quote ends in the segment."""


def _in_segment(words: str) -> Iterator[Found]:
    verb: _Governed | None = None
    items: list[_Item] = []
    for start, end in _split(words):
        own = start
        found = _governing(words[start:end], first=verb is None)
        if found:
            if verb:
                yield from _listed(items, verb)
            verb = _Governed(start + found.start(), found[0], STAGE_OF_VERB[found[0]])
            own, items = start + found.end(), []
        if verb is None:
            continue
        tail = TAIL.search(words, own, end)
        items.append(_item(words[own : tail.start() if tail else end], own))
        if tail:
            yield from _listed(items, _told_by(verb, tail[1]), tail.end())
            items = []
    if verb:
        yield from _listed(items, verb)


def _told_by(verb: _Governed, tail: str) -> _Governed:
    """Return what governs a list that ends in a tail: the tail tells the stage unless it is plain."""
    stage = STAGE_OF_TAIL[tail]
    return verb if stage == PLAIN_TAIL else _Governed(verb.begin, tail, stage)


def _listed(items: list[_Item], verb: _Governed, tail_end: int | None = None) -> Iterator[Found]:
    """Yield the candidates of a list; quotes end with the tail, or else with the name."""
    borrowers: list[_Item] = []
    for item in items:
        if not item.noun:
            if 0 < len(item.name) <= LONGEST_BORROWER and not item.name.startswith("“"):
                borrowers.append(item)
            continue
        names = [one.name + item.noun for one in borrowers] + [item.name]
        for name in names:
            yield name, item.sector, verb, tail_end or item.end
        borrowers = []


def _split(words: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each item of a segment: parted by 、 outside brackets, and by "and".

    "And" parts two items only where a work or a tail ends before it: 和平水库 is one name.
    """
    start, depth = 0, 0
    for at, character in enumerate(words):
        depth += (character in "(（") - (character in ")）")
        conjunction = AND.match(words, at)
        if depth == 0 and character == "、":
            yield start, at
            start = at + 1
        elif depth == 0 and conjunction and at >= start and _closes(words, start, at):
            yield start, at
            start = conjunction.end()
    yield start, len(words)


def _closes(words: str, start: int, end: int) -> bool:
    """Say whether a work, or the tail of what a verb before it governs, ends here."""
    tail = TAIL.search(words, start, end)
    governed = tail and VERB.search(words, 0, tail.start())
    return bool(governed or NAMED.fullmatch(words, start, end))


def _governing(item: str, *, first: bool) -> re.Match[str] | None:
    """Return the verb that governs an item: the last with a work after it, or else the first.

    In a further item of a list it stands near the start; later it is part of a name.
    """
    verbs = [verb for verb in VERB.finditer(item) if TAIL.sub("", item[verb.end() :])]
    named = [verb for verb in verbs if _item(TAIL.sub("", item[verb.end() :]), 0).noun]
    if first:
        return named[-1] if named else next(iter(verbs), None)
    early = [verb for verb in named if verb.start() <= LATEST_VERB]
    return early[-1] if early else next((verb for verb in verbs if verb.start() == 0), None)


def _item(words: str, start: int) -> _Item:
    """Return an item of a list; "乐至站等综合交通枢纽" is 乐至站综合交通枢纽 and lends 综合交通枢纽."""
    end = start + len(words)
    kind = OF_A_KIND.fullmatch(words)
    one, lent = (kind["one"], kind["kind"]) if kind else (words, "")
    own, general = NAMED.fullmatch(one), NAMED.fullmatch(lent)
    if general:
        sector = SECTOR_OF_NOUN[general["noun"]]
        return _Item(one if own else one + lent, lent, sector, end)
    if own and len(own["head"]) >= SHORTEST_HEAD:
        noun = one[len(own["head"]) :]
        return _Item(one, noun, SECTOR_OF_NOUN[own["noun"]], start + len(one))
    return _Item(words, "", "", end)
