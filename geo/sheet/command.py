"""The command `python -m geo print`: a sheet as a file, for all projects or those of a query."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs

from geo.checks import load
from geo.dataset import Dataset
from geo.faults import DataError, Fault, quoted
from geo.filters import FACETS
from geo.home import Home
from geo.link import LANGUAGES, PageState, parse_query
from geo.sheet import sheet_pdf, sheet_png
from geo.writing import write_whole

NAME: Final = "print"
ENDINGS: Final = (".pdf", ".png")
PARTS: Final = (*FACETS, "q", "scope", "project", "view", "at", "lang", "basemap")
"""What a link of the page may hold; the selection, view and basemap are not printed."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of the command line."""
    command = commands.add_parser(NAME, help="write an A3 sheet for the wall")
    command.add_argument("-o", "--output", type=Path, required=True, help="a .pdf or .png file")
    command.add_argument("--query", default="", help="a link's query: sector=rail&county=512021")
    command.add_argument("--lang", choices=LANGUAGES, help="zh (the default) or en")


def run(options: argparse.Namespace, home: Home) -> str:
    """Write the sheet, and return what was written.

    Of a PNG with several pages the second is name-2.png. Raises DataError for a query that holds
    something unknown, for another ending, and for a folder that is not there.
    """
    output: Path = options.output
    faults = list(_output_faults(output))
    if faults:
        raise DataError(faults)
    dataset = load(home)
    state = state_of(options.query, dataset)
    language = options.lang or state.language or LANGUAGES[0]
    if output.suffix.lower() == ".pdf":
        files = {output: sheet_pdf(dataset, state.filter, language)}
    else:
        pages = sheet_png(dataset, state.filter, language)
        files = {_page(output, number): page for number, page in enumerate(pages, start=1)}
    for path, content in files.items():
        write_whole(path, content)
    shown = int(state.filter.mask(dataset.frame).sum())
    return f"{', '.join(map(str, files))}: {shown} of {len(dataset.projects)} projects"


def state_of(query: str, dataset: Dataset) -> PageState:
    """Return what a link's query asks for; raises DataError where it holds something unknown."""
    asked = parse_qs(query.removeprefix("?"), keep_blank_values=True)
    state, unknown = parse_query(asked, dataset.projects)
    faults = [
        Fault(
            "query-known", "--query", quoted(f"{key}={asked[key][0]}"), "is no part of a link",
            f"the parts are {', '.join(PARTS)}",
        )
        for key in asked
        if key not in PARTS
    ]  # fmt: skip
    for one in unknown:
        codes = FACETS.get(one.key)
        cure = f"the codes are {', '.join(codes)}" if codes else "copy the query of a link"
        value = quoted(f"{one.key}={one.value}")
        faults.append(Fault("query-known", "--query", value, "names nothing here", cure))
    if faults:
        raise DataError(faults)
    return state


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
