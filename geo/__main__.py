"""The command line: check the data, help to curate it, and write what is made from it.

Each command has two functions: one adds its arguments to the parser, the next one runs it.
"""

import argparse
import errno
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from geo.authoring import review as reviews
from geo.authoring.drafts import judged_ledger, to_do, to_do_lines
from geo.authoring.new_home import STATED, Source, create_home
from geo.authoring.sketches import sketch
from geo.authoring.spreadsheets import EVERY_SHEET, ROLES
from geo.checks import CHECKS, load, load_published
from geo.core.faults import DataError, Fault, quoted
from geo.core.files import (
    ENVIRONMENT_VARIABLE,
    format_collection,
    format_json,
    read_json,
    write_atomically,
    write_fault,
)
from geo.core.home import Home, find_home, source_of
from geo.core.i18n import LANGUAGES
from geo.editions.publishing import publish
from geo.exports.dictionary import data_dictionary
from geo.exports.formats import FORMAT, export
from geo.exports.metadata import data_package
from geo.exports.standalone import edition_html
from geo.layer.base_layers import read_counties
from geo.layer.codes import STAGE_CODES
from geo.layer.events import read_events, read_searches, sorted_events, sorted_searches
from geo.layer.places import (
    read_destinations,
    read_named_points,
    sorted_destinations,
    sorted_named_points,
)
from geo.layer.projects import read_features
from geo.layer.query import read_query
from geo.layer.selection import select
from geo.sheet.composition import sheet_pdf, sheet_png
from geo.text.document import read_documents
from geo.text.ledger import segments_of

SHEET_ENDINGS: Final = (".pdf", ".png")
QUERY_HELP: Final = "as in a link: sector=rail&county=512021"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status: 0 on success, 1 on faults or remaining work."""
    argv = sys.argv[1:] if arguments is None else list(arguments)
    options = parser().parse_args(argv or ["check"])
    try:
        status = int(options.run(options, find_home()))
        # Flushing can fail when the disk is full or the reader of a pipe has gone.
        sys.stdout.flush()
    except DataError as error:
        return _refused(error.faults, writes=options.run not in READING)
    except OSError as error:
        if error.filename is None:
            # Otherwise Python flushes again at exit and prints an error of its own.
            sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until exit
        closed = os.name == "nt" and error.errno == errno.EINVAL and error.filename is None
        if isinstance(error, BrokenPipeError) or closed:
            # A pipe that is closed early, for example by `head`, needs no message. Windows reports
            # it as an invalid argument.
            return 1
        return _refused([write_fault(Path(error.filename or "standard output"), error)])
    return status


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each command sets `run`."""
    root = argparse.ArgumentParser(prog="python -m geo", description=(__doc__ or "").split("\n")[0])
    commands = root.add_subparsers(dest="command")
    for add in (
        _add_check, _add_quote, _add_segments, _add_judge, _add_review, _add_format, _add_dictionary,
        _add_places, _add_sketch, _add_datapackage, _add_diff, _add_export, _add_html, _add_print, _add_init, _add_publish,
    ):  # fmt: skip
        add(commands)
    return root


def _refused(faults: Iterable[Fault], *, writes: bool = True) -> int:
    """Print the faults of a refused command; return its exit status."""
    printed = list(faults)
    for fault in printed:
        print(fault, file=sys.stderr)
    count = "1 fault" if len(printed) == 1 else f"{len(printed)} faults"
    print(f"{count}; nothing was written." if writes else f"{count}.", file=sys.stderr)
    return 1


def _add_check(commands: Any) -> None:
    command = commands.add_parser("check", help="check the data (the default)")
    command.add_argument("directory", nargs="?", type=Path, help="another folder to check")
    command.set_defaults(run=check)


def check(options: argparse.Namespace, home: Home) -> int:
    """Print the work left and a summary; return 1 if any work is left, else 0.

    Raises DataError if the data has faults.
    """
    dataset = load(Home(options.directory) if options.directory else home)
    left = to_do(dataset)
    for line in to_do_lines(left):
        print(line)
    located = sum(project.geometry is not None for project in dataset.projects.values())
    print(
        f"{len(dataset.projects)} projects, {located} on the map, "
        f"{len(dataset.document.clauses)} clauses; {len(CHECKS)} checks passed "
        f"(data version {dataset.version})"
    )
    if left:
        print(
            f"Left to do: {len(left.drafts)} drafts, {len(left.segments)} segments, "
            f"{len(left.items)} words beside drafts, {len(left.facts)} facts."
        )
    return 1 if left else 0


def _add_quote(commands: Any) -> None:
    command = commands.add_parser("quote", help="print the anchor for words of a clause")
    command.add_argument("clause", help="its path of numerals, such as 十 or '三(一)1'")
    command.add_argument("words", help="the words, as the text has them")
    command.add_argument("--occurrence", type=int, default=1, help="the n-th time they stand there")
    command.set_defaults(run=quote)


def quote(options: argparse.Namespace, home: Home) -> int:
    """Print an anchor as JSON; raises DataError if the words are not in the clause."""
    document = next(iter(read_documents(home).values()))
    anchor = document.quote(options.clause, options.words, options.occurrence)
    print(json.dumps(anchor, ensure_ascii=False, indent=2))
    return 0


def _add_segments(commands: Any) -> None:
    command = commands.add_parser("segments", help="print the segments of a clause")
    command.add_argument("clause", help="its path of numerals, such as 十 or '三(一)1'")
    command.set_defaults(run=segments)


def segments(options: argparse.Namespace, home: Home) -> int:
    """Print each segment of a clause with its positions."""
    document = next(iter(read_documents(home).values()))
    for span in segments_of(document, options.clause):
        print(span.start, span.end, document.slice(span), sep="\t")
    return 0


def _add_judge(commands: Any) -> None:
    command = commands.add_parser("judge", help="give the segments left in a clause one reason")
    command.add_argument("clause", help="its path of numerals; those nested in it are judged too")
    command.add_argument("reason", help="a reason of data/ledger.json, such as background")
    command.set_defaults(run=judge)


def judge(options: argparse.Namespace, home: Home) -> int:
    """Write the ledger; raises DataError if the clause or the reason is unknown."""
    document = next(iter(read_documents(home).values()))
    ledger, count = judged_ledger(document, home, options.clause, options.reason)
    write_atomically(home.folder / "data" / home.ledger.name, format_json(ledger))
    print(f"{count} segments of clause {options.clause}: {options.reason}")
    return 0


def _add_review(commands: Any) -> None:
    command = commands.add_parser("review", help="print each clause with its anchors marked")
    command.add_argument("--html", type=Path, help="write an HTML page instead")
    command.set_defaults(run=review)


def review(options: argparse.Namespace, home: Home) -> int:
    """Print the review, or write it as an HTML page."""
    if options.html:
        write_atomically(options.html, reviews.review_html(load(home)))
    else:
        print(reviews.review_text(load(home)))
    return 0


def _add_format(commands: Any) -> None:
    commands.add_parser("format", help="sort and indent the files").set_defaults(run=format_files)


def format_files(_options: argparse.Namespace, home: Home) -> int:
    """Sort and indent the files of the layer; raises DataError if one breaks its schema."""
    # The records are sorted here, so they may come in any order.
    features = read_features(home.projects, in_order=False)
    write_atomically(home.folder / "data" / home.projects.name, format_collection(features))
    print(f"{home.projects}: {len(features)} projects")
    lists = (
        (home.events, read_events, sorted_events, "events"),
        (home.destinations, read_destinations, sorted_destinations, "destinations"),
        (home.named_points, read_named_points, sorted_named_points, "named points"),
        (home.searches, read_searches, sorted_searches, "searches"),
    )
    for path, read, in_order, what in lists:
        if path.exists():
            read(home)
            entries = in_order(read_json(path))
            write_atomically(home.folder / "data" / path.name, format_json(entries))
            print(f"{path}: {len(entries)} {what}")
    return 0


def _add_dictionary(commands: Any) -> None:
    commands.add_parser("dictionary", help="write docs/data.md").set_defaults(run=dictionary)


def dictionary(_options: argparse.Namespace, home: Home) -> int:
    """Write the data dictionary; raises DataError if the data has faults."""
    write_atomically(home.folder / "docs" / "data.md", data_dictionary(load(home)))
    return 0


def _add_places(commands: Any) -> None:
    commands.add_parser("places", help="say how well places are known").set_defaults(run=places)


def places(_options: argparse.Namespace, home: Home) -> int:
    """Print how many projects can be found within some distances; raises DataError on faults."""
    print("\n".join(reviews.places_text(load(home))))
    return 0


def _add_sketch(commands: Any) -> None:
    command = commands.add_parser("sketch", help="print a sketched area as a GeoJSON geometry")
    command.add_argument(
        "shape",
        help='JSON: {"shape": "circle", "center": [104.6, 30.1], "radius_m": 3000}, ellipse (center, '
        "semi_axes_m, bearing_deg), corridor (line, half_width_m) or rounded (ring, radius_m); clip, without: codes",
    )
    command.set_defaults(run=print_sketch)


def print_sketch(options: argparse.Namespace, home: Home) -> int:
    """Print a sketched area (lon, lat); raises DataError if the shape is not described in full."""
    try:
        shape = sketch(json.loads(options.shape), read_counties(home))
    except (ValueError, KeyError, TypeError) as error:
        fault = Fault(
            "sketch-shape", "the shape", quoted(options.shape), f"cannot be drawn ({error!r})",
            "see python -m geo sketch --help for the shapes and their keys",
        )  # fmt: skip
        raise DataError([fault]) from error
    print(json.dumps(shape.__geo_interface__))
    return 0


def _add_datapackage(commands: Any) -> None:
    commands.add_parser("datapackage", help="write datapackage.json").set_defaults(run=datapackage)


def datapackage(_options: argparse.Namespace, home: Home) -> int:
    """Write the descriptor of the data package; raises DataError if the data has faults."""
    write_atomically(home.folder / "datapackage.json", format_json(data_package(load(home))))
    return 0


def _add_diff(commands: Any) -> None:
    command = commands.add_parser("diff", help="say what differs between two editions of the layer")
    command.add_argument("old", type=Path, help="projects.geojson, or the folder that holds it")
    command.add_argument("new", type=Path, help="likewise")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for machines")
    form.add_argument("--markdown", action="store_true", help="for a release note")
    command.set_defaults(run=diff)


def diff(options: argparse.Namespace, _home: Home) -> int:
    """Print the comparison; raises DataError if an edition cannot be read."""
    comparison = reviews.compare_paths(options.old, options.new)
    if options.json:
        print(json.dumps(reviews.diff_json(comparison), ensure_ascii=False, indent=2))
        return 0
    lines = reviews.diff_markdown if options.markdown else reviews.diff_text
    print("\n".join(lines(comparison)))
    return 0


def _add_export(commands: Any) -> None:
    command = commands.add_parser("export", help="write the projects of a query as a file")
    command.add_argument("format", choices=list(FORMAT))
    command.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    command.add_argument("--query", default="", help=QUERY_HELP)
    command.add_argument("--lang", choices=list(LANGUAGES), help="language of labels (zh)")
    command.set_defaults(run=export_file)


def export_file(options: argparse.Namespace, home: Home) -> int:
    """Write a download and report it; raises DataError if the query is invalid."""
    asked = read_query(options.query.removeprefix("?"))
    selection = select(load_published(home), asked.filter)
    language = options.lang or asked.language or "zh"
    write_atomically(options.output, export(selection, options.format, language, asked.crs))
    print(f"{options.output}: {len(selection.projects)} projects")
    return 0


def _add_html(commands: Any) -> None:
    about = "write the map as one HTML file that needs no network"
    command = commands.add_parser("html", help=about)
    command.add_argument("-o", "--output", type=Path, required=True, help="the file to write")
    command.add_argument("--query", default="", help=QUERY_HELP)
    command.set_defaults(run=html)


def html(options: argparse.Namespace, home: Home) -> int:
    """Write the one-file edition; raises DataError if the query is invalid or matches nothing."""
    asked = read_query(options.query.removeprefix("?"))
    page = edition_html(load_published(home), asked.filter)
    write_atomically(options.output, page)
    print(f"{options.output}: {len(page) / 1000:.0f} kB")
    return 0


def _add_print(commands: Any) -> None:
    command = commands.add_parser("print", help="write an A3 sheet for the wall")
    command.add_argument("-o", "--output", type=Path, required=True, help="a .pdf or .png file")
    command.add_argument("--query", default="", help=QUERY_HELP)
    command.add_argument("--lang", choices=list(LANGUAGES), help="zh (the default) or en")
    command.set_defaults(run=print_sheet)


def print_sheet(options: argparse.Namespace, home: Home) -> int:
    """Write the printed sheet; the second page of a PNG is name-2.png.

    Raises DataError if the query is invalid, the file extension is unknown, or the folder is
    missing.
    """
    output: Path = options.output
    faults = list(_output_faults(output))
    if faults:
        raise DataError(faults)
    asked = read_query(options.query.removeprefix("?"))
    dataset = load_published(home)
    language = options.lang or asked.language or "zh"
    if output.suffix.lower() == ".pdf":
        files = {output: sheet_pdf(dataset, asked.filter, language)}
    else:
        pages = sheet_png(dataset, asked.filter, language)
        files = {_page_path(output, number): page for number, page in enumerate(pages, start=1)}
    for path, content in files.items():
        write_atomically(path, content)
    shown = int(asked.filter.mask(dataset.frame).sum())
    print(f"{', '.join(map(str, files))}: {shown} of {len(dataset.projects)} projects")
    return 0


def _output_faults(output: Path) -> Iterator[Fault]:
    if output.suffix.lower() not in SHEET_ENDINGS:
        yield Fault(
            "output-ending", "--output", quoted(output.name), "says no kind of sheet",
            f"let it end in {' or '.join(SHEET_ENDINGS)}",
        )  # fmt: skip
    if not output.absolute().parent.is_dir():
        yield Fault(
            "output-folder", "--output", quoted(output.parent), "is no folder", "make it first"
        )


def _page_path(output: Path, number: int) -> Path:
    return output if number == 1 else output.with_stem(f"{output.stem}-{number}")


def _add_init(commands: Any) -> None:
    command = commands.add_parser("init", help="make a folder for another decision, with drafts")
    command.add_argument("directory", type=Path, help="the folder to make")
    source = command.add_mutually_exclusive_group(required=True)
    source.add_argument("--text", type=Path, help="the document, a UTF-8 text file")
    source.add_argument("--table", type=Path, help="a list of projects, .csv or .xlsx")
    command.add_argument(
        "--column", action="append", default=[], metavar="ROLE=HEADING",
        help=f"what a column of the table holds: {', '.join(ROLES)} (default: guessed from its heading)",
    )  # fmt: skip
    command.add_argument(
        "--sheet", action="append", default=[],
        help=f"a sheet of the workbook, each a part of the text; {EVERY_SHEET} for all (default: the first)",
    )  # fmt: skip
    command.add_argument(
        "--stage",
        choices=STAGE_CODES,
        default="",
        help="the stage of rows of the table that tell none",
    )
    command.add_argument("--words", type=Path, help="words of the home, as in its data/home.json")
    place = "its place: 平阳县, or a GeoJSON file (default: Ziyang, for a document of Ziyang)"
    command.add_argument("--counties", help=place)
    for name, about in STATED.items():
        command.add_argument(f"--{name}", help=about)
    command.set_defaults(run=init)


def init(options: argparse.Namespace, _home: Home) -> int:
    """Create the folder and print a summary; on failure raises DataError and creates nothing."""
    names = (name.replace("-", "_") for name in STATED)
    stated = {name: value for name in names if (value := getattr(options, name))}
    source = Source(
        options.text or options.table, options.table is not None, tuple(options.column),
        tuple(options.sheet), options.counties, options.words, options.stage,
    )  # fmt: skip
    new = create_home(options.directory, source, stated)
    print("\n".join(new.summary(stated)))
    print(f"Next: python -m geo check {options.directory}")
    if os.name == "nt":
        print(f"To see it: $env:{ENVIRONMENT_VARIABLE} = '{options.directory}'")
        print("           .venv\\Scripts\\python -m streamlit run app.py")
    else:
        print(f"To see it: {ENVIRONMENT_VARIABLE}={options.directory} make run")
    return 0


READING: Final = (check, quote, segments, places, diff)
"""Commands that write nothing in any case."""


def _add_publish(commands: Any) -> None:
    command = commands.add_parser("publish", help="make the data the edition of a database")
    command.add_argument("address", help="postgresql://user@host:port/database")
    other = "the folder to publish, if not the usual one"
    command.add_argument("--from", dest="source", metavar="DIR", help=other)
    command.set_defaults(run=publish_home)


def publish_home(options: argparse.Namespace, home: Home) -> int:
    """Publish a folder; raises DataError if the data has faults or the database does not answer."""
    published = Home(source_of(options.source).root()) if options.source else home
    done = publish(published, options.address)
    outcome = "is now shown" if done.is_news else "was shown already; nothing was changed"
    print(f"edition {done.version} with {done.projects} projects {outcome}")
    return 0


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        # On a terminal that cannot show Chinese, print escapes instead of failing.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
