"""A folder for another decision: its text, what is known about it, and drafts of its projects.

It is built beside its place and checked like any other; only then does it get its name. What goes
wrong before leaves nothing behind.
"""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from geo.authoring.candidates import proposals
from geo.authoring.drafts import REASON, TO_JUDGE, draft_features, unjudged
from geo.authoring.ground import Ground
from geo.authoring.source_text import describe, read_source, refusal
from geo.checks import load
from geo.core.files import format_collection, format_json, read_json
from geo.core.home import PACKAGE_HOME, Home
from geo.core.i18n import LANGUAGES, literal, text
from geo.text.document import Document, numbering_in, parse_clauses
from geo.text.numbering import Numbering, missing_numbers, number_of

PLACE_MESSAGES: Final = {
    "title": "own-title",
    "subtitle": "own-subtitle",
    "county-outside": "own-outside",
    "detail-outside": "own-outside",
    "detail-no-counties": "own-no-counties",
    "coverage-tally": "own-coverage-tally",
}
"""Messages of the interface that name Ziyang or its decision, each with the pattern for another."""

LICENCE: Final = """\
counties.geojson: {counties}
rivers.geojson, places.geojson: from the Ziyang project map, Open Database License 1.0
(https://opendatacommons.org/licenses/odbl/1-0/); towns GeoNames (CC BY 4.0), stations
© OpenStreetMap contributors (ODbL 1.0), rivers WDBII through GSHHG (public domain).
projects.geojson, ledger.json, related.json, events.json: state here the terms of your own work, and those of
the sources that its references name.
"""


@dataclass(frozen=True)
class New:
    """What was built: its folder, the numbering found, the numbers it leaves out, and counts."""

    home: Home
    numbering: Numbering
    missing: tuple[int, ...]
    about: Mapping[str, str]
    clauses: int
    drafts: int
    segments: int


def found(target: Path, source: Path, stated: Mapping[str, str], ground: Ground) -> New:
    """Build the folder `target` for the text in `source`.

    `stated` holds what the curator states: keys of `documents.json`, where each has a default, and
    the place's names (`place`, `place_en`). Raises DataError when the folder is taken, when the
    text is missing, empty, not UTF-8 or without clauses, or when no date of adoption is known.
    """
    _refuse_taken(target)
    written = read_source(source)
    numbering = numbering_in(written)
    if numbering is None:
        raise refusal(
            "text-clauses", source.name, "its text", "numbers no clauses that count up from one",
            "number them 第一条, (一), 一、 or 1. at the start of their lines",
        )  # fmt: skip
    about = describe(source, written, stated)
    clauses = parse_clauses(written, about["closing"])
    document = Document(about["id"], about["sha256"], about, written, clauses)
    features = draft_features(document, proposals(document), ground.own)
    segments = list(unjudged(document, features))
    reasons = read_json(PACKAGE_HOME.ledger)["reasons"] | {TO_JUDGE: REASON}
    ledger = {
        "document": document.id, "clauses": [one.numeral for one in clauses],
        "reasons": reasons, "segments": segments,
    }  # fmt: skip
    files = {
        f"seeds/{about['file']}": source.read_bytes(),
        "data/documents.json": format_json([about]).encode(),
        "data/projects.geojson": format_collection(features).encode(),
        "data/ledger.json": format_json(ledger).encode(),
        "data/related.json": format_json([]).encode(),
        "data/LICENSE": LICENCE.format(counties=ground.licence).encode(),
    }
    files |= {f"data/{name}.geojson": content for name, content in ground.layers.items()}
    for language in LANGUAGES:
        files[f"data/i18n/{language}.ftl"] = catalogue(language, about, stated, ground).encode()
    write_folder(target, files)
    numbers = [number_of(one.numeral) for one in clauses]
    return New(
        Home(target), numbering, tuple(missing_numbers(numbers)), about, len(clauses),
        len(features), len(segments),
    )  # fmt: skip


def catalogue(
    language: str, about: Mapping[str, str], stated: Mapping[str, str], ground: Ground
) -> str:
    """Return the catalogue of the messages that differ from Ziyang's."""
    english = language == "en"
    values = {
        "place": stated.get("place_en" if english else "place")
        or (ground.name_en if english else ground.name_zh),
        "title": about["title_en" if english else "title"],
        "total": "{ $total }",
        "mapped": "{ $mapped }",
    }
    lines = []
    patterns = PLACE_MESSAGES | ({"map-attribution": "own-attribution"} if ground.given else {})
    for key, pattern in patterns.items():
        said = text(language, pattern, **values)
        lines.append(f"{key} = {said if '{ $' in said else literal(said)}")
    return "\n".join(lines) + "\n"


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder whole, once what it holds has passed the checks, or not at all."""
    try:
        part = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-", suffix=".part"))
        try:
            for name, content in files.items():
                path = part / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            load(Home(part))
            part.chmod(0o755)
            if target.exists():
                target.rmdir()
            part.rename(target)
        except BaseException:
            shutil.rmtree(part)
            raise
    except OSError as error:
        raise refusal(
            "folder-written", str(target), f"the folder cannot be written ({error.strerror})",
            "but everything is kept in it", "name a folder in a place that exists and is yours",
        ) from error  # fmt: skip


def _refuse_taken(target: Path) -> None:
    taken = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if taken:
        raise refusal(
            "folder-free", str(target), "it", "exists and is not an empty folder",
            "name one that does not exist yet; nothing in it was touched",
        )  # fmt: skip
