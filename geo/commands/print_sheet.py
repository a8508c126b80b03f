"""`print`: a sheet for the wall as a file, for all projects or those of a query."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from geo.checks import load
from geo.core.faults import DataError, Fault, quoted
from geo.core.files import write_whole
from geo.core.home import Home
from geo.core.i18n import LANGUAGES
from geo.layer.query import read_query
from geo.sheet import sheet_pdf, sheet_png

ENDINGS: Final = (".pdf", ".png")


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("print", help="write an A3 sheet for the wall")
    parser.add_argument("-o", "--output", type=Path, required=True, help="a .pdf or .png file")
    parser.add_argument("--query", default="", help="as in a link: sector=rail&county=512021")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="zh (the default) or en")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, home: Home) -> int:
    """Write the sheet, and say what was written.

    Of a PNG with several pages the second is name-2.png. Raises DataError for a query that holds
    something unknown, for another ending, and for a folder that is not there.
    """
    output: Path = options.output
    faults = list(_output_faults(output))
    if faults:
        raise DataError(faults)
    asked = read_query(options.query.removeprefix("?"))
    dataset = load(home)
    language = options.lang or asked.language or "zh"
    if output.suffix.lower() == ".pdf":
        files = {output: sheet_pdf(dataset, asked.filter, language)}
    else:
        pages = sheet_png(dataset, asked.filter, language)
        files = {_page(output, number): page for number, page in enumerate(pages, start=1)}
    for path, content in files.items():
        write_whole(path, content)
    shown = int(asked.filter.mask(dataset.frame).sum())
    print(f"{', '.join(map(str, files))}: {shown} of {len(dataset.projects)} projects")
    return 0


def _output_faults(output: Path) -> Iterator[Fault]:
    if output.suffix.lower() not in ENDINGS:
        yield Fault(
            "output-ending", "--output", quoted(output.name), "says no kind of sheet",
            f"let it end in {' or '.join(ENDINGS)}",
        )  # fmt: skip
    if not output.absolute().parent.is_dir():
        yield Fault(
            "output-folder", "--output", quoted(output.parent), "is no folder", "make it first"
        )


def _page(output: Path, number: int) -> Path:
    return output if number == 1 else output.with_stem(f"{output.stem}-{number}")
