"""The second reader's sheet: each clause with its anchors marked, and what the layer says of them."""

from dataclasses import dataclass

from geo.core.i18n import text
from geo.layer.dataset import Dataset
from geo.layer.projects import Project
from geo.text.document import Clause
from geo.text.marked_text import Run, cut
from geo.views import render


@dataclass(frozen=True)
class Sheet:
    """A clause, its paragraphs as runs, and the projects quoted in it, numbered from 1."""

    clause: Clause
    paragraphs: tuple[tuple[Run, ...], ...]
    projects: tuple[Project, ...]

    def numbers(self, run: Run) -> str:
        """Return the numbers of the projects whose anchors cover a run, such as "1,3"."""
        ids = [project.id for project in self.projects]
        return ",".join(str(ids.index(name) + 1) for name in dict.fromkeys(run.projects))


def sheets(dataset: Dataset) -> tuple[Sheet, ...]:
    """Return a sheet for each clause of the first document, in the order of the text."""
    document = dataset.document
    quoted = sorted(
        (anchor.start, anchor.end, project.id)
        for project in dataset.projects.values()
        for anchor in project.anchors
        if anchor.document == document.id
    )
    made = []
    for clause in document.clauses:
        inside = [one for one in quoted if clause.span.start <= one[0] < clause.span.end]
        names = dict.fromkeys(name for _, _, name in inside)
        marks = [
            (anchor.span, name)
            for name in names
            for anchor in dataset.projects[name].anchors
            if anchor.clause == clause.numeral
        ]
        runs = tuple(tuple(cut(document, span, marks)) for span in clause.paragraphs)
        made.append(Sheet(clause, runs, tuple(dataset.projects[name] for name in names)))
    return tuple(made)


def review_text(dataset: Dataset) -> str:
    """Return the review as plain text: 〔words〕 with the numbers of their projects."""
    lines = []
    for sheet in sheets(dataset):
        for runs in sheet.paragraphs:
            marked = (
                f"〔{run.text}〕[{sheet.numbers(run)}]" if run.projects else run.text
                for run in runs
            )
            lines.append("".join(marked))
        for number, project in enumerate(sheet.projects, start=1):
            lines.append(f"  {number:>3}  {describe(project)}")
        lines.append("")
    return "\n".join(lines)


def review_html(dataset: Dataset) -> str:
    """Return the review as one HTML page that needs nothing else."""
    return render(
        "review", title=dataset.document.about["title"], sheets=sheets(dataset), describe=describe
    )


def describe(project: Project) -> str:
    """Return what the layer says of a project, on one line, in Chinese."""
    counties = "、".join(text("zh", f"county-{code}") for code in project.counties) or "市外"
    within = f" ±{project.uncertainty_m:g} m" if project.uncertainty_m else ""
    parts = [
        project.name_zh,
        text("zh", f"sector-{project.sector}"),
        f"{text('zh', f'stage-{project.stage}')}（{project.stage_term}）",
        counties,
        text("zh", f"precision-{project.precision}") + within,
        project.id,
    ]
    return " | ".join(parts)
