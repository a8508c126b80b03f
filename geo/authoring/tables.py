"""A list of projects as a table (CSV or XLSX), and the text that it becomes.

Each row of a project becomes a numbered line with its cells, "3.甲山水库；建设性质：新建；…", so that the
project can quote it by position. The words are those of the cells and of the headings; only the
numbers and the marks between cells are added, where the table has none. Rows of a section become
headings of a part, and other rows (notes, totals) lines of their own.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from geo.authoring.source_text import data_error
from geo.core.faults import quoted
from geo.core.numerals import chinese_numeral
from geo.text.clauses import heading_end
from geo.text.document import parse_clauses

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": (
        "项目名称", "工程名称", "建设项目名称", "重点项目名称", "名称", "项目", "project name", "project title", "project", "name",
    ),
    "number": ("序号", "编号", "项目序号", "项目编号", "no", "no.", "number", "id", "#"),
    "location": (
        "所在地", "建设地点", "项目所在地", "建设地址", "项目地点", "地点", "所属地区", "所在地区", "所在市州", "所在市", "市州", "市（州）",
        "所在区县", "所在县区", "县区", "区县", "县市区", "属地", "location", "county", "district", "city", "place", "area",
    ),
    "sector": (
        "行业", "类别", "所属行业", "行业类别", "项目类别", "项目类型", "领域", "所属领域", "类型", "分类", "sector", "category", "type",
    ),
    "stage": (
        "建设性质", "项目性质", "性质", "建设阶段", "项目阶段", "阶段", "项目状态", "状态", "进展情况", "status", "stage", "phase",
        "nature", "works",
    ),
    "content": (
        "建设内容", "主要建设内容", "建设内容及规模", "建设规模及内容", "建设规模和内容", "主要建设内容及规模", "项目概况", "建设规模",
        "description", "scope", "content",
    ),
}  # fmt: skip
"""Usual headings of the columns that drafts are made from, by what the column holds."""

ROLES: Final = tuple(HEADINGS)
HEADER_WITHIN: Final = 20
"""The header is one of this many rows at the top of a table."""
TOTAL: Final = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|共\s*计|total|subtotal)", re.IGNORECASE)
NOTE: Final = re.compile(r"\s*(?:备?注|说明|来源|资料来源|note|source)\s*[:：]", re.IGNORECASE)
MOST_CELLS: Final = 2_000_000

Row = list[str]


@dataclass(frozen=True)
class Column:
    """A column: its index, its heading as written, what it holds, and whether that was stated."""

    index: int
    heading: str
    role: str
    stated: bool


@dataclass(frozen=True)
class TableRow:
    """A row that names a project: its cells by role, the section above it, and its place in the text.

    `line` is the position of its line in the text, `start` and `end` are those of its words there.
    """

    cells: Mapping[str, str]
    section: str
    start: int
    end: int


@dataclass(frozen=True)
class TableText:
    """A table as text: its words, its rows of projects, and how its columns were understood."""

    text: str
    rows: tuple[TableRow, ...]
    columns: tuple[Column, ...]
    unused: tuple[str, ...]
    others: int

    def summary(self) -> Iterator[str]:
        """Yield lines that tell the curator how the table was understood."""
        for column in self.columns:
            origin = "stated" if column.stated else "guessed from its heading"
            yield f"column {column.role}: {column.heading} ({origin})"
        for role in ROLES:
            if role not in {column.role for column in self.columns}:
                yield f"column {role}: (none); state it with --column {role}=HEADING"
        if self.unused:
            yield f"columns that are only quoted: {'、'.join(self.unused)}"
        sections = len({row.section for row in self.rows if row.section})
        yield f"{len(self.rows)} rows name projects, in {sections} sections; {self.others} other rows"


def read_table(
    path: Path, stated: Iterable[str], sheet: str | None = None, title: str | None = None
) -> TableText:
    """Return a table as text; `stated` holds "role=heading" for columns that need no guess.

    The first line is `title`, or else the rows above the headings, or else the name of the file.

    Raises DataError if the file cannot be read, no row has the headings, or a stated one is missing.
    """
    rows = [[_plain(cell) for cell in row] for row in _rows(path, sheet)]
    named = dict(_stated(path, one) for one in stated)
    at, columns = _header(path, rows, named)
    above = [" ".join(dict.fromkeys(filter(None, row))) for row in rows[:at]]
    lines = [line for line in (title or "", *above) if line] or [path.stem]
    return _text(path, lines, rows[at:], columns)


def _rows(path: Path, sheet: str | None) -> list[Row]:
    ending = path.suffix.lower()
    try:
        if ending == ".xlsx":
            return _xlsx_rows(path, sheet)
        if ending in {".csv", ".tsv", ".txt"}:
            return _csv_rows(path)
    except OSError as error:
        raise data_error(
            "table-readable", path.name, f"the file cannot be read ({error.strerror})",
            "but the folder is made from it", "name the table with --table",
        ) from error  # fmt: skip
    raise data_error(
        "table-readable", path.name, quoted(ending), "is no kind of table that is read",
        "save it as .xlsx, or as .csv in UTF-8 or GB18030",
    )  # fmt: skip


def _csv_rows(path: Path) -> list[Row]:
    content = path.read_bytes()
    # Excel writes CSV in UTF-8 with a mark, or on a Chinese Windows in GB18030.
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            written = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in written:
            delimiter = max(",\t;", key=written[:4000].count)
            try:
                return list(csv.reader(io.StringIO(written, newline=""), delimiter=delimiter))
            except csv.Error as error:
                raise data_error(
                    "table-readable", path.name, str(error), "keeps it from being read",
                    "save it again as .csv, with cells of less than 131072 characters",
                ) from error  # fmt: skip
    raise data_error(
        "table-readable", path.name, "its bytes", "are neither UTF-8 nor GB18030",
        "save it again as .csv in UTF-8, or as .xlsx",
    )  # fmt: skip


def _xlsx_rows(path: Path, sheet: str | None) -> list[Row]:
    try:
        book = openpyxl.load_workbook(path, data_only=True)
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        SyntaxError,
    ) as error:
        raise data_error(
            "table-readable", path.name, f"the workbook cannot be read ({type(error).__name__})",
            "but the folder is made from it", "open it and save it again as .xlsx, without a password",
        ) from error  # fmt: skip
    if sheet is not None and sheet not in book.sheetnames:
        raise data_error(
            "table-sheet", path.name, f"a sheet {quoted(sheet)}", "is not in it",
            f"write one of {', '.join(book.sheetnames)}",
        )  # fmt: skip
    page = book[sheet] if sheet is not None else book.worksheets[0]
    if page.max_row * page.max_column > MOST_CELLS:
        raise data_error(
            "table-readable", path.name, f"{page.max_row} rows of {page.max_column} cells", "are too many",
            "delete the empty rows and columns at its end",
        )  # fmt: skip
    rows = [[_cell(value) for value in row] for row in page.iter_rows(values_only=True)]
    for merged in page.merged_cells.ranges:
        # A cell that spans rows holds for each of them; one that spans columns is said once.
        for row in range(merged.min_row, merged.max_row):
            rows[row][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _plain(cell: str) -> str:
    """Return a cell on one line."""
    return " ".join(cell.split())


def _key(heading: str) -> str:
    """Return a heading without spaces and units: 总投资 for "总 投资（万元）"."""
    return re.sub(r"[(（].*?[)）]|\s|[:：*]", "", heading).lower()


def _stated(path: Path, option: str) -> tuple[str, str]:
    role, _, heading = option.partition("=")
    if role not in ROLES or not heading:
        raise data_error(
            "table-columns", path.name, f"--column {quoted(option)}", "says of no column what it holds",
            f"write ROLE=HEADING, with a role of {', '.join(ROLES)}",
        )  # fmt: skip
    return role, heading


def _header(
    path: Path, rows: list[Row], stated: Mapping[str, str]
) -> tuple[int, tuple[Column, ...]]:
    """Return the index of the header row, and the columns found in it."""
    best: tuple[int, tuple[Column, ...]] = (0, ())
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        columns = tuple(_columns(row, stated))
        named = any(column.role == "name" for column in columns)
        if named and len(columns) > len(best[1]) and sum(map(bool, row)) > 1:
            best = at, columns
    missing = [role for role in stated if role not in {column.role for column in best[1]}]
    if missing or not best[1]:
        widest = max(rows[:HEADER_WITHIN], key=lambda row: sum(map(bool, row)), default=[])
        raise data_error(
            "table-columns", path.name, f"no column {quoted(stated.get((missing or ['name'])[0], '项目名称'))}",
            f"is in a row of headings; its headings may be {'、'.join(filter(None, widest))[:200]}",
            "state it with --column name=HEADING",
        )  # fmt: skip
    return best


def _columns(row: Row, stated: Mapping[str, str]) -> Iterator[Column]:
    taken: set[int] = set()
    for role, headings in HEADINGS.items():
        wanted = [_key(stated[role])] if role in stated else [_key(one) for one in headings]
        keys = [_key(cell) if index not in taken else "" for index, cell in enumerate(row)]
        index = next((keys.index(one) for one in wanted if one and one in keys), None)
        if index is not None:
            taken.add(index)
            yield Column(index, row[index], role, stated=role in stated)


def _text(path: Path, above: list[str], rows: list[Row], columns: tuple[Column, ...]) -> TableText:
    """Return the text of a table below the lines `above`; `rows` begin with the headings.

    The table's own numbers are used if they name each row once.
    """
    # First as the table is numbered, then with numbers of our own for rows, then for sections as well.
    for own_rows, own_sections in ((True, True), (False, True), (False, False)):
        written = _written(above, rows, columns, own_rows=own_rows, own_sections=own_sections)
        if not written.rows:
            heading = next(column.heading for column in columns if column.role == "name")
            raise data_error(
                "table-rows", path.name, f"the column {quoted(heading)}", "has no project in it",
                "state the column of names with --column name=HEADING",
            )  # fmt: skip
        clauses = {clause.span.start for clause in parse_clauses(written.text, "")}
        if {written.text.rfind("\n", 0, row.start) + 1 for row in written.rows} <= clauses:
            return written
    raise data_error(
        "table-rows", path.name, f"a line above its headings, {quoted(above[0])},", "is numbered like a row",
        "delete the number, or state the title with --title",
    )  # fmt: skip


def _written(
    above: list[str],
    rows: list[Row],
    columns: tuple[Column, ...],
    *,
    own_rows: bool,
    own_sections: bool,
) -> TableText:
    role = {column.role: column.index for column in columns}
    headings = rows[0]
    english = not re.search("[\u4e00-\u9fff]", "".join(headings))
    lines = list(above)
    found: list[TableRow] = []
    section, others, in_sections = "", 0, False
    numbers, sections = count(1), count(1)
    position = sum(len(line) + 1 for line in lines)
    for row in rows[1:]:
        cells = {name: row[index] for name, index in role.items() if index < len(row)}
        filled = dict.fromkeys(filter(None, row))
        if not filled:
            continue
        name = cells.get("name", "")
        if _is_project(row, cells, len(filled)):
            number = cells.get("number", "") if own_rows else str(next(numbers))
            body = _row_words(row, headings, role, name, own_numbers=own_rows, english=english)
            # "3.220千伏…" would be read as an amount.
            space = " " if english or body[0].isdigit() else ""
            line = f"{number}.{space}{body}"
            start = position + len(line) - len(body)
            found.append(TableRow(cells, section, start, position + len(line)))
        else:
            line = " ".join(filled)
            if TOTAL.match(line) or NOTE.match(line):
                others += 1
                # Without its mark a total would be read as a heading.
                line = line if line[-1] in "。." else f"{line}{'.' if english else '。'}"
            else:
                section = line
                if own_sections and heading_end(line):
                    in_sections = True
                elif found and not in_sections:
                    # Its number would be read as nested in the row above, which is in no section.
                    line = f"[{line}]" if english else f"【{line}】"
                else:
                    in_sections, part = True, next(sections)
                    line = f"Part {part} {line}" if english else f"{chinese_numeral(part)}、{line}"
        lines.append(line)
        position += len(line) + 1
    used = {column.index for column in columns}
    unused = tuple(one for index, one in enumerate(headings) if one and index not in used)
    return TableText("\n".join(lines) + "\n", tuple(found), columns, unused, others)


def _is_project(row: Row, cells: Mapping[str, str], distinct: int) -> bool:
    """Return whether a row names a project: not a section, which fills one cell, nor a total."""
    name = cells.get("name", "")
    first = next(filter(None, row))
    return bool(name) and distinct > 1 and not TOTAL.match(first) and not TOTAL.match(name)


def _row_words(
    row: Row, headings: Row, role: Mapping[str, int], name: str, *, own_numbers: bool, english: bool
) -> str:
    """Return a row as a line: its name, then each other cell with its heading, in table order."""
    left_out = {role["name"]} | ({role["number"]} if own_numbers and "number" in role else set())
    cells = [
        f"{headings[index] if index < len(headings) else ''}{': ' if english else '：'}{cell}".lstrip(
            ":： "
        )
        for index, cell in enumerate(row)
        if cell and index not in left_out
    ]
    return ("; " if english else "；").join([name, *cells]) + ("." if english else "。")
