"""The command line: check the data, help to curate it, and write what is made from it."""

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from geo.authoring.review import as_html, as_text
from geo.checks import load
from geo.commands import COMMANDS
from geo.core.faults import DataError, Fault
from geo.core.files import format_collection, format_json, read_json, unwritten, write_whole
from geo.core.home import Home, find_home
from geo.exports.dictionary import data_dictionary
from geo.layer.events import read_events, sorted_events
from geo.layer.projects import read_destinations, read_features, sorted_destinations
from geo.text.document import read_documents
from geo.text.ledger import segments_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status: 0 when all is well, 1 on faults or work left."""
    parser = argparse.ArgumentParser(prog="python -m geo", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    quote = commands.add_parser("quote", help="print the anchor for words of a clause")
    quote.add_argument("clause", help="the Chinese numeral, such as 十")
    quote.add_argument("words", help="the words, as the text has them")
    quote.add_argument("--occurrence", type=int, default=1, help="the n-th time they stand there")
    segments = commands.add_parser("segments", help="print the segments of a clause")
    segments.add_argument("clause", help="the Chinese numeral, such as 十")
    review = commands.add_parser("review", help="print each clause with its anchors marked")
    review.add_argument("--html", type=Path, help="write an HTML page instead")
    commands.add_parser("dictionary", help="write docs/data.md")
    commands.add_parser("format", help="sort and indent the layer, its events and destinations")
    for command in COMMANDS:
        command.add_to(commands)
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = parser.parse_args(given or ["check"])
    try:
        status = int(getattr(options, "run", _run)(options, find_home()))
        # What is printed may still be refused: by a full disk, or by a reader who has left.
        sys.stdout.flush()
    except DataError as error:
        return _refused(error.faults)
    except OSError as error:
        if error.filename is None:
            # Python would try once more at the end, and say so in its own words.
            sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
        if isinstance(error, BrokenPipeError):
            # Who reads only the beginning, as `head` does, needs no word about it.
            return 1
        return _refused([unwritten(Path(error.filename or "standard output"), error)])
    return status


def _refused(faults: Iterable[Fault]) -> int:
    """Print faults; return the exit status of a command that was refused."""
    told = list(faults)
    for fault in told:
        print(fault, file=sys.stderr)
    print(f"{len(told)} fault(s); nothing was written.", file=sys.stderr)
    return 1


def _run(options: argparse.Namespace, home: Home) -> int:
    if options.command == "quote":
        document = next(iter(read_documents(home).values()))
        anchor = document.quote(options.clause, options.words, options.occurrence)
        print(json.dumps(anchor, ensure_ascii=False, indent=2))
    elif options.command == "format":
        # Sorting is what this command is for, so that fault alone is no reason to refuse.
        features = read_features(home.projects, in_order=False)
        write_whole(home.folder / "data" / home.projects.name, format_collection(features))
        print(f"{home.projects}: {len(features)} projects")
        if home.events.exists():
            read_events(home)
            events = sorted_events(read_json(home.events))
            write_whole(home.folder / "data" / home.events.name, format_json(events))
            print(f"{home.events}: {len(events)} events")
        if home.destinations.exists():
            read_destinations(home)
            ends = sorted_destinations(read_json(home.destinations))
            write_whole(home.folder / "data" / home.destinations.name, format_json(ends))
            print(f"{home.destinations}: {len(ends)} destinations")
    elif options.command == "segments":
        document = next(iter(read_documents(home).values()))
        for span in segments_of(document, options.clause):
            print(span.start, span.end, document.slice(span), sep="\t")
    elif options.command == "review" and options.html:
        write_whole(options.html, as_html(load(home)))
    elif options.command == "review":
        print(as_text(load(home)))
    else:
        write_whole(home.folder / "docs" / "data.md", data_dictionary(load(home)))
    return 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal that knows no Chinese is told it in escapes, not by an error.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
