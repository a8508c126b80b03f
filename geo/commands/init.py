"""`init`: make a folder for another decision, with drafts of the projects that it names."""

import argparse
from pathlib import Path
from typing import Any, Final

from geo.authoring.ground import ground_of, ziyang_ground
from geo.authoring.new_home import found
from geo.core.files import ENVIRONMENT_VARIABLE
from geo.core.home import Home

STATED: Final = {
    "title": "its title (default: its first line)",
    "title-en": "its title in English (default: the title)",
    "issuer": "who issued it (default: what stands before 关于 in the title)",
    "issuer-en": "the issuer in English (default: the issuer)",
    "adopted": "the day of adoption, YYYY-MM-DD (default: the first date in the text)",
    "published": "the day of publication, YYYY-MM-DD (default: the day of adoption)",
    "publisher": "who published it (default: the issuer)",
    "closing": "the first words of the closing paragraph, which is in no clause (default: none)",
    "id": "the document's id (default: the name of the file)",
    "place": "what the place is called (default: its counties, or 资阳)",
    "place-en": "what the place is called in English (default: its counties)",
}


def add_to(commands: Any) -> None:
    """Add the command to the parser's subcommands."""
    parser = commands.add_parser("init", help="make a folder for another decision, with drafts")
    parser.add_argument("directory", type=Path, help="the folder to make")
    parser.add_argument("--text", type=Path, required=True, help="the decision, a UTF-8 text file")
    parser.add_argument("--counties", type=Path, help="GeoJSON of counties (default: Ziyang's)")
    for name, said in STATED.items():
        parser.add_argument(f"--{name}", help=said)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, _home: Home) -> int:
    """Make the folder and say what is in it; raises DataError and leaves nothing where it cannot."""
    names = (name.replace("-", "_") for name in STATED)
    stated = {name: value for name in names if (value := getattr(options, name))}
    ground = ground_of(options.counties) if options.counties else ziyang_ground()
    new = found(options.directory, options.text, stated, ground)
    print(f"{new.clauses} clauses, numbered {new.numbering.sample}, {new.numbering.code}")
    if new.missing:
        print(
            f"The count leaves out {', '.join(map(str, new.missing))}: compare with the original."
        )
    for key in (
        "id",
        "title",
        "title_en",
        "issuer",
        "issuer_en",
        "adopted",
        "published",
        "publisher",
        "closing",
    ):
        origin = "stated" if key in stated else "by default"
        print(f"{key}: {new.about[key] or '(none)'} ({origin})")
    print(
        f"counties: {'、'.join(one.name_zh for one in ground.own)} ({'given' if options.counties else 'by default'})"
    )
    print(f"{new.drafts} drafts; {new.segments} segments still to be judged")
    print(f"Next: python -m geo check {options.directory}")
    print(f"To see it: {ENVIRONMENT_VARIABLE}={options.directory} make run")
    return 0
