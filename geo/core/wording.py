"""What a home calls its place, its document and its clauses: the file `data/home.json`.

The file is optional, and so is each of its keys; what is left out is as in Ziyang's decision. The
messages of the interface use these words as Fluent terms (`{ -place }`, `{ -document }`), so that a
message which names the place exists once. Like the counties, they are read when the program starts
(`wording_at_start`). `verbs` and `nouns` only serve `python -m geo init`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from geo.core.faults import DataError, Fault, quoted
from geo.core.files import Readable, read_json
from geo.core.home import PACKAGE_HOME, Home, counties_at_start, find_home
from geo.core.validation import ADDRESS, SLUG, character_faults, object_schema, schema_faults

LONGEST_WORD: Final = 60
WORD: Final = {"type": "string", "minLength": 1, "maxLength": LONGEST_WORD, "pattern": r"\S"}
PAIR: Final = object_schema({"zh": WORD, "en": WORD})
COUNTY: Final = object_schema({"zh": WORD, "en": WORD, "en_plural": WORD}, optional=("en_plural",))
CLAUSE: Final = WORD | {"pattern": r"^[^{}]*\{\}[^{}]*$"}
CREDIT: Final = {"type": "string", "maxLength": 300}
"""Empty as long as nobody has said whose the data are."""
LISTS: Final = {
    "type": "object",
    "propertyNames": {"pattern": "^[a-z_]+$"},
    "additionalProperties": {"type": "array", "items": WORD, "minItems": 1},
}
HOME: Final = object_schema(
    {
        "place": PAIR,
        "level": PAIR,
        "county": COUNTY,
        "document": PAIR,
        "issued": {"enum": ["adopted", "published"]},
        "clause": object_schema({"zh": CLAUSE}),
        "credits": object_schema({"zh": CREDIT, "en": CREDIT}),
        "licence": object_schema({"name": WORD, "url": ADDRESS}),
        "slug": {"type": "string", "pattern": SLUG, "maxLength": LONGEST_WORD},
        "verbs": LISTS,
        "nouns": LISTS,
    },
    optional=(
        "place", "level", "county", "document", "issued", "clause", "credits", "licence", "slug",
        "verbs", "nouns",
    ),
)  # fmt: skip
"""`county` is what the districts are called that the map counts by, and `issued` what was done with the
document on the day of `adopted`. `clause` has `{}` where the clause's path of numerals stands: 第（{}）条."""

DEFAULTS: Final[Mapping[str, Any]] = {
    "place": {"zh": "资阳", "en": "Ziyang"},
    "level": {"zh": "市", "en": "city"},
    "county": {"zh": "县（区）", "en": "county"},
    "document": {"zh": "决定", "en": "decision"},
    "issued": "adopted",
    "clause": {"zh": "第（{}）条"},
    "credits": {},
    "licence": {"name": "ODbL 1.0", "url": "https://opendatacommons.org/licenses/odbl/1-0/"},
    "slug": "ziyang",
    "verbs": {},
    "nouns": {},
}
"""The words of Ziyang's decision. Without `credits`, those of the shipped map are shown."""
OWN_DEFAULTS: Final[Mapping[str, Any]] = {**DEFAULTS, "licence": {}}
"""What holds in a home with words of its own: nobody but its curator can say under which licence it is."""

ISSUED: Final = {
    "adopted": {"zh": "通过", "en": "adopted", "noun": "adoption"},
    "published": {"zh": "发布", "en": "published", "noun": "publication"},
}

NARROW: Final = str.maketrans("（）", "()")
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The words of a home: the values of `HOME`, its document's day of adoption and language.

    `county_count` is the number of its counties. With only one, the place itself is the county.
    """

    values: Mapping[str, Any]
    adopted: str
    text_language: str
    county_count: int = 3

    @property
    def text_tag(self) -> str:
        """The language tag (BCP 47) of the document's words, on a page in either language."""
        return "zh-CN" if self.text_language == "zh" else self.text_language

    @property
    def slug(self) -> str:
        """The start of the names of downloads: "ziyang"."""
        return str(self.values["slug"])

    def place(self, language: str) -> str:
        """Return what the place is called in "zh" or "en"."""
        return str(self.values["place"][language])

    def level(self, language: str) -> str:
        """Return what kind of place it is in "zh" or "en"."""
        return str(self.values["level"][language])

    def document(self, language: str) -> str:
        """Return what the document is called in "zh" or "en"."""
        return str(self.values["document"][language])

    @property
    def is_published(self) -> bool:
        """Whether the document was only published on its day, as a report is, and not adopted."""
        return bool(self.values["issued"] == "published")

    def issued(self, form: str) -> str:
        """Return what was done with the document on its day: in "zh", in "en", or as a "noun"."""
        return ISSUED[self.values["issued"]][form]

    def county(self, language: str) -> str:
        """Return what a county is called in "zh" or "en"."""
        words = self.values["county"]
        if self.county_count == 1 and words == DEFAULTS["county"]:
            words = self.values["level"]
        return str(words[language])

    @property
    def counties(self) -> str:
        """What several counties are called in English."""
        return str(self.values["county"].get("en_plural") or plural(self.county("en")))

    def credits(self, language: str) -> str | None:
        """Return whose data the map shows, if the home says so."""
        words = self.values["credits"].get(language)
        return None if words is None else str(words)

    @property
    def licence(self) -> str:
        """The licence of the data, such as "ODbL 1.0"; "" if the home states none."""
        return str(self.values["licence"].get("name", ""))

    @property
    def licence_url(self) -> str:
        """The address of the licence's text; "" if the home states none."""
        return str(self.values["licence"].get("url", ""))

    def terms(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield the terms that messages use, each with its words in "zh" or "en"."""
        place, level = self.place(language), self.level(language)
        before, _, after = str(self.values["clause"]["zh"]).partition("{}")
        year, month, day = self.adopted.split("-")
        yield "place", place
        yield (
            "place-in-full",
            place if place.endswith(level) or place[-1].isascii() else place + level,
        )
        yield "level", level
        yield "level-capital", level[:1].upper() + level[1:]
        yield from self._county_terms(language)
        yield "document", self.document(language)
        issued = self.issued(language)
        yield "issued", issued
        yield "issued-capital", issued[:1].upper() + issued[1:]
        yield "licence", self.licence
        yield "clause-before", before
        yield "clause-after", after
        # GB/T 7714 is written with ASCII punctuation.
        yield "clause-before-narrow", before.translate(NARROW)
        yield "clause-after-narrow", after.translate(NARROW)
        yield "year", year
        yield (
            "day",
            f"{int(day)} {MONTHS[int(month) - 1]} {year}"
            if language == "en"
            else f"{year}年{int(month)}月{int(day)}日",
        )

    def _county_terms(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield the terms for counties. "whole" is the county or the place; of one county, the place."""
        county, level = self.county(language), self.level(language)
        single = self.county_count == 1
        yield "county", county
        yield "county-capital", county[:1].upper() + county[1:]
        if language == "en":
            yield "counties", self.counties
            yield "counties-capital", self.counties[:1].upper() + self.counties[1:]
            yield "whole", county if single else f"{county} or {level}"
            wide = f"beyond the {level}" if single else f"{level}-wide and beyond"
            yield "wide", wide
            yield "wide-capital", wide[:1].upper() + wide[1:]
        else:
            short = county.partition("（")[0]
            yield "county-plain", re.sub("[（、）]", "", county)
            yield "county-short", short
            yield "whole", f"全{level}" if single else f"全{county}或全{level}"
            yield "wide", f"{level}外" if single else f"跨{short}、全{level}与{level}外"


def plural(noun: str) -> str:
    """Return the plural of an English noun: "counties", "districts"."""
    return f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"


def read_wording(path: Readable) -> dict[str, Any]:
    """Return the words of a file like `home.json`; raises DataError with all faults of it."""
    content = read_json(path)
    faults = [
        *schema_faults(HOME, content, f"data/{path.name}"),
        *character_faults("text-plain", f"data/{path.name}", content),
    ]
    if faults:
        raise DataError(
            Fault("home-words", one.record, one.value, one.rule, CURE) for one in faults
        )
    return dict(content)


CURE: Final = "see docs/your-own-document.md for its keys: place, level, county, document, issued, clause, credits, licence, slug, verbs, nouns"


@cache
def wording_at_start() -> Wording:
    """Return the words of the home that the program was started with; Ziyang's if unreadable."""
    try:
        home = find_home()
        values: Mapping[str, Any] = DEFAULTS
        if home.wording.exists():
            values = {**OWN_DEFAULTS, **read_wording(home.wording)}
        return Wording(values, *_document(home), len(counties_at_start()))
    except (DataError, KeyError, TypeError, AttributeError, IndexError, ValueError):
        # Reading the dataset reports the error; the page that shows the report must still open.
        return Wording(DEFAULTS, *_document(PACKAGE_HOME))


def _document(home: Home) -> tuple[str, str]:
    """Return the day of adoption and the language of a home's first document.

    Raises ValueError if the first is no day.
    """
    about = read_json(home.documents)[0]
    adopted, language = about["adopted"], about.get("language", "zh")
    if not re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}", adopted):
        message = f"{quoted(adopted)} is no day"
        raise ValueError(message)
    return adopted, language
