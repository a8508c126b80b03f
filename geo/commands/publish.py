"""`publish`: make the data of a folder the edition that a database shows."""

import argparse
from typing import Any

from geo.core.home import Home, source_of
from geo.editions.publishing import publish


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("publish", help="make the data the edition of a database")
    parser.add_argument("address", help="postgresql://user@host:port/database")
    parser.add_argument(
        "--from", dest="source", metavar="DIR", help="the folder to publish, if not the usual one"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, home: Home) -> int:
    """Publish, and say what is shown now; raises DataError for faulty data or a silent database."""
    published = Home(source_of(options.source).root()) if options.source else home
    done = publish(published, options.address)
    outcome = "is now shown" if done.is_news else "was shown already; nothing was changed"
    print(f"edition {done.version} with {done.projects} projects {outcome}")
    return 0
