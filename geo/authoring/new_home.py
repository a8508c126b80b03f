"""A folder for another decision: its text, its counties, and drafts of its projects.

Without counties of its own, a new folder uses Ziyang's counties, rivers and towns, byte for byte.
With its own counties, the map window is their extent plus a margin. The folder is built under a
temporary name beside its destination, checked like any other, and only then renamed. A failure
leaves nothing behind.
"""

import shutil
import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.authoring.candidates import candidates, reader_of
from geo.authoring.drafts import REASON, TO_JUDGE, draft_features, ledger_entries
from geo.authoring.place_layers import PlaceLayers, read_place_layers, ziyang_layers
from geo.authoring.source_text import data_error, describe_document, read_source
from geo.authoring.vocabulary import vocabulary
from geo.checks import load
from geo.core.faults import quoted
from geo.core.files import format_collection, format_json, read_json
from geo.core.home import PACKAGE_HOME, Home
from geo.core.i18n import LANGUAGES, fluent_literal, text
from geo.text.clauses import Outline, read_outline
from geo.text.document import DOCUMENT_KEYS, Document, parse_clauses

STATED: Final = {
    "title": "its title (default: its first line)",
    "title-en": "its title in English (default: none; of an English text, the title)",
    "issuer": "who issued it (default: what stands before 关于 in the title)",
    "issuer-en": "the issuer in English (default: none; of an English text, the issuer)",
    "adopted": "the day of adoption, YYYY-MM-DD (default: the first date in the text)",
    "published": "the day of publication, YYYY-MM-DD (default: the day of adoption)",
    "publisher": "who published it (default: the issuer)",
    "closing": "the first words of the closing paragraph, which is in no clause (default: none)",
    "id": "the document's id (default: the name of the file)",
    "place": "what the place is called (default: its counties, or 资阳)",
    "place-en": "what the place is called in English (default: its counties)",
}
"""The values that a curator can state about a text, each with its default."""

PLACE_MESSAGES: Final = {
    "title": "own-title",
    "subtitle": "own-subtitle",
    "county-outside": "own-outside",
    "detail-outside": "own-outside",
    "detail-no-counties": "own-no-counties",
    "coverage-tally": "own-coverage-tally",
}
"""Interface messages that name Ziyang or its decision, each with its pattern for another place."""

LICENCE: Final = """\
counties.geojson: {counties}
rivers.geojson, places.geojson: from the Ziyang project map, Open Database License 1.0
(https://opendatacommons.org/licenses/odbl/1-0/); towns GeoNames (CC BY 4.0), stations
© OpenStreetMap contributors (ODbL 1.0), rivers WDBII through GSHHG (public domain).
projects.geojson, ledger.json, related.json, events.json: state here the terms of your own work, and those of
the sources that its references name.
"""


@dataclass(frozen=True)
class NewHome:
    """A new folder: how its text numbers its clauses, and counts."""

    home: Home
    outline: Outline
    about: Mapping[str, str]
    ground: PlaceLayers
    clauses: int
    features: list[dict[str, Any]]
    entries: list[dict[str, Any]]

    def summary(self, stated: Container[str]) -> Iterator[str]:
        """Yield lines on the text: its clauses, and each value with where it comes from."""
        samples = " > ".join(style.sample for style in self.outline.styles)
        yield f"{self.clauses} clauses, numbered {samples}; the last is {list(self.outline.headings.values())[-1].path}"
        if self.outline.missing:
            numbers = ", ".join(self.outline.missing)
            yield f"The count leaves out {numbers}: compare with the original."
        if self.outline.repeated:
            yield (
                f"{len(self.outline.repeated)} numbered lines repeat a number, and belong to the "
                f"clause above: characters {', '.join(map(str, self.outline.repeated[:5]))}"
            )
        for key in DOCUMENT_KEYS:
            if key not in {"file", "sha256"}:
                origin = "stated" if key in stated else "by default"
                yield f"{key}: {self.about[key] or '(none)'} ({origin})"
        for key in ("title_en", "issuer_en"):
            if not self.about[key]:
                option = key.replace("_", "-")
                yield f"No {key}: English pages show the Chinese; state it with --{option}."
        counties = "、".join(county.name_zh for county in self.ground.own)
        yield f"counties: {counties} ({'given' if self.ground.given else 'by default'})"
        left = sum(entry["reason"] == TO_JUDGE for entry in self.entries)
        yield (
            f"{len(self.features)} drafts; {left} segments still to be judged, "
            f"{len(self.entries) - left} headings"
        )


def create_home(
    target: Path, source: Path, stated: Mapping[str, str], counties: Path | None
) -> NewHome:
    """Build the folder `target` for the text in `source`, on the ground of the file `counties`.

    `stated` holds the values that the curator states: keys of `documents.json`, which all have
    defaults, and the names of the place (`place`, `place_en`). Raises DataError if the target
    exists and is not an empty folder, if the text is missing, empty, not UTF-8 or without clauses,
    or if no date of adoption is known.
    """
    _refuse_taken(target)
    given = read_place_layers(counties) if counties else None
    written = read_source(source)
    outline = read_outline(written)
    if outline.restart is not None:
        line = written[outline.restart :].partition("\n")[0]
        raise data_error(
            "text-clauses", source.name, f"line {written.count(chr(10), 0, outline.restart) + 1}, "
            f"{quoted(line, 30)},", "begins the outermost count anew",
            "number the headings above it, or cut the annex off and make a document of it",
        )  # fmt: skip
    if not outline.headings:
        raise data_error(
            "text-clauses", source.name, "its text", "numbers no clauses that count up from one",
            "number them at the start of their lines: 第一条, 一、, (一), 1., Section 1, 1.1 or (a)",
        )  # fmt: skip
    about = describe_document(source, written, stated)
    ground = given or ziyang_layers(source.name, about["title"])
    clauses = parse_clauses(written, about["closing"])
    document = Document(about["id"], about["sha256"], about, written, clauses)
    words = vocabulary(document.language, {}, {})
    features = draft_features(document, candidates(document, words), ground.own)
    segments = list(ledger_entries(document, features, reader_of(words)))
    reasons = read_json(PACKAGE_HOME.ledger)["reasons"] | {TO_JUDGE: REASON}
    ledger = {
        "document": document.id, "clauses": [clause.numeral for clause in clauses],
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
    return NewHome(Home(target), outline, about, ground, len(clauses), features, segments)


def catalogue(
    language: str, about: Mapping[str, str], stated: Mapping[str, str], ground: PlaceLayers
) -> str:
    """Return a message catalogue with the messages that differ from Ziyang's."""
    english = language == "en"
    values = {
        "place": stated.get("place_en" if english else "place")
        or (ground.name_en if english else ground.name_zh),
        "title": (about["title_en"] if english else "") or about["title"],
        "total": "{ $total }",
        "mapped": "{ $mapped }",
    }
    lines = []
    patterns = PLACE_MESSAGES | ({"map-attribution": "own-attribution"} if ground.given else {})
    for key, pattern in patterns.items():
        message = text(language, pattern, **values)
        lines.append(f"{key} = {message if '{ $' in message else fluent_literal(message)}")
    return "\n".join(lines) + "\n"


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a complete folder if its content passes the checks, or nothing at all."""
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
        raise data_error(
            "folder-written", str(target), f"the folder cannot be written ({error.strerror})",
            "but everything is kept in it", "name a folder in a place that exists and is yours",
        ) from error  # fmt: skip


def _refuse_taken(target: Path) -> None:
    taken = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if taken:
        raise data_error(
            "folder-free", str(target), "it", "exists and is not an empty folder",
            "name one that does not exist yet; nothing in it was touched",
        )  # fmt: skip
