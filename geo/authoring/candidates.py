"""Candidates: the passages of a text that seem to name a project, each by a verb and a noun.

In a segment of a Chinese text, the items of a list share the governing verb before them and any tail
after them: in "协同推进A、B开工建设和C等前期工作", A and B are to be started and C is in preparation. In a
sentence of an English text, a name is a run of capitalised words that ends in a facility noun.

The name of a candidate is always a passage of the text, never put together: "雁江、安岳通用机场" is one
candidate with that name, marked as several projects, for a curator to divide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from geo.authoring.vocabulary import (
    ENDINGS,
    PLAIN_TAIL,
    TAILS,
    Vocabulary,
    longest_first,
)
from geo.text.document import Clause, Document, Span
from geo.text.ledger import segments_of

STAGE_OF_TAIL: Final = {tail: stage for stage, tails in TAILS.items() for tail in tails}
TAIL: Final = re.compile(rf"等?({longest_first(STAGE_OF_TAIL)})$")
OF_A_KIND: Final = re.compile(r"(?P<one>.+?)等(?P<kind>.+)")
AND: Final = re.compile("以及|和|及|与")
COUNTED: Final = re.compile(
    r"[0-9一二两三四五六七八九十百几数多]+[余多]?(?:个|条|座|处|所|家|批|项)"
)
GENERIC: Final = re.compile(
    "(?:一批|国家|重点|重大|各类|各级|全县|全市|全省|全区|我县|我市|老旧|现代|新型|农村|城乡|城镇|城市|配套|相关|特色|高标准|基层|"
    "省级|国家级|市级|县级|区域|标准化|规模化|智能|智慧|绿色|公共|大型|中型|小型|骨干|产业|工业|农业)+"
)
"""Words that name nothing: "12座大桥" and "重点产业园" are not names of projects."""
PLACE_ENDINGS: Final = "省市州县区镇乡村"
FACILITY_ENDINGS: Final = "站港园厂桥路湖河江线库场院校馆"
SHORTEST_HEAD: Final = 2
"""Minimum number of characters before the noun: 龙口水库 is a name, 水库 alone is not."""
LONGEST_PLACE: Final = 3
"""Maximum number of characters of an item that is taken for a place and shares the next item's noun."""
LONGEST_OF_A_KIND: Final = 12
"""Maximum number of characters of a name that only "等…" after it tells to be a project."""
LONGEST_NAME: Final = 40
"""Maximum number of characters of a name found in a sentence; a longer one is a run of phrases."""
LATEST_VERB: Final = 4
"""Last index at which a further item may have a verb of its own; a later verb is part of a name."""
PAIRS: Final = ("（）", "()", "“”", "《》")


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
    place, None for a text; `guessed` names the codes that the words of a table do not tell. A table
    also gives `where` it is, and `remarks` on how it was read, for the basis in both languages.
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
    extent: str = "site"
    where: Whereabouts | None = None
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class _Found:
    """A candidate in a segment: spans of its name and quote, the sector, the governing verb."""

    name: Span
    quote: Span
    sector: str
    verb: "_Governed"
    several: bool


@dataclass(frozen=True)
class _Item:
    """An item of a list: the span of its words, and the sector of its noun, "" without a noun.

    `of_a_kind` says that the noun stands after 等, for all items before it.
    """

    span: Span
    end: int
    sector: str
    of_a_kind: bool


@dataclass(frozen=True)
class _Governed:
    """A governing verb: its start in the segment, the word that determines the stage, the stage."""

    begin: int
    term: str
    stage: str


def candidates(document: Document, words: Vocabulary) -> Iterator[Candidate]:
    """Yield the candidates of a document in the order of its text; headings have none."""
    reader = reader_of(words)
    for clause in document.clauses:
        heading = document.heading(clause)
        for segment in segments_of(document, clause.numeral):
            if heading and heading.is_line and heading.span.holds(segment):
                continue
            yield from _in_segment(document, clause, segment, reader)


def _in_segment(
    document: Document, clause: Clause, segment: Span, reader: "Reader"
) -> Iterator[Candidate]:
    text = document.slice(segment)
    for one in reader.read(text):
        name = text[one.name.start : one.name.end]
        quote = Span(segment.start + one.quote.start, segment.start + one.quote.end)
        yield Candidate(
            name, one.sector, one.verb.stage, one.verb.term, clause.numeral, quote, one.several
        )


class Reader:
    """Reads the segments of a text in one language."""

    def __init__(self, words: Vocabulary) -> None:
        self.stages = words.stage_of_verb()
        self.sectors = words.sector_of_noun()

    def read(self, text: str) -> Iterator[_Found]:
        """Yield what a segment names, with spans in it."""
        raise NotImplementedError

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun with words before it that may be a name."""
        raise NotImplementedError


def reader_of(words: Vocabulary) -> Reader:
    """Return the reader for the language of these words."""
    return EnglishReader(words) if words.language == "en" else ChineseReader(words)


class ChineseReader(Reader):
    """Reads Chinese segments."""

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Any governing verb."""
        return re.compile(longest_first(self.stages))

    @cached_property
    def noun(self) -> re.Pattern[str]:
        """Any facility noun."""
        return re.compile(longest_first(self.sectors))

    @cached_property
    def named(self) -> re.Pattern[str]:
        """A name: its head, its noun, and what may follow the noun (一期工程, words in brackets)."""
        return re.compile(
            rf"(?P<head>.*?)(?P<noun>{longest_first(self.sectors)})"
            rf"(?:{longest_first(ENDINGS)})?(?:[(（][^()（）]*[)）])?"
        )

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun with words before it that may be a name."""
        match = self.named.search(re.sub(r"^\W*\w{0,3}[)）、.．]", "", text))
        return bool(
            match and len(match["head"]) >= SHORTEST_HEAD and not GENERIC.fullmatch(match["head"])
        )

    def read(self, text: str) -> Iterator[_Found]:
        """Yield what a segment names, with spans in it."""
        verb: _Governed | None = None
        items: list[_Item] = []
        for start, end in self._split(text):
            name_start = start
            match = self._governing(text[start:end], first=verb is None)
            if match:
                if verb:
                    yield from self._found(text, items, verb)
                verb = _Governed(start + match.start(), match[0], self.stages[match[0]])
                name_start, items = start + match.end(), []
            if verb is None:
                continue
            tail = TAIL.search(text, name_start, end)
            items.append(self._item(text, name_start, tail.start() if tail else end))
            if tail:
                yield from self._found(text, items, _with_tail(verb, tail[1]), tail.end())
                items = []
        if verb:
            yield from self._found(text, items, verb)

    def _found(
        self, text: str, items: list[_Item], verb: _Governed, tail_end: int | None = None
    ) -> Iterator[_Found]:
        """Yield what a list names; a quote ends with the tail if there is one, else the name."""
        places: list[_Item] = []
        unnamed: list[_Item] = []
        for item in items:
            words = text[item.span.start : item.span.end]
            if not item.sector:
                unnamed.append(item)
                places = [*places, item] if _may_be_place(words) else []
                continue
            end = tail_end or item.end
            alone = [] if not item.of_a_kind else [
                one for one in unnamed
                if one not in places and one.span.end - one.span.start <= LONGEST_OF_A_KIND
            ]  # fmt: skip
            for one in alone:
                yield _Found(one.span, Span(verb.begin, end), item.sector, verb, several=False)
            first = places[0].span.start if places else item.span.start
            if _is_name(text[first : item.span.end]):
                name = Span(first, item.span.end)
                yield _Found(name, Span(verb.begin, end), item.sector, verb, several=bool(places))
            places, unnamed = [], []

    def _split(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each item of a segment, split at 、 outside brackets and at "and".

        An "and" splits only after the name of a project or after a tail: 和平水库 is one name.
        """
        start, depth = 0, 0
        for at, character in enumerate(text):
            depth += (character in "(（") - (character in ")）")
            conjunction = AND.match(text, at)
            if depth == 0 and character == "、":
                yield start, at
                start = at + 1
            elif depth == 0 and conjunction and at >= start and self._closes(text, start, at):
                yield start, at
                start = conjunction.end()
        yield start, len(text)

    def _closes(self, text: str, start: int, end: int) -> bool:
        """Return whether a project name, or the tail after a governing verb, ends at `end`."""
        tail = TAIL.search(text, start, end)
        governed = tail and self.verb.search(text, 0, tail.start())
        return bool(governed or self.named.fullmatch(text, start, end))

    def _governing(self, item: str, *, first: bool) -> re.Match[str] | None:
        """Return the governing verb of an item: the last one before a project name, else the first.

        A further item of a list only has a governing verb near its start; a later verb is part of a
        name.
        """
        verbs = [verb for verb in self.verb.finditer(item) if TAIL.sub("", item[verb.end() :])]
        named = [verb for verb in verbs if self._names(TAIL.sub("", item[verb.end() :]))]
        if first:
            return named[-1] if named else next(iter(verbs), None)
        early = [verb for verb in named if verb.start() <= LATEST_VERB]
        return early[-1] if early else next((verb for verb in verbs if verb.start() == 0), None)

    def _names(self, words: str) -> bool:
        return bool(self._item(words, 0, len(words)).sector)

    def _item(self, text: str, start: int, end: int) -> _Item:
        """Return an item; "乐至站等综合交通枢纽" is named 乐至站, and is a 综合交通枢纽."""
        words = text[start:end]
        kind = OF_A_KIND.fullmatch(words)
        name, category = (kind["one"], kind["kind"]) if kind else (words, "")
        specific, general = self.named.fullmatch(name), self.named.fullmatch(category)
        if general:
            of_place = not specific and _may_be_place(name, longest=SHORTEST_HEAD)
            span = Span(start, end if of_place else start + len(name))
            return _Item(span, end, self.sectors[general["noun"]], of_a_kind=not of_place)
        if specific and len(specific["head"]) >= SHORTEST_HEAD:
            span = Span(start, start + len(name))
            return _Item(span, span.end, self.sectors[specific["noun"]], of_a_kind=False)
        return _Item(Span(start, end), end, "", of_a_kind=False)


def _with_tail(verb: _Governed, tail: str) -> _Governed:
    """Return the verb of a list with this tail, which determines the stage unless it is plain."""
    stage = STAGE_OF_TAIL[tail]
    return verb if stage == PLAIN_TAIL else _Governed(verb.begin, tail, stage)


def _may_be_place(words: str, longest: int = LONGEST_PLACE) -> bool:
    """Return whether an item without a noun may be a place that shares the noun of the next one."""
    if not words or words[-1] in FACILITY_ENDINGS or re.search(r"[“”《》（）()等的]", words):
        return False
    return len(words) <= longest or (words[-1] in PLACE_ENDINGS and len(words) <= LONGEST_PLACE * 2)


def _is_name(name: str) -> bool:
    """Return whether words may be a name: neither a number of things nor half of a pair of quotes."""
    balanced = all(name.count(pair[0]) == name.count(pair[1]) for pair in PAIRS)
    generic = GENERIC.match(name)
    # 农村公路 is of a kind; in 市级三江水库 a name of its own follows.
    of_a_kind = generic is not None and len(name) - generic.end() <= LONGEST_PLACE
    short = len(name) <= LONGEST_NAME
    return short and balanced and not of_a_kind and not COUNTED.match(name)


LOWER: Final = r"[a-z][\w'’-]*"
CAPITAL: Final = r"(?:(?:St|Mt|No)\.[ ]?)?[A-Z0-9][\w'’&/–-]*"
JOINING: Final = ("of", "the", "to", "and", "de", "du", "on", "at", "upon")
PASSIVE: Final = re.compile(
    r"[ ](?:will|is|are|has|have|shall|should|to)[ ](?:to[ ])?(?:be|been|being)[ ]"
)
NOT_IN_NAMES: Final = frozenset(
    {
        "The",
        "A",
        "An",
        "This",
        "These",
        "In",
        "By",
        "We",
        "Our",
        "It",
        "And",
        "For",
        "With",
        "At",
        "On",
        "Also",
    }
)


class EnglishReader(Reader):
    """Reads English sentences."""

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Any governing verb, in any form."""
        forms = (rf"(?P<v{number}>{_inflected(verb)})" for number, verb in enumerate(self._ordered))
        return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self.stages, key=lambda verb: (-len(verb), verb))

    @cached_property
    def named(self) -> re.Pattern[str]:
        """A run of capitalised words that ends in a facility noun, or is followed by one."""
        joining = "|".join(JOINING)
        nouns = longest_first(self.sectors)
        return re.compile(
            rf"(?P<head>\b{CAPITAL}(?:[ ](?:(?:{joining})[ ])?{CAPITAL})*?(?:[ ](?!(?:{joining}|or)\b){LOWER})??)[ ]"
            rf"(?P<noun>(?i:{nouns}))s?\b"
            r"(?:[ ](?:Phase|Stage|Section|Line)[ ](?:[0-9]+|[IVX]+)\b|[ ]Extension\b)?"
        )

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun after capitalised words."""
        return bool(self.named.search(text))

    def read(self, text: str) -> Iterator[_Found]:
        """Yield what a sentence names, with spans in it; each name by the verb nearest before it."""
        verbs = list(self.verb.finditer(text))
        for match in self.named.finditer(text):
            start = self._start(match)
            if start is None:
                continue
            name = Span(start, match.end())
            before = [verb for verb in verbs if verb.end() <= name.start]
            after = [verb for verb in verbs if verb.start() >= name.end]
            passive = PASSIVE.match(text, name.end)
            if passive:
                # "…, and the Millbrook Bridge will be widened" has its verb after it.
                before = [] if any(verb.start() == passive.end() for verb in after) else before
            governing = before[-1] if before else next(iter(after), None)
            if governing is None:
                continue
            base = self._ordered[int(str(governing.lastgroup)[1:])]
            verb = _Governed(governing.start(), governing[0], self.stages[base])
            quote = Span(min(verb.begin, name.start), max(governing.end(), name.end))
            sector = self.sectors[match["noun"].lower()]
            yield _Found(name, quote, sector, verb, several=False)

    def _start(self, match: re.Match[str]) -> int | None:
        """Return where a name begins, without an article or verb before it; None if nothing is left."""
        start = match.start()
        while start < match.start("noun"):
            word = re.compile(r"[^ ]+").match(match.string, start)
            if word is None:
                return None
            if (
                word[0] not in NOT_IN_NAMES
                and word[0] not in JOINING
                and not self.verb.fullmatch(word[0])
            ):
                return start
            start = word.end() + 1
        return None


def _inflected(verb: str) -> str:
    """Return the pattern of a verb in all its forms: upgrade, upgrades, upgraded, upgrading."""
    first, *rest = verb.split(" ")
    if first.endswith("e"):
        forms = rf"{first[:-1]}(?:e|es|ed|ing)"
    elif first.endswith("y"):
        forms = rf"{first[:-1]}(?:y|ies|ied|ying)"
    else:
        forms = rf"{first}(?:s|es|ed|{first[-1]}?ing|{first[-1]}ed)?"
    irregular = {
        "build": "|built",
        "begin": "|began|begun",
        "seek": "|sought",
        "break": "|broke|broken",
    }
    return "[ ]".join([f"(?:{forms}{irregular.get(first, '')})", *rest])
