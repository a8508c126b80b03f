"""What names of projects are found by: a reader for each language, and what it finds in a segment."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from geo.text.document import Span


def longest_first(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words, the longest that matches."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@dataclass(frozen=True)
class Governed:
    """A governing verb: its start in the segment, the word that determines the stage, the stage."""

    begin: int
    term: str
    stage: str


@dataclass(frozen=True)
class Found:
    """A name in a segment: spans of its name and quote, the sector, the governing verb.

    `sector` is "" where the words do not tell it. `several` says that the name holds more than one
    project. `near` is the place that the words before the verb name (支持迎江区建设), or "".
    """

    name: Span
    quote: Span
    sector: str
    verb: Governed
    several: bool
    near: str = ""


class Reader:
    """Reads the segments of a text in one language.

    `stages` maps each governing verb to its stage, `sectors` each facility noun to its sector.
    """

    def __init__(self, stages: Mapping[str, str], sectors: Mapping[str, str]) -> None:
        self.stages = stages
        self.sectors = sectors

    def read(self, text: str) -> Iterator[Found]:
        """Yield what a segment names, with spans in it."""
        raise NotImplementedError

    def read_list(self, text: str) -> Iterator[tuple[Span, str]]:
        """Yield span and sector of each item of a list without a verb that is a name."""
        raise NotImplementedError

    def sector_of(self, name: str) -> str:
        """Return the sector that the last facility noun of a name suggests, "" without one."""
        raise NotImplementedError

    def names_something(self, text: str) -> bool:
        """Return whether a text has a facility noun with words before it that may be a name."""
        raise NotImplementedError

    def items(self, text: str) -> Iterator[Span]:
        """Yield the parts of a segment that may each name a project."""
        raise NotImplementedError


BOX: Final = re.compile(
    r"\s*(?:专栏|专[题表]|附表|表|Box|Table)\s*[0-9一二三四五六七八九十.-]+[：:.\s]*(?P<title>\S.*)"
)
COLUMNS: Final = re.compile(r"\t+|[ \u3000]{2,}")
LEAST_COLUMNS: Final = 3
NAME_COLUMN: Final = re.compile(
    r"(?:项目|工程|建设项目)?名称|项目|工程|(?:Project|Scheme)(?: Name| Title)?|Name", re.IGNORECASE
)


def is_title_of_list(line: str) -> bool:
    """Return whether a line is the title of a box, or heads the columns of a table."""
    if BOX.fullmatch(line):
        return not re.search("[，。；;]", line)
    cells = COLUMNS.split(line.strip())
    return len(cells) >= LEAST_COLUMNS and any(NAME_COLUMN.fullmatch(cell) for cell in cells)
