"""The panel of a selected project: its clause, stage, place and sources."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from geo.core.i18n import Words
from geo.layer.codes import SECTOR
from geo.layer.dataset import Dataset
from geo.layer.filters import Sieve
from geo.layer.projects import Project, others
from geo.layer.query import PageState
from geo.page.view_among import gather
from geo.text.document import Anchor, Document
from geo.text.marked_text import cut, name_spans
from geo.views.report import report
from geo.views.templates import render


def detail(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> None:
    """Show all that is known of the selected project."""
    project = dataset.projects[state.project or ""]
    document = dataset.documents[project.anchors[0].document]
    sector = SECTOR[project.sector]
    notes = []
    if not sieve.passes(project.id):
        notes.append(words("detail-hidden"))
    if project.geometry is None:
        notes.append(words("detail-unmapped"))
    metres = project.uncertainty_m
    st.html(
        render(
            "detail",
            words=words,
            project=project,
            back=_back(dataset, sieve, state, words),
            family=sector.family,
            icon=chr(int(sector.icon, 16)),
            sector=words.label("sector", project.sector),
            name=words.name(project),
            other_name=project.name_zh if words.language == "en" else project.name_en,
            other_language="zh" if words.language == "en" else "en",
            notes=notes,
            quotes=[_quote(dataset, project, anchor, words) for anchor in project.anchors],
            date=document.about["adopted"],
            stage=words.label("stage", project.stage),
            counties=words.counties(project.counties),
            outside=words("list-separator").join(project.outside),
            precision=words.label("precision", project.precision),
            precision_note=words(f"precision-{project.precision}-note"),
            within=words("detail-within", distance=words.distance(metres)) if metres else "",
            paragraph=list(_paragraph(document, project)),
            since=dataset.timeline(project.id, words),
            report=report(dataset, project, words),
            citation=_citation(document, project, words),
        )
    )


def _back(dataset: Dataset, sieve: Sieve, state: PageState, words: Words) -> str:
    """Return the name of the list that the project was chosen from, with its number."""
    if not state.among:
        return ""
    found = gather(dataset, sieve, state, words)
    if found.counted:
        return found.title
    return words("among-back", place=found.title, count=len(found.shown))


def neighbours(dataset: Dataset, state: PageState, words: Words) -> None:
    """Offer the projects that share this one's place."""
    found = list(others(dataset.related, state.project or ""))
    if not found:
        return
    english = words.language == "en"
    offered = [
        {
            "id": name,
            "name": words.name(dataset.projects[name]),
            "place": group.place_en if english else group.place_zh,
        }
        for group, name in found
    ]
    with st.container(key="related"):
        # Names are HTML, which is escaped: a button would take them for Markdown.
        st.html(render("related", words=words, found=offered))


def _quote(dataset: Dataset, project: Project, anchor: Anchor, words: Words) -> Mapping[str, Any]:
    """Return a sentence with the project's words marked, and the link to its spot."""
    document = dataset.documents[anchor.document]
    first = anchor == project.anchors[0]
    marks = [(anchor.span, project.id)]
    # Covered twice, the name itself is set off within the marked words.
    marks += [(span, project.id) for span in name_spans(anchor, project.name_zh)]
    heading = "detail-source" if first else "detail-also"
    return {
        "heading": words(heading, clause=anchor.clause),
        "sentence": list(cut(document, document.sentence(anchor.span), marks)),
        "spot": f"?view=document&at={anchor.start}-{anchor.end}",
    }


def _paragraph(document: Document, project: Project) -> Any:
    anchor = project.anchors[0]
    span = document.paragraph(anchor.span) or anchor.span
    return cut(document, span, [(one.span, project.id) for one in project.anchors])


def _citation(document: Document, project: Project, words: Words) -> str:
    about, anchor = document.about, project.anchors[0]
    english = words.language == "en"
    return words(
        "citation",
        issuer=about["issuer_en" if english else "issuer"],
        title=about["title_en" if english else "title"],
        adopted=about["adopted"],
        clause=anchor.clause,
        exact=anchor.exact,
    )
