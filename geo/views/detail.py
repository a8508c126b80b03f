"""The panel of a selected project: clause, stage, place, sources, and the error report."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from geo.core.i18n import Words
from geo.layer.codes import SECTOR
from geo.layer.dataset import Dataset
from geo.layer.filters import FilterResult
from geo.layer.projects import Project, projects_at_same_place
from geo.layer.query import PageState
from geo.text.document import Anchor, Document
from geo.text.marked_text import name_spans, split_runs
from geo.views import CHINESE, render
from geo.views.citation import citation_html
from geo.views.panel import among_html, guide_html, listed_projects, results_html
from geo.views.spots import spots

CONTACT_VARIABLE: Final = "PROJECT_MAP_CONTACT"
"""The variable with the mail address for error reports. Without it, they can only be copied."""


@dataclass(frozen=True)
class Report:
    """An error report to fill in: the text, and the fields that it can be about.

    `text` has the placeholders {field}, {value} and {link}, which the browser fills in. `fields`
    are tuples of (name in the data contract, label, current value). `mail` is a mailto link, or ""
    if no address is configured.
    """

    subject: str
    text: str
    fields: tuple[tuple[str, str, str], ...]
    mail: str


def mail_link() -> str:
    """Return a mailto link to the address in PROJECT_MAP_CONTACT, or "" if none is set."""
    address = os.environ.get(CONTACT_VARIABLE, "").strip()
    return f"mailto:{quote(address, safe='@+-._~')}" if address else ""


def report(dataset: Dataset, project: Project, words: Words) -> Report:
    """Return the error report on a project, in the user's language."""
    anchor = project.anchors[0]
    now = dataset.since.get(project.id)
    since = (("since", words("list-since"), words.label("since", now.code)),) if now else ()
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


def panel_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the panel: the selected project, a list, search results, or the guide."""
    if state.project:
        return detail_html(dataset, filtered, state, words)
    if state.among:
        return among_html(dataset, filtered, state, words)
    if state.filter.search and filtered.passed().any():
        return results_html(dataset, filtered, state, words)
    return guide_html(dataset, state, words)


def detail_html(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the panel with everything known about the selected project."""
    project = dataset.projects[state.project or ""]
    document = dataset.documents[project.anchors[0].document]
    sector = SECTOR[project.sector]
    notes = []
    if not filtered.passes(project.id):
        notes.append(words("detail-hidden"))
    if not project.mapped:
        notes.append(words(project.place_note if project.is_draft else "detail-unmapped"))
    metres = project.uncertainty_m
    return render(
        "detail",
        words=words,
        project=project,
        back=_back(dataset, filtered, state, words),
        family=sector.family,
        icon=chr(int(sector.icon, 16)),
        sector=words.label("sector", project.sector),
        name=words.name(project),
        other_name=project.name_zh if words.language == "en" else project.name_en,
        other_language=CHINESE if words.language == "en" else "en",
        notes=notes,
        quotes=[_quote(dataset, project, anchor, words) for anchor in project.anchors],
        date=document.about["adopted"],
        stage=words.label("stage", project.stage),
        counties=words.counties(project.counties),
        outside=words("list-separator").join(project.outside),
        place=words(project.place_key),
        precision_note=words(project.place_note),
        extent=words.label("extent", project.extent),
        within=words("detail-within", distance=words.distance(metres)) if metres else "",
        paragraph=list(_paragraph(document, project)),
        since=dataset.timeline(project.id, words),
        spots=spots(dataset, project, words),
        report=report(dataset, project, words),
        citation=citation_html(document, project, dataset.version, words),
    )


def _back(dataset: Dataset, filtered: FilterResult, state: PageState, words: Words) -> str:
    """Return the title and count of the list the project was chosen from; "" if there is none."""
    if not state.among:
        return ""
    listed = listed_projects(dataset, filtered, state, words)
    if listed.counted:
        return listed.title
    return words("among-back", place=listed.title, count=len(listed.shown))


def related_html(dataset: Dataset, state: PageState, words: Words) -> str:
    """Return links to the projects at the same place as the selected one; "" if there are none."""
    same_place = list(projects_at_same_place(dataset.related, state.project or ""))
    if not same_place:
        return ""
    english = words.language == "en"
    links = [
        {
            "id": project_id,
            "name": words.name(dataset.projects[project_id]),
            "place": group.place_en if english else group.place_zh,
        }
        for group, project_id in same_place
    ]
    return render("related", words=words, found=links)


def _quote(dataset: Dataset, project: Project, anchor: Anchor, words: Words) -> Mapping[str, Any]:
    """Return a sentence with the project's anchor marked, and the link to it in the document."""
    document = dataset.documents[anchor.document]
    first = anchor == project.anchors[0]
    marks = [(anchor.span, project.id)]
    # The name is marked a second time within the anchor, which makes it stand out.
    marks += [(span, project.id) for span in name_spans(anchor, project.name_zh)]
    heading = "detail-source" if first else "detail-also"
    return {
        "heading": words(heading, clause=anchor.clause),
        "sentence": list(split_runs(document, document.sentence(anchor.span), marks)),
        "spot": f"?view=document&at={anchor.start}-{anchor.end}",
    }


def _paragraph(document: Document, project: Project) -> Any:
    anchor = project.anchors[0]
    span = document.paragraph(anchor.span) or anchor.span
    return split_runs(document, span, [(one.span, project.id) for one in project.anchors])
