"""`check`: hold a folder against the contract, and say what is left to do about its drafts."""

import argparse
from pathlib import Path
from typing import Any, Final

from geo.authoring.drafts import TO_JUDGE, to_do
from geo.checks import CHECKS, load
from geo.core.home import Home

DRAFTS: Final = (
    "Drafts. Read the clause: strike the draft, or correct its name, sector, stage and counties, give "
    "an English name, place it if a place is published, and write its basis anew:"
)
SEGMENTS: Final = (
    f"Segments. Add the project that it names to the layer and take it out of the ledger, or replace "
    f"'{TO_JUDGE}' by the reason why it names none:"
)


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("check", help="check the data (the default)")
    parser.add_argument("directory", nargs="?", type=Path, help="another folder to check")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, home: Home) -> int:
    """Print what is left to do, then a line on the whole; 1 while anything is left, else 0.

    Raises DataError with the faults, where there are any.
    """
    dataset = load(Home(options.directory) if options.directory else home)
    left = to_do(dataset)
    if left.drafts:
        print(DRAFTS)
    for project in left.drafts:
        anchor = project.anchors[0]
        print(f"  {project.id}: {project.name_zh} (clause {anchor.clause}: {anchor.exact})")
    if left.segments:
        print(SEGMENTS)
    for entry in left.segments:
        print(f"  clause {entry.clause}, {entry.start}: {entry.text}")
    located = sum(project.geometry is not None for project in dataset.projects.values())
    print(
        f"{len(dataset.projects)} projects, {located} on the map, "
        f"{len(dataset.document.clauses)} clauses; {len(CHECKS)} checks passed "
        f"(data version {dataset.version})"
    )
    if left:
        print(f"Left to do: {len(left.drafts)} drafts, {len(left.segments)} segments.")
    return 1 if left else 0
