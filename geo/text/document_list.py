"""The list of documents, `data/documents.json`: which texts there are, and what is known of each."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from geo.core.character_faults import text_faults
from geo.core.faults import Fault, quoted

DOCUMENT_KEYS: Final = (
    "id", "file", "sha256", "title", "title_en", "issuer", "issuer_en",
    "adopted", "published", "publisher", "closing",
)  # fmt: skip


def listing_faults(listed: Any) -> Iterator[Fault]:
    """Yield what is wrong with the list of documents, before any of them is read."""
    if not isinstance(listed, list) or not listed:
        yield Fault(
            "documents-listed",
            "data/documents.json",
            "it holds no list of documents",
            "but each feature is bound to one",
            "restore it from version control",
        )
        return
    ids: list[str] = []
    for number, about in enumerate(listed, start=1):
        record = f"data/documents.json, entry {number}"
        keys = set(about) if isinstance(about, dict) else set()
        wrong = sorted(keys ^ set(DOCUMENT_KEYS)) or [
            key for key in DOCUMENT_KEYS if not isinstance(about[key], str)
        ]
        if wrong:
            yield Fault(
                "documents-listed",
                record,
                f"{', '.join(map(quoted, wrong))}",
                "is missing, unknown or not a text",
                f"an entry has exactly these texts: {', '.join(DOCUMENT_KEYS)}",
            )
        else:
            # The closing words are those of the text, whatever it holds.
            yield from text_faults("documents-listed", record, about, besides=("closing",))
            yield from _entry_faults(record, about, ids)
            ids.append(about["id"])


def _entry_faults(record: str, about: Mapping[str, str], ids: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with an entry of texts; `ids` are those of the entries before it."""
    name = about["file"]
    if not name or "/" in name or "\\" in name or name.startswith("."):
        yield Fault(
            "documents-listed",
            record,
            quoted(name),
            "is not a plain file name",
            "name a file that lies in seeds/",
        )
    if about["id"] in ids:
        yield Fault(
            "documents-listed",
            record,
            f"the id {quoted(about['id'])}",
            "stands twice, but names one document",
            "give the newer one an id of its own",
        )
    for key in ("adopted", "published"):
        if not is_day(about[key]):
            yield Fault(
                "documents-listed",
                record,
                f"{key} {quoted(about[key])}",
                "is no day",
                "write it as YYYY-MM-DD",
            )


def is_day(stated: str) -> bool:
    """Say whether a text is a day of the calendar as YYYY-MM-DD."""
    try:
        return date.fromisoformat(stated).isoformat() == stated
    except ValueError:
        return False
