"""Names of projects in a segment of Chinese text: items of a list that end in a facility noun.

The items share the governing verb before them and any tail after them: in "协同推进A、B开工建设和C等前期工作", A
and B are to be started and C is in preparation. A state may stand after the name instead (A年内投运).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from geo.text.chinese_words import (
    AMOUNT,
    AND,
    BRACKET,
    CAPACITY,
    COUNTED,
    ENDINGS,
    FACILITY_ENDINGS,
    GENERIC,
    IMPROVES,
    INTRODUCES,
    KIND_OF_WORK,
    LATEST_VERB,
    LEVELS,
    LONG_NOUN,
    LONGEST_NAME,
    LONGEST_OF_A_KIND,
    LONGEST_PLACE,
    NAMED_ROAD,
    NEEDS_PLACE,
    NO_NAME,
    NO_PLACE,
    NO_WORK,
    NUMBERED,
    OF_A_KIND,
    ON_SITE,
    ONLY_ENDING,
    ONLY_WORK,
    OWN_WORK,
    PAIRS,
    PHASED,
    PLACE,
    PLACE_ENDINGS,
    PLAIN_STAGES,
    PLAIN_TAIL,
    QUANTITY,
    SAYS_NOTHING,
    SHORTEST_HEAD,
    SHORTEST_NOUN,
    SLOGAN,
    STAGE_OF_TAIL,
    STARTED,
    STATES,
    STUDIED,
    SUPPORTED,
    TAIL,
    TOWN,
    VILLAGE,
    WORK,
    WORKS,
)
from geo.text.document import Span
from geo.text.names import Found, Governed, Reader, longest_first


@dataclass(frozen=True)
class _Item:
    """An item of a list: the span of its words, and the sector of its noun, "" without a noun.

    `is_name` says that it is a name; `of_a_kind` that the noun stands after 等, for all items before
    it; `shares` that items before it may share its works (菜子湖、泊湖综合整治).
    """

    span: Span
    end: int
    sector: str
    is_name: bool
    of_a_kind: bool = False
    shares: bool = False


class ChineseReader(Reader):
    """Reads Chinese segments."""

    @cached_property
    def verb(self) -> re.Pattern[str]:
        """Any governing verb."""
        # 研究院 is a noun.
        return re.compile(rf"(?:{longest_first(self.stages)})(?<!研究(?=[院所中生]))")

    @cached_property
    def noun(self) -> re.Pattern[str]:
        """Any facility noun."""
        return re.compile(longest_first(self.sectors))

    @cached_property
    def named(self) -> re.Pattern[str]:
        """A name: its head, its noun, and what may follow the noun (一期工程, 云泽段, brackets)."""
        return re.compile(
            rf"(?P<head>.*?)(?P<noun>{longest_first(self.sectors)})(?:{longest_first(ENDINGS)}|{BRACKET}"
            rf"|[A-Z]?[0-9]{{2,4}}线?|[\u4e00-\u9fff]{{1,8}}段|“[^”]{{1,8}}”|{CAPACITY}|{WORK})*"
        )

    @cached_property
    def worked(self) -> re.Pattern[str]:
        """Works on a part of something that is named: 纪念馆陈列改造."""
        return re.compile(
            rf"(?P<head>.*?)(?P<noun>{longest_first(self.sectors)})(?P<part>[\u4e00-\u9fffA-Za-z0-9]{{0,8}}?){WORK}(?:{BRACKET})?"
        )

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun with words before it that may be a name."""
        words = re.sub(r"^\W*\w{0,3}[)）、.．]", "", text)
        words = re.sub(r"^\W*[一二三四五六七八九十]+[是要]", "", words)
        words = INTRODUCES.sub("", words)
        match = self.named.search(words)
        if not match or len(match["head"]) < SHORTEST_HEAD:
            return False
        verbs = list(self.verb.finditer(match["head"]))
        head = match["head"][verbs[-1].end() :] if verbs else match["head"]
        return bool(head) and not GENERIC.fullmatch(head)

    def sector_of(self, name: str) -> str:
        """Return the sector that the last facility noun of a name suggests, "" without one.

        The words of a village tell nothing: water works in 港口村 are no port.
        """
        nouns = self.noun.findall(VILLAGE.sub("", name))
        return self.sectors[nouns[-1]] if nouns else ""

    def items(self, text: str) -> Iterator[Span]:
        """Yield the items of a segment, without a verb before or a tail after them."""
        for start, end in self._split(text):
            verbs = [
                verb for verb in self.verb.finditer(text[start:end]) if verb.start() <= LATEST_VERB
            ]
            begin = start + (verbs[-1].end() if verbs else 0)
            tail = TAIL.search(text, begin, end)
            if text[end : end + 1] in {"：", ":"}:
                continue
            yield Span(begin, tail.start() if tail and tail.start() > begin else end)

    def read_list(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield span and sector of each item of a list without a verb that is a name."""
        for start, end in self._split(text):
            item = self._item(text, start, end)
            if item.is_name:
                yield item.span, item.sector

    def read(self, text: str) -> Iterator[Found]:
        """Yield what a segment names, with spans in it."""
        verb: Governed | None = None
        items: list[_Item] = []
        for start, end in self._split(text):
            name_start = start
            match = self._governing(text[start:end], first=verb is None)
            if match:
                if verb:
                    yield from self._found(text, items, verb)
                verb = Governed(start + match.start(), match[0], self.stages[match[0]])
                name_start, items = start + match.end(), []
            tail = TAIL.search(text, name_start, end)
            if verb is None:
                items.append(self._item(text, start, tail.start() if tail else end))
                if tail:
                    if _stands_alone(tail):
                        stated = Governed(start, tail[1], STAGE_OF_TAIL[tail[1]])
                        yield from self._found(text, items, stated, tail.end())
                    items = []
                continue
            item = self._with_works(text, name_start, end, tail)
            items.append(item)
            if tail and item.end <= tail.start():
                last = _with_tail(verb, tail[1])
                yield from self._found(text, items, verb, tail.end(), last)
                items = []
        if verb:
            yield from self._found(text, items, verb)

    def _with_works(self, text: str, start: int, end: int, tail: re.Match[str] | None) -> _Item:
        """Return an item without its tail, unless only the tail makes it a name: 纪念馆陈列改造."""
        item = self._item(text, start, tail.start() if tail else end)
        if tail and not item.is_name and STAGE_OF_TAIL[tail[1]] == "upgrade":
            whole = self._item(text, start, end)
            return whole if whole.is_name else item
        return item

    def _found(
        self,
        text: str,
        items: list[_Item],
        verb: Governed,
        tail_end: int | None = None,
        last: Governed | None = None,
    ) -> Iterator[Found]:
        """Yield what a list names; a quote ends with the tail if there is one, else the name.

        `last` is the verb with the tail, which governs the last item, and the others unless they are
        begun or have works of their own: 开工A、B改造.
        """
        every = last is not None and (last.stage != "upgrade" or verb.stage == PLAIN_TAIL)
        places: list[_Item] = []
        unnamed: list[_Item] = []
        supported = SUPPORTED.search(text, 0, verb.begin)
        near, begin = (supported["place"], supported.start()) if supported else ("", verb.begin)
        for item in items:
            words = text[item.span.start : item.span.end]
            if not item.is_name:
                unnamed.append(item)
                places = [*places, item] if _may_be_place(words) else []
                continue
            end = tail_end or item.end
            alone = [] if not item.of_a_kind else [
                one for one in unnamed
                if one not in places and one.span.end - one.span.start <= LONGEST_OF_A_KIND
            ]  # fmt: skip
            for one in alone:
                quote = Span(min(begin, one.span.start), end)
                yield Found(one.span, quote, item.sector, verb, several=False, near=near)
            shared = unnamed if item.shares and all(map(_is_short, unnamed)) else places
            first = shared[0].span.start if shared else item.span.start
            name = text[first : item.span.end]
            slogan = verb.term == "打造" and SLOGAN.match(name)
            if _is_name(name, self.named) and not slogan:
                several = bool(shared) or _has_several(name)
                own = OWN_WORK.search(name) is not None
                tailed = last and (item is items[-1] or (every and not own))
                governed = last if last and tailed else verb
                work = IMPROVES.search(name)
                # A state (A改造工程完工) says more than its works do.
                is_state = tail_end is not None and last is None
                if work and governed is verb and verb.stage in PLAIN_STAGES and not is_state:
                    governed = Governed(verb.begin, work[1], "upgrade")
                span = Span(first, item.span.end)
                # Of "A、B年内投运" the state begins with B.
                quote = Span(min(begin, first), end)
                yield Found(span, quote, item.sector, governed, several, near)
            places, unnamed = [], []

    def _split(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and end of each item of a segment, split at 、 outside brackets and at "and".

        An "and" splits only after the name of a project or after a tail: 和平水库 is one name.
        """
        numbered = NUMBERED.match(text)
        start, depth = numbered.end() if numbered else 0, 0
        for at, character in enumerate(text):
            depth += (character in "(（") - (character in ")）")
            conjunction = AND.match(text, at)
            if depth == 0 and character in "、：:":
                yield start, at
                start = at + 1
            elif depth == 0 and conjunction and at >= start and self._closes(text, start, at):
                if ONLY_WORK.match(text, conjunction.end()):
                    continue
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
        verbs = [
            verb
            for verb in self.verb.finditer(item)
            if TAIL.sub("", item[verb.end() :]) and not ONLY_ENDING.fullmatch(item, verb.end())
        ]
        if first and verbs and self._states(item, verbs[0]):
            return None
        named = [
            verb
            for number, verb in enumerate(verbs)
            if self._names(item[verb.end() :])
            and not (number and self._is_part(item, verbs[number - 1].end(), verb))
        ]
        if first:
            return named[-1] if named else next(iter(verbs), None)
        early = [verb for verb in named if verb.start() <= LATEST_VERB]
        return early[-1] if early else next((verb for verb in verbs if verb.start() == 0), None)

    def _is_part(self, item: str, start: int, verb: re.Match[str]) -> bool:
        """Return whether a verb is works in a name that goes on after it: 棚户区改造二期安置房."""
        return verb[0] in WORKS and self.named.fullmatch(item, start, verb.start()) is not None

    def _states(self, item: str, verb: re.Match[str]) -> bool:
        """Return whether an item states what becomes of the name before its verb: A完成主体工程."""
        tail = TAIL.search(item)
        return bool(
            tail
            and _stands_alone(tail)
            and not self._names(item[verb.end() :])
            and self._item(item, 0, tail.start()).is_name
        )

    def _names(self, words: str) -> bool:
        bare = TAIL.sub("", words)
        return any(self._item(one, 0, len(one)).is_name for one in (bare, words))

    def _item(self, text: str, start: int, end: int) -> _Item:
        """Return an item; "乐至站等综合交通枢纽" is named 乐至站, and is a 综合交通枢纽."""
        quantity = False
        for ending in (SAYS_NOTHING, AMOUNT, QUANTITY):
            match = ending.search(text, start, end)
            if match and match.start() > start:
                end, quantity = match.start(), quantity or ending is QUANTITY
        words = text[start:end]
        kind = OF_A_KIND.fullmatch(words)
        name, category = (kind["one"], kind["kind"]) if kind else (words, "")
        specific, general = self.named.fullmatch(name), self.named.fullmatch(category)
        if general:
            shared = general["noun"] in NEEDS_PLACE or _may_be_place(name, longest=SHORTEST_HEAD)
            of_place = not specific and shared
            span = Span(start, end if of_place else start + len(name))
            sector = self.sectors[general["noun"]]
            return _Item(span, end, sector, is_name=True, of_a_kind=not of_place, shares=of_place)
        if kind and not specific and KIND_OF_WORK.fullmatch(category):
            long = len(name) > LONGEST_OF_A_KIND or name.endswith(("化", "转型", "创新", "发展"))
            span = Span(start, start + len(name))
            return _Item(span, end, self.sector_of(name), is_name=not long, of_a_kind=not long)
        specific = specific or self._worked(name)
        span = Span(start, start + len(name))
        if specific and (len(specific["head"]) >= SHORTEST_HEAD or _is_own(specific)):
            noun = specific["noun"]
            placed = noun not in NEEDS_PLACE or _has_place(specific["head"])
            if placed and (not quantity or _has_place(specific["head"])):
                shares = noun in NEEDS_PLACE and name.endswith(noun)
                on_site = self.sector_of(specific["head"]) if noun in ON_SITE else ""
                sector = on_site or self.sectors[noun]
                return _Item(span, span.end, sector, is_name=True, shares=shares)
        elif not quantity and (self._is_work_at_place(name) or _is_phase(name)):
            return _Item(span, span.end, self.sector_of(name), is_name=True)
        return _Item(Span(start, end), end, "", is_name=False)

    def _worked(self, name: str) -> re.Match[str] | None:
        match = self.worked.fullmatch(name)
        return None if match and NO_WORK.search(match["part"]) else match

    def _is_work_at_place(self, name: str) -> bool:
        """Return whether a name is that of works at a place, without a facility noun: 三市镇集镇提质."""
        match = re.fullmatch(rf"(?P<head>.{{3,}}?)(?:{WORK}|工程|项目)(?:{BRACKET})?", name)
        return bool(match and _has_place(match["head"]) and not NO_WORK.search(name))


def _is_own(match: re.Match[str]) -> bool:
    """Return whether a name says only whose it is (县融媒体中心), or is a numbered road (国道512线)."""
    if match["noun"] in {"国道", "省道", "县道"}:
        return bool(re.search("[0-9]", match[0]))
    return match["head"] in tuple("县市区省州镇乡") and len(match["noun"]) > SHORTEST_NOUN


def _stands_alone(tail: re.Match[str]) -> bool:
    """Return whether a tail says what becomes of the name before it, without a verb before that."""
    states = STAGE_OF_TAIL[tail[1]] in STATES or tail[1].startswith(STARTED)
    return states or tail[2] is not None


def _is_phase(name: str) -> bool:
    """Return whether a name without a facility noun is told by its phase: 余村数字游民公社二期."""
    return PHASED.fullmatch(name) is not None and not NO_WORK.search(name)


def _with_tail(verb: Governed, tail: str) -> Governed:
    """Return the verb of a list with this tail, which determines the stage unless it is plain."""
    stage = STAGE_OF_TAIL[tail]
    kept = stage == PLAIN_TAIL or (stage == "upgrade" and verb.stage in STUDIED)
    return verb if kept else Governed(verb.begin, tail, stage)


def _has_place(words: str) -> bool:
    """Return whether words name a place: 汨罗江, S317, 县城, but not 农村."""
    if TOWN.search(words) or NAMED_ROAD.search(words):
        return True
    return bool(re.search(rf"[\u4e00-\u9fff][{PLACE}]", NO_PLACE.sub("", words)))


def _is_short(item: _Item) -> bool:
    return item.span.end - item.span.start <= LONGEST_PLACE * 2


def _may_be_place(words: str, longest: int = LONGEST_PLACE) -> bool:
    """Return whether an item without a noun may be a place that shares the noun of the next one."""
    if re.fullmatch(r"[GSX][0-9]{2,4}", words):
        return True
    if not words or words[-1] in FACILITY_ENDINGS or re.search(r"[“”《》（）()等的]", words):
        return False
    return len(words) <= longest or (words[-1] in PLACE_ENDINGS and len(words) <= LONGEST_PLACE * 2)


def _has_several(name: str) -> bool:
    """Return whether a name holds a mark between items that could not be divided."""
    if re.search(r"[（(][^（）()]*段、[^（）()]*段[)）]", name):
        return True
    plain = re.sub(BRACKET, "", name)
    return bool(
        re.search(
            r"、|(?<=[\u4e00-\u9fff]{2})(?:以及|及|与|和(?!平|谐|田|县|顺))(?=[\u4e00-\u9fff]{2})",
            plain,
        )
    )


def _is_name(name: str, named: re.Pattern[str]) -> bool:
    """Return whether words may be a name: neither a number of things nor half of a pair of quotes."""
    balanced = all(name.count(pair[0]) == name.count(pair[1]) for pair in PAIRS)
    generic = GENERIC.match(name)
    match = named.fullmatch(name)
    if match and match["head"] in LEVELS and len(match["noun"]) >= LONG_NOUN:
        generic = None
    # 农村公路 is of a kind; in 市级三江水库 a name of its own follows.
    of_a_kind = generic is not None and (
        len(name) - generic.end() <= LONGEST_PLACE
        or bool(match and generic.end() >= len(match["head"]))
    )
    short = len(name) <= LONGEST_NAME and not NO_NAME.match(name)
    return short and balanced and not of_a_kind and not COUNTED.match(name)
