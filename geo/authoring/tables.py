"""A list of projects as a table (CSV or XLSX), and the text that it becomes.

Each row of a project becomes a numbered line with its cells, "3.甲山水库；建设性质：新建；…", so that the
project can quote it by position. The words are those of the cells and of the headings; only the
numbers and the marks between cells are added, where the table has none. Words above a row that say
its stage (在建项目, in the title) end its line if the row does not say it, as a cell that spans rows
holds for each of them. Totals, page numbers and repeated headings are left out, and told to the curator.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import count, takewhile
from pathlib import Path
from typing import Final

from geo.authoring.source_text import data_error
from geo.authoring.spreadsheets import (
    FIGURE,
    ROLES,
    Column,
    Header,
    Row,
    Sheet,
    continues_header,
    find_header,
    heading_key,
    no_header,
    read_sheets,
    stated_column,
)
from geo.core.faults import quoted
from geo.core.numerals import NUMERAL, chinese_numeral
from geo.text.clauses import STYLES, heading_end
from geo.text.document import parse_clauses

TOTAL: Final = re.compile(
    r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|本页|页计|承前页|过次页|total|subtotal)", re.IGNORECASE
)
NOTE: Final = re.compile(r"\s*(?:备?注|说明|来源|资料来源|note|source)s?\s*[:：]", re.IGNORECASE)
PAGE: Final = re.compile(r"[-—–－\s]*第?\s*[0-9]+\s*页?[\s,，/]*(?:共?\s*[0-9]+\s*页)?[-—–－\s]*")
CONTINUED: Final = re.compile(r"续表|.*[(（]续(?:表|上表)?[)）]$")
TITLE: Final = (
    re.compile("名单|清单|计划|目录|list|programme|program|plan", re.IGNORECASE),
    re.compile("表|方案|项目|projects", re.IGNORECASE),
)
"""What the line of a title says, the surest words first."""
NO_TITLE: Final = re.compile(
    r"附件|附表|附录|annex|.{0,6}[:：]|[(（][^()（）]*[)）]$", re.IGNORECASE
)
CLOSING: Final = 24
"""Number of characters of the notes that the closing paragraph is known by."""

STAGE_ROLES: Final = {"progress", "goal", "stage"}
"""Columns that tell the stage: one of them is enough."""
MOST_GAPS: Final = 20
"""How many missing numbers are told; more mean that the numbers are no count."""

Above = tuple[str, ...]
"""What stands above a row: its section and those that this is part of, then sheet and title."""


@dataclass(frozen=True)
class TableRow:
    """A row that names a project: its cells by role, what stands above it, and its place in the text.

    `section` is the nearest heading above it; `start` and `end` are the positions of its words.
    """

    cells: Mapping[str, str]
    section: str
    above: Above
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A sheet as it was understood: the lines above its headings, its columns, and its rows by kind.

    `body` has the kind of each row ("project" or "section") with its cells; `notes` are the lines
    below, and `dropped` the words of the rows that are left out.
    """

    name: str
    above: tuple[str, ...]
    title: str
    headings: Row
    columns: tuple[Column, ...]
    body: tuple[tuple[str, Row], ...]
    notes: tuple[str, ...]
    dropped: tuple[str, ...]

    @property
    def role(self) -> dict[str, int]:
        """The index of the column for each role."""
        return {column.role: column.index for column in self.columns}

    @property
    def english(self) -> bool:
        """Whether its headings are English."""
        return not re.search("[\u4e00-\u9fff]", "".join(self.headings))

    @property
    def whole(self) -> Above:
        """What stands above all of its rows: the sheet's name, the title, and lines in brackets."""
        lines = [one for one in self.above if one == self.title or one[0] in "(（"]
        return (self.name, *lines)

    def gaps(self) -> list[int]:
        """Return the numbers that the rows leave out as they count up, also below new headings."""
        cells = (
            [_at(row, self.role["number"]) for _, row in self.body] if "number" in self.role else []
        )
        numbers = [int(one) for cell in cells if (one := _own_number(cell)).isdecimal()]
        pairs = zip([0, *numbers], numbers, strict=False)
        return [gap for before, number in pairs for gap in range(before + 1, number)][:MOST_GAPS]

    def unused(self) -> list[str]:
        """Return the headings of the columns that have no role."""
        used = {column.index for column in self.columns}
        return [one for at, one in enumerate(self.headings) if one and at not in used]


@dataclass(frozen=True)
class TableText:
    """One or more tables as text: its words, its rows of projects, its title, and how it was read.

    `closing` is how the notes at its end begin, "" without any; `around` are the lines that are in
    no row. `unread` are the sheets that were left out, with the reason.
    """

    text: str
    rows: tuple[TableRow, ...]
    tables: tuple[Table, ...]
    title: str
    closing: str
    around: str
    unread: tuple[str, ...] = ()

    def summary(self) -> Iterator[str]:
        """Yield lines that tell the curator how the table was understood."""
        for table in self.tables:
            if table.name:
                yield f"sheet {table.name}"
            for column in table.columns:
                origin = "stated" if column.stated else "guessed from its heading"
                yield f"column {column.role}: {column.heading} ({origin})"
            told = STAGE_ROLES & set(table.role)
            for role in ROLES:
                if role not in table.role and not (told and role in STAGE_ROLES):
                    below = (
                        "; below is where else the stage comes from" if role in STAGE_ROLES else ""
                    )
                    yield f"column {role}: (none); state it with --column {role}=HEADING{below}"
            if unused := table.unused():
                yield f"columns that are only quoted: {'、'.join(unused)}"
            kinds = [kind for kind, _ in table.body]
            yield f"{kinds.count('project')} rows name projects, below {kinds.count('section')} headings"
            if gaps := table.gaps():
                yield f"its numbers leave out {', '.join(map(str, gaps))}: compare with the original"
            for words in table.dropped:
                yield f"left out: {quoted(words)}"
            for words in table.notes:
                yield f"a note, at the end of the text: {quoted(words)}"
        yield from self.unread


Lead = Callable[[Mapping[str, str], Above], str]
"""Returns the words above a row that say its stage, "" if the row says it or nothing does."""


def read_table(
    path: Path,
    stated: Iterable[str],
    sheets: Iterable[str] = (),
    title: str | None = None,
    lead: Lead = lambda _cells, _above: "",
) -> TableText:
    """Return a table as text; `stated` holds "role=heading" for columns that need no guess.

    The sheets are the first, or those that `sheets` names; each becomes a part. The title is
    `title`, or else the line above the headings that is named a list, or else the file's name.

    Raises DataError if the file cannot be read, no row has the headings, or a stated one is missing.
    """
    named = dict(stated_column(path, one) for one in stated)
    wanted = list(sheets)
    read, left = read_sheets(path, wanted)
    unread = [
        f"sheet {one.name}: not read, {sum(map(any, one.rows))} rows; add --sheet {one.name}, or --sheet all"
        for one in left
    ]
    tables = []
    for sheet in read:
        header = find_header(sheet.rows, named)
        if header is None and len(read) > 1 and sheet.name not in wanted:
            unread.append(f"sheet {sheet.name}: not read, as no row has the headings of a list")
        elif header is None:
            raise no_header(path, sheet.rows, named)
        else:
            tables.append(_table(path, sheet, header, alone=len(read) == 1))
    if not tables:
        raise no_header(path, read[0].rows, named)
    empty = next((one for one in tables if all(kind != "project" for kind, _ in one.body)), None)
    if empty:
        heading = next(column.heading for column in empty.columns if column.role == "name")
        raise data_error(
            "table-rows", path.name, f"the column {quoted(heading)}", "has no project in it",
            "state the column of names with --column name=HEADING",
        )  # fmt: skip
    return _text(path, tables, title, lead, tuple(unread))


def _table(path: Path, sheet: Sheet, header: Header, *, alone: bool) -> Table:
    """Return a sheet with each row below its headings as what it is."""
    start, end, headings, columns = header
    above = [" ".join(dict.fromkeys(filter(None, row))) for row in sheet.rows[:start]]
    above = [line for line in above if line]
    role = {column.role: column.index for column in columns}
    known = set(above)
    body: list[tuple[str, Row]] = []
    dropped: list[str] = []
    repeated = sheet.rows[start:end]
    before = ""
    for row in sheet.rows[end:]:
        filled = list(dict.fromkeys(filter(None, row)))
        if not filled:
            continue
        line = " ".join(filled)
        repeats = (
            heading_key(_at(row, role["name"])) == heading_key(_at(headings, role["name"]))
            or row in repeated
        )
        if repeats or (before == "header" and continues_header(row, repeated[0], role["name"])):
            before = "header"
        elif len(filled) == 1 and (line in known or CONTINUED.match(line) or _is_page(line)):
            before = "page"
        elif NOTE.match(line) or (before == "note" and len(filled) == 1 and heading_end(line)):
            before = "note"
        elif TOTAL.match(filled[0]) or TOTAL.match(_at(row, role["name"])):
            before = "total"
        else:
            before = _kind(row, role, filled)
        if before in {"project", "section", "note"}:
            body.append((before, row))
        else:
            dropped.append(line)
    last = max((at for at, (kind, _) in enumerate(body) if kind == "project"), default=len(body))
    below = [kind == "note" or at > last for at, (kind, _) in enumerate(body)]
    notes = [" ".join(dict.fromkeys(filter(None, row))) for (_, row), is_note in zip(body, below, strict=True) if is_note]  # fmt: skip
    kept = tuple(one for one, is_note in zip(body, below, strict=True) if not is_note)
    name = "" if alone and not re.search("[\u4e00-\u9fff]", sheet.name) else sheet.name
    title = _title(above) or sheet.name or path.stem
    return Table(
        name, tuple(above), title, headings, columns, kept, tuple(_joined(notes)), tuple(dropped)
    )


def _at(row: Row, index: int) -> str:
    return row[index] if index < len(row) else ""


def _is_page(line: str) -> bool:
    return bool(PAGE.fullmatch(line) and re.search("[-—–－页]", line))


def _kind(row: Row, role: Mapping[str, int], filled: list[str]) -> str:
    """Return "project" for a row that names one, and "section" for one that heads others.

    A section fills one cell besides a Chinese number and figures; "other" has no name at all.
    """
    number, name = _at(row, role["number"]) if "number" in role else "", _at(row, role["name"])
    words = [one for one in filled if not FIGURE.fullmatch(one)]
    counted = re.fullmatch(rf"[(（]?{NUMERAL}[)）]?[、.．]?", number)
    if counted and len([one for one in words if one != number]) == 1:
        return "section"
    if len(words) == 1 and (not number or number == words[0]) and ("number" in role or not name):
        return "section"
    if len(filled) == 1:
        return "section"
    return "project" if name else "other"


def _title(above: list[str]) -> str:
    lines = [one for one in above if not NO_TITLE.match(one)]
    found = (next((one for one in lines if sure.search(one)), "") for sure in TITLE)
    return next(filter(None, found), "") or next(iter(lines), "")


def _joined(notes: list[str]) -> Iterator[str]:
    """Yield the notes, a numbered one on the line of the one before, so that none is a clause."""
    lines: list[str] = []
    for note in notes:
        if lines and heading_end(note):
            lines[-1] += note
        else:
            lines.append(f"【{note}】" if heading_end(note) else note)
    yield from lines


WAYS: Final = ((True, True), (True, False), (False, True), (False, False))
"""Whether the numbers of rows, and of headings, are the table's own, in the order of preference.

Headings that cannot be numbered stand in brackets, and rows whose numbers do not name each of them
are counted.
"""


def _text(
    path: Path, tables: list[Table], title: str | None, lead: Lead, unread: tuple[str, ...]
) -> TableText:
    """Return the text of the tables, numbered in the first way that makes each row a clause."""
    titles = [table.title for table in tables]
    same = takewhile(lambda letters: len(set(letters)) == 1, zip(*titles, strict=False))
    shared = "".join(letters[0] for letters in same).rstrip("（(：:—- ")
    named = title or (
        shared if len(tables) > 1 and any(one.search(shared) for one in TITLE) else titles[0]
    )
    notes = list(_notes(tables))
    around = "\n".join([named, *(line for table in tables for line in table.above), *notes])
    closing = notes[0][:CLOSING] if notes else ""
    for own_rows, own_sections in WAYS:
        lines, rows = _written(tables, named, lead, own_rows=own_rows, own_sections=own_sections)
        if title is None and len(tables) == 1 and tables[0].above:
            lines = lines[1:]
            by = len(named) + 1
            rows = [replace(row, start=row.start - by, end=row.end - by) for row in rows]
        text = "\n".join([*lines, *notes]) + "\n"
        clauses = {clause.span.start for clause in parse_clauses(text, closing)}
        if {text.rfind("\n", 0, row.start) + 1 for row in rows} <= clauses:
            return TableText(text, tuple(rows), tuple(tables), named, closing, around, unread)
    raise data_error(
        "table-rows", path.name, f"a line above its headings, {quoted(named)},", "is numbered like a row",
        "delete the number, or state the title with --title",
    )  # fmt: skip


def _notes(tables: list[Table]) -> Iterator[str]:
    """Yield the notes of all tables, those of each below its name if there are several tables."""
    for table in tables:
        if table.notes and len(tables) > 1:
            yield f"[{table.title}]" if table.english else f"【{table.title}】"
        yield from table.notes


def _written(
    tables: list[Table], title: str, lead: Lead, *, own_rows: bool, own_sections: bool
) -> tuple[list[str], list[TableRow]]:
    """Return the lines of the text, and the rows with their places in it."""
    lines = [title]
    found: list[TableRow] = []
    position = len(title) + 1
    numbers = count(1)
    for part, table in enumerate(tables, start=1):
        added = list(table.above)
        if len(tables) > 1:
            added = [_part(table, part, tables), *(one for one in added if one != table.title)]
        lines += added
        position += sum(len(line) + 1 for line in added)
        headings = _Headings(table, own=own_sections)
        for kind, row in table.body:
            if kind == "section":
                line = headings.add(row)
            else:
                cells = {name: _at(row, index) for name, index in table.role.items()}
                own = _own_number(cells.get("number", ""))
                above = (*headings.above, *table.whole)
                body = _row_words(table, row, lead(cells, above), own_numbers=own_rows)
                # "3.220千伏…" would be read as an amount.
                space = " " if table.english or body[0].isdigit() else ""
                line = f"{own if own_rows else next(numbers)}.{space}{body}"
                end = position + len(line)
                section = next(iter(headings.above), "")
                found.append(TableRow(cells, section, above, end - len(body), end))
            lines.append(line)
            position += len(line) + 1
    return lines, found


def _own_number(number: str) -> str:
    """Return the number of a row without its marks and leading zeros: 1 for "01、" or "（1）"."""
    return re.sub(r"^[(（]?0*(?=[0-9])|[)）]?[.．、]?$", "", number)


def _part(table: Table, number: int, tables: list[Table]) -> str:
    """Return the heading of a sheet: its title, or its name where others have the same title."""
    same = sum(table.title == one.title for one in tables) > 1
    words = table.name if same and table.name else table.title
    return f"Part {number} {words}" if table.english else f"第{chinese_numeral(number)}部分 {words}"


class _Headings:
    """The headings of a table one after another; `above` are those of the next row, nearest first."""

    def __init__(self, table: Table, *, own: bool) -> None:
        self.table, self.own = table, own
        self.above: list[str] = []
        self.ranks: list[int] = []
        self.numbers = count(1)
        lines = (_section(row, table.role) for kind, row in table.body if kind == "section")
        self.numbered = any(map(heading_end, lines))
        self.loose = next((kind for kind, _ in table.body), "") == "project"

    def add(self, row: Row) -> str:
        """Return the line of a heading."""
        line = _section(row, self.table.role)
        rank = next((at for at, one in enumerate(STYLES) if one.heading.match(line)), len(STYLES))
        while self.ranks and self.ranks[0] >= rank:
            del self.ranks[0], self.above[0]
        self.ranks.insert(0, rank)
        self.above.insert(0, line)
        # A number below rows that are in no section would be read as nested in the last of them.
        if self.own and not self.loose:
            if heading_end(line):
                return line
            if not self.numbered:
                number = next(self.numbers)
                return (
                    f"Section {number} {line}"
                    if self.table.english
                    else f"{chinese_numeral(number)}、{line}"
                )
        return f"[{line}]" if self.table.english else f"【{line}】"


def _section(row: Row, role: Mapping[str, int]) -> str:
    """Return the words of a heading, without the figures beside it."""
    filled = list(dict.fromkeys(filter(None, row)))
    words = [one for one in filled if not FIGURE.fullmatch(one)] or filled
    number = _at(row, role["number"]) if "number" in role else ""
    if len(words) > 1 and words[0] == number:
        mark = "" if number[-1] in ")）、.．" else "、"
        return f"{number}{mark}{' '.join(words[1:])}"
    return " ".join(words)


def _row_words(table: Table, row: Row, lead: str, *, own_numbers: bool) -> str:
    """Return a row as a line: its name, then each other cell with its heading, in table order."""
    role, english = table.role, table.english
    left_out = {role["name"]} | ({role["number"]} if own_numbers and "number" in role else set())
    cells = [
        f"{_at(table.headings, index)}{': ' if english else '：'}{cell}".lstrip(":： ")
        for index, cell in enumerate(row)
        if cell and index not in left_out
    ]
    words = [_at(row, role["name"]), *cells, *filter(None, [lead])]
    return ("; " if english else "；").join(words) + ("." if english else "。")
