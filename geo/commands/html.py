"""`html`: the map as one file that needs no network."""

import argparse
from pathlib import Path
from typing import Any

from geo.checks import load
from geo.core.files import write_whole
from geo.core.home import Home
from geo.exports.standalone import edition_html
from geo.layer.query import read_query


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    about = "write the map as one HTML file that needs no network"
    parser = commands.add_parser("html", help=about)
    parser.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    parser.add_argument("--query", default="", help="as in a link: sector=rail&county=512021")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, home: Home) -> int:
    """Write the file, and say so; raises DataError for a query that is not known or leaves nothing."""
    asked = read_query(options.query.removeprefix("?"))
    page = edition_html(load(home), asked.filter)
    write_whole(options.output, page)
    print(f"{options.output}: {len(page) / 1000:.0f} kB")
    return 0
