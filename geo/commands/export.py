"""`export`: a download from the command line."""

import argparse
from pathlib import Path
from typing import Any

from geo.checks import load
from geo.core.files import write_whole
from geo.core.home import Home
from geo.core.i18n import LANGUAGES
from geo.exports.formats import FORMAT, export
from geo.layer.query import read_query
from geo.layer.selection import select


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("export", help="write the projects of a query as a file")
    parser.add_argument("format", choices=list(FORMAT))
    parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    parser.add_argument("--query", default="", help="as in a link: sector=rail&county=512021")
    parser.add_argument("--lang", choices=list(LANGUAGES), help="language of labels (zh)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, home: Home) -> int:
    """Write the file, and say so; raises DataError for a query that is not known."""
    asked = read_query(options.query.removeprefix("?"))
    selection = select(load(home), asked.filter)
    language = options.lang or asked.language or "zh"
    write_whole(options.output, export(selection, options.format, language))
    print(f"{options.output}: {len(selection.projects)} projects")
    return 0
