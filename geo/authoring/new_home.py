"""A folder for another decision: its text, its counties, and drafts of its projects.

Without counties of its own, a new folder uses Ziyang's counties, rivers and towns, byte for byte.
With its own counties, the map window is their extent plus a margin. The folder is built under a
temporary name beside its destination, checked like any other, and only then renamed. A failure
leaves nothing behind.
"""

import json
import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geo.authoring.candidates import candidates, reader_of
from geo.authoring.drafts import REASON, draft_features, own_credits
from geo.authoring.place_layers import TIANDITU, PlaceLayers, read_place_layers, ziyang_layers
from geo.authoring.source_text import (
    data_error,
    describe_document,
    first_date,
    iso_date,
    language_of_text,
    read_source,
)
from geo.authoring.table_drafts import SOURCES, RowReader, table_candidates
from geo.authoring.tables import TableText, read_table
from geo.authoring.vocabulary import Vocabulary, vocabulary
from geo.checks import load
from geo.core.faults import quoted
from geo.core.files import format_collection, format_json, read_json, write_folder
from geo.core.home import PACKAGE_HOME, Home
from geo.core.i18n import LANGUAGES, text
from geo.core.wording import read_wording
from geo.layer.codes import SECTOR_CODES, STAGE_CODES
from geo.text.clauses import Outline, read_outline
from geo.text.document import DOCUMENT_KEYS, NOT_STATED, Document, paragraph_spans, parse_clauses
from geo.text.ledger import HEADING, TO_JUDGE, ledger_entries
from geo.text.line_breaks import JoinedText, join_lines

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

LICENCE: Final = """\
counties.geojson: {counties}
rivers.geojson, places.geojson: from the Ziyang project map, Open Database License 1.0
(https://opendatacommons.org/licenses/odbl/1-0/); towns GeoNames (CC BY 4.0), stations
© OpenStreetMap contributors (ODbL 1.0), rivers WDBII through GSHHG (public domain).
projects.geojson, ledger.json, related.json, events.json: state here the terms of your own work, and those of
the sources that its references name.
"""


SHOWN: Final = 24
"""How many characters of a line are printed."""


def shortened(line: str) -> str:
    """Return the start of a line, for a message."""
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}…"


@dataclass(frozen=True)
class NewHome:
    """A new folder: how its text numbers its clauses, and counts."""

    home: Home
    outline: Outline
    about: Mapping[str, str]
    ground: PlaceLayers
    table: TableText | None
    stages: Mapping[str, int]
    words: Mapping[str, Any]
    features: list[dict[str, Any]]
    entries: list[dict[str, Any]]
    joined: JoinedText
    outside: tuple[str, ...]

    def summary(self, stated: Container[str]) -> Iterator[str]:
        """Yield lines on the text: its clauses, and each value with where it comes from."""
        samples = " > ".join(style.sample for style in self.outline.styles)
        if self.table:
            yield from self.table.summary()
        yield from self._line_breaks()
        yield from self._stage_lines()
        headings = list(self.outline.headings.values())
        yield f"{len(headings)} clauses, numbered {samples}; the last is {headings[-1].path}"
        if self.outline.missing and not self.table:
            numbers = ", ".join(self.outline.missing)
            yield f"The count leaves out {numbers}: compare with the original."
        if self.outline.repeated:
            yield (
                f"{len(self.outline.repeated)} numbered lines repeat a number, and belong to the "
                f"clause above: characters {', '.join(map(str, self.outline.repeated[:5]))}"
            )
        yield from self._facts(stated)
        for key in ("place", "level", "county", "document"):
            if key not in self.words:
                continue
            both = " / ".join(self.words[key].values())
            yield f"{key}: {both} (in data/home.json)"
        counties = "、".join(county.name_zh for county in self.ground.own)
        yield f"counties: {counties} ({'given' if self.ground.given else 'by default'})"
        if self.outside:
            yield (
                f"Lines below the first clause that stand in no clause, and are not read ({len(self.outside)}): "
                f"{' | '.join(shortened(line) for line in self.outside[:5])}"
            )
        left = sum(entry["reason"] == TO_JUDGE for entry in self.entries)
        headed = [entry["text"] for entry in self.entries if entry["reason"] == HEADING]
        yield (
            f"{len(self.features)} drafts; {left} segments still to be judged, "
            f"{len(headed)} headings (reason '{HEADING}' in data/ledger.json)"
        )
        if headed and not self.table:
            yield f"headings: {' | '.join(map(shortened, headed))}"

    def _facts(self, stated: Container[str]) -> Iterator[str]:
        """Yield each value of the document with where it comes from, and what nobody has stated."""
        for key in DOCUMENT_KEYS:
            if key not in {"file", "sha256"}:
                origin = "stated" if key in stated else "by default"
                yield f"{key}: {self.about[key] or '(none)'} ({origin})"
        for key in ("title", "issuer"):
            if self.about[key] in NOT_STATED.values():
                yield f"No {key} found: state it with --{key}."
        for key in ("title_en", "issuer_en"):
            if not self.about[key]:
                option = key.replace("_", "-")
                yield f"No {key}: English pages show the Chinese; state it with --{option}."
        if "licence" not in self.words:
            yield "No licence: the map and its downloads state none; state it in data/home.json."

    def _line_breaks(self) -> Iterator[str]:
        """Yield lines on what the text of the folder has otherwise than the file."""
        if self.joined.joined:
            yield f"{self.joined.joined} line breaks within sentences were taken out"
        if self.joined.page_numbers:
            yield f"Page numbers left out: {', '.join(self.joined.page_numbers)}"

    def _stage_lines(self) -> Iterator[str]:
        """Yield how the stages of the rows of a table are told."""
        for source, rows in self.stages.items():
            yield f"stage of {rows} rows: {SOURCES[source]}"
        if self.stages.get(""):
            yield "State the stage of rows that do not tell it with --stage, such as --stage build."


@dataclass(frozen=True)
class Source:
    """Where a new home is made from: a text, or a table with `columns` ("role=heading") and `sheets`.

    `stage` is the code of the stage of rows that do not tell it.
    `counties` is a GeoJSON file or the names of counties, and `words` a file like the home's `home.json`.
    """

    path: Path
    is_table: bool = False
    columns: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    counties: str | None = None
    words: Path | None = None
    stage: str = ""


def create_home(target: Path, source: Source, stated: Mapping[str, str]) -> NewHome:
    """Build the folder `target` for a source.

    `stated` holds the values that the curator states: keys of `documents.json`, which all have
    defaults, and the names of the place (`place`, `place_en`). Raises DataError if the target
    exists and is not an empty folder, if the text is missing, empty, not UTF-8 or without clauses,
    or if no date of adoption is known.
    """
    _refuse_taken(target)
    given = read_place_layers(source.counties) if source.counties else None
    chosen = read_wording(source.words) if source.words else {}
    path = source.path
    table: TableText | None = None
    defaults: dict[str, str] = {}
    if source.is_table:
        # The words that a home adds decide in its drafts, not in what its text is.
        plain = RowReader(_vocabulary("zh", {}))
        title = stated.get("title")
        table = read_table(path, source.columns, source.sheets, title, plain.lead)
        # A day in a row is no day of the list.
        dated = stated.get("adopted") or iso_date(first_date(table.around))
        defaults = {"title": table.title, "closing": table.closing, "adopted": dated}
    pasted = table.text if table else read_source(path)
    # The rows of a table are lines of their own.
    joined = JoinedText(pasted, 0, ()) if table else join_lines(pasted, language_of_text(pasted))
    written = joined.text
    outline = _outline(path, written)
    about = describe_document(path, written, defaults | dict(stated))
    ground = given or ziyang_layers(path.name, about["title"])
    clauses = parse_clauses(written, about["closing"])
    document = Document(about["id"], about["sha256"], about, written, clauses)
    home_words = _home_words(document, stated, ground, outline) | chosen
    words = _vocabulary(document.language, home_words)
    stages: Counter[str] = Counter()
    if table:
        reader = RowReader(words, source.stage)
        rows = list(table_candidates(document, table, reader, ground, home_words["place"]["zh"]))
        stages.update(told.source for _, told in rows)
        found = iter([candidate for candidate, _ in rows])
    else:
        found = candidates(document, words)
    features = draft_features(document, found, ground.own, _beyond(ground))
    entries = list(ledger_entries(document, features, reader_of(words), is_table=table is not None))
    reasons = read_json(PACKAGE_HOME.ledger)["reasons"] | {TO_JUDGE: REASON}
    ledger = {
        "document": document.id, "clauses": [clause.numeral for clause in clauses],
        "reasons": reasons, "segments": entries,
    }  # fmt: skip
    files = {
        f"seeds/{about['file']}": written.encode(),
        "data/documents.json": format_json([about]).encode(),
        "data/home.json": format_json(home_words).encode(),
        "data/projects.geojson": format_collection(features).encode(),
        "data/ledger.json": format_json(ledger).encode(),
        "data/related.json": format_json([]).encode(),
        "data/LICENSE": LICENCE.format(counties=ground.licence).encode(),
    }
    if table:
        # The table itself is kept beside its text, byte for byte.
        files[f"seeds/{path.name}"] = path.read_bytes()
    files |= {f"data/{name}.geojson": content for name, content in ground.layers.items()}
    for language in LANGUAGES:
        files[f"data/i18n/{language}.ftl"] = _catalogue(language).encode()
    write_folder(target, files, lambda folder: load(Home(folder)))
    return NewHome(
        Home(target), outline, about, ground, table, stages, home_words, features, entries, joined,
        _outside(document, outline),
    )  # fmt: skip


def _beyond(ground: PlaceLayers) -> list[str]:
    """Return the names of the counties around the place, none for Ziyang's own."""
    if not ground.given:
        return []
    around = [one["properties"] for one in json.loads(ground.layers["counties"])["features"]]
    return [one["name_zh"] for one in around if not one["ziyang"]]


def _outside(document: Document, outline: Outline) -> tuple[str, ...]:
    """Return the lines below the first clause that are in none, apart from the headings of parts."""
    paragraphs = {span for clause in document.clauses for span in clause.paragraphs}
    first = document.clauses[0].span.start
    return tuple(
        document.slice(span).strip()
        for span in paragraph_spans(document.text)
        if span.start > first
        and span not in paragraphs
        and span.start not in outline.parts
        and re.search(r"[^\W_]", document.slice(span))
    )


def _outline(source: Path, written: str) -> Outline:
    """Return the numbering of a text; raises DataError if its clauses do not count up from one."""
    outline = read_outline(written)
    if outline.restart is not None:
        number = written.count("\n", 0, outline.restart) + 1
        line = written[outline.restart :].partition("\n")[0]
        raise data_error(
            "text-clauses", source.name, f"line {number}, {quoted(line, 30)},",
            "begins the outermost count anew",
            "number the headings above it, or cut the annex off and make a document of it",
        )  # fmt: skip
    if not outline.headings:
        raise data_error(
            "text-clauses", source.name, "its text", "numbers no clauses that count up from one",
            "number them at the start of their lines: 第一条, 一、, (一), 1., Section 1, 1.1 or (a)",
        )  # fmt: skip
    return outline


DOCUMENT_WORDS: Final = {
    "zh": (
        "决定",
        "实施方案",
        "方案",
        "工作报告",
        "报告",
        "规划",
        "计划",
        "意见",
        "清单",
        "名单",
        "通知",
        "纲要",
    ),
    "en": ("decision", "report", "strategy", "programme", "program", "list", "plan"),
}
"""What documents are called; the one that ends the title, or else the last in it, is taken."""
DOCUMENT: Final = {"zh": "文件", "en": "document"}
TRANSLATED: Final = {
    "决定": "decision", "实施方案": "plan", "方案": "plan", "工作报告": "report", "报告": "report", "规划": "plan",
    "计划": "plan", "意见": "opinions", "清单": "list", "名单": "list", "通知": "notice", "纲要": "outline",
}  # fmt: skip
ANY_LEVEL: Final = "域"
LEVELS: Final = {
    "省": "province", "州": "prefecture", "市": "city", "区": "district", "县": "county", "镇": "town", "乡": "township", ANY_LEVEL: "area",
}  # fmt: skip


def _home_words(
    document: Document, stated: Mapping[str, str], ground: PlaceLayers, outline: Outline
) -> dict[str, Any]:
    """Return the content of `home.json`: the place as stated, and words taken from the title."""
    about, language = document.about, document.language
    place = stated.get("place") or ground.name_zh
    place_en = stated.get("place_en") or (place if place.isascii() else ground.name_en)
    level = place[-1] if place[-1] in LEVELS else (ANY_LEVEL if ground.given else "市")
    if level == ANY_LEVEL:
        # "Kisumu County" is one, whatever it is called in Chinese.
        kind = place_en.rpartition(" ")[2].lower()
        level = next((code for code, word in LEVELS.items() if word == kind), level)
    title = about["title"]
    named = max(DOCUMENT_WORDS[language], key=lambda word: (_end(word, title), len(word)))
    named = named if _end(named, title) else DOCUMENT[language]
    english = named if language == "en" else TRANSLATED.get(named, DOCUMENT["en"])
    head = document.text[:HEAD]
    adopted = (
        named == "决定" or about["adopted"] != about["published"] or ADOPTED[language].search(head)
    )
    words: dict[str, Any] = {
        "place": {"zh": place, "en": place_en},
        "level": {"zh": level, "en": LEVELS[level]},
        "document": {"zh": named if language == "zh" else DOCUMENT["zh"], "en": english},
        "issued": "adopted" if adopted else "published",
        "clause": {"zh": _clause_pattern(outline)},
        "slug": re.sub("[^a-z0-9]+", "-", about["id"].lower()).strip("-"),
    }
    kinds = {one.name_zh[-1] for one in ground.own}
    # The map of a town may have the outline of its county.
    if len(ground.own) > 1 or (kinds <= set(LEVELS) and kinds != {level}):
        words["county"] = county_words([one.name_zh for one in ground.own])
    if ground.given:
        words["credits"] = known_credits(ground)
    return words


HEAD: Final = 600
"""In this many characters a text says whether it was adopted."""
ADOPTED: Final = {
    "zh": re.compile("会议.{0,30}(?:通过|批准)"), "en": re.compile(r"\b(?:adopted|approved)\b", re.IGNORECASE),
}  # fmt: skip


def county_words(names: list[str]) -> dict[str, str]:
    """Return what these counties are called together, by the last characters of their names."""
    last = {name[-1] for name in names}
    if last <= set("市州"):
        return {"zh": "市（州）" if "州" in last else "市", "en": "city", "en_plural": "cities"}
    if last <= set("县旗区市"):
        if last == {"区"}:
            return {"zh": "区", "en": "district"}
        others = [kind for kind in ("市", "区") if kind in last]
        return {"zh": f"县（{'、'.join(others)}）" if others else "县", "en": "county"}
    if last <= set("镇乡道"):
        return {"zh": "乡镇", "en": "town"}
    return {"zh": "地区", "en": "district"}


def known_credits(ground: PlaceLayers) -> dict[str, str]:
    """Return whose data a map shows, of what its layers hold, as far as that is known here.

    Whose the outlines in a file of the curator's are, only the curator can say.
    """
    layers = ground.layers
    places = [one["properties"]["kind"] for one in json.loads(layers["places"])["features"]]
    held = {
        "counties": ground.licence == TIANDITU,
        "stations": "station" in places,
        "towns": any(kind != "station" for kind in places),
        "rivers": bool(json.loads(layers["rivers"])["features"]),
    }
    return own_credits(kind for kind, is_held in held.items() if is_held)


def _end(word: str, title: str) -> int:
    """Return where a word ends in a title for the last time; 0 if it is not in it."""
    at = title.lower().rfind(word)
    return at + len(word) if at >= 0 else 0


def _clause_pattern(outline: Outline) -> str:
    """Return how a clause is cited in Chinese: 第（{}）条 only where a single numeral stands in it."""
    codes = [style.code for style in outline.styles]
    patterns: dict[tuple[str, ...], str] = {
        ("article",): "第{}条",
        ("bracketed",): "第（{}）条",
        ("arabic",): "第{}项",
    }
    return patterns.get(tuple(codes), "{}")


def _vocabulary(language: str, words: Mapping[str, Any]) -> Vocabulary:
    """Return the words for drafts, with those of the home; raises DataError for an unknown code."""
    own = {key: words.get(key, {}) for key in ("verbs", "nouns")}
    for key, codes in (("verbs", STAGE_CODES), ("nouns", SECTOR_CODES)):
        unknown = [code for code in own[key] if code not in codes]
        if unknown:
            raise data_error(
                "home-words", "data/home.json", f"{key}: {', '.join(unknown)}", "is no code",
                f"write some of {', '.join(codes)}",
            )  # fmt: skip
    return vocabulary(language, own["verbs"], own["nouns"])


def _catalogue(language: str) -> str:
    """Return a message catalogue with the messages that differ from Ziyang's."""
    tally = text(language, "own-coverage-tally", total="{ $total }", mapped="{ $mapped }")
    stage = text(language, "own-stage-build")
    return f"coverage-tally = {tally}\nstage-build = {stage}\n"


def _refuse_taken(target: Path) -> None:
    taken = target.exists() and not (target.is_dir() and not any(target.iterdir()))
    if taken:
        raise data_error(
            "folder-free", str(target), "it", "exists and is not an empty folder",
            "name one that does not exist yet; nothing in it was touched",
        )  # fmt: skip
