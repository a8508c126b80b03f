"""The sections of a page of documentation that a program writes, and those that it must leave alone."""

import re
from pathlib import Path

from geo.core.files import write_atomically


def renew(path: Path, title: str, body: str, head: str) -> None:
    """Write a section to a file; it replaces the section with the same title, if there is one.

    `head` begins the file if it does not exist yet.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else head
    section = f"## {title}\n\n{body.strip()}\n"
    before, found, after = _parted(text, title)
    text = before + section + "\n" + after if found else text.rstrip() + "\n\n" + section
    write_atomically(path, text.rstrip() + "\n")


def rewrite(path: Path, text: str, others: tuple[str, ...]) -> None:
    """Write a whole file, and keep the sections of the old one with these titles, at its end."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = [section.strip() for _, section, _ in (_parted(old, one) for one in others) if section]
    write_atomically(path, "\n\n".join([text.rstrip(), *kept]) + "\n")


def _parted(text: str, title: str) -> tuple[str, str, str]:
    """Return what is before a section, the section with its heading, and what is after it."""
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not found:
        return text, "", ""
    return text[: found.start()], found[0], text[found.end() :]
