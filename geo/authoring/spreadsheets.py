"""Rows of cells from a file (.xlsx, or .csv in UTF-8 or GB18030), and what its columns hold.

The headings may take several rows, as with cells that are merged: 2026年计划 above 投资 is joined to
2026年计划投资.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise, zip_longest
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from geo.authoring.source_text import data_error
from geo.core.faults import DataError, quoted

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
    "progress": (
        "主要建设进度", "形象进度", "工程进度", "建设进度", "进度", "进展", "进展情况", "工程进展", "progress",
    ),
    "goal": ("年度目标", "建设目标", "年度建设目标", "本年度建设目标", "年度工作目标", "计划进度", "goal", "target"),
    "stage": (
        "建设阶段", "项目阶段", "阶段", "项目状态", "状态", "建设性质", "项目性质", "性质", "status", "stage", "phase",
        "nature", "works",
    ),
    "content": (
        "建设内容", "主要建设内容", "建设内容及规模", "建设规模及内容", "建设规模和内容", "主要建设内容及规模", "项目概况", "建设规模",
        "description", "scope", "content",
    ),
}  # fmt: skip
"""Usual headings of the columns that drafts are made from, by what the column holds."""

STEMS: Final = {
    "name": re.compile("(?:项目|工程).*名称"),
    "location": re.compile("地点|地址|所在[地市州县区]|属地|县（?市"),
    "sector": re.compile("行业|领域|类别"),
    "progress": re.compile("进度|进展"),
    "goal": re.compile("目标|年度.*内容|计划.*进度"),
    "stage": re.compile("阶段|性质|状态"),
    "content": re.compile("建设内容|建设规模|主要内容"),
}
"""Words within other headings, for what no usual heading was found."""
NO_STEM: Final = re.compile("资金|单位|时间|年限|联系|责任|投资|部门")

ROLES: Final = tuple(HEADINGS)
HEADER_WITHIN: Final = 20
"""The header is one of this many rows at the top of a table."""
FIGURE: Final = re.compile(r"[-+0-9.,，%％/～~\s]+")
YEAR: Final = re.compile("(?:19|20)[0-9]{2}")
MOST_CELLS: Final = 2_000_000
EVERY_SHEET: Final = "all"
WIDE: Final = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2014\u201c\u201d"
"""Chinese characters and their punctuation, as a range of a regular expression."""
BROKEN: Final = re.compile(rf"(?<=[{WIDE}])[ \t]*[\r\n]\s*|[ \t]*[\r\n]\s*(?=[{WIDE}])")
"""A line break within a cell beside a Chinese character, where it stands for no space."""

Row = list[str]

Header = tuple[int, int, Row, "tuple[Column, ...]"]
"""Where the rows of a header begin and end, its headings, and the columns found in it."""


@dataclass(frozen=True)
class Sheet:
    """A sheet with its name, "" for a file that has no sheets, and its rows, each cell on one line."""

    name: str
    rows: list[Row]


@dataclass(frozen=True)
class Column:
    """A column: its index, its heading as written, what it holds, and whether that was stated."""

    index: int
    heading: str
    role: str
    stated: bool


def read_sheets(path: Path, wanted: Iterable[str]) -> tuple[list[Sheet], list[Sheet]]:
    """Return the sheets with the names in `wanted`, and those that are left unread.

    Without names it is the first sheet, and all of them for the name "all". Empty sheets are in
    neither list. Raises DataError if the file cannot be read, or has no sheet of a wanted name.
    """
    ending = path.suffix.lower()
    try:
        if ending == ".xlsx":
            return _workbook(path, list(wanted))
        if ending in {".csv", ".tsv", ".txt"}:
            return [Sheet("", [list(map(_plain, row)) for row in _csv_rows(path)])], []
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


def _workbook(path: Path, wanted: list[str]) -> tuple[list[Sheet], list[Sheet]]:
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
    names = [page.title for page in book.worksheets]
    missing = [one for one in wanted if one not in {*names, EVERY_SHEET}]
    if missing:
        raise data_error(
            "table-sheet", path.name, f"a sheet {quoted(missing[0])}", "is not in it",
            f"write one of {', '.join(names)}",
        )  # fmt: skip
    every = EVERY_SHEET in wanted and EVERY_SHEET not in names
    sheets = {page.title: Sheet(page.title, _sheet_rows(path, page)) for page in book.worksheets}
    filled = [name for name in names if any(map(any, sheets[name].rows))]
    # The order is the one that was asked for.
    taken = filled if every else list(dict.fromkeys(wanted)) or (filled or names)[:1]
    return [sheets[one] for one in taken], [sheets[one] for one in filled if one not in taken]


def _sheet_rows(path: Path, page: Any) -> list[Row]:
    if page.max_row * page.max_column > MOST_CELLS:
        raise data_error(
            "table-readable", path.name, f"{page.max_row} rows of {page.max_column} cells", "are too many",
            "delete the empty rows and columns at its end",
        )  # fmt: skip
    rows = [[_plain(_cell(value)) for value in row] for row in page.iter_rows(values_only=True)]
    for merged in page.merged_cells.ranges:
        # A cell that spans rows holds for each of them; one that spans columns is said once.
        for row in range(merged.min_row, min(merged.max_row, len(rows))):
            rows[row][merged.min_col - 1] = rows[merged.min_row - 1][merged.min_col - 1]
    return rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def _plain(cell: str) -> str:
    """Return a cell on one line."""
    return " ".join(BROKEN.sub("", cell.strip()).split())


def heading_key(heading: str) -> str:
    """Return a heading without spaces, units and years: 总投资 for "2024年总 投资（万元）"."""
    return re.sub(r"[(（].*?[)）]|\s|[:：*]|^[0-9]{4}年度?", "", heading).lower()


def stated_column(path: Path, option: str) -> tuple[str, str]:
    """Return role and heading of an option "role=heading"; raises DataError for another form."""
    role, _, heading = option.partition("=")
    if role not in ROLES or not heading:
        raise data_error(
            "table-columns", path.name, f"--column {quoted(option)}", "says of no column what it holds",
            f"write ROLE=HEADING, with a role of {', '.join(ROLES)}",
        )  # fmt: skip
    return role, heading


def no_header(path: Path, rows: list[Row], stated: Mapping[str, str]) -> DataError:
    """Return the error that no row has the headings, with those that it might be."""
    widest = max(rows[:HEADER_WITHIN], key=lambda row: sum(map(bool, row)), default=[])
    return data_error(
        "table-columns", path.name, f"no column {quoted(next(iter(stated.values()), '项目名称'))}",
        f"is in a row of headings; its headings may be {'、'.join(filter(None, widest))[:200]}",
        "state it with --column name=HEADING",
    )  # fmt: skip


def find_header(rows: list[Row], stated: Mapping[str, str]) -> Header | None:
    """Return where the header begins and ends, its headings, and the columns found in it."""
    best: Header | None = None
    for at, row in enumerate(rows[:HEADER_WITHIN]):
        name = next((one.index for one in _columns([row], stated) if one.role == "name"), None)
        if name is None or sum(map(bool, row)) == 1:
            continue
        start = end = at
        while start and _is_group(rows[start - 1], rows[start]):
            start -= 1
        while end + 1 < len(rows) and continues_header(rows[end + 1], rows[start], name):
            end += 1
        levels = rows[start : end + 1]
        columns = tuple(_columns(levels, stated))
        # A page may repeat the header in other words: the first one counts.
        if best is None or len(columns) > len(best[3]):
            best = start, end + 1, _stacked(levels), columns
    if best and any(role not in {column.role for column in best[3]} for role in stated):
        return None
    return best


def _is_group(upper: Row, row: Row) -> bool:
    """Return whether a row groups the headings below it, as a row of merged cells does."""
    filled = [(one, low) for one, low in zip(upper, row, strict=False) if one]
    same = any(one == low for one, low in filled)
    grouping = all(low and not re.search("[:：]", one) for one, low in filled)
    return same or (len(filled) > 1 and grouping)


def continues_header(row: Row, header: Row, name: int) -> bool:
    """Return whether a row below a header is its second row: 投资 and 主要建设进度 below 2026年计划."""
    pairs = list(zip_longest(row, header, fillvalue=""))
    own = [(at, one) for at, (one, above) in enumerate(pairs) if one and one != above]
    return (
        len(own) > 1
        and pairs[name][0] in {"", pairs[name][1]}
        and not any(FIGURE.fullmatch(one) and not YEAR.fullmatch(one) for _, one in own)
        # A group spans the columns after it, where the row above is blank.
        and any(not pairs[at][1] for at, _ in own)
        and all(pairs[at][1] or (at and pairs[at - 1][0]) for at, _ in own)
    )


def _levels(rows: list[Row]) -> Iterator[list[str]]:
    """Yield the headings of each column, one for each level that differs from the one above."""
    width = max(map(len, rows))
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    for upper, row in pairwise(padded):
        for at in range(1, width):
            grouped = row[at - 1] and row[at - 1] != upper[at - 1] and row[at]
            upper[at] = upper[at] or (upper[at - 1] if grouped else "")
    for column in zip(*padded, strict=True):
        yield list(dict.fromkeys(filter(None, column)))


def _stacked(rows: list[Row]) -> Row:
    """Return the headings of a header of several rows, joined: 2026年计划投资."""
    english = not re.search("[\u4e00-\u9fff]", "".join(map("".join, rows)))
    return [(" " if english else "").join(column) for column in _levels(rows)]


def _columns(rows: list[Row], stated: Mapping[str, str]) -> Iterator[Column]:
    headings = _stacked(rows)
    keys = [
        {heading_key("".join(one)), *map(heading_key, one[-1:])} - {""} for one in _levels(rows)
    ]
    taken: set[int] = set()
    for role, usual in HEADINGS.items():
        wanted = (
            [heading_key(stated[role])] if role in stated else [heading_key(one) for one in usual]
        )
        free = [(at, one) for at, one in enumerate(keys) if at not in taken]
        index = next((at for key in wanted for at, one in free if key in one), None)
        if index is None and role in STEMS and role not in stated:
            known = {
                heading_key(one)
                for other, words in HEADINGS.items()
                if other != role
                for one in words
            }
            index = next(
                (
                    at for at, one in free
                    if any(STEMS[role].search(key) and not NO_STEM.search(key) for key in one)
                    and not one & known and headings[at] not in stated.values()
                ),
                None,
            )  # fmt: skip
        if index is not None:
            taken.add(index)
            yield Column(index, headings[index], role, stated=role in stated)
