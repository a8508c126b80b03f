"""Names of projects in English sentences: capitalised words that end in a facility noun."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Final

from geo.text.document import Span
from geo.text.names import Found, Governed, Reader, longest_first

LOWER: Final = r"[a-z][\w'’-]*"
CAPITAL: Final = r"(?:(?:St|Mt|No)\.[ ]?)?[A-Z0-9][\w'’&/–-]*"
JOINING: Final = ("of", "the", "to", "and", "de", "du", "on", "at", "upon")
BRACKET: Final = r"(?:[ ]\((?:Phase|Stage|Lot|Section)[^()]*\)|[ ]\([A-Z]{2,8}\))"
PART: Final = r"(?:,?[ ](?:Phase|Stage|Section|Line|Lot)[ ](?:[0-9]+|[IVX]+)\b|[ ]No\.[ ][0-9]+)"
RUN: Final = r"[A-Z][\w'’–-]*(?:[ ](?:[A-Z][\w'’–-]*|[0-9]+\b))*(?:[ ][\"“][A-Z][\"”])?"
"""A place: a run of capitalised words."""
SIZE: Final = r"(?:[0-9][0-9.]*[ ](?:kV|MWp?|kW)[ ])"
MODIFIER: Final = r"(?![0-9,.]+[ ])(?!(?:a|an|the|and|or|of|in|at|for|to|by|new|second|third|further|additional|existing|its|their|with|will|be|two|three|four|five|six)(?![\w-]))[a-z0-9][\w-]*"
PASSIVE: Final = re.compile(
    r"[ ](?:(?:will|is|are|has|have|shall|should|to)[ ](?:to[ ])?(?:be|been|being)[ ]"
    r"|(?:is|are)[ ](?=under[ ]construction|ongoing|at[ ]tendering|under[ ]way|underway))"
)
ACTIVE: Final = re.compile(
    r"[ ](?:(?:is|are|will|shall|has|have|(?:plans|intends|proposes|expects)[ ]to|working[ ]on(?:[ ]the)?)[ ]?)+"
)
"""What stands between a name and the verb that it is the subject of."""
OWNER: Final = re.compile(
    r"(?:[A-Z][\w-]*[ ])*(?:Agency|Council|Company|Board|Authority|Government|Trust)['’]s[ ]"
)
"""Whose works they are: the Environment Agency's Lower Colne Scheme."""
WHERE: Final = re.compile(
    r"\b(?:at|in|near|from|between|over|along|opposite|behind|beside)[ ](?:the[ ])?$"
)
REACHES: Final = re.compile(
    r"\b(?:from|between|[Ee]xtend\w*|[Rr]elocat\w*|[Mm]ov\w+)\b[^.;]*[ ](?:to|and)[ ](?:the[ ])?$"
)
"""Words before a name that make it the place of the works: a main from Harefield Reservoir to Wexley Park."""
WORKS_OF: Final = re.compile(
    r"(?:[ ]and[ ][a-z]+ing)?[ ](?:(?:the[ ])?(?:[A-Z][\w'’-]*[ ])+for[ ])?(?:the[ ]|an?[ ])?(?:proposed[ ])?",
)
"""What stands between a verb and the noun of works that it governs: lobby the Government for the extension of."""
AT_PLACE: Final = re.compile(
    rf"(?:[ ]\([^()]*\))?[ ](?:in|at|near|within)[ ](?:the[ ])?(?P<place>{RUN})"
)
"""The place after a name: in Kisumu East."""
MONTHS: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|FY|Q[1-4])\b"
UNNAMED: Final = re.compile(
    r"\b(?:one|ones|another|others|(?!located|situated|based|linked)[a-z]+ed|[0-9][0-9,.]*(?:[ ]million)?[ ](?!(?:acres|hectares|ha|km|m)\b)[a-z]+)\b(?:[ ](?!and\b)[a-z]+){0,2}[ ]"
    rf"(?:at|in|near|across|along|between|over)[ ](?:the[ ])?(?!{MONTHS}){RUN}"
    rf"(?:(?:,[ ](?:and[ ])?|[ ]and[ ])(?:the[ ])?(?!{MONTHS}){RUN}(?:[ ][a-z]+\b(?=[ ]?$))?)*"
)
"""Something without a name at a place or places: one at Ahero, trees planted across Kajulu Hills."""
NOT_IN_NAMES: Final = frozenset(
    {
        "The", "A", "An", "This", "These", "In", "By", "We", "Our", "It", "And", "For", "With", "At", "On", "Also",
    }
)  # fmt: skip


WORKS_STAGES: Final = ("plan", "upgrade")
"""Stages of a noun of works (construction, extension) that a verb before it may change."""


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
    def _forms(self) -> dict[str, str]:
        """The sector of each noun, in the singular and in the plural."""
        return {**self.sectors, **{_plural(noun): code for noun, code in self.sectors.items()}}

    @cached_property
    def named(self) -> re.Pattern[str]:
        """A run of capitalised words that ends in a facility noun, or is followed by one."""
        joining = "|".join(JOINING)
        return re.compile(
            rf"{SIZE}?(?P<head>(?<![\d,.])\b{CAPITAL}(?:[ ](?:(?:{joining})[ ])?{CAPITAL})*?(?:[ ](?!(?:{joining}|or)\b){LOWER})??)[ ]"
            rf"(?P<noun>(?i:{longest_first(self._forms)}))\b"
            rf"(?:{PART}|[ ]Extension\b|{BRACKET})*(?:[ ](?i:{longest_first(self._forms)})\b(?:[ ](?:at|in)[ ]{RUN})?)?"
            r"(?![ ](?!Phase|Stage|Section|Line|Lot)[A-Z][a-z])"
        )

    @cached_property
    def placed(self) -> re.Pattern[str]:
        """A facility noun in small letters, and the place or places where it stands."""
        return re.compile(
            rf"(?<![\w,.–-]){SIZE}?(?P<head>(?:{MODIFIER}[ ]){{0,3}}?)(?P<noun>(?i:{longest_first(self._forms)}))\b"
            rf"(?:[ ](?:at|in|on|over|across|between)[ ](?:the[ ])?{RUN}(?:[ ](?:at|in|near)[ ]{RUN})?(?:(?:,[ ]|,?[ ]and[ ]){RUN}(?![ ][a-z]+[ ]of))*(?:[ ](?:{longest_first(self._forms)})\b)?)"
        )

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun after capitalised words."""
        return bool(self.named.search(text) or self.placed.search(text))

    def sector_of(self, name: str) -> str:
        """Return the sector that the last facility noun of a name suggests, "" without one."""
        nouns = re.findall(rf"\b(?i:{longest_first(self._forms)})\b", name)
        return self._forms[nouns[-1].lower()] if nouns else ""

    def items(self, text: str) -> Iterator[Span]:
        """Yield the parts of a sentence between commas and "and" that may each name a project.

        They have a facility noun, or are something at a place that only another word tells.
        """
        noun = re.compile(rf"\b(?i:{longest_first(self._forms)})\b")
        found = [Span(match.start(), match.end()) for match in UNNAMED.finditer(text)]
        for match in re.finditer(r"(?:(?!,[ ]|[ ]and[ ]).)+", text):
            words = re.sub(r"^[ ,]*(?:and[ ])?", "", match[0])
            part = Span(match.end() - len(words), match.end() - len(words) + len(words.rstrip()))
            has_noun = noun.search(words) and re.search(r"[A-Z]", words[1:])
            if has_noun and not any(part.overlaps(one) for one in found):
                found.append(part)
        yield from sorted(found, key=lambda one: one.start)

    def read_list(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield span and sector of each name in a list without a verb."""
        for span, sector, _ in self._names(text):
            yield span, sector

    def read(self, text: str) -> Iterator[Found]:
        """Yield what a sentence names, with spans in it; each name by the verb nearest before it."""
        verbs = list(self.verb.finditer(text))
        for name, sector, several in self._names(text):
            before = [verb for verb in verbs if verb.end() <= name.start]
            after = [verb for verb in verbs if verb.start() >= name.end]
            passive = PASSIVE.match(text, name.end)
            if passive:
                # "…, and the Millbrook Bridge will be widened" has its verb after it.
                before = [] if any(verb.start() == passive.end() for verb in after) else before
            governing = before[-1] if before else next(iter(after), None)
            # "The Highways Agency will widen …": the name is who does it, not what is done.
            if governing is None or (
                not before and not passive and ACTIVE.fullmatch(text, name.end, governing.start())
            ):
                continue
            verb = self._governed(governing)
            if before[1:] and verb.stage in WORKS_STAGES:
                # Of "lobby for the extension of" and "complete the dualling of" the first verb decides.
                over = self._governed(before[-2])
                joined = WORKS_OF.fullmatch(text, before[-2].end(), governing.start())
                of = text.startswith(" of ", governing.end())
                verb = over if joined and of and over.stage not in WORKS_STAGES else verb
            quote = Span(min(verb.begin, name.start), max(governing.end(), name.end))
            at = AT_PLACE.match(text, name.end)
            yield Found(name, quote, sector, verb, several, at["place"] if at else "")

    def _governed(self, verb: re.Match[str]) -> Governed:
        """Return a verb with the stage of its base form."""
        base = self._ordered[int(str(verb.lastgroup)[1:])]
        return Governed(verb.start(), verb[0], self.stages[base])

    def _names(self, text: str) -> Iterator[tuple[Span, str, bool]]:
        """Yield span and sector of each name, and whether it holds several, in text order."""
        found = sorted(
            [*self._placed(text), *self._capitalised(text)],
            key=lambda one: one[0].end - one[0].start,
        )
        kept: list[tuple[Span, str, bool]] = []
        for one in reversed(found):
            # "maternity wing at Kombewa Hospital" is one name, the longer of two.
            if not any(one[0].overlaps(other) for other, _, _ in kept):
                kept.append(one)
        yield from sorted(kept, key=lambda one: one[0].start)

    def _placed(self, text: str) -> Iterator[tuple[Span, str, bool]]:
        for match in self.placed.finditer(text):
            before = re.search(r"([A-Z][\w'’–-]*)[ ]$", text[: match.start()])
            if before and not self.verb.fullmatch(before[1]) and before[1] not in NOT_IN_NAMES:
                continue  # "Moi Stadium at Kisumu" is named by what stands before.
            noun = match["noun"].lower()
            several = noun not in self.sectors and bool(re.search(r",| and ", match[0]))
            yield Span(match.start(), match.end()), self._forms[noun], several

    def _capitalised(self, text: str) -> Iterator[tuple[Span, str, bool]]:
        for match in self.named.finditer(text):
            start = self._start(match)
            if start is None or _is_place(text, start, match.end()):
                continue
            noun = match["noun"].lower()
            plural = noun not in self.sectors
            listed = re.search(rf"(?:{RUN},[ ])+$", text[:start]) if plural else None
            # "Chemelil, Muhoroni and Miwani sugar mills" begins with the first of them.
            name = Span(listed.start() if listed else start, match.end())
            several = plural and " and " in text[name.start : match.start("noun")]
            # Of "Beach Road sewer" the last noun tells the sector.
            sector = self.sector_of(text[name.start : name.end]) or self._forms[noun]
            yield name, sector, several

    def _start(self, match: re.Match[str]) -> int | None:
        """Return where a name begins, without an article or verb before it; None if nothing is left."""
        if match["head"] == "New":
            return None
        owner = OWNER.match(match.string, match.start(), match.start("noun"))
        start = owner.end() if owner else match.start()
        while start < match.start("noun"):
            word = re.compile(r"[^ ]+").match(match.string, start)
            if word is None:
                return None
            if (
                word[0] not in NOT_IN_NAMES
                and word[0] not in JOINING
                and not self.verb.fullmatch(word[0])
            ):
                # "the following markets" names none.
                return start if not word[0][0].islower() else None
            start = word.end() + 1
        return None


def _is_place(text: str, start: int, end: int) -> bool:
    """Return whether a name only says where works are."""
    before = text[:start]
    return bool(
        WHERE.search(before) or REACHES.search(before) or re.match(r"[ ]sites?\b", text[end:])
    )


def _plural(noun: str) -> str:
    """Return the plural of a noun: facilities, churches, mills."""
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "sh", "s", "x")) else f"{noun}s"


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
