"""`datapackage`: write the descriptor of a folder's data."""

import argparse
from typing import Any

from geo.checks import load
from geo.core.files import format_json, write_whole
from geo.core.home import Home
from geo.exports.metadata import data_package


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("datapackage", help="write datapackage.json")
    parser.set_defaults(run=run)


def run(_options: argparse.Namespace, home: Home) -> int:
    """Write the descriptor; raises DataError when the data has faults."""
    write_whole(home.folder / "datapackage.json", format_json(data_package(load(home))))
    return 0
