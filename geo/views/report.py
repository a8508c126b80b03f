"""What a reader sends who found an error: a text that names the record, the field and the clause."""

import os
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from geo.core.i18n import Words
from geo.layer.dataset import Dataset
from geo.layer.projects import Project

CONTACT_VARIABLE: Final = "PROJECT_MAP_CONTACT"
"""Names the mail address that corrections go to; without it they are only copied."""


@dataclass(frozen=True)
class Report:
    """A text to send, and the fields that it can be about.

    `text` leaves {field}, {value} and {link} to the page, which knows what was chosen and where.
    `fields` are (name in the contract, label, current value). `mail` is a link that begins a
    letter, "" where no address is known.
    """

    subject: str
    text: str
    fields: tuple[tuple[str, str, str], ...]
    mail: str


def mail_link() -> str:
    """Return "mailto:…" for the address that the environment names, or "" where it names none."""
    address = os.environ.get(CONTACT_VARIABLE, "").strip()
    return f"mailto:{quote(address, safe='@+-._~')}" if address else ""


def report(dataset: Dataset, project: Project, words: Words) -> Report:
    """Return the report on a project, in the reader's language."""
    anchor = project.anchors[0]
    own = dataset.since.get(project.id)
    since = (("since", words("list-since"), words.label("since", own.code)),) if own else ()
    return Report(
        subject=words("report-subject", id=project.id),
        text=words(
            "report-text", id=project.id, name=words.name(project), field="{field}",
            value="{value}", clause=anchor.clause, start=str(anchor.start), end=str(anchor.end),
            exact=anchor.exact, version=dataset.version, link="{link}",
        ),
        fields=(
            ("name", words("list-name"), words.name(project)),
            ("stage", words("list-stage"), words.label("stage", project.stage)),
            *since,
            ("counties", words("list-county"), words.counties(project.counties)),
            ("geometry", words("list-precision"), words.label("precision", project.precision)),
            ("-", words("report-other"), "-"),
        ),
        mail=mail_link(),
    )  # fmt: skip
