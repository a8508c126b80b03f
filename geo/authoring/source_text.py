"""A text before it has a folder: read whole, and described by what it says of itself."""

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from geo.core.faults import DataError, Fault, quoted, without_hidden

WRITTEN_DATE: Final = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
BLANK: Final = "\ufeff \u00a0\u3000\t\r\n"
NOT_STATED: Final = {"zh": "未注明", "en": "not stated"}


def read_source(source: Path) -> str:
    """Return the text of a file, or raise DataError: missing, not UTF-8, or empty."""
    try:
        written = source.read_bytes().decode("utf-8")
    except OSError as error:
        raise refusal(
            "text-readable", source.name, f"the file cannot be read ({error.strerror})",
            "but the folder is made from it", "name the decision's text with --text",
        ) from error  # fmt: skip
    except UnicodeDecodeError as error:
        raise refusal(
            "text-utf8", source.name, f"byte {error.start} is not UTF-8", "but the text must be",
            "convert a copy, such as with: iconv -f gb18030 -t utf-8",
        ) from error  # fmt: skip
    if not written.strip(BLANK):
        raise refusal(
            "text-empty",
            source.name,
            "the file",
            "holds no text",
            "put the decision's text into it",
        )
    return written


def describe(source: Path, written: str, stated: Mapping[str, str]) -> dict[str, str]:
    """Return the entry of `documents.json`: what is stated, and defaults taken from the text.

    The title is the first line; the issuer, what stands in it before 关于; the day of adoption, the
    first date of the text.
    """
    first = without_hidden(written.strip(BLANK).splitlines()[0], instead="").strip()
    title = stated.get("title") or first
    issuer = stated.get("issuer") or title.partition("关于")[0 if "关于" in title else 1]
    adopted = iso_date(stated.get("adopted") or first_date(written))
    plain = re.fullmatch(r"[^.\\/][^\\/]*", source.name)
    slug = re.sub(r"[^a-z0-9]+", "-", source.stem.lower()).strip("-")
    return {
        "id": stated.get("id") or slug or "document",
        "file": source.name if plain else "document.txt",
        "sha256": hashlib.sha256(written.encode("utf-8")).hexdigest(),
        "title": title,
        "title_en": stated.get("title_en") or title,
        "issuer": issuer or NOT_STATED["zh"],
        "issuer_en": stated.get("issuer_en") or issuer or NOT_STATED["en"],
        "adopted": adopted,
        "published": iso_date(stated.get("published") or adopted),
        "publisher": stated.get("publisher") or issuer or NOT_STATED["zh"],
        "closing": stated.get("closing", ""),
    }


def first_date(written: str) -> str:
    """Return the first date of a text ("2021年3月18日") as ISO 8601, or "" where it has none."""
    match = WRITTEN_DATE.search(written)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else ""


def iso_date(stated: str) -> str:
    """Return a date in ISO 8601, or raise DataError where it is none."""
    try:
        return date.fromisoformat(stated).isoformat()
    except ValueError as error:
        raise refusal(
            "text-date", "the day of adoption", quoted(stated), "is no date",
            "state it with --adopted, such as --adopted 2021-03-18",
        ) from error  # fmt: skip


def refusal(check: str, record: str, value: str, rule: str, cure: str) -> DataError:
    """Return the error that carries one fault."""
    return DataError([Fault(check, record, value, rule, cure)])
