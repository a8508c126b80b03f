"""The views below the map: the list of what is shown, and the full text."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from geo.codes import STAGE_CODES
from geo.dataset import Dataset
from geo.html import render
from geo.link import PageState, address
from geo.passage import Run, cut
from geo.search import snippet
from geo.view.detail import SECTOR
from geo.view.state import change
from geo.view.words import Words


def table(dataset: Dataset, shown: pd.Index, words: Words, query: str = "") -> pd.DataFrame:
    """Return the list of the projects shown, one row each, in the words of the reader.

    With a query there is a column more: where its first word was found.
    """
    projects = [dataset.projects[one] for one in shown]
    found = {words("list-match"): [snippet(one, query) for one in projects]} if query else {}
    return pd.DataFrame(
        {
            words("list-name"): [words.name(one) for one in projects],
            words("list-sector"): [words.label("sector", one.sector) for one in projects],
            words("list-stage"): pd.Categorical(
                [words.label("stage", one.stage) for one in projects],
                categories=[words.label("stage", code) for code in STAGE_CODES],
                ordered=True,
            ),
            words("list-counties"): [words.counties(one.counties) for one in projects],
            words("list-precision"): [words.label("precision", one.precision) for one in projects],
            words("list-clause"): [one.anchors[0].clause for one in projects],
        }
        | found,
        index=shown,
    )


def listing(dataset: Dataset, shown: pd.Index, state: PageState, words: Words) -> None:
    """Draw the list; choosing a row selects its project."""

    def chosen() -> None:
        rows = st.session_state["list-table"]["selection"]["rows"]
        change(project=str(shown[rows[0]]) if rows else None)

    st.caption(words("list-help"))
    st.dataframe(
        table(dataset, shown, words, state.filter.q),
        key="list-table",
        hide_index=True,
        on_select=chosen,
        selection_mode="single-row",
    )


def coverage(dataset: Dataset, words: Words) -> None:
    """Show what of the text was left out of the map, and why."""
    document, english = dataset.document, words.language == "en"
    mapped = sum(bool(segment.projects) for segment in dataset.segments)
    rows = [
        (
            segment.clause,
            document.slice(segment.span),
            dataset.ledger.reasons[entry.reason]["en" if english else "zh"],
            entry.note_en if english else entry.note_zh,
        )
        for segment in dataset.segments
        for entry in segment.entries
    ]
    total = len(dataset.segments)
    st.html(render("coverage", words=words, rows=rows, mapped=mapped, total=total))


def document(dataset: Dataset, state: PageState, words: Words) -> None:
    """Set the whole text, clause by clause, with every anchor marked."""
    text = dataset.document
    marks = [
        (anchor.span, project.id)
        for project in dataset.projects.values()
        for anchor in project.anchors
        if anchor.document == text.id
    ]
    start = state.at[0] if state.at else -1

    def style(run: Run) -> str:
        here = " pm-here" if state.project in run.projects else ""
        at = " pm-at" if run.start == start else ""
        sector = SECTOR[dataset.projects[run.projects[0]].sector]
        stage = dataset.projects[run.projects[0]].stage
        return f"pm-{sector.family} pm-stage-{stage}{here}{at}"

    def link(projects: tuple[str, ...]) -> str:
        # Where quotes overlap, each click goes on to the next of their projects.
        ids = list(dict.fromkeys(projects))
        after = ids.index(state.project) + 1 if state.project in ids else 0
        return address(replace(state, project=ids[after % len(ids)], at=None))

    clauses = [
        (clause, [list(cut(text, span, marks)) for span in clause.paragraphs])
        for clause in text.clauses
    ]
    st.html(
        render(
            "document",
            words=words,
            document=text,
            issuer=text.about["issuer_en" if words.language == "en" else "issuer"],
            clauses=clauses,
            at=start,
            style=style,
            link=link,
            names=lambda ids: words("list-separator").join(
                words.name(dataset.projects[one]) for one in dict.fromkeys(ids)
            ),
        )
    )
