"""The source of a new folder: reading its file, and what the text says about itself."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from geo.core.faults import DataError, Fault, quoted, replace_invisible
from geo.text.document import NOT_STATED


def data_error(check: str, record: str, value: str, rule: str, cure: str) -> DataError:
    """Return an error with a single fault."""
    return DataError([Fault(check, record, value, rule, cure)])


MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAME: Final = rf"(?:{'|'.join(MONTHS)})[a-z]*"
WRITTEN_DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:年|-)(?P<month>[0-9]{1,2})(?:月|-)(?P<day>[0-9]{1,2})"
    rf"|(?P<day_en>[0-9]{{1,2}})(?:st|nd|rd|th)? (?P<month_en>{MONTH_NAME}),? (?P<year_en>[0-9]{{4}})"
    rf"|(?P<month_us>{MONTH_NAME}) (?P<day_us>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<year_us>[0-9]{{4}})",
    re.IGNORECASE,
)
BLANK: Final = "\ufeff \u00a0\u3000\t\r\n"


def read_source(source: Path) -> str:
    """Return the text of a file; raises DataError if it is missing, not UTF-8, or empty."""
    try:
        written = source.read_bytes().decode("utf-8")
    except OSError as error:
        raise data_error(
            "text-readable", source.name, f"the file cannot be read ({error.strerror})",
            "but the folder is made from it", "name the decision's text with --text",
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise data_error(
            "text-utf8", source.name, f"byte {error.start} is not UTF-8", "but the text must be",
            "convert a copy, such as with: iconv -f gb18030 -t utf-8",
        ) from error  # fmt: skip
    if not written.strip(BLANK):
        raise data_error(
            "text-empty",
            source.name,
            "the file",
            "holds no text",
            "put the decision's text into it",
        )
    return written


def describe_document(source: Path, written: str, stated: Mapping[str, str]) -> dict[str, str]:
    """Return the entry of `documents.json`: the stated values, with defaults from the text.

    By default, the title is the first line (in an English text, the first that is not the issuer's),
    the issuer is the part of the title before 关于 or the office named there or in the lines below, and
    the day of adoption is the first date in the text. The English title and issuer of a Chinese text are
    left empty unless they are stated: nobody has translated them.
    """
    language = language_of_text(written)
    english = language == "en"
    head = [replace_invisible(line, instead="").strip() for line in written.splitlines()]
    head = [line for line in head if line][:HEAD_LINES]
    office = next((line for line in head if ISSUER_EN.search(line)), "") if english else ""
    title = stated.get("title") or next(
        (line for line in head if line != office), head[0] if head else ""
    )
    issuer = stated.get("issuer") or (office if english else _issuer(title) or _signed(head[1:]))
    adopted = iso_date(stated.get("adopted") or first_date(written))
    plain = re.fullmatch(r"[^.\\/][^\\/]*", source.name)
    slug = re.sub(r"[^a-z0-9]+", "-", source.stem.lower()).strip("-")
    about = {
        "id": stated.get("id") or slug or "document",
        "file": f"{source.stem}.txt" if plain else "document.txt",
        "sha256": hashlib.sha256(written.encode("utf-8")).hexdigest(),
        "title": title,
        "title_en": stated.get("title_en") or (title if english else ""),
        "issuer": issuer or NOT_STATED[language],
        "issuer_en": stated.get("issuer_en") or ((issuer or NOT_STATED["en"]) if english else ""),
        "adopted": adopted,
        "published": iso_date(stated.get("published") or adopted),
        "publisher": stated.get("publisher") or issuer or NOT_STATED[language],
        "closing": stated.get("closing", ""),
    }
    return about | ({"language": language} if english else {})


HEAD_LINES: Final = 8
"""How many lines at the start of a text may say what it is and who issued it."""
ISSUER_EN: Final = re.compile(
    r"^(?:the )?(?:(?:county|city|district|borough|town|municipal|state|provincial) (?:government|council|assembly) of [\w’' -]+"
    r"|[\w’' -]+ (?:county|city|district|borough|town|municipal|regional) (?:government|council|assembly))$",
    re.IGNORECASE,
)
"""A line that names an office and nothing else."""
SIGNED: Final = re.compile(
    r"^(?P<office>[\u4e00-\u9fff]{2,20}?人民政府)(?:[省市县区]长|主席|代[省市县区]长)?(?:[\s·　]|$)"
)


def _signed(lines: list[str]) -> str:
    """Return the government that one of the first lines of a report names: 平江县人民政府县长　×××."""
    return next((match["office"] for line in lines if (match := SIGNED.match(line))), "")


ISSUER: Final = re.compile(r"[\u4e00-\u9fff]{2,20}?(?:人民政府(?:办公室)?|委员会|办公室|[局厅])")


def _issuer(title: str) -> str:
    """Return who issued a document by its title: the words before 关于, or the name of an office."""
    if "关于" in title:
        return title.partition("关于")[0]
    office = ISSUER.search(re.sub(r"^[0-9]{4}年", "", title))
    return office[0] if office else ""


def language_of_text(written: str) -> str:
    """Return the language of a text: "zh" if a tenth of its letters are Chinese, else "en"."""
    letters = [character for character in written if character.isalpha()]
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in letters)
    return "zh" if chinese * 10 >= len(letters) else "en"


def first_date(written: str) -> str:
    """Return the first date of a text as ISO 8601, or "" if it has none.

    Dates are written 2021年3月18日, 2021-03-18, 18 March 2021 or March 18, 2021.
    """
    match = WRITTEN_DATE.search(written)
    if not match:
        return ""
    year = match["year"] or match["year_en"] or match["year_us"]
    name = (match["month_en"] or match["month_us"] or "")[:3].lower()
    month = MONTHS.index(name) + 1 if name else int(match["month"])
    day = match["day"] or match["day_en"] or match["day_us"]
    return f"{year}-{month:02}-{int(day):02}"


def iso_date(stated: str) -> str:
    """Return a date in ISO 8601; raises DataError if it is not a date."""
    if not stated:
        raise data_error(
            "text-date", "the day of adoption", "no date", "was found in the text",
            "state it with --adopted, such as --adopted 2021-03-18",
        )  # fmt: skip
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError as error:
        raise data_error(
            "text-date", "the day of adoption", quoted(stated) if stated else "no date",
            "is no date" if stated else "was found in the text",
            "state it with --adopted, such as --adopted 2021-03-18",
        ) from error  # fmt: skip
