"""`python -m geo html`: the one-file edition from the command line."""

import argparse
from pathlib import Path
from typing import Final

from geo.checks import load
from geo.edition.build import edition_html
from geo.edition.selection import chosen
from geo.home import Home
from geo.writing import write_whole

NAME: Final = "html"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the parser's commands."""
    command = commands.add_parser(NAME, help="write the map as one HTML file that needs no network")
    command.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    command.add_argument("--query", default="", help="as in a link: sector=rail&county=512021")


def run(options: argparse.Namespace, home: Home) -> str:
    """Write the file; return what to tell. Raises DataError for a query that is not known."""
    dataset = load(home)
    page = edition_html(dataset, chosen(dataset, options.query))
    write_whole(options.output, page)
    return f"{options.output}: {len(page) / 1000:.0f} kB"
